"""What is still to be done with articles that have been stored: asked who said what, completed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Final

from reader.storage.connection import Database
from reader.storage.reading import ids_out

PAGES: Final = (
    # Articles of which only a teaser is known, and whose page is to be fetched.
    """CREATE TABLE wanted_page (
        article INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
        tries INTEGER NOT NULL DEFAULT 0
    )""",
)
"""The table that the next step of the schema brings."""

TRIES: Final = 3
"""How often a page is asked for that cannot be had."""

UNHEARD: Final = 0
"""The engine's version of an article that has been stored but not asked who said what."""


class Tasks:
    """The tasks of one archive. All methods raise ArchiveError."""

    def __init__(self, database: Database) -> None:
        """Use the database of the archive."""
        self._database = database

    def unheard(self, limit: int) -> list[int]:
        """The newest articles that have not been asked yet who said what, at most `limit`."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id FROM article WHERE engine = ? ORDER BY sort DESC, id DESC LIMIT ?",
                (UNHEARD, limit),
            )
            return [row[0] for row in rows]

    def unheard_count(self) -> int:
        """How many articles have not been asked yet who said what."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT count(*) FROM article WHERE engine = ?", (UNHEARD,))
            return int(row.fetchone()[0])

    def want_pages(self, articles: Iterable[int]) -> None:
        """Note that the pages of these articles are to be fetched."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO wanted_page (article) SELECT a.id FROM json_each(?) j "
                "JOIN article a ON a.id = j.value",
                (ids_out(articles),),
            )

    def wanted_pages(self, limit: int) -> list[int]:
        """The articles whose pages are to be fetched, the newest first, at most `limit`."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT w.article FROM wanted_page w JOIN article a ON a.id = w.article "
                "ORDER BY w.tries, a.sort DESC, a.id DESC LIMIT ?",
                (limit,),
            )
            return [row[0] for row in rows]

    def page_came(self, article: int) -> None:
        """An article's page has been dealt with for good."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM wanted_page WHERE article = ?", (article,))

    def page_failed(self, article: int) -> None:
        """An article's page could not be had; given up at the third time."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE wanted_page SET tries = tries + 1 WHERE article = ?", (article,)
            )
            connection.execute("DELETE FROM wanted_page WHERE tries >= ?", (TRIES,))


def add_pages(connection: sqlite3.Connection) -> None:
    """The step of the schema that brings the list of pages to be fetched."""
    for statement in PAGES:
        connection.execute(statement)
