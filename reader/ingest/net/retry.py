"""When to ask again."""

from __future__ import annotations

import email.utils
import random
import time
from typing import Final

DAY: Final = 86_400
SHORTEST: Final = 60
"""Seconds between two fetches of a feed at the least."""

MOVES: Final = 3
"""How often in a row a permanent redirect must be seen before the new address is remembered."""


def retry_after(header: str | None, now: float | None = None) -> int | None:
    """Return the seconds in a Retry-After header (a number or a date), 0 to a day, or None."""
    if header is None:
        return None
    text = header.strip()[:100]
    if text.isascii() and text.isdigit():
        return min(int(text[:12]), DAY)
    try:
        moment = email.utils.parsedate_to_datetime(text).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None
    return int(max(0, min(moment - (time.time() if now is None else now), DAY)))


def next_fetch(
    now: float,
    interval: float,
    failures: int = 0,
    wait: int | None = None,
    *,
    chance: random.Random | None = None,
) -> float:
    """Return when to ask again, in seconds since 1970.

    After `failures` in a row the interval doubles each time, up to a day; `wait` is what the server
    asked for, and is kept. A jitter of a tenth keeps many feeds from being asked at once.
    """
    delay = max(SHORTEST, interval) * 2.0 ** min(failures, 10)
    delay = min(delay, max(DAY, interval))
    jitter = 1.0 + (chance or random.Random()).uniform(-0.1, 0.1)
    return now + max(delay * jitter, float(min(wait or 0, DAY)), SHORTEST)
