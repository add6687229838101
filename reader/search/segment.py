"""One segment, opened: which documents a word, a date or a number has, as bits."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Collection
from functools import cached_property
from typing import TypeAlias

from reader.search import bits
from reader.search.analysis import SHORTEST_TYPO, one_edit, one_edit_away, stem
from reader.search.inverter import COLUMNS, titles_of
from reader.search.postings import Postings
from reader.search.query import How, Word
from reader.search.rareforms import FEW_FORMS, RareForms, is_rare
from reader.search.segmentfile import SegmentFile
from reader.search.vocabulary import Words

_KEPT = 256
"""How many sets of documents a segment remembers: at most some 0.3 MB."""

_FEW = 1000

MOST_FORMS = 400
"""A beginning is scored by so many words, the commonest ones."""


Places: TypeAlias = Postings | RareForms
"""What knows the places of a word, or of several."""


class Segment:
    """A segment file with what was read of it so far. Never changes; deletions are elsewhere."""

    def __init__(self, file: SegmentFile) -> None:
        self.file = file
        self.documents = file.documents
        self.everything = (1 << file.documents) - 1
        self.oldest, self.newest = self.range("published")
        self.length: int = file.facts["length of all"]
        """How many words all its documents have."""

        self._words: dict[str, Words] = {}
        self._known: dict[tuple[str, Word], int] = {}
        self._hidden: tuple[frozenset[int], int] | None = None

    @cached_property
    def ids(self) -> array[int]:
        """The id of each document."""
        return self.file.numbers("id", COLUMNS["id"])

    @cached_property
    def articles(self) -> array[int]:
        """The id of each document's article."""
        return self.file.numbers("article", COLUMNS["article"])

    @cached_property
    def published(self) -> array[int]:
        """When each appeared; ascending."""
        return self.file.numbers("published", COLUMNS["published"])

    @cached_property
    def lengths(self) -> array[int]:
        """How many words each document (or the article of each) has."""
        return self.column("words")

    def range(self, name: str) -> tuple[int, int]:
        """The lowest and the highest number in a column."""
        low, high = self.file.facts["ranges"][name]
        return low, high

    def column(self, name: str) -> array[int]:
        """A column that is seldom asked for."""
        return self.file.numbers(name, COLUMNS[name])

    def titles(self) -> list[str]:
        """The titles of its documents."""
        return titles_of(self.file)

    def words(self, field: str) -> Words:
        """The sorted words of a field."""
        found = self._words.get(field)
        if found is None:
            found = self._words[field] = Words(self.file, field)
        return found

    # Sets of documents

    def with_word(self, word: Word, field: str) -> int:
        """The documents with a word in a field."""
        key = (field, word)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            known = self._known[key] = self._with_word(word, field)
        return known

    def _with_word(self, word: Word, field: str) -> int:
        found = self.words(field)
        if word.how in (How.PREFIX, How.UNFINISHED):
            members = self._beginning(word.word, field)
            numbers = self._stem_forms(found, word.word) if word.how is How.UNFINISHED else []
            numbers = [n for n in numbers if not found.word(n).startswith(word.word)]
        else:
            members, numbers = 0, self.forms(word, field)
        for number in numbers:
            members |= found.postings(number).bits
        return members

    def _beginning(self, prefix: str, field: str) -> int:
        shared = self.words(f"{field}*").find(prefix)
        if shared is not None:
            return self.words(f"{field}*").postings(shared).bits
        members = 0
        found = self.words(field)
        for number in found.beginning(prefix):
            members |= found.postings(number).bits
        return members

    @staticmethod
    def _stem_forms(found: Words, word: str) -> list[int]:
        root = stem(word)
        numbers = found.with_stem(root)
        if stem(root) == root:
            itself = found.find(root)
            if itself is not None:
                numbers.append(itself)
        return numbers

    def forms(self, word: Word, field: str) -> list[int]:
        """The numbers of the words of a field that a word of a query stands for; of a beginning
        only the commonest `MOST_FORMS`."""
        found = self.words(field)
        match word.how:
            case How.EXACT:
                number = found.find(word.word)
                return [] if number is None else [number]
            case How.STEM:
                return self._stem_forms(found, word.word)
            case How.TYPO:
                return typos(found, word.word)
            case _:
                numbers = list(found.beginning(word.word))
                if len(numbers) > MOST_FORMS:
                    numbers.sort(key=found.found, reverse=True)
                    del numbers[MOST_FORMS:]
                if word.how is How.UNFINISHED:
                    numbers = list({*numbers, *self._stem_forms(found, word.word)})
                return numbers

    def postings(self, word: Word, field: str) -> list[Postings]:
        """The postings of the forms of a word, for scoring."""
        found = self.words(field)
        return [found.postings(number) for number in self.forms(word, field)]

    def places(self, word: Word, field: str) -> list[Places]:
        """The places of all forms of a word."""
        found = self.words(field)
        if word.how not in (How.PREFIX, How.UNFINISHED):
            return [*self.postings(word, field)]
        beginning = found.beginning(word.word)
        if len(beginning) <= FEW_FORMS:
            return [*self.postings(word, field)]
        numbers: list[int] = []
        rare: list[tuple[int, int, int]] = []
        for number, start, stop, many in found.lists(beginning):
            if is_rare(start, stop, many):
                rare.append((start, stop, many))
            else:
                numbers.append(number)
        if word.how is How.UNFINISHED:
            stems = self._stem_forms(found, word.word)
            numbers += [number for number in stems if number not in beginning]
        each: list[Places] = [found.postings(number) for number in numbers]
        return [*each, RareForms(self.file, rare)] if rare else each

    def published_between(self, first: int | None, last: int | None) -> int:
        """The documents of some days."""
        low = 0 if first is None else _before(self.published, first)
        high = self.documents if last is None else _before(self.published, last)
        return bits.span(low, high)

    def numbered(self, name: str, low: int, high: int) -> int:
        """The documents whose number in a column is from `low` to `high`, both in."""
        least, most = self.range(name)
        if low > most or high < least:
            return 0
        if low <= least and most <= high:
            return self.everything
        return bits.from_flags(bytes(low <= number <= high for number in self.column(name)))

    def of_articles(self, ids: Collection[int]) -> int:
        """The documents that are (or belong to) one of these articles."""
        if not ids:
            return 0
        members = ids if isinstance(ids, set | frozenset | dict) else frozenset(ids)
        if len(members) < _FEW:
            first, last = self.range("article")
            if not any(first <= number <= last for number in members):
                return 0
        return bits.from_flags(bytes(map(members.__contains__, self.articles)))

    def without(self, hidden: frozenset[int]) -> int:
        """All documents but those of these articles. The last answer is kept: it is the same set
        of articles that search after search leaves out."""
        if not hidden:
            return self.everything
        if self._hidden is None or self._hidden[0] is not hidden:
            self._hidden = (hidden, self.everything & ~self.of_articles(hidden))
        return self._hidden[1]

    def with_title(self, pattern: str) -> int:
        """The documents whose title a regular expression matches."""
        search = re.compile(pattern, re.IGNORECASE).search
        return bits.from_flags(bytes(search(title) is not None for title in self.titles()))


