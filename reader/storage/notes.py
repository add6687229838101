"""Notes on articles and on quotations."""

from __future__ import annotations

import sqlite3
import time
from array import array
from collections.abc import Iterable
from typing import Final

from reader.core.article import ArticleId
from reader.core.marks import Note
from reader.errors import ArchiveError
from reader.storage import excerpts
from reader.storage.connection import Database
from reader.storage.reading import ids_out

_SELECT: Final = f"""
    SELECT n.article, n.text, n.changed, e.text, {excerpts.ORDINAL}
    FROM note n JOIN article a ON a.id = n.article LEFT JOIN excerpt e ON e.id = n.excerpt
"""
_ORDER: Final = " ORDER BY a.sort DESC, a.id DESC, n.excerpt IS NOT NULL, n.excerpt"


class NoteTable:
    """The notes of one archive: one an article, and one a quotation. All methods raise
    ArchiveError."""

    def __init__(self, database: Database) -> None:
        """Use the database of the archive."""
        self._database = database

    def all(self, ids: Iterable[int] | None = None) -> list[Note]:
        """All notes, or those on these articles: newest article first, and in each the note on
        the whole article before those on quotations."""
        with self._database.reading() as connection:
            return notes_on(connection, ids)

    def texts(self) -> list[tuple[int, str]]:
        """The article and the text of every note."""
        with self._database.reading() as connection:
            return connection.execute("SELECT article, text FROM note").fetchall()

    def noted(self) -> array[int]:
        """The ids of all articles with a note on them or on a quotation in them."""
        with self._database.reading() as connection:
            return array("q", (r[0] for r in connection.execute("SELECT article FROM note")))

    def text(self, article: int, ordinal: int | None = None) -> str:
        """The note on an article, or on the quotation `ordinal` of its newest text; empty where
        there is none."""
        with self._database.reading() as connection:
            excerpt = 0
            if ordinal is not None:
                excerpt = excerpts.existing(connection, article, ordinal) or -1
            row = connection.execute(
                "SELECT text FROM note WHERE article = ? AND coalesce(excerpt, 0) = ?",
                (article, excerpt),
            ).fetchone()
        return "" if row is None else str(row[0])

    def write(self, article: int, text: str, ordinal: int | None = None) -> str:
        """Write a note in the place of the one that was there, which is returned; an empty text
        takes it away. Raises ArchiveError also where there is no such article or quotation."""
        now = int(time.time())
        with self._database.writing() as connection:
            excerpt = _about(connection, article, ordinal)
            key = (article, excerpt or 0)
            row = connection.execute(
                "SELECT text FROM note WHERE article = ? AND coalesce(excerpt, 0) = ?", key
            ).fetchone()
            if not text:
                connection.execute(
                    "DELETE FROM note WHERE article = ? AND coalesce(excerpt, 0) = ?", key
                )
            elif row is not None:
                connection.execute(
                    "UPDATE note SET text = ?, changed = ? "
                    "WHERE article = ? AND coalesce(excerpt, 0) = ?",
                    (text, now, *key),
                )
            else:
                connection.execute(
                    "INSERT INTO note (article, excerpt, text, added, changed) "
                    "VALUES (?, ?, ?, ?, ?)",
                    (article, excerpt, text, now, now),
                )
        return "" if row is None else str(row[0])


def notes_on(connection: sqlite3.Connection, ids: Iterable[int] | None) -> list[Note]:
    """See `NoteTable.all`."""
    where = "" if ids is None else "WHERE n.article IN (SELECT value FROM json_each(?))"
    rows = connection.execute(_SELECT + where + _ORDER, () if ids is None else (ids_out(ids),))
    return [Note(ArticleId(row[0]), *row[1:]) for row in rows]


def _about(connection: sqlite3.Connection, article: int, ordinal: int | None) -> int | None:
    if ordinal is not None:
        excerpt = excerpts.take_up(connection, article, ordinal)
        if excerpt is None:
            raise ArchiveError(f"article {article} has no quotation {ordinal + 1}")
        return excerpt
    if connection.execute("SELECT 1 FROM article WHERE id = ?", (article,)).fetchone() is None:
        raise ArchiveError(f"there is no article {article} in this archive")
    return None
