"""Dates as newspapers and machines write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.article import Published
from reader.ingest.dating import find_date, read_date

DAY = dt.date(2026, 3, 3)


def at(hour: int, minute: int, east: int = 0) -> dt.datetime:
    zone = dt.timezone(dt.timedelta(minutes=east))
    return dt.datetime(2026, 3, 3, hour, minute, tzinfo=zone)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("By Ann Reed March 3, 2026", DAY),
        ("Published: 3 March 2026, 10:45 GMT", at(10, 45)),
        ("Tue 3 Mar 2026 10.45 CET", at(10, 45, 60)),
        ("Mar. 3, 2026 at 4:05 p.m. EST", at(16, 5, -300)),
        ("March 3rd, 2026 12:30 am UTC", at(0, 30)),
        ("March 3, 2026 | 10:15 AM ET", DAY),
        ("3 March 2026 10:45", DAY),
        ("2026-03-03T10:45:00+02:00", at(10, 45, 120)),
        ("10:45 GMT 03.03.2026", at(10, 45)),
        ("Tue Mar 3, 2026 11:19AM [Updated: Tue Mar 3, 2026 01:02PM]", DAY),
        ("2026/03/03", DAY),
        ("3.3.2026", DAY),
        ("03/25/2026", dt.date(2026, 3, 25)),
        ("25/03/2026", dt.date(2026, 3, 25)),
        ("3. März 2026", DAY),
        ("3 de marzo de 2026", DAY),
        ("3 mars 2026 à 10h45", DAY),
        ("02/03/2026", None),
        ("March 2026", None),
        ("31 February 2026", None),
        ("3 March", None),
        ("1234567890", None),
    ],
)
def test_dates_in_lines_are_found(text: str, expected: Published | None) -> None:
    found = find_date(text)
    assert (found.published if found else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tue, 03 Mar 2026 10:45:00 GMT", at(10, 45)),
        ("Tue, 03 Mar 2026 10:45:00 -0500", at(10, 45, -300)),
        ("Tue, 03 Mar 2026 10:45:00", DAY),
        ("2026-03-03T10:45:00.123Z", at(10, 45)),
        ("2026-03-03 10:45:00", DAY),
        ("20260303T104500Z", at(10, 45)),
        ("Mon, 32 Foo 99999 12:00:00 XYZ", None),
        ("0000-00-00T00:00:00Z", None),
        ("", None),
    ],
)
def test_dates_of_feeds_and_pages_are_read(text: str, expected: Published | None) -> None:
    assert read_date(text) == expected


@given(st.text(max_size=120))
def test_no_text_is_too_odd(text: str) -> None:
    read_date(text)
    if found := find_date(text):
        assert 0 <= found.start < found.end <= len(text)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)))
def test_every_day_written_out_is_found(day: dt.date) -> None:
    for form in ("%B %d, %Y", "%d %b %Y", "%Y-%m-%d", "%d.%m.%Y", "%A, %d. %B %Y"):
        found = find_date("Posted on " + day.strftime(form))
        assert found is not None
        assert found.published == day
