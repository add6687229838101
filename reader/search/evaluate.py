"""A query over one segment: which documents may match, which do, and how the rest is decided.

Words, dates, numbers and states are sets of bits, joined at once. Phrases and distances need the
places of words: their words' documents are only candidates, decided in stretches, newest first,
until the screen is full."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from reader.errors import QueryError
from reader.search import bits
from reader.search.analysis import whole_name
from reader.search.fields import Over, concrete
from reader.search.places import field_of
from reader.search.postings import Postings
from reader.search.query import (
    NAME_FIELDS,
    QUOTATION_STATES,
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
from reader.search.segment import Places, Segment

Decide = Callable[[int], int]
"""Takes some of the documents that may match, gives those of them that do."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a query finds in one segment."""

    may: int
    """All documents that match are among these."""

    must: int
    """All of these match."""

    decide: Decide | None = None
    """Which of some of `may` match; None when `may` and `must` are the same."""

    def among(self, documents: int) -> int:
        """Which of some documents match."""
        documents &= self.may
        if self.decide is None or not documents:
            return documents
        sure = documents & self.must
        doubtful = documents & ~sure
        return sure | self.decide(doubtful) if doubtful else sure


def exactly(members: int) -> Found:
    """A set without doubt."""
    return Found(members, members)


ArticlesOf = Callable[[Node, int, int], Collection[int]]
"""The articles for which a query holds, asked of the other index: those with ids from one number to
another at least."""

StateIds = Callable[[str, str, int, int], Collection[int] | None]
"""The articles in a state, those with ids from one number to another at least."""


def _cost(node: Node) -> int:
    """What is cheap and may rule out a whole segment is asked first."""
    match node:
        case DateRange() | NumberRange():
            return 0
        case Word() | Phrase() | Near() | Within():
            return 1
        case SameQuotation() | TitlePattern():
            return 3
        case _:
            return 2


