"""Dates as newspapers and machines write them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from reader.core.article import Published
from reader.core.dates import parse_iso

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar januari janvier enero janeiro gennaio",
            "february feb februar februari février febrero fevereiro febbraio",
            "march mar märz maart mars marzo março",
            "april apr avril abril aprile",
            "may mai mei mayo maio maggio",
            "june jun juni juin junio junho giugno",
            "july jul juli juillet julio julho luglio",
            "august aug augustus août agosto",
            "september sep sept septembre septiembre setembro settembre",
            "october oct okt oktober octobre octubre outubro ottobre",
            "november nov novembre noviembre novembro",
            "december dec dez dezember décembre diciembre dezembro dicembre",
        ),
        1,
    )
    for name in names.split()
}
_ZONES: Final = {
    "utc": 0, "gmt": 0, "z": 0, "wet": 0, "bst": 60, "ist": None, "cet": 60, "cest": 120,
    "eet": 120, "eest": 180, "msk": 180, "trt": 180, "est": -300, "edt": -240, "et": None,
    "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "pt": None,
    "jst": 540, "kst": 540, "hkt": 480, "sgt": 480, "aest": 600, "aedt": 660, "nzst": 720,
    "nzdt": 780, "sast": 120, "eat": 180, "wat": 60,
}  # fmt: skip
"""Minutes east of Greenwich. "ET", "PT" (no season) and "IST" (three
zones) are None, so the day alone is kept."""

_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_TIME = (
    r"(?P<clock>(?:\s|,|at|T|[-–—|·•]|um|à){0,6}(?P<hour>\d{1,2})[:.h](?P<minute>\d\d)(?:[:.](?P<second>\d\d)"
    r"(?:\.\d{1,9})?)?\s{0,2}(?P<half>[ap]\.?\s?m\b\.?)?\s{0,2}\(?(?P<zone>[+-]\d\d:?\d\d\b|"
    r"(?:UTC|GMT)[+-]\d{1,2}(?::?\d\d)?\b|Z\b|[A-Z]{2,4}\b)?\)?)?"
)
_TIME_BEFORE = re.compile(
    r"(?<![\d:.])(?P<hour>\d{1,2})[:.](?P<minute>\d\d)\s{0,2}(?P<half>[ap]\.?m\.?)?\s{0,2}"
    r"(?P<zone>[A-Z]{2,4}|[+-]\d\d:?\d\d)?,?\s{1,3}(?:on\s)?\Z",
    re.IGNORECASE,
)
_ORDINAL = r"(?:st|nd|rd|th|\.|er|º)?"
_FORMS = (
    r"(?P<year>\d{4})[-/.](?P<monthno>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
    rf"(?P<month>{_MONTH})\b\.?\s{{1,3}}(?P<day>\d{{1,2}}){_ORDINAL},?\s{{1,3}}(?P<year>\d{{4}})(?!\d)",
    rf"(?P<day>\d{{1,2}}){_ORDINAL}(?:\s{{1,3}}|-)(?:of\s|de\s)?(?P<month>{_MONTH})\b\.?,?(?:\s{{1,3}}|-)"
    r"(?:de\s)?(?P<year>\d{4})(?!\d)",
    r"(?P<day>\d{1,2})\.\s?(?P<monthno>\d{1,2})\.\s?(?P<year>\d{4})(?!\d)",
    r"(?P<first>\d{1,2})/(?P<second_>\d{1,2})/(?P<year>\d{4})(?!\d)",
)
_PATTERNS = [re.compile(r"(?<!\d)" + form + _TIME, re.IGNORECASE) for form in _FORMS]
_LONGEST: Final = 400
_AROUND_DATES = re.compile(
    r"\b(?:first |last |originally )?(?:published|updated|posted|modified|created|date|on|at|"
    r"edited|issued|(?:mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?|sun)(?:day)?|local time|publié|"
    r"le|am|veröffentlicht|uhr|\d{1,3} min(?:ute)?s? read|\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?|"
    r"ET|PT|GMT|UTC|[A-Z]{3,4}T)\b|[\s,:|·•–—()\[\]-]+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a line of text, and which characters it takes."""

    published: Published
    start: int
    end: int


