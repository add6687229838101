"""The fields whose values are no words: dates, numbers, states, regular expressions over titles."""

from __future__ import annotations

import datetime as dt
import re

from reader.errors import QueryError
from reader.search.dates import EXAMPLES, date_range, number_range, seconds, span_of_days
from reader.search.query import DateRange, Node, NumberRange, State, TitlePattern

VALUE_FIELDS = ("date", "after", "before", "since", "words", "quotes", "is", "has")
STATES = ("unread", "read", "starred", "muted", "kept")
STATE_FIELDS = ("tag", "note", "collection")
"""Fields whose words the store looks up, not the index: what a reader has put on articles."""

_HAS = {
    "tag": State("tagged"),
    "tags": State("tagged"),
    "note": State("noted"),
    "notes": State("noted"),
    "collection": State("collected"),
}
_REPEAT_IN_REPEAT = re.compile(r"[+*}?][^()|]*\)\s*[+*{]|\([^)]*\|[^)]*\)\s*[+*{]|\\[1-9]")
_LONGEST_PATTERN = 200


def date_node(name: str, value: str, today: dt.date) -> Node:
    """`date:`, `after:` (from that date on, it included) and `before:` (it not included)."""
    if name == "date":
        both = date_range(value, today)
        if both is not None:
            return DateRange(*_forwards(value, *both))
    else:
        days = span_of_days(value, today)
        if days is not None:
            first = seconds(days[0])
            return DateRange(None, first) if name == "before" else DateRange(first, None)
    raise QueryError(f'"{value}" is no date; write {EXAMPLES}')


def _forwards(value: str, low: int | None, high: int | None) -> tuple[int | None, int | None]:
    if low is not None and high is not None and high < low:
        raise QueryError(f'"{value}" ends before it begins')
    return low, high


def pattern_node(pattern: str) -> Node:
    """`title:/.../`. Patterns that could run for ever on a title are refused."""
    if len(pattern) > _LONGEST_PATTERN:
        raise QueryError(f"a regular expression may have {_LONGEST_PATTERN} characters")
    if _REPEAT_IN_REPEAT.search(pattern):
        raise QueryError("repeating a part that repeats or chooses, or \\1, is not possible here")
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise QueryError(f"the regular expression is wrong: {error}") from None
    return TitlePattern(pattern)


def value_node(name: str, value: str, today: dt.date) -> Node:
    """The node for a field of `VALUE_FIELDS`. Raises `QueryError` in plain words, without a
    place."""
    if name in ("date", "after", "since", "before"):
        return date_node("after" if name == "since" else name, value, today)
    if name in ("words", "quotes"):
        numbers = number_range(value)
        if numbers is None:
            raise QueryError(f'"{value}" is no number; write {name}:>3, {name}:<=3 or {name}:3..8')
        return NumberRange(name, *_forwards(value, *numbers))
    value = value.lower()
    if name == "has":
        if value in ("quotes", "quotations", "quote"):
            return NumberRange("quotes", 1, None)
        if value in _HAS:
            return _HAS[value]
        raise QueryError("has: knows quotes, tag, note and collection")
    if value not in STATES:
        raise QueryError(f"is: knows {', '.join(STATES[:-1])} and {STATES[-1]}")
    return State(value)
