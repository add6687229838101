"""The archive's full-text index: Whoosh, one folder, two indexes (articles and quotations) in it.

Everything in it comes from the store and can be built again, so whatever is wrong with it ends as a
`SearchIndexError` that says so, and never as an answer that may be wrong.
"""

from __future__ import annotations

import datetime as dt
import os
import threading
import warnings
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from reader.core.records import Sort
from reader.errors import DamagedIndexError, SearchIndexError
from reader.search import bits
from reader.search.backend import IndexStatus, SearchAnswer, SearchDocument, States, always
from reader.search.fields import Over, expand
from reader.search.parser import parse
from reader.search.piecereader import SavedSearches
from reader.search.query import Node, Query, asks_for
from reader.search.searcher import Result, Search, UnwantedError
from reader.search.suggest import suggestion

with warnings.catch_warnings():
    # Whoosh 2.7.4 has invalid escapes in its docstrings and asks for old modules.
    warnings.simplefilter("ignore")
    from whoosh.index import LockError

    from reader.search import schema
    from reader.search.codec import ArchiveStorage
    from reader.search.snapshot import Snapshots
    from reader.search.update import Updater

LOCK_SECONDS = 10.0
"""So long another program that is writing is waited for."""


class ArchiveIndex:
    """A `SearchBackend` on this machine. Searching is safe from any number of threads; adding and
    deleting from one at a time (another program's writing is waited for)."""

    def __init__(
        self,
        folder: Path,
        *,
        saved: SavedSearches | None = None,
        today: Callable[[], dt.date] | None = None,
    ) -> None:
        self.folder = folder
        self._saved = saved
        self._today = today
        self._storage = ArchiveStorage(folder)
        self._writing = threading.Lock()
        self._snapshots = {
            Over.ARTICLES: Snapshots(self._storage, schema.ARTICLES),
            Over.QUOTATIONS: Snapshots(self._storage, schema.QUOTATIONS),
        }

    # Opening

    @classmethod
    def exists(cls, folder: Path) -> bool:
        """Whether there is an index in a folder, sound or not."""
        return folder.is_dir() and any(folder.glob("*.toc"))

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        saved: SavedSearches | None = None,
        today: Callable[[], dt.date] | None = None,
    ) -> ArchiveIndex:
        """Open the index in a folder (0700), or make an empty one when there is none.

        `saved` gives the text of saved searches by name. Raises `SearchIndexError` when the index
        is damaged, of another version, or could have been written by somebody else.
        """
        with _told_plainly(folder):
            if not cls.exists(folder):
                return cls.create(folder, saved=saved, today=today)
            index = cls(folder, saved=saved, today=today)
            index._storage.check_owner()
            for snapshots in index._snapshots.values():
                snapshots.check_version()
            return index

    @classmethod
    def create(
        cls,
        folder: Path,
        *,
        saved: SavedSearches | None = None,
        today: Callable[[], dt.date] | None = None,
    ) -> ArchiveIndex:
        """Make an empty index in a folder, removing what is there of an old one."""
        with _told_plainly(folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            index = cls(folder, saved=saved, today=today)
            for path in folder.iterdir():
                if path.is_file() or path.is_symlink():
                    path.unlink()
            if os.name == "posix":
                folder.chmod(0o700)
            for snapshots in index._snapshots.values():
                snapshots.create()
            return index

    def __enter__(self) -> ArchiveIndex:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of files. Searching afterwards opens them again."""
        for snapshots in self._snapshots.values():
            snapshots.close()

    # Writing

    def add(self, documents: Iterable[SearchDocument]) -> int:
        """Index documents (each replacing the one with its id), durably; gives their number.

        Commits every 10,000 articles and at the end. Best called with many at a time, oldest
        first. Raises `SearchIndexError` when another program has been writing for ten seconds.
        """
        with self._updater() as updater:
            count = updater.add(documents)
            updater.tidy()
            return count

    def delete(self, ids: Iterable[int]) -> int:
        """Take articles and their quotations out; gives how many were there."""
        with self._updater() as updater:
            return updater.delete(ids)

    @contextmanager
    def _updater(self) -> Iterator[Updater]:
        with _told_plainly(self.folder), self._writing:
            yield Updater(self._storage, LOCK_SECONDS)

    # Searching

    def prepare(self) -> None:
        """Read which segments there are, and load what phrases, distances and the best-first order
        need (60 ms): so that the first query that has them need not wait for it."""
        with _told_plainly(self.folder):
            from reader.search import placed, ranking

            assert placed and ranking
            for snapshots in self._snapshots.values():
                snapshots.current()

    def search(
        self,
        query: str | Query,
        *,
        sort: Sort = Sort.NEWEST,
        limit: int | None = 50,
        offset: int = 0,
        as_you_type: bool = False,
        within: Collection[int] | None = None,
        states: States | None = None,
        exact: bool = False,
        wanted: Callable[[], bool] = always,
    ) -> SearchAnswer:
        """Articles that match; see `SearchBackend.search`."""
        return self._answer(
            Over.ARTICLES, query, sort, limit, offset, as_you_type, within, states, exact, wanted
        )

    def search_quotations(
        self,
        query: str | Query,
        *,
        sort: Sort = Sort.NEWEST,
        limit: int | None = 50,
        offset: int = 0,
        as_you_type: bool = False,
        within: Collection[int] | None = None,
        states: States | None = None,
        exact: bool = False,
    ) -> SearchAnswer:
        """Quotations that match; see `SearchBackend.search_quotations`."""
        return self._answer(
            Over.QUOTATIONS, query, sort, limit, offset, as_you_type, within, states, exact
        )

    def parse(self, query: str, *, as_you_type: bool = False) -> Query:
        """Understand a query as this index does, saved searches included. Raises `QueryError`."""
        today = self._today() if self._today else None
        return parse(query, as_you_type=as_you_type, saved=self._saved, today=today)

    def _answer(
        self,
        over: Over,
        query: str | Query,
        sort: Sort,
        limit: int | None,
        offset: int,
        as_you_type: bool,
        within: Collection[int] | None,
        states: States | None,
        exact: bool,
        wanted: Callable[[], bool] = always,
    ) -> SearchAnswer:
        understood = self.parse(query, as_you_type=as_you_type) if isinstance(query, str) else query
        with _told_plainly(self.folder):
            node = expand(understood.node, over)
            hidden = _hidden(node, states)
            search = self._search(over, node, within, states, as_you_type, exact, hidden, wanted)
            try:
                result = search.run(Sort(sort), limit, offset)
            except UnwantedError:
                result = Result(array("q"), 0, exact=False, complete=False)
        return SearchAnswer(result.ids, result.total, result.exact, understood, result.complete)

    def _search(
        self,
        over: Over,
        node: Node,
        within: Collection[int] | None,
        states: States | None,
        hurry: bool = False,
        exact: bool = False,
        hidden: frozenset[int] = frozenset(),
        wanted: Callable[[], bool] = always,
    ) -> Search:
        asked_of_other: dict[Node, Search] = {}
        known_states: dict[tuple[str, str], Collection[int] | None] = {}
        other = Over.ARTICLES if over is Over.QUOTATIONS else Over.QUOTATIONS

        def articles_of(part: Node, first: int, last: int) -> Collection[int]:
            search = asked_of_other.get(part)
            if search is None:
                inner = getattr(part, "part", part) if other is Over.QUOTATIONS else part
                search = self._search(other, inner, None, states, wanted=wanted)
                asked_of_other[part] = search
            return search.articles(first, last)

        def state_ids(name: str, value: str, first: int, last: int) -> Collection[int] | None:
            key = (name, value)
            if states is None or key in known_states:
                return known_states.get(key)
            some = states.ids_between(name, value, first, last)
            if some is None:
                ids = states.ids(name, value)
                some = known_states[key] = ids if ids is None else frozenset(ids)
            return some

        segments = self._snapshots[over].current()
        return Search(
            segments, node, over, within, articles_of, state_ids, hurry, exact, hidden, wanted
        )

    def did_you_mean(self, query: str | Query, over: Over = Over.ARTICLES) -> str | None:
        """The query with each word that stands nowhere replaced by the commonest word one typing
        mistake away; None where there is nothing to replace or to replace it by."""
        understood = self.parse(query) if isinstance(query, str) else query
        with _told_plainly(self.folder):
            segments = [s.segment for s in self._snapshots[over].current()]
            return suggestion(understood.text, expand(understood.node, over), segments, over)

    def status(self) -> IndexStatus:
        """What is in the index."""
        with _told_plainly(self.folder):
            articles = self._snapshots[Over.ARTICLES].current()
            quotations = self._snapshots[Over.QUOTATIONS].current()
            return IndexStatus(
                sum(s.live.bit_count() for s in articles),
                sum(s.live.bit_count() for s in quotations),
                len(articles) + len(quotations),
                schema.VERSION,
            )

    def verify(self) -> list[str]:
        """Read every byte of the index (a second for some 600 MB); gives what is wrong with it, a
        line each, and nothing where it is as it was written."""
        findings = []
        for snapshots in self._snapshots.values():
            try:
                with _told_plainly(self.folder):
                    for open_segment in snapshots.current():
                        open_segment.segment.file.verify()
            except SearchIndexError as error:
                findings.append(str(error))
        return findings

    def article_ids(self) -> set[int]:
        """The ids of all articles in the index, for comparing it with the store."""
        with _told_plainly(self.folder):
            return self._snapshots[Over.ARTICLES].article_ids()

    def articles(self) -> list[tuple[int, int, int, str]]:
        """Id, date, number of quotations and title of each article in the index."""
        with _told_plainly(self.folder):
            found = []
            for open_segment in self._snapshots[Over.ARTICLES].current():
                segment = open_segment.segment
                columns = segment.ids, segment.published, segment.column("quotes"), segment.titles()
                rows = list(zip(*columns, strict=True))
                found += [rows[document] for document in bits.ascending(open_segment.live)]
            return found

    def quotations(self) -> list[tuple[int, int]]:
        """The ids of each quotation in the index and of its article."""
        with _told_plainly(self.folder):
            return [
                (open_segment.segment.ids[document], open_segment.segment.articles[document])
                for open_segment in self._snapshots[Over.QUOTATIONS].current()
                for document in bits.ascending(open_segment.live)
            ]


def _hidden(node: Node, states: States | None) -> frozenset[int]:
    """The articles to be left out of the answer."""
    if states is None or asks_for(node, "muted"):
        return frozenset()
    return frozenset(states.ids("hidden", "") or ())


@contextmanager
def _told_plainly(folder: Path) -> Iterator[None]:
    """What files and locks raise becomes a `SearchIndexError`.

    Nothing else does: damage is found by checksums (`segmentfile`, `codec`) and says so itself, so
    that whatever else is raised is a mistake of ours, and not to be taken for a damaged index.
    """
    try:
        yield
    except LockError as error:
        raise SearchIndexError(
            "another program is writing to the search index; try again when it has finished "
            f"({folder})"
        ) from error
    except FileNotFoundError as error:
        raise DamagedIndexError(
            f"the search index is gone ({folder}); build it again: onrecord rebuild"
        ) from error
    except PermissionError as error:
        raise SearchIndexError(
            f"the search index cannot be read or written: {error.strerror}: {error.filename}"
        ) from error
    except OSError as error:
        raise SearchIndexError(
            f"the search index cannot be used: {error.strerror or error} ({folder})"
        ) from error
