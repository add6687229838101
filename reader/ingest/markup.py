"""A piece of HTML, as feeds and mails carry it, to blocks."""

from __future__ import annotations

import html
import re
from typing import Any, Final

from reader.core.article import BlockKind, Link
from reader.core.span import Span
from reader.errors import IntakeError
from reader.ingest import furniture
from reader.ingest.addresses import web_address
from reader.ingest.build import Part
from reader.ingest.references import expose_controls

_TAGS = re.compile(r"<[a-zA-Z!/][^<>]{0,4000}>")
_INLINE_TAGS = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|em|font|i|q|s|small|span|strong|sub|sup|u|p|div|wbr)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
_KINDS: Final = {
    "blockquote": BlockKind.BLOCKQUOTE,
    "li": BlockKind.LIST_ITEM,
    "figcaption": BlockKind.CAPTION,
    **{f"h{level}": BlockKind.SUBHEAD for level in range(1, 7)},
}
_BLOCKS: Final = frozenset(
    ("p", "div", "section", "article", "ul", "ol", "dl", "dt", "dd", "table", "tr", "pre", "hr",
     "figure", "header", "footer", "main", "aside", "address", "center", "body", "html", "tbody",
     *_KINDS)
)  # fmt: skip
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
    from reader.ingest.pages.tree import drop_hidden, parse_page

    try:
        tree = parse_page(text)
    except IntakeError:
        return []
    if "hidden" in text or "style" in text or "class" in text:
        drop_hidden(tree)
    writer = _Writer(base)
    writer.walk(tree)
    return [part for part in writer.parts if not furniture.is_furniture(part.text)]


class _Writer:
    """Collects blocks on a walk through a tree whose depth is limited."""

    def __init__(self, base: str | None) -> None:
        self.parts: list[Part] = []
        self._base = base
        self._text: list[str] = []
        self._length = 0
        self._links: list[Link] = []
        self._kind = BlockKind.PARAGRAPH

    def walk(self, element: Any) -> None:
        """Write an element and what is in it."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED:
            return
        if tag == "br":
            self._break()
            return
        is_block = tag in _BLOCKS
        outer = self._kind
        if is_block:
            self._flush()
            if outer is BlockKind.PARAGRAPH or tag in ("li", "figcaption"):
                self._kind = _KINDS.get(tag, outer)
        start = self._length
        if element.text:
            self._write(element.text)
        for child in element:
            self.walk(child)
            if child.tail:
                self._write(child.tail)
        if is_block:
            self._flush()
            self._kind = outer
        elif tag == "a":
            self._link(start, element.get("href"))
        elif tag in ("td", "th"):
            self._write(" ")

    def _write(self, text: str) -> None:
        """Add words, every stretch of blanks made one."""
        words = " ".join(text.split())
        if not words:
            words = " " if self._text and not self._text[-1].endswith((" ", "\n")) else ""
        else:
            before = text[0].isspace() and self._text and not self._text[-1].endswith((" ", "\n"))
            words = (" " if before else "") + words + (" " if text[-1].isspace() else "")
        if words:
            self._text.append(words)
            self._length += len(words)

    def _break(self) -> None:
        """A line break; the second in a row ends the block."""
        if self._text and self._text[-1] == "\n":
            self._flush()
        elif self._text:
            self._text.append("\n")
            self._length += 1

    def _link(self, start: int, target: str | None) -> None:
        """Note that the words since `start` point to an address."""
        address = web_address(target, self._base) if target and self._length > start else None
        if address is not None:
            self._links.append(Link(Span(start, self._length), address))

    def _flush(self) -> None:
        """End the block."""
        text = "".join(self._text)
        if text.strip():
            self.parts.append(Part(text, self._kind, tuple(self._links)))
        self._text, self._links, self._length = [], [], 0