def find_date(line: str) -> FoundDate | None:
    """Return the first date in the first 400 characters of `line`, with its time if zoned.

    Knows ISO 8601, "February 28, 2020", "28 Feb. 2020, 10:45 GMT" with month names of seven
    languages, "28.02.2020" (day first) and "28/02/2020" or "02/28/2020" where one of the two
    numbers cannot be a month; other slashes are ambiguous and none. A year is always needed. A time
    without a zone, or in a zone that does not say its season ("ET"), gives the day alone.
    """
    line = line[:_LONGEST]
    best: FoundDate | None = None
    for pattern in _PATTERNS:
        for match in pattern.finditer(line):
            published = _from_match(match)
            if published is not None:
                if best is None or match.start() < best.start:
                    best = FoundDate(published, match.start(), match.end())
                break
    if best is not None and not isinstance(best.published, dt.datetime):
        best = _with_time_before(best, line)
    return best


def _with_time_before(found: FoundDate, line: str) -> FoundDate:
    """The date with the time in front of it ("19:12 GMT 28.02.2020"), if there is one."""
    before = _TIME_BEFORE.search(line[: found.start])
    if before is None:
        return found
    published = _with_time(found.published, {**before.groupdict(), "second": None})
    return FoundDate(published, before.start(), found.end)


def without_dates(line: str) -> str:
    """Return what is left of a line without its dates and the words that go with dates."""
    line = line[:_LONGEST]
    for _ in range(4):
        found = find_date(line)
        if found is None:
            break
        line = f"{line[: found.start]} | {line[found.end :]}"
    return _AROUND_DATES.sub(" ", line).strip()


def read_date(raw: object) -> Published | None:
    """Return the date in a metadata field, in any form of `find_date` or RFC 2822."""
    if not isinstance(raw, str):
        return None
    text = raw[:100].strip()
    if not text:
        return None
    exact = parse_iso(text) if text[:4].isdigit() else None
    if exact is not None:
        return exact
    return _from_mail(text) or (found.published if (found := find_date(text)) else None)


def _from_mail(text: str) -> Published | None:
    """A date of RFC 2822, the one feeds and mail use."""
    if ":" not in text:
        return None
    from email.utils import parsedate_tz

    try:
        parsed = parsedate_tz(text)
        if parsed is None or not 1000 <= parsed[0] <= 9998:
            return None
        moment = dt.datetime(*parsed[:6])
        offset = parsed[9]
        if offset is None or (offset == 0 and text.rstrip()[-1:].isdigit() and "+" not in text):
            return moment.date()
        return moment.replace(tzinfo=dt.timezone(dt.timedelta(seconds=offset)))
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _from_match(match: re.Match[str]) -> Published | None:
    """The date a pattern found, None where the numbers make none."""
    groups = match.groupdict()
    try:
        year = int(groups["year"])
        if "first" in groups:
            one, two = int(groups["first"]), int(groups["second_"])
            if one > 12 >= two:
                day, month = one, two
            elif two > 12 >= one or one == two:
                day, month = two, one
            else:
                return None
        else:
            name = groups.get("month")
            month = _MONTHS[name.lower()] if name else int(groups["monthno"])
            day = int(groups["day"])
        date = dt.date(year, month, day)
    except (ValueError, KeyError):
        return None
    return _with_time(date, groups)


def _with_time(date: dt.date, groups: dict[str, str | None]) -> Published:
    """The date with its time of day where hour and zone are both known."""
    zone = _offset(groups["zone"])
    if groups["hour"] is None or zone is None:
        return date
    hour = int(groups["hour"])
    half = (groups["half"] or "").lower()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        time = dt.time(hour, int(groups["minute"] or 0), int(groups["second"] or 0))
        return dt.datetime.combine(date, time, dt.timezone(dt.timedelta(minutes=zone)))
    except ValueError:
        return date


def _offset(zone: str | None) -> int | None:
    """Minutes east of Greenwich of "+0100", "GMT+3", "EST" and the like; None if unknown."""
    if zone is None:
        return None
    name = zone.lower()
    if name in _ZONES:
        return _ZONES[name]
    digits = re.fullmatch(r"(?:utc|gmt)?([+-])(\d{1,2}):?(\d\d)?", name)
    if not digits:
        return None
    minutes = int(digits[2]) * 60 + int(digits[3] or 0)
    return None if minutes > 14 * 60 else -minutes if digits[1] == "-" else minutes
