"""An article as a page: rows of offsets, and what colours each character of a row.

Pure: drawing, jumping and the gutter all read the rows made here, so they cannot disagree.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto

from reader.core.article import Article, BlockKind
from reader.core.quotation import Extraction, Quotation, QuotationKind
from reader.core.records import GAP
from reader.core.span import Span
from reader.ui.wrapping import wrap

MEASURE = 72
"""Cells of text in a row, where there is room: 60 to 76 is what typography calls comfortable."""

GUTTER = 2
"""Cells left of the text: the mark that shows who speaks, and a blank."""

MARGIN = 3
"""Cells kept right of the text for the numbers of links, where an article has any."""

_INDENT = {BlockKind.BLOCKQUOTE: 4, BlockKind.LIST_ITEM: 2, BlockKind.CAPTION: 2}


class RowKind(Enum):
    """What a row of the page holds; offsets of HEADLINE rows count in the title, those of META and
    NOTE rows in their own text, all others in the body."""

    HEADLINE = auto()
    META = auto()
    NOTE = auto()
    BLANK = auto()
    TEXT = auto()
    SUBHEAD = auto()
    CAPTION = auto()


@dataclass(frozen=True, slots=True)
class PageRow:
    """One row of the page."""

    kind: RowKind
    start: int = 0
    end: int = 0
    indent: int = 0
    text: str = ""
    """What is drawn, without hanging blanks."""

    links: str = ""
    """The numbers of the links that begin in the row, for the margin: "3", "3-5", "12+"."""


@dataclass(frozen=True, slots=True)
class Page:
    """An article laid out for one width."""

    rows: tuple[PageRow, ...]
    left: int
    """Blank cells left of the gutter, so that the measure stands in the middle."""

    width: int = 0
    """Cells of text in a row; the numbers of links stand behind them."""

    _body_rows: tuple[int, ...] = field(default=(), repr=False)
    _body_starts: tuple[int, ...] = field(default=(), repr=False)

    def row_of(self, offset: int) -> int:
        """The row in which the body's character at `offset` stands."""
        if not self._body_rows:
            return 0
        return self._body_rows[max(0, bisect_right(self._body_starts, offset) - 1)]

    def offset_of(self, row: int) -> int:
        """The offset of the first body character at or below `row`; -1 within the heading."""
        place = bisect_left(self._body_rows, row)
        if place == 0 and row < (self._body_rows[0] if self._body_rows else 1):
            return -1
        return self._body_starts[min(place, len(self._body_starts) - 1)]


