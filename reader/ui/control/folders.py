"""Saved searches as folders: the line that shows them with what is unread, and opening them."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from reader.core.folders import SearchFolder
from reader.errors import ReaderError
from reader.ui.listing import Listing, View
from reader.ui.work import work

if TYPE_CHECKING:
    from array import array

    from reader.ui.screens.main import MainScreen

_COUNT_AFTER = 0.4
"""Seconds after which the folders are counted again: articles come in, and are read, in bursts."""

_CHUNK = 500


class Folders:
    """The folders and their counts, as they were when last counted."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self.all: tuple[SearchFolder, ...] = ()
        self._due = False
        self._again = False

    # Counting

    def count_soon(self) -> None:
        """Articles have come in, or marks or searches have changed: count again."""
        if self._due:
            self._again = True
            return
        self._due = True
        self._screen.set_timer(_COUNT_AFTER, self.count)

    def count(self) -> None:
        """Count behind the screen."""
        self._due = True
        work(self._screen, self._count, group="folders", exclusive=True)

    async def _count(self) -> None:
        library = self._screen.library
        self._again = False
        try:
            found = await asyncio.to_thread(library.folders.counts)
            unread = await asyncio.to_thread(library.unread_count) if found else 0
        except ReaderError:
            return  # The index is being made; when it is there, the archive will have changed.
        finally:
            self._due = False
        self.all = tuple(found)
        self._screen.strip.show(self.all, unread)
        self.show_current()
        if self._again:
            self.count_soon()

    def show_current(self) -> None:
        """Mark the folder that is listed."""
        listing = self._screen.listing
        name = listing.title if listing.view is View.FOLDER else None
        self._screen.strip.show_current(name, is_all=listing.view is View.ALL)

    # Opening

    def open(self, name: str, *, to_unread: bool = False) -> None:
        """List a folder; `to_unread` goes to its first unread story."""
        work(self._screen, partial(self._open, name, to_unread), group="folder", exclusive=True)

    async def _open(self, name: str, to_unread: bool) -> None:
        screen = self._screen
        query = screen.library.folders.queries().get(name)
        if query is None:
            screen.say(f"There is no saved search {name} any more.", error=True)
            self.count()
            return
        try:
            ids = await asyncio.to_thread(screen.library.folders.ids, name)
            cursor = await asyncio.to_thread(self._first_unread, ids) if to_unread else 0
        except ReaderError as error:
            screen.say(str(error), error=True)
            return
        screen.searching.leave()
        screen.article_list.advice = (f"Nothing in the archive matches {query}.",)
        listing = Listing(View.FOLDER, ids, query=query, total=len(ids), title=name)
        screen.show_listing(listing, cursor=cursor)
        screen.arranging.focus_pane("list")

    def _first_unread(self, ids: array[int]) -> int:
        for start in range(0, len(ids), _CHUNK):
            chunk = ids[start : start + _CHUNK]
            unread = {row.id for row in self._screen.library.rows(chunk) if not row.read}
            for at, number in enumerate(chunk):
                if number in unread:
                    return start + at
        return 0

    def next_unread(self, by: int) -> None:
        """To the next folder, or the one before, that has something unread."""
        listing = self._screen.listing
        names = [folder.name for folder in self.all]
        if not names:
            self._screen.say("No searches are saved yet: search (/), then b keeps the search.")
            return
        here = listing.title if listing.view is View.FOLDER else None
        at = names.index(here) if here in names else (-1 if by > 0 else len(names))
        for step in range(1, len(names) + 1):
            folder = self.all[(at + by * step) % len(names)]
            if folder.unread and folder.name != here:
                self.open(folder.name, to_unread=True)
                return
        self._screen.say("Nothing is unread in the other folders.")

    def list_again(self) -> None:
        """The archive has changed: list the folder's articles anew, nothing moving."""
        work(self._screen, partial(self._list_again, self._screen.listing), group="folder")

    async def _list_again(self, before: Listing) -> None:
        screen = self._screen
        try:
            ids = await asyncio.to_thread(screen.library.folders.ids, before.title)
        except (ReaderError, KeyError):
            return
        if screen.listing is not before or list(ids) == list(before.ids):
            return
        current = before.article_at(screen.article_list.cursor)
        listing = Listing(View.FOLDER, ids, query=before.query, total=len(ids), title=before.title)
        screen.show_listing(
            listing,
            cursor=listing.index_of(current) or 0,
            keep_place=True,
            snippets=screen.article_list.snippets,
        )

    # Letting go

    def remove(self, name: str) -> None:
        """Let go of a saved search; undone with u."""
        library = self._screen.library
        query = library.folders.queries().get(name)
        if query is None:
            return
        library.folders.forget(name)
        self.count()
        words = f"The folder {name} is gone; u brings it back."
        self._screen.marking.done(words, partial(self._bring_back, name, query))

    def _bring_back(self, name: str, query: str) -> None:
        self._screen.library.folders.save(name, query)
        self.count()
