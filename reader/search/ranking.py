"""Best first: BM25 over the words of a query, the title counting more, newer ones before older."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nlargest
from math import log
from typing import TYPE_CHECKING

from reader.search import bits
from reader.search.fields import Over, concrete
from reader.search.places import field_of
from reader.search.query import AtLeast, Node, TitlePattern, Word, positive, words_of
from reader.search.segmentfile import Postings

if TYPE_CHECKING:
    from reader.search.searcher import OpenSegment

_K = 1.2
_B = 0.75
_WEIGHTS = {"title": 3.0, "speaker": 1.5}


class Ranking:
    """Scores for one query over the segments of one index (Robertson and Zaragoza 2009)."""

    def __init__(self, segments: Sequence[OpenSegment], node: Node, over: Over) -> None:
        self._segments = segments
        self._size = sum(s.segment.documents for s in segments)
        self._words: list[tuple[Word, str]] = []
        for part in positive(node):
            if isinstance(part, TitlePattern):
                continue
            place = part.word if isinstance(part, AtLeast) else part
            for field in concrete(field_of(place), over):
                self._words += [(word, field) for word in words_of(place)]
        self._words = list(dict.fromkeys(self._words))

    def best(self, members: Sequence[int], need: int) -> list[int]:
        """The ids of the best documents; `members` has the matching ones of each segment."""
        lists = [
            [open_segment.segment.postings(word, field) for open_segment in self._segments]
            for word, field in self._words
        ]
        scores: list[dict[int, float]] = [{} for _ in self._segments]
        for (_, field), of_word in zip(self._words, lists, strict=True):
            found = sum(postings.found for forms in of_word for postings in forms)
            rarity = log(1 + self._size / (found + 0.5)) * _WEIGHTS.get(field, 1.0)
            for number, forms in enumerate(of_word):
                for postings in forms:
                    if postings.bits & members[number]:
                        self._add(scores[number], postings, members[number], rarity, number)
        ranked: list[tuple[float, int, int]] = []
        for number, open_segment in enumerate(self._segments):
            segment = open_segment.segment
            score = scores[number]
            if len(score) < members[number].bit_count():
                for document in bits.ascending(members[number]):
                    score.setdefault(document, 0.0)
            ids, published = segment.ids, segment.published
            top = nlargest(need, score.items(), key=lambda pair: (pair[1], pair[0]))
            ranked += [(points, published[d], ids[d]) for d, points in top]
        return [number for _, _, number in nlargest(need, ranked)]

    def _add(
        self,
        score: dict[int, float],
        postings: Postings,
        members: int,
        rarity: float,
        number: int,
    ) -> None:
        norms = self._norms(number)
        flags = members if postings.bits & ~members else None
        top = (_K + 1) * rarity
        for document, often in zip(postings.documents(), postings.counts(), strict=True):
            if flags is None or flags >> document & 1:
                points = top * often / (often + norms[document])
                score[document] = score.get(document, 0.0) + points

    def _norms(self, number: int) -> list[float]:
        if not hasattr(self, "_known"):
            self._known: dict[int, list[float]] = {}
        norms = self._known.get(number)
        if norms is None:
            lengths = self._segments[number].segment.column("words")
            mean = (sum(lengths) / len(lengths)) or 1.0
            steady, share = _K * (1 - _B), _K * _B / mean
            norms = self._known[number] = [steady + share * length for length in lengths]
        return norms
