"""Searching as one types: the newest words always win, the first screenful comes first."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from reader.core.records import Hits, Snippet, Sort
from reader.errors import ReaderError
from reader.ui.control.history import History
from reader.ui.control.repeating import Repeating
from reader.ui.levels import Level, Scope
from reader.ui.listing import Listing, View
from reader.ui.work import work

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen

FIRST = 50
"""Hits asked for while typing: three screens of 60 lines. Of 120, near/5 took 2.5 times as long."""

_SNIPPETS = 8
"""Snippets made in the search thread: the screenful at 40 lines, 1.2 ms each."""
_REST_AFTER = 0.25
"""Seconds of quiet after which all hits are fetched."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Answer:
    hits: Hits
    snippets: dict[int, Snippet]


class Searching:
    """What is searched for, and what the list showed before."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self.wanted = ""
        """The words of the search, as they stand in the search line."""
        self._running = False
        self._round = 0
        """Counts the questions; an answer to an older one is thrown away."""
        self._thread = ThreadPoolExecutor(1, "search")
        self.sort = screen.settings.sort
        self.suggestion: str | None = None
        """What may have been meant, where nothing was found."""
        self.history = History(screen.library)
        self._levels: list[Level] = []
        """What to go back to: what was listed before the search, and before each search in it."""
        self.scope: Scope | None = None
        """What the search is narrowed to; None: nothing, it is the whole archive's."""
        self._prepared = False
        self.repeating = Repeating(screen, self._ask_again)

    async def ask(self, question: Callable[[], _T]) -> _T:
        """Ask in the search thread: the index's files belong to one thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, question)

    def begin(self) -> None:
        """Put the keys into the search line."""
        screen = self._screen
        if not self._levels:
            self._push(None)
        screen.header.end_find()
        screen.set_focus(screen.header)
        screen.update_where()
        if not self._prepared:
            self._prepared = True
            work(screen, self._open_index, group="search-prepare")

    async def _open_index(self) -> None:
        """Open the index while the first letter is being typed."""
        with suppress(ReaderError):  # the search will say it
            await self.ask(self._screen.library.prepare_search)

    def begin_within(self) -> None:
        """Begin a search in what is listed."""
        screen = self._screen
        listing = screen.listing
        if not listing.ids:
            screen.say("There is nothing listed to search in.")
            return
        if listing.view is not View.ALL:
            self._push(Scope(listing, self.scope if listing.view is View.HITS else None))
            screen.header.set_query("")
            self.wanted = ""
        self.begin()

    def _push(self, scope: Scope | None) -> None:
        """Remember what is there, for `end` to bring back; the next search is within `scope`."""
        screen = self._screen
        reader = screen.reader
        shown = reader.archived.id if reader.archived is not None else None
        self._levels.append(
            Level(
                screen.listing,
                screen.article_list.cursor,
                shown,
                reader.place,
                self.wanted,
                self.scope,
            )
        )
        self._into(scope)

    def _into(self, scope: Scope | None) -> None:
        self.scope = scope
        self._screen.header.set_scope(scope.labels if scope is not None else ())

    def entered(self) -> None:
        """Enter in the search line: on to the hits, or out if nothing is searched for."""
        if self.take_suggestion():
            return
        query = self.wanted.strip()
        if not query:
            self.end()
        else:
            # What one sees is what one gets: the last word goes on standing for all that begin so,
            # unless a blank ends it.
            self.history.remember(query)
        self._screen.arranging.focus_pane("list")

    def typed(self, query: str, *, recalled: bool = False) -> None:
        """Other words stand in the search line."""
        self.wanted = query
        if not recalled:
            self.history.typed()
        self.suggestion = None
        self._round += 1
        if not self._levels:
            self.begin()
        if not query.strip():
            self._show_before()
            return
        if not self._running:
            self._running = True
            work(self._screen, self._answer, group="search")

    async def _answer(self) -> None:
        """Answer until no newer words are waiting."""
        try:
            answered = 0
            while answered != self._round and self.wanted.strip():
                answered, query = self._round, self.wanted
                try:
                    answer = await self.ask(partial(self._first, query, answered))
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

    def _first(self, query: str, asked: int) -> _Answer:
        """The first screenful, with its snippets; runs in the search thread."""
        library = self._screen.library
        hits = self.find(query, FIRST, asked)
        width = self._screen.snippet_width
        return _Answer(
            hits,
            {
                number: library.snippet(query, number, width)
                for number in hits.ids[:_SNIPPETS]
                if asked == self._round
            },
        )

    def find(
        self, query: str, limit: int | None, asked: int | None = None, *, exact: bool = False
    ) -> Hits:
        """Ask within the scope; runs in the search thread. The answer to question number `asked`
        is given up, whatever it be, as soon as there is a newer one."""
        return self._screen.library.search(
            query,
            sort=self.sort,
            limit=limit,
            as_you_type=True,
            within=self.within(),
            exact=exact,
            fold=True,
            wanted=lambda: asked is None or asked == self._round,
        )

    def within(self) -> frozenset[int] | None:
        """The articles of the scope, None for the whole archive; runs in the search thread."""
        return self.scope.ids(self._screen.library) if self.scope is not None else None

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
        self._screen.article_list.advice = (f"{self._nothing} {query.strip()}.", tail)

    @property
    def _nothing(self) -> str:
        where = self.scope.labels[-1] if self.scope is not None else "the archive"
        return f"Nothing in {where} matches"

    def _listing(self, query: str, hits: Hits) -> Listing:
        return Listing(
            View.HITS,
            hits.ids,
            query=query,
            sort=self.sort,
            total=hits.total,
            exact=hits.exact,
            pending=hits.pending,
            cut_short=not hits.complete,
            searched=self._searched(hits.pending),
        )

    def _searched(self, pending: int) -> int:
        """How much of the archive was searched, in per cent."""
        return 100 if not pending else 100 - max(1, 100 * pending // self._screen.library.count())

    def _fetch_rest(self, asked: int) -> None:
        if asked == self._round and self._screen.is_attached:
            work(self._screen, partial(self._rest, asked), group="search-rest", exclusive=True)

    async def _rest(self, asked: int) -> None:
        """All hits, once the typing rests."""
        screen = self._screen
        query = self.wanted
        listing = screen.listing
        if listing.view is View.HITS and not listing.total:
            await self._suggest(asked, query)
        unsure = not listing.complete or not listing.exact or listing.cut_short
        if listing.view is View.HITS and unsure:
            try:
                hits = await self.ask(partial(self.find, query, None, asked))
            except ReaderError:
                return
            if asked != self._round:
                return
            screen.show_listing(
                self._listing(query, hits),
                cursor=screen.article_list.cursor,
                keep_place=True,
            )
        with suppress(ReaderError):
            await self.ask(partial(screen.library.prepare_search, phrases=True))

    async def _suggest(self, asked: int, query: str) -> None:
        """Nothing was found: was another word meant?"""
        try:
            meant = await self.ask(partial(self._screen.library.did_you_mean, query))
        except ReaderError:
            return
        if meant and asked == self._round:
            self.suggestion = meant
            self._screen.article_list.advice = (
                f"{self._nothing} {query.strip()}.",
                f"Did you mean {meant.strip()}? Enter searches for it.",
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

    def recall(self, by: int) -> bool:
        """In an empty search line, or one just recalled, the search before (-1) or after (1);
        whether that was possible."""
        if self.wanted.strip() and not self.history.is_recalling:
            return False
        was_recalling = self.history.is_recalling
        query = self.history.recall(by)
        if query is None:
            return was_recalling
        self._screen.header.set_query(query)
        self.typed(query, recalled=True)
        return True

    def narrow_to(self, query: str, scope: Scope | None) -> None:
        """Search for other words, within `scope`; `end` comes back to what is listed now."""
        self._push(scope)
        self._screen.header.set_query(query)
        self.typed(query)
        self._screen.arranging.focus_pane("list")

    def next_order(self) -> None:
        """Newest, best, oldest first, and round again."""
        if self._screen.listing.view is not View.HITS:
            self._screen.say("The list is newest first; a search can be ordered otherwise.")
            return
        orders = [Sort.NEWEST, Sort.RELEVANCE, Sort.OLDEST]
        self.sort = orders[(orders.index(self.sort) + 1) % len(orders)]
        self.typed(self.wanted)

    def again(self) -> None:
        """Search for the same words again: the archive has changed."""
        self.repeating.ask()

    async def _ask_again(self) -> None:
        if self._running or not self.wanted.strip():
            return
        asked, listing = self._round, self._screen.listing
        screen = self._screen
        limit = max(FIRST, len(listing.ids))
        if self.scope is not None:
            self.scope.forget()
        try:
            hits = await self.ask(partial(self.find, self.wanted, limit, asked))
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
        """Close the search, or the search within a search: the list is again what it was before,
        and where."""
        if not self._levels:
            return
        self._round += 1
        level = self._levels[-1]
        self.wanted = level.query
        self._into(level.scope)
        self._screen.header.set_query(level.query)
        self._screen.header.show_wrong(False)
        self._show_before()
        self._levels.pop()
        self._fetch_rest(self._round)

    def leave(self) -> None:
        """Something else is about to be listed: no search is on any more."""
        self._round += 1
        self.wanted = ""
        self._levels.clear()
        self._into(None)
        self._screen.header.set_query("")
        self._screen.header.show_wrong(False)

    def _show_before(self) -> None:
        if not self._levels:
            return
        level = self._levels[-1]
        self._screen.article_list.advice = self._screen.viewing.empty_advice()
        self._screen.show_listing(level.listing, cursor=level.cursor)
        if level.article is not None:
            self._screen.reading.open(level.article, offset=level.place, read=False)
        self._screen.reading.light_hits()
