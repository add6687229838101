"""Where words stand, and what follows from it: phrases, distances, sentences.

Places are half-open ranges of word numbers in one field of one document. A place knows the places
of the words it is made of (`leaves`), because those, not the words between, are lit up."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Sequence
from operator import itemgetter
from typing import NamedTuple

from reader.search.query import AnyOf, Near, Phrase, Positional, Within, Word


class Place(NamedTuple):
    """One place where a part of a query stands."""

    start: int
    end: int
    leaves: tuple[tuple[int, int], ...]


WordPlaces = Callable[[Word], Collection[int]]
"""The word numbers at which a word of the query stands."""

Boundaries = Callable[[str], Sequence[int]]
"""The word numbers at which sentences (or paragraphs) begin, ascending, the first being 0."""


def field_of(node: Positional) -> str:
    """The one field that a part which counts words is about."""
    match node:
        case Word() | Phrase():
            return node.field
        case Near() | Within():
            return field_of(node.left)
        case AnyOf(parts):
            return field_of(parts[0])


def places(node: Positional, where: WordPlaces, boundaries: Boundaries) -> list[Place]:
    """All places of a part of a query in one field of one document, in order."""
    match node:
        case Word():
            return [Place(at, at + 1, ((at, at + 1),)) for at in sorted(where(node))]
        case Phrase(words):
            return _phrase([where(word) for word in words])
        case AnyOf(parts):
            found = {place for part in parts for place in places(part, where, boundaries)}
            return sorted(found)
        case Near(left, right, distance, ordered):
            first = places(left, where, boundaries)
            second = places(right, where, boundaries) if first else []
            return _near(first, second, distance, ordered)
        case Within(left, right, unit):
            first = places(left, where, boundaries)
            second = places(right, where, boundaries) if first else []
            return _within(first, second, boundaries(unit)) if second else []


def _phrase(columns: Sequence[Collection[int]]) -> list[Place]:
    if not all(columns):
        return []
    starts = {at for at in columns[0] if at >= 0}
    for offset, column in enumerate(columns[1:], start=1):
        starts &= {at - offset for at in column}
        if not starts:
            return []
    length = len(columns)
    return [Place(at, at + length, ((at, at + length),)) for at in sorted(starts)]


def _joined(one: Place, other: Place) -> Place:
    return Place(
        min(one.start, other.start),
        max(one.end, other.end),
        tuple(sorted({*one.leaves, *other.leaves})),
    )


def _near(left: list[Place], right: list[Place], distance: int, ordered: bool) -> list[Place]:
    """Each left place with its nearest right place after it, and, unless ordered, before it."""
    found = set()
    by_end = sorted(right, key=itemgetter(1, 0))
    starts = [place.start for place in right]
    ends = [place.end for place in by_end]
    for place in left:
        after = bisect_left(starts, place.end)
        if after < len(right) and starts[after] - place.end < distance:
            found.add(_joined(place, right[after]))
        if ordered:
            continue
        before = bisect_right(ends, place.start) - 1
        if before >= 0 and place.start - ends[before] < distance:
            found.add(_joined(by_end[before], place))
    return sorted(found)


def _within(left: list[Place], right: list[Place], starts: Sequence[int]) -> list[Place]:
    """Each left place with every right place that begins in the same sentence or paragraph."""
    units: dict[int, list[Place]] = {}
    for place in right:
        units.setdefault(bisect_right(starts, place.start), []).append(place)
    found = set()
    for place in left:
        for other in units.get(bisect_right(starts, place.start), ()):
            if other.start >= place.end or place.start >= other.end:
                found.add(_joined(place, other))
    return sorted(found)
