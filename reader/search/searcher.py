"""A query over all segments: the first hits at once, the count as far as it is cheap.

Each segment is in order of date, and segments hardly overlap in time (first imports are sorted, and
what comes in later is newer), so the newest hits are found in the first segment or two.
"""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice, takewhile
from math import inf

from reader.core.records import Sort
from reader.search import bits
from reader.search.backend import always
from reader.search.counting import count_all, count_some
from reader.search.evaluate import ArticlesOf, Evaluator, Found, StateIds
from reader.search.fields import Over
from reader.search.query import And, DateRange, Node
from reader.search.segment import Segment

TYPING_SECONDS = 0.1
"""So long may the first screen take while one types; what is found by then is shown."""

RANKING_SECONDS = 0.06
"""So long may deciding on phrases take for the best-first order; the oldest are left out then."""

_FIRST_STRETCH = 256
"""So many candidates are decided on at first, since the newest may fill the screen, ..."""

_LONGEST_STRETCH = 4096
"""... and so many later: each costs 0.1 ms beside what its places cost."""

_ALWAYS = 2000
"""So many candidates are decided on however long it takes."""


Hit = tuple[int, int]
"""When the article appeared, and its id (or the quotation's)."""


@dataclass(frozen=True, slots=True)
class OpenSegment:
    """A segment as it is at one moment."""

    segment: Segment
    live: int
    """The documents that are not deleted."""


@dataclass(frozen=True, slots=True)
class Result:
    """Hits in order, and how many there are in all."""

    ids: array[int]
    total: int
    exact: bool
    complete: bool = True


class UnwantedError(Exception):
    """Nobody wants the answer any more."""


