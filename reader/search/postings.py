"""One posting list: the documents with a word, how often it stands in them, and where.

    documents | champions, where there are many | how often | places

Each part carries its own CRC-32 and is read by itself when it is asked for: a word that is only
counted costs its documents, a phrase on the first screen the last few chunks of its places.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from heapq import nlargest
from itertools import pairwise, repeat
from typing import TYPE_CHECKING
from zlib import crc32

from reader.search import bits

if TYPE_CHECKING:
    from reader.search.arrays import Numbers
    from reader.search.segmentfile import SegmentFile

DENSE = 64
"""A word in every 64th document or more is kept as bits: joined at once, bigger up to the 16th."""

CHUNK = 4096
"""Places are sealed in chunks of so many, so that the newest can be read without the others."""

CHAMPIONS = 64
"""So many of the documents in which a word counts most are kept with it, ..."""

MANY = 256
"""... where it stands in so many documents or more."""

_FEW_OF = 100
"""One document in so many places read is few."""

BM25_K = 1.2
BM25_B = 0.75
"""The usual constants (Robertson and Zaragoza 2009)."""

FULL_IMPACT = 65535
"""How a champion counts is kept as a share of this."""

MOST_OFTEN = 65535
"""How often a word is counted in one document at most."""


def bm25_norms(lengths: Sequence[int]) -> list[float]:
    """What a word's count is weighed against in each document: more in long ones (BM25)."""
    mean = sum(lengths) / max(1, len(lengths)) or 1.0
    steady, share = BM25_K * (1 - BM25_B), BM25_K * BM25_B / mean
    return [steady + share * length for length in lengths]


def sealed(data: bytes) -> bytes:
    """Bytes behind their checksum."""
    return crc32(data).to_bytes(4, "little") + data


def from_keys(keys: array[int], size: int, norms: Sequence[float] | None) -> tuple[int, bytes]:
    """A posting list from ascending numbers `document << 16 | position`: how many documents it
    has, and its bytes. `norms` are `bm25_norms` of the `size` documents there are; without them
    no champions are kept."""
    if len(keys) == 1:
        counted = {keys[0] >> 16: 1}
        counts, width = b"\x01", b"\x01"
    else:
        counted = Counter(memoryview(keys).cast("B").cast("H")[bits.HIGH_HALF :: 2].tolist())
        often = counted.values()
        narrow = max(often) < 256
        # A word may stand a million times in one article; more than so often does not rank it.
        most = repeat(MOST_OFTEN)
        counts = bytes(often) if narrow else array("H", map(min, often, most)).tobytes()
        width = b"\x01" if narrow else b"\x02"
    found = len(counted)
    if found * DENSE >= size:
        part = bits.from_numbers(counted, size).to_bytes((size + 7) >> 3, "little")
    else:
        part = array("H", counted).tobytes()
    best = b""
    if norms is not None and found >= MANY:
        best = sealed(_champions(counted, norms))
    return found, sealed(width + part) + best + sealed(counts) + _chunks(keys)


def without_places(members: int, size: int) -> bytes:
    """A posting list that has documents only."""
    if members.bit_count() * DENSE >= size:
        part = members.to_bytes((size + 7) >> 3, "little")
    else:
        part = bits.as_array(members).tobytes()
    return sealed(b"\x00" + part)


def _champions(counted: dict[int, int], norms: Sequence[float]) -> bytes:
    shares = ((often / (often + norms[document]), document) for document, often in counted.items())
    best = nlargest(CHAMPIONS, shares)
    impacts = array("H", (int(FULL_IMPACT * share) for share, _ in best))
    return array("H", (document for _, document in best)).tobytes() + impacts.tobytes()


def _chunks(keys: array[int]) -> bytes:
    if len(keys) <= CHUNK:
        return sealed(keys.tobytes())
    starts = range(0, len(keys), CHUNK)
    parts = [sealed(keys[start : start + CHUNK].tobytes()) for start in starts]
    return sealed(keys[::CHUNK].tobytes()) + b"".join(parts)


