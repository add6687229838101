"""Blocks collected from the words, breaks and links of a piece of HTML, in the order they come."""

from __future__ import annotations

from typing import Final

from reader.core.article import BlockKind, Link
from reader.core.span import Span
from reader.ingest.addresses import web_address
from reader.ingest.build import Part

_KINDS: Final = {
    "blockquote": BlockKind.BLOCKQUOTE,
    "li": BlockKind.LIST_ITEM,
    "figcaption": BlockKind.CAPTION,
    **{f"h{level}": BlockKind.SUBHEAD for level in range(1, 7)},
}
BLOCKS: Final = frozenset(
    ("p", "div", "section", "article", "ul", "ol", "dl", "dt", "dd", "table", "tr", "pre", "hr",
     "figure", "header", "footer", "main", "aside", "address", "center", "body", "html", "tbody",
     *_KINDS)
)  # fmt: skip
"""Elements that stand apart from the words around them."""


class BlockWriter:
    """Takes what a walk through HTML meets; `parts` is what came of it."""

    def __init__(self, base: str | None) -> None:
        """Links are resolved against `base`."""
        self.parts: list[Part] = []
        self.length = 0
        """How many characters the block under way has."""

        self._base = base
        self._text: list[str] = []
        self._links: list[Link] = []
        self._kind = BlockKind.PARAGRAPH

    def begin(self, tag: str) -> BlockKind:
        """An element of `BLOCKS` begins; returns what `end` is to be given."""
        outer = self._kind
        if self._text:
            self._flush()
        if outer is BlockKind.PARAGRAPH or tag == "li" or tag == "figcaption":
            self._kind = _KINDS.get(tag, outer)
        return outer

    def end(self, outer: BlockKind) -> None:
        """An element of `BLOCKS` ends."""
        if self._text:
            self._flush()
        self._kind = outer

    def write(self, text: str) -> None:
        """Add words, every stretch of blanks made one."""
        words = squeezed(text)
        if not words:
            words = " " if self._text and not self._text[-1].endswith((" ", "\n")) else ""
        else:
            before = text[0].isspace() and self._text and not self._text[-1].endswith((" ", "\n"))
            words = (" " if before else "") + words + (" " if text[-1].isspace() else "")
        if words:
            self._text.append(words)
            self.length += len(words)

    def line_break(self) -> None:
        """A line break; the second in a row ends the block."""
        if self._text and self._text[-1] == "\n":
            self._flush()
        elif self._text:
            self._text.append("\n")
            self.length += 1

    def link(self, start: int, target: str | None) -> None:
        """Note that the words since `start` (a `length`) point to an address."""
        address = web_address(target, self._base) if target and self.length > start else None
        if address is not None:
            self._links.append(Link(Span(start, self.length), address))

    def _flush(self) -> None:
        """End the block."""
        text = "".join(self._text)
        if text.strip():
            self.parts.append(Part(text, self._kind, tuple(self._links)))
        self._text, self._links, self.length = [], [], 0


def squeezed(text: str) -> str:
    """The words parted by one blank each."""
    # What is printable has no blank but the usual one; looking takes a quarter of splitting.
    if "  " not in text and text.isprintable():
        return text.strip(" ")
    return " ".join(text.split())
