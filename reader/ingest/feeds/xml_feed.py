"""RSS 0.9x, 1.0 and 2.0, RDF, Atom 0.3 and 1.0 and CDF, well-formed or not."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import urljoin

from reader.errors import IntakeError
from reader.ingest import limits
from reader.ingest.feeds.entries import Entry, Feed
from reader.ingest.feeds.xml_tree import parse_tree

_ENTRY_END = re.compile(rb"</(?:\w{1,20}:)?(?:item|entry)\s*>", re.IGNORECASE)
_ATOM: Final = frozenset({"http://www.w3.org/2005/atom", "http://purl.org/atom/ns#"})
_PLAIN: Final = frozenset(
    ("", "http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/",
     "http://channel.netscape.com/rdf/simple/0.9/", "http://backend.userland.com/rss2",
     "http://backend.userland.com/rss", "http://blogs.law.harvard.edu/tech/rss",
     "http://my.netscape.com/publish/formats/rss-0.91.dtd", "http://purl.org/net/rss1.1#")
)  # fmt: skip
_PREFIXES: Final = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/elements/1.0/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/dcterms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
}
_BASE: Final = "{http://www.w3.org/XML/1998/namespace}base"
_ABOUT: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_ROOTS: Final = frozenset({"rss", "rdf:rdf", "feed", "channel", "rdf"})
_BODY_ORDER: Final = ("content:encoded", "content", "xhtml:body", "body", "fullitem", "fulltext")
_SUMMARY_ORDER: Final = (
    "description", "summary", "abstract", "dc:description", "dcterms:abstract", "itunes:summary",
    "media:description",
)  # fmt: skip
_AUTHORS: Final = (
    "dc:creator",
    "author",
    "dc:author",
    "itunes:author",
    "media:credit",
    "managingeditor",
)
_PUBLISHED: Final = (
    "pubdate", "published", "issued", "dcterms:issued", "dc:date", "dcterms:created", "created",
    "date", "lastmod",
)  # fmt: skip
_UPDATED: Final = ("updated", "modified", "dcterms:modified", "lastbuilddate", "dcterms:date")


def read_xml_feed(data: bytes, declared: str | None = None) -> Feed:
    """Return the feed in `data`; entries beyond `limits.ITEMS` are counted only.

    Bytes that are no well-formed XML are read as far as they make sense, and the feed's `problem`
    says so where they break off. No entity is expanded but HTML's named characters, nothing is
    fetched. Raises `IntakeError` for what is no feed at all, or nested too deeply.
    """
    root, problem = parse_tree(data, declared)
    if root is None:
        raise IntakeError("is not XML that can be read")
    name = _name(root.tag)
    if name not in _ROOTS:
        found = [e for e in root.iter() if isinstance(e.tag, str) and _name(e.tag) in _ROOTS]
        if not found:
            raise IntakeError("is not a feed")
        root = found[0]
    feed = Feed(problem=problem)
    channel = next((e for e in root if isinstance(e.tag, str) and _name(e.tag) == "channel"), root)
    _read_head(channel, feed)
    seen = 0
    based = b"xml:base" in data
    for element in root.iter():
        if isinstance(element.tag, str) and _name(element.tag) in ("item", "entry"):
            if element is root or _lies_in_entry(element):
                continue
            seen += 1
            if seen <= limits.ITEMS:
                feed.entries.append(_entry(element))
                if based:
                    _resolve(element, feed.entries[-1])
    feed.left_out = max(0, seen - limits.ITEMS)
    if problem and not feed.left_out and len(_ENTRY_END.findall(data)) < seen > 1:
        del feed.entries[-1:]  # it broke off there; an only one is better than none
    return feed


_names: dict[str, str] = {}


def _name(tag: str) -> str:
    """A tag in lower case, with a usual prefix for its namespace; none for RSS and Atom."""
    known = _names.get(tag)
    if known is None:
        space, _, local = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
        space, local = space.lower(), local.lower()
        if space in _PLAIN or space in _ATOM:
            known = local
        else:
            prefix = _PREFIXES.get(space, "other")
            known = f"{prefix}:{local}" if space else local
        if len(_names) < 5_000:
            _names[tag] = known
    return known


def _lies_in_entry(element: Any) -> bool:
    """Whether an entry stands inside another one, as in Atom's `source`."""
    return any(
        isinstance(a.tag, str) and _name(a.tag) in ("item", "entry")
        for a in element.iterancestors()
    )


def _read_head(channel: Any, feed: Feed) -> None:
    """What the feed says of itself."""
    for element in channel:
        if not isinstance(element.tag, str):
            continue
        name = _name(element.tag)
        if name == "title":
            feed.title = feed.title or _text(element)
        elif name == "link" or name == "other:link":
            _read_feed_link(element, feed)
        elif name == "author":
            feed.authors.append(_author(element))


def _read_feed_link(element: Any, feed: Feed) -> None:
    """A link of the feed: to itself or to its site."""
    target = element.get("href") or _text(element)
    if element.get("rel") == "self":
        feed.address = feed.address or target
    elif element.get("rel", "alternate") == "alternate" and (element.text or element.get("href")):
        feed.link = feed.link or target