class Search:
    """One search over the segments of one index."""

    def __init__(
        self,
        segments: list[OpenSegment],
        node: Node,
        over: Over,
        within: Collection[int] | None,
        articles_of: ArticlesOf,
        state_ids: StateIds,
        hurry: bool = False,
        exact: bool = False,
        hidden: frozenset[int] = frozenset(),
        wanted: Callable[[], bool] = always,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        first, last = published(node)
        inside = (s for s in segments if s.segment.newest >= first and s.segment.oldest < last)
        self._segments = sorted(inside, key=lambda s: (s.segment.newest, s.segment.oldest))
        self._node = node
        self._over = over
        self._within = None if within is None else frozenset(within)
        self._articles_of = articles_of
        self._state_ids = state_ids
        self._exact = exact
        self._hidden = hidden
        self._wanted = wanted
        self._clock = clock
        self._until = clock() + TYPING_SECONDS if hurry else inf
        self._complete = True
        self._looked = 0
        self._stretch = _FIRST_STRETCH
        self._found: dict[int, Found] = {}
        self._often: dict[Node, int] = {}
        self._articles: dict[int, frozenset[int]] = {}

    def _find(self, open_segment: OpenSegment) -> Found:
        """What the query finds in a segment, deleted documents left out."""
        key = id(open_segment.segment)
        found = self._found.get(key)
        if found is None:
            segment = open_segment.segment
            mask = open_segment.live & segment.without(self._hidden)
            if self._within is not None:
                mask &= segment.of_articles(self._within)
            if not mask:
                self._found[key] = Found(0, 0)
                return self._found[key]
            evaluator = Evaluator(
                segment, self._over, self._articles_of, self._state_ids, self._often
            )
            found = evaluator.find(self._node)
            found = Found(found.may & mask, found.must & mask, found.decide)
            self._found[key] = found
        return found

    def _go_on(self) -> None:
        if not self._wanted():
            raise UnwantedError

    def run(self, sort: Sort, limit: int | None, offset: int) -> Result:
        """The hits from number `offset` on, at most `limit`.

        Raises UnwantedError once the answer is not wanted any more."""
        if limit is None and sort is not Sort.RELEVANCE:
            ids = self.every(sort)
            return Result(ids[offset:], len(ids), True)
        need = sum(s.live.bit_count() for s in self._segments) if limit is None else offset + limit
        if sort is Sort.RELEVANCE:
            return self._best(need, offset, whole=limit is None)
        hits = self._first(need, sort is not Sort.OLDEST)
        total, exact = self._count(len(hits), need)
        ids = array("q", (i for _, i in hits[offset:need]))
        return Result(ids, total, exact and self._complete, self._complete)

    def _best(self, need: int, offset: int, *, whole: bool) -> Result:
        """The best hits from number `offset` up to `need`."""
        from reader.search.ranking import Ranking

        until = inf if self._exact or whole else self._clock() + RANKING_SECONDS

        def decided() -> list[int]:
            members = [self._decided(s, until) for s in reversed(self._segments)]
            self._complete = all(complete for _, complete in members)
            return [some for some, _ in reversed(members)]

        def has_time() -> bool:
            return self._clock() < until

        ranking = Ranking(self._segments, self._node, self._over, self._go_on, has_time)
        found = []
        for open_segment in self._segments:
            self._go_on()
            found.append(self._find(open_segment))
        ids = ranking.best(found, need, decided)
        total, exact = self._count(len(ids), need)
        return Result(array("q", ids[offset:]), total, exact and self._complete, self._complete)

    def _first(self, need: int, newest: bool) -> list[Hit]:
        """The first `need` hits in order of date."""
        hits: list[Hit] = []
        if newest:
            order = self._segments[::-1]
        else:
            order = sorted(self._segments, key=lambda s: (s.segment.oldest, s.segment.newest))
        for number, open_segment in enumerate(order):
            self._go_on()
            segment = open_segment.segment
            enough = len(hits) >= need
            if enough and (
                need == 0
                or (newest and hits[need - 1][0] > segment.newest)
                or (not newest and hits[need - 1][0] < segment.oldest)
            ):
                # The others may have been put in order by their other end.
                if self._others_later(order[number:], hits[need - 1][0] if need else 0, newest):
                    break
                continue
            fresh = self._in_order(open_segment, newest)
            if enough:
                # What is older than all that is on the screen need not even be decided on.
                fresh = takewhile(partial(_reaches, hits[need - 1][0], newest), fresh)
            hits += islice(fresh, need)
            hits.sort(reverse=newest)
            del hits[need:]
        return hits

    @staticmethod
    def _others_later(rest: list[OpenSegment], date: int, newest: bool) -> bool:
        if newest:
            return all(date > s.segment.newest for s in rest)
        return all(date < s.segment.oldest for s in rest)

    def _in_order(self, open_segment: OpenSegment, newest: bool) -> Iterator[Hit]:
        segment = open_segment.segment
        published, ids = segment.published, segment.ids
        for members in self._stretches(self._find(open_segment), newest):
            for document in bits.descending(members) if newest else bits.ascending(members):
                yield published[document], ids[document]

    def _stretches(self, found: Found, newest: bool) -> Iterator[int]:
        """The documents that match, in stretches, each four times as long as the one before, be
        that in another segment."""
        if found.decide is None:
            yield found.may
            return
        left = found.may
        while left:
            self._go_on()
            if self._looked > _ALWAYS and self._clock() > self._until:
                self._complete = False
                return
            size = self._stretch
            stretch = bits.highest(left, size) if newest else bits.lowest(left, size)
            looked = stretch.bit_count()
            self._looked += looked
            self._stretch = min(max(size, 4 * looked), _LONGEST_STRETCH)
            left &= ~stretch
            members = found.among(stretch)
            if members:
                yield members

    def _decided(self, open_segment: OpenSegment, until: float) -> tuple[int, bool]:
        """The documents of a segment that match, and whether there was time to decide on all."""
        self._go_on()
        found = self._find(open_segment)
        if found.decide is None:
            return found.may, True
        members, left = 0, found.may
        while left:
            self._go_on()
            if self._looked > _ALWAYS and self._clock() > until:
                return members | found.must, False
            stretch = bits.highest(left, _LONGEST_STRETCH)
            self._looked += stretch.bit_count()
            left &= ~stretch
            members |= found.among(stretch)
        return members, True

    def every(self, sort: Sort = Sort.NEWEST) -> array[int]:
        """The ids of all hits in order of date."""
        ids = array("q")
        for group in self._overlapping():
            if len(group) == 1:
                ids.extend(self._ids(group[0]))
            else:
                hits = [
                    (open_segment.segment.published[document], open_segment.segment.ids[document])
                    for open_segment in group
                    for document in bits.ascending(self._decided(open_segment, inf)[0])
                ]
                hits.sort()
                ids.extend(number for _, number in hits)
        if sort is not Sort.OLDEST:
            ids.reverse()
        return ids

    def _overlapping(self) -> Iterator[list[OpenSegment]]:
        """The segments, oldest first, those together that share a time."""
        group: list[OpenSegment] = []
        newest = -inf
        for open_segment in sorted(self._segments, key=lambda s: s.segment.oldest):
            if group and open_segment.segment.oldest > newest:
                yield group
                group = []
            group.append(open_segment)
            newest = max(newest, open_segment.segment.newest)
        if group:
            yield group

    def _ids(self, open_segment: OpenSegment) -> Iterator[int]:
        members, _ = self._decided(open_segment, inf)
        return bits.chosen(open_segment.segment.ids, members)

    def articles(self, first: int, last: int) -> frozenset[int]:
        """The articles of the hits, as far as their ids are from `first` to `last`; of others as
        well."""
        parts = []
        for open_segment in self._segments:
            segment = open_segment.segment
            low, high = segment.range("article")
            if low > last or high < first:
                continue
            found = self._articles.get(id(segment))
            if found is None:
                members, _ = self._decided(open_segment, inf)
                found = frozenset(bits.chosen(segment.articles, members))
                self._articles[id(segment)] = found
            parts.append(found)
        return parts[0] if len(parts) == 1 else frozenset().union(*parts)

    def _count(self, hits: int, need: int) -> tuple[int, bool]:
        """How many there are in all, and whether that is sure; `hits` of `need` were found."""
        if hits < need and self._complete:
            return hits, True
        if self._exact:
            return count_all([partial(self._find, s) for s in self._segments], self._go_on), True
        finders = [
            (s.live.bit_count(), id(s.segment) in self._found, partial(self._find, s))
            for s in self._segments
        ]
        return count_some(finders, hits, self._clock)


def _reaches(edge: int, newest: bool, hit: Hit) -> bool:
    """Whether a hit is no older (or no newer) than the last on the screen."""
    return hit[0] >= edge if newest else hit[0] <= edge


def published(node: Node) -> tuple[float, float]:
    """From when up to (and without) when all hits of a query must have been published."""
    match node:
        case DateRange(first, last):
            return -inf if first is None else first, inf if last is None else last
        case And(parts):
            both = [published(part) for part in parts]
            return max(first for first, _ in both), min(last for _, last in both)
        case _:
            return -inf, inf