class Postings:
    """The documents with one word, and how often and where it stands in them."""

    __slots__ = (
        "_bits",
        "_chunks",
        "_directory",
        "_documents",
        "_file",
        "_places",
        "_ranked",
        "_start",
        "_stop",
        "_width",
        "found",
    )

    def __init__(
        self, file: SegmentFile, start: int, stop: int, found: int, *, ranked: bool = True
    ) -> None:
        """The list at `start` to `stop` of a file; not `ranked`: one without champions."""
        self._file = file
        self._start, self._stop = start, stop
        self._ranked = ranked and found >= MANY
        self._width = self._places = 0
        self._bits: int | None = None
        self._directory: array[int] | None = None
        self._chunks: dict[int, array[int]] = {}
        self._documents: array[int] | None = None
        self.found = found

    @property
    def bits(self) -> int:
        """The documents."""
        if self._bits is None:
            data = self._file.sealed(self._start, self._champions_at - self._start)
            self._width = data[0]
            if self._is_dense:
                self._bits = int.from_bytes(data[1:], "little")
            else:
                self._documents = array("H", data[1:])
                self._bits = bits.from_numbers(self._documents, self._file.documents)
        return self._bits

    @property
    def _is_dense(self) -> bool:
        return self.found * DENSE >= self._file.documents

    @property
    def _champions_at(self) -> int:
        length = (self._file.documents + 7) >> 3 if self._is_dense else 2 * self.found
        return self._start + 5 + length

    @property
    def _counts_at(self) -> int:
        return self._champions_at + (4 + 4 * CHAMPIONS if self._ranked else 0)

    @property
    def _keys_at(self) -> int:
        if not self._places:
            self._places = self._counts_at + 4 + self.found * self._wide()
        return self._places

    def _wide(self) -> int:
        """How many bytes a count has."""
        if not self._width:
            self._width = self._file.sealed(self._start, self._champions_at - self._start)[0]
        return self._width

    def documents(self) -> array[int]:
        """The documents, lowest first."""
        members = self.bits
        if self._documents is None:
            self._documents = bits.as_array(members)
        return self._documents

    def counts(self) -> array[int]:
        """How often the word stands in each of `documents()`."""
        data = self._file.sealed(self._counts_at, self._keys_at - self._counts_at)
        return array("B" if self._wide() == 1 else "H", data)

    def champions(self) -> tuple[Sequence[int], Sequence[int]] | None:
        """The documents in which the word counts most, the first most of all, and its share of
        `FULL_IMPACT` in each; None for a word in few documents, all of which are worth a look."""
        if not self._ranked:
            return None
        both = array("H", self._file.sealed(self._champions_at, 4 + 4 * CHAMPIONS))
        return both[:CHAMPIONS], both[CHAMPIONS:]

    def numbers(self) -> Numbers:
        """The documents, lowest first, as an array."""
        from reader.search.arrays import members_of, np

        if self._documents is None:
            return members_of(self.bits)
        return np.frombuffer(self._documents, np.uint16)

    def often(self, documents: Numbers) -> Numbers:
        """How often the word stands in each of some documents, not at all included."""
        from reader.search.arrays import np

        if not self.found:
            return np.zeros(len(documents), np.int64)
        own = self.numbers()
        at = np.searchsorted(own, documents.astype(own.dtype))
        at[at == len(own)] = 0
        counts = np.asarray(self.counts())
        often: Numbers = counts[at] * (own[at] == documents)
        return often

    # Places

    def all_keys(self) -> Sequence[int]:
        """`document << 16 | position` for every place, ascending."""
        return self._between(0, 1 << 32)

    def places(self, document: int) -> list[int]:
        """The positions of the word in one document."""
        return [key & 0xFFFF for key in self._between(document << 16, (document + 1) << 16)]

    def keys_among(self, mask: int) -> Numbers:
        """The keys of at least some documents, ascending; of others as well where that is cheaper.
        Only the chunks in which they lie are read."""
        from reader.search.arrays import EMPTY, members_of, np, pieces

        common = self.bits & mask
        if not common:
            return EMPTY
        starts = self._starts()
        if len(starts) == 1:
            return np.frombuffer(self._chunk(0), np.uint32)
        low = members_of(common) << 16
        first = np.maximum(np.searchsorted(starts, low, "right") - 1, 0)
        last = np.searchsorted(starts, low + (1 << 16))
        if int((last - first).max()) > 1:
            first = pieces(first, last)
        parts = self._some_chunks(np.unique(first).tolist())
        keys = np.concatenate([np.frombuffer(part, np.uint32) for part in parts])
        if len(low) * _FEW_OF > len(keys):
            return keys
        # A few documents here and there: what lies between them is left out.
        low = low.astype(np.uint32)
        begin, end = np.searchsorted(keys, low), np.searchsorted(keys, low + np.uint32(1 << 16))
        return keys[pieces(begin, end)]

    def before(self, places: Numbers) -> Numbers:
        """How many keys are not behind each of some places, which are ascending."""
        from reader.search.arrays import np

        starts = self._starts()
        if len(starts) == 1:
            return np.searchsorted(np.frombuffer(self._chunk(0), np.uint32), places, "right")
        chunks = np.maximum(np.searchsorted(starts, places, "right") - 1, 0)
        found: Numbers = chunks * CHUNK
        numbers, first = np.unique(chunks, return_index=True)
        edges = pairwise([*first.tolist(), len(places)])
        for (start, stop), part in zip(edges, self._some_chunks(numbers.tolist()), strict=True):
            chunk = np.frombuffer(part, np.uint32)
            found[start:stop] += np.searchsorted(chunk, places[start:stop], "right")
        return found

    def _some_chunks(self, numbers: Sequence[int]) -> list[memoryview]:
        """Some of several chunks; those that follow each other are read in one piece."""
        runs: list[list[int]] = []
        for number in numbers:
            if runs and runs[-1][1] == number:
                runs[-1][1] += 1
            else:
                runs.append([number, number + 1])
        return [part for start, stop in runs for part in self._run(start, stop)]

    def _run(self, first: int, last: int) -> list[memoryview]:
        """Some chunks that follow each other, of several; read in one piece."""
        many, size = len(self._starts()), 4 + 4 * CHUNK
        start = self._keys_at + 4 + 4 * many + first * size
        stop = min(self._stop, start + (last - first) * size)
        return self._file.seals(start, stop - start, size)

    def _starts(self) -> array[int]:
        """The first key of each chunk; a single chunk begins anywhere."""
        if self._directory is None:
            length = self._stop - self._keys_at
            if length <= 4 + 4 * CHUNK:
                self._directory = array("I", (0,))
            else:
                # Each chunk costs a first key and a checksum beside its places.
                number = -(-(length - 4) // (4 * CHUNK + 8))
                data = self._file.sealed(self._keys_at, 4 + 4 * number)
                self._directory = array("I", data)
        return self._directory

    def _between(self, low: int, high: int) -> Sequence[int]:
        """The keys from `low` up to and without `high`; only their chunks are read."""
        starts = self._starts()
        first = max(0, bisect_right(starts, low) - 1)
        last = bisect_left(starts, high, first)
        if last - first <= 1:
            keys = self._chunk(first)
        else:
            keys = array("I")
            for number in range(first, last):
                keys += self._chunk(number)
        start = bisect_left(keys, low)
        stop = bisect_left(keys, high, start)
        return memoryview(keys)[start:stop]

    def _chunk(self, number: int) -> array[int]:
        found = self._chunks.get(number)
        if found is None:
            if len(self._starts()) > 1:
                [data] = map(bytes, self._run(number, number + 1))
            else:
                data = self._file.sealed(self._keys_at, self._stop - self._keys_at)
            found = self._chunks[number] = array("I", data)
        return found
