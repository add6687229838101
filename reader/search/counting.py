"""How many hits there are in all: counted to the end, or estimated from a few segments.

Nobody who types waits for a count: the first screen needs one segment or two, a count all of them.
So a count looks at a few segments spread over the years and says "about 19,000"; who has to know
asks again and gets the number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reader.search import bits
from reader.search.evaluate import Found

LOOKED_AT = 4
"""So many segments beyond those of the first screen are counted at once."""

COUNTING_SECONDS = 0.002
"""So long may that take, one segment at least, and deciding on phrases in them."""

_STRETCH = 512
"""So many doubtful documents are decided on at once for an estimate, ..."""

_ALL_STRETCH = 4096
"""... and so many for the exact number, a few milliseconds."""

_ALWAYS = 500
"""So many doubtful documents are decided on however long it takes."""


@dataclass(slots=True)
class _Counted:
    """What is known of the segments looked at so far."""

    documents: int = 0
    """Living documents in them."""

    sure: int = 0
    """Documents that match, those decided on included."""

    decided: int = 0
    matched: int = 0
    """Doubtful documents that were decided on, and those of them that match."""

    waiting: int = 0
    """Doubtful documents not decided on."""

    def estimate(self, others: int) -> int:
        """How many match when `others` documents were not looked at."""
        share = self.matched / self.decided if self.decided else 0.5
        here = self.sure + self.waiting * share
        return round(here + here * others / max(1, self.documents))


def count_all(finders: Sequence[Callable[[], Found]], go_on: Callable[[], None]) -> int:
    """The exact number over all segments; `go_on` is called in between, and may raise."""
    total = 0
    for find in finders:
        go_on()
        found = find()
        total += found.must.bit_count()
        left = found.may & ~found.must
        while left:
            go_on()
            stretch = bits.highest(left, _ALL_STRETCH)
            left &= ~stretch
            total += found.among(stretch).bit_count()
    return total


def count_some(
    finders: Sequence[tuple[int, bool, Callable[[], Found]]],
    least: int,
    clock: Callable[[], float],
) -> tuple[int, bool]:
    """About how many there are, and whether that is exact.

    For each segment: its living documents, whether it was searched already, and what finds the
    hits in it. At `least` so many are known to match.
    """
    done = [find for _, searched, find in finders if searched]
    left = [find for _, searched, find in finders if not searched]
    # Spread over the years: words come and go.
    step = max(1, -(-len(left) // LOOKED_AT))
    chosen = {id(find) for find in (*done, *left[::step])}
    counted, others = _Counted(), 0
    until = clock() + COUNTING_SECONDS
    for documents, searched, find in finders:
        if id(find) not in chosen or not (searched or counted.documents == 0 or clock() < until):
            others += documents
            continue
        found = find()
        counted.documents += documents
        counted.sure += found.must.bit_count()
        doubtful = found.may & ~found.must
        while doubtful and (counted.decided < _ALWAYS or clock() < until):
            stretch = bits.highest(doubtful, _STRETCH)
            doubtful &= ~stretch
            matched = found.among(stretch).bit_count()
            counted.decided += stretch.bit_count()
            counted.matched += matched
            counted.sure += matched
        counted.waiting += doubtful.bit_count()
    if not others and not counted.waiting:
        return counted.sure, True
    return max(_rounded(counted.estimate(others)), least), False


def _rounded(number: int) -> int:
    """An estimate with no more figures than it deserves: two."""
    return int(float(f"{number:.2g}"))
