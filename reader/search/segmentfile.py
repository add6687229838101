"""The file of one segment: postings as plain arrays, sorted words to find them, columns of numbers.

Whoosh's own codec pickles and compresses blocks of 128 postings; reading one common word of 10,000
documents takes it 3 ms, this format 10 microseconds, because a posting list is one array that is
read in one piece, or the bits of one integer where the word is in every 64th document or more.

    magic | postings | sections | footer (JSON) | length of footer, its checksum, magic

A posting list: the documents (2 bytes each, or the bits), how often in each (1 or 2 bytes), and
`document << 16 | position` of every place (4 bytes). Each of the three, and every section, carries
a CRC-32, so a damaged file gives an error and never a wrong answer.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import zlib
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import compress
from pathlib import Path
from typing import Any, BinaryIO

from reader.errors import SearchIndexError
from reader.search import bits

MAGIC = b"onrec03\n"
MOST_DOCUMENTS = 65_000
"""A document number and a position are two bytes each."""

LAST_POSITION = 65_000
"""Words further on count as standing here, so that no place comes near the next document's."""

DENSE = 64
"""A word in every 64th document or more is kept as bits: joined at once, bigger up to the 16th."""

HIGH_HALF = 1 if sys.byteorder == "little" else 0
"""Which 16 bits of a key are the document."""


def _sealed(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(4, "little") + data


def damaged(path: str, what: str) -> SearchIndexError:
    """The error for a file that is not as it was written."""
    return SearchIndexError(
        f"the search index is damaged ({what} in {path}); build it again: onrecord rebuild"
    )


class SegmentFileWriter:
    """Writes a segment file: postings first, in any order, then sections, then `close`."""

    def __init__(self, stream: BinaryIO, documents: int) -> None:
        self._stream = stream
        self._at = 0
        self._checksum = 0
        self._documents = documents
        self._sections: dict[str, tuple[int, int, int]] = {}
        self._write(MAGIC)

    @property
    def offset(self) -> int:
        """Where the next posting list will begin."""
        return self._at

    def _write(self, data: bytes) -> None:
        self._stream.write(data)
        self._checksum = zlib.crc32(data, self._checksum)
        self._at += len(data)

    def keys(self, keys: array[int]) -> int:
        """A posting list from ascending numbers `document << 16 | position`; gives the number of
        documents."""
        if len(keys) == 1:
            self._postings([keys[0] >> 16], b"\x01", 1, keys)
            return 1
        documents = memoryview(keys).cast("B").cast("H")[HIGH_HALF::2].tolist()
        counted = Counter(documents)
        often = counted.values()
        if max(often) < 256:
            self._postings(list(counted), bytes(often), 1, keys)
        else:
            self._postings(list(counted), array("H", often).tobytes(), 2, keys)
        return len(counted)

    def bits(self, members: int) -> int:
        """A posting list without counts and keys; gives the number of documents."""
        found = members.bit_count()
        if found * DENSE >= self._documents:
            part = members.to_bytes((self._documents + 7) >> 3, "little")
        else:
            part = bits.as_array(members).tobytes()
        self._write(_sealed(b"\x00" + part))
        return found

    def _postings(self, documents: list[int], counts: bytes, width: int, keys: array[int]) -> None:
        if len(documents) * DENSE >= self._documents:
            members = bits.from_numbers(documents, self._documents)
            part = members.to_bytes((self._documents + 7) >> 3, "little")
        else:
            part = array("H", documents).tobytes()
        self._write(_sealed(bytes((width,)) + part) + _sealed(counts) + _sealed(keys.tobytes()))

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
                "checksum": self._checksum,
                "length": self._at,
                "sections": self._sections,
            }
        ).encode()
        self._write(footer)
        lengths = array("I", (len(footer), zlib.crc32(footer)))
        self._write(lengths.tobytes() + MAGIC)


