"""Rows of offsets: what drawing and jumping both stand on."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size

from reader.core.span import Span
from reader.ui import wrapping
from reader.ui.wrapping import Wrapped, wrap

PIECES = st.sampled_from(
    [
        *"abcdefgh  \n-–—.,“”‘’()é3 \u00a0",
        "word ",
        "so–called",
        "東京では会議が、開かれた。",
        "한국어 신문",
        "e\u0301\u0327",
        "か\u3099",
        "👨‍👩‍👧",
        "👩🏽‍🚀",
        "🏳️‍🌈",
        "1️⃣",
        "🇫🇷🇩🇪",
        "🇫",
        "שלום עולם",
        "مرحبا بالعالم",
        "می\u200cخواهم",
        "\u200d",
        "\ufe0f",
        "\u0301",
        "\u3000",
        "\u2009",
        "ไทย",
        "नमस्ते",
        "x" * 70,
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=60).map("".join), st.text(max_size=80))
WIDTHS = st.integers(1, 200)
PLAIN = st.text(alphabet="abc  \n---–—.,“”(3é", max_size=120)


def drawn(text: str, width: int) -> list[str]:
    """The rows of `text` as they are drawn."""
    rows = wrap(text, width)
    return [rows.line(text, row) for row in range(len(rows))]


@given(TEXTS, WIDTHS)
@example("x" * 10_000, 7)
@example("", 1)
@example("\n\n", 5)
def test_rows_joined_give_the_text_back(text: str, width: int) -> None:
    rows = wrap(text, width)
    assert "".join(rows[row].text(text) for row in range(len(rows))) == text


@given(TEXTS, st.integers(3, 200))
@example("x" * 10_000, 200)
@example("東" * 10_000, 3)
@example("a-東京", 3)
@example("\u200d東京b", 3)
def test_no_row_is_wider_than_the_width(text: str, width: int) -> None:
    assert all(cell_len(row) <= width for row in drawn(text, width))


@given(TEXTS, WIDTHS)
def test_every_offset_falls_in_exactly_one_row(text: str, width: int) -> None:
    rows = wrap(text, width)
    for offset in range(len(text)):
        holding = [row for row in range(len(rows)) if rows[row].start <= offset < rows[row].end]
        assert holding == [rows.row_of(offset)]


@given(TEXTS, WIDTHS, st.integers(0, 90), st.integers(0, 90))
def test_a_part_of_a_text_wraps_as_it_would_alone(text: str, width: int, a: int, b: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    part, alone = wrap(text, width, start, end), wrap(text[start:end], width)
    assert [Span(*row).shifted(-start) for row in zip(part.starts, part.ends, strict=True)] == [
        Span(*row) for row in zip(alone.starts, alone.ends, strict=True)
    ]


@given(PLAIN.map(lambda text: text.replace("\n", "")), WIDTHS)
def test_the_quick_way_and_the_measured_way_agree(line: str, width: int) -> None:
    assert wrapping._plain_rows(line, width) == wrapping._measured_rows(line, width)


@given(TEXTS, st.integers(4, 200))
def test_graphemes_are_never_cut(text: str, width: int) -> None:
    whole = ["👨‍👩‍👧", "👩🏽‍🚀", "🏳️‍🌈", "1️⃣", "e\u0301\u0327"]
    starts = set(wrap(text, width).starts)
    for cluster in whole:
        at = text.find(cluster)
        assert at < 0 or not starts & set(range(at + 1, at + len(cluster)))


@given(TEXTS, WIDTHS)
def test_a_line_feed_always_ends_its_row(text: str, width: int) -> None:
    rows = wrap(text, width)
    assert all("\n" not in rows[row].text(text)[:-1] for row in range(len(rows)))


def test_the_quick_way_knows_only_characters_of_one_cell() -> None:
    assert {get_character_cell_size(character) for character in wrapping._PLAIN} == {1}


def test_blanks_hang_beyond_the_edge() -> None:
    assert drawn("one two   three", 7) == ["one two", "three"]
    rows = wrap("one two   three", 7)
    assert rows[0] == Span(0, 10)


def test_a_row_may_end_after_a_hyphen_or_a_dash() -> None:
    assert drawn("so–called no-fly zone", 6) == ["so–", "called", "no-fly", "zone"]
    assert drawn("the well-known", 9) == ["the well-", "known"]
    assert drawn("word—another", 8) == ["word—", "another"]
    assert drawn("word--another", 8) == ["word--", "another"]


def test_numbers_options_and_quotes_stay_with_their_dashes() -> None:
    assert drawn("in 2010–2020", 9) == ["in", "2010–2020"]
    assert drawn("at -5 degrees", 4) == ["at", "-5", "degr", "ees"]
    assert drawn("stop —” he", 7) == ["stop —”", "he"]
    assert drawn("say --loud", 6) == ["say", "--loud"]
    assert drawn("say (–well", 6) == ["say", "(–well"]


def test_a_row_may_end_between_ideographs_but_not_before_a_full_stop() -> None:
    assert drawn("東京都庁", 4) == ["東京", "都庁"]
    assert drawn("東京。都", 4) == ["東", "京。", "都"]
    assert drawn("「東京」", 5) == ["「東", "京」"]


def test_a_word_wider_than_the_row_starts_a_row_and_is_cut() -> None:
    assert drawn("see abcdefghij now", 4) == ["see", "abcd", "efgh", "ij", "now"]


def test_flags_keep_their_two_letters() -> None:
    assert drawn("🇫🇷🇩🇪🇮🇹", 3) == ["🇫🇷", "🇩🇪", "🇮🇹"]


def test_empty_lines_are_rows_and_a_last_line_feed_makes_none() -> None:
    assert drawn("a\n\nb\n", 10) == ["a", "", "b"]
    assert drawn("\n", 10) == [""]


def test_an_empty_text_has_one_empty_row() -> None:
    assert wrap("", 10) == Wrapped([0], [0])
    assert wrap("abc", 10, 2, 2) == Wrapped([2], [2])


@pytest.mark.parametrize(("offset", "row"), [(-3, 0), (0, 0), (3, 0), (4, 1), (6, 1), (99, 1)])
def test_offsets_outside_belong_to_the_first_or_last_row(offset: int, row: int) -> None:
    assert wrap("one two", 5).row_of(offset) == row


def test_a_width_of_nothing_is_taken_as_one() -> None:
    assert drawn("ab", 0) == drawn("ab", -5) == ["a", "b"]
