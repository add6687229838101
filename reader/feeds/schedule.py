"""When a feed may be asked again. Pure: the moment and the chance are handed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from reader.core.feeds import FeedRow, FeedState

DAY: Final = 86_400
FIRST_WAIT: Final = 300
"""Seconds after the second failure in a row; one failure says nothing about the next visit."""

INTERVAL_SLACK: Final = 0.95
"""A feed wanted once an hour is due after 57 minutes, or an hourly timer would skip each second."""


def due_after_success(now: float, interval: int | None) -> int:
    """When a feed that has answered well is due again; `interval` in minutes."""
    return int(now + interval * 60 * INTERVAL_SLACK) if interval else 0


def due_after_failure(now: float, failures: int, chance: Callable[[], float]) -> int:
    """When a feed is due that has now failed `failures` times in a row.

    The wait doubles up to a day; `chance` (from 0 to 1) spreads it over its second half, so that
    the feeds of a network that was away for an hour do not all come back at one moment.
    """
    if failures < 2:
        return 0
    wait = min(FIRST_WAIT * 2 ** min(failures - 2, 20), DAY)
    return int(now + wait * (0.5 + 0.5 * chance()))


def waits_until(feed: FeedRow, now: float, *, named: bool) -> int | None:
    """Until when a feed is to be left alone, or None where it may be asked now.

    A feed that the reader names is asked whatever has happened, except where its publisher has
    asked for time. A moment that lies further ahead than any wait is no wait: the clock has jumped.
    """
    if now < feed.held <= now + DAY + 60:
        return feed.held
    if named:
        return None
    longest = max(DAY, (feed.settings.interval or 0) * 60)
    return feed.due if now < feed.due <= now + longest + 60 else None


def is_over(feed: FeedRow, *, named: bool) -> bool:
    """Whether a feed is not asked any more, since its publisher has ended it."""
    return feed.state is FeedState.ENDED and not named
