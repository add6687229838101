"""The speakers of the whole archive, and of any set of its articles."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

from reader.core.dates import parse_iso
from reader.core.quotation import SpeakerKind
from reader.core.records import ArchivedSpeaker
from reader.storage.reading import ids_out

SpeakerSort = Literal["quotes", "name", "newest"]

_COLUMNS = "id, name, kind, named, quotations, articles, first, last"
_IN_ARTICLES = """
    SELECT s.id, s.name, s.kind, s.named, count(*) AS quotations,
        count(DISTINCT q.article) AS articles, min(nullif(q.sort, 0)) AS first, max(q.sort) AS last
    FROM json_each(?) AS wanted
    JOIN quotation q ON q.article = wanted.value AND q.current = 1
    JOIN speaker s ON s.id = q.speaker
    GROUP BY q.speaker
"""
_DATE = """
    SELECT a.published FROM quotation q JOIN article a ON a.id = q.article
    WHERE q.speaker = ? AND q.sort = ? AND q.current = 1 LIMIT 1
"""
_ORDERS = {
    "quotes": "quotations DESC, id",
    "newest": "last_sort DESC, id",
    "name": "name COLLATE NOCASE, id",
}


def speaker(connection: sqlite3.Connection, id: int) -> ArchivedSpeaker | None:
    """One speaker, or None if there is none with this id."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM speaker WHERE id = ?", (id,)).fetchall()
    return _records(connection, rows)[0] if rows else None


def speakers(
    connection: sqlite3.Connection, *, sort: SpeakerSort, limit: int | None, include_unnamed: bool
) -> list[ArchivedSpeaker]:
    """Those quoted anywhere in the archive; each unnamed speaker is one of one article."""
    named = "" if include_unnamed else "named = 1 AND "
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM speaker WHERE {named}quotations > 0 ORDER BY {_ORDERS[sort]}"
        " LIMIT ?",
        (-1 if limit is None or sort == "name" else limit,),
    ).fetchall()
    if sort == "name":
        # SQLite folds the case of ASCII letters only.
        rows.sort(key=lambda row: (row[1].casefold(), row[0]))
        rows = rows[:limit]
    return _records(connection, rows)


def speakers_in(
    connection: sqlite3.Connection,
    articles: Iterable[int],
    *,
    sort: SpeakerSort,
    limit: int | None,
    include_unnamed: bool,
) -> list[ArchivedSpeaker]:
    """Those quoted in these articles, with the counts and dates of these articles alone."""
    rows = [
        row
        for row in connection.execute(_IN_ARTICLES, (ids_out(articles),))
        if row[3] or include_unnamed
    ]
    if sort == "name":
        rows.sort(key=lambda row: (row[1].casefold(), row[0]))
    elif sort == "newest":
        rows.sort(key=lambda row: (-row[7], row[0]))
    else:
        rows.sort(key=lambda row: (-row[4], row[0]))
    dated = []
    for row in rows[:limit]:
        dates = [
            connection.execute(_DATE, (row[0], moment)).fetchone()[0] if moment else None
            for moment in row[6:8]
        ]
        dated.append((*row[:6], *dates))
    return _records(connection, dated)


def find_named(connection: sqlite3.Connection, name: str) -> list[int]:
    """The ids of the named speakers called so by name or alias, whatever the case."""
    rows = connection.execute(
        "SELECT id FROM speaker WHERE named = 1 AND name = ? COLLATE NOCASE "
        "UNION SELECT speaker FROM speaker_form WHERE sort = 'alias' AND form = ? COLLATE NOCASE",
        (name, name),
    )
    return sorted(row[0] for row in rows)


def _records(
    connection: sqlite3.Connection, rows: Sequence[Sequence[str | int | None]]
) -> list[ArchivedSpeaker]:
    forms: dict[tuple[object, str], list[str]] = defaultdict(list)
    for speaker, sort, form in connection.execute(
        "SELECT speaker, sort, form FROM speaker_form "
        "WHERE speaker IN (SELECT value FROM json_each(?)) ORDER BY speaker, times DESC, form",
        (ids_out(int(row[0] or 0) for row in rows),),
    ):
        forms[speaker, sort].append(form)
    return [
        ArchivedSpeaker(
            id=int(row[0] or 0),
            name=str(row[1]),
            kind=SpeakerKind(str(row[2])),
            aliases=tuple(forms[row[0], "alias"]),
            roles=tuple(forms[row[0], "role"]),
            named=bool(row[3]),
            quotations=int(row[4] or 0),
            articles=int(row[5] or 0),
            first=parse_iso(str(row[6])) if row[6] else None,
            last=parse_iso(str(row[7])) if row[7] else None,
        )
        for row in rows
    ]
