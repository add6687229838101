"""Feeds on the screen: subscribed to by pasting an address, refreshed behind it, failures told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from reader.core.feeds import FeedSettings
from reader.library import Library
from reader.ui.app import open_library
from reader.ui.listing import View
from reader.ui.screens.main import MainScreen
from tests.ui.conftest import Open, press, rows_of, settle, until

FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Quay Radio</title>
<item><guid>1</guid><title>Lights Along the Quay</title>
<pubDate>Tue, 09 Jun 2026 10:00:00 +0000</pubDate>
<description>&lt;p&gt;The lamps along the quay were lit again on Tuesday evening after a
month of dark.&lt;/p&gt;&lt;p&gt;"It is a small thing," said Jonas Hale, the harbour
master.&lt;/p&gt;
</description></item></channel></rss>"""


MAY_ANSWER = threading.Event()
"""Until it is set, `/late` keeps those who ask waiting."""


class Answers(BaseHTTPRequestHandler):
    """One good feed; everything else is missing."""

    def do_GET(self) -> None:
        if self.path == "/late":
            MAY_ANSWER.wait(60)
        good = self.path == "/feed"
        self.send_response(200 if good else 404)
        self.send_header("Content-Type", "application/rss+xml")
        self.end_headers()
        self.wfile.write(FEED if good else b"no")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    """A loopback server's address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


async def subscribe(screen: MainScreen, pilot: Pilot[None], address: str) -> None:
    """Press a, paste the address, Enter."""
    await pilot.press("a")
    await pilot.pause()
    screen.app.screen.query_one(Input).value = address
    await pilot.press("enter")


async def test_a_pasted_address_is_subscribed_to_and_its_articles_appear(
    open_screen: Open, library: Library, address: str
) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "j")
        under = screen.listing.article_at(screen.article_list.cursor)
        await subscribe(screen, pilot, f"{address}/feed")
        await until(pilot, lambda: screen.listing.total == 5)
        await settle(pilot)
        assert screen.listing.article_at(screen.article_list.cursor) == under
        await until(pilot, lambda: not screen.watching.is_fetching)
        await press(pilot, "F")
        await press(pilot, *"quay", "enter")
        assert screen.listing.view is View.FEED
        assert screen.listing.name == "Quay Radio"
        assert screen.reader.archived is not None
        assert screen.reader.archived.article.title == "Lights Along the Quay"
        # In the feed alone: the ferry is in all the other stories.
        await press(pilot, "backslash", *"ferry")
        assert screen.listing.total == 0
        assert "Nothing in Quay Radio matches ferry" in " ".join(screen.article_list.advice)
        await press(pilot, *["backspace"] * 5, *"lamps", "enter")
        assert "/Quay Radio › lamps" in rows_of(screen)[0]
        assert screen.listing.total == 1
        await press(pilot, "escape")
        assert screen.listing.name == "Quay Radio"
        await press(pilot, "q")
        assert screen.listing.view is View.ALL


async def test_a_feed_that_fails_is_listed_with_its_reason(
    open_screen: Open, library: Library, address: str
) -> None:
    async with open_screen() as (screen, pilot):
        await subscribe(screen, pilot, f"{address}/nothing")
        await until(pilot, lambda: bool(library.subscriptions.failing()))
        await until(pilot, lambda: not screen.watching.is_fetching)
        await press(pilot, "e")
        assert "404" in screen.status.text


async def test_without_feeds_refreshing_says_how_to_get_one(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "R")
        assert "press a and paste the address" in screen.status.text
        await press(pilot, "e")
        assert "did well" in screen.status.text


async def test_feeds_that_were_subscribed_to_elsewhere_load_by_themselves(
    open_screen: Open, library: Library, address: str
) -> None:
    feed, _ = library.subscriptions.subscribe(f"{address}/feed")
    library.subscriptions.subscribe(f"{address}/paused", settings=FeedSettings(paused=True))
    async with open_screen() as (screen, pilot):
        await until(pilot, lambda: screen.listing.total == 5)
        await until(pilot, lambda: not screen.watching.is_fetching)
    assert library.subscriptions.one(feed.id).succeeded
    assert [feed.checked for feed in library.subscriptions.all() if feed.settings.paused] == [None]


async def test_a_feed_asked_for_during_a_refresh_comes_after_it(
    open_screen: Open, library: Library, address: str
) -> None:
    async with open_screen() as (screen, pilot):
        MAY_ANSWER.clear()
        await subscribe(screen, pilot, f"{address}/late")
        await until(pilot, lambda: screen.watching.is_fetching)
        await subscribe(screen, pilot, f"{address}/feed")
        await until(pilot, lambda: "comes next" in screen.status.text)
        MAY_ANSWER.set()
        await until(pilot, lambda: screen.listing.total == 5)
        await until(pilot, lambda: not screen.watching.is_fetching)


def test_an_archive_with_feeds_and_no_stories_yet_is_opened_and_not_the_sample(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "own"
    own = Library.open(folder)
    own.subscriptions.subscribe("http://127.0.0.1:9/quay.xml")
    own.close()
    opened = open_library(folder, sample=False, has_imports=False)
    assert (opened.folder, opened.is_sample) == (folder, False)
    opened.close()
