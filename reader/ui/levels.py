"""Searches within what is listed: what each is narrowed to, and what it goes back to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reader.ui.listing import Listing, View

if TYPE_CHECKING:
    from reader.library import Library

_OR = re.compile(r"(?:^|\s)(?:OR|\|\|?)(?:\s|$)")


@dataclass(slots=True)
class Scope:
    """The articles of a listing, which a search is asked among."""

    listing: Listing
    inside: Scope | None = None
    """What that listing, if it is a search, was itself narrowed to."""

    _ids: frozenset[int] | None = field(default=None, repr=False)

    def ids(self, library: Library) -> frozenset[int]:
        """The articles; found once, until `forget`. Raises ReaderError."""
        if self._ids is None:
            self._ids = frozenset(self._found(library))
        return self._ids

    def _found(self, library: Library) -> Sequence[int]:
        listing = self.listing
        if listing.view is View.HITS:
            inside = None if self.inside is None else self.inside.ids(library)
            return library.search(listing.query, limit=None, as_you_type=True, within=inside).ids
        if listing.view is View.FEED:
            return library.subscriptions.article_ids(listing.feeds)
        if listing.view is View.FOLDER:
            return library.folders.ids(listing.title)
        return listing.ids

    def forget(self) -> None:
        """The archive has changed: find them anew."""
        self._ids = None
        if self.inside is not None:
            self.inside.forget()

    @property
    def labels(self) -> tuple[str, ...]:
        """What the search line calls it, the outermost first: ("Harbour Times", "bridge")."""
        own = self.listing.query.strip() if self.listing.view is View.HITS else self.listing.name
        return (*(self.inside.labels if self.inside is not None else ()), own)

    @property
    def words(self) -> str | None:
        """A query that finds them, as far as the query language can say it; else None."""
        listing = self.listing
        if listing.view is View.HITS:
            if self.inside is None:
                return listing.query.strip()
            return joined(self.inside.words, listing.query.strip())
        return {
            View.FOLDER: f'search:"{_plain(listing.title)}"',
            View.SPEAKER: f'speaker:"{_plain(listing.name)}"',
            View.UNREAD: "is:unread",
            View.STARRED: "is:starred",
            View.MUTED: "is:muted",
            View.COLLECTION: f'collection:"{_plain(listing.title)}"',
            View.ALL: "",
        }.get(listing.view)


@dataclass(frozen=True, slots=True)
class Level:
    """What was listed, and searched for, before a search within it was begun."""

    listing: Listing
    cursor: int
    article: int | None
    """The article in the reader pane, with its place below."""

    place: int
    query: str
    """What stood in the search line."""

    scope: Scope | None


def joined(first: str | None, second: str) -> str | None:
    """Two queries as one that asks for both; None where the first cannot be said."""
    if first is None:
        return None
    if not first or not second:
        return first or second
    return " ".join(f"({part})" if _OR.search(part) else part for part in (first, second))


def narrowed(query: str, words: str) -> str:
    """A query with the words of a facet behind it."""
    return joined(query.strip(), words) or words


def _plain(name: str) -> str:
    return name.replace('"', " ").strip()
