"""RSS 0.9x, 1.0 and 2.0, RDF, Atom 0.3 and 1.0 and CDF, well-formed or not."""

from __future__ import annotations

import html.entities
import re
from typing import Any, Final

from reader.errors import IntakeError
from reader.ingest import limits
from reader.ingest.encoding import as_utf8
from reader.ingest.feeds.entries import Entry, Feed

_CONTROLS: Final = bytes(c for c in range(32) if c not in (9, 10, 13)) + b"\x7f"
_DECLARATION = re.compile(rb"\A\s*<\?xml[^>]{0,500}\?>")
_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
_LOOSE = re.compile(rb"&(?!(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")
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
    root, problem = _parse(data, declared)
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
    for element in root.iter():
        if isinstance(element.tag, str) and _name(element.tag) in ("item", "entry"):
            if element is root or _lies_in_entry(element):
                continue
            seen += 1
            if seen <= limits.ITEMS:
                feed.entries.append(_entry(element))
    feed.left_out = max(0, seen - limits.ITEMS)
    if problem and not feed.left_out and len(_ENTRY_END.findall(data)) < seen > 1:
        del feed.entries[-1:]  # it broke off there; an only one is better than none
    return feed


def parse_xml(data: bytes) -> Any:
    """Return the root of an XML document (an lxml element), None if there is none.

    No DTD is loaded, no entity expanded, nothing fetched; nesting and lengths are limited.
    """
    return _parse(data, None)[0]


def _parse(data: bytes, declared: str | None) -> tuple[Any, str | None]:
    """The root element, and what is wrong with the document if it is not well-formed."""
    from lxml import etree  # type: ignore[import-untyped]

    raw = as_utf8(data, declared).translate(None, _CONTROLS)
    raw = _ENTITY.sub(
        _character, _DECLARATION.sub(b"", raw.lstrip(b"\xef\xbb\xbf"), count=1).lstrip()
    )
    safe = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False,
            "remove_comments": True, "remove_pis": True, "encoding": "utf-8"}  # fmt: skip
    try:
        return etree.fromstring(raw, etree.XMLParser(**safe)), None
    except etree.XMLSyntaxError:
        pass
    except ValueError:
        return None, None
    parser = etree.XMLParser(recover=True, **safe)
    try:
        root = etree.fromstring(_LOOSE.sub(b"&amp;", raw), parser)
    except (etree.LxmlError, ValueError):
        return None, None
    unfinished = {
        etree.ErrorTypes.ERR_TAG_NOT_FINISHED,
        etree.ErrorTypes.ERR_CDATA_NOT_FINISHED,
        etree.ErrorTypes.ERR_RESOURCE_LIMIT,
    }
    is_cut = any(error.type in unfinished for error in parser.error_log)
    # Cut in the midst of a tag, only that tag is complained of.
    if is_cut or (root is not None and not _is_ended(root, raw)):
        return root, "is cut short or broken; what came whole has been read"
    return root, None


def _is_ended(root: Any, raw: bytes) -> bool:
    """Whether the document goes on to the end of its outermost element."""
    name = root.tag.rpartition("}")[2]
    name = f"{root.prefix}:{name}" if root.prefix else name
    return re.search(
        rb"</" + re.escape(name.encode()) + rb"\s*>", raw, re.IGNORECASE
    ) is not None or (len(root) == 0 and raw.rstrip().endswith(b"/>"))


def _character(entity: re.Match[bytes]) -> bytes:
    """The character that HTML calls by a name; unknown names stay."""
    text = html.entities.html5.get(entity[1].decode("ascii") + ";")
    return text.encode("utf-8") if text and text not in "<>&\"'" else entity[0]


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
            if name == "guid" and child.get("isPermaLink", "true") == "true":
                entry.link = entry.link or entry.guid
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
    from lxml import etree

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
