"""The screen while another program holds the archive: it says so, and goes on answering keys."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from time import monotonic

from reader.library import Library
from reader.ui.listing import View
from tests.ui.conftest import Open, press, until


async def test_a_held_archive_is_said_so_at_once_and_nothing_stands_still(
    open_screen: Open, library: Library
) -> None:
    async with open_screen() as (screen, pilot):
        first = screen.listing.ids[0]
        unread = library.unread_count()
        with closing(sqlite3.connect(library.folder / "archive.db")) as other:
            other.isolation_level = None
            other.execute("BEGIN EXCLUSIVE")
            begun = monotonic()
            await press(pilot, "s")
            assert "another program is writing" in screen.status.text
            await press(pilot, "j")
            await until(pilot, lambda: screen.article_list.cursor == 1)
            await press(pilot, "enter")  # opening would mark it read
            await press(pilot, "end", "apostrophe", *"ferr")
            await until(pilot, lambda: screen.listing.view is View.HITS)
            assert screen.listing.total > 0
            # Each of the keys that write waits a third of a second, and not five.
            assert monotonic() - begun < 5
            other.execute("ROLLBACK")
        await press(pilot, "escape", "escape")
        assert library.unread_count() >= unread - 1
        assert not library.rows([first])[0].starred
        await press(pilot, "home", "s")
        await until(pilot, lambda: "Starred" in screen.status.text)
