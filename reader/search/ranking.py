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
from heapq import nlargest
from itertools import compress
from math import log
from operator import or_
from typing import TYPE_CHECKING

from reader.search import bits
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

_OFTEN = tuple(bytes(count >= least for count in range(256)) for least in range(17))

Lists = list[list[Postings]]
"""The postings of all forms of one word in one field, for each segment."""


class Ranking:
    """Scores for one query over the segments of one index (Robertson and Zaragoza 2009)."""

    def __init__(
        self,
        segments: Sequence[OpenSegment],
        node: Node,
        over: Over,
        go_on: Callable[[], None],
    ) -> None:
        self._segments = segments
        self._go_on = go_on
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
        for number, members in enumerate(decided() if chosen is None else chosen):
            self._go_on()
            segment = self._segments[number].segment
            score = self._scores(number, members)
            top = nlargest(need, score.items(), key=lambda pair: (pair[1], pair[0]))
            ids, published = segment.ids, segment.published
            ranked += [(points, published[d], ids[d]) for d, points in top]
        return [number for _, _, number in nlargest(need, ranked)]

    def _promising(self, found: Sequence[Found], need: int) -> list[int] | None:
        """Hits among which the best are, at least `need` of them; None where all must be scored."""
        may = [part.may for part in found]
        if any(part.decide is not None for part in found):
            return self._decided_champions(found, need)
        most = max(_SCORED, 4 * need)
        ways: tuple[Callable[[], list[int]], ...] = (
            lambda: self._masks(self._champions(may)[:most]),
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
        likely = self._champions([part.may for part in found])[: _LOOKED_AT * need]
        hits = [0] * len(found)
        for start in range(0, len(likely), _SCORED):
            self._go_on()
            masks = self._masks(likely[start : start + _SCORED])
            hits = [
                old | part.among(some) if some else old
                for old, part, some in zip(hits, found, masks, strict=True)
            ]
            if sum(some.bit_count() for some in hits) * 2 >= 3 * need:
                return hits
        return hits if sum(some.bit_count() for some in hits) >= need else None

    def _champions(self, members: Sequence[int]) -> list[tuple[float, int, int]]:
        """The documents that count most by the champions of the words alone, best first: points,
        segment and document."""
        found: list[tuple[float, int, int]] = []
        for number, mask in enumerate(members):
            if mask:
                points = self._champion_points(number, mask)
                found += [(score, number, document) for document, score in points.items()]
        found.sort(reverse=True)
        return found

    def _masks(self, chosen: Sequence[tuple[float, int, int]]) -> list[int]:
        """Some documents as a set for each segment."""
        numbers: list[list[int]] = [[] for _ in self._segments]
        for _, number, document in chosen:
            numbers[number].append(document)
        return [
            bits.from_numbers(some, s.segment.documents) if some else 0
            for some, s in zip(numbers, self._segments, strict=True)
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

    def _champion_points(self, number: int, members: int) -> dict[int, float]:
        segment = self._segments[number].segment
        room = members.to_bytes((segment.documents + 7) >> 3, "little")
        points: dict[int, float] = {}
        for field, lists, found in self._words:
            rarity = self._rarity(field, found)
            for postings in lists[number]:
                champions = postings.champions()
                if champions is None:
                    common = postings.bits & members
                    if common:
                        for document, score in self._points(number, postings, common, rarity):
                            points[document] = points.get(document, 0.0) + score
                    continue
                share = rarity / FULL_IMPACT
                for document, impact in zip(*champions, strict=True):
                    if room[document >> 3] >> (document & 7) & 1:
                        points[document] = points.get(document, 0.0) + share * impact
        return points

    def _often(self, members: Sequence[int], need: int) -> list[int]:
        """The hits in which one word at least stands so often that some hundred do not more so."""
        found = [0] * len(members)
        for _, lists, _ in self._words:
            counted = [
                [(postings, postings.counts().tobytes()) for postings in forms if postings.narrow]
                for forms in lists
            ]
            least = _threshold([counts for forms in counted for _, counts in forms], 20 * need)
            for number, forms in enumerate(counted):
                size = self._segments[number].segment.documents
                for postings, counts in forms:
                    if least == 1:
                        often = postings.bits
                    else:
                        flags = counts.translate(_OFTEN[least])
                        often = bits.from_numbers(compress(postings.documents(), flags), size)
                    found[number] |= often
                wide = (postings.bits for postings in lists[number] if not postings.narrow)
                found[number] = reduce(or_, wide, found[number])
        return [part & mask for part, mask in zip(found, members, strict=True)]

    def _scores(self, number: int, members: int) -> dict[int, float]:
        score = dict.fromkeys(bits.ascending(members), 0.0)
        for field, lists, found in self._words:
            rarity = self._rarity(field, found)
            for postings in lists[number]:
                common = postings.bits & members
                if common:
                    for document, points in self._points(number, postings, common, rarity):
                        score[document] += points
        return score

    def _rarity(self, field: str, found: int) -> float:
        return log(1 + self._size / (found + 0.5)) * _WEIGHTS.get(field, 1.0) * (BM25_K + 1)

    def _points(
        self, number: int, postings: Postings, members: int, rarity: float
    ) -> list[tuple[int, float]]:
        """What a word counts in each of some documents that have it."""
        lengths = self._segments[number].segment.lengths
        steady, share = BM25_K * (1 - BM25_B), BM25_K * BM25_B / self._mean
        return [
            (document, rarity * often / (often + steady + share * lengths[document]))
            for document, often in zip(*postings.often(members), strict=True)
        ]


def _scored(word: Word) -> Word:
    """Of a beginning only the word itself counts for the order, in all its forms."""
    if word.how in (How.PREFIX, How.UNFINISHED):
        return replace(word, how=How.STEM)
    return word


def _threshold(counts: list[bytes], enough: int) -> int:
    """The highest number that `enough` counts reach."""
    reached = sum(map(len, counts))
    for least in range(1, len(_OFTEN) - 1):
        reached -= sum(part.count(least) for part in counts)
        if reached < enough:
            return least
    return len(_OFTEN) - 1
