"""Asking who said what in articles that were stored first, and indexing them; the newest first.

What feeds bring is readable before it is understood: reading out 20,000 articles takes minutes,
storing them seconds. Ended at any moment, the rest is made up for at the next occasion.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reader.archive.indexing import CHUNK
from reader.archive.ruling import judge_waiting
from reader.core.article import ArticleId
from reader.core.feeds import RefreshPhase
from reader.core.quotation import Extraction

if TYPE_CHECKING:
    from reader.archive.indexing import Indexing
    from reader.feeds.parsers import Parsers
    from reader.storage.store import Store

_AT_ONCE: Final = 10
"""Articles between two looks at what has come in: 0.2 s."""

_APART: Final = 200
"""From this many on, processes of their own are asked, and articles are made searchable before
they are understood, which takes twenty times as long."""

_A_BATCH: Final = 25


@dataclass(frozen=True, slots=True)
class Understanding:
    """Brings the articles of one archive from stored to understood and searchable."""

    store: Store
    indexing: Indexing
    show: Callable[[RefreshPhase, int, int], None]
    """Told what is done, how much of it, and how much there is."""

    def some(self) -> bool:
        """Ask the engine about a few articles that it has not read; False where none are left."""
        ids = self.store.feeds.tasks.unheard(_AT_ONCE)
        if not ids:
            return False
        self._keep(ids, self._extract(ids))
        return True

    def all(self, parsers: Parsers) -> None:
        """Ask the engine about all that it has not read, and index what is not in the index."""
        tasks = self.store.feeds.tasks
        total = tasks.unheard_count()
        if total >= _APART:
            parsers.stand_back()
            self.index()
            while ids := tasks.unheard(CHUNK):
                left = tasks.unheard_count()
                for done in self._apart(ids, parsers):
                    self.show("reading", total - left + done, total)
                self.index()
        while self.some():
            left = tasks.unheard_count()
            total = max(total, left)
            self.show("reading", total - left, total)
        self.index()

    def index(self) -> None:
        """Index what is not in the index yet; opens no index where there is nothing."""
        if self.indexing.pending_count() or self.store.ledger.removed():
            self.indexing.index_pending(
                lambda state: self.show("indexing", state.done, state.total or 0)
            )

    def _apart(self, ids: Sequence[int], parsers: Parsers) -> Iterator[int]:
        """Ask several processes at once; gives how many articles are done."""
        under_way: deque[tuple[Sequence[int], Future[list[Extraction]]]] = deque()
        pool = ThreadPoolExecutor(parsers.most, "understand")
        done = 0

        def first() -> int:
            batch, coming = under_way.popleft()
            self._keep(batch, coming.result())
            return len(batch)

        try:
            for start in range(0, len(ids), _A_BATCH):
                batch = ids[start : start + _A_BATCH]
                under_way.append((batch, pool.submit(self._asked, batch, parsers)))
                if len(under_way) > 2 * parsers.most:
                    done += first()
                    yield done
            while under_way:
                done += first()
                yield done
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _asked(self, ids: Sequence[int], parsers: Parsers) -> list[Extraction]:
        found = parsers.extract([self.store.body(id) for id in ids])
        return self._extract(ids) if found is None else found

    def _extract(self, ids: Sequence[int]) -> list[Extraction]:
        from reader.extraction.engine import default_engine

        engine = default_engine()
        return [engine.extract(self.store.body(id)) for id in ids]

    def _keep(self, ids: Sequence[int], found: Sequence[Extraction]) -> None:
        from reader.extraction.engine import VERSION

        pairs = zip(map(ArticleId, ids), found, strict=True)
        self.store.extract_again(pairs, VERSION)
        judge_waiting(self.store)
