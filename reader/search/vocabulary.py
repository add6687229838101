"""The sorted words of one field of a segment: by letter, by stem, by beginning, by likeness."""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import pairwise

from reader.search.segmentfile import Postings, SegmentFile


class Words:
    """The sorted words of one field, with the stems they share."""

    def __init__(self, file: SegmentFile, field: str) -> None:
        self._file = file
        self._field = field
        self._blob = file.section(f"{field} words")
        self._offsets = file.view(f"{field} offsets", "I")
        self.found = file.view(f"{field} found", "H")
        self._lists = file.view(f"{field} lists", "I")
        self._stems = file.section(f"{field} stems")
        self._stem_offsets = file.view(f"{field} stem offsets", "I")
        self._stemmed = file.view(f"{field} stemmed", "I")

    @cached_property
    def _filter(self) -> bytes:
        return self._file.section(f"{self._field} filter")

    def __len__(self) -> int:
        return len(self.found)

    def word(self, number: int) -> str:
        """The word of that number."""
        return self._blob[self._offsets[number] : self._offsets[number + 1]].decode()

    def _raw(self, number: int) -> bytes:
        return self._blob[self._offsets[number] : self._offsets[number + 1]]

    def _raw_stem(self, number: int) -> bytes:
        return self._stems[self._stem_offsets[number] : self._stem_offsets[number + 1]]

    def find(self, word: str) -> int | None:
        """The number of a word."""
        wanted = word.encode()
        at = bisect_left(range(len(self.found)), wanted, key=self._raw)
        return at if at < len(self.found) and self._raw(at) == wanted else None

    def perhaps(self, words: Iterable[tuple[str, int]]) -> list[str]:
        """Those of some words (each with its CRC-32) that may be here: all that are, and one in
        sixteen that is not."""
        marks, last = self._filter, 8 * len(self._filter) - 1
        if not marks:
            return []
        return [word for word, at in words if marks[(at & last) >> 3] >> (at & 7) & 1]

    def beginning(self, prefix: str, low: int = 0, high: int | None = None) -> range:
        """The numbers of the words that begin so."""
        wanted = prefix.encode()
        size = len(wanted)
        high = len(self.found) if high is None else high
        every = range(high)
        low = bisect_left(every, wanted, lo=low, key=self._raw)
        # The first word whose beginning is greater: compare beginnings of the same length.
        after = _bisect_after(every, wanted, low, lambda number: self._raw(number)[:size])
        return range(low, after)

    def with_stem(self, stem: str) -> list[int]:
        """The numbers of the words that have this stem and are not the stem itself."""
        wanted = stem.encode()
        every = range(len(self._stemmed))
        at = bisect_left(every, wanted, key=self._raw_stem)
        found = []
        while at < len(every) and self._raw_stem(at) == wanted:
            found.append(self._stemmed[at])
            at += 1
        return found

    def postings(self, number: int) -> Postings:
        """The documents with a word."""
        lists = self._lists
        return Postings(self._file, lists[number], lists[number + 1], self.found[number])

    def all_words(self) -> list[str]:
        """Every word, sorted."""
        text = self._blob
        return [text[start:end].decode() for start, end in pairwise(self._offsets)]


def word_filter(words: Sequence[bytes]) -> bytes:
    """The bits that `Words.perhaps` looks at: one of sixteen to thirty-two for each word."""
    size = 1 << max(6, (16 * len(words)).bit_length())
    marks = bytearray(size >> 3)
    for word in words:
        at = zlib.crc32(word) & (size - 1)
        marks[at >> 3] |= 1 << (at & 7)
    return bytes(marks)


def _bisect_after(every: range, wanted: bytes, low: int, key: Callable[[int], bytes]) -> int:
    high = len(every)
    while low < high:
        middle = (low + high) >> 1
        if key(middle) <= wanted:
            low = middle + 1
        else:
            high = middle
    return low
