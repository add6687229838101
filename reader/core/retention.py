"""How long articles stay: the reader's own rule, for all of them or for those of one feed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_RULE: Final = re.compile(r"(read )?older than (\d{1,5}) ?(d|w|m|y)[a-z]*")
_DAYS: Final = {"d": 1, "w": 7, "m": 30, "y": 365}
_UNITS: Final = {"d": "days", "w": "weeks", "m": "months", "y": "years"}

EXAMPLES: Final = '"older than 90d", "read older than 6m" or "never"'


@dataclass(frozen=True, slots=True)
class Retention:
    """When an article may go: that long after it appeared and came in, and not before."""

    days: int | None
    """None: never."""

    read_only: bool = False
    """Whether only articles that have been read go."""

    def __str__(self) -> str:
        """As it is written: `read older than 90d`."""
        if self.days is None:
            return "never"
        return f"{'read ' if self.read_only else ''}older than {self.days}d"


@dataclass(frozen=True, slots=True)
class RetentionRow:
    """A rule, and whose articles it is for."""

    rule: Retention
    feed: int | None
    """The subscription; None for all articles whose feeds have no rule of their own."""

    title: str
    """What the feed is called."""


def retention_in(text: str) -> Retention | None:
    """The rule that somebody wrote: `older than 90d`, `read older than 6 months`, `never`; None
    for what is none. A month has 30 days, a year 365."""
    plain = " ".join(text.casefold().split())
    if plain == "never":
        return Retention(None)
    found = _RULE.fullmatch(plain)
    if found is None or not int(found[2]):
        return None
    unit = plain[found.start(3) :]
    if len(unit) > 1 and not _UNITS[found[3]].startswith(unit):
        return None
    return Retention(int(found[2]) * _DAYS[found[3]], bool(found[1]))