def lay_out(
    article: Article,
    meta: str,
    width: int,
    measure: int = MEASURE,
    *,
    tags: str = "",
    notes: str = "",
) -> Page:
    """Lay `article` out for `width` cells, `meta` being the line of outlet, byline and date,
    `tags` a line of the reader's own, and `notes` what the reader has written."""
    margin = MARGIN if article.links else 0
    text_width = max(8, min(measure, width - GUTTER - 2 - margin))
    left = max(0, (width - text_width - GUTTER - margin) // 2)
    numbers = _Numbers(article)
    blank = PageRow(RowKind.BLANK)
    rows: list[PageRow] = [blank]
    rows += _wrapped(article.title, text_width, RowKind.HEADLINE)
    rows.append(blank)
    rows += _wrapped(meta, text_width, RowKind.META)
    if tags:
        rows += _wrapped(tags, text_width, RowKind.META)
    rows.append(blank)
    if notes:
        rows += _wrapped(notes, text_width, RowKind.NOTE)
        rows.append(blank)
    body = article.body
    for block in article.blocks:
        kind = {
            BlockKind.SUBHEAD: RowKind.SUBHEAD,
            BlockKind.CAPTION: RowKind.CAPTION,
        }.get(block.kind, RowKind.TEXT)
        if block.kind is BlockKind.SUBHEAD:
            rows.append(blank)
        indent = min(_INDENT.get(block.kind, 0), text_width // 4)
        wrapped = wrap(body, text_width - indent, block.span.start, block.span.end)
        rows += [
            PageRow(
                kind,
                wrapped.starts[row],
                wrapped.ends[row],
                indent,
                wrapped.line(body, row),
                numbers.between(wrapped.starts[row], wrapped.ends[row]),
            )
            for row in range(len(wrapped))
        ]
        rows.append(blank)
    body_rows = tuple(
        number
        for number, row in enumerate(rows)
        if row.kind in (RowKind.TEXT, RowKind.SUBHEAD, RowKind.CAPTION)
    )
    starts = tuple(rows[number].start for number in body_rows)
    return Page(tuple(rows), left, text_width, body_rows, starts)


class _Numbers:
    """The numbers of an article's links, looked up by where their words begin."""

    def __init__(self, article: Article) -> None:
        links = sorted(article.links, key=lambda link: link.span.start)
        number_of = {url: number for number, url in enumerate(article.addresses, 1)}
        self._starts = [link.span.start for link in links]
        self._numbers = [number_of[link.url] for link in links]

    def between(self, start: int, end: int) -> str:
        """The numbers of the links whose words begin in [start, end), in at most `MARGIN` cells
        for the first 99 links."""
        if not self._starts:
            return ""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        found = sorted(set(self._numbers[first:last]))
        if len(found) < 2:
            return "".join(map(str, found))
        in_turn = found[-1] - found[0] == len(found) - 1 and found[-1] < 10
        return f"{found[0]}-{found[-1]}" if in_turn else f"{found[0]}+"


def _wrapped(text: str, width: int, kind: RowKind) -> list[PageRow]:
    wrapped = wrap(text, width)
    return [
        PageRow(kind, wrapped.starts[row], wrapped.ends[row], 0, wrapped.line(text, row))
        for row in range(len(wrapped))
    ]


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose words a stretch of the body is."""

    start: int
    end: int
    quotation: int
    marked: bool
    """Whether the stretch stands in quotation marks: those words are given as spoken."""


_OPENING = "“„«‟"
_CLOSING = {"“": "”", "„": "“”", "«": "»", "‟": "”", '"': '"', "‘": "’", "'": "'"}


def voices(body: str, extraction: Extraction) -> tuple[Voice, ...]:
    """The content of all quotations as stretches in order, cut where quotation marks begin or end.

    All of a direct quotation counts as marked, nothing of an indirect one.
    """
    stretches: list[Voice] = []
    for number, quotation in enumerate(extraction.quotations):
        for piece in quotation.content:
            if quotation.kind is QuotationKind.MIXED:
                stretches += [
                    Voice(span.start, span.end, number, marked)
                    for span, marked in _cut_at_marks(body, piece)
                ]
            else:
                marked = quotation.kind is QuotationKind.DIRECT
                stretches.append(Voice(piece.start, piece.end, number, marked))
    return tuple(sorted(stretches, key=lambda voice: (voice.start, voice.end)))


def _cut_at_marks(body: str, piece: Span) -> Iterable[tuple[Span, bool]]:
    """The runs of `piece` inside and outside quotation marks, in order, marks inside."""
    at = piece.start
    while at < piece.end:
        opening = next((place for place in range(at, piece.end) if _opens(body, place)), None)
        if opening is None:
            yield Span(at, piece.end), False
            return
        if opening > at:
            yield Span(at, opening), False
        closers = _CLOSING[body[opening]]
        closing = next(
            (
                place
                for place in range(opening + 1, piece.end)
                if body[place] in closers and _closes(body, place)
            ),
            piece.end - 1,
        )
        yield Span(opening, closing + 1), True
        at = closing + 1


def _opens(body: str, place: int) -> bool:
    character = body[place]
    if character in _OPENING or character == '"':
        return True
    starts_word = place == 0 or not body[place - 1].isalnum()
    return character in "‘'" and starts_word and body[place + 1 : place + 2].isalnum()


def _closes(body: str, place: int) -> bool:
    return body[place] not in "’'" or not body[place + 1 : place + 2].isalnum()


def text_of(body: str, quotation: Quotation) -> str:
    """What was said, on one line: the pieces of the content, joined by `GAP`."""
    return " ".join(GAP.join(piece.text(body) for piece in quotation.content).split())
