"""HTML to a tree that other parsers survive: no control characters, no abyss; and its words."""

from __future__ import annotations

import functools
import re
from typing import Any, Final

from reader.core.text import clean
from reader.errors import IntakeError
from reader.ingest import limits
from reader.ingest.references import expose_controls

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})\b[^<>]{0,8000}>")
_FLAT: Final = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
     "track", "wbr", "p", "li", "td", "th", "tr", "dt", "dd", "option", "thead", "tbody", "tfoot",
     "html", "head", "body")
)  # fmt: skip
"""Elements without an end tag, and those whose end tag may be left out."""

_DEEPEST: Final = limits.NESTING - 56
"""Levels kept of a page; the parser itself gives up at 256."""

_LONG_TAG = re.compile(r"<([a-zA-Z][\w:-]{0,40})\b([^<>]{4000,})>")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_MOST_ATTRIBUTES: Final = 300
"""Attributes of an element; the parser compares each with all others: 6 s for 50,000."""

_INLINE: Final = frozenset(
    ("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "kbd", "mark", "q",
     "s", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var")
)  # fmt: skip
_MOST_INLINE: Final = 2_000
"""Links and the like in one paragraph. To lxml the text around each that is taken out stays a piece
of its own, and it looks through all of them for each: minutes for 30,000."""


def parse_page(text: str) -> Any:
    """Return the tree (an lxml element) of an HTML page.

    Control characters go first, raw or written as references, since some reappear only after
    parsing; of the rest at most `limits.PAGE` characters are parsed; what is nested deeper than
    `limits.NESTING` loses its tags and keeps its text. Raises `IntakeError` for what is no page.
    """
    from lxml import etree, html  # type: ignore[import-untyped]

    text = clean(expose_controls(text[: limits.PAGE]))
    text = _LONG_TAG.sub(_bounded_tag, text)
    if text.count("<") > _DEEPEST:
        text = _flattened(text)
    text = text.strip()
    if not text:
        raise IntakeError("is an empty page")
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=_parser())
    except (etree.LxmlError, ValueError, AssertionError):
        raise IntakeError("is no page that can be read") from None
    if tree is None:
        raise IntakeError("is an empty page")
    _flatten_lines(tree)
    return tree


def _bounded_tag(tag: re.Match[str]) -> str:
    """A tag as it is, or without any attribute where it has too many."""
    count = len(_QUOTED.sub("", tag[2]).split())
    return tag[0] if count <= _MOST_ATTRIBUTES else f"<{tag[1]}>"


def _flatten_lines(tree: Any) -> None:
    """Turn into mere text what an element holds of thousands of links, spans and the like."""
    for element in [e for e in tree.iter() if len(e) > _MOST_INLINE]:
        run: list[Any] = []
        for child in [*element, None]:
            if child is not None and child.tag in _INLINE and len(child) == 0:
                run.append(child)
                continue
            if len(run) > _MOST_INLINE:
                _flatten_run(element, run)
            run = []


def _flatten_run(element: Any, run: list[Any]) -> None:
    """Put the words of neighbours in the place of their elements."""
    words = "".join(f"{child.text or ''}{child.tail or ''}" for child in run)
    before = run[0].getprevious()
    first = element.index(run[0])
    if before is None:
        element.text = (element.text or "") + words
    else:
        before.tail = (before.tail or "") + words
    del element[first : first + len(run)]


@functools.lru_cache(1)
def _parser() -> Any:
    """The one HTML parser; making it takes as long as parsing a story."""
    from lxml import html

    return html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, recover=True, huge_tree=False
    )


def drop(element: Any) -> None:
    """Take an element out of its tree, keeping the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail
    if tail:
        previous = element.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    parent.remove(element)


def text_of(element: Any) -> str:
    """Return the visible words of an element on one line."""
    return " ".join(" ".join(element.itertext()).split())


def short_text_of(element: Any, limit: int) -> str:
    """Return the words of an element on one line, "" where they are more than `limit` characters.

    Reads no further than that: labels are looked for in elements that may hold the whole page.
    """
    pieces: list[str] = []
    room = limit * 2
    for piece in element.itertext():
        pieces.append(piece)
        room -= len(piece.strip())
        if room < 0:
            return ""
    text = " ".join(" ".join(pieces).split())
    return text if len(text) <= limit else ""


def _flattened(text: str) -> str:
    """The page without the tags that lie deeper than `limits.NESTING`."""
    depth = deepest = 0
    for tag in _TAG.finditer(text):
        if tag[2].lower() not in _FLAT and not tag[0].endswith("/>"):
            depth = max(0, depth - 1) if tag[1] else depth + 1
            deepest = max(deepest, depth)
    if deepest <= _DEEPEST:
        return text
    pieces: list[str] = []
    depth = end = 0
    for tag in _TAG.finditer(text):
        if tag[2].lower() in _FLAT or tag[0].endswith("/>"):
            continue
        if tag[1]:
            surplus = depth > _DEEPEST
            depth = max(0, depth - 1)
        else:
            depth += 1
            surplus = depth > _DEEPEST
        if surplus:
            pieces.append(text[end : tag.start()])
            end = tag.end()
    pieces.append(text[end:])
    return " ".join(pieces)
