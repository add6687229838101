"""Tags on articles."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from typing import Final

from reader.core.marks import TagChange, TagCount, tag_key
from reader.storage.connection import Database
from reader.storage.reading import ids_out

TABLES: Final = (
    # `key` is what two spellings of one tag share.
    """CREATE TABLE tag (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL
    )""",
    """CREATE TABLE article_tag (
        article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
        tag INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
        PRIMARY KEY (article, tag)
    ) WITHOUT ROWID""",
    "CREATE INDEX article_tag_tag ON article_tag (tag, article)",
)
"""The tables of this part; they never change after a release."""

_PUT: Final = """
    INSERT OR IGNORE INTO article_tag (article, tag)
    SELECT a.id, ? FROM json_each(?) AS wanted JOIN article a ON a.id = wanted.value
    RETURNING article
"""
_TAKE: Final = """
    DELETE FROM article_tag WHERE tag = ? AND article IN (SELECT value FROM json_each(?))
    RETURNING article
"""


class TagTable:
    """The tags of one archive. All methods raise ArchiveError."""

    def __init__(self, database: Database) -> None:
        """Use the database of the archive."""
        self._database = database

    def all(self) -> list[TagCount]:
        """Every tag that some article has, by name."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT t.name, count(*), count(*) FILTER (WHERE a.read = 0) FROM tag t "
                "JOIN article_tag x ON x.tag = t.id JOIN article a ON a.id = x.article "
                "GROUP BY t.id"
            ).fetchall()
        rows.sort(key=lambda row: (row[0].casefold(), row[0]))
        return [TagCount(*row) for row in rows]

    def names(self) -> list[str]:
        """The name of every tag, in no order; quick, whatever the archive's size."""
        with self._database.reading() as connection:
            return [row[0] for row in connection.execute("SELECT name FROM tag")]

    def of(self, ids: Iterable[int] | None = None) -> dict[int, tuple[str, ...]]:
        """The tags of these articles, or of all that have any, each article's by name."""
        where = "" if ids is None else "WHERE x.article IN (SELECT value FROM json_each(?)) "
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT x.article, t.name FROM article_tag x JOIN tag t ON t.id = x.tag {where}"
                "ORDER BY x.article, t.key",
                () if ids is None else (ids_out(ids),),
            ).fetchall()
        found: dict[int, list[str]] = {}
        for article, name in rows:
            found.setdefault(article, []).append(name)
        return {article: tuple(names) for article, names in found.items()}

    def having(self, names: Iterable[str]) -> set[int]:
        """The articles that have at least one of these tags."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT article FROM article_tag WHERE tag IN (SELECT id FROM tag "
                "WHERE key IN (SELECT value FROM json_each(?)))",
                (_keys_out(names),),
            )
            return {row[0] for row in rows}

    def tagged(self) -> array[int]:
        """The ids of all articles that have a tag."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT DISTINCT article FROM article_tag")
            return array("q", (row[0] for row in rows))

    def change(
        self, ids: Iterable[int], add: Sequence[str] = (), remove: Sequence[str] = ()
    ) -> TagChange:
        """Put tags on articles and take others off, in one transaction; what really changed.

        A tag is there in one spelling, that of the first time.
        """
        wanted = ids_out(ids)
        with self._database.writing() as connection:
            return change(connection, wanted, add, remove)

    def put_back(self, change: TagChange) -> None:
        """Undo a change, as far as the articles are still there."""
        with self._database.writing() as connection:
            for name, articles in _by_tag(change.added).items():
                # Taking back is not taking off: what no rule was refused before, none is now.
                before = _refused(connection, name, articles)
                _take_off(connection, name, ids_out(articles))
                for article in set(articles) - before:
                    connection.execute(
                        "DELETE FROM refused_tag WHERE article = ? AND key = ?",
                        (article, tag_key(name)),
                    )
            for name, articles in _by_tag(change.removed).items():
                put_on(connection, name, ids_out(articles))
            _sweep(connection)


def change(
    connection: sqlite3.Connection, ids: str, add: Sequence[str], remove: Sequence[str]
) -> TagChange:
    """See `TagTable.change`; within the caller's transaction, `ids` as `ids_out` writes them."""
    removed = [pair for name in remove for pair in _take_off(connection, name, ids)]
    added = [pair for name in add for pair in put_on(connection, name, ids)]
    _sweep(connection)
    return TagChange(tuple(added), tuple(removed))


def put_on(connection: sqlite3.Connection, name: str, ids: str) -> list[tuple[int, str]]:
    """Put a tag on articles (as `ids_out` writes them) within the caller's transaction."""
    connection.execute("INSERT OR IGNORE INTO tag (key, name) VALUES (?, ?)", (tag_key(name), name))
    tag, spelt = connection.execute(
        "SELECT id, name FROM tag WHERE key = ?", (tag_key(name),)
    ).fetchone()
    return [(row[0], spelt) for row in connection.execute(_PUT, (tag, ids)).fetchall()]


def _take_off(connection: sqlite3.Connection, name: str, ids: str) -> list[tuple[int, str]]:
    row = connection.execute("SELECT id, name FROM tag WHERE key = ?", (tag_key(name),)).fetchone()
    if row is None:
        return []
    return [(taken[0], row[1]) for taken in connection.execute(_TAKE, (row[0], ids)).fetchall()]


def _refused(connection: sqlite3.Connection, name: str, articles: Iterable[int]) -> set[int]:
    """Those of the articles that no rule may give this tag."""
    rows = connection.execute(
        "SELECT article FROM refused_tag WHERE key = ? "
        "AND article IN (SELECT value FROM json_each(?))",
        (tag_key(name), ids_out(articles)),
    )
    return {row[0] for row in rows}


def _sweep(connection: sqlite3.Connection) -> None:
    """Tags that no article has any more are forgotten."""
    connection.execute("DELETE FROM tag WHERE id NOT IN (SELECT tag FROM article_tag)")


def _by_tag(pairs: Iterable[tuple[int, str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for article, name in pairs:
        found.setdefault(name, []).append(article)
    return found


def _keys_out(names: Iterable[str]) -> str:
    import json

    return json.dumps([tag_key(name) for name in names])


def add_tables(connection: sqlite3.Connection) -> None:
    """The step of the schema that brings the tables of this part."""
    for statement in TABLES:
        connection.execute(statement)
