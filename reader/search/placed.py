"""Phrases and distances over many documents at once.

The place of a word is the number `document << 16 | position`, so that what follows each other in
one document follows each other as numbers, and a phrase in a thousand documents is a few joins of
sets. Positions end at 65,000, well before the next document's begin."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from heapq import merge
from itertools import chain

from reader.search import bits
from reader.search.postings import Postings
from reader.search.query import AnyOf, Near, Phrase, Positional, Within, Word
from reader.search.segmentfile import LAST_POSITION

Keys = Sequence[int]
"""Places, ascending."""

Ranges = list[tuple[int, int]]
"""Places of parts of a query: first key and the key after the last, ascending."""

Lists = Callable[[Word], list[Postings]]
"""The postings of all forms of a word."""


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
        starts: Iterable[int]
        match node:
            case Phrase():
                starts = self._phrase(node)
            case Near(Word() as left, Word() as right, distance, ordered):
                starts = _words_near(self.keys(left), self.keys(right), distance, ordered)
            case Within(Word() as left, Word() as right, unit):
                begins = self._joined(self._boundaries(unit))
                starts = _words_within(self.keys(left), self.keys(right), begins)
            case Near(left, right, distance, ordered):
                starts = _anywhere_near(self.ranges(left), self.ranges(right), distance, ordered)
            case Within(left, right, unit):
                begins = self._joined(self._boundaries(unit))
                starts = _anywhere_within(self.ranges(left), self.ranges(right), begins)
            case _:
                starts = (start for start, _ in self.ranges(node))
        found = {start >> 16 for start in starts}
        return bits.from_numbers(found, self._size) & self.mask

    def keys(self, word: Word) -> Keys:
        """All places of a word."""
        return self._joined(self._lists(word))

    def _joined(self, lists: Iterable[Postings]) -> Keys:
        parts = self._parts(lists, self.mask)
        if len(parts) < 2:
            return parts[0] if parts else ()
        return sorted(chain.from_iterable(parts))

    @staticmethod
    def _parts(lists: Iterable[Postings], mask: int) -> list[Keys]:
        parts = (postings.keys_among(mask) for postings in lists)
        return [part for part in parts if len(part)]

    def _phrase(self, phrase: Phrase) -> list[int]:
        # The rarest words first: what they leave is joined with the others at 30 ns a place.
        order = sorted(
            range(len(phrase.words)),
            key=lambda n: sum(postings.found for postings in self._lists(phrase.words[n])),
        )
        mask = self.mask
        here: set[int] = set()
        following = [*order[1:], order[-1]]
        for turn, offset in enumerate(order):
            parts = self._parts(self._lists(phrase.words[offset]), mask)
            found = (_both(here, part) for part in parts) if turn else parts
            # Where the next word would stand; of the last one, where itself stands.
            further = following[turn] - offset
            here = set(map(further.__add__, chain.from_iterable(found)))
            if not here:
                return []
            if len(here) * 2 < mask.bit_count():
                mask = bits.from_numbers({start >> 16 for start in here}, self._size)
        return sorted(start - order[-1] for start in here)

    def ranges(self, node: Positional) -> Ranges:
        """All places of a part of a query; the same as `places.places`, for many documents."""
        match node:
            case Word():
                return [(key, key + 1) for key in self.keys(node)]
            case Phrase(words):
                return [(start, start + len(words)) for start in self._phrase(node)]
            case AnyOf(parts):
                joined = merge(*(self.ranges(part) for part in parts))
                return list(dict.fromkeys(joined))
            case Near(left, right, distance, ordered):
                first = self.ranges(left)
                return _near(first, self.ranges(right) if first else [], distance, ordered)
            case Within(left, right, unit):
                first = self.ranges(left)
                second = self.ranges(right) if first else []
                return _within(first, second, self._joined(self._boundaries(unit)))


def _both(few: set[int], keys: Keys) -> Collection[int]:
    """The places that are in both."""
    if len(few) * 10 > len(keys):
        return few.intersection(keys)
    size = len(keys)
    found = []
    for place in few:
        at = bisect_left(keys, place)
        if at < size and keys[at] == place:
            found.append(place)
    return found


def _near(left: Ranges, right: Ranges, distance: int, ordered: bool) -> Ranges:
    """Each left place with its nearest right place after it, and, unless ordered, before it."""
    found = set()
    by_end = sorted((end, start) for start, end in right)
    starts = [start for start, _ in right]
    ends = [end for end, _ in by_end]
    size = len(right)
    for start, end in left:
        after = bisect_left(starts, end)
        if after < size and starts[after] - end < distance:
            found.add((start, max(end, right[after][1])))
        if ordered:
            continue
        before = bisect_right(ends, start) - 1
        if before >= 0 and start - ends[before] < distance:
            found.add((min(start, by_end[before][1]), end))
    return sorted(found)


def _words_near(left: Keys, right: Keys, distance: int, ordered: bool) -> Iterator[int]:
    """`_anywhere_near` for two words: half the work."""
    after, before = True, not ordered
    if len(right) < len(left):
        left, right = right, left
        after, before = before, after
    size = len(right)
    for key in left:
        at = bisect_left(right, key)
        following = at + 1 if at < size and right[at] == key else at
        if (after and following < size and right[following] - key <= distance) or (
            before and at and key - right[at - 1] <= distance
        ):
            yield key


def _words_within(left: Keys, right: Keys, begins: Keys) -> Iterator[int]:
    """`_anywhere_within` for two words: only the nearest on either side can be in the same unit."""
    if len(right) < len(left):
        left, right = right, left
    size, last = len(right), len(begins)
    for key in left:
        at = bisect_left(right, key)
        following = at + 1 if at < size and right[at] == key else at
        unit = bisect_right(begins, key)
        if following < size:
            other = right[following]
            if other >> 16 == key >> 16 and (unit == last or other < begins[unit]):
                yield key
                continue
        if at:
            other = right[at - 1]
            if other >> 16 == key >> 16 and (not unit or other >= begins[unit - 1]):
                yield key


def _anywhere_near(left: Ranges, right: Ranges, distance: int, ordered: bool) -> Iterator[int]:
    """A place in each document where `_near` finds something; looks from the rarer part."""
    after, before = True, not ordered
    if len(right) < len(left):
        left, right = right, left
        after, before = before, after
    starts = [start for start, _ in right]
    ends = sorted(end for _, end in right)
    size = len(right)
    for start, end in left:
        at = bisect_left(starts, end) if after else size
        if at < size and starts[at] - end < distance:
            yield start
        elif before:
            at = bisect_right(ends, start) - 1
            if at >= 0 and start - ends[at] < distance:
                yield start


def _anywhere_within(left: Ranges, right: Ranges, begins: Keys) -> Iterator[int]:
    """A place in each document where `_within` finds something; looks from the rarer part."""
    if len(right) < len(left):
        left, right = right, left
    starts = [start for start, _ in right]
    size = len(begins)
    for start, end in left:
        unit = bisect_right(begins, start)
        first = max(begins[unit - 1] if unit else 0, start >> 16 << 16)
        last = min(begins[unit] if unit < size else start + LAST_POSITION, (start >> 16) + 1 << 16)
        for other, stop in right[bisect_left(starts, first) : bisect_left(starts, last)]:
            if other >= end or start >= stop:
                yield start
                break


def _within(left: Ranges, right: Ranges, begins: Keys) -> Ranges:
    """Each left place with every right place that begins in the same sentence or paragraph."""
    units: dict[tuple[int, int], Ranges] = {}
    for start, end in right:
        units.setdefault((start >> 16, bisect_right(begins, start)), []).append((start, end))
    found = set()
    for start, end in left:
        for other, stop in units.get((start >> 16, bisect_right(begins, start)), ()):
            if other >= end or start >= stop:
                found.add((min(start, other), max(end, stop)))
    return sorted(found)
