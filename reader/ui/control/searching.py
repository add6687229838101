"""Searching as one types: the newest words always win, the first screenful comes first."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from reader.core.records import ArchivedSpeaker, Hits, Snippet, Sort
from reader.errors import ReaderError
from reader.ui.listing import Listing, View

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen

FIRST = 120
"""Hits asked for while typing: more than any screen shows."""

_SNIPPETS = 8
"""Snippets made in the search thread: the screenful at 40 lines, 1.2 ms each."""
_REST_AFTER = 0.25
"""Seconds of quiet after which all hits are fetched, and who speaks in them."""

HISTORY_KEY = "search.history"
"""The key of the archive's state under which past searches are kept."""

_HISTORY = 100
"""How many past searches are kept."""

PEOPLE = 100
"""How many people the page of those who speak about it shows."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Answer:
    hits: Hits
    snippets: dict[int, Snippet]


class Searching:
    """What is searched for, and what the list showed before."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._wanted = ""
        self._running = False
        self._round = 0
        """Counts the questions; an answer to an older one is thrown away."""
        self._thread = ThreadPoolExecutor(1, "search")
        self.sort = screen.settings.sort
        self.suggestion: str | None = None
        """What may have been meant, where nothing was found."""
        self._recalled: int | None = None
        """The place in the history that the keys up and down have come to."""
        self.before: tuple[Listing, int, int | None, int] | None = None
        """The listing, its cursor, the article and its place, from before the search."""

    async def _ask(self, question: Callable[[], _T]) -> _T:
        """Ask in the search thread: the index's files belong to one thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, question)

    def begin(self) -> None:
        """Put the keys into the search line."""
        screen = self._screen
        if self.before is None:
            reader = screen.reader
            shown = reader.archived.id if reader.archived is not None else None
            self.before = (screen.listing, screen.article_list.cursor, shown, reader.place)
        screen.set_focus(screen.header)
        screen.update_where()

    def entered(self) -> None:
        """Enter in the search line: on to the hits, or out if nothing is searched for."""
        if self.take_suggestion():
            return
        query = self._wanted.strip()
        if not query:
            self.end()
        else:
            # What one sees is what one gets: the last word goes on standing for all that begin so,
            # unless a blank ends it.
            self._remember(query)
        self._screen.arranging.focus_pane("list")

    def typed(self, query: str) -> None:
        """Other words stand in the search line."""
        self._wanted = query
        self._recalled = None
        self.suggestion = None
        self._round += 1
        if self.before is None:
            self.begin()
        if not query.strip():
            self._show_before()
            return
        if not self._running:
            self._running = True
            self._screen.run_worker(self._answer(), group="search")

    async def _answer(self) -> None:
        """Answer until no newer words are waiting."""
        try:
            answered = 0
            while answered != self._round and self._wanted.strip():
                answered, query = self._round, self._wanted
                try:
                    answer = await self._ask(partial(self._first, query))
                except ReaderError as error:
                    if answered == self._round:
                        self._screen.header.show_wrong(True)
                        self._screen.say(str(error), error=True)
                    continue
                if answered == self._round:
                    self._show(query, answer)
        finally:
            self._running = False
        self._screen.set_timer(_REST_AFTER, lambda: self._fetch_rest(answered))

    def _first(self, query: str) -> _Answer:
        """The first screenful, with its snippets; runs in the search thread."""
        library = self._screen.library
        hits = library.search(query, sort=self.sort, limit=FIRST, as_you_type=True)
        width = self._screen.snippet_width
        return _Answer(
            hits,
            {number: library.snippet(query, number, width) for number in hits.ids[:_SNIPPETS]},
        )

    def _show(self, query: str, answer: _Answer) -> None:
        screen = self._screen
        screen.header.show_wrong(False)
        screen.quiet()
        hits = answer.hits
        listing = self._listing(query, hits)
        self._advise(query, hits)
        screen.show_listing(listing, snippets=answer.snippets)

    def _advise(self, query: str, hits: Hits) -> None:
        """What the list says if nothing was found; what is not indexed yet is seen to."""
        if hits.pending:
            self._screen.watching.index()
        tail = "Try fewer words, or a word's beginning and *. Esc closes the search."
        if hits.pending:
            tail = f"{hits.pending:,} articles are not indexed yet: more may turn up in a while."
        self._screen.article_list.advice = (
            f"Nothing in the archive matches {query.strip()}.",
            tail,
        )

    def _listing(self, query: str, hits: Hits) -> Listing:
        return Listing(
            View.HITS,
            hits.ids,
            query=query,
            sort=self.sort,
            total=hits.total,
            exact=hits.exact,
            pending=hits.pending,
        )

    def _fetch_rest(self, asked: int) -> None:
        if asked == self._round and self._screen.is_attached:
            self._screen.run_worker(self._rest(asked), group="search-rest", exclusive=True)

    async def _rest(self, asked: int) -> None:
        """All hits, and who speaks in them, once the typing rests."""
        screen = self._screen
        query = self._wanted
        listing = screen.listing
        if listing.view is View.HITS and not listing.total:
            await self._suggest(asked, query)
        if listing.view is View.HITS and not listing.complete:
            try:
                hits = await self._ask(
                    lambda: screen.library.search(
                        query, sort=self.sort, limit=None, as_you_type=True
                    )
                )
            except ReaderError:
                return
            if asked != self._round:
                return
            screen.show_listing(
                self._listing(query, hits),
                cursor=screen.article_list.cursor,
                keep_place=True,
            )
        if screen.people.display:
            await self._show_people(asked)

    async def _suggest(self, asked: int, query: str) -> None:
        """Nothing was found: was another word meant?"""
        try:
            meant = await self._ask(partial(self._screen.library.did_you_mean, query))
        except ReaderError:
            return
        if meant and asked == self._round:
            self.suggestion = meant
            self._screen.article_list.advice = (
                f"Nothing in the archive matches {query.strip()}.",
                f"Did you mean {meant}? Enter searches for it.",
            )
            self._screen.article_list.refresh()

    def take_suggestion(self) -> bool:
        """Search for what was meant, if anything was suggested; whether it was."""
        if self.suggestion is None:
            return False
        meant = self.suggestion
        self._screen.header.set_query(meant)
        self.typed(meant)
        return True

    async def _show_people(self, asked: int) -> None:
        screen = self._screen
        query = self._wanted
        people: list[ArchivedSpeaker] = []
        try:
            people = await self._ask(
                lambda: screen.library.speakers(query, sort="quotes", limit=PEOPLE)
            )
        except ReaderError as error:
            screen.say(str(error), error=True)
        if asked == self._round:
            screen.people.show(people, "Nobody is quoted in what was found.")
            screen.update_titles()

    def show_people(self) -> None:
        """Fill the page that says who speaks about it."""
        self._screen.people.show((), "Counting …")
        self._screen.run_worker(
            self._show_people(self._round), group="search-people", exclusive=True
        )

    # History

    def _history(self) -> list[str]:
        """What was searched for before, the newest last."""
        try:
            kept = json.loads(self._screen.library.state(HISTORY_KEY) or "[]")
        except (ValueError, ReaderError):
            return []
        return [text for text in kept if isinstance(text, str)] if isinstance(kept, list) else []

    def _remember(self, query: str) -> None:
        kept = [text for text in self._history() if text != query][-_HISTORY + 1 :]
        with suppress(ReaderError):
            self._screen.library.set_state(HISTORY_KEY, json.dumps([*kept, query]))

    def recall(self, by: int) -> bool:
        """In an empty search line, or one just recalled, the search before (-1) or after (1);
        whether that was possible."""
        if self._wanted.strip() and self._recalled is None:
            return False
        history = self._history()
        place = (len(history) if self._recalled is None else self._recalled) + by
        if not 0 <= place < len(history):
            return self._recalled is not None
        self._screen.header.set_query(history[place])
        self.typed(history[place])
        self._recalled = place
        return True

    def save(self) -> None:
        """Keep what is searched for under a name."""
        from reader.ui.screens.dialogs import Prompt

        screen = self._screen
        query = self._wanted.strip()
        if not query:
            screen.say("Search first (/); then b keeps the search.")
            return

        def named(name: str | None) -> None:
            if not name:
                return
            try:
                screen.library.save_search(name, query)
            except ReaderError as error:
                screen.say(str(error), error=True)
            else:
                screen.say(f"Saved as {name}: F lists it.")

        screen.app.push_screen(Prompt("Save the search", query), named)

    def narrow_to(self, person: ArchivedSpeaker) -> None:
        """Narrow the search to one speaker, in words that can be seen and changed."""
        name = person.name.replace('"', "")
        query = f'{self._wanted.strip()} speaker:"{name}"'
        self._screen.header.set_query(query)
        self._screen.arranging.show_people(False)
        self.typed(query)
        self._screen.article_list.focus()

    def next_order(self) -> None:
        """Newest, oldest, best first, and round again."""
        if self._screen.listing.view is not View.HITS:
            self._screen.say("The list is newest first; a search can be ordered otherwise.")
            return
        orders = list(Sort)
        self.sort = orders[(orders.index(self.sort) + 1) % len(orders)]
        self.typed(self._wanted)

    def again(self) -> None:
        """Search for the same words again: the archive has changed."""
        if self._wanted.strip() and not self._running:
            listing = self._screen.listing
            self._screen.run_worker(
                self._quietly_again(self._round, listing), group="search-again", exclusive=True
            )

    async def _quietly_again(self, asked: int, listing: Listing) -> None:
        screen = self._screen
        limit = max(FIRST, len(listing.ids))
        try:
            hits = await self._ask(
                lambda: screen.library.search(
                    self._wanted, sort=self.sort, limit=limit, as_you_type=True
                )
            )
        except ReaderError:
            return
        unchanged = hits.pending == listing.pending and list(hits.ids) == list(listing.ids)
        if asked == self._round and not unchanged:
            self._advise(listing.query, hits)
            current = listing.article_at(screen.article_list.cursor)
            fresh = self._listing(listing.query, hits)
            screen.show_listing(
                fresh, cursor=fresh.index_of(current) or 0, keep_place=True, snippets={}
            )

    def end(self) -> None:
        """Close the search; the list is again what it was before, and where."""
        self._round += 1
        self._wanted = ""
        self._screen.header.set_query("")
        self._screen.header.show_wrong(False)
        self._screen.arranging.show_people(False)
        self._show_before()
        self.before = None

    def _show_before(self) -> None:
        if self.before is None:
            return
        listing, cursor, article_id, offset = self.before
        self._screen.article_list.advice = self._screen.viewing.empty_advice()
        self._screen.show_listing(listing, cursor=cursor)
        if article_id is not None:
            self._screen.reading.open(article_id, offset=offset, read=False)
        self._screen.reading.light_hits()
