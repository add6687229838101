"""A piece of HTML, as feeds and mails carry it, to blocks."""

from __future__ import annotations

import html
import re
from typing import Any, Final

from reader.core.article import BlockKind
from reader.core.text import clean
from reader.errors import IntakeError
from reader.ingest import furniture, limits
from reader.ingest.block_writer import BLOCKS, BlockWriter
from reader.ingest.build import Part
from reader.ingest.references import expose_controls
from reader.ingest.simple_markup import simple_parts

_TAGS = re.compile(r"<[a-zA-Z!/][^<>]{0,4000}>")
_INLINE_TAGS = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|em|font|i|q|s|small|span|strong|sub|sup|u|p|div|wbr)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
_SKIPPED: Final = frozenset(
    ("script", "style", "template", "noscript", "iframe", "object", "svg", "head", "form", "button",
     "select", "textarea", "audio", "video", "title")
)  # fmt: skip


def plain_title(text: str) -> str:
    """Return a title without the markup that feeds put into it: references and inline tags."""
    if "<" in text:
        text = _INLINE_TAGS.sub("", text)
    return html.unescape(expose_controls(text)) if "&" in text else text


def is_markup(text: str) -> bool:
    """Whether a text is HTML rather than plain."""
    return "<" in text and _TAGS.search(text) is not None


def parts_of_text(text: str) -> list[Part]:
    """Return the blocks of a text that is HTML or plain, whichever it looks like."""
    if is_markup(text):
        return parts_of_markup(text)
    text = html.unescape(expose_controls(text)) if "&" in text else text
    text = text.replace("\r\n", "\n")
    pieces = text.split("\n\n") if "\n\n" in text.strip() else text.split("\n")
    return [Part(piece) for piece in pieces if piece.strip()]


def parts_of_markup(text: str, base: str | None = None) -> list[Part]:
    """Return the blocks of a piece of HTML, with their links resolved against `base`.

    Paragraphs, headings, list items, block quotes and captions are told apart; two line breaks part
    paragraphs; what is hidden, scripts and buttons are left out. [] where there is no text.
    """
    text = clean(expose_controls(text[: limits.PAGE])).strip()
    parts = simple_parts(text, base)
    if parts is None:
        parts = _parts_of_tree(text, base)
    return [part for part in parts if not furniture.is_furniture(part.text)]


def _parts_of_tree(text: str, base: str | None) -> list[Part]:
    from reader.ingest.pages.hidden import drop_hidden
    from reader.ingest.pages.tree import parse_page

    try:
        tree = parse_page(text)
    except IntakeError:
        return []
    if "hidden" in text or "style" in text or "class" in text:
        drop_hidden(tree)
    writer = BlockWriter(base)
    _walk(tree, writer)
    writer.end(BlockKind.PARAGRAPH)
    return writer.parts


def _walk(element: Any, writer: BlockWriter) -> None:
    """Write an element and what is in it; the depth of trees is limited."""
    tag = element.tag
    if not isinstance(tag, str) or tag in _SKIPPED:
        return
    if tag == "br":
        writer.line_break()
        return
    outer = writer.begin(tag) if tag in BLOCKS else None
    start = writer.length
    if element.text:
        writer.write(element.text)
    for child in element:
        _walk(child, writer)
        if child.tail:
            writer.write(child.tail)
    if outer is not None:
        writer.end(outer)
    elif tag == "a":
        writer.link(start, element.get("href"))
    elif tag in ("td", "th"):
        writer.write(" ")
