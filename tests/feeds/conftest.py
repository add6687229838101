"""An archive with subscriptions, and processes that read feeds, begun once for all tests."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from reader.core.feeds import FeedRow, RefreshOutcome, RefreshProgress, RefreshStatus
from reader.feeds.parsers import Parsers
from reader.feeds.refreshing import Refresher
from reader.ingest.net.results import FetchLimits
from reader.library import Library

LIMITS = FetchLimits(seconds=10)


@pytest.fixture(scope="session")
def parsers() -> Iterator[Parsers]:
    """Two processes."""
    with Parsers(2) as running:
        yield running


@dataclass
class Newsroom:
    """An archive, and how it goes out for news; the clock and the chance are the test's."""

    library: Library
    parsers: Parsers
    limits: FetchLimits = LIMITS
    now: float = 1_790_000_000.0
    told: list[RefreshProgress] = field(default_factory=list)

    def subscribe(self, url: str, **more: object) -> FeedRow:
        """A new subscription."""
        return self.library.subscriptions.subscribe(url, **more)[0]  # type: ignore[arg-type]

    def refreshing(
        self, feeds: Sequence[FeedRow] | None = None
    ) -> Generator[RefreshOutcome, None, None]:
        """A refresh that is to be taken one by one."""
        refresher = Refresher(
            self.library._store,
            self.library._indexing,
            on_progress=self.told.append,
            parsers=lambda: nullcontext(self.parsers),
            limits=self.limits,
            clock=lambda: self.now,
            chance=lambda: 1.0,
        )
        wanted = self.library.subscriptions.all() if feeds is None else feeds
        return refresher.run(wanted, named=feeds is not None)

    def refresh(self, *feeds: FeedRow) -> dict[int, RefreshOutcome]:
        """A whole refresh of these feeds, or of all: the outcomes by the feed's number."""
        again = [self.library.subscriptions.one(feed.id) for feed in feeds]
        return {o.feed.id: o for o in self.refreshing(again if feeds else None)}

    def status(self, *feeds: FeedRow) -> RefreshStatus:
        """What comes of the one feed."""
        [outcome] = self.refresh(*feeds).values()
        return outcome.status

    def titles(self) -> list[str]:
        """The titles of all articles, sorted."""
        return sorted(row.title for row in self.library.rows(self.library.article_ids()))


@pytest.fixture
def newsroom(tmp_path: Path, parsers: Parsers) -> Iterator[Newsroom]:
    """An empty archive."""
    library = Library.open(tmp_path / "archive")
    yield Newsroom(library, parsers)
    library.close()
