"""How the hits of a search are spread over speakers, outlets, months and tags.

The store says once what each article has (`FacetRow`); columns of numbers keep it. Counting asks
neither store nor index."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from reader.core.facets import Facet, FacetCount, FacetRow

_NOTHING: tuple[int, ...] = ()


class FacetTable:
    """What all articles count for. Not safe for several threads at once."""

    def __init__(self, rows: Iterable[FacetRow] = ()) -> None:
        self._names: dict[Facet, list[str]] = {facet: [""] for facet in Facet}
        self._numbers: dict[Facet, dict[str, int]] = {facet: {} for facet in Facet}
        self._known = 0
        self._months: dict[int, int] = {}
        """The number of the month of each day that has been asked for."""
        # By article number, which archives give one after the other. Outlet and month are one
        # number each (0: none), since counting those is then twice as quick as counting tuples.
        self._one: dict[Facet, list[int]] = {Facet.OUTLET: [], Facet.MONTH: []}
        self._many: dict[Facet, list[tuple[int, ...]]] = {Facet.SPEAKER: [], Facet.TAG: []}
        # Many articles quote the same few: one tuple for all of them.
        self._shared: dict[tuple[int, ...], tuple[int, ...]] = {}
        self.update(rows)

    def update(self, rows: Iterable[FacetRow]) -> None:
        """Add articles, or say anew what they count for."""
        outlets, months = self._one[Facet.OUTLET], self._one[Facet.MONTH]
        speakers, tags = self._many[Facet.SPEAKER], self._many[Facet.TAG]
        for row in rows:
            if row.id >= self._known:
                self._grow(max(row.id + 1, self._known + self._known // 8))
            outlets[row.id] = self._number(Facet.OUTLET, row.outlet)
            months[row.id] = self._month(row.published_key // 86400)
            speakers[row.id] = self._tuple(Facet.SPEAKER, row.speakers)
            tags[row.id] = self._tuple(Facet.TAG, row.tags)

    def _grow(self, length: int) -> None:
        more = length - self._known
        for ones in self._one.values():
            ones.extend([0] * more)
        for many in self._many.values():
            many.extend([_NOTHING] * more)
        self._known = length

    def remove(self, ids: Iterable[int]) -> None:
        """Let articles count for nothing any more."""
        self.update(FacetRow(number) for number in ids if 0 <= number < self._known)

    def _month(self, day: int) -> int:
        number = self._months.get(day)
        if number is None:
            number = self._months[day] = self._number(Facet.MONTH, _month(day))
        return number

    def _number(self, facet: Facet, value: str) -> int:
        if not value:
            return 0
        names = self._names[facet]
        number = self._numbers[facet].setdefault(value, len(names))
        if number == len(names):
            names.append(value)
        return number

    def _tuple(self, facet: Facet, values: Iterable[str]) -> tuple[int, ...]:
        if not values:
            return _NOTHING
        numbers = tuple(self._number(facet, value) for value in dict.fromkeys(values) if value)
        return self._shared.setdefault(numbers, numbers)

    def count(self, ids: Sequence[int], facet: Facet, top: int | None = 10) -> list[FacetCount]:
        """The commonest values among some articles, the commonest first (months: the newest first);
        None gives all. Articles that the table does not know count for nothing."""
        if ids and not 0 <= min(ids) <= max(ids) < self._known:
            ids = [number for number in ids if 0 <= number < self._known]
        if facet in self._one:
            counted = Counter(map(self._one[facet].__getitem__, ids))
            counted.pop(0, None)
        else:
            each = map(self._many[facet].__getitem__, ids)
            counted = Counter(chain.from_iterable(each))
        names = self._names[facet]
        # Of the 10,000 speakers of a common word most have one hit: only those that come into
        # question are put in order by name.
        least = 0
        if facet is not Facet.MONTH and top is not None and len(counted) > top:
            least = sorted(counted.values(), reverse=True)[top - 1] if top else 0
        found = [(names[number], count) for number, count in counted.items() if count >= least]
        if facet is Facet.MONTH:
            found.sort(reverse=True)
        else:
            found.sort(key=lambda pair: (-pair[1], pair[0].casefold(), pair[0]))
        return [FacetCount(value, count, narrowing(facet, value)) for value, count in found[:top]]


def _month(day: int) -> str:
    """The month of a day counted from 1970; nothing for the first, which stands for no date."""
    if day <= 0:
        return ""
    date = dt.date.fromordinal(719163 + day)
    return f"{date.year:04}-{date.month:02}"


def narrowing(facet: Facet, value: str) -> str:
    """The part of a query that asks for one value of a facet."""
    if facet is Facet.MONTH:
        return f"date:{value}"
    plain = value.replace('"', " ").strip()
    return f'{facet.value}:"{plain}"'