def _entry(element: Any) -> Entry:
    """One item or entry."""
    entry = Entry()
    fields: dict[str, str] = {}
    authors: dict[str, list[str]] = {}
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name = _name(child.tag)
        if child.text or len(child) or (child.attrib and name != "guid"):
            entry.is_empty = False
        if name == "link":
            _read_entry_link(child, entry)
        elif name in _AUTHORS:
            authors.setdefault(name, []).append(_author(child))
        elif name in ("category", "dc:subject"):
            label = child.get("label") or child.get("term") or _text(child)
            if label:
                entry.categories.append(label)
        elif name == "source":
            title = next(
                (e for e in child if isinstance(e.tag, str) and _name(e.tag) == "title"), None
            )
            entry.outlet = _text(title) if title is not None else _text(child)
        elif name in ("guid", "id"):
            entry.guid = entry.guid or _text(child)
            # Left alone it is an address, they say; most are none.
            is_address = entry.guid.startswith(("http://", "https://"))
            if name == "guid" and child.get("isPermaLink", "true") == "true" and is_address:
                entry.link = entry.link or entry.guid
        elif name == "media:group":
            for inner in child:
                if isinstance(inner.tag, str) and not fields.get(_name(inner.tag)):
                    fields[_name(inner.tag)] = _content(inner)
        elif not fields.get(name):
            fields[name] = _content(child)
    if element.attrib:  # asked for by name: lxml takes quadratic time to list attributes
        entry.is_empty = False
        for key in ("href", "HREF", _ABOUT):
            entry.link = entry.link or element.get(key, "")
        fields["lastmod"] = element.get("lastmod") or element.get("LASTMOD", "")
    entry.title = fields.get("title") or fields.get("dc:title") or fields.get("media:title") or ""
    entry.content = _first(fields, _BODY_ORDER)
    entry.summary = _first(fields, _SUMMARY_ORDER)
    entry.published = _first(fields, _PUBLISHED)
    entry.updated = _first(fields, _UPDATED)
    entry.authors = next((authors[name] for name in _AUTHORS if any(authors.get(name, ()))), [])
    return entry


def _resolve(element: Any, entry: Entry) -> None:
    """Heed `xml:base`, on the entry or around it, and on its link and its text themselves."""
    entry.base = _base(element)
    for child in element:
        if not isinstance(child.tag, str) or child.get(_BASE) is None:
            continue
        name = _name(child.tag)
        if name == "link" and child.get("href") == entry.link:
            entry.link = _joined(_base(child), entry.link)
        elif name in ("content", "summary"):
            entry.link = _joined(entry.base, entry.link)
            entry.base = _base(child)


def _base(element: Any) -> str:
    """The bases of an element and those around it, put together."""
    bases = [one.get(_BASE) for one in (element, *element.iterancestors())]
    together = ""
    for base in reversed([base for base in bases if base]):
        together = _joined(together, base)
    return together


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address.strip())[: limits.ADDRESS]
    except ValueError:
        return address


def _read_entry_link(element: Any, entry: Entry) -> None:
    """The link of an entry: RSS's text, or Atom's alternate."""
    target = element.get("href")
    if target is None:
        entry.link = _text(element) or entry.link
    elif element.get("rel", "alternate") == "alternate" and not entry.link:
        entry.link = target


def _first(fields: dict[str, str], names: tuple[str, ...]) -> str:
    """The first of some fields that holds anything."""
    return next(
        (text for name in names if (text := fields.get(name, "")) and not text.isspace()), ""
    )


def _author(element: Any) -> str:
    """An author's name: Atom's `name` inside, or the text; cut before any pattern sees it."""
    for child in element:
        if isinstance(child.tag, str) and _name(child.tag) in ("name", "other:name"):
            return _text(child)[: limits.AUTHOR]
    return _text(element)[: limits.AUTHOR]


def _content(element: Any) -> str:
    """The text of an element; elements inside (Atom's xhtml) as markup again."""
    if len(element) == 0:
        return element.text or ""
    from lxml import etree  # type: ignore[import-untyped]

    if element.get("type", "") not in ("xhtml", "application/xhtml+xml") and _name(element.tag) in (
        "title",
        "author",
    ):
        return _text(element)
    inner = "".join(
        etree.tostring(_without_space(child), encoding="unicode", method="html")
        for child in element
    )
    return (element.text or "") + inner


def _without_space(element: Any) -> Any:
    """The element with the XHTML namespace taken off its tags, so that it prints as HTML."""
    for inner in element.iter():
        if isinstance(inner.tag, str) and inner.tag.startswith("{"):
            local = inner.tag.rpartition("}")[2]
            inner.tag = local if local.isalnum() else "span"
    return element


def _text(element: Any) -> str:
    """The words of an element."""
    if len(element) == 0:
        return (element.text or "").strip()
    return "".join(element.itertext()).strip()
