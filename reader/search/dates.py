"""Dates in queries: `2020`, `2020-02`, `2019..2021`, `-30d`, `yesterday`, in seconds (UTC)."""

from __future__ import annotations

import datetime as dt
import re

_DAY = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_AGO = re.compile(r"-?(\d{1,4})([dwmy])", re.IGNORECASE)
_EPOCH = dt.date(1970, 1, 1).toordinal()

EXAMPLES = "2020, 2020-02, 2020-02-28, 2019..2021, -30d, today or yesterday"


def seconds(day: dt.date) -> int:
    """The first second of a day, counted from 1970 in UTC."""
    return (day.toordinal() - _EPOCH) * 86400


def _months_back(day: dt.date, months: int) -> dt.date:
    number = max(12, day.year * 12 + day.month - 1 - months)
    year, month = divmod(number, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, last)
        except ValueError:
            continue
    return dt.date(year, month + 1, 1)


def _ago(value: str, today: dt.date) -> dt.date | None:
    match = _AGO.fullmatch(value)
    if not match:
        return None
    count, unit = int(match[1]), match[2].lower()
    if unit == "d":
        return today - dt.timedelta(days=count)
    if unit == "w":
        return today - dt.timedelta(weeks=count)
    return _months_back(today, count * (12 if unit == "y" else 1))


def span_of_days(value: str, today: dt.date) -> tuple[dt.date, dt.date] | None:
    """The first day that a date means, and the day after its last; None if it is no date.

    `2020-02` is the whole month, `-30d` the last thirty days and today.
    """
    value = value.strip().lower()
    one = dt.timedelta(days=1)
    if value == "today":
        return today, today + one
    if value == "yesterday":
        return today - one, today
    if value == "now":
        return today, today + one
    ago = _ago(value, today) if value.startswith("-") else None
    if ago is not None:
        return ago, today + one
    match = _DAY.fullmatch(value)
    if not match:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        if day:
            first = dt.date(year, month, day)
            return first, first + one
        if month:
            first = dt.date(year, month, 1)
            return first, dt.date(year + month // 12, month % 12 + 1, 1)
        return dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    except (ValueError, OverflowError):
        return None


def _point(value: str, today: dt.date) -> tuple[dt.date, dt.date] | None:
    """The same for a date that bounds a range: there `-30d` is the one day thirty days ago."""
    days = span_of_days(value, today)
    if days is not None and value.strip().startswith("-"):
        return days[0], days[0] + dt.timedelta(days=1)
    return days


def date_range(value: str, today: dt.date) -> tuple[int | None, int | None] | None:
    """The value of `date:` as (first second, second after the last); None if it is no date."""
    for sign in (">=", "<=", ">", "<"):
        if value.startswith(sign):
            days = _point(value[len(sign) :], today)
            if days is None:
                return None
            first, last = seconds(days[0]), seconds(days[1])
            return {
                ">=": (first, None),
                "<=": (None, last),
                ">": (last, None),
                "<": (None, first),
            }[sign]
    if ".." in value:
        left, _, right = value.partition("..")
        if not left and not right:
            return None
        low = _point(left, today) if left else None
        high = _point(right, today) if right else None
        if (left and not low) or (right and not high):
            return None
        return (seconds(low[0]) if low else None, seconds(high[1]) if high else None)
    days = span_of_days(value, today)
    return (seconds(days[0]), seconds(days[1])) if days else None


_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_NUMBER = re.compile(r"(>=|<=|>|<|=)?(\d{1,9})|(\d{1,9})?\.\.(\d{1,9})?")


def number_range(value: str) -> tuple[int | None, int | None] | None:
    """`>800`, `<=3`, `300..500`, `7` as (lowest, highest), both in; None if it is no number."""
    match = _NUMBER.fullmatch(_THOUSANDS.sub("", value))
    if not match:
        return None
    sign, number, low, high = match.groups()
    if number is None:
        if low is None and high is None:
            return None
        return (int(low) if low else None, int(high) if high else None)
    count = int(number)
    return {
        ">": (count + 1, None),
        ">=": (count, None),
        "<": (None, count - 1),
        "<=": (None, count),
    }.get(sign or "=", (count, count))
