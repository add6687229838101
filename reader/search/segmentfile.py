"""The file of one segment: postings as plain arrays, sorted words to find them, columns of numbers.

Whoosh's own codec pickles and compresses blocks of 128 postings; reading one common word of 10,000
documents takes it 3 ms, this format 10 microseconds, because a posting list is one array that is
read in one piece, or the bits of one integer where the word is in every 64th document or more.

    magic | postings | sections | footer (JSON) | length of footer, its checksum, magic

A posting list: checksum, documents (2 bytes each, or the bits); then, where positions are kept:
checksum, how often in each document (1 or 2 bytes each), positions (2 bytes each). Every part
carries a CRC-32, so a damaged file gives an error and never a wrong answer."""

from __future__ import annotations

import json
import os
import sys
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, BinaryIO

from reader.errors import SearchIndexError
from reader.search import bits

MAGIC = b"onrec01\n"
MOST_DOCUMENTS = 65_000
"""A document number and a position are two bytes each."""

LAST_POSITION = 65_000
"""Words further on count as standing here, so that no place comes near the next document's."""

DENSE = 64
"""A word in every 64th document or more is kept as bits: joined at once, bigger up to the 16th."""

_LOW = 0 if sys.byteorder == "little" else 1


def damaged(path: str, what: str) -> SearchIndexError:
    """The error for a file that is not as it was written."""
    return SearchIndexError(
        f"the search index is damaged ({what} in {path}); build it again: onrecord rebuild"
    )


class SegmentFileWriter:
    """Writes a segment file: postings first, in any order, then sections, then `close`."""

    def __init__(self, stream: BinaryIO, documents: int) -> None:
        self._stream = stream
        self._at = stream.write(MAGIC) or len(MAGIC)
        self._at = len(MAGIC)
        self._documents = documents
        self._sections: dict[str, tuple[int, int, int]] = {}

    @property
    def offset(self) -> int:
        """Where the next posting list will begin."""
        return self._at

    def _write(self, data: bytes) -> None:
        self._stream.write(data)
        self._at += len(data)

    def keys(self, keys: array[int]) -> int:
        """A posting list from ascending numbers `document << 16 | position`; gives the number of
        documents."""
        halves = memoryview(keys).cast("B").cast("H")
        positions = halves[_LOW::2].tobytes()
        documents = halves[1 - _LOW :: 2].tolist()
        if len(documents) == 1:
            self._postings(self._documents_part(documents), b"\x01\x01" + positions)
            return 1
        counted = Counter(documents)
        often = counted.values()
        if max(often) < 256:
            counts = b"\x01" + bytes(often)
        else:
            counts = b"\x02" + array("H", often).tobytes()
        self._postings(self._documents_part(list(counted)), counts + positions)
        return len(counted)

    def bits(self, members: int) -> int:
        """A posting list without positions; gives the number of documents."""
        found = members.bit_count()
        if found * DENSE >= self._documents:
            part = members.to_bytes((self._documents + 7) >> 3, "little")
        else:
            part = bits.as_array(members).tobytes()
        self._write(zlib.crc32(part).to_bytes(4, "little") + part)
        return found

    def _documents_part(self, documents: list[int]) -> bytes:
        if len(documents) * DENSE >= self._documents:
            room = (self._documents + 7) >> 3
            return bits.from_numbers(documents, self._documents).to_bytes(room, "little")
        return array("H", documents).tobytes()

    def _postings(self, documents: bytes, places: bytes) -> None:
        self._write(
            zlib.crc32(documents).to_bytes(4, "little")
            + documents
            + zlib.crc32(places).to_bytes(4, "little")
            + places
        )

    def section(self, name: str, data: bytes) -> None:
        """A named stretch of bytes."""
        self._sections[name] = (self._at, len(data), zlib.crc32(data))
        self._write(data)

    def close(self, facts: dict[str, Any]) -> None:
        """The footer; `facts` are kept with it."""
        footer = json.dumps(
            {
                **facts,
                "documents": self._documents,
                "byteorder": sys.byteorder,
                "sections": self._sections,
            }
        ).encode()
        self._write(footer)
        lengths = array("I", (len(footer), zlib.crc32(footer)))
        self._write(lengths.tobytes() + MAGIC)


class SegmentFile:
    """Reads a segment file. Reads are `pread`s: any number of threads may share one."""

    _handle = -1

    def __init__(self, path: Path) -> None:
        self.path = str(path)
        self._handle = os.open(path, os.O_RDONLY)
        try:
            self._read_footer()
        except BaseException:
            self.close()
            raise

    def _read_footer(self) -> None:
        size = os.fstat(self._handle).st_size
        tail = os.pread(self._handle, 8 + len(MAGIC), max(0, size - 8 - len(MAGIC)))
        if tail[8:] != MAGIC or os.pread(self._handle, len(MAGIC), 0) != MAGIC:
            raise damaged(self.path, "the ends")
        length, checksum = array("I", tail[:8])
        start = size - 8 - len(MAGIC) - length
        footer = os.pread(self._handle, length, start) if start >= 0 else b""
        if zlib.crc32(footer) != checksum:
            raise damaged(self.path, "the footer")
        self.facts: dict[str, Any] = json.loads(footer)
        if self.facts["byteorder"] != sys.byteorder:
            raise SearchIndexError(
                "the search index was made on another kind of computer; build it again: "
                "onrecord rebuild"
            )
        self.documents: int = self.facts["documents"]
        self._sections: dict[str, list[int]] = self.facts["sections"]

    def close(self) -> None:
        """Let go of the file."""
        handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)

    def __del__(self) -> None:
        self.close()

    def has(self, name: str) -> bool:
        """Whether there is such a section."""
        return name in self._sections

    def section(self, name: str) -> bytes:
        """The bytes of a section, or none."""
        if name not in self._sections:
            return b""
        start, length, checksum = self._sections[name]
        data = self.read(start, length)
        if zlib.crc32(data) != checksum:
            raise damaged(self.path, name)
        return data

    def numbers(self, name: str, typecode: str) -> array[int]:
        """A section as an array."""
        return array(typecode, self.section(name))

    def read(self, start: int, length: int) -> bytes:
        """Some bytes of the file."""
        if self._handle < 0:
            raise SearchIndexError("the search index is closed")
        data = os.pread(self._handle, length, start)
        if len(data) != length:
            raise damaged(self.path, "the length")
        return data


