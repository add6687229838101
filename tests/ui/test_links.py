"""Where an article's words lead: numbered links, the browser, the clipboard, a pipe."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from reader.config import Settings
from reader.core.article import Article
from reader.library import Library
from reader.ui.pipe import pipe, text_of, words_of
from reader.ui.screens.main import MainScreen
from reader.ui.screens.picker import LinkPicker
from tests.ui.conftest import Open, press, settle, until
from tests.ui.conftest import text_of as screen_text

PAGE = """<html><head><title>Two Radars</title>
<link rel="canonical" href="https://wire.example/radars"></head><body><article><h1>Two Radars</h1>
<p>The ministry published <a href="https://gov.example/rules">the new rules</a> on Friday, and
<a href="/board">the harbour board</a> welcomed them in a statement of its own.</p>
<p>"One radar is no radar," said Elif Aydin, the minister, who had asked
<a href="https://gov.example/rules">for the rules</a> since the winter and got them now.</p>
<p>A list of <a href="javascript:alert(1)">the ships</a> and <a href="file:///etc/passwd">their
papers</a> is with <a href="https://owners.example/list?a=1&amp;b=$(id)">the owners</a>, who sent
it round on Thursday evening.</p>
</article></body></html>"""


@pytest.fixture
def with_links(library: Library, tmp_path: Path) -> Library:
    """The archive with one more story, the newest, that has links."""
    page = tmp_path / "radars.html"
    page.write_text(PAGE.replace("<h1>", '<time datetime="2026-06-09">9 June 2026</time><h1>'))
    assert [o.status for o in library.import_paths([page])] == ["new"]
    return library


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[tuple[Settings, Path]]:
    """Settings whose browser writes its arguments into a file."""
    script, log = tmp_path / "browser.py", tmp_path / "opened"
    script.write_text(
        "import json, sys\n"
        "with open(sys.argv[1], 'a') as file: file.write(json.dumps(sys.argv[2:]) + '\\n')"
    )
    yield Settings(browser=(sys.executable, str(script), str(log))), log


async def opened(pilot: Pilot[None], log: Path, lines: int = 1) -> list[list[str]]:
    """What the browser was given, once it was called so many times."""
    await until(pilot, lambda: log.exists() and len(log.read_text().splitlines()) >= lines)
    return [json.loads(line) for line in log.read_text().splitlines()]


async def test_links_are_numbered_in_the_margin_each_address_once(
    open_screen: Open, with_links: Library
) -> None:
    async with open_screen() as (screen, _):
        assert screen.reader.archived is not None
        assert screen.reader.archived.article.addresses == (
            "https://gov.example/rules",
            "https://wire.example/board",
            "https://owners.example/list?a=1&b=$(id)",
        )
        body = screen.reader.archived.article.body
        beside = {
            words: screen.reader.page.rows[screen.reader.page.row_of(body.index(words))].links
            for words in ("the harbour board", "for the rules", "the owners")
        }
        assert beside == {"the harbour board": "2", "for the rules": "1", "the owners": "3"}


async def test_a_count_before_o_opens_that_link_as_one_argument_without_a_shell(
    open_screen: Open, with_links: Library, browser: tuple[Settings, Path]
) -> None:
    settings, log = browser
    async with open_screen(settings=settings) as (screen, pilot):
        await press(pilot, "enter", "3", "o")
        assert "Opened https://owners.example/list" in screen.status.text
        assert await opened(pilot, log) == [["https://owners.example/list?a=1&b=$(id)"]]
        await press(pilot, "o")
        assert (await opened(pilot, log, 2))[1] == ["https://wire.example/radars"]
        await press(pilot, "1", "7", "o")
        assert screen.status.text.startswith("There is no link 17: the text has 3 links.")


async def test_big_o_opens_the_address_and_marks_the_article_read(
    open_screen: Open, with_links: Library, browser: tuple[Settings, Path]
) -> None:
    settings, log = browser
    async with open_screen(settings=settings) as (_, pilot):
        assert with_links.unread_count() == 5
        await press(pilot, "O")
        assert await opened(pilot, log) == [["https://wire.example/radars"]]
        assert with_links.unread_count() == 4
        await press(pilot, "u")
        assert with_links.unread_count() == 5


async def test_a_list_of_links_opens_one_and_copies_another(
    open_screen: Open,
    with_links: Library,
    browser: tuple[Settings, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings, log = browser
    written: list[str] = []
    async with open_screen(settings=settings) as (screen, pilot):
        monkeypatch.setattr(pilot.app, "write_to_terminal", written.append)
        await press(pilot, "#")
        assert isinstance(pilot.app.screen, LinkPicker)
        assert pilot.app.screen.query_one(OptionList).option_count == 3
        await press(pilot, *"board", "enter")
        assert await opened(pilot, log) == [["https://wire.example/board"]]
        await press(pilot, "#")
        await press(pilot, "down", "ctrl+y")
        assert screen.status.text.startswith("Copied https://wire.example/board")
        await press(pilot, "3", "y")
        assert screen.status.text.startswith("Copied https://owners.example/")
        assert len(written) == 2 and all(words.startswith("\x1b]52;") for words in written)


async def test_a_count_moves_so_many_lines(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "3", "j")
        assert screen.article_list.cursor == 3
        await press(pilot, "2", "k")
        assert screen.article_list.cursor == 1


async def pipe_to(screen: MainScreen, pilot: Pilot[None], command: str) -> str:
    """Press |, type a command, Enter; what the status line says when it has ended."""
    await press(pilot, "|")
    pilot.app.screen.query_one(Input).value = command
    await pilot.press("enter")
    await settle(pilot)
    return screen.status.text


async def test_the_text_is_piped_to_a_command_without_a_shell(
    open_screen: Open, tmp_path: Path
) -> None:
    got, script = tmp_path / "got", tmp_path / "take.py"
    script.write_text(
        "import sys\nopen(sys.argv[1], 'w').write(sys.stdin.read())\nprint(len(sys.argv), 'words')"
    )
    async with open_screen() as (screen, pilot):
        said = await pipe_to(screen, pilot, f"{sys.executable} {script} '{got}' '$(id)' '|' 'a b'")
        assert said.startswith(f"{sys.executable}: 5 words")
        assert got.read_text().startswith("Minister Promises New Rules\nAnn Reed · Harbour Wire")
        said = await pipe_to(screen, pilot, f"{sys.executable} -c 'import sys; sys.exit(\"no\")'")
        assert "ended with status 1: no" in said
        assert "there is no such command" in await pipe_to(screen, pilot, "no-such-command-here")
        assert "not closed" in await pipe_to(screen, pilot, "cat 'x")
        await press(pilot, "|")
        assert pilot.app.screen.query_one(Input).value == "no-such-command-here"


async def test_what_a_command_prints_cannot_reach_the_terminal(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        program = r'print("\x1b]0;owned\x07[red]up\x1b[2J")'
        said = await pipe_to(screen, pilot, f"{sys.executable} -c '{program}'")
        assert "[red]up" in said and "owned" not in said
        assert "\x1b" not in screen_text(screen)


def test_a_command_that_does_not_end_is_ended() -> None:
    endless = [sys.executable, "-c", "while True: print('x' * 1000)"]
    piped = asyncio.run(pipe("text", endless, seconds=0.4))
    assert piped.failed and "ended after 0.4 seconds" in piped.message


def test_a_command_that_reads_nothing_is_no_error() -> None:
    piped = asyncio.run(pipe("text " * 100_000, [sys.executable, "-c", "print('ok')"]))
    assert piped.message == f"{sys.executable}: ok" and not piped.failed


def test_no_word_of_a_command_line_means_more_than_itself() -> None:
    assert words_of("grep -c 'a b' *.txt > out; rm x | cat $HOME") == [
        "grep", "-c", "a b", "*.txt", ">", "out;", "rm", "x", "|", "cat", "$HOME",
    ]  # fmt: skip


def test_the_piped_text_leaves_out_what_is_not_known() -> None:
    assert text_of(Article("A title", "Body.")) == "A title\n\nBody.\n"
