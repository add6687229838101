"""What each article counts for when hits are told apart by speaker, outlet and month."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from reader.core.facets import FacetRow
from reader.storage.reading import ids_out

_SPEAKERS = """
    SELECT DISTINCT q.article, q.speaker FROM quotation q {wanted}
    WHERE q.current = 1 AND q.speaker IS NOT NULL ORDER BY q.article
"""
_ARTICLES = "SELECT a.id, a.outlet, a.sort FROM article a {wanted} ORDER BY a.id"
_CHANGED = """
    SELECT article FROM version WHERE id > ? UNION SELECT article FROM quotation WHERE id > ?
"""


def marks(connection: sqlite3.Connection) -> tuple[int, int]:
    """How far the archive has come: the newest text and the newest quotation, as numbers."""
    row = connection.execute(
        "SELECT (SELECT max(id) FROM version), (SELECT max(id) FROM quotation)"
    ).fetchone()
    return row[0] or 0, row[1] or 0


def rows_since(connection: sqlite3.Connection, since: tuple[int, int]) -> Iterator[FacetRow]:
    """The articles that are new or were read anew since `marks` gave these; (0, 0) gives all."""
    if since == (0, 0):
        yield from _rows(connection, None)
        return
    changed = connection.execute(_CHANGED, since).fetchall()
    yield from _rows(connection, ids_out(row[0] for row in changed))


def _rows(connection: sqlite3.Connection, ids: str | None) -> Iterator[FacetRow]:
    given: tuple[str, ...] = () if ids is None else (ids,)

    def wanted(column: str) -> str:
        return "" if ids is None else f"JOIN json_each(?) AS wanted ON wanted.value = {column}"

    spoken = connection.execute(_SPEAKERS.format(wanted=wanted("q.article")), given).fetchall()
    whose = "" if ids is None else " AND id IN (SELECT value FROM json_each(?))"
    speakers = () if ids is None else (ids_out({speaker for _, speaker in spoken}),)
    names = dict(
        connection.execute(f"SELECT id, name FROM speaker WHERE named = 1{whose}", speakers)
    )
    quoted = {
        article: tuple(names[speaker] for _, speaker in pairs if speaker in names)
        for article, pairs in groupby(spoken, key=itemgetter(0))
    }
    for id, outlet, sort in connection.execute(_ARTICLES.format(wanted=wanted("a.id")), given):
        yield FacetRow(id, quoted.get(id, ()), outlet or "", sort)
