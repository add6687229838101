"""Cutting and padding by terminal cells."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.ui.cells import first_words, fit, graphemes, pad

TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(["ab ", "東", "🇫🇷", "👩🏽‍🚀", "e\u0301", "\n", "שלום"]), max_size=30
    ).map("".join),
)


@given(TEXTS)
def test_graphemes_cover_the_text_without_gaps(text: str) -> None:
    pieces = graphemes(text)
    assert "".join(text[start:end] for start, end, _ in pieces) == text
    assert all(start < end for start, end, _ in pieces)


@given(TEXTS, st.integers(0, 80))
def test_what_is_fitted_is_never_wider(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) <= width
    assert cell_len(first_words(text, width)) <= width


@given(TEXTS, st.integers(1, 80))
def test_what_is_padded_has_exactly_the_width(text: str, width: int) -> None:
    for align in ("left", "right", "center"):
        assert cell_len(pad(text, width, align)) == width


@given(TEXTS, st.integers(1, 80))
def test_what_fits_is_left_alone(text: str, width: int) -> None:
    assert (fit(text, width) == text) == (cell_len(text) <= width or text == "…")


def test_cut_text_ends_in_an_ellipsis_without_a_blank_before_it() -> None:
    assert fit("communications director", 16) == "communications…"
    assert fit("Altun, who", 7) == "Altun…"
    assert fit("abc", 0) == ""


def test_a_flag_is_cut_whole_or_not_at_all() -> None:
    assert fit("a🇫🇷🇩🇪", 4) == "a🇫🇷…"
    assert fit("a🇫🇷🇩🇪", 3) == "a…"


def test_padding_goes_to_the_other_side() -> None:
    assert pad("ab", 5) == "ab   "
    assert pad("ab", 5, "right") == "   ab"
    assert pad("ab", 5, "center") == " ab  "
    assert pad("東京", 3) == "東…"


def test_first_words_are_whole_words_on_one_line() -> None:
    assert first_words("will lose all\n\ntheir credibility", 15) == "will lose all…"
    assert first_words("will lose\nall", 15) == "will lose all"
    assert first_words("incomprehensibilities of", 8) == "incompr…"
