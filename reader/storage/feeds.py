"""Subscriptions in the archive: what is subscribed to, how each feed is doing, what it brought."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from reader.core.feeds import FeedRow, FeedSettings, Validators
from reader.errors import ArchiveError
from reader.storage.connection import Database
from reader.storage.feed_rows import ALL, ONE, ORDER, feed_row, settings_out
from reader.storage.reading import SHOWN, ids_out
from reader.storage.retention import UNPROTECTED
from reader.storage.tasks import Tasks

TABLES: Final = (
    # `origin` is the address of the first day, which the articles carry; `url` moves.
    """CREATE TABLE subscription (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        url TEXT NOT NULL UNIQUE,
        origin TEXT NOT NULL UNIQUE,
        title TEXT,
        name TEXT,
        folder TEXT,
        tags TEXT NOT NULL DEFAULT '[]',
        settings TEXT NOT NULL DEFAULT '{}',
        etag TEXT,
        last_modified TEXT,
        digest BLOB,
        moved_to TEXT,
        moved_times INTEGER NOT NULL DEFAULT 0,
        added INTEGER NOT NULL,
        checked INTEGER,
        succeeded INTEGER,
        failed INTEGER,
        reason TEXT,
        failures INTEGER NOT NULL DEFAULT 0,
        due INTEGER NOT NULL DEFAULT 0,
        held INTEGER NOT NULL DEFAULT 0,
        ended INTEGER NOT NULL DEFAULT 0
    )""",
    # Which feeds brought an article: one story can stand in several feeds of its outlet.
    """CREATE TABLE delivery (
        feed INTEGER NOT NULL REFERENCES subscription (id) ON DELETE CASCADE,
        article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
        PRIMARY KEY (feed, article)
    ) WITHOUT ROWID""",
    "CREATE INDEX delivery_article ON delivery (article)",
    "CREATE TABLE saved_search (name TEXT PRIMARY KEY, query TEXT NOT NULL) WITHOUT ROWID",
)
"""The tables of this part; they never change after a release."""

MOVES: Final = 3
"""How often in a row a permanent redirect must lead to the same place before it is followed for
good: publishers announce moves for an afternoon's maintenance, too."""

_DEFAULTS: Final = FeedSettings()


@dataclass(frozen=True, slots=True)
class NewFeed:
    """A subscription to be added."""

    url: str
    """A clean web address."""

    title: str | None = None
    name: str | None = None
    folder: str | None = None
    tags: tuple[str, ...] = ()
    settings: FeedSettings = _DEFAULTS


