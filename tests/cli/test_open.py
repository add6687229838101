"""`onrecord`, `onrecord PATH...`, `onrecord -`: up to where the screen takes over."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.cli.program import PROGRAM, Program
from tests.cli.stories import PIER
from tests.pty_screen import FOUND, PtyScreen


def on_a_terminal(onrecord: Program, *words: str | Path, **env: str) -> PtyScreen:
    return PtyScreen(
        [*PROGRAM, *words],
        columns=120,
        lines=40,
        env=onrecord.environment(**env),
        cwd=onrecord.home,
    )


def test_without_a_terminal_it_is_one_line_and_exit_code_2(onrecord: Program) -> None:
    ran = onrecord.apart()
    assert (ran.code, ran.out) == (2, "")
    assert "needs a terminal" in ran.err
    assert ran.err.count("\n") == 1
    assert not onrecord.archive.exists()


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_can_show_nothing_is_one_line_and_exit_code_2(
    onrecord: Program, term: str
) -> None:
    with on_a_terminal(onrecord, TERM=term) as screen:
        assert screen.wait().code == 2
        assert "this terminal cannot show the screen" in screen.text
        assert b"\x1b" not in screen.raw


def test_stderr_that_is_no_terminal_is_one_line_and_exit_code_2(
    onrecord: Program, tmp_path: Path
) -> None:
    # The screen is drawn on stderr: `2>file` would show nothing.
    file = tmp_path / "stderr"
    command = f"exec {shlex.join(PROGRAM)} 2>{shlex.quote(str(file))}"
    with PtyScreen(["sh", "-c", command], env=onrecord.environment()) as screen:
        assert screen.wait().code == 2
    assert "needs a terminal" in file.read_text()
    assert screen.raw == b""


def test_files_are_imported_and_the_screen_opens_on_them(onrecord: Program, stories: Path) -> None:
    with on_a_terminal(onrecord, stories) as screen:
        screen.see("Snow Closes the Pass Road")
        screen.send("Q")
        assert screen.wait().code == 0
        assert screen.terminal == FOUND
    assert "3 there already" in onrecord("import", stories).out


def test_what_is_piped_in_is_imported_and_the_keyboard_still_works(
    onrecord: Program, tmp_path: Path
) -> None:
    story = tmp_path / "story.txt"
    story.write_text(PIER)
    command = f"exec {shlex.join(PROGRAM)} - <{shlex.quote(str(story))}"
    with PtyScreen(["sh", "-c", command], env=onrecord.environment(), columns=120) as screen:
        screen.see("Pier Opens Two Years Late")
        screen.send("Q")
        assert screen.wait().code == 0
        assert screen.terminal == FOUND


def test_a_dash_with_nothing_piped_in_says_so(onrecord: Program) -> None:
    with on_a_terminal(onrecord, "-") as screen:
        assert screen.wait().code == 2
        assert "nothing is piped into it" in screen.text


def test_wrong_settings_show_before_the_screen_does(onrecord: Program, tmp_path: Path) -> None:
    file = tmp_path / "my.toml"
    file.write_text("colour = 1")
    with on_a_terminal(onrecord, "--config", file) as screen:
        assert screen.wait().code == 2
        assert "colour: there is no such key" in screen.text.replace("\n", "")


def test_with_nothing_in_the_archive_the_sample_opens_and_says_so(onrecord: Program) -> None:
    with on_a_terminal(onrecord) as screen:
        screen.until(lambda s: "sample" in s.text.lower(), what="the word sample")
        screen.send("Q")
        assert screen.wait().code == 0
        assert screen.terminal == FOUND
