"""Who wrote a page's article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from reader.core.text import clean_line
from reader.ingest import limits
from reader.ingest.bylines import looks_like_person, read_byline, strip_by
from reader.ingest.dating import find_date
from reader.ingest.outlets import names_outlet
from reader.ingest.pages.linked_data import LinkedData
from reader.ingest.pages.tree import short_text_of

_META_KEYS: Final = (
    "author", "byl", "article:author", "article:author_name", "og:article:author", "dc.creator",
    "dcterms.creator", "parsely-author", "sailthru.author", "citation_author", "authors", "byline",
    "cxenseparse:author", "rbauthors", "creator", "dcsext.author", "article.author",
    "mediator_author", "news_author", "page_author", "xbylinename", "author-name", "twitter:data1",
)  # fmt: skip
_CLASS = re.compile(
    r"(?:\A|[\s_-])(?:by-?lines?|authors?(?:[_-]?(?:names?|link|info))?|contributors?|writer|"
    r"reporter|post-author|entry-author|vcard|articleauthor|storybyline|c-byline)(?:\Z|[\s_-])",
    re.IGNORECASE,
)
_NOT_CLASS = re.compile(
    r"bio|avatar|image|photo|comment|follow|related|popular|teaser|card|footer|sidebar|profile|promo|"
    r"recirc|recommend|caption|credit|social|share",
    re.IGNORECASE,
)
_STAFF = re.compile(
    r"\b(?:staff|reporters?|team|desk|newsroom|correspondents?|editors?)\b", re.IGNORECASE
)
_LONGEST: Final = 200


def choose_authors(
    tree: Any, meta: dict[str, list[str]], linked: LinkedData, outlet: str | None
) -> tuple[str, ...]:
    """Return the authors' names as the page gives them, best source first.

    People in JSON-LD and meta elements, rel="author", itemprop="author", elements whose class says
    byline, and lines of text that begin with "By" are gathered; a source that names people goes
    before one that names the outlet, which is no author unless nobody else is.
    """
    fallback: tuple[str, ...] = ()
    for names in _sources(tree, meta, linked, outlet):
        people = tuple(n for n in names if _is_author(n, outlet))
        if any(looks_like_person(name) for name in people):
            return people
        fallback = fallback or people
    if fallback:
        return fallback
    if outlet and looks_like_person(outlet) and any(_same(n, outlet) for n in linked.people):
        return (outlet,)  # somebody's own site
    organisations = [clean_line(name, limits.AUTHOR) for name in linked.organisations]
    return tuple(n for n in organisations if n and not _same(n, outlet))[:1]


def _sources(
    tree: Any, meta: dict[str, list[str]], linked: LinkedData, outlet: str | None
) -> Iterator[tuple[str, ...]]:
    """What each source says, in the order in which they are believed."""
    visible = list(_visible(tree, outlet))
    people = _cleaned(linked.people)
    stated = [
        tuple(dict.fromkeys(name for value in values for name in read_byline(value, outlet)))
        for key in _META_KEYS
        if (values := _usable(meta.get(key, [])))
    ]
    for names in (people, *stated):
        # Machine-readable sources often list the first author only; a byline that names the same
        # people and more is fuller.
        wanted = {name.lower() for name in names}
        fuller = (s for s in visible if wanted and wanted < {name.lower() for name in s})
        yield next(fuller, names)
    yield from visible
    yield from _by_lines(tree, outlet)
    yield from _beside_dates(tree, outlet)


def _visible(tree: Any, outlet: str | None) -> Iterator[tuple[str, ...]]:
    """What marked-up elements name: rel and itemprop first, then classes."""
    marked = [
        element
        for element in tree.iter("a", "span", "div", "p", "address", "li", "strong")
        if "author" in (element.get("rel") or "").lower().split()
        or "author" in (element.get("itemprop") or "").lower().split()
    ][:50]
    names: list[str] = []
    for element in marked:
        if _is_elsewhere(element):
            continue
        inner = [e for e in element.iter() if e is not element and e.get("itemprop") == "name"]
        for source in inner or [element]:
            words = source.get("content") or short_text_of(source, _LONGEST)
            if words and len(words) <= _LONGEST:
                names.extend(read_byline(words, outlet))
    if names:
        yield tuple(dict.fromkeys(names))
    for element in tree.iter(
        "div", "span", "p", "a", "address", "li", "ul", "section", "h2", "h3", "h4"
    ):
        label = " ".join(filter(None, map(element.get, ("class", "id", "data-testid"))))
        if not _CLASS.search(label) or _NOT_CLASS.search(label) or _is_elsewhere(element):
            continue
        if not short_text_of(element, _LONGEST):
            continue
        words = " ".join(_pieces(element))
        if 3 <= len(words) <= _LONGEST and (found := read_byline(words, outlet)):
            yield found


def _pieces(element: Any) -> Iterator[str]:
    """The words of a byline element, parted where one name ends and another begins."""
    from lxml import etree  # type: ignore[import-untyped]

    for event, child in etree.iterwalk(element, events=("start", "end")):
        is_inner = child is not element
        if event == "end":
            if is_inner and child.tail:
                yield child.tail.strip()
            continue
        text = (child.text or "").strip()
        if not text or child.tag in ("time", "button", "img", "svg", "script", "style"):
            continue
        if is_inner and child.tag in ("div", "p"):
            yield "|"
        elif is_inner and (child.tag in ("li", "a") or looks_like_person(text)):
            yield ","
        yield text


def _is_elsewhere(element: Any) -> bool:
    """Whether an element lies in a part of the page that is about other things."""
    for _ in range(12):
        element = element.getparent()
        if element is None or not isinstance(element.tag, str):
            return False
        if element.tag in ("aside", "footer", "nav", "form"):
            return True
        label = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        if re.search(
            r"comment|related|sidebar|recommend|popular|teaser|author-bio|recirc|most-read", label
        ):
            return True
    return False


def _by_lines(tree: Any, outlet: str | None) -> Iterator[tuple[str, ...]]:
    """Short pieces of text that begin with "By", in the order of the page."""
    for element in tree.iter("p", "div", "span", "h2", "h3", "h4", "h5", "li", "em", "strong"):
        start = (element.text or "").lstrip()[:14]
        if not re.match(r"(?:by|words|von|par|text)\b", start, re.IGNORECASE):
            continue
        words = short_text_of(element, _LONGEST)
        rest = strip_by(words)
        if rest is not None and not words.endswith((".", "?", "!")) and not _is_elsewhere(element):
            names = read_byline(words, outlet)
            if any(looks_like_person(name) for name in names):
                yield names
    for line_break in list(tree.iter("br"))[:200]:
        words = (line_break.tail or "").strip()
        if len(words) <= _LONGEST and strip_by(words) is not None and words[-1] not in ".?!":
            names = read_byline(words, outlet)
            if any(looks_like_person(name) for name in names):
                yield names


def _beside_dates(tree: Any, outlet: str | None) -> Iterator[tuple[str, ...]]:
    """Names in short lines near the heading that hold a date too ("Ann Reed | 3 March 2026")."""
    heading = next(iter(tree.iter("h1")), None)
    near = heading
    for _ in range(3):
        parent = near.getparent() if near is not None else None
        near = parent if parent is not None and parent.tag != "html" else near
    for element in list(near.iter("p", "div", "span", "li"))[:60] if near is not None else ():
        words = short_text_of(element, 120)
        if words and find_date(words) and not _is_elsewhere(element):
            names = read_byline(words, outlet)
            if names and all(map(looks_like_person, names)):
                yield names


def _usable(values: list[str]) -> list[str]:
    """The values of a meta element that can be names."""
    return [
        value
        for value in map(clean_line, values)
        if not value.startswith(("http", "//", "www.", "@")) and len(value) <= _LONGEST
    ]


def _cleaned(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names through the gate, each once."""
    lines = (clean_line(name, limits.AUTHOR) for name in names)
    return tuple(dict.fromkeys(line for line in lines if line))


def _is_author(name: str, outlet: str | None) -> bool:
    """Whether a name can be an author's: not the outlet's own, no address."""
    return not _same(name, outlet) and "." not in name.split()[-1][1:-1]


def _same(name: str, outlet: str | None) -> bool:
    """Whether a name is the outlet's, "The" and capitals apart."""
    if outlet is None:
        return False
    one, other = (re.sub(r"\W|\Athe\s", "", text.lower()) for text in (name, outlet))
    is_longer = names_outlet(name) and one.startswith(other) and len(one) < len(other) + 6
    return one == other or (is_longer and not _STAFF.search(name))
