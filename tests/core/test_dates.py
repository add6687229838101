"""Dates written, read again and sorted."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.article import Published
from reader.core.dates import iso, parse_iso, sort_key

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda m: dt.timezone(dt.timedelta(minutes=m)))
PUBLISHED = st.one_of(
    st.dates(), st.datetimes(timezones=ZONES).map(lambda d: d.replace(microsecond=0))
)
NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC).timestamp()


@given(PUBLISHED)
def test_what_is_written_is_read_again(published: Published) -> None:
    text = iso(published)
    assert text is not None
    assert parse_iso(text) == published
    assert type(parse_iso(text)) is type(published)


@given(PUBLISHED, PUBLISHED)
def test_keys_sort_as_the_dates_do(one: Published, other: Published) -> None:
    def moment(p: Published) -> dt.datetime:
        if isinstance(p, dt.datetime):
            return p
        return dt.datetime(p.year, p.month, p.day, tzinfo=dt.UTC)

    if moment(one) <= moment(other):
        assert sort_key(one, now=NOW) <= sort_key(other, now=NOW)


@given(PUBLISHED)
def test_no_date_sorts_before_1970_or_after_tomorrow(published: Published) -> None:
    assert 0 <= sort_key(published, now=NOW) <= NOW + 86_400


def test_a_day_sorts_at_its_start_in_utc() -> None:
    assert sort_key(dt.date(2020, 2, 28)) == 1582848000
    assert sort_key(dt.datetime(2020, 2, 28, 10, tzinfo=dt.timezone(dt.timedelta(hours=3)))) == (
        1582848000 + 7 * 3600
    )
    assert sort_key(None) == 0


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2020-13-45", "99999-01-01", "2020-02-28T99:00Z"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_iso(text) is None


def test_an_hour_without_a_zone_is_a_day() -> None:
    assert parse_iso("2020-02-28T10:00:00") == dt.date(2020, 2, 28)
    assert iso(dt.datetime(2020, 2, 28, 10)) == "2020-02-28"
    assert parse_iso("2021-05-13T06:22:00Z") == dt.datetime(2021, 5, 13, 6, 22, tzinfo=dt.UTC)
    assert iso(None) is None
