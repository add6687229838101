"""What the list pane lists: articles, hits, or one speaker's quotations. Plain values."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from reader.core.article import ArticleId, Published
from reader.core.marks import Excerpt
from reader.core.records import ArchivedSpeaker, QuotationRow, Sort


class View(StrEnum):
    """What is listed."""

    ALL = "All news"
    UNREAD = "Unread"
    STARRED = "Starred"
    MUTED = "Muted"
    HITS = "Search"
    SPEAKER = "Speaker"
    FEED = "Feed"
    FOLDER = "Folder"
    COLLECTION = "Collection"


FILTERS = (View.ALL, View.UNREAD, View.STARRED, View.MUTED)
"""The views that the filter key goes round; the last one only where anything is muted."""

_QUOTATIONS = (View.SPEAKER, View.COLLECTION)


@dataclass(frozen=True, slots=True)
class Listing:
    """One list, in its order. An item is an article, or for a speaker one quotation."""

    view: View = View.ALL
    ids: Sequence[int] = field(default_factory=lambda: array("q"))
    """The article of each item; the same one several times in a speaker's listing."""

    query: str = ""
    """The search, for HITS, and for FOLDER the saved one."""

    sort: Sort = Sort.NEWEST
    total: int = 0
    exact: bool = True
    pending: int = 0
    """How many articles were not searched, since the index lacks them as yet."""

    searched: int = 100
    """How much of the archive that leaves, in per cent."""

    cut_short: bool = False
    """Whether the time to find all hits has not sufficed as yet."""

    speaker: ArchivedSpeaker | None = None
    feeds: tuple[int, ...] = ()
    """The feeds whose articles these are, for FEED."""

    title: str = ""
    """What FEED is called: the feed's title, or its folder's; the saved search's for FOLDER, the
    collection's for COLLECTION."""

    quotations: tuple[QuotationRow, ...] = ()
    """The items of a speaker's listing, or of a collection's."""

    excerpts: tuple[Excerpt, ...] = ()
    """The same of a collection, with the texts that they are from."""

    @property
    def lists_quotations(self) -> bool:
        """Whether an item is a quotation."""
        return self.view in _QUOTATIONS

    def ordinal_at(self, index: int) -> int | None:
        """The place of an item among the quotations that its article has now; None where an item
        is an article, or the article has another text since the quotation was collected."""
        if not self.lists_quotations or not 0 <= index < len(self.quotations):
            return None
        ordinal = self.quotations[index].ordinal
        return None if ordinal < 0 else ordinal

    @property
    def complete(self) -> bool:
        """Whether all that matches is in `ids`, not only the first screenful."""
        return len(self.ids) >= self.total

    def index_of(self, article_id: int | None, ordinal: int | None = None) -> int | None:
        """The item of an article (and, in a speaker's listing, of its quotation `ordinal`)."""
        if article_id is None:
            return None
        if self.quotations:
            first = None
            for index, row in enumerate(self.quotations):
                if row.article_id == article_id:
                    if row.ordinal == ordinal:
                        return index
                    first = index if first is None else first
            return first
        ids = self.ids
        try:
            return ids.index(article_id)
        except ValueError:
            return None

    def article_at(self, index: int) -> ArticleId | None:
        """The article of an item, or None past either end."""
        if 0 <= index < len(self.ids):
            return ArticleId(self.ids[index])
        return None

    @property
    def name(self) -> str:
        """What the header calls it."""
        if self.speaker is not None:
            return self.speaker.name
        return self.title or self.view.value

    def describe(self) -> str:
        """The count and the order, for the right end of the header."""
        about = "" if self.exact else "about "
        if self.view is View.SPEAKER:
            return f"{_number(self.total, 'quotation')} · newest first"
        if self.view is View.COLLECTION:
            return f"{_number(self.total, 'quotation')} · C takes one out, w writes them"
        if self.view is View.HITS:
            order = "best first" if self.sort is Sort.RELEVANCE else f"{self.sort} first"
            missing = f" · {self.pending:,} not indexed yet" if self.pending else ""
            return f"{about}{_number(self.total, 'story', 'stories')} · {order}{missing}"
        return f"{_number(self.total, 'story', 'stories')} · newest first"


def _number(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_of(published: Published | None) -> dt.date | None:
    """The day an article appeared on, in the zone its outlet gave."""
    return published.date() if isinstance(published, dt.datetime) else published


def short_day(day: dt.date | None) -> str:
    """ "28 Feb 2020"; months in English whatever the locale, since the interface is."""
    return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}" if day else "No date"


def month_name(month: str) -> str:
    """ "February 2020" for "2020-02"."""
    year, _, number = month.partition("-")
    return f"{_MONTHS[int(number) - 1]} {year}"


def long_day(day: dt.date | None) -> str:
    """ "28 February 2020", or nothing where there is no date."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else ""
