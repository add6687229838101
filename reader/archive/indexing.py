"""The archive's full-text index, kept in step with the store.

The store knows which articles the index holds: each index has a generation number, in its folder
and in the store, and each article that of the index that holds it. If the numbers differ, or the
index is missing, damaged, of another version, less than the store believes it to be, or could have
been written by others, it is thrown away and every article is pending again: it is only a cache.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from reader import __version__
from reader.archive.documents import document
from reader.archive.folding import fold
from reader.archive.ruling import judge_waiting
from reader.core.records import ImportProgress
from reader.errors import ArchiveError, DamagedIndexError, SearchIndexError
from reader.storage.lock import try_lock

if TYPE_CHECKING:
    from reader.search.backend import SearchDocument
    from reader.search.index import ArchiveIndex
    from reader.storage.store import Store

FOLDER: Final = "index"
CHUNK: Final = 10_000
"""Articles a commit of the index: the size of segment that searches are quickest on."""

OnProgress = Callable[[ImportProgress], None]

_GENERATION: Final = "generation"
_Answer = TypeVar("_Answer")


class Indexing:
    """Opens, fills and rebuilds the index of one archive. Safe for several threads."""

    def __init__(self, store: Store, folder: Path) -> None:
        """The index of the archive in `folder`; nothing is opened before it is asked for."""
        self._store = store
        self._folder = folder
        self._lock = threading.RLock()
        self._backend: ArchiveIndex | None = None
        self._opened: int | None = None
        self.begun_anew = 0
        """How often a question has shown that the index was damaged."""

        self.mending: Callable[[], object] | None = None
        """What fills an index that had to be begun anew, before a question is put to it again.
        None: the answer says how much is missing, and somebody fills it behind the screen."""

    @property
    def path(self) -> Path:
        """Where the index lies."""
        return self._folder / FOLDER

    def close(self) -> None:
        """Let go of the index; the next search opens it again."""
        with self._lock:
            if self._backend is not None:
                self._backend.close()
            self._backend = self._opened = None

    def backend(self) -> ArchiveIndex:
        """The index, opened; an empty one is made if there is none that can be trusted.

        Raises SearchIndexError where that cannot be done either.
        """
        with self._lock:
            generation = self._store.ledger.generation()
            if self._backend is None or not self._opened == generation == self._in_folder():
                self.close()
                self._backend = self._opened_if_sound(generation)
                if self._backend is None:
                    generation, self._backend = self._renewed()
                self._opened = generation
            return self._backend

    def ask(self, question: Callable[[ArchiveIndex], _Answer]) -> _Answer:
        """Put a question to the index; where that turns out to be damaged, to the one that takes
        its place. Raises SearchIndexError."""
        backend = self.backend()
        try:
            return question(backend)
        except DamagedIndexError:
            if not self._store.is_writable:
                raise
            self._throw_away(backend)
            self.begun_anew += 1
        if self.mending is not None:
            self.mending()
        return question(self.backend())

    def _throw_away(self, damaged: ArchiveIndex) -> None:
        """Let an empty index take the place of one that is damaged, unless another has already."""
        with self._lock:
            if self._backend is not damaged:
                return
            generation = self._opened
            self.close()
            with try_lock(self._lock_file) as mine:
                if self._store.ledger.generation() == generation:
                    self._begin(mine, generation or 0)

    def _begin(self, mine: bool, generation: int) -> int:
        """Make an empty index; its generation."""
        if not mine:
            raise SearchIndexError(f"{self.path}: another onrecord is building the index")
        generation = self._next(generation)
        _remove(self.path)
        _make(self.path, generation)
        self._store.ledger.set_generation(generation)
        return generation

    def _next(self, generation: int) -> int:
        """A number that no index of this archive had, and hardly one of another archive."""
        return max(generation, self._in_folder()) + 1 + int.from_bytes(os.urandom(4), "big")

    def _in_folder(self) -> int:
        try:
            return int((self.path / _GENERATION).read_text("ascii").split()[0])
        except (OSError, ValueError, IndexError):
            return -1

    def _is_familiar(self) -> bool:
        """Whether it was this very program that last found the index sound."""
        try:
            return (self.path / _GENERATION).read_text("ascii").split()[1:] == [_program()]
        except (OSError, ValueError):
            return False

    def _opened_if_sound(self, generation: int) -> ArchiveIndex | None:
        from reader.search.index import ArchiveIndex

        if self._in_folder() != generation or not ArchiveIndex.exists(self.path):
            return None
        # Counted before the index is opened: what is marked by now is in a finished commit.
        marked = self._store.count() - self._store.ledger.pending_count()
        try:
            backend = ArchiveIndex.open(self.path, saved=self._saved_search)
            most = self._store.count() + len(self._store.ledger.removed())
            if marked <= backend.status().articles <= most:
                if self._store.is_writable and not self._is_familiar():
                    with contextlib.suppress(SearchIndexError):  # only a shortcut is lost
                        _sign(self.path, generation)
                return backend
            backend.close()
        except SearchIndexError:
            pass  # Damaged, of another version, or not ours alone: a new one takes its place.
        return None

    def _saved_search(self, name: str) -> str | None:
        """The text of a saved search, for `search:name` within a query."""
        return self._store.searches.all().get(name)

    def _renewed(self) -> tuple[int, ArchiveIndex]:
        """Put an empty index in the place of one that is missing, foreign or out of step."""
        from reader.search.index import ArchiveIndex

        if not self._store.is_writable:
            raise SearchIndexError(f"{self.path}: no index, and the archive cannot be written")
        with try_lock(self._lock_file) as mine:
            # Another program may have done it since.
            generation = self._store.ledger.generation()
            backend = self._opened_if_sound(generation)
            if backend is not None:
                return generation, backend
            generation = self._begin(mine, generation)
            return generation, ArchiveIndex.open(self.path, saved=self._saved_search)

    @property
    def _lock_file(self) -> Path:
        return self._folder / "index.lock"

    def pending_count(self, *, look: bool = False) -> int:
        """How many articles the index does not hold yet; all where it is missing. With `look` it is
        opened first, which shows whether it is damaged."""
        if look and self._store.is_writable:
            with contextlib.suppress(SearchIndexError):
                self.backend()
        if self._in_folder() != self._store.ledger.generation():
            return self._store.count()
        if self._backend is None and self._store.is_writable and not self._is_familiar():
            # After an upgrade the index may be of another version; only opening it tells.
            with contextlib.suppress(SearchIndexError):
                self.backend()
        return self._store.ledger.pending_count()

    def index_pending(self, on_progress: OnProgress | None = None, *, at_least: int = 1) -> int:
        """Index what the store has and the index has not, if that is `at_least` so much.

        Returns how many articles were indexed: 0 also where another program is writing the index,
        which will then find them itself, or leave them to the next call. Raises SearchIndexError.
        """
        if not self._store.is_writable:
            return 0
        fold(self._store)
        judge_waiting(self._store)
        backend = self.backend()
        generation = self._opened or 0
        if (
            len(self._store.ledger.pending(generation, at_least)) < at_least
            and not self._store.ledger.removed()
        ):
            return 0
        with try_lock(self._lock_file) as mine:
            if not mine:
                return 0
            gone = self._store.ledger.removed()
            if gone:
                backend.delete(gone)
                self._store.ledger.forget_removed(gone)
            return self._fill(backend, generation, on_progress)

    def _fill(
        self,
        backend: ArchiveIndex,
        generation: int,
        on_progress: OnProgress | None,
    ) -> int:
        telling = _Telling(len(self._store.ledger.pending(generation)), on_progress)
        unreadable: set[int] = set()
        while True:
            ids = self._store.ledger.pending(generation, CHUNK + len(unreadable))
            wanted = [id for id in ids if id not in unreadable][:CHUNK]
            if not wanted:
                return telling.done
            versions = self._add(backend, wanted, unreadable, telling)
            # Only now: what is marked as indexed is in a finished commit.
            self._store.ledger.mark_indexed(versions, generation)

    def _add(
        self,
        backend: ArchiveIndex,
        ids: Collection[int],
        unreadable: set[int],
        telling: _Telling,
    ) -> dict[int, tuple[int, int]]:
        versions = self._store.ledger.versions(ids)
        backend.add(self._documents(ids, unreadable, telling))
        return {id: version for id, version in versions.items() if id not in unreadable}

    def _documents(
        self, ids: Iterable[int], unreadable: set[int], telling: _Telling
    ) -> Iterator[SearchDocument]:
        for id in ids:
            try:
                for archived in self._store.articles((id,)):
                    yield document(archived, self._store.quoted.quotation_ids((id,)))
            except ArchiveError:
                # One damaged article must not keep all the others from being found; `check`
                # names it.
                unreadable.add(id)
            telling.one_more()

    def rebuild(self, on_progress: OnProgress | None = None) -> int:
        """Build the index anew beside the one in use, then put it in its place.

        Returns how many articles it holds. Raises SearchIndexError, also where another program is
        writing the index; the old index is then still there.
        """
        from reader.search.index import ArchiveIndex

        if not self._store.is_writable:
            raise SearchIndexError(f"{self.path}: the archive can be read but not written")
        with try_lock(self._lock_file) as mine:
            if not mine:
                raise SearchIndexError(f"{self.path}: another onrecord is building the index")
            generation = self._next(self._store.ledger.generation())
            fresh = self._folder / f"{FOLDER}.new"
            _remove(fresh)
            _make(fresh, generation)
            gone = self._store.ledger.removed()
            ids = self._store.article_ids(muted=None)
            ids.reverse()
            telling = _Telling(len(ids), on_progress)
            versions: dict[int, tuple[int, int]] = {}
            unreadable: set[int] = set()
            backend = ArchiveIndex.open(fresh)
            try:
                for at in range(0, len(ids), CHUNK):
                    versions |= self._add(backend, ids[at : at + CHUNK], unreadable, telling)
            except BaseException:
                backend.close()
                with contextlib.suppress(SearchIndexError):
                    _remove(fresh)  # it may be what has filled the disk
                raise
            backend.close()
            self._swap(fresh, generation)
            self._store.ledger.mark_indexed(versions, generation)
            self._store.ledger.forget_removed(gone)
        return len(versions)

    def _swap(self, fresh: Path, generation: int) -> None:
        # Killed between these steps, the numbers in folder and store differ, and the next start
        # begins an index anew: slow, never wrong.
        old = self._folder / f"{FOLDER}.old"
        with self._lock:
            self.close()
            _remove(old)
            with contextlib.suppress(FileNotFoundError):
                self.path.rename(old)
            try:
                fresh.rename(self.path)
            except OSError as error:
                raise SearchIndexError(f"{self.path}: {error.strerror}") from error
            self._store.ledger.set_generation(generation)
        _remove(old)


class _Telling:
    """Counts what is indexed and tells about it, ten times a second at most."""

    def __init__(self, total: int, on_progress: OnProgress | None) -> None:
        self.done = 0
        self._total = total
        self._on_progress = on_progress
        self._begun = self._told = time.perf_counter()

    def one_more(self) -> None:
        self.done += 1
        now = time.perf_counter()
        if self._on_progress is None or (now - self._told < 0.1 and self.done != self._total):
            return
        self._told = now
        rate = self.done / max(now - self._begun, 1e-6)
        self._on_progress(ImportProgress(self.done, self._total, per_second=rate, phase="indexing"))


def _make(folder: Path, generation: int) -> None:
    from reader.search.index import ArchiveIndex

    ArchiveIndex.create(folder).close()
    _sign(folder, generation)


def _sign(folder: Path, generation: int) -> None:
    """Write down which index this is, and which program has found it sound."""
    fresh = folder / f"{_GENERATION}.new"
    try:
        fresh.write_text(f"{generation} {_program()}", "ascii")
        fresh.replace(folder / _GENERATION)
    except OSError as error:
        raise SearchIndexError(f"{folder}: {error.strerror}") from error


@cache
def _program() -> str:
    """What changes when the part that reads and writes the index may have changed.

    Asking that part for the version of its schema would load Whoosh, a tenth of a second that
    the start of the screen cannot spare.
    """
    place = Path(__file__).parents[1] / "search" / "schema.py"
    try:
        facts = place.stat()
    except OSError:
        return __version__
    return f"{__version__}-{facts.st_size}-{facts.st_mtime_ns}"


def _remove(folder: Path) -> None:
    try:
        if folder.is_dir() and not folder.is_symlink():
            shutil.rmtree(folder)
        else:
            folder.unlink(missing_ok=True)
    except OSError as error:
        raise SearchIndexError(f"{folder}: cannot be removed ({error.strerror})") from error
