"""The card of the query language says nothing that the parser does not understand."""

from __future__ import annotations

import datetime as dt

from reader.search.card import QUERY_CARD
from reader.search.fieldnames import FIELD_NAMES
from reader.search.parser import parse
from reader.search.query import Everything


def test_every_example_on_the_card_is_understood() -> None:
    for _, rows in QUERY_CARD:
        for row in rows:
            query = parse(row.example, saved={"syria": "syria"}.get, today=dt.date(2020, 3, 1))
            assert not isinstance(query.node, Everything), row.example
            assert row.meaning


def test_every_field_is_on_the_card() -> None:
    text = " ".join(f"{row.example} {row.meaning}" for _, rows in QUERY_CARD for row in rows)
    other_names = {"text", "author", "source", "feed", "site", "since"}
    missing = [name for name in FIELD_NAMES if f"{name}:" not in text]
    assert set(missing) <= other_names
