"""Rules, and what they and the reader's own hand have muted and kept.

Nothing is deleted by muting. Which articles are to be judged is written down by triggers, so that
no way into the archive can be forgotten, and the end of a program at any moment loses nothing.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterable
from typing import Final

from reader.core.marks import tag_key
from reader.core.rules import Rule, RuleKind, Verdict
from reader.storage import tags
from reader.storage.connection import Database
from reader.storage.reading import ids_out

TABLES: Final = (
    """CREATE TABLE rule (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        query TEXT NOT NULL,
        tag TEXT,
        added INTEGER NOT NULL
    )""",
    # `rule` is NULL for what the reader has muted by hand.
    """CREATE TABLE muted (
        article INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
        rule INTEGER
    )""",
    "CREATE INDEX muted_rule ON muted (rule)",
    """CREATE TABLE protected (
        article INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
        rule INTEGER NOT NULL
    )""",
    # Shown again by hand, whatever the rules say.
    "CREATE TABLE unmuted (article INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE)",
    # Taken off by hand: rules do not put it on again.
    """CREATE TABLE refused_tag (
        article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
        key TEXT NOT NULL,
        PRIMARY KEY (article, key)
    ) WITHOUT ROWID""",
    "CREATE TABLE to_judge (article INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE)",
    """CREATE TRIGGER judge_new AFTER INSERT ON article WHEN EXISTS (SELECT 1 FROM rule)
        BEGIN INSERT OR IGNORE INTO to_judge VALUES (new.id); END""",
    """CREATE TRIGGER judge_changed AFTER UPDATE OF version, engine ON article
        WHEN (new.version <> old.version OR new.engine <> old.engine)
            AND EXISTS (SELECT 1 FROM rule)
        BEGIN INSERT OR IGNORE INTO to_judge VALUES (new.id); END""",
    """CREATE TRIGGER refuse_tag AFTER DELETE ON article_tag
        WHEN EXISTS (SELECT 1 FROM rule WHERE kind = 'tag')
            AND EXISTS (SELECT 1 FROM article WHERE id = old.article)
        BEGIN INSERT OR IGNORE INTO refused_tag
            SELECT old.article, key FROM tag WHERE id = old.tag; END""",
)
"""The tables of this part; they never change after a release."""

_OWN_MARKS: Final = """
    SELECT id FROM article a WHERE id IN (SELECT value FROM json_each(?)) AND (starred = 1
        OR EXISTS (SELECT 1 FROM note n WHERE n.article = a.id)
        OR EXISTS (SELECT 1 FROM excerpt e JOIN collected c ON c.excerpt = e.id
            WHERE e.article = a.id))
