"""A query over one segment: which documents may match, which surely do, and a test for those between.

Words, dates, numbers and states are sets of bits, joined at once. Phrases and distances need the places
of words in each document: their words' documents are only candidates, tested one by one, newest
first, until the screen is full.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from reader.errors import QueryError
from reader.search import bits
from reader.search.fields import Over, concrete
from reader.search.places import field_of, places
from reader.search.query import (
    And,
    AnyOf,
    AtLeast,
    DateRange,
    Everything,
    How,
    Near,
    Node,
    Not,
    NumberRange,
    Or,
    Phrase,
    Positional,
    SameQuotation,
    State,
    TitlePattern,
    Within,
    Word,
)
from reader.search.segment import Segment
from reader.search.segmentfile import Postings

Test = Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """What a query finds in one segment."""

    may: int
    """All documents that match are among these."""

    must: int
    """All of these match."""

    test: Test | None = None
    """Whether one of `may` matches; None when `may` and `must` are the same."""

    def holds(self, document: int) -> bool:
        """Whether a document matches."""
        if not self.may >> document & 1:
            return False
        return self.test is None or self.test(document)


def exactly(members: int) -> Found:
    """A set without doubt."""
    return Found(members, members)


ArticlesOf = Callable[[Node], Collection[int]]
"""The articles for which a query holds, asked of the other index."""

StateIds = Callable[[str, str], Collection[int] | None]


class Evaluator:
    """Puts one (expanded) query to one segment."""

    def __init__(
        self, segment: Segment, over: Over, articles_of: ArticlesOf, state_ids: StateIds
    ) -> None:
        self._segment = segment
        self._over = over
        self._articles_of = articles_of
        self._state_ids = state_ids
        self._postings: dict[tuple[Word, str], list[Postings]] = {}

    def find(self, node: Node) -> Found:
        """What a query finds."""
        segment = self._segment
        match node:
            case Word():
                fields = concrete(node.field, self._over)
                return exactly(reduce(or_, (segment.with_word(node, f) for f in fields)))
            case Phrase() | Near() | Within() | AnyOf():
                return self._placed(node)
            case And(parts):
                return self._all([self.find(part) for part in parts])
            case Or(parts):
                return self._any([self.find(part) for part in parts])
            case Not(part):
                return self._not(self.find(part))
            case AtLeast(count, word):
                return exactly(self._at_least(count, word))
            case DateRange(first, last):
                return exactly(segment.published_between(first, last))
            case NumberRange(field, low, high):
                lowest, highest = low or 0, 1 << 40 if high is None else high
                column = segment.column(field)
                return exactly(segment.where(column, lambda n: lowest <= n <= highest))
            case State(name, value):
                ids = self._state_ids(name, value)
                if ids is None:
                    raise QueryError(f"is:{name} cannot be answered here")
                return exactly(segment.of_articles(ids))
            case TitlePattern(pattern) if self._over is Over.ARTICLES:
                return exactly(segment.with_title(pattern))
            case TitlePattern():
                return exactly(segment.of_articles(self._articles_of(node)))
            case SameQuotation():
                return exactly(segment.of_articles(self._articles_of(node)))
            case Everything():
                return exactly(segment.everything)

    # Joining

    def _all(self, parts: list[Found]) -> Found:
        may = reduce(and_, (part.may for part in parts))
        tests = [part.test for part in parts if part.test is not None]
        if not tests:
            return exactly(may)
        must = reduce(and_, (part.must for part in parts))
        if len(tests) == 1:
            return Found(may, must, tests[0])
        return Found(may, must, lambda document: all(test(document) for test in tests))

    def _any(self, parts: list[Found]) -> Found:
        may = reduce(or_, (part.may for part in parts))
        if all(part.test is None for part in parts):
            return exactly(may)
        must = reduce(or_, (part.must for part in parts))
        return Found(may, must, lambda document: any(part.holds(document) for part in parts))

    def _not(self, part: Found) -> Found:
        everything = self._segment.everything
        if part.test is None:
            return exactly(everything & ~part.may)
        return Found(
            everything & ~part.must,
            everything & ~part.may,
            lambda document: not part.holds(document),
        )

    # Counting words

    def _at_least(self, count: int, word: Word) -> int:
        members = 0
        for field in concrete(word.field, self._over):
            counted: Counter[int] = Counter()
            for postings in self._lists(word, field):
                for document, often in zip(postings.documents(), postings.counts(), strict=True):
                    counted[document] += often
            enough = (document for document, often in counted.items() if often >= count)
            members |= bits.from_numbers(enough, self._segment.documents)
        return members

    def _lists(self, word: Word, field: str) -> list[Postings]:
        key = (word, field)
        found = self._postings.get(key)
        if found is None:
            found = self._postings[key] = self._segment.postings(word, field)
        return found

    def _candidates(self, node: Positional, field: str) -> int:
        match node:
            case Word():
                return self._segment.with_word(node, field)
            case Phrase(words):
                return reduce(and_, (self._segment.with_word(word, field) for word in words))
            case Near(left, right) | Within(left, right):
                return self._candidates(left, field) & self._candidates(right, field)
            case AnyOf(parts):
                return reduce(or_, (self._candidates(part, field) for part in parts))

    def _placed(self, node: Positional) -> Found:
        parts = []
        for field in concrete(field_of(node), self._over):
            may = self._candidates(node, field)
            if may:
                parts.append(Found(may, 0, self._test(node, field)))
        if not parts:
            return exactly(0)
        return parts[0] if len(parts) == 1 else self._any(parts)

    def _test(self, node: Positional, field: str) -> Test:
        if isinstance(node, Phrase):
            return self._phrase_test(node, field)
        exact = How.EXACT
        begins = f"{field}/"
        values = self._lists(Word("v", exact), begins)
        boundaries = {
            "sentence": self._lists(Word("s", exact), begins) + values,
            "paragraph": self._lists(Word("p", exact), begins) + values,
        }

        def test(document: int) -> bool:
            def where(word: Word) -> Collection[int]:
                return self._where(word, field, document)

            def starts(unit: str) -> Sequence[int]:
                return [0, *_places(boundaries[unit], document)]

            return bool(places(node, where, starts))

        return test

    def _where(self, word: Word, field: str, document: int) -> Collection[int]:
        return _places(self._lists(word, field), document)

    def _phrase_test(self, phrase: Phrase, field: str) -> Test:
        # Words in few documents rule out most candidates soonest.
        lists = sorted(
            enumerate(self._lists(word, field) for word in phrase.words),
            key=lambda pair: sum(postings.found for postings in pair[1]),
        )

        def test(document: int) -> bool:
            starts: set[int] | None = None
            for offset, postings in lists:
                here = _places(postings, document)
                if starts is None:
                    starts = {place - offset for place in here}
                else:
                    starts.intersection_update([place - offset for place in here])
                if not starts:
                    return False
            return True

        return test


def _places(lists: list[Postings], document: int) -> Collection[int]:
    if len(lists) == 1:
        return lists[0].places(document)
    result = array("H")
    for postings in lists:
        if postings.bits >> document & 1:
            result.extend(postings.places(document))
    return sorted(result)
