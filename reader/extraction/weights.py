"""The weights of the features, and adding them up for every item of a chain.

Forty features an item, each looked up among eighty thousand: in numpy a tenth of the time of a
dictionary, for the processor fetches many of them from memory at once. The table is open hashing
with linear steps, filled and asked for all features together.
"""

from __future__ import annotations

from collections.abc import Mapping

from reader.extraction.arrays import Column, np
from reader.extraction.chain import RUN, WORD, Chain
from reader.extraction.features import (
    ALWAYS,
    BORDERS,
    NEIGHBOURS,
    RUNS,
    SENTENCE,
    Columns,
    Vocabulary,
)

BLOCK = 1024
"""Items whose features are held at a time (1 MB)."""
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""2 ** 64 divided by the golden ratio (Knuth, The Art of Computer Programming 3, 6.4)."""
_ROOM = 3
"""Places in the table for each feature, at least."""
_OF_WORDS = {**NEIGHBOURS, **SENTENCE}


class Weights:
    """For each feature one row, a whole number of 16 bits for each label."""

    __slots__ = ("_always", "_keys", "_places", "_rows", "_shift")

    def __init__(self, keys: Column, rows: Column) -> None:
        """`keys`: the features, each once; `rows`: theirs, in the same order."""
        count = len(keys)
        bits = (_ROOM * count).bit_length()
        self._shift = np.uint64(64 - bits)
        # The last row is that of all features that are not in the table.
        self._keys = np.append(keys.astype(np.int64), -1)
        self._rows = np.concatenate([rows, np.zeros((1, rows.shape[1]), rows.dtype)])
        self._places = np.full(1 << bits, count, np.int32)
        left = np.arange(count, dtype=np.int32)
        at = self._hashed(self._keys[:-1])
        while left.size:
            free = self._places[at] == count
            self._places[at[free]] = left[free]
            again = self._places[at] != left
            left, at = left[again], (at[again] + 1) & (len(self._places) - 1)
        self._always = self._rows[self.find(np.array([ALWAYS]))]

    def _hashed(self, keys: Column) -> Column:
        return ((keys.view(np.uint64) * _FACTOR) >> self._shift).astype(np.int64)

    def find(self, keys: Column) -> Column:
        """The numbers of the rows of some features."""
        at = self._hashed(keys)
        found = self._places.take(at)
        none = len(self._keys) - 1
        left = np.nonzero((self._keys.take(found) != keys) & (found != none))[0]
        while left.size:
            at[left] = (at[left] + 1) & (len(self._places) - 1)
            now = self._places.take(at.take(left))
            found[left] = now
            left = left[(self._keys.take(now) != keys.take(left)) & (now != none)]
        return found

    def of(self, chain: Chain, vocabulary: Vocabulary) -> Column:
        """For every item of a chain the score of every label, from its features alone.

        Up to a constant for each item. Two dimensions: items, labels.
        """
        out = np.zeros((len(chain), self._rows.shape[1]), np.int32)
        if not len(chain):
            return out
        columns = Columns(chain, vocabulary)
        sort = np.array(chain.sort)
        for begin in range(0, len(chain), BLOCK):
            block = slice(begin, begin + BLOCK)
            out[block] = self._sums(columns, _OF_WORDS, block)
        borders = np.nonzero((sort != WORD) & (sort != RUN))[0]
        out[borders] = self._sums(columns, BORDERS, borders)
        runs = np.nonzero(sort == RUN)[0]
        out[runs] += self._sums(columns, RUNS, runs)
        out += self._always
        return out

    def _sums(
        self, columns: Columns, templates: Mapping[int, str], items: slice | Column
    ) -> Column:
        keys = np.stack([columns.keys(number, parts, items) for number, parts in templates.items()])
        found = self.find(keys.ravel()).reshape(keys.shape)
        total = np.zeros((keys.shape[1], self._rows.shape[1]), self._rows.dtype)
        for numbers in found:
            total += self._rows.take(numbers, axis=0)
        return total
