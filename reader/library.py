"""The library: one archive with all that can be asked of it. Screen and command line call this.

It joins storage, search, extraction and ingest. Opening it touches none but storage: the index
opens at the first search, the engine at the first import.
"""

from __future__ import annotations

import shutil
from array import array
from collections.abc import Callable, Collection, Generator, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader.archive.facets import Facets
from reader.archive.folding import Folding
from reader.archive.indexing import Indexing, OnProgress
from reader.archive.searching import Searching
from reader.core.article import ArticleId
from reader.core.records import (
    ArchivedArticle,
    ArticleRow,
    Finding,
    Hits,
    ImportOutcome,
    Snippet,
    Sort,
)
from reader.core.span import Span
from reader.storage.connection import DamagedError
from reader.storage.store import FILE_NAME, Store

if TYPE_CHECKING:
    from reader.archive.desk import Desk
    from reader.archive.folders import SearchFolders
    from reader.archive.quoted import Quoted
    from reader.archive.watching import Watch
    from reader.core.facets import Facet, FacetCount
    from reader.feeds.subscriptions import Subscriptions
    from reader.storage.stories import Stories


class Library:
    """One archive. Safe for several threads, and for several programs on the same folder.

    All methods raise ReaderError (of which ArchiveError, SearchIndexError and QueryError are
    kinds) with one clear line.
    """

    def __init__(self, folder: Path, store: Store, warning: str | None = None) -> None:
        """Use `open` instead."""
        self.folder = folder
        """Where the archive lies."""

        self.warning = warning
        """One line that the user should see, such as that nothing can be kept; mostly None."""

        self._store = store
        self._indexing = Indexing(store, folder)
        self._temporary: Path | None = None
        self._searching = Searching(store, self._indexing)
        self._facets = Facets(store)

    @classmethod
    def open(cls, folder: Path, *, is_sample: bool = False) -> Library:
        """Open the archive in `folder`, made (readable by its owner only) if it is missing.

        Where the folder cannot be written, an archive that is there is opened for reading, and
        else an empty one is made that lasts until `close`: `warning` then says so. `is_sample`
        marks a new archive as the bundled sample's. Raises ArchiveError (damaged, too new, ...).
        """
        from reader.archive.opening import open_store

        opened = open_store(folder)
        library = cls(opened.folder, opened.store, opened.warning)
        library._temporary = opened.temporary
        if is_sample and opened.store.is_writable and not library.is_sample:
            opened.store.meta.put("sample", "1")
        return library

    def close(self) -> None:
        """Let go of all files. A second call does nothing."""
        self._indexing.close()
        self._store.close()
        if self._temporary is not None:
            shutil.rmtree(self._temporary, ignore_errors=True)

    @property
    def is_sample(self) -> bool:
        """Whether this is the bundled sample's archive."""
        return self._store.meta.get("sample") == "1"

    @property
    def is_kept(self) -> bool:
        """Whether what comes in outlasts the program: not where the folder cannot be made."""
        return self._temporary is None

    @property
    def is_writable(self) -> bool:
        """False where the archive can be read only."""
        return self._store.is_writable

    @property
    def subscriptions(self) -> Subscriptions:
        """The feeds that the archive is subscribed to."""
        from reader.feeds.subscriptions import Subscriptions

        return Subscriptions(self._store, self._indexing)

    @property
    def quoted(self) -> Quoted:
        """Who is quoted in the archive, and what they said."""
        from reader.archive.quoted import Quoted

        return Quoted(self._store, self._searching)

    @property
    def desk(self) -> Desk:
        """Tags, notes, collections of quotations, and rules."""
        from reader.archive.desk import Desk

        return Desk(self._store, self._indexing)

    @property
    def folders(self) -> SearchFolders:
        """The saved searches as folders: what each holds, and how much of it is unread."""
        from reader.archive.folders import SearchFolders

        return SearchFolders(self._store, self._indexing)

    # Articles

    def count(self) -> int:
        """How many articles there are."""
        return self._store.count()

    def story_count(self) -> int:
        """How many there are without the copies of others."""
        return self._store.story_count()

    def unread_count(self) -> int:
        """How many articles are unread."""
        return self._store.unread_count()

    @property
    def stories(self) -> Stories:
        """Which articles are copies of one story."""
        return self._store.stories

    def article_ids(
        self,
        *,
        unread: bool = False,
        starred: bool = False,
        limit: int | None = None,
        fold: bool = False,
    ) -> array[int]:
        """The ids of all articles, or of those unread or starred, newest first; with `fold` one for
        each story, without the copies."""
        return self._store.article_ids(unread=unread, starred=starred, limit=limit, stories=fold)

    def fold(self, ids: Sequence[int] | array[int]) -> array[int]:
        """These articles, newest first, one for each story: the first one of those given."""
        if not self._store.stories.any():
            return array("q", ids)
        return Folding(self._store, Sort.NEWEST).folded(ids)

    def rows(self, ids: Sequence[int] | array[int]) -> list[ArticleRow]:
        """The list's rows for `ids`, in that order; those that are not there are left out."""
        return self._store.rows(ids)

    def article(self, id: int) -> ArchivedArticle:
        """One article in full. Raises ArchiveError where there is none."""
        return self._store.article(id)

    def version(self, id: int, version: int) -> ArchivedArticle:
        """An article with one of its `versions` as its text, by that one's id, and with what was
        found in it. Raises ArchiveError where there is none."""
        return self._store.version(id, version)

    def quotation_counts(self, ids: Iterable[int]) -> dict[int, int]:
        """How many quotations each of the articles has."""
        return self._store.quoted.quotation_counts(ids)

    def remove(self, ids: Iterable[int]) -> None:
        """Remove articles with all their quotations, for good."""
        self._store.remove(ids)

    def facets(
        self, facet: Facet, ids: Sequence[int] | None = None, *, top: int | None = 10
    ) -> list[FacetCount]:
        """How articles (all, without `ids`) are spread over speakers, outlets, months or tags: the
        commonest values first, of months the newest. The first call reads the whole archive."""
        return self._facets.count(self.article_ids() if ids is None else ids, facet, top)

    # Marks and state

    def set_read(self, ids: Iterable[int], read: bool) -> list[int]:
        """Mark articles as read or unread; returns those whose mark has changed."""
        return self._store.set_read(ids, read)

    def set_starred(self, ids: Iterable[int], starred: bool) -> list[int]:
        """Give or take stars; returns the articles whose star has changed."""
        return self._store.set_starred(ids, starred)

    def state(self, key: str) -> str | None:
        """What was remembered under `key`, or None."""
        return self._store.state.get(key)

    def set_state(self, key: str, value: str | None) -> None:
        """Remember `value` under `key` over restarts; None forgets it."""
        self._store.state.put(key, value)

    def wait_at_most(self, seconds: float) -> None:
        """How long this thread waits for another program that is writing, before it says so."""
        self._store.wait_at_most(seconds)

    def data_version(self) -> int:
        """A number that changes when another program (or thread) has written; compare it with an
        earlier one of the same thread."""
        return self._store.data_version()

    # Search

    def search(
        self,
        query: str,
        *,
        sort: Sort = Sort.NEWEST,
        limit: int | None = 50,
        as_you_type: bool = False,
        speaker: int | None = None,
        within: Collection[int] | None = None,
        fold: bool = False,
        exact: bool = False,
        wanted: Callable[[], bool] = lambda: True,
    ) -> Hits:
        """The articles that match; `limit=None` gives all, `speaker` only those that quote them,
        `within` only those among these (quickest as a frozenset). `fold` gives one article a story:
        the first one, or where that does not match, the first copy that does.

        `as_you_type`: the last word is unfinished, and half-typed syntax is forgiven. `exact`: the
        total is counted to the end; else it is estimated where that takes long. `wanted` is asked
        in between: once it says no the search ends, empty and not complete. An empty query matches
        everything. Raises QueryError, SearchIndexError.
        """
        return self._searching.articles(
            query,
            sort=sort,
            limit=limit,
            as_you_type=as_you_type,
            speaker=speaker,
            within=within,
            fold=fold,
            exact=exact,
            wanted=wanted,
        )

    def prepare_search(self, *, phrases: bool = False) -> None:
        """Open the index ahead of the first search (0.1 s), and load what `phrases` and the
        best-first order need (60 ms). Raises SearchIndexError."""
        self._searching.prepare(phrases=phrases)

    def did_you_mean(self, query: str) -> str | None:
        """The query with each word that stands nowhere replaced by the commonest one that a typing
        mistake makes of it; None if there is none. Raises QueryError, SearchIndexError."""
        return self._searching.did_you_mean(query)

    def snippet(self, query: str | Hits, id: int, width: int) -> Snippet:
        """The stretch of an article's text, at most `width` characters, with the most of what was
        searched for; its beginning if the text has none of it."""
        return self._searching.snippet(query, id, width)

    def find_hits(self, query: str | Hits, text: str, field: str | None = None) -> list[Span]:
        """The stretches of a text that the query matched; `field` says what the text is (`title`,
        `body`, `quotation`, ...), None lights up all the words of the query."""
        return self._searching.find_hits(query, text, field)

    # Bringing in, indexing

    def import_paths(
        self,
        paths: Iterable[Path | str],
        *,
        outlet: str | None = None,
        on_progress: OnProgress | None = None,
    ) -> Generator[ImportOutcome, None, None]:
        """Bring in files and folders (`-`: standard input), and index what came.

        An outcome for each thing read, given out when it has been stored for good. If the
        iteration is ended early, what has been read is stored, and indexed at the next occasion.
        """
        from reader.archive.importing import bring_in

        return bring_in(self._store, self._indexing, paths, outlet, on_progress)

    def watch(self, folders: Sequence[Path]) -> Watch:
        """Look at folders again and again: see `archive.watching.Watch`. What came in by them is
        remembered in the archive, so that a new start finds what came since."""
        from reader.archive.watching import Watch

        return Watch(self._store, folders)

    def index_pending(self, on_progress: OnProgress | None = None) -> int:
        """Index what the archive has and the index has not; returns how many articles that were.

        0 also where another program is at it. Raises SearchIndexError.
        """
        return self._indexing.index_pending(on_progress)

    def mends_index_by(self, mending: Callable[[], object]) -> None:
        """Have `mending` fill an index that had to be begun anew, before a question is answered
        by it; without it the answer says how much is missing."""
        self._indexing.mending = mending

    def pending_count(self, *, look: bool = False) -> int:
        """How many articles cannot be searched yet."""
        return self._indexing.pending_count(look=look)

    def rebuild(self, on_progress: OnProgress | None = None) -> int:
        """Make anew all that comes from the articles' texts; returns how many articles there are.

        First the index, beside the one in use; then, where another version of the engine read
        an article, who said what in it. Can be ended at any time: what is done stays.
        """
        done = self._indexing.rebuild(on_progress)
        if self.extract_again(on_progress):
            self._indexing.index_pending(on_progress)
        return done

    def extract_again(self, on_progress: OnProgress | None = None) -> int:
        """Ask the engine again about articles that another version of it has read."""
        from reader.archive.maintenance import extract_again

        return extract_again(self._store, on_progress)

    # Care

    def check(self, repair: bool = False) -> list[Finding]:
        """What is wrong in archive and index, in plain words; `repair` mends what can be mended."""
        from reader.archive.maintenance import check
        from reader.storage.salvage import salvage

        findings = check(self._store, self._indexing, repair=repair)
        if repair and any(f.kind == "database" and not f.repaired for f in findings):
            self.close()
            saved = salvage(self._store.path)
            self._store = Store.open(self.folder)
            self._indexing = Indexing(self._store, self.folder)
            self._searching = Searching(self._store, self._indexing)
            self._facets = Facets(self._store)
            return saved + check(self._store, self._indexing, repair=True)
        return findings

    @staticmethod
    def salvage(folder: Path) -> list[Finding]:
        """Save what can be read of an archive whose database is too damaged to open.

        The damaged file is kept beside the new one. Returns what was done, nothing where the
        archive can be opened; raises ArchiveError where it cannot for another reason.
        """
        from reader.storage.salvage import salvage

        try:
            Store.open(folder).close()
        except DamagedError:
            return salvage(folder / FILE_NAME)
        return []

    def backup(self, target: Path) -> None:
        """Copy the archive, as it is at one moment, into a new file; it may be in use."""
        from reader.storage.backup import back_up

        back_up(self._store.path, target)

    def stats(self) -> dict[str, int | str]:
        """Figures about the archive, by their names."""
        from reader.archive.maintenance import stats

        return stats(self._store, self._indexing)


__all__ = ["FILE_NAME", "ArticleId", "Library"]
