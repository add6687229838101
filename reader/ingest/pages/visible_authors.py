"""The authors' names that a page shows: marked elements, lines with "By", links to profiles."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import Any, Final

from reader.ingest.bylines import looks_like_person, read_byline, strip_by
from reader.ingest.dating import find_date, without_dates
from reader.ingest.pages.surroundings import Surroundings
from reader.ingest.pages.tree import short_text_of

Names = tuple[str, ...]

_CLASS = re.compile(
    r"(?:\A|[\s_-])(?:by-?lines?|authors?(?:[_-]?(?:names?|link|info|url|list|text|title))?|autor(?:en|in)?|"
    r"auteur|contributors?|writer|reporter|journalist(?:-?name)?|vcard|articleauthor|storybyline|"
    r"(?:posted|submitted|written)-?by|creator|signature|redacteur|verfasser)(?:\Z|[\s_-])",
    re.IGNORECASE,
)
_NOT_CLASS = re.compile(
    r"bio|avatar|image|photo|comment|follow|related|popular|teaser|(?<!v)card|footer|sidebar|"
    r"promo|recirc|recommend|caption|credit|social|share|quote|picture|logo|"
    r"(?:\A|[\s_-])img(?:\Z|[\s_-])",
    re.IGNORECASE,
)
_CLASS_TAGS: Final = (
    "div", "span", "p", "a", "address", "li", "ul", "section", "h2", "h3", "h4", "h5", "cite",
    "small", "b", "strong", "em", "i", "dd", "td", "author", "header",
)  # fmt: skip
_PROFILE = re.compile(
    r"/(?:authors?|autor(?:en|es)?|auteurs?|profiles?|people|staff|by|contributors?|journalists?|"
    r"reporters?|writers?|columnists?|correspondents?|redaktion|team)/[^/?#]{3,80}/?(?:[?#].*)?\Z",
    re.IGNORECASE,
)
_BY_WORD = re.compile(
    r"\s*(?:by|von|par|por|door|durch|words|text|authors?|autor(?:es|in|en|[/*:]in)?|"
    r"(?:written|posted|published|reported|gespeichert|geschrieben|verfasst|publié|écrit)\s+"
    r"(?:by|von|par))\b",
    re.IGNORECASE,
)
_INNER_BY = re.compile(
    r"\b(?i:by|von|par)\s+((?:[^\W\d_a-zà-ÿ][\w.'’-]{1,30}\s+){1,4}[^\W\d_a-zà-ÿ][\w.'’-]{1,30})"
)
"""A name after "by" in the midst of a short line: "3 March 2026 | 15:49 by Ann Reed"."""

_OF_PICTURE = re.compile(
    r"\s*(?:photo|foto|image|illustration|picture|bild)\w*(?:\s+(?:by|von|par|credit)\b|\s*[:©])",
    re.IGNORECASE,
)
_SEARCHES = re.compile(r"scholar\.google|ncbi\.nlm|orcid\.org|/search\b|[?&](?:q|term|query)=")
"""Addresses of what others have of an author, linked to under names of their own."""

_BLOCKS: Final = frozenset(("br", "div", "p", "li", "ul", "table", "tr", "h1", "h2", "h3", "hr"))
_SINGLE = re.compile(
    r"\b(?:by|von|par|durch)\s+([^\W\d_][\w.'’-]{2,30})(?=\s*(?:[|,·•–-]|am\b|on\b|le\b|at\b|um\b|\Z))",
    re.IGNORECASE,
)
_LINE_TAGS: Final = frozenset(
    ("p", "div", "span", "li", "small", "em", "strong", "b", "i", "cite", "time", "td", "dd", "a",
     "h2", "h3", "h4", "h5", "h6", "ul", "section", "header", "address")
)  # fmt: skip
_LONGEST: Final = 200
_MOST: Final = 40
_NEAR: Final = 25
_BEFORE: Final = 5
"""How many elements behind and before the headline a line without any mark may stand."""


def marked(tree: Any, around: Surroundings, outlet: str | None) -> Names:
    """What elements with rel="author" or itemprop="author" name, together."""
    names: list[str] = []
    seen = 0
    for element in tree.iter("a", "span", "div", "p", "address", "li", "strong", "h3", "h4"):
        label = f"{element.get('rel') or ''} {element.get('itemprop') or ''}".lower().split()
        if "author" not in label or around.is_elsewhere(element):
            continue
        inner = [e for e in element.iter() if e is not element and e.get("itemprop") == "name"]
        for source in inner or [element]:
            words = source.get("content") or short_text_of(source, _LONGEST)
            if words and len(words) <= _LONGEST:
                names.extend(read_byline(words, outlet))
        seen += 1
        if seen >= _MOST:
            break
    return tuple(dict.fromkeys(names))


def by_class(tree: Any, around: Surroundings, outlet: str | None) -> Iterator[tuple[int, Names]]:
    """What elements name whose class says that they hold the author, each with its distance.

    Neighbours are taken together: `<a class="author">Ann</a>, <a class="author">Tom</a>`.
    """
    taken: dict[tuple[Any, int], list[str]] = {}
    for element in tree.iter(*_CLASS_TAGS):
        label = " ".join(filter(None, map(element.get, ("class", "id", "data-testid"))))
        if not label or not _CLASS.search(label) or _NOT_CLASS.search(label):
            continue
        distance = around.distance(element)
        if distance > 1 or not short_text_of(element, _LONGEST):
            continue
        words = " ".join(_pieces(element))
        if _OF_PICTURE.match(words):
            continue
        if 3 <= len(words) <= _LONGEST and (found := read_byline(words, outlet)):
            taken.setdefault((element.getparent(), distance), []).extend(found)
        if len(taken) >= _MOST:
            break
    for (_, distance), names in taken.items():
        yield distance, tuple(dict.fromkeys(names))


def profiles(tree: Any, around: Surroundings, outlet: str | None) -> Iterator[tuple[int, Names]]:
    """The people whose pages on the site are linked to, neighbours together."""
    taken: dict[tuple[Any, int], list[str]] = {}
    for link in tree.iter("a"):
        target = link.get("href")
        if not target or not _PROFILE.search(target[:300]):
            continue
        distance = around.distance(link)
        words = short_text_of(link, 80)
        if distance > 1 or not words:
            continue
        people = [name for name in read_byline(words, outlet) if looks_like_person(name)]
        if people:
            taken.setdefault((link.getparent(), distance), []).extend(people)
        if len(taken) >= _MOST:
            break
    for (_, distance), names in taken.items():
        yield distance, tuple(dict.fromkeys(names))


def by_lines(tree: Any, around: Surroundings, outlet: str | None) -> Iterator[tuple[int, Names]]:
    """Lines that begin with "By", in the order of the page, each with its distance."""
    seen = 0
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "option"):
            continue
        for text, is_tail in ((element.text, False), (element.tail, True)):
            if not text or not _BY_WORD.match(text[:40]):
                continue
            holder = element.getparent() if is_tail else element
            if holder is None:
                continue
            words = _line_from(element, is_tail=is_tail)
            rest = strip_by(words)
            if not rest or len(words) > _LONGEST or words.endswith((".", "?", "!")):
                continue
            names = read_byline(words, outlet)
            if any(map(looks_like_person, names)):
                distance = around.distance(holder)
                if distance < 2:
                    yield distance, names
                    seen += 1
                    if seen >= _MOST:
                        return


def beside_dates(tree: Any, heading: Any, outlet: str | None) -> Iterator[tuple[bool, Names]]:
    """Names in short lines just behind the headline that hold a date too ("Ann Reed | 3 March
    2026"); True stands before people, False before a single word after "by" ("by annreed")."""
    for element in just_behind(heading):
        words = short_text_of(element, 120)
        date = find_date(words) if words else None
        if date is None:
            continue
        rest = without_dates(words)
        line = words[date.end :] if date.start == 0 else " ".join(_pieces(element))
        names = read_byline(line, outlet)
        left = len(rest.split()) - sum(len(name.split()) for name in names)
        if names and left <= 4 and all(map(looks_like_person, names)):
            yield True, names
            continue
        if (inner := _INNER_BY.search(words)) and len(rest.split()) <= _NEAR:
            people = tuple(
                name for name in read_byline(inner[0], outlet) if looks_like_person(name)
            )
            if people:
                yield True, people
                continue
        if (single := _SINGLE.search(words)) and len(rest.split()) <= 4:
            yield False, (single[1],)


def just_behind(heading: Any) -> list[Any]:
    """The elements of short lines that follow the headline, and the few before it."""
    if heading is None:
        return []
    before: deque[Any] = deque(maxlen=_BEFORE)
    behind: list[Any] = []
    is_behind = False
    for element in heading.getroottree().getroot().iter():
        if element is heading:
            is_behind = True
        elif not isinstance(element.tag, str) or element.tag not in _LINE_TAGS:
            continue
        elif is_behind:
            behind.append(element)
            if len(behind) >= _NEAR:
                break
        else:
            before.append(element)
    return [*before, *behind]


def _line_from(element: Any, *, is_tail: bool) -> str:
    """The words from a text on, to the next break or block."""
    pieces = [(element.tail if is_tail else element.text) or ""]
    following = element.itersiblings() if is_tail else iter(element)
    for child in following:
        if child.tag in _BLOCKS or not isinstance(child.tag, str):
            break
        if child.tag not in ("script", "style", "time", "button"):
            words = short_text_of(child, _LONGEST)
            pieces.append(f", {words}" if looks_like_person(words) and len(pieces) > 2 else words)
        pieces.append(child.tail or "")
        if sum(map(len, pieces)) > 2 * _LONGEST:
            break
    return " ".join(" ".join(pieces).split()).replace(" ,", ",").replace(",,", ",")


def _pieces(element: Any) -> Iterator[str]:
    """The words of a byline element, parted where one name ends and another begins."""
    from lxml import etree  # type: ignore[import-untyped]

    for event, child in etree.iterwalk(element, events=("start", "end")):
        is_inner = child is not element
        if event == "end":
            if is_inner and child.tail:
                yield child.tail.strip()
            continue
        if child.tag == "br":
            yield "|"
        text = (child.text or "").strip()
        if not text or child.tag in ("time", "button", "img", "svg", "script", "style"):
            continue
        if child.tag == "a" and _SEARCHES.search((child.get("href") or "")[:300]):
            continue
        if is_inner and child.tag in ("div", "p", "dd"):
            yield "|"
        elif is_inner and (child.tag in ("li", "a") or looks_like_person(text)):
            yield ","
        yield text
