"""The first start: what other readers are subscribed to is offered, and comes in with two keys."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import cast

import pytest
from textual.widgets import Input

from reader.library import Library
from reader.ui.screens.dialogs import Message
from reader.ui.screens.main import MainScreen
from tests.pty_screen import PtyScreen
from tests.ui.conftest import Open, press, settle, text_of, until

ROOT = Path(__file__).resolve().parents[2]
URLS = """# my feeds
http://127.0.0.1:9/world.xml "news" "~World"
"exec:cat /etc/passwd" "~Bad"
http://127.0.0.1:9/local.xml "news"
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home where newsboat has two feeds and a command."""
    home = tmp_path / "home"
    (home / ".newsboat").mkdir(parents=True)
    (home / ".newsboat" / "urls").write_text(URLS)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return home


def test_in_an_empty_home_the_feeds_of_newsboat_are_offered_and_brought_in(home: Path) -> None:
    archive = home / "archive"
    argv: list[str | Path] = [sys.executable, "-m", "reader", "--archive", archive]
    env = {"HOME": str(home), "ONRECORD_CONFIG": ""}
    with PtyScreen(argv, columns=120, lines=40, env=env, cwd=ROOT) as screen:
        screen.see("Found 2 feeds in ~/.newsboat/urls")
        screen.see("a brings them in")
        screen.send("a")
        screen.see("Bring in news")
        screen.send("\r")
        screen.see("2 feeds came in; 1 line was refused")
        screen.send("\x1b")
        screen.quiet()
        screen.until(lambda shown: not any("Found 2 feeds" in row for row in shown.rows))
        screen.send("Q")
        assert screen.wait().code == 0
    library = Library.open(archive)
    assert [feed.url for feed in library.subscriptions.all()] == [
        "http://127.0.0.1:9/local.xml",
        "http://127.0.0.1:9/world.xml",
    ]
    assert not library.is_sample
    library.close()
    assert (home / ".newsboat" / "urls").read_text() == URLS


async def test_an_archive_with_news_is_offered_nothing(open_screen: Open, home: Path) -> None:
    async with open_screen() as (screen, _):
        assert not screen.notice.display
        assert screen.feeding.offered == ""


async def test_an_empty_archive_is_offered_all_lists_and_refused_lines_are_shown(
    open_screen: Open, home: Path, tmp_path: Path
) -> None:
    (home / "Downloads").mkdir()
    (home / "Downloads" / "my feeds.opml").write_text(
        '<opml version="2.0"><body><outlet/><outline text="Quay" '
        'xmlUrl="http://127.0.0.1:9/quay.xml"/></body></opml>'
    )
    empty = Library.open(tmp_path / "empty")
    async with open_screen(of=empty) as (screen, pilot):
        await until(pilot, lambda: screen.notice.display)
        assert "Found 3 feeds: 2 in ~/.newsboat/urls and 1 in ~/Downloads/my feeds.opml" in text_of(
            screen
        )
        await pilot.press("a")
        await pilot.pause()
        assert pilot.app.screen.query_one(Input).value == (
            "'~/.newsboat/urls' '~/Downloads/my feeds.opml'"
        )
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Message))
        await pilot.pause()
        said = text_of(cast("MainScreen", pilot.app.screen))
        assert "line 3 names a command to run, which onrecord never does" in said
        await press(pilot, "escape")
        assert empty.subscriptions.count() == 3
        assert not screen.notice.display
        await until(pilot, lambda: not screen.watching.is_fetching)
    empty.close()


async def test_nothing_is_offered_to_whoever_subscribes_while_lists_are_looked_for(
    open_screen: Open, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = Library.open(tmp_path / "empty")

    def look() -> dict[str, int]:
        empty.subscriptions.subscribe("http://127.0.0.1:9/quay.xml")
        return {"~/.newsboat/urls": 2}

    monkeypatch.setattr("reader.ui.control.feeding._lists_with_feeds", look)
    async with open_screen(of=empty) as (screen, pilot):
        await until(pilot, lambda: empty.subscriptions.count() == 1)
        await settle(pilot)
        assert not screen.notice.display
        assert screen.feeding.offered == ""
    empty.close()


async def test_a_list_that_one_types_is_subscribed_to_and_no_story(
    open_screen: Open, library: Library, tmp_path: Path
) -> None:
    listed = tmp_path / "feeds.opml"
    listed.write_text(
        '<opml version="2.0"><body><outline text="Quay" '
        'xmlUrl="http://127.0.0.1:9/quay.xml"/></body></opml>'
    )
    async with open_screen() as (screen, pilot):
        await pilot.press("a")
        await pilot.pause()
        pilot.app.screen.query_one(Input).value = str(listed)
        await pilot.press("enter")
        await until(pilot, lambda: library.subscriptions.count() == 1)
        await settle(pilot)
        await until(pilot, lambda: not screen.watching.is_fetching)
        assert library.count() == 4
