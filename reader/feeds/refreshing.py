"""Refreshing feeds: fetched side by side, parsed apart, stored feed by feed as they come in.

Threads fetch (eight, one a host), processes parse, and the thread that iterates stores; so
nothing waits for a slow publisher but that publisher's own feed. A feed's validators are written
after its articles: whatever ends the program, the next visit brings what is missing.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

from reader.archive.ruling import judge_waiting
from reader.core.article import ArticleId
from reader.core.feeds import (
    FeedRow,
    RefreshOutcome,
    RefreshPhase,
    RefreshProgress,
    RefreshStatus,
)
from reader.errors import ArchiveError, ReaderError
from reader.feeds.completing import complete, want_pages
from reader.feeds.fetching import Fetched, Visit, Visits
from reader.feeds.parsers import Parsers
from reader.feeds.schedule import DAY, due_after_failure, due_after_success, is_over, waits_until
from reader.feeds.understanding import Understanding
from reader.storage.lock import try_lock
from reader.storage.tasks import UNHEARD

if TYPE_CHECKING:
    from reader.archive.indexing import Indexing
    from reader.feeds.parsing import FeedRead
    from reader.ingest.net.results import FetchLimits
    from reader.storage.preparing import PreparedArticle
    from reader.storage.store import Store

OnProgress = Callable[[RefreshProgress], None]

_BATCH: Final = 400
"""Articles a transaction."""

_TOGETHER: Final = 600
"""After so many articles the transaction of several feeds ends: the disk is waited for less often,
and nobody who wants to set a mark waits for more than a tenth of a second."""

_SOON: Final = 0.15
"""Seconds in which small feeds are gathered for one transaction: 1,000 of them took 17 seconds with
one each, waiting for the disk, and 8 so."""

_AT_MOST: Final = 1000
_FEEDS_TOGETHER: Final = 64

_PATIENCE: Final = 60.0
"""Seconds that a feed asked for by name waits for another refresh to end."""

_LOOK_AGAIN: Final = 0.1
_HOUR: Final = 3600.0

_QUIET: Final = 1.0
"""Seconds without anything coming in, after which the engine gets its turn."""


@dataclass(slots=True)
class _Came:
    """What became of the articles that one feed has brought."""

    new: list[ArticleId] = field(default_factory=list)
    changed: list[ArticleId] = field(default_factory=list)
    known: int = 0


@dataclass(slots=True)
class Refresher:
    """One refresh of some feeds; see `run`."""

    store: Store
    indexing: Indexing
    parsers: Callable[[], AbstractContextManager[Parsers]] = Parsers
    """Makes the processes that read what comes."""

    limits: FetchLimits | None = None

    on_progress: OnProgress | None = None
    clock: Callable[[], float] = time.time
    chance: Callable[[], float] = random.random
    _done: int = 0
    _total: int = 0
    _new: int = 0
    _known: int = 0
    _failed: int = 0
    _came: dict[int, _Came] = field(default_factory=dict)
    """What was stored of the feeds that are not done with: their first articles come ahead."""

    _without_page: Counter[str] = field(default_factory=Counter)

    def run(
        self, feeds: Iterable[FeedRow], *, named: bool
    ) -> Generator[RefreshOutcome, None, None]:
        """Refresh `feeds`; an outcome for each as soon as it is stored, in no fixed order.

        `named`: the reader has named these, so that earlier failures are no reason to wait. When
        all have come, what is new is asked who said what, and indexed; ended earlier, that is
        left to the next refresh. Raises ArchiveError where nothing can be stored, and ReaderError
        where another program is refreshing.
        """
        wanted = list(feeds)
        self._total = len(wanted)
        with self.parsers() as parsers:
            with self._alone(_PATIENCE if named else 0):
                due: list[FeedRow] = []
                for feed in wanted:
                    outcome = self._left_alone(feed, named=named)
                    if outcome is None:
                        due.append(feed)
                    else:
                        yield self._told(outcome)
                if due:
                    with _quick_turns(), Visits(parsers, self.limits) as visits:
                        yield from self._visited(visits, due)
                show = partial(self._show, "completing")
                complete(self.store, parsers, self._without_page, show)
                self.store.desk.retention.let_go(self.store.desk.retention.expired(self.clock()))
            # From here on another refresh may go out; it waits for this only to understand more.
            with self._turn("understand.lock", _HOUR):
                self._understanding().all(parsers)

    @contextmanager
    def _alone(self, patience: float) -> Iterator[None]:
        if not self.store.is_writable:
            raise ArchiveError(f"{self.store.path}: the archive can be read but not written")
        with self._turn("fetch.lock", patience) as mine:
            if not mine:
                raise ReaderError("another onrecord is refreshing the feeds just now")
            yield

    @contextmanager
    def _turn(self, name: str, patience: float) -> Iterator[bool]:
        """Hold a lock for the block; False where others have held it for that many seconds."""
        until = time.monotonic() + patience
        while True:
            with try_lock(self.store.path.with_name(name)) as mine:
                if mine or time.monotonic() >= until:
                    yield mine
                    return
            time.sleep(_LOOK_AGAIN)

    def _left_alone(self, feed: FeedRow, *, named: bool) -> RefreshOutcome | None:
        if is_over(feed, named=named):
            return RefreshOutcome(feed, RefreshStatus.ENDED, message=feed.reason)
        if feed.settings.paused and not named:
            return RefreshOutcome(feed, RefreshStatus.WAITING, message="paused")
        until = waits_until(feed, self.clock(), named=named)
        if until is None:
            return None
        return RefreshOutcome(feed, RefreshStatus.WAITING, message=feed.reason)

    def _understanding(self) -> Understanding:
        return Understanding(self.store, self.indexing, self._show)

    def _visited(self, visits: Visits, due: list[FeedRow]) -> Generator[RefreshOutcome, None, None]:
        before = {feed.id: self.store.feeds.validators(feed.id) for feed in due}
        visits.begin(Visit(feed, before[feed.id], self._since(feed)) for feed in due)
        left = {feed.id for feed in due}
        understanding = self._understanding()
        first = True
        while left:
            # While nothing has come, what came before is read; else slow publishers would hold
            # up the others' quotations.
            fetched = visits.next(wait=_QUIET)
            while fetched is None:
                if not visits.is_reading() and not understanding.some():
                    fetched = visits.next(wait=None)
                    break
                fetched = visits.next(wait=_QUIET)
            if fetched is None:
                return
            # What comes soon after is written with it, but for the very first articles.
            came = [fetched]
            if fetched.is_all:
                left.discard(fetched.visit.feed.id)
            size = fetched.size
            until = time.monotonic() + _SOON
            while (
                left and not (first and size) and size < _TOGETHER and len(came) < _FEEDS_TOGETHER
            ):
                fetched = visits.next(wait=max(0, until - time.monotonic()))
                if fetched is None:
                    break
                came.append(fetched)
                if fetched.is_all:
                    left.discard(fetched.visit.feed.id)
                size += fetched.size
            first = first and not size
            visits.in_haste = first
            for outcome in self._all_stored(came, size):
                yield self._told(outcome)
            if not all(one.is_all for one in came):
                self._show("fetching", self._done, self._total)

    def _all_stored(self, came: list[Fetched], size: int) -> list[RefreshOutcome]:
        """Store what several feeds have brought: in one transaction, if that is not too long."""
        at_once = self.store.together(durable=size > 0) if size <= _AT_MOST else nullcontext()
        with at_once:
            return [one for fetched in came if (one := self._stored(fetched)) is not None]

    def _since(self, feed: FeedRow) -> int | None:
        days = feed.settings.keep_days
        return None if days is None else int(self.clock()) - days * DAY

    def _stored(self, fetched: Fetched) -> RefreshOutcome | None:
        """Store what one feed has brought; None where the subscription has ended meanwhile."""
        feed = fetched.visit.feed
        if not self.store.feeds.has(feed.id):
            return None
        named = fetched.visit.address
        if named is not None and fetched.read is not None:
            # The address subscribed to was a page; from now on it is that of the feed it names.
            if self.store.feeds.found(feed.id, named):
                feed = self.store.feeds.one(feed.id)
            elif not fetched.is_all:
                return None
            else:
                problem = f"is a page whose feed {named} is subscribed to already"
                return self._wrong(feed, Fetched(fetched.visit, problem=problem))
        if not fetched.is_all:
            self._put(feed, fetched.read)
            return None
        if fetched.gone:
            self.store.feeds.went_wrong(feed.id, fetched.problem or "", due=0, ended=True)
            return RefreshOutcome(
                self.store.feeds.one(feed.id), RefreshStatus.ENDED, message=fetched.problem
            )
        if fetched.read is None and not fetched.unchanged:
            return self._wrong(feed, fetched)
        return self._well(feed, fetched)

    def _wrong(self, feed: FeedRow, fetched: Fetched) -> RefreshOutcome:
        now = self.clock()
        due = due_after_failure(now, feed.failures + 1, self.chance)
        held = int(now + min(fetched.retry_after, DAY)) if fetched.retry_after else 0
        reason = fetched.problem or "it cannot be fetched"
        self.store.feeds.went_wrong(feed.id, reason, due=max(due, held), held=held)
        came = self._came.pop(feed.id, _Came())
        return RefreshOutcome(
            self.store.feeds.one(feed.id),
            RefreshStatus.FAILED,
            tuple(came.new),
            tuple(came.changed),
            came.known,
            fetched.problem,
        )

    def _well(self, feed: FeedRow, fetched: Fetched) -> RefreshOutcome:
        self._put(feed, fetched.read)
        self._expire(feed)
        came = self._came.pop(feed.id, _Came())
        status = RefreshStatus.NEW if came.new or came.changed else RefreshStatus.UNCHANGED
        moved = None
        if fetched.read is None or fetched.read.whole:
            moved = self.store.feeds.went_well(
                feed.id,
                validators=fetched.validators,
                title=fetched.read.title if fetched.read is not None else None,
                due=due_after_success(self.clock(), feed.settings.interval),
                moved=fetched.moved,
            )
        else:
            # What came whole is kept, but it is not the feed: asked again at the next occasion.
            status = RefreshStatus.FAILED
            self.store.feeds.went_wrong(feed.id, fetched.problem or "is cut short", due=0)
        return RefreshOutcome(
            self.store.feeds.one(feed.id),
            status,
            tuple(came.new),
            tuple(came.changed),
            came.known,
            fetched.problem,
            feed.url if moved else None,
        )

    def _put(self, feed: FeedRow, read: FeedRead | None) -> None:
        """Store the articles that a feed has brought, and note what became of them."""
        came = self._came.setdefault(feed.id, _Came())
        articles, teasers = self._not_gone(read)
        for start in range(0, len(articles), _BATCH):
            batch = articles[start : start + _BATCH]
            stored = self.store.put_prepared(batch, UNHEARD)
            ids = {one.id: one.status for one in stored}
            self.store.feeds.deliver(feed.id, ids)
            judge_waiting(self.store)
            if feed.settings.full_text:
                want_pages(self.store, teasers, start, stored)
            came.new += [id for id, status in ids.items() if status == "new"]
            came.changed += [id for id, status in ids.items() if status == "changed"]
            came.known += sum(status == "known" for status in ids.values())

    def _expire(self, feed: FeedRow) -> None:
        since = self._since(feed)
        if since is not None:
            self.store.remove(self.store.feeds.expired(feed.id, since))

    def _not_gone(self, read: FeedRead | None) -> tuple[Sequence[PreparedArticle], Collection[int]]:
        """What a feed has brought and was not let go before, and which of it is only begun."""
        if read is None:
            return (), ()
        gone = self.store.desk.retention.gone(read.articles)
        if not gone:
            return read.articles, read.teasers
        kept = [number for number in range(len(read.articles)) if number not in gone]
        teasers = {at for at, number in enumerate(kept) if number in read.teasers}
        return [read.articles[number] for number in kept], teasers

    # Telling

    def _show(self, phase: RefreshPhase, done: int, total: int) -> None:
        if self.on_progress is not None:
            ahead = sum(len(came.new) for came in self._came.values())
            counts = (self._new + ahead, self._known, self._failed)
            pages = tuple(self._without_page.items())
            self.on_progress(RefreshProgress(done, total, *counts, phase=phase, without_page=pages))

    def _told(self, outcome: RefreshOutcome) -> RefreshOutcome:
        self._done += 1
        self._new += len(outcome.new)
        self._known += outcome.known
        self._failed += outcome.status is RefreshStatus.FAILED
        if self.on_progress is not None:
            self.on_progress(
                RefreshProgress(
                    *(self._done, self._total, self._new, self._known, self._failed),
                    outcome.feed.title,
                )
            )
        return outcome


@contextmanager
def _quick_turns() -> Iterator[None]:
    """Threads take turns fifty times as often as usual.

    Storing gives way seven times an article, and would else wait for the thread that fetches each
    time: 20,000 articles took 11.7 seconds, and 7.5 so.
    """
    usual = sys.getswitchinterval()
    sys.setswitchinterval(usual / 50)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
