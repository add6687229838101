"""An article as rows: what is drawn and what is jumped to are the same characters."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from reader.core.article import Article, Block, BlockKind
from reader.core.quotation import Extraction, Quotation, QuotationKind
from reader.core.span import Span
from reader.ui.page import RowKind, lay_out, voices

PARAGRAPHS = st.lists(
    st.text(st.sampled_from("abc é漢“”' -"), min_size=1, max_size=120).filter(str.strip),
    min_size=1,
    max_size=8,
)


def article_of(*paragraphs: str) -> Article:
    """An article of these paragraphs, the second one being a subhead."""
    blocks, at = [], 0
    for number, paragraph in enumerate(paragraphs):
        kind = BlockKind.SUBHEAD if number == 1 else BlockKind.PARAGRAPH
        blocks.append(Block(Span(at, at + len(paragraph)), kind))
        at += len(paragraph) + 2
    return Article("A title", "\n\n".join(paragraphs), tuple(blocks), published=dt.date(2026, 3, 1))


@given(PARAGRAPHS, st.integers(12, 100))
def test_every_character_of_the_body_is_in_the_row_that_a_jump_to_it_finds(
    paragraphs: list[str], width: int
) -> None:
    article = article_of(*paragraphs)
    page = lay_out(article, "meta", width)
    for block in article.blocks:
        for offset in range(block.span.start, block.span.end):
            row = page.rows[page.row_of(offset)]
            assert row.start <= offset < row.end


@given(PARAGRAPHS, st.integers(12, 100))
def test_the_rows_give_the_body_back(paragraphs: list[str], width: int) -> None:
    article = article_of(*paragraphs)
    page = lay_out(article, "meta", width)
    kinds = (RowKind.TEXT, RowKind.SUBHEAD)
    drawn = [article.body[row.start : row.end] for row in page.rows if row.kind in kinds]
    assert "".join(drawn) == "".join(paragraphs)


def test_the_place_survives_a_change_of_width() -> None:
    article = article_of(*(f"Paragraph {number}. " + "word " * 40 for number in range(9)))
    wide, narrow = lay_out(article, "meta", 90), lay_out(article, "meta", 30)
    offset = wide.offset_of(20)
    assert narrow.rows[narrow.row_of(offset)].start <= offset
    assert wide.row_of(offset) == 20 or wide.rows[20].kind is RowKind.BLANK
    assert wide.offset_of(0) == -1


def voices_of(body: str, kind: QuotationKind) -> list[tuple[str, bool]]:
    """The stretches of a body that is one quotation, and whether each is in marks."""
    extraction = Extraction((Quotation((Span(0, len(body)),), kind),))
    return [(body[v.start : v.end], v.marked) for v in voices(body, extraction)]


def test_only_the_words_in_marks_of_a_mixed_quotation_count_as_spoken() -> None:
    assert voices_of("that it was “a mess” and “late”", QuotationKind.MIXED) == [
        ("that it was ", False),
        ("“a mess”", True),
        (" and ", False),
        ("“late”", True),
    ]
    assert voices_of("the city's plan was 'dead on arrival'", QuotationKind.MIXED) == [
        ("the city's plan was ", False),
        ("'dead on arrival'", True),
    ]
    assert voices_of('Russia "will lose all', QuotationKind.MIXED) == [
        ("Russia ", False),
        ('"will lose all', True),
    ]


def test_all_of_a_direct_and_nothing_of_an_indirect_quotation_is_spoken() -> None:
    assert voices_of("“so it is”", QuotationKind.DIRECT) == [("“so it is”", True)]
    assert voices_of("that so it is", QuotationKind.INDIRECT) == [("that so it is", False)]


@given(st.text(st.sampled_from("ab '\"“”‘’«»"), min_size=1, max_size=60))
def test_the_stretches_cover_the_quotation_without_gaps(body: str) -> None:
    assert "".join(text for text, _ in voices_of(body, QuotationKind.MIXED)) == body
