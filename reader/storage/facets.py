"""What each article counts for when hits are told apart by speaker, outlet and month."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Final

from reader.core.facets import FacetRow
from reader.storage.connection import Database
from reader.storage.reading import ids_out

_ARTICLES: Final = "SELECT id, outlet, sort FROM article"
_CHANGED_ARTICLES: Final = """
    SELECT a.id, a.outlet, a.sort FROM article a
    WHERE a.id IN (SELECT article FROM version WHERE id > ?)
"""
# In the order of the index, which holds all that is asked for: half the time of sorting. What
# copies of a story repeat (2) has an index of its own.
_SPEAKERS: Final = """
    SELECT DISTINCT article, speaker FROM quotation
    WHERE current = {current} AND speaker IS NOT NULL ORDER BY article, speaker
"""
_SPEAKERS_OF: Final = """
    SELECT DISTINCT q.article, q.speaker FROM json_each(?) AS wanted
    JOIN quotation q ON q.article = wanted.value AND q.current = {current}
    WHERE q.speaker IS NOT NULL ORDER BY q.article
"""
_ROLES: Final = """
    SELECT f.speaker, f.form, max(f.times) FROM json_each(?) AS wanted
    JOIN speaker_form f ON f.speaker = wanted.value AND f.sort = 'role' GROUP BY f.speaker
"""


class FacetColumns:
    """Reads what articles count for. Every method raises ArchiveError."""

    def __init__(self, database: Database) -> None:
        """Read from the database of the archive."""
        self._database = database

    def articles(self, since: int) -> tuple[int, list[FacetRow]]:
        """Outlet and time of the articles that are new or have a new text since this gave `since`,
        at first 0."""
        with self._database.snapshot() as connection:
            now = _newest(connection, "version")
            if now == since:
                return now, []
            statement, given = (_CHANGED_ARTICLES, (since,)) if since else (_ARTICLES, ())
            rows = connection.execute(statement, given)
            return now, [
                FacetRow(row[0], outlet=row[1] or "", published_key=row[2]) for row in rows
            ]

    def speakers(self, since: int) -> tuple[int, list[FacetRow]]:
        """Who is quoted in the articles that are new or were read anew since this gave `since`."""
        with self._database.snapshot() as connection:
            now = _newest(connection, "quotation")
            if now == since:
                return now, []
            if not since:
                return now, list(_quoted(connection, None))
            changed = connection.execute("SELECT article FROM quotation WHERE id > ?", (since,))
            return now, list(_quoted(connection, {row[0] for row in changed}))

    def speakers_of(self, ids: Iterable[int]) -> list[FacetRow]:
        """Who is quoted in these articles."""
        with self._database.snapshot() as connection:
            return list(_quoted(connection, ids))

    def numbers(self) -> dict[str, int]:
        """The ids of all named speakers, by name."""
        with self._database.reading() as connection:
            return dict(connection.execute("SELECT name, id FROM speaker WHERE named = 1"))

    def roles(self, speakers: Iterable[int]) -> dict[int, str]:
        """What these speakers are called most often, besides their names."""
        with self._database.reading() as connection:
            rows = connection.execute(_ROLES, (ids_out(speakers),))
            return {speaker: role for speaker, role, _ in rows}


def _newest(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0])


def _quoted(connection: sqlite3.Connection, ids: Iterable[int] | None) -> Iterator[FacetRow]:
    statement, given = (_SPEAKERS, ()) if ids is None else (_SPEAKERS_OF, (ids_out(ids),))
    pairs: list[tuple[int, int]] = []
    for current in (1, 2):
        pairs += connection.execute(statement.format(current=current), given)
    pairs.sort(key=itemgetter(0))
    whose = "" if ids is None else " AND id IN (SELECT value FROM json_each(?))"
    speakers = () if ids is None else (ids_out({speaker for _, speaker in pairs}),)
    names = dict(
        connection.execute(f"SELECT id, name FROM speaker WHERE named = 1{whose}", speakers)
    )
    for article, rows in groupby(pairs, key=itemgetter(0)):
        yield FacetRow(article, tuple(names[speaker] for _, speaker in rows if speaker in names))
