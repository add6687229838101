"""The search line is edited as a shell's is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ui.cells import graphemes
from reader.ui.line_editor import LineEditor

KEYS = [
    *("backspace", "delete", "left", "right", "home", "end", "ctrl+left", "ctrl+right"),
    *("ctrl+w", "ctrl+u", "ctrl+k", "ctrl+a", "ctrl+e"),
]


def after(text: str, *keys: str) -> str:
    """The text after these keys, with a bar where the cursor is."""
    editor = LineEditor(text)
    for key in keys:
        if not editor.press(key):
            editor.insert(key)
    return editor.text[: editor.cursor] + "|" + editor.text[editor.cursor :]


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ((), "ferry fog|"),
        (("x",), "ferry fogx|"),
        (("backspace", "backspace"), "ferry f|"),
        (("ctrl+w",), "ferry |"),
        (("ctrl+left", "ctrl+left", "x"), "x|ferry fog"),
        (("home", "delete"), "|erry fog"),
        (("home", "ctrl+right"), "ferry| fog"),
        (("left", "ctrl+k"), "ferry fo|"),
        (("left", "ctrl+u"), "|g"),
        (("home", "left", "end", "right"), "ferry fog|"),
    ],
)
def test_keys_edit_the_line(keys: tuple[str, ...], line: str) -> None:
    assert after("ferry fog", *keys) == line


def test_a_flag_or_a_letter_with_its_accent_goes_as_one() -> None:
    assert after("né", "backspace") == "n|"
    assert after("a🇳🇴", "left", "x") == "ax|🇳🇴"


def test_what_is_pasted_stays_on_one_line() -> None:
    assert after("", "two\nlines") == "two lines|"


@given(st.text(max_size=20), st.lists(st.sampled_from([*KEYS, "x", "é", "👩‍👩‍👧"]), max_size=20))
def test_the_cursor_never_stands_inside_what_is_drawn_as_one(text: str, keys: list[str]) -> None:
    editor = LineEditor(text.replace("\n", ""))
    for key in keys:
        if not editor.press(key):
            editor.insert(key)
        assert 0 <= editor.cursor <= len(editor.text)
    if keys and keys[-1] in KEYS:
        stops = {start for start, _, _ in graphemes(editor.text)} | {len(editor.text)}
        if keys[-1] in ("left", "right", "home", "end"):
            assert editor.cursor in stops
