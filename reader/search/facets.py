"""How the hits of a search are spread over speakers, outlets, months and tags.

The store says once what each article has (`FacetRow`); numbers in arrays keep it: a megabyte for
100,000 articles. Counting takes about a millisecond for 1,000 hits and asks neither store nor
index."""

from __future__ import annotations

import datetime as dt
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain


class Facet(StrEnum):
    """What hits can be told apart by."""

    SPEAKER = "speaker"
    OUTLET = "outlet"
    MONTH = "month"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class FacetRow:
    """What one article counts for."""

    id: int
    speakers: tuple[str, ...] = ()
    outlet: str = ""
    published_key: int = 0
    """Seconds since 1970 (UTC); 0 when unknown, which counts for no month."""

    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetCount:
    """One value, how many hits have it, and the words that narrow a search to it."""

    value: str
    count: int
    narrowing: str
    """To be put behind the query with a blank between."""


class FacetTable:
    """What all articles count for. Not safe for several threads at once."""

    def __init__(self, rows: Iterable[FacetRow] = ()) -> None:
        self._names: dict[Facet, list[str]] = {facet: [] for facet in Facet}
        self._numbers: dict[Facet, dict[str, int]] = {facet: {} for facet in Facet}
        self._row_of: dict[int, int] = {}
        self._values: dict[Facet, list[array[int]]] = {facet: [] for facet in Facet}
        # Most articles share their outlet and month, and many have no speaker: one array for all.
        self._shared: dict[tuple[int, ...], array[int]] = {}
        self.update(rows)

    def __len__(self) -> int:
        return len(self._row_of)

    def update(self, rows: Iterable[FacetRow]) -> None:
        """Add articles, or say anew what they count for."""
        for row in rows:
            at = self._row_of.setdefault(row.id, len(self._row_of))
            for facet, values in (
                (Facet.SPEAKER, row.speakers),
                (Facet.OUTLET, (row.outlet,) if row.outlet else ()),
                (Facet.MONTH, _month(row.published_key)),
                (Facet.TAG, row.tags),
            ):
                numbers = self._array(facet, values)
                column = self._values[facet]
                if at < len(column):
                    column[at] = numbers
                else:
                    column.append(numbers)

    def remove(self, ids: Iterable[int]) -> None:
        """Let articles count for nothing any more."""
        self.update(FacetRow(number) for number in ids if number in self._row_of)

    def _array(self, facet: Facet, values: Iterable[str]) -> array[int]:
        known, names = self._numbers[facet], self._names[facet]
        numbers = []
        for value in dict.fromkeys(values):
            number = known.setdefault(value, len(names))
            if number == len(names):
                names.append(value)
            numbers.append(number)
        key = tuple(numbers)
        return self._shared.setdefault(key, array("I", key))

    def count(self, ids: Sequence[int], facet: Facet, top: int = 10) -> list[FacetCount]:
        """The commonest values among some articles, the commonest first (months: the newest first).

        Articles that the table does not know count for nothing.
        """
        column, rows = self._values[facet], self._row_of
        known = (column[rows[number]] for number in ids if number in rows)
        counted = Counter(chain.from_iterable(known))
        names = self._names[facet]
        found = [(names[number], count) for number, count in counted.items()]
        if facet is Facet.MONTH:
            found.sort(reverse=True)
        else:
            found.sort(key=lambda pair: (-pair[1], pair[0].casefold(), pair[0]))
        return [FacetCount(value, count, narrowing(facet, value)) for value, count in found[:top]]


def _month(published_key: int) -> tuple[str, ...]:
    if not published_key:
        return ()
    day = dt.date.fromordinal(719163 + published_key // 86400)
    return (f"{day:%Y-%m}",)


def narrowing(facet: Facet, value: str) -> str:
    """The part of a query that asks for one value of a facet."""
    if facet is Facet.MONTH:
        return f"date:{value}"
    plain = value.replace('"', " ").strip()
    return f'{facet.value}:"{plain}"'
