"""How long a server wants to be left alone."""

from __future__ import annotations

import email.utils
import time
from typing import Final

DAY: Final = 86_400


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
