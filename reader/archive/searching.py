"""Asking the index, with what only the store knows; remembers how queries were understood."""

from __future__ import annotations

import threading
from array import array
from collections import OrderedDict
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Final

from reader.archive.folding import Folding, said_once
from reader.archive.states import States
from reader.core.records import Hits, QuotationRow, Snippet, Sort
from reader.core.span import Span
from reader.errors import QueryError

if TYPE_CHECKING:
    from reader.archive.indexing import Indexing
    from reader.search.backend import SearchAnswer
    from reader.search.query import Query
    from reader.storage.store import Store

_REMEMBERED: Final = 32
_SPARE: Final = 4
"""A first screenful is asked for with a quarter more, since a few will be copies: to ask a second
time for more takes two thirds longer."""


class Searching:
    """Searches of one archive. Safe for several threads."""

    def __init__(self, store: Store, indexing: Indexing) -> None:
        """Search the articles of `store` by the index of `indexing`."""
        self._store = store
        self._indexing = indexing
        self._understood: OrderedDict[str, Query] = OrderedDict()
        self._parsed_last: tuple[str, Query] | None = None
        self._lock = threading.Lock()

    def articles(
        self,
        query: str,
        *,
        sort: Sort,
        limit: int | None,
        as_you_type: bool,
        speaker: int | None,
        within: Collection[int] | None = None,
        fold: bool = False,
        exact: bool = False,
        wanted: Callable[[], bool] = lambda: True,
    ) -> Hits:
        """See `Library.search`."""
        within = self._among(within, speaker)
        if not query.strip():
            return self._everything(within, sort, limit, fold=fold)
        folding = Folding(self._store, sort) if fold and self._store.stories.any() else None

        def ask(among: Collection[int] | None, most: int | None) -> SearchAnswer:
            return self._indexing.ask(
                lambda index: index.search(
                    query,
                    sort=sort,
                    limit=most,
                    as_you_type=as_you_type,
                    within=None if among is None else frozenset(among),
                    states=States(self._store),
                    exact=exact,
                    wanted=wanted,
                )
            )

        pending, begun = self._indexing.pending_count(look=True), self._indexing.begun_anew
        if folding is None:
            answer = ask(within, limit)
            self._remember(query, answer)
            pending = self._missing(pending, begun)
            return Hits(answer.ids, answer.total, answer.exact, query, pending, answer.complete)
        # While one types the first screenful is enough, and the number may be a little off.
        most = limit and limit + limit // _SPARE if as_you_type else None
        while True:
            answer = ask(within, most)
            is_all = most is None or len(answer.ids) < most
            ids = folding.folded(answer.ids, None if is_all else lambda some: ask(some, None).ids)
            if is_all or limit is None or len(ids) >= limit:
                break
            # Most of it were copies: once more, with as many again.
            most = 2 * len(answer.ids)
        self._remember(query, answer)
        total = len(ids) if is_all else answer.total - len(answer.ids) + len(ids)
        sure = answer.exact and is_all
        pending = self._missing(pending, begun)
        return Hits(ids[:limit], total, sure, query, pending, answer.complete)

    def _missing(self, pending: int, begun: int) -> int:
        """What the index does not hold: as before a question, or all if the question has shown it
        to be damaged."""
        same = self._indexing.begun_anew == begun
        return pending if same else self._indexing.pending_count()

    def _among(self, within: Collection[int] | None, speaker: int | None) -> frozenset[int] | None:
        """The articles to search in: some, or those that quote a speaker; None: all."""
        some = None if within is None else frozenset(within)
        if speaker is None:
            return some
        quoting = frozenset(self._store.quoted.articles_of(speaker))
        return quoting if some is None else some & quoting

    def _everything(
        self, within: frozenset[int] | None, sort: Sort, limit: int | None, *, fold: bool
    ) -> Hits:
        ids = self._store.article_ids(stories=fold and within is None)
        if within is not None:
            ids = array("q", filter(within.__contains__, ids))
            if fold and self._store.stories.any():
                ids = Folding(self._store, Sort.NEWEST).folded(ids)
        if sort is Sort.OLDEST:
            ids.reverse()
        return Hits(ids[:limit], len(ids))

    def prepare(self, *, phrases: bool) -> None:
        """See `Library.prepare_search`."""
        backend = self._indexing.backend()
        if phrases:
            backend.prepare()

    def did_you_mean(self, query: str) -> str | None:
        """See `Library.did_you_mean`."""
        return self._indexing.ask(lambda index: index.did_you_mean(query))

    def article_ids(self, query: str) -> array[int]:
        """All articles that match, the query taken as the last search has understood it."""
        asked = self._before(query) or query
        states = States(self._store)
        return self._indexing.ask(lambda index: index.search(asked, limit=None, states=states).ids)

    def quotations(
        self, query: str, *, sort: Sort, limit: int | None, offset: int
    ) -> tuple[list[QuotationRow], int]:
        """See `Quoted.search`."""
        if not query.strip():
            return self._store.quoted.all_quotations(
                oldest_first=sort is Sort.OLDEST, limit=limit, offset=offset
            )
        repeated = self._store.stories.any()
        answer = self._indexing.ask(
            lambda index: index.search_quotations(
                query,
                sort=sort,
                limit=None if repeated else limit,
                offset=0 if repeated else offset,
                states=States(self._store),
                exact=True,
            )
        )
        self._remember(query, answer)
        ids, total = answer.ids, answer.total
        if repeated:
            ids = said_once(self._store, ids)
            total, ids = len(ids), ids[offset:][:limit]
        return self._store.quoted.quotation_rows(ids), total

    def quotation_ids(self, query: str) -> array[int]:
        """The ids of all quotations that match, newest first; what copies repeat comes once."""
        states = States(self._store)
        answer = self._indexing.ask(
            lambda index: index.search_quotations(query, limit=None, states=states)
        )
        return said_once(self._store, answer.ids)

    def snippet(self, query: str | Hits, id: int, width: int) -> Snippet:
        """See `Library.snippet`."""
        from reader.search import hits

        found = hits.snippet(self._parsed(query), self._store.body(id), width, "body")
        return Snippet(found.text, found.spans)

    def find_hits(self, query: str | Hits, text: str, field: str | None) -> list[Span]:
        """See `Library.find_hits`."""
        from reader.search import hits

        return hits.find_hits(self._parsed(query), text, field)

    def _remember(self, query: str, answer: SearchAnswer) -> None:
        with self._lock:
            self._understood[query] = answer.query
            self._understood.move_to_end(query)
            while len(self._understood) > _REMEMBERED:
                self._understood.popitem(last=False)

    def _parsed(self, query: str | Hits) -> Query:
        """The query as the last search understood it, so that hits light up as they were found."""
        from reader.search.parser import parse

        text = query.query if isinstance(query, Hits) else query
        known = self._before(text)
        if known is not None:
            return known
        last = self._parsed_last
        if last is not None and last[0] == text:
            # A folder's query is not searched for, but lights up dozens of titles and snippets.
            return last[1]
        saved = self._store.searches.all().get
        try:
            parsed = parse(text, saved=saved)
        except QueryError:
            parsed = parse(text, as_you_type=True, saved=saved)
        self._parsed_last = (text, parsed)
        return parsed

    def _before(self, query: str) -> Query | None:
        with self._lock:
            return self._understood.get(query)
