"""When a page's article appeared."""

from __future__ import annotations

import datetime as dt
import itertools
import logging
import re
from typing import Any, Final

from reader.core.article import Published
from reader.ingest import limits
from reader.ingest.build import plausible
from reader.ingest.dating import find_date, read_date, without_dates
from reader.ingest.pages.linked_data import LinkedData
from reader.ingest.pages.tree import short_text_of
from reader.ingest.pages.visible_authors import just_behind

_PUBLISHED_KEYS: Final = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished",
    "og:published_time", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "article.published", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created",
    "dc.date", "dcterms.date", "bt:pubdate", "pubdate", "publishdate", "publish-date",
    "publish_date", "published_time", "publication_date", "publicationdate", "published-date",
    "citation_date", "citation_publication_date", "date", "pub_date", "rnews:datepublished",
    "shareaholic:article_published_time", "ptime", "originalpublicationdate",
    "article_date_original", "datecreated", "created", "timestamp", "creation_date",
    "article:post_time", "analyticsattributes.articledate",
)  # fmt: skip
_MODIFIED_KEYS: Final = (
    "article:modified_time", "og:updated_time", "datemodified", "last-modified", "lastmod",
    "dcterms.modified", "dc.date.modified", "revised", "updated_time",
)  # fmt: skip
_CLASS = re.compile(
    r"date|published|posted|time-?stamp|\btime\b|byline|(?:entry|post|article)-?(?:info|meta|header)",
    re.IGNORECASE,
)
_TAGS: Final = (
    "time", "span", "div", "p", "abbr", "meta", "li", "small", "em", "td", "h4", "h5", "h6", "ul",
)  # fmt: skip
_VALUES: Final = (
    "datetime", "content", "title", "data-datetime", "data-time", "data-timestamp", "data-date",
    "data-published", "data-utc", "timestamp",
)  # fmt: skip
_MOST_WORDS: Final = 8
"""Words that may stand beside a date in a line that is about the story and not of it."""

_UPDATED_RANK, _ELSEWHERE_RANK = 3, 5
_UPDATED = re.compile(r"updat|modif|edited", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"comment|related|sidebar|recommend|popular|teaser|recirc|most-read|footer", re.IGNORECASE
)
_IN_ADDRESS = re.compile(
    r"[/_-](?P<year>(?:19|20)\d\d)(?:[/_-]?|/[A-Za-z-]{2,30}/)(?P<month>[01]\d)[/_-]?"
    r"(?P<day>[0-3]\d)(?:[/_.-]|\Z)"
)
_LABEL = re.compile(
    r"\s*(?:first\s+)?(?:published|posted|veröffentlicht|erschienen|publié(?:e)?|mis\s+en\s+ligne|"
    r"publicado|pubblicato|gepubliceerd)\s*(?:on|am|le|el|il|op)?\s*:?\s*(?=\S)",
    re.IGNORECASE,
)
_LEAST_LABEL: Final = 12
_MOST_TEXTS: Final = 5_000
_SHORT_YEAR = re.compile(r"(?<![\d.])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d\d)(?![\d.])")
"""A date as Germans write it, trusted beside the headline only."""


def choose_date(
    tree: Any,
    meta: dict[str, list[str]],
    linked: LinkedData,
    url: str | None,
    heading: Any = None,
) -> Published | None:
    """Return when the article was first published, with its hour and zone where they are stated.

    JSON-LD, meta elements, itemprop, the end of the browser title; then beside the headline (the
    element `heading`) time elements, elements whose class says date, and short lines; the address;
    lines that say "published", marked dates anywhere; and last what `htmldate` finds in the whole
    page. A date of the last change counts only where nothing else is found. An hour without a zone
    gives the day.
    """
    stated = [linked.published, *(v for key in _PUBLISHED_KEYS for v in meta.get(key, ()))]
    dates = [date for value in stated[:60] if (date := plausible(read_date(value)))]
    # A date in the future is a slip or a lie, unless nothing on the page knows better.
    soon = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=2)
    if past := [date for date in dates if _day(date) <= soon]:
        return _sharpest(past)
    if (in_title := date_in_title(tree.findtext(".//title") or "")[1]) is not None:
        return in_title
    in_address = _from_address(url)
    beside = just_behind(heading) if heading is not None else []
    for found in (_marked(tree, beside), _near_heading(beside)):
        if found is not None and _agrees(found, in_address):
            return found
    if in_address is not None:
        return in_address
    for found in (_labelled(tree), _marked(tree, None)):
        if found is not None:
            return found
    late = [linked.modified, *(v for key in _MODIFIED_KEYS for v in meta.get(key, ()))]
    changed = next((date for value in late if (date := plausible(read_date(value)))), None)
    return _from_whole_page(tree) or changed or next(iter(dates), None)


def _agrees(date: Published, in_address: dt.date | None) -> bool:
    """Whether a date fits the one in the address, if any: zones make a day of difference."""
    return in_address is None or abs((_day(date) - in_address).days) <= 1


