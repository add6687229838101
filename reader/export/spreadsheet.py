"""CSV after RFC 4180, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from reader.core.dates import iso
from reader.export.citation import cite
from reader.export.items import Item, note_lines

ARTICLE_COLUMNS = (
    "id", "title", "byline", "date", "outlet", "section", "url", "quotes", "speakers", "citation",
    "tags", "notes",
)  # fmt: skip
QUOTATION_COLUMNS = (
    "article", "kind", "text", "speaker_name", "role", "confidence", "title", "outlet", "date",
    "url", "citation", "tags", "notes",
)  # fmt: skip

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def cell(value: object) -> str:
    """A value as a cell. One that a spreadsheet would take for a formula gets an apostrophe in
    front, which makes it text (OWASP, "CSV Injection")."""
    text = "" if value is None else " ".join(str(value).split())
    return "'" + text if text.startswith(_FORMULA) else text


def lines(items: Iterable[Item], *, quotes: bool) -> Iterator[str]:
    """The table, a line at a time, its head first; lines end in CR LF."""
    yield _line(QUOTATION_COLUMNS if quotes else ARTICLE_COLUMNS)
    for item in items:
        yield _line([cell(value) for value in (_quotation(item) if quotes else _article(item))])


def _article(item: Item) -> Sequence[object]:
    article = item.article
    return (
        item.number,
        article.title,
        "; ".join(article.byline),
        iso(article.published),
        article.outlet,
        article.section,
        article.url,
        len(item.extraction.quotations),
        "; ".join(speaker.name for speaker in item.extraction.speakers),
        cite(item),
        *_own(item),
    )


def _quotation(item: Item) -> Sequence[object]:
    assert item.quotation is not None
    article, speaker = item.article, item.speaker
    return (
        item.number,
        item.quotation.kind,
        item.said,
        speaker.name if speaker else None,
        speaker.role if speaker else None,
        f"{item.quotation.confidence:.2f}",
        article.title,
        article.outlet,
        iso(article.published),
        article.url,
        cite(item),
        *_own(item),
    )


def _own(item: Item) -> tuple[str, str]:
    """The reader's own tags and notes."""
    notes = " | ".join(" ".join(note_lines(note)) for note in item.notes)
    return "; ".join(item.tags), notes


def _line(cells: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()
