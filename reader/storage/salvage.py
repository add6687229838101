"""Saving what a damaged database still holds into a new one; the damaged one is kept."""

from __future__ import annotations

import shutil
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
_HEAD: Final = 100
_PAGE: Final = 4096
"""What SQLite writes, having been told nothing else."""

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
    """Copy what can be read; where not even the list of tables can, of a copy of the file that has
    the head of a sound one and as many pages as there are."""
    source = _opened(file)
    if source is not None:
        _copy_from(source, target)
        return
    mended = file.with_name(f"{file.name}.mended")
    sides = [mended.with_name(mended.name + end) for end in ("", "-wal", "-shm", "-journal")]
    try:
        _mend_head(file, mended)
        source = _opened(mended, "rw")
        if source is not None:
            _copy_from(source, target)
    except OSError as error:
        raise ArchiveError(f"{mended}: {error.strerror}") from error
    finally:
        for side in sides:
            side.unlink(missing_ok=True)


def _opened(file: Path, mode: str = "ro") -> sqlite3.Connection | None:
    try:
        source = sqlite3.connect(
            f"{file.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None
        )
    except FAILURES:
        return None
    source.text_factory = lambda text: text.decode("utf-8", "replace")
    try:
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except FAILURES:
        source.close()
        return None
    return source


def _mend_head(file: Path, mended: Path) -> None:
    """Copy a file whose first bytes are broken, or that was cut off, with a head that fits."""
    shutil.copyfile(file, mended)
    log = file.with_name(f"{file.name}-wal")
    has_log = log.exists() and log.stat().st_size > 0
    if has_log:
        shutil.copyfile(log, mended.with_name(f"{mended.name}-wal"))
    with closing(sqlite3.connect(":memory:")) as empty:
        empty.execute("CREATE TABLE x (y)")
        head = bytearray(empty.serialize()[:_HEAD])
    pages = -(-mended.stat().st_size // _PAGE)
    head[18:20] = b"\x02\x02" if has_log else b"\x01\x01"
    head[24:28] = head[92:96] = (1).to_bytes(4, "big")
    head[28:32] = pages.to_bytes(4, "big")
    head[32:40] = bytes(8)  # No list of free pages.
    with mended.open("r+b") as stream:
        stream.write(head)
        stream.truncate(pages * _PAGE)


def _copy_from(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    with closing(source):
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
