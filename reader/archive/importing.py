"""The way of an article into the archive: read, asked who said what, stored, batch by batch.

An outcome is given out only after the transaction that holds its article has been written, so
whatever ends the program, nothing that was reported is lost.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reader.archive.extracting import asked, processes
from reader.archive.ruling import judge_waiting
from reader.core.article import Article
from reader.core.quotation import Extraction
from reader.core.records import ImportOutcome, ImportProgress

if TYPE_CHECKING:
    from reader.archive.indexing import Indexing, OnProgress
    from reader.extraction.engine import Engine
    from reader.ingest.intake import Intake
    from reader.storage.store import Store
    from reader.storage.writing import Stored

STDIN: Final = "-"
"""The name under which standard input is imported."""

BATCH: Final = 200
"""Articles a transaction: above this, waiting for the disk is below 1 % of the time."""

BATCH_SECONDS: Final = 0.5
"""A batch is written at the latest after this, so that slow inputs show up in the list."""

_FIRST_CHUNK: Final = 500
"""Articles of a long import after which the index is written for the first time: what came in is
searched while the rest is on its way. Each time after that it is four times as many, since many
small parts would make searching slower."""

_TOLD_EVERY: Final = 0.1
_LINES_A_READ: Final = 1 << 20


def bring_in(
    store: Store,
    indexing: Indexing,
    paths: Iterable[Path | str],
    outlet: str | None,
    on_progress: OnProgress | None,
) -> Generator[ImportOutcome, None, None]:
    """Import files and folders (`-`: standard input), and index what came: see
    `Library.import_paths`."""
    from reader.archive.indexing import CHUNK
    from reader.extraction.engine import VERSION, default_engine

    inputs = list(paths)
    importer = Importer(
        store,
        default_engine(),
        VERSION,
        total=expected(inputs) if on_progress else lambda done, started: None,
        on_progress=on_progress,
        # What comes in by a pipe is shown as it comes.
        jobs=1 if STDIN in inputs else processes(),
    )
    stored, due = 0, _FIRST_CHUNK
    for outcome in importer.run(read_all(inputs, outlet=outlet)):
        yield outcome
        stored += outcome.status in ("new", "changed")
        if stored >= due:
            stored, due = 0, min(CHUNK, 4 * due)
            indexing.index_pending(importer.indexing)
    indexing.index_pending(importer.indexing)


@dataclass(slots=True)
class _Waiting:
    """Something read that waits for its batch to be written."""

    intake: Intake
    extraction: Extraction | None


@dataclass(slots=True)
class Importer:
    """One import: feed it what `reader.ingest` reads, take the outcomes."""

    store: Store
    engine: Engine
    engine_version: int
    total: Callable[[int, int], int | None] = field(default=lambda done, started: None)
    """Given the articles done and the inputs begun: how many there will be, or None."""

    on_progress: Callable[[ImportProgress], None] | None = None
    jobs: int = 1
    """Processes that may be begun to ask who said what, if it is the default engine."""
    _waiting: list[_Waiting] = field(default_factory=list)
    _done: int = 0
    _failed: int = 0
    _new: int = 0
    _known: int = 0
    _inputs: int = 0
    _path: str | None = None
    _began: float = field(default_factory=time.perf_counter)
    _written: float = field(default_factory=time.perf_counter)
    _told: float = 0.0

    def run(self, intakes: Iterable[Intake]) -> Generator[ImportOutcome, None, None]:
        """Import everything; outcomes come batch by batch, in the order of what was read.

        When it is ended early (closed, interrupted), what has been read so far is still stored.
        """
        try:
            for intake, extraction in asked(intakes, self._unknown, self.engine, self.jobs):
                self._note(intake)
                self._waiting.append(_Waiting(intake, extraction))
                overdue = time.perf_counter() - self._written >= BATCH_SECONDS
                if len(self._waiting) >= BATCH or overdue:
                    yield from self._write()
                self._tell()
        except BaseException:
            self._write()
            raise
        yield from self._write()
        # Files that are passed over were counted too.
        self.total = lambda done, started: done
        self._tell(now=True)

    def indexing(self, progress: ImportProgress) -> None:
        """Pass on how far the indexing of what came is, with the counts of the import."""
        if self.on_progress is not None:
            counts = replace(progress, new=self._new, known=self._known, failed=self._failed)
            self.on_progress(counts)

    def _unknown(self, article: Article) -> bool:
        # What is known word for word need not be read again: that makes a second import of a
        # folder some twenty times as quick as the first.
        return not self.store.knows(article)

    def _write(self) -> list[ImportOutcome]:
        waiting, self._waiting = self._waiting, []
        items = [(w.intake, w.extraction) for w in waiting if isinstance(w.intake, Article)]
        stored = iter(self._put(items))
        judge_waiting(self.store)
        outcomes = []
        for one in waiting:
            if isinstance(one.intake, Article):
                outcomes.append(self._outcome(one, next(stored)))
            else:
                outcomes.append(_without_article(one.intake))
        for outcome in outcomes:
            self._count(outcome)
        self._written = time.perf_counter()
        return outcomes

    def _put(self, items: list[tuple[Article, Extraction | None]]) -> list[Stored]:
        if not items:
            return []
        results = self.store.put_many(items, self.engine_version)
        missing = [n for n, result in enumerate(results) if result is None]
        if missing:
            # Somebody took the article away, or changed it, after `knows` had looked.
            again = [(items[n][0], self.engine.extract(items[n][0].body)) for n in missing]
            late = self.store.put_many(again, self.engine_version)
            for n, result in zip(missing, late, strict=True):
                results[n] = result
        return [result for result in results if result is not None]

    def _outcome(self, one: _Waiting, stored: Stored) -> ImportOutcome:
        if stored.status == "known" or one.extraction is None:
            quotations = self.store.quoted.quotation_counts((stored.id,)).get(stored.id, 0)
            names = self.store.quoted.names_in(stored.id)
        else:
            quotations = len(one.extraction.quotations)
            names = tuple(speaker.name for speaker in one.extraction.speakers)
        return ImportOutcome(one.intake, stored.id, stored.status, quotations, names)

    def _count(self, outcome: ImportOutcome) -> None:
        self._done += 1
        self._failed += outcome.status == "failed"
        self._new += outcome.status == "new"
        self._known += outcome.status == "known"

    def _note(self, intake: Intake) -> None:
        path = getattr(intake, "path", None)
        if path is not None and path != self._path:
            self._path = path
            self._inputs += 1

    def _tell(self, *, now: bool = False) -> None:
        moment = time.perf_counter()
        if self.on_progress is None or (not now and moment - self._told < _TOLD_EVERY):
            return
        self._told = moment
        done = self._done + len(self._waiting)
        self.on_progress(
            ImportProgress(
                done=done,
                total=self.total(done, self._inputs),
                failed=self._failed,
                new=self._new,
                known=self._known,
                path=self._path,
                per_second=done / max(moment - self._began, 1e-6),
            )
        )


def _without_article(intake: Intake) -> ImportOutcome:
    from reader.ingest.intake import IntakeFailure

    failed = isinstance(intake, IntakeFailure)
    return ImportOutcome(intake, None, "failed" if failed else "subscription")


def read_all(paths: Iterable[Path | str], *, outlet: str | None = None) -> Iterator[Intake]:
    """What the files and folders hold, one after the other; `-` is standard input."""
    from reader.ingest import read_path, read_stream

    for path in paths:
        if str(path) == STDIN:
            yield from read_stream(sys.stdin.buffer, name=STDIN, outlet=outlet)
        else:
            yield from read_path(Path(path), outlet=outlet)


def expected(paths: Iterable[Path | str]) -> Callable[[int, int], int | None]:
    """A function of (articles done, inputs begun) that says how many articles there will be.

    Files are counted (0.1 s for 20,000), and the lines of JSON Lines; a file that turns out to
    hold more than one article raises the number as it is read. None for standard input.
    """
    files = lines = 0
    for path in paths:
        if str(path) == STDIN:
            return lambda done, started: None
        for file in _files(Path(path)):
            files += 1
            if file.suffix.lower() in (".jsonl", ".ndjson"):
                # The file itself is counted among the files.
                lines += max(_lines(file) - 1, 0)
    if files == 1 and lines == 0:
        return lambda done, started: None
    return lambda done, started: max(files + lines, done + max(files - started, 0))


def _files(path: Path) -> Iterator[Path]:
    import os

    if not path.is_dir():
        yield path
        return
    for folder, _, names in os.walk(path):
        for name in names:
            yield Path(folder, name)


def _lines(path: Path) -> int:
    try:
        if not path.is_file():
            return 0
        with path.open("rb") as file:
            return sum(block.count(b"\n") for block in iter(lambda: file.read(_LINES_A_READ), b""))
    except OSError:
        return 0
