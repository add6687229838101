"""Copies of the database, made while it is in use, and put back."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from reader.errors import ArchiveError
from reader.storage import schema
from reader.storage.connection import Database, is_damage
from reader.storage.ledger import GENERATION

_PAGES_A_STEP = 256
"""A megabyte between two reports of progress."""

_SQLITE = b"SQLite format 3\0"
_PATIENCE = 1.0
"""Seconds that a program which is just ending is waited for."""


def back_up(
    database: Path, target: Path, on_progress: Callable[[int, int], None] | None = None
) -> None:
    """Copy `database` as it is at one moment into the new file `target`; it may be in use.

    `on_progress` is told pages done and pages in all. Raises ArchiveError; a file that is there
    already is not touched.
    """
    if target.exists():
        raise ArchiveError(f"{target}: is there already; name another file")
    if not database.is_file():
        raise ArchiveError(f"{database}: there is no archive")
    source = Database(database, "read")
    try:
        # Within one snapshot: otherwise the copy begins anew whenever somebody writes.
        with source.snapshot() as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            _copy(connection, target, on_progress)
    finally:
        source.close()


def restore(file: Path, database: Path) -> None:
    """Put the backup `file` in the place of `database`, which is kept beside it.

    The earlier database is renamed to `archive.db.before-restore` (with a number if need be), and
    the index is made anew at the next start. Raises ArchiveError: not a sound backup of an
    archive, or of a newer onrecord, or another program has the archive open, whose marks would be
    lost; nothing has changed then.
    """
    _look_at(file, database)
    source = Database(file, "immutable")
    try:
        with source.reading() as connection:
            version = schema.version_of(connection)
            if schema.is_foreign(connection) or version == 0:
                raise ArchiveError(f"{file}: not a backup of an archive of onrecord")
            if version > schema.VERSION:
                raise ArchiveError(f"{file}: written by a newer onrecord; upgrade onrecord")
            if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise ArchiveError(f"{file}: the backup is damaged; nothing was changed")
            try:
                database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                raise ArchiveError(f"{database.parent}: {error.strerror}") from error
            _close_to_others(database)
            fresh = database.with_name(f"{database.name}.restored")
            fresh.unlink(missing_ok=True)
            _copy(connection, fresh, None)
    except ArchiveError as error:
        if isinstance(error.__cause__, sqlite3.DatabaseError) and is_damage(error.__cause__):
            raise ArchiveError(f"{file}: the backup is damaged; nothing was changed") from error
        raise
    finally:
        source.close()
    with closing(sqlite3.connect(fresh, isolation_level=None)) as connection:
        # Another index belongs to another archive: the number tells them apart.
        connection.execute("DELETE FROM meta WHERE key = ?", (GENERATION,))
        connection.execute("UPDATE article SET indexed = 0")
        connection.execute("PRAGMA journal_mode = WAL")
    set_aside(database, "before-restore")
    try:
        fresh.replace(database)
    except OSError as error:
        raise ArchiveError(f"{database}: {error.strerror}") from error


def _look_at(file: Path, database: Path) -> None:
    """Refuse what can be no backup. Raises ArchiveError."""
    try:
        with file.open("rb") as stream:
            beginning = stream.read(len(_SQLITE))
        if database.exists() and file.samefile(database):
            raise ArchiveError(f"{file}: is the archive itself; name a backup of it")
    except OSError as error:
        raise ArchiveError(f"{file}: cannot be read ({error.strerror})") from error
    if beginning != _SQLITE:
        raise ArchiveError(f"{file}: not a backup of an archive of onrecord")


def _close_to_others(database: Path) -> None:
    """Make sure that nobody has the database open, and that all of it is in one file; a damaged one
    is left as it is. Raises ArchiveError."""
    if not database.exists():
        return
    try:
        with closing(sqlite3.connect(database, timeout=_PATIENCE, isolation_level=None)) as alone:
            # Only who is alone may leave the mode in which others read meanwhile.
            alone.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise ArchiveError(
                f"{database}: another onrecord has this archive open; close that first"
            ) from error
    except sqlite3.DatabaseError:
        return


def set_aside(database: Path, why: str) -> Path | None:
    """Rename a database and its side files to `NAME.why` (with a number where that is taken).

    Returns the new name of the file, or None if there was none. Raises ArchiveError.
    """
    if not database.exists():
        return None
    number = 1
    aside = database.with_name(f"{database.name}.{why}")
    while aside.exists():
        number += 1
        aside = database.with_name(f"{database.name}.{why}-{number}")
    try:
        # The side files first: a write-ahead log must never meet a database that is not its own.
        for end in ("-shm", "-wal", ""):
            file = database.with_name(database.name + end)
            if file.exists():
                file.rename(aside.with_name(aside.name + end))
    except OSError as error:
        raise ArchiveError(f"{database}: cannot be set aside ({error.strerror})") from error
    return aside


def _copy(
    connection: sqlite3.Connection, target: Path, on_progress: Callable[[int, int], None] | None
) -> None:
    partial = target.with_name(f".{target.name}.part")

    def told(_status: int, remaining: int, total: int) -> None:
        if on_progress is not None:
            on_progress(total - remaining, total)

    try:
        os.close(os.open(partial, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
        with closing(sqlite3.connect(partial, isolation_level=None)) as copy:
            connection.backup(copy, pages=_PAGES_A_STEP, progress=told)
            # One plain file, without the side files of a write-ahead log.
            copy.execute("PRAGMA journal_mode = DELETE")
        partial.replace(target)
    except (OSError, sqlite3.Error) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise ArchiveError(f"{target}: cannot be written ({why})") from error
    finally:
        for end in ("", "-journal"):
            partial.with_name(partial.name + end).unlink(missing_ok=True)
