"""How hits are spread over speakers, outlets, months and tags."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Collection

from reader.core.facets import Facet, FacetRow
from reader.search.backend import SearchBackend
from reader.search.facets import FacetTable


def key(text: str) -> int:
    return int(dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC).timestamp())


TABLE = (
    FacetRow(1, ("Altun", "Ak"), "Harbour Post", key("2020-02-28"), ("syria",)),
    FacetRow(2, ("Ak",), "Daily Ledger", key("2020-02-01")),
    FacetRow(3, (), "Harbour Post", key("2019-12-31")),
    FacetRow(4, ("Ak", "Ak"), "", 0),
)


def counts(table: FacetTable, ids: list[int], facet: Facet) -> list[tuple[str, int]]:
    return [(found.value, found.count) for found in table.count(ids, facet)]


def test_the_commonest_values_come_first_and_months_by_date() -> None:
    table = FacetTable(TABLE)
    assert counts(table, [1, 2, 3, 4], Facet.SPEAKER) == [("Ak", 3), ("Altun", 1)]
    assert counts(table, [1, 2, 3, 4], Facet.OUTLET) == [("Harbour Post", 2), ("Daily Ledger", 1)]
    assert counts(table, [1, 2, 3, 4], Facet.MONTH) == [("2020-02", 2), ("2019-12", 1)]
    assert counts(table, [1, 99], Facet.TAG) == [("syria", 1)]
    assert table.count([1, 2], Facet.SPEAKER, top=1)[0].value == "Ak"


def test_articles_can_change_and_go() -> None:
    table = FacetTable(TABLE)
    table.update([FacetRow(3, ("Altun",), "Daily Ledger", key("2020-01-01"))])
    table.remove([1, 77])
    assert counts(table, [1, 2, 3], Facet.OUTLET) == [("Daily Ledger", 2)]
    assert counts(table, [1, 2, 3], Facet.SPEAKER) == [("Ak", 1), ("Altun", 1)]


class Tagged:
    """The first article has a tag."""

    def ids_between(self, state: str, value: str, first: int, last: int) -> None:
        """All are asked for at once."""

    def ids(self, state: str, value: str) -> Collection[int] | None:
        return [1] if (state, value) == ("tag", "air power") else []


def test_each_value_narrows_the_search_to_itself(asked: SearchBackend) -> None:
    table = FacetTable(
        [
            FacetRow(1, ("Fahrettin Altun",), "Harbour Post", key("2020-02-28"), ("air power",)),
            FacetRow(2, ("Selin Ak",), "Daily Ledger", key("2019-06-03")),
        ]
    )
    for facet, article in (
        (Facet.SPEAKER, 1),
        (Facet.OUTLET, 1),
        (Facet.MONTH, 1),
        (Facet.TAG, 1),
    ):
        narrowed = table.count([article], facet)[0].narrowing
        answer = asked.search(f"war {narrowed}", states=Tagged())
        assert list(answer.ids) == [article]


def test_counting_agrees_with_counting_one_by_one() -> None:
    chance = random.Random(3)
    names = [f"Speaker {number}" for number in range(30)]
    rows = [
        FacetRow(number, tuple(chance.sample(names, chance.randint(0, 4)))) for number in range(500)
    ]
    ids = chance.sample(range(500), 200)
    expected = Counter(name for row in rows if row.id in set(ids) for name in row.speakers)
    table = FacetTable(rows)
    found = table.count(ids, Facet.SPEAKER, top=100)
    assert {(count.value, count.count) for count in found} == set(expected.items())
    for top in (0, 1, 7, 29, 30, 31):
        assert table.count(ids, Facet.SPEAKER, top) == table.count(ids, Facet.SPEAKER, None)[:top]