"""
"""Articles that the reader has marked: no rule mutes them."""


class RuleTable:
    """The rules of one archive and their verdicts. All methods raise ArchiveError."""

    def __init__(self, database: Database) -> None:
        """Use the database of the archive."""
        self._database = database
        self._lock = threading.Lock()
        self._seen: tuple[tuple[int, int, int], frozenset[int]] | None = None

    # Rules

    def all(self) -> list[Rule]:
        """Every rule, in the order in which they were made."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT id, kind, query, tag FROM rule ORDER BY id")
            return [Rule(id, RuleKind(kind), query, tag) for id, kind, query, tag in rows]

    def add(self, kind: RuleKind, query: str, tag: str | None = None) -> Rule:
        """Make a rule; one that is there already is given back as it is."""
        with self._database.writing(durable=True) as connection:
            row = connection.execute(
                "SELECT id FROM rule WHERE kind = ? AND query = ? AND tag IS ?", (kind, query, tag)
            ).fetchone()
            if row is None:
                cursor = connection.execute(
                    "INSERT INTO rule (kind, query, tag, added) VALUES (?, ?, ?, ?)",
                    (kind, query, tag, int(time.time())),
                )
                row = (cursor.lastrowid,)
        return Rule(int(row[0]), kind, query, tag)

    def remove(self, id: int) -> bool:
        """Forget a rule, and put what it muted or kept before the others again; the tags that it
        gave stay. Whether there was one."""
        with self._database.writing(durable=True) as connection:
            gone = connection.execute("DELETE FROM rule WHERE id = ?", (id,)).rowcount > 0
            for table in ("muted", "protected"):
                connection.execute(
                    f"INSERT OR IGNORE INTO to_judge SELECT article FROM {table} WHERE rule = ?",
                    (id,),
                )
                connection.execute(f"DELETE FROM {table} WHERE rule = ?", (id,))
        return gone

    def counts(self) -> dict[int, int]:
        """How many articles each rule mutes or keeps just now."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT rule, count(*) FROM (SELECT rule FROM muted WHERE rule IS NOT NULL "
                "UNION ALL SELECT rule FROM protected) GROUP BY rule"
            )
            return dict(rows.fetchall())

    # Judging

    def is_anything_waiting(self) -> bool:
        """Whether articles are to be judged."""
        with self._database.reading() as connection:
            return connection.execute("SELECT 1 FROM to_judge LIMIT 1").fetchone() is not None

    def waiting(self, limit: int) -> list[tuple[int, bool]]:
        """Articles that are to be judged, and whether the engine has read them."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT t.article, a.engine > 0 FROM to_judge t JOIN article a ON a.id = t.article "
                "LIMIT ?",
                (limit,),
            )
            return [(row[0], bool(row[1])) for row in rows]

    def judge(self, verdicts: Iterable[Verdict], *, everything: bool = False) -> None:
        """Write down what the rules say of articles; these wait no longer.

        What the reader has done by hand stays, and no rule mutes what the reader has marked. With
        `everything`, articles without a verdict are neither muted nor kept by any rule.
        """
        given = list(verdicts)
        ids = ids_out(verdict.article for verdict in given)
        with self._database.writing() as connection:
            if everything:
                connection.execute("DELETE FROM muted WHERE rule IS NOT NULL")
                connection.execute("DELETE FROM protected")
                connection.execute("DELETE FROM to_judge")
            exempt = {row[0] for row in connection.execute(_OWN_MARKS, (ids,))}
            exempt |= _known(connection, "unmuted", ids)
            # An article that is gone meanwhile must not come back into these tables.
            there = _known(connection, "article", ids, "id")
            for verdict in given:
                if verdict.article in there:
                    _write(connection, verdict, exempt=verdict.article in exempt)
            connection.execute(
                "DELETE FROM to_judge WHERE article IN (SELECT value FROM json_each(?))", (ids,)
            )

    # Muted and kept

    def muted(self) -> frozenset[int]:
        """The muted articles. The same object as long as nobody has written, so that what is made
        of it can be kept."""
        with self._database.reading() as connection:
            version = connection.execute("PRAGMA data_version").fetchone()[0]
            key = (threading.get_ident(), version, connection.total_changes)
            with self._lock:
                if self._seen is not None and self._seen[0] == key:
                    return self._seen[1]
            found = frozenset(row[0] for row in connection.execute("SELECT article FROM muted"))
            with self._lock:
                if self._seen is not None and self._seen[1] == found:
                    found = self._seen[1]
                self._seen = (key, found)
        return found

    def protected(self) -> frozenset[int]:
        """The articles that a rule keeps."""
        with self._database.reading() as connection:
            return frozenset(row[0] for row in connection.execute("SELECT article FROM protected"))

    def why(self, article: int) -> int | None:
        """The rule that has muted an article; None for none, or for the reader's own hand."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT rule FROM muted WHERE article = ?", (article,)
            ).fetchone()
        return None if row is None else row[0]

    def mute(self, ids: Iterable[int]) -> list[int]:
        """Mute articles by hand; gives those that were not muted before."""
        wanted = ids_out(ids)
        with self._database.writing() as connection:
            rows = connection.execute(
                "INSERT OR IGNORE INTO muted (article) SELECT a.id FROM json_each(?) j "
                "JOIN article a ON a.id = j.value RETURNING article",
                (wanted,),
            ).fetchall()
            connection.execute(
                "DELETE FROM unmuted WHERE article IN (SELECT value FROM json_each(?))", (wanted,)
            )
        return [row[0] for row in rows]

    def unmute(self, ids: Iterable[int]) -> list[int]:
        """Show muted articles again, for good; gives those that were muted."""
        wanted = ids_out(ids)
        with self._database.writing() as connection:
            rows = connection.execute(
                "DELETE FROM muted WHERE article IN (SELECT value FROM json_each(?)) "
                "RETURNING article",
                (wanted,),
            ).fetchall()
            connection.executemany("INSERT OR IGNORE INTO unmuted VALUES (?)", rows)
        return [row[0] for row in rows]


def _known(
    connection: sqlite3.Connection, table: str, ids: str, column: str = "article"
) -> set[int]:
    rows = connection.execute(
        f"SELECT {column} FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))", (ids,)
    )
    return {row[0] for row in rows}


def _write(connection: sqlite3.Connection, verdict: Verdict, *, exempt: bool) -> None:
    article = verdict.article
    connection.execute("DELETE FROM muted WHERE article = ? AND rule IS NOT NULL", (article,))
    connection.execute("DELETE FROM protected WHERE article = ?", (article,))
    if verdict.kept_by is not None:
        connection.execute("INSERT INTO protected VALUES (?, ?)", (article, verdict.kept_by))
    elif verdict.muted_by is not None and not exempt:
        connection.execute("INSERT OR IGNORE INTO muted VALUES (?, ?)", (article, verdict.muted_by))
    for name in verdict.tags:
        refused = connection.execute(
            "SELECT 1 FROM refused_tag WHERE article = ? AND key = ?", (article, tag_key(name))
        ).fetchone()
        if refused is None:
            tags.put_on(connection, name, ids_out((article,)))


def add_tables(connection: sqlite3.Connection) -> None:
    """The step of the schema that brings the tables of this part."""
    for statement in TABLES:
        connection.execute(statement)
