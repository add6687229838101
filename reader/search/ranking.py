"""Best first: BM25 over the words of a query, the title counting more, newer ones before older.

Scoring a hundred thousand hits takes a second. So when more than `_MANY` match, only the
promising are scored: the champions of the words in each segment (the 64 documents in which a word
counts most, written down when the segment was made) that match the whole query, the best few
hundred of them by what their champions' lists say. An article that has every word of the query
rather often, and none outstandingly, may be missed: the order is then a near one. Where champions
are too few (deep pages, small segments), those are scored in which a word stands uncommonly often.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
    from reader.search.searcher import OpenSegment

_WEIGHTS = {"title": 3.0, "speaker": 1.5}
_MANY = 3000
"""So many hits are all scored."""

_SCORED = 200
"""At least so many of the promising are scored."""

_OFTEN = tuple(bytes(count >= least for count in range(256)) for least in range(17))

Lists = list[list[Postings]]
"""The postings of all forms of one word in one field, for each segment."""


class Ranking:
    """Scores for one query over the segments of one index (Robertson and Zaragoza 2009)."""

    def __init__(self, segments: Sequence[OpenSegment], node: Node, over: Over) -> None:
        self._segments = segments
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
        self, members: Sequence[int], need: int, late: Callable[[], bool]
    ) -> tuple[list[int], bool]:
        """The ids of the best documents, and whether all were looked at.

        `members` has the matching ones of each segment, oldest segment first; once it is `late`,
        older segments are left out.
        """
        total = sum(part.bit_count() for part in members)
        chosen = list(members)
        if total > max(_MANY, need):
            for promising in (self._champions, self._often):
                some = promising(members, need)
                if sum(part.bit_count() for part in some) >= need:
                    chosen = some
                    break
        ranked: list[tuple[float, int, int]] = []
        whole, seen = True, 0
        for number in reversed(range(len(members))):
            if seen > _MANY and late():
                whole = False
                break
            seen += members[number].bit_count()
            segment = self._segments[number].segment
            score = self._scores(number, chosen[number])
            top = nlargest(need, score.items(), key=lambda pair: (pair[1], pair[0]))
            ids, published = segment.ids, segment.published
            ranked += [(points, published[d], ids[d]) for d, points in top]
        return [number for _, _, number in nlargest(need, ranked)], whole

    def _champions(self, members: Sequence[int], need: int) -> list[int]:
        """The hits that count most by the champions of the words alone."""
        found: list[tuple[float, int, int]] = []
        for number, mask in enumerate(members):
            if mask:
                points = self._champion_points(number, mask)
                found += [(score, number, document) for document, score in points.items()]
        chosen: list[list[int]] = [[] for _ in members]
        for _, number, document in nlargest(max(_SCORED, 4 * need), found):
            chosen[number].append(document)
        sizes = (s.segment.documents for s in self._segments)
        return [bits.from_numbers(some, size) for some, size in zip(chosen, sizes, strict=True)]

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
    ) -> Iterator[tuple[int, float]]:
        """What a word counts in each of some documents that have it."""
        lengths = self._segments[number].segment.lengths
        steady, share = BM25_K * (1 - BM25_B), BM25_K * BM25_B / self._mean
        for document, often in postings.often(members):
            yield document, rarity * often / (often + steady + share * lengths[document])


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
