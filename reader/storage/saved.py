"""What saved searches have found, kept so that opening the archive runs none of them.

A search is *kept* once it has been run over the whole archive; from then on only articles that
come into the index, or change there, are asked about: the ledger writes their numbers into a log.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from reader.storage.connection import Database
from reader.storage.reading import SHOWN, ids_out

TABLES: Final = (
    # `meaning` is the query with all that it refers to, as it was when it was run; NULL while it
    # has not been run to its end.
    "CREATE TABLE kept_search (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, meaning TEXT)",
    """CREATE TABLE kept_match (
        search INTEGER NOT NULL REFERENCES kept_search (id) ON DELETE CASCADE,
        article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
        PRIMARY KEY (search, article)
    ) WITHOUT ROWID""",
    "CREATE INDEX kept_match_article ON kept_match (article)",
    "CREATE TABLE newly_indexed (id INTEGER PRIMARY KEY AUTOINCREMENT, article INTEGER NOT NULL)",
)
"""The tables of this part; they never change after a release."""

_UNREAD: Final = f"""
    SELECT m.search, count(*) FROM article a CROSS JOIN kept_match m ON m.article = a.id
    WHERE a.read = 0 AND a.id {SHOWN} GROUP BY m.search
"""
_COPIES: Final = f"""
    SELECT search, sum(copies + first - 1) FROM (
        SELECT m.search AS search, count(*) AS copies, EXISTS (
            SELECT 1 FROM kept_match f
            WHERE f.search = m.search AND f.article = c.copy_of AND f.article {SHOWN}
        ) AS first
        FROM article c CROSS JOIN kept_match m ON m.article = c.id
        WHERE c.copy_of > 0 AND c.read <= ? AND c.id {SHOWN} GROUP BY m.search, c.copy_of
    ) GROUP BY search
"""
_MATCHES: Final = f"""
    SELECT a.id FROM kept_search s JOIN kept_match m ON m.search = s.id
    JOIN article a ON a.id = m.article WHERE s.name = ? AND a.id {SHOWN}
    ORDER BY a.sort DESC, a.id DESC
"""


class KeptMatches:
    """Reads and writes what saved searches have found. Every method raises ArchiveError."""

    def __init__(self, database: Database) -> None:
        """Use the database of the archive."""
        self._database = database

    def meanings(self) -> dict[str, str | None]:
        """The meaning that each kept search was run with, by name; None: not yet to its end."""
        with self._database.reading() as connection:
            return dict(connection.execute("SELECT name, meaning FROM kept_search").fetchall())

    def begin(self, name: str) -> None:
        """A search is about to be run over everything: from now on, what is indexed is logged."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM kept_search WHERE name = ?", (name,))
            connection.execute("INSERT INTO kept_search (name) VALUES (?)", (name,))

    def keep(self, name: str, meaning: str, ids: Iterable[int]) -> None:
        """That search has found these articles; nothing happens if it is not begun any more."""
        with self._database.writing() as connection:
            row = connection.execute(
                "UPDATE kept_search SET meaning = ? WHERE name = ? RETURNING id", (meaning, name)
            ).fetchone()
            if row is not None:
                connection.execute("DELETE FROM kept_match WHERE search = ?", row)
                _insert(connection, row[0], ids)

    def drop(self, names: Collection[str]) -> None:
        """These searches are not kept any more."""
        with self._database.writing() as connection:
            connection.executemany(
                "DELETE FROM kept_search WHERE name = ?", [(name,) for name in names]
            )
            connection.execute(
                "DELETE FROM newly_indexed WHERE NOT EXISTS (SELECT 1 FROM kept_search)"
            )

    def news(self) -> tuple[int, list[int]]:
        """The articles that were indexed since the searches were last brought up to date, and the
        end of the log, to be handed to `bring_up_to_date`."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id, article FROM newly_indexed ORDER BY id"
            ).fetchall()
        return (rows[-1][0] if rows else 0), list(dict.fromkeys(row[1] for row in rows))

    def bring_up_to_date(
        self, end: int, news: Iterable[int], found: Mapping[str, Iterable[int]]
    ) -> bool:
        """Of the `news`, each search has found these. False if another program was quicker, which
        may have seen them as they are now: nothing is changed then."""
        with self._database.writing() as connection:
            gone = connection.execute("DELETE FROM newly_indexed WHERE id = ?", (end,))
            if not gone.rowcount:
                return False
            connection.execute("DELETE FROM newly_indexed WHERE id < ?", (end,))
            asked = ids_out(news)
            for name, ids in found.items():
                row = connection.execute(
                    "SELECT id FROM kept_search WHERE name = ?", (name,)
                ).fetchone()
                if row is not None:
                    connection.execute(
                        "DELETE FROM kept_match WHERE search = ? "
                        "AND article IN (SELECT value FROM json_each(?))",
                        (row[0], asked),
                    )
                    _insert(connection, row[0], ids)
        return True

    def counts(self) -> dict[str, tuple[int, int]]:
        """How many stories each kept search finds, and how many of these are unread; a story that
        it finds in several copies is one, and what is muted does not count."""
        with self._database.snapshot() as connection:
            unread = dict(connection.execute(_UNREAD).fetchall())
            copies, unread_copies = (
                dict(connection.execute(_COPIES, (read,)).fetchall()) for read in (1, 0)
            )
            rows = connection.execute(
                "SELECT s.id, s.name, count(m.article) FROM kept_search s "
                f"LEFT JOIN kept_match m ON m.search = s.id AND m.article {SHOWN} GROUP BY s.id"
            ).fetchall()
        return {
            name: (total - copies.get(id, 0), unread.get(id, 0) - unread_copies.get(id, 0))
            for id, name, total in rows
        }

    def ids(self, name: str) -> array[int]:
        """The articles that a kept search finds, newest first."""
        with self._database.reading() as connection:
            return array("q", (row[0] for row in connection.execute(_MATCHES, (name,))))


def log(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Note within the caller's transaction that these articles are in the index as they are now;
    nothing is written while no search is kept."""
    connection.execute(
        "INSERT INTO newly_indexed (article) SELECT value FROM json_each(?) "
        "WHERE EXISTS (SELECT 1 FROM kept_search)",
        (ids_out(ids),),
    )


def _insert(connection: sqlite3.Connection, search: int, ids: Iterable[int]) -> None:
    # In order of their numbers, which is the order of the table: three times as quick.
    connection.execute(
        "INSERT OR IGNORE INTO kept_match SELECT ?, a.id FROM json_each(?) AS found "
        "JOIN article a ON a.id = found.value",
        (search, ids_out(sorted(ids))),
    )


def add_tables(connection: sqlite3.Connection) -> None:
    """The step of the schema that brings the tables of this part."""
    for statement in TABLES:
        connection.execute(statement)
