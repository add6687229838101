"""Phrases and distances over many documents at once.

The place of a word is the number `document << 16 | position`, so that what follows each other in
one document follows each other as numbers, and a phrase in a thousand documents is a few searches
of one sorted array in another. Positions end at 65,000, well before the next document's begin."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import NamedTuple

from reader.search.arrays import EMPTY, Numbers, members_of, np, pieces, set_of
from reader.search.postings import Postings
from reader.search.query import AnyOf, Near, Phrase, Positional, Within, Word
from reader.search.segment import Places

Lists = Callable[[Word], list[Places]]
"""The postings of all forms of a word."""

_ALL = (1 << 32) - 1


Units = Callable[..., list[Numbers]]
"""Takes arrays of places, gives as many of the numbers of the units in which these stand."""


class Ranges(NamedTuple):
    """Places of parts of a query, ascending: their first keys and the keys after their last."""

    starts: Numbers
    ends: Numbers


class Stretch:
    """The documents of one segment that a question is about, and the places of words in them."""

    def __init__(
        self, mask: int, size: int, lists: Lists, boundaries: Callable[[str], list[Postings]]
    ) -> None:
        self.mask = mask
        self._size = size
        self._lists = lists
        self._boundaries = boundaries

    def documents_with(self, node: Positional) -> int:
        """Those of the documents in which a part of a query stands."""
        match node:
            case Phrase():
                starts = self._phrase(node)
            case Near(left, right, distance, ordered):
                first = self.ranges(left)
                second = self.ranges(right) if len(first.starts) else first
                starts = _anywhere_near(first, second, distance, ordered)
            case Within(left, right, unit):
                first = self.ranges(left)
                second = self.ranges(right) if len(first.starts) else first
                starts = _anywhere_within(
                    self._asked(first), self._asked(second), self._units(unit)
                )
            case _:
                starts = self.ranges(node).starts
        return set_of(starts >> 16, self._size) & self.mask if len(starts) else 0

    def _keys(self, word: Word, mask: int) -> Numbers:
        """The places of a word in some documents at least."""
        return self._joined(self._lists(word), mask)

    @staticmethod
    def _joined(lists: Iterable[Places], mask: int) -> Numbers:
        parts = [keys for postings in lists if len(keys := postings.keys_among(mask))]
        if len(parts) < 2:
            return parts[0] if parts else EMPTY
        # Ascending parts one behind the other: a stable sort joins them.
        return np.sort(np.concatenate(parts), kind="stable")

    def _asked(self, ranges: Ranges) -> Ranges:
        """Those ranges that are in the documents: of others no sentence is looked up."""
        flags = np.zeros(self._size, np.bool_)
        flags[members_of(self.mask)] = True
        there = flags[ranges.starts >> 16]
        return Ranges(ranges.starts[there], ranges.ends[there])

    def _units(self, unit: str) -> Units:
        """What numbers the sentences (or paragraphs) have in which places stand."""
        boundaries = self._boundaries(unit)

        def units(*several: Numbers) -> list[Numbers]:
            places = np.concatenate(several)
            order = np.argsort(places, kind="stable")
            places = places[order]
            # A document begins with a unit, and its number keeps it apart from the one before. Of
            # several kinds of beginning the sum will do: it grows at each of any.
            numbers = (places >> 16).astype(np.int64) << 32
            for postings in boundaries:
                numbers += postings.before(places)
            back = np.empty_like(numbers)
            back[order] = numbers
            return np.split(back, np.cumsum([len(some) for some in several])[:-1])

        return units

    def _phrase(self, phrase: Phrase) -> Numbers:
        # The rarest words first: of the others only what lies in the documents left is read.
        words = phrase.words
        order = sorted(
            range(len(words)),
            key=lambda n: sum(postings.found for postings in self._lists(words[n])),
        )
        here = self._keys(words[order[0]], self.mask)
        for one, other in pairwise(order):
            mask = self.mask & set_of(here >> 16, self._size)
            # Where the next word would stand; before the very first place it wraps around.
            here = here + np.uint32((other - one) & _ALL)
            here = _in_both(here, self._keys(words[other], mask))
            if not len(here):
                return EMPTY
        return here - np.uint32(order[-1])

    def ranges(self, node: Positional) -> Ranges:
        """All places of a part of a query; the same as `places.places`, for many documents."""
        match node:
            case Word():
                keys = self._keys(node, self.mask)
                return Ranges(keys, keys + 1)
            case Phrase(words):
                starts = self._phrase(node)
                return Ranges(starts, starts + len(words))
            case AnyOf(parts):
                several = [self.ranges(part) for part in parts]
                return _in_order(
                    np.concatenate([some.starts for some in several]),
                    np.concatenate([some.ends for some in several]),
                )
            case Near(left, right, distance, ordered):
                return _near(self.ranges(left), self.ranges(right), distance, ordered)
            case Within(left, right, unit):
                return _within(self.ranges(left), self.ranges(right), self._units(unit))


def _in_both(few: Numbers, many: Numbers) -> Numbers:
    """The places that are in both."""
    if not len(many):
        return EMPTY
    at = np.searchsorted(many, few)
    at[at == len(many)] = 0
    both: Numbers = few[many[at] == few]
    return both


def _in_order(starts: Numbers, ends: Numbers) -> Ranges:
    """Some ranges in order, each once."""
    packed = np.unique(starts.astype(np.uint64) << np.uint64(32) | ends)
    return Ranges((packed >> np.uint64(32)).astype(np.uint32), packed.astype(np.uint32))


def _next(left: Ranges, right: Ranges) -> tuple[Numbers, Numbers]:
    """The first right range that begins behind each left one, and which left ones have one."""
    at = np.searchsorted(right.starts, left.ends)
    there = at < len(right.starts)
    at[~there] = 0
    return at, there


def _last(left: Ranges, ends: Numbers) -> tuple[Numbers, Numbers]:
    """The last right range that ends before each left one, and which left ones have one."""
    at = np.searchsorted(ends, left.starts, "right") - 1
    there = at >= 0
    at[~there] = 0
    return at, there


def _anywhere_near(left: Ranges, right: Ranges, distance: int, ordered: bool) -> Numbers:
    """Where ranges begin that have one of the other side near; some of each document with any."""
    after, before = True, not ordered
    if len(right.starts) < len(left.starts):
        left, right = right, left
        after, before = before, after
    if not len(left.starts):
        return EMPTY
    found = np.zeros(len(left.starts), np.bool_)
    if after:
        at, there = _next(left, right)
        found |= there & (right.starts[at] - left.ends < distance)
    if before:
        ends = np.sort(right.ends, kind="stable")
        at, there = _last(left, ends)
        found |= there & (left.starts - ends[at] < distance)
    return left.starts[found]


def _anywhere_within(left: Ranges, right: Ranges, units: Units) -> Numbers:
    """Where ranges begin that have one of the other side beside them, in the unit they begin in."""
    if len(right.starts) < len(left.starts):
        left, right = right, left
    if not len(left.starts):
        return EMPTY
    here, there = units(left.starts, right.starts)
    at, is_one = _next(left, right)
    found = is_one & (there[at] == here)
    # Of those that end before this one begins, the unit of the one that begins last.
    order = np.argsort(right.ends, kind="stable")
    latest = np.maximum.accumulate(there[order])
    at, is_one = _last(left, right.ends[order])
    beside: Numbers = left.starts[found | is_one & (latest[at] == here)]
    return beside


def _near(left: Ranges, right: Ranges, distance: int, ordered: bool) -> Ranges:
    """Each left range with its nearest right one after it, and, unless ordered, before it."""
    if not len(left.starts) or not len(right.starts):
        return Ranges(EMPTY, EMPTY)
    at, there = _next(left, right)
    near = there & (right.starts[at] - left.ends < distance)
    starts = [left.starts[near]]
    ends = [np.maximum(left.ends, right.ends[at])[near]]
    if not ordered:
        order = np.lexsort((right.starts, right.ends))
        at, there = _last(left, right.ends[order])
        near = there & (left.starts - right.ends[order][at] < distance)
        starts.append(np.minimum(left.starts, right.starts[order][at])[near])
        ends.append(left.ends[near])
    return _in_order(np.concatenate(starts), np.concatenate(ends))


def _within(left: Ranges, right: Ranges, units: Units) -> Ranges:
    """Each left range with every right one that begins in the same sentence or paragraph."""
    here, there = units(left.starts, right.starts)
    first, last = np.searchsorted(there, here), np.searchsorted(there, here, "right")
    # The pairs: each left range as often as there are right ones, those one after the other.
    one, other = np.repeat(np.arange(len(here)), last - first), pieces(first, last)
    starts, ends = left.starts[one], left.ends[one]
    others, stops = right.starts[other], right.ends[other]
    apart = (others >= ends) | (starts >= stops)
    return _in_order(np.minimum(starts, others)[apart], np.maximum(ends, stops)[apart])
