"""How long articles stay, what never goes, and what has gone and must not come in again."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from reader.core.article import ArticleId
from reader.core.retention import Retention, RetentionRow
from reader.storage.connection import Database
from reader.storage.reading import ids_out

if TYPE_CHECKING:
    from reader.storage.preparing import PreparedArticle

TABLES: Final = (
    # `feed` is 0 for all articles whose feeds have no rule of their own; `days` NULL for never.
    """CREATE TABLE retention (
        feed INTEGER PRIMARY KEY,
        days INTEGER,
        read_only INTEGER NOT NULL
    )""",
    # Signs by which an article that has gone is known, should a feed still bring it.
    "CREATE TABLE gone (sign BLOB PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID",
)
"""The tables of this part; they never change after a release."""

DAY: Final = 86400

UNPROTECTED: Final = """a.starred = 0
    AND NOT EXISTS (SELECT 1 FROM protected p WHERE p.article = a.id)
    AND NOT EXISTS (SELECT 1 FROM article_tag x WHERE x.article = a.id)
    AND NOT EXISTS (SELECT 1 FROM note n WHERE n.article = a.id)
    AND NOT EXISTS (SELECT 1 FROM excerpt e JOIN collected c ON c.excerpt = e.id
        WHERE e.article = a.id)"""
"""What is true of an article `a` that may go: no star, tag or note, no quotation of it in a
collection, and no rule keeps it."""

# An article goes when the rules of all feeds that brought it say so, or the general one where none
# did. It has to be old by its date and by its arrival: an old story that came in today stays.
_EXPIRED: Final = f"""
    SELECT a.id FROM article a
    WHERE a.sort > 0 AND a.sort < :now AND {UNPROTECTED} AND NOT EXISTS (
        SELECT 1 FROM (
            SELECT d.feed AS feed FROM delivery d WHERE d.article = a.id
            UNION ALL SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM delivery d WHERE d.article = a.id)
        ) AS f
        LEFT JOIN retention r ON r.feed = CASE
            WHEN EXISTS (SELECT 1 FROM retention own WHERE own.feed = f.feed) THEN f.feed ELSE 0 END
        WHERE r.days IS NULL OR max(a.sort, a.added) >= :now - r.days * {DAY}
            OR (r.read_only = 1 AND a.read = 0)
    )
    ORDER BY a.sort, a.id
"""

_REMEMBERED: Final = 800 * DAY
"""So long is what has gone remembered: longer than any feed goes on listing it."""

_BATCH: Final = 500


class RetentionTable:
    """The rules for how long articles of one archive stay. All methods raise ArchiveError."""

    def __init__(self, database: Database) -> None:
        """Use the database of the archive."""
        self._database = database

    def all(self) -> list[RetentionRow]:
        """Every rule: the general one first, then those of feeds by title."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT r.days, r.read_only, nullif(r.feed, 0), coalesce(s.name, s.title, s.url, "
                "'') FROM retention r LEFT JOIN subscription s ON s.id = r.feed "
                "WHERE r.feed = 0 OR s.id IS NOT NULL ORDER BY r.feed > 0, 4 COLLATE NOCASE"
            )
            return [
                RetentionRow(Retention(days, bool(read)), feed, title)
                for days, read, feed, title in rows
            ]

    def put(self, rule: Retention | None, feed: int | None = None) -> None:
        """Put a rule in the place of the one that was there; None takes it away."""
        with self._database.writing(durable=True) as connection:
            if rule is None:
                connection.execute("DELETE FROM retention WHERE feed = ?", (feed or 0,))
            else:
                connection.execute(
                    "REPLACE INTO retention VALUES (?, ?, ?)",
                    (feed or 0, rule.days, int(rule.read_only)),
                )

    def expired(self, now: float | None = None) -> list[int]:
        """The articles that the rules let go, the oldest first; never one that the reader has
        marked. Nothing where there is no rule."""
        moment = int(time.time() if now is None else now)
        with self._database.reading() as connection:
            if connection.execute("SELECT 1 FROM retention LIMIT 1").fetchone() is None:
                return []
            return [row[0] for row in connection.execute(_EXPIRED, {"now": moment})]

    def let_go(self, ids: Sequence[int]) -> int:
        """Remove articles, and remember them so that no feed brings them again; how many they
        were. One that was marked since it was found to be old stays."""
        from reader.storage.writing import Writer

        gone = 0
        for start in range(0, len(ids), _BATCH):
            with self._database.writing(durable=True) as connection:
                rows = connection.execute(
                    "SELECT a.id, a.guid, a.feed, a.address, a.title, a.fingerprint FROM article a "
                    f"WHERE a.id IN (SELECT value FROM json_each(?)) AND {UNPROTECTED}",
                    (ids_out(ids[start : start + _BATCH]),),
                ).fetchall()
                now = int(time.time())
                connection.executemany(
                    "REPLACE INTO gone VALUES (?, ?)",
                    [(sign, now) for row in rows for sign in _signs(*row[1:])],
                )
                connection.execute("DELETE FROM gone WHERE at < ?", (now - _REMEMBERED,))
                writer = Writer(connection)
                for row in rows:
                    writer.remove(ArticleId(row[0]))
                writer.finish()
                gone += len(rows)
        return gone

    def gone(self, articles: Sequence[PreparedArticle]) -> set[int]:
        """Which of these articles (by their places) have been let go before."""
        with self._database.reading() as connection:
            if connection.execute("SELECT 1 FROM gone LIMIT 1").fetchone() is None:
                return set()
            return {
                at
                for at, one in enumerate(articles)
                if _is_gone(
                    connection, _signs(one.guid, one.feed, one.address, one.title, one.fingerprint)
                )
            }


def _is_gone(connection: sqlite3.Connection, signs: Iterable[bytes]) -> bool:
    return any(
        connection.execute("SELECT 1 FROM gone WHERE sign = ?", (sign,)).fetchone()
        for sign in signs
    )


def _signs(
    guid: str | None, feed: str | None, address: str | None, title: str, fingerprint: bytes
) -> list[bytes]:
    """What an article is known by. Identifier and address count with the title only: some feeds
    give all their stories the same."""
    named = [
        f"{kind}\0{name}\0{title}"
        for kind, name in (("guid", guid and f"{feed}\0{guid}"), ("address", address))
        if name
    ]
    hashed = [blake2b(text.encode("utf-8", "replace"), digest_size=16).digest() for text in named]
    return [bytes(fingerprint), *hashed]


def add_tables(connection: sqlite3.Connection) -> None:
    """The step of the schema that brings the tables of this part."""
    for statement in TABLES:
        connection.execute(statement)