def _sharpest(dates: list[Published]) -> Published:
    """The first date, or one of the same day that knows the hour and zone too."""
    for date in dates:
        if isinstance(date, dt.datetime) and abs((_day(date) - _day(dates[0])).days) <= 1:
            return date
    return dates[0]


def _day(published: Published) -> dt.date:
    """The day of a date or datetime."""
    return published.date() if isinstance(published, dt.datetime) else published


def _marked(tree: Any, among: list[Any] | None) -> Published | None:
    """The date of the first element that is marked as a date, those of publishing first: of the
    whole page, or of what is `among` some elements or says datePublished."""
    found: list[tuple[int, Published]] = []
    wanted = None if among is None else set(among)
    for element in tree.iter(*_TAGS):
        label = " ".join(filter(None, map(element.get, ("class", "id", "itemprop", "data-testid"))))
        itemprop = (element.get("itemprop") or "").lower()
        rank = 0 if "datepublished" in itemprop or element.get("pubdate") is not None else 1
        if element.tag != "time" and rank and not _CLASS.search(label):
            continue
        # A teaser's date is as well marked as the story's: only datePublished counts from afar.
        if wanted is not None and element not in wanted and "datepublished" not in itemprop:
            continue
        if any(above.tag == "a" for above in element.iterancestors()):
            continue
        if _UPDATED.search(label) or "datemodified" in itemprop:
            rank = _UPDATED_RANK
        elif _is_elsewhere(element):
            rank = _ELSEWHERE_RANK
        date = next((d for key in _VALUES if (d := _stated(element.get(key)))), None)
        words = short_text_of(element, 200) if element.tag != "meta" else ""
        if words and (seen := find_date(words)):
            # What can be read goes before what an attribute says, which may be the last change.
            shown = plausible(seen.published)
            if shown is not None and (date is None or abs((_day(date) - _day(shown)).days) > 1):
                date = shown
        if date is not None:
            if rank == 1 and _UPDATED.match(words):
                rank = _UPDATED_RANK
            found.append((rank + (element.tag not in ("time", "meta")), date))
        if len(found) > 40:
            break
    best = min((rank for rank, _ in found), default=_ELSEWHERE_RANK)
    if best >= _UPDATED_RANK:
        return None
    return next(date for rank, date in found if rank == best)


def _labelled(tree: Any) -> Published | None:
    """The date in the first line that says that something was published on it."""
    for text in itertools.islice(tree.itertext(), _MOST_TEXTS):
        found = _LABEL.match(text) if len(text) > _LEAST_LABEL else None
        if found and (date := find_date(text[found.end() : found.end() + 40])) and date.start <= 2:
            return plausible(date.published)
    return None


def date_in_title(title: str) -> tuple[str, Published | None]:
    """A browser title and the date that stands alone at its end, parted: "Gale hits coast | HW |
    3.3.2026". The title as it is, and None, where there is none."""
    front, mark, last = " ".join(title[: limits.TITLE].split()).rpartition(" | ")
    found = find_date(last) if mark else None
    if found is None or without_dates(last):
        return title, None
    return front, plausible(found.published)


def _stated(value: str | None) -> Published | None:
    """The date in an attribute: in words, in ISO 8601, or as seconds or milliseconds since 1970."""
    if not value:
        return None
    digits = value.strip()
    if digits.isascii() and digits.isdigit() and len(digits) in (10, 13):
        return plausible(dt.datetime.fromtimestamp(int(digits[:10]), dt.UTC))
    return plausible(read_date(value))


def _is_elsewhere(element: Any) -> bool:
    """Whether an element lies in a part of the page that is about other stories."""
    for _ in range(12):
        element = element.getparent()
        if element is None or not isinstance(element.tag, str):
            return False
        if element.tag in ("aside", "footer", "nav"):
            return True
        if _ELSEWHERE.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            return True
    return False


def _from_address(url: str | None) -> dt.date | None:
    """The day in an address such as ".../2026/03/03/gale-hits-coast"."""
    found = _IN_ADDRESS.search(url or "")
    if not found:
        return None
    try:
        date = dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    return date if plausible(date) else None


def _near_heading(beside: list[Any]) -> Published | None:
    """The first date in the short lines beside the headline that hold little else."""
    for element in beside:
        words = short_text_of(element, 120)
        if not words:
            continue
        if (found := find_date(words)) and len(without_dates(words).split()) <= _MOST_WORDS:
            return plausible(found.published)
        if short := _SHORT_YEAR.search(words):
            try:
                day = dt.date(2000 + int(short["year"]), int(short["month"]), int(short["day"]))
            except ValueError:
                continue
            if day <= dt.datetime.now(dt.UTC).date():
                return day
    return None


def _from_whole_page(tree: Any) -> Published | None:
    """What htmldate makes of the page, a day."""
    from htmldate import find_date as find_in_page

    logging.getLogger("htmldate").addHandler(logging.NullHandler())
    try:
        # Its extensive search loads every locale of dateparser, six seconds for a single string.
        day = find_in_page(tree, original_date=True, extensive_search=False)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    return plausible(read_date(day)) if day else None
