"""Saved searches as folders: what each holds, kept up with the archive as articles come in.

A search is run over everything once. Then the store keeps what it has found, and only articles
that came into the index since, or changed there, are asked about, whoever brought them in. Searches
that change by themselves (`is:unread`, `tag:x`, `-30d`) cannot be kept and are run when asked for.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from reader.archive.folding import Folding
from reader.archive.states import States
from reader.core.folders import SearchFolder
from reader.core.records import Sort
from reader.errors import QueryError

if TYPE_CHECKING:
    from reader.archive.indexing import Indexing
    from reader.storage.store import Store


class SearchFolders:
    """The saved searches of one archive. Safe for several threads."""

    def __init__(self, store: Store, indexing: Indexing) -> None:
        """Run them on the index of `indexing`, and keep what they find in `store`."""
        self._store = store
        self._indexing = indexing

    def counts(self) -> list[SearchFolder]:
        """Every saved search by name, with how much it holds. Raises SearchIndexError."""
        searches = self._store.searches.all()
        if not searches:
            return []
        wrong, kept = self._bring_up_to_date(searches)
        counted = self._store.kept.counts() if kept else {}
        unread: set[int] | None = None
        folders = []
        for name, query in searches.items():
            if name in wrong:
                folders.append(SearchFolder(name, query, error=wrong[name]))
                continue
            total, new = counted.get(name, (0, 0))
            if name not in kept:
                if unread is None:
                    unread = set(self._store.article_ids(unread=True))
                ids = self._folded(self._run(query, hide=True))
                total, new = len(ids), sum(number in unread for number in ids)
            folders.append(SearchFolder(name, query, total, new))
        return folders

    def queries(self) -> dict[str, str]:
        """The queries, by name; `search:name` within another stands for one."""
        return self._store.searches.all()

    def save(self, name: str, query: str) -> None:
        """Keep a query under a name, in the place of the one that had it.

        Raises QueryError for a query or a name that cannot be read back.
        """
        from reader.search.parser import parse

        searches = self._store.searches.all() | {name: query}
        parse(query, saved=searches.get)
        parse(f'search:"{name}"', saved=searches.get)
        self._store.searches.put(name, query)

    def forget(self, name: str) -> bool:
        """Let go of a saved search; whether there was one of that name."""
        return self._store.searches.forget(name)

    def ids(self, name: str) -> array[int]:
        """The articles a saved search holds, newest first, one a story. Raises KeyError where there
        is no such search, QueryError, SearchIndexError."""
        searches = self._store.searches.all()
        query = searches[name]
        wrong, kept = self._bring_up_to_date({name: query}, forget=False)
        if name in wrong:
            raise QueryError(f"the saved search {name}: {wrong[name]}")
        ids = self._store.kept.ids(name) if name in kept else self._run(query, hide=True)
        return self._folded(ids)

    def _folded(self, ids: array[int]) -> array[int]:
        """Of each story one article."""
        if not self._store.stories.any():
            return ids
        return Folding(self._store, Sort.NEWEST).folded(ids)

    def _bring_up_to_date(
        self, searches: dict[str, str], *, forget: bool = True
    ) -> tuple[dict[str, str], set[str]]:
        """What is wrong with some of the searches, by name, and which of them are kept now."""
        from reader.search.saved import meaning

        store = self._store
        wrong: dict[str, str] = {}
        wanted: dict[str, str] = {}
        for name, query in searches.items():
            try:
                meant = meaning(query, store.searches.all().get)
            except QueryError as error:
                wrong[name] = str(error)
                continue
            if meant is not None and store.is_writable:
                wanted[name] = meant
        before = store.kept.meanings() if wanted or forget else {}
        if forget and store.is_writable and (gone := before.keys() - wanted.keys()):
            store.kept.drop(gone)
        if any(before.get(name) == meant for name, meant in wanted.items()):
            self._ask_about_news(before.keys() & store.searches.all().keys())
        for name, meant in wanted.items():
            if before.get(name) != meant:
                store.kept.begin(name)
                store.kept.keep(name, meant, self._run(searches[name]))
        return wrong, set(wanted)

    def _ask_about_news(self, names: Collection[str]) -> None:
        """Ask the kept searches about the articles that were indexed since the last time."""
        end, news = self._store.kept.news()
        if not news:
            return
        searches = self._store.searches.all()
        found = {}
        for name in names:
            try:
                found[name] = self._run(searches[name], news)
            except (QueryError, KeyError):
                continue  # Changed by another program this moment: run over everything next time.
        self._store.kept.bring_up_to_date(end, news, found)

    def _run(
        self, query: str, within: Iterable[int] | None = None, *, hide: bool = False
    ) -> array[int]:
        among = None if within is None else frozenset(within)
        # What is kept outlives a change of what is muted.
        states = States(self._store, hide=hide)
        answer = self._indexing.ask(
            lambda index: index.search(
                query, sort=Sort.NEWEST, limit=None, within=among, states=states
            )
        )
        return answer.ids
