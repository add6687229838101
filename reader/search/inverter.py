"""Turns documents into a segment: collects the places of every word, then writes the file.

For each word one array of `document << 16 | position` grows while documents come in, always at its
end, so nothing has to be sorted; Whoosh's pool sorts tuples of five, one for every posting.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import accumulate, groupby, pairwise
from typing import BinaryIO, NamedTuple

from reader.search import bits
from reader.search.analysis import paragraphs, stem, whole_name, words
from reader.search.postings import bm25_norms
from reader.search.segmentfile import (
    LAST_POSITION,
    SegmentFile,
    SegmentFileWriter,
)
from reader.search.vocabulary import Words, write_filter, write_stems, write_words

GAP = 101
"""How many positions lie between two values of a field: more than any distance one can ask for."""

COLUMNS = {"id": "q", "article": "q", "published": "q", "words": "I", "quotes": "I"}
"""Numbers kept for each document: its id, its article's, when that appeared, how long it is, how
many quotations it has."""

_PREFIX_LENGTHS = 6
_MANY_WORDS = 16
"""A beginning that so many words share is kept as one list of documents."""

Table = defaultdict[str, array]  # type: ignore[type-arg]


def _table() -> Table:
    return defaultdict(partial(array, "I"))


class Prepared(NamedTuple):
    """One value of a field, cut into words."""

    words: list[str]
    sentences: Sequence[int] = ()
    """The numbers of the words that begin a sentence, without the first."""

    paragraphs: Sequence[int] = ()
    """The same of paragraphs; each begins a sentence too."""

    whole: str = ""
    """Of a name of several words, the one word that stands for all of it (`whole_name`)."""


def name(value: str) -> Prepared:
    """A name, cut into words, and the whole of it as one more word."""
    found = words(value)
    return Prepared(found, whole=whole_name(found) if len(found) > 1 else "")


def running_text(value: str) -> Prepared:
    """A text, cut into words, sentences and paragraphs."""
    found: list[str] = []
    sentences: list[int] = []
    begins: list[int] = []
    for part in paragraphs(value):
        if found:
            begins.append(len(found))
        for sentence in part:
            if found:
                sentences.append(len(found))
            found += words(sentence)
    return Prepared(found, sentences, begins)


_SENTENCE = ("s",)
_PARAGRAPH = ("p",)
_VALUE_BEGINS = ("v",)


class Inverter:
    """Collects the documents of one segment."""

    def __init__(self) -> None:
        self.tables: defaultdict[str, Table] = defaultdict(_table)
        self.columns = {name: array(code) for name, code in COLUMNS.items()}
        self.titles: list[str] = []

    def __len__(self) -> int:
        return len(self.columns["id"])

    def start(self, numbers: dict[str, int], title: str = "") -> int:
        """Begin a document with its columns; gives its number."""
        document = len(self)
        for name, column in self.columns.items():
            column.append(numbers[name])
        self.titles.append(title)
        return document

    def put(self, document: int, field: str, values: Sequence[Prepared]) -> None:
        """Add the values of a field to a document."""
        start = 0
        for number, (found, sentences, paragraphs_, whole) in enumerate(values):
            if number:
                self._add(document, f"{field}/", _VALUE_BEGINS, start)
            if sentences:
                for at in sentences:
                    self._add(document, f"{field}/", _SENTENCE, start + at)
                for at in paragraphs_:
                    self._add(document, f"{field}/", _PARAGRAPH, start + at)
            self._add(document, field, found, start)
            if whole:
                self._add(document, field, (whole,), start)
            start += len(found) + GAP

    def _add(self, document: int, field: str, found: Sequence[str], start: int) -> None:
        table = self.tables[field]
        key = (document << 16) + start
        last = (document << 16) + LAST_POSITION
        if key + len(found) <= last:
            for word in found:
                table[word].append(key)
                key += 1
        else:
            for word in found:
                table[word].append(min(key, last))
                key += 1

    def take_over(self, file: SegmentFile, keep: int) -> None:
        """Add the documents of another segment (those in `keep`), without reading any text."""
        numbers = dict(zip(bits.ascending(keep), range(len(self), 1 << 16), strict=False))
        for name, column in self.columns.items():
            old = file.numbers(name, COLUMNS[name])
            column.extend(old[document] for document in numbers)
        titles = titles_of(file)
        self.titles += [titles[document] for document in numbers] if titles else [""] * len(numbers)
        for field in file.facts["fields"]:
            table = self.tables[field]
            found = Words(file, field)
            for at, word in enumerate(found.all_words()):
                keys = table[word]
                for key in found.postings(at).all_keys():
                    number = numbers.get(key >> 16)
                    if number is not None:
                        keys.append(number << 16 | key & 0xFFFF)
                if not keys:
                    del table[word]

    def write(self, stream: BinaryIO) -> None:
        """Write the segment file, its documents in order of date, then id."""
        self._order()
        file = SegmentFileWriter(stream, len(self))
        fields = sorted(self.tables)
        norms = bm25_norms(self.columns["words"])
        for field in fields:
            self._write_field(file, field, self.tables[field], norms)
            self.tables[field].clear()
        for name, column in self.columns.items():
            file.section(name, column.tobytes())
        if any(self.titles):
            raw = [title.encode() for title in self.titles]
            file.section("titles", b"".join(raw))
            file.section("titles at", _offsets(raw).tobytes())
        ranges = {name: [min(column), max(column)] for name, column in self.columns.items()}
        length = sum(self.columns["words"])
        file.close({"fields": fields, "ranges": ranges, "length of all": length})

    def _order(self) -> None:
        """Number the documents by date and id, so that newest first is highest number first."""
        dates = list(zip(self.columns["published"], self.columns["id"], strict=True))
        order = sorted(range(len(dates)), key=dates.__getitem__)
        if order == list(range(len(order))):
            return
        new = array("I", bytes(4 * len(order)))
        for number, old in enumerate(order):
            new[old] = number << 16
        for name, column in self.columns.items():
            self.columns[name] = array(column.typecode, (column[old] for old in order))
        self.titles = [self.titles[old] for old in order]
        for table in self.tables.values():
            for word, keys in table.items():
                moved = sorted([new[key >> 16] | key & 0xFFFF for key in keys])
                table[word] = array("I", moved)

    def _write_field(
        self, file: SegmentFileWriter, field: str, table: Table, norms: list[float]
    ) -> None:
        plain = field.endswith("/")
        found = array("H")
        lists = array("I")
        every = sorted(table)
        for word in every:
            lists.append(file.offset)
            found.append(file.keys(table[word], None if plain else norms))
        lists.append(file.offset)
        raw = [word.encode() for word in every]
        write_words(file, field, raw, found, lists)
        if not plain:
            write_filter(file, field, raw)
            pairs = [(stem(word), number) for number, word in enumerate(every)]
            rows = sorted((root.encode(), at) for root, at in pairs if root != every[at])
            write_stems(file, field, rows)
            self._write_prefixes(file, field, every, table)

    def _write_prefixes(
        self, file: SegmentFileWriter, field: str, every: list[str], table: Table
    ) -> None:
        """One list of documents for each beginning that many words share, so that the first letters
        one types are as cheap as a word. Lists of documents, longest beginnings first, feed the
        shorter ones."""
        made: list[tuple[str, int]] = []
        size = len(self)
        for length in range(_PREFIX_LENGTHS, 0, -1):
            for prefix, group in _shared(every, length):
                members: set[int] = set()
                for word in group:
                    members.update(memoryview(table[word]).cast("B").cast("H")[bits.HIGH_HALF :: 2])
                made.append((prefix, bits.from_numbers(members, size)))
        made.sort()
        found, lists = array("H"), array("I")
        for _, members_bits in made:
            lists.append(file.offset)
            found.append(file.bits(members_bits))
        lists.append(file.offset)
        write_words(file, f"{field}*", [prefix.encode() for prefix, _ in made], found, lists)


def _shared(every: list[str], length: int) -> Iterator[tuple[str, list[str]]]:
    for prefix, group in groupby(every, key=lambda word: word[:length]):
        many = list(group)
        if len(many) >= _MANY_WORDS and len(prefix) == length:
            yield prefix, many


def _offsets(parts: Sequence[bytes]) -> array[int]:
    return array("I", accumulate(map(len, parts), initial=0))


def titles_of(file: SegmentFile) -> list[str]:
    """The titles of the documents of a segment."""
    blob = file.section("titles")
    offsets = file.numbers("titles at", "I")
    return [blob[start:end].decode() for start, end in pairwise(offsets)]
