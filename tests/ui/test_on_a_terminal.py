"""The program on a real terminal: how it comes, how it goes, and what it writes in between."""

from __future__ import annotations

import base64
import re
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reader.library import Library
from reader.ui.palette import ONRECORD_DARK
from tests.pty_screen import FOUND, PtyScreen

ROOT = Path(__file__).resolve().parents[2]
NEWEST = "Minister Promises New Rules"


@pytest.fixture
def archive(_made: Path, tmp_path: Path) -> Path:
    """A fresh copy of the small archive."""
    return Path(shutil.copytree(_made, tmp_path / "archive"))


@contextmanager
def opened(
    archive: Path,
    *,
    columns: int = 120,
    lines: int = 40,
    colours: str = "truecolor",
    **env: str,
) -> Iterator[PtyScreen]:
    """The program on `archive`, its first article on the screen."""
    argv: list[str | Path] = [sys.executable, "-m", "reader", "--archive", archive]
    env = {"HOME": str(archive.parent), "ONRECORD_CONFIG": "", **env}
    with PtyScreen(
        argv, columns=columns, lines=lines, env=env, cwd=ROOT, colours=colours
    ) as screen:
        screen.see("Minister Promises")
        yield screen


def test_q_leaves_the_terminal_as_it_was_found(archive: Path) -> None:
    with opened(archive) as screen:
        assert screen.terminal != FOUND
        screen.send("q")
        assert screen.wait().code == 0
        assert screen.terminal == FOUND


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)], ids=["TERM", "HUP"]
)
def test_a_signal_leaves_the_terminal_as_it_was_found(
    archive: Path, number: signal.Signals, code: int
) -> None:
    with opened(archive) as screen:
        screen.signal(number)
        assert screen.wait().code == code
        assert screen.terminal == FOUND


def test_ctrl_c_ends_it_as_everywhere(archive: Path) -> None:
    with opened(archive) as screen:
        screen.send("\x03")
        assert screen.wait().code == 130
        assert screen.terminal == FOUND


def test_nothing_is_left_behind_on_the_shells_screen(archive: Path) -> None:
    with opened(archive) as screen:
        screen.send("Q")
        screen.wait()
        _, _, after = bytes(screen.raw).rpartition(b"\x1b[?1049l")
        assert re.sub(rb"\x1b\[[<>=?]?[0-9;]*[a-zA-Z]", b"", after).strip() == b""


def test_every_cell_has_the_themes_background(archive: Path) -> None:
    with opened(archive) as screen:
        screen.quiet()
        buffer = screen.screen.buffer
        grounds = {buffer[y][x].bg for y in range(screen.lines) for x in range(screen.columns)}
        assert "default" not in grounds
        assert ONRECORD_DARK.background.lstrip("#") in grounds


def test_without_colour_none_is_written(archive: Path) -> None:
    with opened(archive, NO_COLOR="1") as screen:
        screen.send("\r]")
        screen.see("quotation 1 of")
        colours = re.findall(rb"\x1b\[(?:[0-9;]*;)?[34]8;2;(\d+);(\d+);(\d+)", bytes(screen.raw))
        assert all(red == green == blue for red, green, blue in colours)


def test_a_terminal_of_256_colours_will_do(archive: Path) -> None:
    with opened(archive, colours="") as screen:
        screen.send("\r]")
        screen.see("quotation 1 of")
        assert not re.search(rb"\x1b\[[0-9;]*[34]8;2;", bytes(screen.raw))
        assert re.search(rb"\x1b\[[0-9;]*[34]8;5;", bytes(screen.raw))


def test_any_size_will_do_and_back_again(archive: Path) -> None:
    with opened(archive, columns=80, lines=24) as screen:
        for columns, lines in [(40, 12), (10, 4), (1, 1), (200, 60)]:
            screen.resize(columns, lines)
            screen.quiet()
            screen.send("jk")
            screen.quiet()
        screen.resize(120, 40)
        screen.see("4 stories")
        screen.see(NEWEST)
        screen.send("Q")
        assert screen.wait().code == 0
        assert screen.terminal == FOUND


def test_a_quotation_is_copied_through_the_terminal(archive: Path) -> None:
    with opened(archive) as screen:
        screen.send("]y")
        screen.see("Copied")
        found = re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07", bytes(screen.raw))
        assert len(found) == 1
        copied = base64.b64decode(found[0]).decode()
        assert "Elif Aydin" in copied
        assert f"“{NEWEST},” Harbour Wire, 6 June 2026" in copied


def test_the_article_and_the_place_in_it_are_there_after_a_restart(archive: Path) -> None:
    with opened(archive) as screen:
        screen.send("jj\r]]")
        screen.see("quotation 2 of")
        screen.send("Q")
        screen.wait()
    with opened(archive) as screen:
        screen.see("quotation 2 of")
        assert any("Harbour Board Orders an Inquiry" in row[34:] for row in screen.rows)


def test_stories_that_hold_escapes_and_markup_only_show_as_text(
    archive: Path, tmp_path: Path
) -> None:
    story = tmp_path / "evil.txt"
    story.write_text(
        "[@click=app.quit]Minister Promises[/] \x1b[2J\x1b]0;pwned\x07Nothing \u202eevil\n\n"
        "By Eve \x1b[31mMallory[/red] June 9, 2026\n\n"
        '"[bold]You \x1b]52;c;cHduZWQ=\x07owe \x9b31m\x9d0;pwned\x9cme [/bold]," said Ann [link=x] '
        "Reed\u202e, who counts. [/]\n\nIt went on: \x1bPq\x1b\\ \x00 \x7f and on [/nothing].\n",
        encoding="utf-8",
    )
    library = Library.open(archive)
    assert [outcome.status for outcome in library.import_paths([story])] == ["new"]
    library.close()
    with opened(archive) as screen:
        screen.see("[@click=app.quit]")
        screen.send("gg\r]")
        screen.see("quotation 1 of")
        screen.send("/on\r")
        screen.quiet()
        written = bytes(screen.raw)
        assert b"pwned" not in written and b"cHduZWQ=" not in written
        assert b"\x1b[2J" not in written[100:] and b"\x1bPq" not in written
        text = written.decode()
        assert not re.search("[\x80-\x9f\u202a-\u202e\u2066-\u2069\x00\x7f]", text)
        screen.send("\x1b")
        screen.quiet()  # An escape with a letter right behind it would be Alt and that letter.
        screen.send("Q")
        assert screen.wait().code == 0
        assert screen.terminal == FOUND


def test_letters_that_come_in_one_read_with_the_search_key_are_not_lost(archive: Path) -> None:
    with opened(archive) as screen:
        screen.send("/harbour")
        screen.see("/harbour")
