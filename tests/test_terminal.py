"""What the commands print: widths, wrapping, JSON, and nothing that acts on a terminal."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.span import Span
from reader.core.text import clean_line
from reader.terminal import Output, cell_width, fitted, padded, safe, to_json, wrapped

lines = st.text().map(clean_line)


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@given(lines, st.integers(1, 60))
def test_fitted_text_is_never_wider_than_its_room(text: str, width: int) -> None:
    assert cell_width(fitted(text, width)) <= width
    assert cell_width(padded(text, width)) == width


@given(lines, st.integers(24, 80))
def test_wrapped_text_loses_no_word_and_keeps_its_indent(text: str, width: int) -> None:
    rows = list(wrapped(text, width, "  "))
    assert " ".join("".join(row[2:] + " " for row in rows).split()) == " ".join(text.split())
    for row in rows:
        assert cell_width(row) <= width or len(row.split()) == 1


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("日本", 4), ("e\u0301", 1), ("", 0), ("a\u200db", 2)]
)
def test_a_width_counts_columns_and_not_characters(text: str, width: int) -> None:
    assert cell_width(text) == width


@given(st.recursive(st.none() | st.text(), lambda inner: st.lists(inner), max_leaves=5))
def test_json_reads_back_as_it_was_and_holds_nothing_a_terminal_would_act_on(shape: object) -> None:
    text = to_json(shape)
    assert json.loads(text) == shape
    text.encode()
    assert text.isprintable() or not any(
        c < " " or "\x7f" <= c <= "\x9f" or "\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069"
        for c in text
    )


def test_a_byte_of_a_path_that_is_no_utf8_comes_back() -> None:
    assert json.loads(to_json({"path": "a\udcff"})) == {"path": "a\udcff"}
    assert "\\udcff" in to_json({"path": "a\udcff"})


@given(st.text())
def test_safe_text_is_one_line_without_commands(text: str) -> None:
    assert not any(c in "\n\r\x1b\x07\x9b\u202e" for c in safe(text))


def test_styles_show_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert Output(Terminal()).style("x", "bold") == "\x1b[1mx\x1b[0m"
    assert Output(io.StringIO()).style("x", "bold") == "x"
    monkeypatch.setenv("NO_COLOR", "1")
    assert Output(Terminal()).style("x", "bold") == "x"
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert Output(Terminal()).style("x", "bold") == "x"


def test_hits_are_lit_and_the_rest_is_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    out = Output(Terminal())
    lit = out.lit("the old pier", [Span(8, 12), Span(4, 7), Span(5, 9), Span(40, 50)])
    assert lit == "the \x1b[1;4;33mold\x1b[0m \x1b[1;4;33mpier\x1b[0m"
    assert Output(io.StringIO()).lit("the old pier", [Span(8, 12)]) == "the old pier"
