"""The place and day that a news text opens with are nobody's words."""

from __future__ import annotations

import pytest

from reader.extraction.datelines import openings
from reader.extraction.engine import default_engine
from reader.extraction.tokens import tokenize

REPORTED = "Drilling for oil will go on at last year's level, industry analysts said on Monday."


@pytest.mark.parametrize(
    "dateline",
    [
        "OSLO - ",
        "OSLO, March 4 - ",
        "LOS ANGELES, March 4 — ",
        "PORTLAND, Ore. – ",
        "Oslo, Dec. 11 (NTB) — ",
        "KARSHOLM, Vesland (Harbour Wire) -- ",
    ],
)
def test_what_is_reported_begins_behind_the_dateline(dateline: str) -> None:
    body = f"Oil Drilling Will Go On\n\n{dateline}{REPORTED}\n\nPrices were stable."
    [quotation] = default_engine().extract(body).quotations
    assert quotation.content[0].text(body).startswith("Drilling for oil")


@pytest.mark.parametrize(
    "opening",
    [
        "The harbour board - which met on Tuesday - will vote again.",
        "“OSLO - it is cold here,” Lindqvist said.",
        "Lindqvist said: Oslo - a cold place - is far away.",
    ],
)
def test_a_dash_alone_makes_no_dateline(opening: str) -> None:
    assert openings(tokenize(f"Oil Drilling Will Go On\n\n{opening}")) == {}


def test_further_down_there_are_no_datelines() -> None:
    body = "\n\n".join(
        ("One line.", "Two lines.", "Three.", "Four.", "NATO - the alliance - acts.")
    )
    assert openings(tokenize(body)) == {}