def _before(column: array[int], value: int) -> int:
    return bisect_left(column, value)


def typos(found: Words, word: str) -> list[int]:
    """The numbers of all words at most one edit away.

    Of an ASCII word all variants (some 600) are looked up, by a filter of hashes first; of other
    words the letters are walked down, and only letters tried that go on to some word.
    """
    if len(word) < SHORTEST_TYPO:
        number = found.find(word)
        return [] if number is None else [number]
    if word.isascii():
        numbers = (found.find(other) for other in found.perhaps(one_edit_away(word)))
        return sorted(number for number in numbers if number is not None)
    result: set[int] = set()
    low, high = 0, len(found)
    for at in range(len(word) + 1):
        prefix, rest = word[:at], word[at:]
        if at:
            here = found.beginning(prefix, low, high)
            low, high = here.start, here.stop
            if low >= high:
                break
        candidates = {prefix + rest[1:]}
        if len(rest) > 1:
            candidates.add(prefix + rest[1] + rest[0] + rest[2:])
        place = low
        while place < high:
            following = found.word(place)[at : at + 1]
            if not following:
                place += 1
                continue
            candidates.add(prefix + following + rest)
            candidates.add(prefix + following + rest[1:])
            place = found.beginning(prefix + following, place, high).stop
        for candidate in candidates:
            number = found.find(candidate)
            if number is not None and one_edit(word, candidate):
                result.add(number)
    return sorted(result)
