"""Pages beside the list that say how what is listed is spread, each value of which narrows it; and
keeping what one has come to under a name."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from reader.core.facets import Facet
from reader.core.text import clean_line
from reader.errors import ReaderError
from reader.ui.levels import Scope, joined, narrowed
from reader.ui.listing import Listing, View, month_name
from reader.ui.widgets.spread_page import Spread
from reader.ui.work import work

if TYPE_CHECKING:
    from textual.timer import Timer

    from reader.ui.screens.main import MainScreen

MOST = 200
"""How many values a page shows."""

_UNREAD = "is:unread"
_COUNT_AFTER = 0.1
"""Seconds after which what is listed is counted: while one types, lists follow each other."""


class Page(StrEnum):
    """What the side pane shows; the values are the titles."""

    QUOTED = "ON THE RECORD"
    PEOPLE = "WHO SPEAKS"
    OUTLETS = "OUTLETS"
    MONTHS = "MONTHS"
    TAGS = "TAGS"


_PAGES = tuple(Page)
_FACETS = {
    Page.PEOPLE: Facet.SPEAKER,
    Page.OUTLETS: Facet.OUTLET,
    Page.MONTHS: Facet.MONTH,
    Page.TAGS: Facet.TAG,
}
_NOTHING = {
    Page.PEOPLE: "Nobody is quoted in what is listed.",
    Page.OUTLETS: "No outlet is named in what is listed.",
    Page.MONTHS: "Nothing listed has a date.",
    Page.TAGS: "Nothing listed has a tag.",
}


class Narrowing:
    """The pages of the side pane."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self.page = Page.QUOTED
        """The page that is open."""
        # Not the search's: the first count reads the whole archive, and one goes on typing.
        self._thread = ThreadPoolExecutor(2, "facets")
        self._timer: Timer | None = None

    # Pages

    def turn(self, by: int) -> None:
        """To the next page, or the one before."""
        self.open(_PAGES[(_PAGES.index(self.page) + by) % len(_PAGES)])

    def toggle_people(self) -> None:
        """Who speaks in what is listed, or who is quoted in this article."""
        self.open(Page.QUOTED if self.page is Page.PEOPLE else Page.PEOPLE)

    def open(self, page: Page) -> None:
        """Open a page, with the keys in it."""
        screen = self._screen
        self.page = page
        screen.spread.display = page is not Page.QUOTED
        screen.sidebar.display = page is Page.QUOTED
        if page is not Page.QUOTED:
            screen.spread.show((), "Counting …")
            screen.arranging.focus_pane("side")
            self._count()
        elif screen.focus_name in ("sidebar", "spread"):
            screen.arranging.focus_pane("side")
        screen.update_titles()

    def close(self) -> None:
        """Back to who is quoted in the article."""
        if self.page is not Page.QUOTED:
            self.open(Page.QUOTED)

    @property
    def title(self) -> str:
        """What stands over the page."""
        is_search = self._screen.listing.view is View.HITS
        return "WHO SPEAKS ABOUT IT" if is_search and self.page is Page.PEOPLE else self.page.value

    @property
    def where(self) -> str:
        """The place in the page, and the words that Enter adds to the search."""
        row, count = self._screen.spread.row, self._screen.spread.count
        if row is None:
            return ""
        most = f"the first {MOST}" if count == MOST else f"{count:,}"
        return f"{self._screen.spread.cursor + 1:,} of {most} · {row.narrowing}"

    def listing_changed(self) -> None:
        """Something else is listed: count that, if a page is open."""
        if self.page is not Page.QUOTED and self._screen.listing.complete:
            if self._timer is not None:
                self._timer.stop()
            self._timer = self._screen.set_timer(_COUNT_AFTER, self._count)

    def _count(self) -> None:
        work(self._screen, self._counted, group="spread", exclusive=True)

    async def _counted(self) -> None:
        screen, page, listing = self._screen, self.page, self._screen.listing
        if page is Page.QUOTED or not listing.complete:
            return  # All hits are on their way: `listing_changed` comes back here.
        wanted = partial(self._rows, page, listing)
        try:
            rows = await asyncio.get_running_loop().run_in_executor(self._thread, wanted)
        except ReaderError as error:
            screen.say(str(error), error=True)
            return
        if self.page is page and screen.listing is listing:
            screen.spread.show(rows, _NOTHING[page])
            screen.update_titles()
            screen.update_where()

    def _rows(self, page: Page, listing: Listing) -> list[Spread]:
        ids = list(dict.fromkeys(listing.ids))
        return [
            Spread(
                month_name(one.value) if page is Page.MONTHS else clean_line(one.value),
                one.count,
                one.narrowing,
                clean_line(one.note),
            )
            for one in self._screen.library.facets(_FACETS[page], ids, top=MOST)
        ]

    # Narrowing

    def choose(self) -> None:
        """Narrow what is listed to the value under the cursor."""
        row = self._screen.spread.row
        if row is not None:
            work(
                self._screen,
                partial(self._narrow, row.narrowing),
                group="search-narrow",
                exclusive=True,
            )

    def toggle_unread(self) -> None:
        """Narrow what is listed to the unread, or take that back."""
        screen = self._screen
        if screen.search_words.endswith(_UNREAD):
            screen.searching.end()
        else:
            self._begin(_UNREAD)

    def _begin(self, words: str) -> None:
        work(self._screen, partial(self._narrow, words), group="search-narrow", exclusive=True)

    async def _narrow(self, words: str) -> None:
        screen, searching = self._screen, self._screen.searching
        listing, scope, query = screen.listing, None, words
        if listing.view is View.HITS:
            scope = searching.scope
            try:
                found = await searching.ask(partial(self._as_found, searching.wanted))
            except ReaderError as error:
                screen.say(str(error), error=True)
                return
            query = narrowed(found, words)
        elif listing.view is View.FOLDER:
            query = narrowed(Scope(listing).words or "", words)
        elif listing.view is not View.ALL:
            scope = Scope(listing)
        self.close()
        searching.narrow_to(query, scope)

    def _as_found(self, query: str) -> str:
        """The query in the words that find the same when it is no longer being typed: what was
        typed of the last word stands for all that begin so. Runs in the search thread."""
        library, searching, plain = self._screen.library, self._screen.searching, query.strip()
        within = searching.within()
        typed = searching.find(query, 1, exact=True)
        for words in (plain, f"{plain}*"):
            try:
                found = library.search(words, limit=1, within=within, exact=True, fold=True)
            except ReaderError:
                continue
            if found.total == typed.total:
                return words
        return plain

    # Keeping

    def save(self) -> None:
        """Keep what is searched for under a name."""
        if self._screen.listing.view is View.HITS:
            work(self._screen, self._save, group="search-save", exclusive=True)
        else:
            self._screen.say("Search first (/); then b keeps the search.")

    async def _save(self) -> None:
        from reader.ui.screens.dialogs import Prompt

        screen, searching = self._screen, self._screen.searching
        try:
            words = await searching.ask(partial(self._as_found, searching.wanted))
        except ReaderError as error:
            screen.say(str(error), error=True)
            return
        scope = searching.scope
        query = joined(scope.words if scope is not None else "", words)
        hint = query or words
        if query is None and scope is not None:
            hint += f"  (in the whole archive, not only in {scope.labels[0]})"

        def named(name: str | None) -> None:
            if not name:
                return
            try:
                screen.library.folders.save(name, query or words)
            except ReaderError as error:
                screen.say(str(error), error=True)
            else:
                screen.say(f"Saved as {name}: a folder at the top; > goes to the next with news.")
                screen.folders.count_soon()

        screen.app.push_screen(Prompt("Save the search as a folder, called", hint), named)
