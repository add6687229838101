"""HTML to a tree that other parsers survive: no control characters, no abyss, nothing hidden."""

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

_HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:\D|\Z)|"
    r"(?:left|text-indent)\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
_HIDING_CLASS: Final = frozenset(
    ("visually-hidden", "visuallyhidden", "sr-only", "screen-reader-text", "screen-reader-only",
     "screenreader", "u-hidden", "is-hidden", "hidden", "d-none", "offscreen", "a11y-hidden")
)  # fmt: skip
_SHOWN_WIDE = re.compile(r"(?:sm|md|lg|xl|2xl):(?!hidden)|d-(?:sm|md|lg|xl|xxl)-(?!none)")
"""Classes of the usual style libraries that show on wide screens what is hidden on narrow ones."""

_HIDING_RULE = re.compile(
    r"(?:\A|[};])\s*((?:[.#][\w-]+\s*,?\s*)+)\{[^{}]{0,500}?display\s*:\s*none"
)
_NEVER_TEXT: Final = ("script", "style", "template", "noscript", "iframe", "object", "svg")


def parse_page(text: str) -> Any:
    """Return the tree (an lxml element) of an HTML page.

    Control characters go first, raw or written as references, since some reappear only after
    parsing; of the rest at most `limits.PAGE` characters are parsed; what is nested deeper than
    `limits.NESTING` loses its tags and keeps its text. Raises `IntakeError` for what is no page.
    """
    from lxml import etree, html  # type: ignore[import-untyped]

    text = clean(expose_controls(text[: limits.PAGE]))
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
    return tree


@functools.lru_cache(1)
def _parser() -> Any:
    """The one HTML parser; making it takes as long as parsing a story."""
    from lxml import html

    return html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, recover=True, huge_tree=False
    )


def drop_hidden(tree: Any) -> None:
    """Take out of a tree what no reader of the page sees: hidden elements, scripts, templates.

    Hidden are the `hidden` attribute, styles that hide (on the element, or by a rule for one class
    or id in a style sheet of the page) and the usual class names for it. An element that holds more
    than half of the page's text stays: it waits for a script that will show it.
    """
    hiding = _hiding_names(tree)
    half = len(tree.text_content()) / 2
    doomed = [
        element
        for element in tree.iter()
        if isinstance(element.tag, str)
        and element.tag not in ("html", "body", "head")
        and (element.tag in ("script", "style", "template") or _is_hidden(element, hiding))
    ]
    for element in doomed:
        if element.tag in _NEVER_TEXT or len(element.text_content()) <= half:
            drop(element)


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


def _is_hidden(element: Any, hiding: frozenset[str]) -> bool:
    """Whether an element is hidden by itself."""
    attributes = element.attrib
    if not attributes:
        return False
    if "hidden" in attributes:
        return True
    if (style := attributes.get("style")) and _HIDING_STYLE.search(style[:2000]):
        return True
    names = attributes.get("class", "").split()[:50]
    if any(f".{name}" in hiding for name in names):
        return True
    if any(name in _HIDING_CLASS for name in names) and not any(map(_SHOWN_WIDE.match, names)):
        return True
    return f"#{attributes.get('id', '')}" in hiding


def _hiding_names(tree: Any) -> frozenset[str]:
    """The classes and ids that the page's own style sheets hide, as ".name" and "#name"."""
    names: set[str] = set()
    for style in list(tree.iter("style"))[:50]:
        sheet = re.sub(r"/\*.{0,5000}?\*/", "", (style.text or "")[:200_000], flags=re.DOTALL)
        sheet = re.sub(
            r"@media[^{]{0,500}\{(?:[^{}]{0,5000}\{[^{}]{0,5000}\}){0,500}\s*\}", "", sheet
        )
        for rule in _HIDING_RULE.finditer(sheet):
            names.update(part.strip() for part in rule[1].split(",") if " " not in part.strip())
    return frozenset(names)


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
