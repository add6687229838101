"""Finding the article that is already there; inside the caller's transaction."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from reader.core.article import ArticleId
from reader.storage.preparing import PreparedArticle

_COLUMNS = "id, version, fingerprint, title, outlet, published, section, byline, url, guid, feed, "
_SELECT = f"SELECT {_COLUMNS} address FROM article WHERE "


@dataclass(frozen=True, slots=True)
class Match:
    """An article of the archive that is the same as one that comes in."""

    id: ArticleId
    version: int
    fingerprint: bytes
    title: str
    outlet: str | None
    published: str | None
    section: str | None
    byline: str | None
    url: str | None
    guid: str | None
    feed: str | None
    address: str | None

    def is_poorer_than(self, article: PreparedArticle) -> bool:
        """Whether `article` knows something (date, outlet, address, ...) that this one lacks."""
        return (
            (self.outlet is None and article.outlet is not None)
            or (self.published is None and article.published is not None)
            or (self.section is None and article.section is not None)
            or (self.byline is None and article.byline is not None)
            or (self.url is None and article.url is not None)
            or (self.guid is None and article.guid is not None)
            or (self.feed is None and article.feed is not None)
        )


def find(connection: sqlite3.Connection, article: PreparedArticle) -> Match | None:
    """The archived article that `article` is a copy or a newer text of, or None.

    By its feed's identifier, else by its canonical address, else by the fingerprint of title and
    text: see `reader.storage.identity`.
    """
    title, address = article.title, article.address
    if article.guid is not None:
        for row in connection.execute(_SELECT + "guid = ? ORDER BY id", (article.guid,)):
            match = Match(*row)
            # Feeds that give all their stories one identifier are told by title and address.
            if _same_feed(match, article) and not (
                _differ(match.address, address) and match.title != title
            ):
                return match
    if address is not None:
        rows = connection.execute(_SELECT + "address = ? ORDER BY title <> ?, id", (address, title))
        for row in rows:
            match = Match(*row)
            # Feeds that hang all their stories on one address are told by identifier and title.
            told_apart = _same_feed(match, article) and _differ(match.guid, article.guid)
            if match.title == title or not told_apart:
                return match
    for row in connection.execute(_SELECT + "fingerprint = ? ORDER BY id", (article.fingerprint,)):
        match = Match(*row)
        # The same wire story printed by two outlets is two articles; the same outlet with an
        # address that changes at every visit is one.
        if _differ(match.outlet, article.outlet):
            continue
        if _differ(match.address, address) and None in (match.outlet, article.outlet):
            continue
        return match
    return None


def has_stood(connection: sqlite3.Connection, match: Match, fingerprint: bytes) -> bool:
    """Whether the article has the text that `fingerprint` stands for, or once had it.

    Else a folder that holds two versions of a story would swap them at every import.
    """
    if match.fingerprint == fingerprint:
        return True
    row = connection.execute(
        "SELECT 1 FROM version WHERE article = ? AND fingerprint = ?", (match.id, fingerprint)
    ).fetchone()
    return row is not None


def _same_feed(match: Match, article: PreparedArticle) -> bool:
    if match.feed is not None and article.feed is not None:
        return match.feed == article.feed
    return match.outlet is not None and match.outlet == article.outlet


def _differ(one: str | None, other: str | None) -> bool:
    """Whether both are known and are not the same."""
    return one is not None and other is not None and one != other
