"""The gate for text: what must not pass, what must, and that nothing is slow."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.text import MAX_MARKS, clean, clean_line

NASTY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\x1b\x9b\x9d\x90\x07\x9c[]\\;m\r\n\t\x85\u2028\u202e\u200b\ud800\u0301aé"),
    ),
    max_size=200,
)


def is_forbidden(character: str) -> bool:
    code = ord(character)
    return (
        (unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") and character != "\n")
        or 0x202A <= code <= 0x202E
        or 0x2066 <= code <= 0x2069
        or 0xE0000 <= code <= 0xE00FF
        or code & 0xFFFE == 0xFFFE
    )


@given(NASTY)
def test_nothing_that_moves_hides_or_reorders_passes(text: str) -> None:
    assert not [c for c in clean(text) if is_forbidden(c)]


@given(NASTY)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    line = clean_line(text, 40)
    assert clean_line(line, 40) == line


@given(NASTY)
def test_what_comes_out_is_composed(text: str) -> None:
    assert unicodedata.is_normalized("NFC", clean(text))


@given(NASTY)
def test_one_line_fields_are_one_short_line(text: str) -> None:
    line = clean_line(text, 30)
    assert len(line) <= 30
    assert line == line.strip()
    assert len(line.splitlines()) <= 1


@given(st.text(st.characters(codec="ascii", categories=("L", "N", "P", "S", "Zs"))))
def test_plain_text_is_left_alone(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]52;c;aGk=\x1b\\after", "after"),
        ("\x9d52;c;aGk=\x9cafter", "after"),
        ("\x1b]8;;https://evil.invalid\x1b\\bank\x1b]8;;\x1b\\", "bank"),
        ("\x1b]0;never closed\nthe story", "0;never closed\nthe story"),
        ("\x1bPq#0;2;0\x1b\\x", "x"),
        ("a\x1b(0b\x1bcc\x9b2Jd", "abcd"),
        (
            "one\r\ntwo\rthree\x85four\u2028five\u2029six\x0bseven",
            "one\ntwo\nthree\nfour\nfive\nsix\nseven",
        ),
        ("a\tb\u00a0c\u202fd", "a b c d"),
        ("\ufeffPar\u00adlia\u200bment\u202e", "Parliament"),
        ("cafe\u0301", "café"),
        ("e\u200b\u0301", "é"),
        ("می\u200cخواهم 👩\u200d🚀", "می\u200cخواهم 👩\u200d🚀"),
        ("“We can’t,” she said — no.", "“We can’t,” she said — no."),
        ("[@click=app.quit]Free[/] :bomb: \\", "[@click=app.quit]Free[/] :bomb: \\"),
        ("op\u3164ens", "opens"),
        ("a\ud800b\ufdd0c\U0001fffed", "abcd"),
    ],
)
def test_each_kind_of_trouble_is_dealt_with(given_text: str, expected: str) -> None:
    assert clean(given_text) == expected


def test_towers_of_combining_marks_are_cut() -> None:
    tower = "x" + "\u0338" * 50 + "y" + "\u0338\u200d" * 50
    cut = clean(tower)
    assert cut == "x" + "\u0338" * MAX_MARKS + "y" + ("\u0338\u200d" * 50)[:MAX_MARKS]


def test_line_breaks_become_blanks_in_one_line_fields() -> None:
    assert clean_line("  Two\r\nlines\u2028and  more\x85 ") == "Two lines and more"


def test_a_title_of_many_megabytes_is_cut_at_once() -> None:
    started = time.process_time()
    assert len(clean_line("A" * 50_000_000)) == 1000
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize(
    "unit", ["\x1b]", "\x9d", "\x1b[", "\x1bP1", "\u0338", "\r", "\x1b[1;", "\x1b   "]
)
def test_time_grows_with_length_only(unit: str) -> None:
    small, large = unit * 20_000, unit * 200_000

    def seconds(text: str) -> float:
        started = time.process_time()
        clean(text)
        return time.process_time() - started

    base = min(seconds(small) for _ in range(3)) + 0.005
    assert min(seconds(large) for _ in range(2)) < base * 40
