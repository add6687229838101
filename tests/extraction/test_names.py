"""First names and what they say about gender."""

from __future__ import annotations

import pytest

from reader.extraction.names import gender_of, is_first_name, is_listed


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Hillary", "f"), ("Aydin", "m"), ("Recep", "m"), ("Ömer", "m"), ("Siobhán", "f"),
        ("Jean-Claude", "m"), ("Narendra", "m"), ("Yulia", "f"), ("Leslie", None), ("Qwxz", None),
        ("ZAINAB", "f"), ("Ki-moon", "m"),
    ],
)  # fmt: skip
def test_a_first_name_tells_the_gender_of_most_who_bear_it(name: str, gender: str | None) -> None:
    assert gender_of(name) == gender


def test_a_name_that_is_mostly_a_place_or_a_month_is_not_taken_for_a_first_name() -> None:
    assert not any(map(is_first_name, ("May", "Paris", "Virginia", "Will", "Chelsea")))
    assert all(map(is_listed, ("May", "Virginia", "Chelsea")))


def test_a_word_that_nobody_is_called_is_no_first_name() -> None:
    assert not any(map(is_first_name, ("Parliament", "Thursday", "Table", "")))
