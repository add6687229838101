"""The speakers of the whole archive, and of any set of its articles."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from reader.core.dates import parse_iso
from reader.core.quotation import SpeakerKind
from reader.core.records import ArchivedSpeaker
from reader.storage.reading import ids_out

SpeakerSort = Literal["quotes", "name", "newest"]

_COLUMNS = "id, name, kind, named, quotations, articles, first, last"
_IN_ARTICLES = """
    SELECT q.speaker, count(*), count(DISTINCT q.article), min(nullif(q.sort, 0)), max(q.sort)
    FROM json_each(?) AS wanted
    JOIN quotation q ON q.article = wanted.value AND q.current = 1 AND q.speaker IS NOT NULL
    GROUP BY q.speaker
"""
_REPEATED = """
    SELECT q.speaker, count(DISTINCT q.again), count(DISTINCT q.article), min(nullif(q.sort, 0)),
        max(q.sort)
    FROM json_each(:wanted) AS wanted
    JOIN quotation q ON q.article = wanted.value AND q.current = 2 AND q.speaker IS NOT NULL
    JOIN quotation f ON f.id = q.again
    WHERE f.article NOT IN (SELECT value FROM json_each(:wanted)) GROUP BY q.speaker
"""
"""What counts only in an article that is not among those asked about."""

_NAMES = """
    SELECT id, name, kind, named FROM speaker WHERE id IN (SELECT value FROM json_each(?))
"""
_DATE = """
    SELECT a.published FROM quotation q JOIN article a ON a.id = q.article
    WHERE q.speaker = :speaker AND q.sort = :sort AND q.current = 1
    UNION ALL
    SELECT a.published FROM quotation q JOIN article a ON a.id = q.article
    WHERE q.speaker = :speaker AND q.sort = :sort AND q.current = 2 LIMIT 1
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
    wanted = ids_out(articles)
    counted = connection.execute(_IN_ARTICLES, (wanted,)).fetchall()
    if connection.execute("SELECT 1 FROM quotation WHERE current = 2 LIMIT 1").fetchone():
        repeated = connection.execute(_REPEATED, {"wanted": wanted}).fetchall()
        counted = _added_up(counted, repeated)
    if sort == "newest":
        counted.sort(key=lambda row: (-row[4], row[0]))
    else:
        counted.sort(key=lambda row: (-row[1], row[0]))
    # Names only for those that will be shown: looking up all 14,000 speakers of 5,000 articles
    # takes as long as counting them.
    step = len(counted) if limit is None or sort == "name" else 4 * limit + 50
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(counted), max(step, 1)):
        part = counted[start : start + step]
        names = {
            row[0]: row for row in connection.execute(_NAMES, (ids_out(row[0] for row in part),))
        }
        found += [(*names[row[0]], *row[1:]) for row in part if include_unnamed or names[row[0]][3]]
        if limit is not None and sort != "name" and len(found) >= limit:
            break
    if sort == "name":
        found.sort(key=lambda row: (row[1].casefold(), row[0]))
    dated = []
    for row in found[:limit]:
        dates = [
            connection.execute(_DATE, {"speaker": row[0], "sort": moment}).fetchone()[0]
            if moment
            else None
            for moment in row[6:8]
        ]
        dated.append((*row[:6], *dates))
    return _records(connection, dated)


def _added_up(rows: list[tuple[Any, ...]], more: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    by_speaker = {row[0]: row for row in rows}
    for row in more:
        known = by_speaker.get(row[0])
        if known is not None:
            oldest = [moment for moment in (known[3], row[3]) if moment]
            row = (
                *(row[0], known[1] + row[1], known[2] + row[2]),
                *(min(oldest, default=None), max(known[4], row[4])),
            )
        by_speaker[row[0]] = row
    return list(by_speaker.values())


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
