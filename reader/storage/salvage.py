"""Saving what a damaged database still holds into a new one; the damaged one is kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final

from reader.core.records import Finding
from reader.errors import ArchiveError
from reader.storage import care, schema
from reader.storage.backup import set_aside
from reader.storage.connection import FAILURES, Database

_NUMBERED: Final = (
    "article",
    "version",
    "speaker",
    "quotation",
    "removed",
    "subscription",
    "wanted_page",
)
_KEYED: Final = ("meta", "state", "speaker_form", "appearance", "delivery", "saved_search")
_STEP: Final = 64
_HIGHEST: Final = 1 << 18
"""Up to which id rows are looked for where the database cannot say how many it has."""


def salvage(file: Path) -> list[Finding]:
    """Put the damaged database `file` aside, and all that can be read of it into a new one.

    Returns what was done, in plain words. Raises ArchiveError where that cannot be written; the
    damaged file is then in its place again.
    """
    fresh = file.with_name(f"{file.name}.saved")
    for end in ("", "-wal", "-shm"):
        fresh.with_name(fresh.name + end).unlink(missing_ok=True)
    target = Database(fresh)
    try:
        with target.reading() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA foreign_keys = OFF")
        with target.writing(durable=True) as connection:
            schema.migrate(connection)
        with target.writing(durable=True) as connection:
            _copy(file, connection)
        with target.reading() as connection:
            connection.execute("PRAGMA foreign_keys = ON")
        care.repair(target)
        with target.reading() as connection:
            saved = connection.execute("SELECT count(*) FROM article").fetchone()[0]
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        target.close()
    aside = set_aside(file, "damaged")
    try:
        fresh.rename(file)
    except OSError as error:
        raise ArchiveError(f"{file}: {error.strerror}") from error
    return [
        Finding(
            "database",
            f"{file}: was damaged; {saved:,} articles were saved, and the damaged file is kept as "
            f"{aside.name if aside else 'it is'}",
            repaired=True,
        )
    ]


def _copy(file: Path, target: sqlite3.Connection) -> None:
    uri = file.absolute().as_uri()
    try:
        source = sqlite3.connect(f"{uri}?mode=ro", uri=True, isolation_level=None)
    except FAILURES:
        return
    source.text_factory = lambda text: text.decode("utf-8", "replace")
    with closing(source):
        try:
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except FAILURES:
            return  # Not even the list of tables is left.
        tables = target.execute(
            "SELECT name, sql LIKE '%WITHOUT ROWID%' FROM sqlite_master "
            "WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        ).fetchall()
        for table, is_keyed in tables:
            columns = [row[1] for row in target.execute(f"PRAGMA table_info({table})")]
            # Columns that an older version lacks get what the table gives them by itself.
            with suppress(*FAILURES):
                has = {row[1] for row in source.execute(f"PRAGMA table_info({table})")}
                columns = [name for name in columns if name in has]
            if not columns:
                continue
            names = ", ".join(columns)
            marks = ", ".join("?" * len(columns))
            rows = _keyed if is_keyed else _numbered
            for row in rows(source, table, names):
                with suppress(*FAILURES):
                    target.execute(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})", row)
        for name, number in _sequences(source).items():
            target.execute("DELETE FROM sqlite_sequence WHERE name = ?", (name,))
            target.execute("INSERT INTO sqlite_sequence VALUES (?, ?)", (name, number))
    # What the index holds is no longer known.
    target.execute("UPDATE article SET indexed = 0")


def _numbered(source: sqlite3.Connection, table: str, columns: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a table with ids, skipping those that cannot be read."""
    highest = _sequences(source).get(table)
    if highest is None:
        with suppress(*FAILURES):
            highest = source.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0] or 0
    if highest is None:
        highest = _HIGHEST
    for start in range(0, highest + 1, _STEP):
        try:
            rows = _between(source, table, columns, start, start + _STEP)
        except FAILURES:
            rows = []
            for one in range(start, start + _STEP):
                with suppress(*FAILURES):
                    rows += _between(source, table, columns, one, one + 1)
        yield from rows


def _between(
    source: sqlite3.Connection, table: str, columns: str, start: int, end: int
) -> list[tuple[Any, ...]]:
    return source.execute(
        f"SELECT {columns} FROM {table} NOT INDEXED WHERE rowid >= ? AND rowid < ?", (start, end)
    ).fetchall()


def _keyed(source: sqlite3.Connection, table: str, columns: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a table without ids, from its beginning to the first that cannot be read."""
    with suppress(*FAILURES):
        yield from source.execute(f"SELECT {columns} FROM {table}")


def _sequences(source: sqlite3.Connection) -> dict[str, int]:
    """The highest id ever given in each table, as far as it can be read."""
    with suppress(*FAILURES):
        rows = source.execute("SELECT name, seq FROM sqlite_sequence").fetchall()
        return {str(name): int(number) for name, number in rows}
    return {}