class Postings:
    """The documents with one word, and how often and where it stands in them."""

    __slots__ = (
        "_counts",
        "_file",
        "_numbers",
        "_places",
        "_start",
        "_starts",
        "_stop",
        "bits",
        "found",
    )

    def __init__(self, file: SegmentFile, start: int, stop: int, found: int) -> None:
        dense = found * DENSE >= file.documents
        length = (file.documents + 7) >> 3 if dense else 2 * found
        data = file.read(start, length + 4)
        if zlib.crc32(data[4:]) != int.from_bytes(data[:4], "little"):
            raise damaged(file.path, "a posting list")
        self._file = file
        self._start = start + 4 + length
        self._stop = stop
        self.found = found
        self._numbers: list[int] | None = None
        self._counts: array[int] = array("B")
        self._starts: list[int] = []
        self._places: array[int] = array("H")
        if dense:
            self.bits = int.from_bytes(data[4:], "little")
        else:
            self.bits = bits.from_numbers(array("H", data[4:]), file.documents)

    def documents(self) -> list[int]:
        """The documents, lowest first."""
        return list(bits.ascending(self.bits))

    def _load(self) -> list[int]:
        if self._numbers is None:
            counts, self._places = self._parts()
            self._counts = counts
            self._starts = list(accumulate(counts, initial=0))
            self._numbers = self.documents()
        return self._numbers

    def _parts(self) -> tuple[array[int], array[int]]:
        data = self._file.read(self._start, self._stop - self._start)
        if zlib.crc32(data[4:]) != int.from_bytes(data[:4], "little"):
            raise damaged(self._file.path, "a list of places")
        width = data[4]
        split = 5 + width * self.found
        counts = array("B" if width == 1 else "H", data[5:split])
        return counts, array("H", data[split:])

    def counts(self) -> array[int]:
        """How often the word stands in each of `documents()`."""
        return self._parts()[0]

    def keys(self) -> tuple[list[int], array[int], array[int]]:
        """Documents, how often in each, and all positions one after the other."""
        return (self.documents(), *self._parts())

    def places(self, document: int) -> array[int]:
        """The positions of the word in one document."""
        numbers = self._load()
        rank = bisect_left(numbers, document)
        if rank == len(numbers) or numbers[rank] != document:
            return array("H")
        return self._places[self._starts[rank] : self._starts[rank + 1]]

    def keys_in(self, mask: int, documents: list[int]) -> Sequence[int]:
        """`document << 16 | position` for every place in some documents, ascending.

        `mask` and `documents` are the same documents, as bits and as ascending numbers.
        """
        common = self.bits & mask
        if not common:
            return ()
        numbers = self._load()
        low = bisect_left(numbers, documents[0])
        high = bisect_right(numbers, documents[-1])
        few = common.bit_count()
        starts = self._starts
        # Some 1.5 us for a document looked up by itself, 0.2 us and 30 ns a place in one sweep.
        if few * 1500 < (high - low) * 200 + (starts[high] - starts[low]) * 30:
            keys: list[int] = []
            for document in bits.ascending(common):
                rank = bisect_left(numbers, document, low, high)
                base = document << 16
                keys += [base | at for at in self._places[starts[rank] : starts[rank + 1]]]
            return keys
        swept = self._sweep(low, high)
        if few == high - low:
            return swept
        wanted = bytearray(documents[-1] + 1)
        for document in documents:
            wanted[document] = 1
        return [key for key in swept if wanted[key >> 16]]

    def _sweep(self, low: int, high: int) -> memoryview:
        assert self._numbers is not None
        places = self._places[self._starts[low] : self._starts[high]]
        both = memoryview(array("H", bytes(4 * len(places))))
        both[_LOW::2] = memoryview(places)
        order = sys.byteorder
        numbers = [
            number.to_bytes(2, order) * count
            for number, count in zip(self._numbers[low:high], self._counts[low:high], strict=True)
        ]
        both[1 - _LOW :: 2] = memoryview(b"".join(numbers)).cast("H")
        return both.cast("B").cast("I")


class Words:
    """The sorted words of one field, with the stems they share."""

    def __init__(self, file: SegmentFile, field: str) -> None:
        self._file = file
        self._blob = file.section(f"{field} words")
        self._offsets = file.numbers(f"{field} offsets", "I")
        self.found = file.numbers(f"{field} found", "H")
        self._lists = file.numbers(f"{field} lists", "I")
        self._filter = file.section(f"{field} filter")
        self._stems = file.section(f"{field} stems")
        self._stem_offsets = file.numbers(f"{field} stem offsets", "I")
        self._stemmed = file.numbers(f"{field} stemmed", "I")

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


def _bisect_after(every: range, wanted: bytes, low: int, key: Any) -> int:
    high = len(every)
    while low < high:
        middle = (low + high) >> 1
        if key(middle) <= wanted:
            low = middle + 1
        else:
            high = middle
    return low
