"""From a site to its feeds: those that its page names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

from reader.core.text import clean_line
from reader.ingest import limits
from reader.ingest.addresses import web_address
from reader.ingest.encoding import decode
from reader.ingest.net.results import FetchResult

_TYPES: Final = (
    "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml",
    "application/json", "text/xml", "application/xml",
)  # fmt: skip
_MOST: Final = 20
_LIKELY = re.compile(r"(?:feed|rss|atom|index\.xml|\.rdf)(?:[/.?]|\Z)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that a page names."""

    url: str
    title: str
    """What the page calls it; "" if it says nothing."""


def feeds_on_page(result: FetchResult) -> list[FoundFeed]:
    """Return the feeds that a fetched page names in its head, then those that its links look like.

    Only http and https addresses count; nothing is fetched.
    """
    finder = _Finder(result.url or result.request.url)
    finder.feed(decode(result.body[: limits.PAGE], result.charset))
    return (finder.stated or finder.likely)[:_MOST]


class _Finder(HTMLParser):
    """Collects link elements with feed types, and links whose address looks like a feed's."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.stated: list[FoundFeed] = []
        self.likely: list[FoundFeed] = []
        self._base = base
        self._seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        if tag not in ("link", "a", "base"):
            return
        values = {name: value or "" for name, value in attrs[:50]}
        if tag == "base":
            self._base = web_address(values.get("href"), self._base) or self._base
            return
        url = web_address(values.get("href"), self._base)
        if url is None or url in self._seen:
            return
        found = FoundFeed(url, clean_line(values.get("title", ""), 200))
        kind = values.get("type", "").partition(";")[0].strip().lower()
        if tag == "link" and "alternate" in values.get("rel", "").lower().split():
            if kind in _TYPES:
                self._seen.add(url)
                self.stated.append(found)
        elif (
            tag == "a"
            and len(self.likely) < _MOST
            and _LIKELY.search(url.rpartition("#")[0] or url)
        ):
            self._seen.add(url)
            self.likely.append(found)