class FeedTable:
    """The subscriptions of one archive. All methods raise ArchiveError."""

    def __init__(self, database: Database) -> None:
        """Use the database of the archive."""
        self._database = database
        self.tasks = Tasks(database)
        """What is still to be done with the articles that came."""

    def add(
        self,
        url: str,
        *,
        title: str | None = None,
        name: str | None = None,
        folder: str | None = None,
        tags: Iterable[str] = (),
        settings: FeedSettings | None = None,
    ) -> tuple[FeedRow, bool]:
        """Subscribe to a clean web address; the row, and whether it is new.

        What is subscribed to already stays as it is, wherever it has moved to since.
        """
        wanted = NewFeed(url, title, name, folder, tuple(tags), settings or FeedSettings())
        [added] = self.add_all([wanted])
        return added

    def add_all(self, feeds: Iterable[NewFeed]) -> list[tuple[FeedRow, bool]]:
        """Subscribe to several feeds, in one transaction; see `add`."""
        with self._database.writing(durable=True) as connection:
            return [_add(connection, feed) for feed in feeds]

    def remove(self, ids: Iterable[int]) -> None:
        """End subscriptions; the articles that they brought stay."""
        with self._database.writing() as connection:
            connection.execute(
                "DELETE FROM subscription WHERE id IN (SELECT value FROM json_each(?))",
                (ids_out(ids),),
            )

    def all(self) -> list[FeedRow]:
        """Every subscription, by folder and title; those in no folder last."""
        with self._database.reading() as connection:
            return [feed_row(row) for row in connection.execute(ALL)]

    def failing(self) -> list[FeedRow]:
        """The subscriptions that failed when they were last asked, or have ended; as in `all`."""
        with self._database.reading() as connection:
            rows = connection.execute(ONE + "WHERE s.reason IS NOT NULL OR s.ended " + ORDER)
            return [feed_row(row) for row in rows]

    def count(self) -> int:
        """How many subscriptions there are."""
        with self._database.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM subscription").fetchone()[0])

    def never_asked(self) -> list[int]:
        """The subscriptions that were not asked yet and are not paused."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id FROM subscription WHERE checked IS NULL "
                "AND NOT coalesce(settings ->> '$.paused', 0) ORDER BY id"
            )
            return [row[0] for row in rows]

    def of_article(self, article: int) -> list[int]:
        """The subscriptions that brought an article."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT feed FROM delivery WHERE article = ?", (article,))
            return [row[0] for row in rows]

    def one(self, id: int) -> FeedRow:
        """One subscription. Raises ArchiveError also where there is none."""
        with self._database.reading() as connection:
            row = connection.execute(ONE + "WHERE s.id = ?", (id,)).fetchone()
        if row is None:
            raise ArchiveError(f"there is no subscription {id} in this archive")
        return feed_row(row)

    def has(self, id: int) -> bool:
        """Whether there is such a subscription."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT 1 FROM subscription WHERE id = ?", (id,)).fetchone()
        return row is not None

    def found(self, id: int, url: str) -> bool:
        """Put a feed's own address in the place of a page's that names it; False where that feed
        is subscribed to already."""
        with self._database.writing() as connection:
            if not _is_free(connection, id, url):
                return False
            connection.execute(
                "UPDATE subscription SET url = ?, origin = ? WHERE id = ?", (url, url, id)
            )
        return True

    def change(
        self,
        id: int,
        *,
        name: str | None,
        folder: str | None,
        tags: Iterable[str],
        settings: FeedSettings,
    ) -> None:
        """Put the reader's own wishes in the place of those that are there."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE subscription SET name = ?, folder = ?, tags = ?, settings = ? WHERE id = ?",
                (
                    *(name, folder),
                    json.dumps(list(dict.fromkeys(tags)), ensure_ascii=False),
                    *(settings_out(settings), id),
                ),
            )

    def validators(self, id: int) -> Validators:
        """What the last answer that was stored in full can be compared with."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT etag, last_modified, digest FROM subscription WHERE id = ?", (id,)
            ).fetchone()
        return Validators(*row) if row else Validators()

    def deliver(self, id: int, articles: Iterable[int]) -> None:
        """Remember that a feed brought these articles."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO delivery (feed, article) SELECT ?, j.value "
                "FROM json_each(?) j JOIN article a ON a.id = j.value "
                "WHERE EXISTS (SELECT 1 FROM subscription WHERE id = ?)",
                (id, ids_out(articles), id),
            )

    def went_well(
        self, id: int, *, validators: Validators, title: str | None, due: int, moved: str | None
    ) -> str | None:
        """Write down a good answer; `validators` only of one whose articles are all stored.

        `moved` is where permanent redirects led. Returns the new address where the feed has now
        moved there for good, which it does at the third time in a row.
        """
        now = int(time.time())
        with self._database.writing() as connection:
            row = connection.execute(
                "SELECT url, moved_to, moved_times FROM subscription WHERE id = ?", (id,)
            ).fetchone()
            if row is None:
                return None
            url, before, times = row
            times = 0 if moved is None else times + 1 if moved == before else 1
            settled = times >= MOVES and _is_free(connection, id, moved)
            connection.execute(
                "UPDATE subscription SET url = ?, title = coalesce(?, title), etag = ?, "
                "last_modified = ?, digest = ?, moved_to = ?, moved_times = ?, checked = ?, "
                "succeeded = ?, reason = NULL, failures = 0, due = ?, held = 0, ended = 0 "
                "WHERE id = ?",
                (
                    *(moved if settled else url, title),
                    *(validators.etag, validators.last_modified, validators.digest),
                    *((None, 0) if settled else (moved, times)),
                    *(now, now, due, id),
                ),
            )
        return moved if settled else None

    def went_wrong(
        self, id: int, reason: str, *, due: int, held: int = 0, ended: bool = False
    ) -> None:
        """Write down a failure; validators and articles stay as they are."""
        now = int(time.time())
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE subscription SET checked = ?, failed = ?, reason = ?, "
                "failures = failures + 1, due = ?, held = ?, ended = ? WHERE id = ?",
                (now, now, reason, due, held, int(ended), id),
            )

    def article_ids(self, feeds: Iterable[int], *, unread: bool = False) -> list[int]:
        """The ids of the articles that these feeds brought, newest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT DISTINCT a.id, a.sort FROM delivery d JOIN article a ON a.id = d.article "
                "WHERE d.feed IN (SELECT value FROM json_each(?)) AND a.read <= ? "
                f"AND a.id {SHOWN} ORDER BY a.sort DESC, a.id DESC",
                (ids_out(feeds), int(not unread)),
            )
            return [row[0] for row in rows]

    def expired(self, id: int, before: int) -> list[int]:
        """The read articles that only this feed brought, from before a moment, none of them
        marked by the reader."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT a.id FROM delivery d JOIN article a ON a.id = d.article "
                f"WHERE d.feed = ? AND a.read = 1 AND a.sort > 0 AND a.sort < ? AND {UNPROTECTED} "
                "AND NOT EXISTS (SELECT 1 FROM delivery o WHERE o.article = a.id AND o.feed <> ?)",
                (id, before, id),
            )
            return [row[0] for row in rows]


def add_tables(connection: sqlite3.Connection) -> None:
    """The step of the schema that brings the tables of this part."""
    for statement in TABLES:
        connection.execute(statement)


def _add(connection: sqlite3.Connection, feed: NewFeed) -> tuple[FeedRow, bool]:
    added = connection.execute(
        "INSERT INTO subscription (url, origin, title, name, folder, tags, settings, added) "
        "SELECT :url, :url, :title, :name, :folder, :tags, :settings, :added "
        "WHERE NOT EXISTS (SELECT 1 FROM subscription WHERE url = :url OR origin = :url)",
        {
            "url": feed.url,
            "title": feed.title,
            "name": feed.name,
            "folder": feed.folder,
            "tags": json.dumps(list(dict.fromkeys(feed.tags)), ensure_ascii=False),
            "settings": settings_out(feed.settings),
            "added": int(time.time()),
        },
    )
    row = connection.execute(
        ONE + "WHERE s.url = ? OR s.origin = ?", (feed.url, feed.url)
    ).fetchone()
    return feed_row(row), added.rowcount > 0


def _is_free(connection: sqlite3.Connection, id: int, url: str | None) -> bool:
    taken = connection.execute(
        "SELECT 1 FROM subscription WHERE id <> ? AND (url = ? OR origin = ?)", (id, url, url)
    )
    return taken.fetchone() is None
