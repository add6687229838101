"""Articles with quotations, made by hand, for the tests of the exports."""

from __future__ import annotations

import datetime as dt

from reader.core.article import Article, Block, BlockKind
from reader.core.quotation import Extraction, Quotation, QuotationKind, Speaker
from reader.core.span import Span
from reader.export.items import Item

BODY = (
    'The pier will open late. "We would rather be late than wrong," said Maria Okafor, the '
    "board's chair.\n\nNext steps\n\nThe board said work would resume in May."
)


def span(words: str, body: str = BODY) -> Span:
    start = body.index(words)
    return Span(start, start + len(words))


def article(**more: object) -> Article:
    paragraphs = BODY.split("\n\n")
    blocks = tuple(
        Block(span(p), BlockKind.SUBHEAD if p == "Next steps" else BlockKind.PARAGRAPH)
        for p in paragraphs
    )
    fields: dict[str, object] = {
        "title": "Pier Opens Two Years Late",
        "body": BODY,
        "blocks": blocks,
        "byline": ("Ann Reed",),
        "published": dt.date(2026, 3, 3),
        "outlet": "Harbour News",
        "section": "Local",
        "url": "https://harbour.example/pier?a=1&b=2",
        "path": "pier.txt",
    }
    return Article(**{**fields, **more})  # type: ignore[arg-type]


def extraction() -> Extraction:
    chair = Speaker("Maria Okafor", role="the board's chair", mentions=(span("Maria Okafor"),))
    return Extraction(
        quotations=(
            Quotation(
                (span('"We would rather be late than wrong,"'),),
                QuotationKind.DIRECT,
                cue=Span(*_cue()),
                mention=span("Maria Okafor"),
                speaker=0,
                confidence=0.97,
            ),
            Quotation((span("work would resume in May"),), QuotationKind.INDIRECT),
        ),
        speakers=(chair,),
    )


def _cue() -> tuple[int, int]:
    start = BODY.index("said Maria")
    return start, start + len("said")


def items(*, quotes: bool, **more: object) -> list[Item]:
    story, found = article(**more), extraction()
    if not quotes:
        return [Item(7, story, found)]
    return [Item(7, story, found, quotation) for quotation in found.quotations]
