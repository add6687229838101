"""The sorted words of one field of a segment: by letter, by stem, by beginning, by likeness.

Words lie in the file in blocks of 64 with where their posting lists are; only the first word of
each block is kept in memory. All words of 200,000 articles were 90 MB and 100 ms to load; so it is
a fiftieth, and looking up a word reads one block (4 us).
"""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from reader.search.postings import Postings
from reader.search.segmentfile import SegmentFile, SegmentFileWriter

BLOCK = 64
_KEPT = 64
"""So many blocks of a field stay in memory, some 0.2 MB at most."""


@dataclass(frozen=True, slots=True)
class _Block:
    """Some words that follow each other, with one number or two for each."""

    words: list[bytes]
    numbers: array[int]
    found: array[int]


class _Blocks:
    """Sorted words with numbers, read a block at a time. Words may be there more than once."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        self._file = file
        self._at = file.numbers(f"{name} blocks", "I")
        blob = file.section(f"{name} firsts")
        self._firsts = blob.split(b"\n") if len(self._at) > 1 else []
        self.size: int = file.facts["words"].get(name, 0)
        self._read: dict[int, _Block] = {}

    def block(self, number: int) -> _Block:
        """One block."""
        found = self._read.get(number)
        if found is None:
            start, stop = self._at[number], self._at[number + 1]
            data = self._file.sealed(start, stop - start)
            many = min(BLOCK, self.size - number * BLOCK)
            numbers = array("I", data[: 4 * (many + 1)])
            counts = array("H", data[4 * (many + 1) : 6 * many + 4])
            words = data[6 * many + 4 :].split(b"\n")
            found = _Block(words, numbers, counts)
            if len(self._read) >= _KEPT:
                self._read.clear()
            self._read[number] = found
        return found

    def first_from(self, wanted: bytes) -> int:
        """The number of the first word that is not less than this one."""
        # The block before the first that begins with the word itself or a greater one.
        number = max(0, bisect_left(self._firsts, wanted) - 1)
        if number >= len(self._firsts):
            return 0
        words = self.block(number).words
        return number * BLOCK + bisect_left(words, wanted)

    def word(self, number: int) -> bytes:
        """The word of that number."""
        return self.block(number // BLOCK).words[number % BLOCK]

    def every(self) -> Iterator[_Block]:
        """All blocks, one after the other."""
        return map(self.block, range(len(self._firsts)))


class Words:
    """The sorted words of one field, with the stems they share."""

    def __init__(self, file: SegmentFile, field: str) -> None:
        self._file = file
        self._field = field
        self._ranked = not field.endswith(("/", "*"))
        self._words = _Blocks(file, field)

    @cached_property
    def _stems(self) -> _Blocks:
        return _Blocks(self._file, f"{self._field} stems")

    @cached_property
    def _filter(self) -> bytes:
        return self._file.section(f"{self._field} filter")

    def __len__(self) -> int:
        return self._words.size

    def word(self, number: int) -> str:
        """The word of that number."""
        return self._words.word(number).decode()

    def found(self, number: int) -> int:
        """How many documents have the word of that number."""
        return self._words.block(number // BLOCK).found[number % BLOCK]

    def find(self, word: str) -> int | None:
        """The number of a word."""
        wanted = word.encode()
        at = self._words.first_from(wanted)
        return at if at < len(self) and self._words.word(at) == wanted else None

    def perhaps(self, words: Iterable[tuple[str, int]]) -> list[str]:
        """Those of some words (each with its CRC-32) that may be here: all that are, and one in
        sixteen that is not."""
        marks, last = self._filter, 8 * len(self._filter) - 1
        if not marks:
            return []
        return [word for word, at in words if marks[(at & last) >> 3] >> (at & 7) & 1]

    def beginning(self, prefix: str, low: int = 0, high: int | None = None) -> range:
        """The numbers of the words that begin so, among those from `low` up to `high`."""
        most = len(self) if high is None else high
        wanted = prefix.encode()
        first = max(low, self._words.first_from(wanted))
        # No word in UTF-8 has a byte of 255.
        after = min(most, self._words.first_from(wanted + b"\xff"))
        return range(first, max(first, after))

    def with_stem(self, stem: str) -> list[int]:
        """The numbers of the words that have this stem and are not the stem itself."""
        wanted = stem.encode()
        stems = self._stems
        at = stems.first_from(wanted)
        found = []
        while at < stems.size and stems.word(at) == wanted:
            found.append(stems.block(at // BLOCK).numbers[at % BLOCK])
            at += 1
        return found

    def lists(self, numbers: range) -> Iterator[tuple[int, int, int, int]]:
        """Of each of some words that follow each other its number, where its posting list begins
        and ends, and how many documents it has."""
        for place in range(numbers.start // BLOCK, -(-numbers.stop // BLOCK)):
            block, first = self._words.block(place), place * BLOCK
            for at in range(max(0, numbers.start - first), min(BLOCK, numbers.stop - first)):
                yield first + at, block.numbers[at], block.numbers[at + 1], block.found[at]

    def postings(self, number: int) -> Postings:
        """The documents with a word."""
        block, at = self._words.block(number // BLOCK), number % BLOCK
        numbers = block.numbers
        return Postings(
            self._file, numbers[at], numbers[at + 1], block.found[at], ranked=self._ranked
        )

    def all_words(self) -> list[str]:
        """Every word, sorted."""
        return [word.decode() for block in self._words.every() for word in block.words]


def write_words(
    file: SegmentFileWriter, name: str, words: Sequence[bytes], found: array[int], lists: array[int]
) -> None:
    """Write sorted words with the number of documents of each and where its list begins (and the
    last one ends)."""
    at = array("I")
    for start in range(0, len(words), BLOCK):
        some = words[start : start + BLOCK]
        stop = start + len(some)
        numbers = lists[start : stop + 1].tobytes() + found[start:stop].tobytes()
        at.append(file.block(numbers + b"\n".join(some)))
    at.append(file.offset)
    file.section(f"{name} blocks", at.tobytes())
    file.section(f"{name} firsts", b"\n".join(words[::BLOCK]))
    file.words[name] = len(words)


def write_stems(file: SegmentFileWriter, name: str, rows: Sequence[tuple[bytes, int]]) -> None:
    """Write sorted stems, each with the number of a word that has it."""
    numbers = array("I", (number for _, number in rows))
    numbers.append(0)
    write_words(
        file, f"{name} stems", [stem for stem, _ in rows], array("H", bytes(2 * len(rows))), numbers
    )


def write_filter(file: SegmentFileWriter, name: str, words: Sequence[bytes]) -> None:
    """Write the bits that `Words.perhaps` looks at: sixteen to thirty-two for each word."""
    size = 1 << max(6, (16 * len(words)).bit_length())
    marks = bytearray(size >> 3)
    for word in words:
        at = zlib.crc32(word) & (size - 1)
        marks[at >> 3] |= 1 << (at & 7)
    file.section(f"{name} filter", bytes(marks))
