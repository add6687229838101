"""Best first: BM25 over the words of a query, the title counting more, newer ones before older.

Scoring a hundred thousand hits takes a second. So when more than `_MANY` match, only the
promising are scored: the champions of the words in each segment (the 64 documents in which a word
counts most, written down when the segment was made) that match the whole query, the best few
hundred of them by what their champions' lists say. An article that has every word of the query
rather often, and none outstandingly, may be missed: the order is then a near one. Where champions
are too few, those are scored in which a word stands uncommonly often, and else all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import reduce
from math import log
from operator import or_
from typing import TYPE_CHECKING

from reader.search import bits
from reader.search.arrays import Numbers, members_of, np, set_of
from reader.search.backend import always
from reader.search.fields import Over, concrete
from reader.search.places import field_of
from reader.search.postings import BM25_B, BM25_K, FULL_IMPACT, Postings
from reader.search.query import AtLeast, How, Node, TitlePattern, Word, positive, words_of

if TYPE_CHECKING:
    from reader.search.evaluate import Found
    from reader.search.searcher import OpenSegment

_WEIGHTS = {"title": 3.0, "speaker": 1.5}
_MANY = 3000
"""So many hits are all scored."""

_SCORED = 200
"""At least so many of the promising are scored."""

_LOOKED_AT = 32
"""So many likely documents are looked at for each hit, where a phrase has to be looked for."""

_MOST_OFTEN = 16
"""More often than that is uncommon enough."""

Lists = list[list[Postings]]
"""The postings of all forms of one word in one field, for each segment."""


class Ranking:
    """Scores for one query over the segments of one index (Robertson and Zaragoza 2009)."""

    def __init__(
        self,
        segments: Sequence[OpenSegment],
        node: Node,
        over: Over,
        go_on: Callable[[], None] = lambda: None,
        has_time: Callable[[], bool] = always,
    ) -> None:
        """`go_on` is called in between, and may raise; without `has_time` left, phrases are looked
        for among fewer of the likely documents."""
        self._segments = segments
        self._go_on = go_on
        self._has_time = has_time
        self._likely = [0] * len(segments)
        self._size = sum(s.segment.documents for s in segments)
        self._mean = sum(s.segment.length for s in segments) / max(1, self._size) or 1.0
        words: dict[tuple[Word, str], None] = {}
        for part in positive(node):
            if isinstance(part, TitlePattern):
                continue
            place = part.word if isinstance(part, AtLeast) else part
            for field in concrete(field_of(place), over):
                words |= {(_scored(word), field): None for word in words_of(place)}
        read: list[tuple[Word, str, Lists, int]] = []
        widest: dict[tuple[str, How], int] = {}
        for word, field in words:
            lists = [s.segment.postings(word, field) for s in segments]
            found = sum(postings.found for forms in lists for postings in forms)
            read.append((word, field, lists, found))
            key = (word.word, word.how)
            widest[key] = max(found, widest.get(key, 0))
        # Words in most documents tell them hardly apart, and are the dearest to look at.
        telling = {key for key, found in widest.items() if found * 2 <= self._size}
        self._words = [
            (field, lists, found)
            for word, field, lists, found in read
            if not telling or (word.word, word.how) in telling
        ]

    def best(
        self, found: Sequence[Found], need: int, decided: Callable[[], Sequence[int]]
    ) -> list[int]:
        """The ids of the best documents.

        `found` is what the query finds in each segment, oldest segment first; `decided` decides on
        all of it, which is asked for only where the promising ones are not enough.
        """
        total = sum(part.may.bit_count() for part in found)
        chosen = self._promising(found, need) if total > max(_MANY, need) else None
        ranked: list[tuple[float, int, int]] = []
        if chosen is None:
            chosen = [old | new for old, new in zip(self._likely, decided(), strict=True)]
        for number, members in enumerate(chosen):
            self._go_on()
            documents = members_of(members)
            scores = self._scores(number, documents)
            best = np.lexsort((documents, scores))[::-1][:need]
            segment = self._segments[number].segment
            ids, published = segment.ids, segment.published
            ranked += [
                (points, published[document], ids[document])
                for points, document in zip(
                    scores[best].tolist(), documents[best].tolist(), strict=True
                )
            ]
        ranked.sort(reverse=True)
        return [number for _, _, number in ranked[:need]]

    def _promising(self, found: Sequence[Found], need: int) -> list[int] | None:
        """Hits among which the best are, at least `need` of them; None where all must be scored."""
        may = [part.may for part in found]
        if any(part.decide is not None for part in found):
            return self._decided_champions(found, need)
        most = max(_SCORED, 4 * need)
        ways: tuple[Callable[[], list[int]], ...] = (
            lambda: self._masks(self._champions(may)[:, :most]),
            lambda: self._all_that_count(may, need),
            lambda: self._often(may, need),
        )
        for way in ways:
            hits = way()
            if sum(some.bit_count() for some in hits) >= need:
                return hits
        return None

    def _decided_champions(self, found: Sequence[Found], need: int) -> list[int] | None:
        """Some more hits than needed, the likely ones looked at first."""
        likely = self._champions([part.may for part in found])[:, : _LOOKED_AT * need]
        hits = self._likely
        start, size = 0, _SCORED
        while start < likely.shape[1] and self._has_time():
            self._go_on()
            masks = self._masks(likely[:, start : start + size])
            for number, (part, some) in enumerate(zip(found, masks, strict=True)):
                hits[number] |= part.among(some)
            if sum(some.bit_count() for some in hits) * 2 >= 3 * need:
                return hits
            # Where hits are rare, each look at a segment finds some more of them.
            start, size = start + size, 2 * size
        return hits if sum(some.bit_count() for some in hits) >= need else None

    def _champions(self, members: Sequence[int]) -> Numbers:
        """The documents that count most by the champions of the words alone, best first: a row of
        segments, and below it a row of documents."""
        parts = []
        for number, mask in enumerate(members):
            if mask:
                points = self._champion_points(number, mask)
                documents = np.flatnonzero(points)
                parts.append((points[documents], np.full(len(documents), number), documents))
        if not parts:
            return np.zeros((2, 0), np.int64)
        points, numbers, documents = (np.concatenate(column) for column in zip(*parts, strict=True))
        order = np.lexsort((documents, numbers, points))[::-1]
        return np.stack((numbers[order], documents[order]))

    def _masks(self, chosen: Numbers) -> list[int]:
        """Some documents as a set for each segment."""
        numbers, documents = chosen
        return [
            set_of(documents[numbers == number], s.segment.documents)
            for number, s in enumerate(self._segments)
        ]

    def _all_that_count(self, members: Sequence[int], need: int) -> list[int]:
        """All documents with one of the words, if they are few, and the newest of the others: what
        is found by the beginning of a word need not have the word."""
        counting = []
        for number, mask in enumerate(members):
            every = (p.bits for _, lists, _ in self._words for p in lists[number])
            counting.append(reduce(or_, every, 0) & mask)
        if sum(some.bit_count() for some in counting) > _MANY:
            return [0] * len(counting)
        left = need
        for number in reversed(range(len(counting))):
            newest = bits.highest(members[number], left) if left else 0
            left -= newest.bit_count()
            counting[number] |= newest
        return counting

    def _champion_points(self, number: int, members: int) -> Numbers:
        """What the champions among some documents count, for each document of the segment."""
        points = np.zeros(self._segments[number].segment.documents)
        inside = np.zeros(len(points), np.bool_)
        inside[members_of(members)] = True
        for field, lists, found in self._words:
            rarity = self._rarity(field, found)
            for postings in lists[number]:
                champions = postings.champions()
                if champions is None:
                    documents = members_of(postings.bits & members)
                    if len(documents):
                        points[documents] += rarity * self._shares(number, postings, documents)
                    continue
                documents, impacts = (np.array(column) for column in champions)
                there = inside[documents]
                points[documents[there]] += rarity / FULL_IMPACT * impacts[there]
        return points

    def _often(self, members: Sequence[int], need: int) -> list[int]:
        """The hits in which one word at least stands so often that some hundred do not more so."""
        found = [0] * len(members)
        for _, lists, _ in self._words:
            counted = [[np.asarray(postings.counts()) for postings in forms] for forms in lists]
            least = _threshold([counts for forms in counted for counts in forms], 20 * need)
            for number, forms in enumerate(counted):
                size = self._segments[number].segment.documents
                for postings, counts in zip(lists[number], forms, strict=True):
                    found[number] |= set_of(postings.numbers()[counts >= least], size)
        return [part & mask for part, mask in zip(found, members, strict=True)]

    def _scores(self, number: int, documents: Numbers) -> Numbers:
        """What each of some documents counts."""
        scores = np.zeros(len(documents))
        if len(documents):
            for field, lists, found in self._words:
                rarity = self._rarity(field, found)
                for postings in lists[number]:
                    scores += rarity * self._shares(number, postings, documents)
        return scores

    def _rarity(self, field: str, found: int) -> float:
        return log(1 + self._size / (found + 0.5)) * _WEIGHTS.get(field, 1.0) * (BM25_K + 1)

    def _shares(self, number: int, postings: Postings, documents: Numbers) -> Numbers:
        """What a word counts in each of some documents, but for its rarity."""
        lengths = np.asarray(self._segments[number].segment.lengths)[documents]
        steady, share = BM25_K * (1 - BM25_B), BM25_K * BM25_B / self._mean
        often = postings.often(documents)
        shares: Numbers = often / (often + steady + share * lengths)
        return shares


def _scored(word: Word) -> Word:
    """Of a beginning only the word itself counts for the order, in all its forms."""
    if word.how in (How.PREFIX, How.UNFINISHED):
        return replace(word, how=How.STEM)
    return word


def _threshold(counts: Sequence[Numbers], enough: int) -> int:
    """The highest number that `enough` counts reach."""
    histogram = np.zeros(_MOST_OFTEN + 1, np.int64)
    for some in counts:
        histogram += np.bincount(np.minimum(some, _MOST_OFTEN), minlength=_MOST_OFTEN + 1)
    reached = len(counts) and int(histogram.sum())
    for least in range(1, _MOST_OFTEN):
        reached -= int(histogram[least])
        if reached < enough:
            return least
    return _MOST_OFTEN
