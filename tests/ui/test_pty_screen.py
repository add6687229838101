"""The test tool itself: what it says about a program is true."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from tests.pty_screen import FOUND, Ended, PtyScreen, TerminalState

DRAWS = r"""
import os, signal, sys, termios, tty
kept = termios.tcgetattr(0)
tty.setraw(0)
def say(text): os.write(2, text.encode())
def size(*_): say("\x1b[2J\x1b[H%dx%d" % os.get_terminal_size(2))
signal.signal(signal.SIGWINCH, size)
say("\x1b[?1049h\x1b[?1000h\x1b[?2004h\x1b[?25l\x1b[>25u\x1b]22;default\x07")
size()
while (key := os.read(0, 1)) != b"q":
    say("\x1b[5;3H\x1b[1mgot \x1b[31m" + key.decode() + "\x1b[0m")
if len(sys.argv) < 2:
    say("\x1b[<u\x1b[?2004l\x1b[?1000l\x1b[?1049l\x1b[?25h")
    termios.tcsetattr(0, termios.TCSANOW, kept)
sys.exit(7)
"""


@pytest.fixture
def program(tmp_path: Path) -> list[str | Path]:
    script = tmp_path / "draws.py"
    script.write_text(DRAWS)
    return [sys.executable, "-S", script]


def test_what_is_typed_to_cat_comes_back() -> None:
    with PtyScreen(["cat"]) as screen:
        assert screen.terminal == FOUND
        screen.send("Grüße, 東京\r")
        screen.until(lambda s: s.text.count("東京") == 2)
        screen.send(b"\x04")
        assert screen.wait().code == 0


def test_a_full_screen_program_is_seen_as_it_draws(program: list[str | Path]) -> None:
    with PtyScreen(program, columns=40, lines=12) as screen:
        screen.see("40x12")
        assert screen.terminal == TerminalState(True, False, True, True, False)
        before = screen.send("x")
        after = screen.see("got x")
        assert after > before
        assert screen.rows[4] == "  got x"
        assert screen.screen.buffer[4][6].fg == "red"
        assert "got" not in screen.rows[0] and len(screen.rows) == 12
        screen.send("q")
        ended = screen.wait()
        assert ended.code == 7 and ended.cpu > 0
        assert screen.terminal == FOUND


def test_a_terminal_left_in_disorder_is_noticed(program: list[str | Path]) -> None:
    with PtyScreen([*program, "untidy"]) as screen:
        screen.see("80x24")
        screen.send("q")
        screen.wait()
        assert screen.terminal == TerminalState(True, False, True, True, False)


def test_another_size_reaches_the_program(program: list[str | Path]) -> None:
    with PtyScreen(program) as screen:
        screen.see("80x24")
        screen.resize(33, 9)
        screen.see("33x9")
        assert len(screen.rows) == 9
        screen.quiet()


def test_signals_arrive_and_the_end_says_which(program: list[str | Path]) -> None:
    with PtyScreen(program) as screen:
        screen.see("80x24")
        screen.signal(signal.SIGTERM)
        assert screen.wait().code == -signal.SIGTERM


def test_memory_and_time_are_those_of_the_program(program: list[str | Path]) -> None:
    with PtyScreen(program) as screen:
        screen.see("80x24")
        assert 2_000 < screen.peak_kilobytes() < 60_000
        assert 0 < screen.cpu_seconds() < 10


def test_what_never_comes_fails_with_the_screen_in_the_message(program: list[str | Path]) -> None:
    with PtyScreen(program) as screen:
        screen.see("80x24")
        with pytest.raises(AssertionError, match=r"(?s)'Godot'; screen:\n80x24"):
            screen.see("Godot", timeout=0.05)
        screen.send("q")
        with pytest.raises(AssertionError, match="ended"):
            screen.see("Godot")


def test_a_program_that_does_not_exist_ends_with_127() -> None:
    with PtyScreen(["/nonexistent/program"]) as screen:
        assert isinstance(screen.wait(), Ended)
        assert screen.wait().code == 127


def test_leaving_kills_what_still_runs() -> None:
    with PtyScreen(["cat"]) as screen:
        pass
    assert screen.ended is not None and screen.ended.code == -signal.SIGKILL


def test_what_was_read_can_be_looked_at_piece_by_piece(program: list[str | Path]) -> None:
    with PtyScreen(program) as screen:
        screen.see("80x24")
        for key in "ab":
            before = len(screen.chunks)
            screen.send(key)
            while len(screen.chunks) == before:
                screen.read(5)
        screen.quiet()
        seen = [(clock, shown.display[4].strip()) for clock, shown in screen.replay()]
        assert seen[-1][1] == "got b"
        assert "got a" in [words for _, words in seen]
        assert seen == sorted(seen)
        assert not list(screen.replay())
