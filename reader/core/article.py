"""A news article, cleaned and ready to be stored."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from reader.core.span import Span

ArticleId = NewType("ArticleId", int)
"""The number of an article in one archive: positive, never used twice."""

Published = dt.date | dt.datetime
"""When an article appeared: a plain `date` where only the day is known, else a `datetime` with a
time zone. (A `datetime` is a `date` too: test for `datetime` first.)"""


class BlockKind(StrEnum):
    """What a stretch of the body is for."""

    PARAGRAPH = "paragraph"
    SUBHEAD = "subhead"
    BLOCKQUOTE = "blockquote"
    LIST_ITEM = "list item"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph-like stretch of `Article.body`."""

    span: Span
    kind: BlockKind = BlockKind.PARAGRAPH


@dataclass(frozen=True, slots=True)
class Link:
    """Words of the body that point to an address."""

    span: Span
    url: str


@dataclass(frozen=True, slots=True)
class Article:
    """What a newspaper prints: every string has passed `core.text.clean` and holds no control
    characters but, in `body`, line feeds."""

    title: str
    body: str
    """The blocks, parted by one empty line (two line feeds). All offsets count its characters."""

    blocks: tuple[Block, ...] = ()
    """The blocks in order; they cover the body but for the line feeds between them."""

    byline: tuple[str, ...] = ()
    """The authors, one name each, without "By"."""

    published: Published | None = None
    outlet: str | None = None
    """The publisher's name."""

    section: str | None = None
    url: str | None = None
    """The article's own address, http or https, without user and password."""

    links: tuple[Link, ...] = ()
    guid: str | None = None
    """The identifier its feed gave it, unique within that feed only."""

    feed: str | None = None
    """The address of the feed it came by."""

    path: str | None = None
    """The input file it came from, for messages and `import --json`; not part of its identity."""

    @property
    def story(self) -> str:
        """The body without the captions at its end: what programs take for the text. Offsets into
        the body count in it too."""
        ends = (b.span.end for b in reversed(self.blocks) if b.kind is not BlockKind.CAPTION)
        return self.body[: next(ends, len(self.body))]

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses that the body points to, each once, in order: link 1 is the first."""
        return tuple(self.linked_words)

    @property
    def linked_words(self) -> dict[str, str]:
        """The words that first point to each of `addresses`, on one line, in the same order."""
        words: dict[str, str] = {}
        for link in self.links:
            words.setdefault(link.url, " ".join(link.span.text(self.body).split()))
        return words

    @property
    def subheads(self) -> tuple[str, ...]:
        """The subheads, in order."""
        return tuple(b.span.text(self.body) for b in self.blocks if b.kind is BlockKind.SUBHEAD)