class Evaluator:
    """Puts one (expanded) query to one segment."""

    def __init__(
        self,
        segment: Segment,
        over: Over,
        articles_of: ArticlesOf,
        state_ids: StateIds,
        often: dict[Node, int] | None = None,
    ) -> None:
        """`often` says of how many documents there were in the last segment for some of the words,
        and is kept: what was rarest is looked up first, and is mostly not there at all, so that
        the other words of a phrase need not be read."""
        self._segment = segment
        self._over = over
        self._articles_of = articles_of
        self._state_ids = state_ids
        self._often = {} if often is None else often
        self._beginnings: dict[tuple[str, str], list[Postings]] = {}
        self._places: dict[tuple[Word, str], list[Places]] = {}

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
                return self._all(parts)
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
                return exactly(segment.numbered(field, lowest, highest))
            case State(name, value):
                return exactly(self._in_state(name, value))
            case TitlePattern(pattern) if self._over is Over.ARTICLES:
                return exactly(segment.with_title(pattern))
            case TitlePattern() | SameQuotation():
                first, last = segment.range("article")
                return exactly(segment.of_articles(self._articles_of(node, first, last)))
            case Everything():
                return exactly(segment.everything)

    def _in_state(self, name: str, value: str) -> int:
        members = self._segment.of_articles(self._asked(name, value))
        if self._over is Over.ARTICLES or name not in QUOTATION_STATES:
            return members
        wanted, ids = self._asked(f"quotations of {name}", value), self._segment.ids
        these = (document for document in bits.ascending(members) if ids[document] in wanted)
        return bits.from_numbers(these, self._segment.documents)

    def _asked(self, name: str, value: str) -> Collection[int]:
        ids = self._state_ids(name, value, *self._segment.range("article"))
        if ids is None:
            raise QueryError(f"is:{name} cannot be answered here")
        return ids

    # Joining

    def _all(self, nodes: Sequence[Node]) -> Found:
        may = must = self._segment.everything
        doubtful = []
        for node in sorted(nodes, key=lambda node: (_cost(node), self._often.get(node, 0))):
            part = self.find(node)
            self._often[node] = part.may.bit_count()
            may, must = may & part.may, must & part.must
            if not may:
                return exactly(0)
            if part.decide is not None:
                doubtful.append(part)
        if not doubtful:
            return exactly(may)

        def decide(documents: int) -> int:
            for part in doubtful:
                documents = part.among(documents)
            return documents

        return Found(may, must, decide)

    def _any(self, parts: list[Found]) -> Found:
        may = reduce(or_, (part.may for part in parts))
        if all(part.decide is None for part in parts):
            return exactly(may)
        must = reduce(or_, (part.must for part in parts))

        def decide(documents: int) -> int:
            found = 0
            for part in parts:
                found |= part.among(documents & ~found)
            return found

        return Found(may, must, decide)

    def _not(self, part: Found) -> Found:
        everything = self._segment.everything
        if part.decide is None:
            return exactly(everything & ~part.may)
        return Found(
            everything & ~part.must,
            everything & ~part.may,
            lambda documents: documents & ~part.among(documents),
        )

    # Counting words

    def _at_least(self, count: int, word: Word) -> int:
        from reader.search.arrays import np, set_of

        members, size = 0, self._segment.documents
        for field in concrete(word.field, self._over):
            often = np.zeros(size, np.int64)
            for postings in self._lists(word, field):
                often[postings.numbers()] += np.asarray(postings.counts())
            members |= set_of(np.flatnonzero(often >= count), size)
        return members

    def _lists(self, word: Word, field: str) -> list[Places]:
        key = (word, field)
        found = self._places.get(key)
        if found is None:
            found = self._places[key] = self._segment.places(word, field)
        return found

    def _begins(self, unit: str, field: str) -> list[Postings]:
        key = (unit, field)
        found = self._beginnings.get(key)
        if found is None:
            words = (Word(unit[0], How.EXACT), Word("v", How.EXACT))
            found = [one for word in words for one in self._segment.postings(word, field)]
            self._beginnings[key] = found
        return found

    def _candidates(self, node: Positional, field: str) -> int:
        match node:
            case Word():
                return self._segment.with_word(node, field)
            case Phrase(words):
                members = self._segment.everything
                for word in sorted(words, key=lambda word: self._often.get(word, 0)):
                    found = self._segment.with_word(word, field)
                    self._often[word] = found.bit_count()
                    members &= found
                    if not members:
                        break
                return members
            case Near(left, right) | Within(left, right):
                members = self._segment.everything
                for part in sorted((left, right), key=lambda part: self._often.get(part, 0)):
                    found = self._candidates(part, field)
                    self._often[part] = found.bit_count()
                    members &= found
                    if not members:
                        break
                return members
            case AnyOf(parts):
                return reduce(or_, (self._candidates(part, field) for part in parts))

    def _placed(self, node: Positional) -> Found:
        parts = []
        for field in concrete(field_of(node), self._over):
            may = self._candidates(node, field)
            if may:
                must = self._whole_names(node, field) & may
                parts.append(Found(may, must, self._decide(node, field)))
        if not parts:
            return exactly(0)
        return parts[0] if len(parts) == 1 else self._any(parts)

    def _whole_names(self, node: Positional, field: str) -> int:
        """The documents with a value that is the phrase, no more and no less."""
        if field not in NAME_FIELDS or not isinstance(node, Phrase):
            return 0
        if any(word.how is not How.EXACT for word in node.words):
            return 0
        whole = Word(whole_name([word.word for word in node.words]), How.EXACT, node.field)
        return self._segment.with_word(whole, field)

    def _decide(self, node: Positional, field: str) -> Decide:
        from reader.search.placed import Stretch

        def lists(word: Word) -> list[Places]:
            return self._lists(word, field)

        def boundaries(unit: str) -> list[Postings]:
            return self._begins(unit, f"{field}/")

        return lambda documents: Stretch(
            documents, self._segment.documents, lists, boundaries
        ).documents_with(node)
