"""Publication dates as text and as sorting keys."""

from __future__ import annotations

import datetime as dt
import time
from typing import Final

from reader.core.article import Published

_EPOCH: Final = dt.date(1970, 1, 1).toordinal()
_DAY: Final = 86_400


def iso(published: Published | None) -> str | None:
    """Return ISO 8601 ("2020-02-28" or "2020-02-28T10:00:00+00:00"), or None for None.

    A datetime without a zone is written as its day: an hour without a zone means nothing.
    """
    if published is None:
        return None
    if isinstance(published, dt.datetime):
        if published.tzinfo is None:
            return published.date().isoformat()
        return published.replace(microsecond=0).isoformat()
    return published.isoformat()


def parse_iso(text: str) -> Published | None:
    """Return the date or aware datetime that ISO 8601 `text` stands for, None if it is neither.

    The inverse of `iso`; also reads other forms of ISO 8601 such as "20200228T1000Z". A time
    without a zone gives the day alone.
    """
    text = text.strip()
    try:
        if len(text) <= 10 and "T" not in text:
            return dt.date.fromisoformat(text)
        moment = dt.datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        return None
    return moment.replace(microsecond=0) if moment.tzinfo else moment.date()


def sort_key(published: Published | None, *, now: float | None = None) -> int:
    """Return seconds since 1970 in UTC for ordering; 0 for None; the start of the day for a day.

    Kept within 1970 and one day after `now` (seconds since 1970, by default the clock's), so that
    a wrong date cannot stay on top of the list for ever.
    """
    if published is None:
        return 0
    if isinstance(published, dt.datetime):
        day = published.toordinal()
        within = published.hour * 3600 + published.minute * 60 + published.second
        offset = published.utcoffset()
        within -= int(offset.total_seconds()) if offset else 0
    else:
        day, within = published.toordinal(), 0
    return within_a_day((day - _EPOCH) * _DAY + within, time.time() if now is None else now)


def within_a_day(moment: int, now: float) -> int:
    """Return a moment kept within 1970 and one day after `now`: see `sort_key`."""
    return max(0, min(moment, int(now) + _DAY))