class SegmentFile:
    """Reads a segment file. Any number of threads may share one."""

    _handle = -1

    def __init__(self, path: Path) -> None:
        self.path = str(path)
        self._handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self._seeking = threading.Lock()
        try:
            self._read_footer()
        except BaseException:
            self.close()
            raise

    def _read_footer(self) -> None:
        size = os.fstat(self._handle).st_size
        start = size - 8 - len(MAGIC)
        if start < 0 or self.read(0, len(MAGIC)) != MAGIC:
            raise damaged(self.path, "the beginning")
        tail = self.read(start, size - start)
        length, checksum = array("I", tail[:8])
        start -= length
        if tail[8:] != MAGIC or start < 0:
            raise damaged(self.path, "the end")
        footer = self.read(start, length)
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

    def view(self, name: str, typecode: str) -> memoryview:
        """A section as numbers, without copying it."""
        return memoryview(self.section(name)).cast(typecode)  # type: ignore[call-overload, no-any-return]

    def verify(self) -> None:
        """Read the whole file; raise `SearchIndexError` if a byte is not as it was written."""
        checksum = 0
        for start in range(0, self.facts["length"], 1 << 20):
            length = min(1 << 20, self.facts["length"] - start)
            checksum = zlib.crc32(self.read(start, length), checksum)
        if checksum != self.facts["checksum"]:
            raise damaged(self.path, "its contents")

    def sealed(self, start: int, length: int) -> bytes:
        """What stands behind a checksum (`length` counts its four bytes)."""
        data = self.read(start, length)
        if zlib.crc32(data[4:]) != int.from_bytes(data[:4], "little"):
            raise damaged(self.path, "a posting list")
        return data[4:]

    def read(self, start: int, length: int) -> bytes:
        """Some bytes of the file."""
        if self._handle < 0:
            raise SearchIndexError("the search index is closed")
        if hasattr(os, "pread"):
            data = os.pread(self._handle, length, start)
        else:
            with self._seeking:
                os.lseek(self._handle, start, os.SEEK_SET)
                data = os.read(self._handle, length)
        if len(data) != length:
            raise damaged(self.path, "the length")
        return data


class Postings:
    """The documents with one word, and how often and where it stands in them."""

    __slots__ = (
        "_counts_at",
        "_documents",
        "_file",
        "_keys",
        "_keys_at",
        "_stop",
        "_width",
        "bits",
        "found",
    )

    def __init__(self, file: SegmentFile, start: int, stop: int, found: int) -> None:
        dense = found * DENSE >= file.documents
        length = (file.documents + 7) >> 3 if dense else 2 * found
        data = file.sealed(start, length + 5)
        self._file = file
        self._width = data[0]
        self._counts_at = start + 5 + length
        self._keys_at = self._counts_at + 4 + found * self._width
        self._stop = stop
        self._keys: array[int] | None = None
        self._documents: list[int] | None = None
        self.found = found
        if dense:
            self.bits = int.from_bytes(data[1:], "little")
        else:
            self.bits = bits.from_numbers(array("H", data[1:]), file.documents)

    def documents(self) -> list[int]:
        """The documents, lowest first."""
        if self._documents is None:
            self._documents = list(bits.ascending(self.bits))
        return self._documents

    def counts(self) -> array[int]:
        """How often the word stands in each of `documents()`."""
        data = self._file.sealed(self._counts_at, self._keys_at - self._counts_at)
        return array("B" if self._width == 1 else "H", data)

    @property
    def narrow(self) -> bool:
        """Whether no document has the word more than 255 times."""
        return self._width == 1

    def often(self, members: int) -> Iterator[tuple[int, int]]:
        """Some of the documents (all of them with the word), and how often it stands in each."""
        counts = self.counts()
        # 0.7 us for a rank by itself, 60 ns for each document in one sweep.
        if members.bit_count() * 12 < self.found:
            for document in bits.ascending(members):
                yield document, counts[(self.bits & (1 << document) - 1).bit_count()]
        else:
            wanted = set(bits.ascending(members))
            documents = self.documents()
            chosen = map(wanted.__contains__, documents)
            yield from compress(zip(documents, counts, strict=True), chosen)

    def all_keys(self) -> array[int]:
        """`document << 16 | position` for every place, ascending."""
        if self._keys is None:
            data = self._file.sealed(self._keys_at, self._stop - self._keys_at)
            self._keys = array("I", data)
        return self._keys

    def places(self, document: int) -> list[int]:
        """The positions of the word in one document."""
        keys = self.all_keys()
        first = bisect_left(keys, document << 16)
        last = bisect_left(keys, (document + 1) << 16, first)
        return [key & 0xFFFF for key in keys[first:last]]

    def keys_among(self, mask: int) -> Sequence[int]:
        """The keys of at least some documents, ascending; of others as well where that is cheaper.

        A document looked up by itself takes 1.5 us, a place in one sweep some 15 ns to hand on.
        """
        common = self.bits & mask
        if not common:
            return ()
        keys = self.all_keys()
        first = (common & -common).bit_length() - 1
        low = bisect_left(keys, first << 16)
        high = bisect_left(keys, common.bit_length() << 16, low)
        if common.bit_count() * 100 >= high - low:
            return memoryview(keys)[low:high]
        found = array("I")
        for document in bits.ascending(common):
            low = bisect_left(keys, document << 16, low, high)
            found += keys[low : bisect_left(keys, (document + 1) << 16, low, high)]
        return found
