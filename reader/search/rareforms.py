"""The places of many rare words at once: all words of a segment that begin with some letters.

`"the s*"` stands for 20,000 words. Their posting lists lie one behind the other in the file, so one
read brings them all; looking each up by itself took seven times as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING
from zlib import crc32

from reader.search.postings import CHUNK, DENSE, MANY
from reader.search.segmentfile import SegmentFile, damaged

if TYPE_CHECKING:
    from reader.search.arrays import Numbers

FEW_FORMS = 32
"""So many words are as quickly looked up one by one."""


class RareForms:
    """The posting lists of some words, taken for those of one."""

    def __init__(self, file: SegmentFile, lists: Sequence[tuple[int, int, int]]) -> None:
        """`lists` in the order of the file: each begins and ends there, and has so many documents;
        each of less than `MANY`, which have no champions."""
        self._file = file
        self._lists = lists
        self.found = sum(found for _, _, found in lists)

    @cached_property
    def _keys(self) -> Numbers:
        from reader.search.arrays import np

        first, last = self._lists[0][0], self._lists[-1][1]
        data = memoryview(self._file.read(first, last - first))
        size = (self._file.documents + 7) >> 3
        parts = []
        for start, stop, found in self._lists:
            at = start - first
            documents = size if found * DENSE >= self._file.documents else 2 * found
            keys = at + 9 + documents + found * data[at + 4]
            part = data[keys + 4 : stop - first]
            if crc32(part) != int.from_bytes(data[keys : keys + 4], "little"):
                raise damaged(self._file.path, "a list of words or places")
            parts.append(part)
        places = np.frombuffer(b"".join(parts), np.uint32)
        return np.sort(places)

    def keys_among(self, mask: int) -> Numbers:
        """See `Postings.keys_among`: the keys of all documents."""
        return self._keys

    @cached_property
    def _counted(self) -> tuple[Numbers, Numbers]:
        from reader.search.arrays import np

        documents, counts = np.unique(self._keys >> 16, return_counts=True)
        return documents, counts

    def numbers(self) -> Numbers:
        """The documents with one of the words, lowest first."""
        return self._counted[0]

    def counts(self) -> Numbers:
        """How often the words stand in each of `numbers()`."""
        return self._counted[1]


def is_rare(start: int, stop: int, found: int) -> bool:
    """Whether a posting list can be read with others: no champions, and its places in one piece."""
    return found < MANY and stop - start <= 4 * CHUNK
