"""What the terminal is sent to copy a text."""

from __future__ import annotations

import base64
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import ReaderError
from reader.ui.clipboard import LONGEST, copy_sequence


@given(st.text(max_size=300))
def test_the_text_arrives_as_it_was(text: str) -> None:
    sequence = copy_sequence(text, {})
    found = re.fullmatch(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", sequence)
    assert found is not None
    assert base64.b64decode(found[1]) == text.encode(errors="replace")


def test_nothing_in_the_text_can_end_the_sequence() -> None:
    sequence = copy_sequence("\x07\x1b\\\x1b]0;evil\x07", {})
    assert sequence.count("\x1b") == sequence.count("\x07") == 1


def test_within_tmux_it_is_wrapped_for_the_terminal_outside() -> None:
    plain = copy_sequence("words", {})
    wrapped = copy_sequence("words", {"TMUX": "/tmp/tmux,1,0"})
    assert wrapped == f"{plain}\x1bPtmux;\x1b{plain}\x1b\\"


def test_within_screen_no_piece_is_longer_than_it_takes() -> None:
    wrapped = copy_sequence("words " * 200, {"STY": "1.pts"})
    pieces = re.findall(r"\x1bP(.*?)\x1b\\", wrapped, re.DOTALL)
    assert "".join(pieces) == copy_sequence("words " * 200, {})
    assert all(len(piece) <= 256 for piece in pieces)


def test_a_text_too_long_for_terminals_is_refused() -> None:
    assert len(copy_sequence("x" * LONGEST, {})) <= 100_000
    with pytest.raises(ReaderError, match="Too long to copy"):
        copy_sequence("ü" * LONGEST, {})
