"""Connections to the archive's database, one a thread, and SQLite's errors in plain words."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal

from reader.errors import ArchiveError

Mode = Literal["write", "read", "immutable"]
"""`read` changes nothing; `immutable` also reads where SQLite cannot make its side files."""

BUSY_SECONDS: Final = 5.0
"""How long a statement waits for another writer. A batch of an import holds the lock for a tenth
of a second, so five seconds mean that something is wrong."""

FAILURES: Final = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite raises; the second where a damaged name in a file becomes part of its message."""

Failure = sqlite3.Error | UnicodeDecodeError

_WAL_LIMIT: Final = 64 * 1024 * 1024


class DamagedError(ArchiveError):
    """The database's file itself is broken."""


class Database:
    """One SQLite file, opened anew in every thread that asks.

    Safe for use from any number of threads; `close` ends the connections of all of them.
    """

    def __init__(self, path: Path, mode: Mode = "write") -> None:
        """Remember where the database is; nothing is opened before it is asked for."""
        self.path = path
        self.mode: Mode = mode
        self._local = threading.local()
        self._lock = threading.Lock()
        self._connections: list[sqlite3.Connection] = []
        self._closed = False

    def connection(self) -> sqlite3.Connection:
        """This thread's connection, opened if need be. Raises ArchiveError or sqlite3.Error."""
        existing: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if existing is not None:
            return existing
        with self._lock:
            if self._closed:
                raise ArchiveError(f"{self.path}: the archive has been closed")
            connection = self._connect()
            self._connections.append(connection)
        self._local.connection = connection
        return connection

    def _connect(self) -> sqlite3.Connection:
        # Autocommit (isolation_level None): transactions begin where `writing` says so and nowhere
        # else. Only `close` uses a connection from a thread that is not its own.
        options = {"write": "", "read": "?mode=ro", "immutable": "?immutable=1"}[self.mode]
        connection = sqlite3.connect(
            self.path.absolute().as_uri() + options,
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        connection.text_factory = _decoded
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            if self.mode == "write":
                connection.execute("PRAGMA synchronous = NORMAL")
                connection.execute(f"PRAGMA journal_size_limit = {_WAL_LIMIT}")
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection, for statements that change nothing. Raises ArchiveError."""
        try:
            yield self.connection()
        except FAILURES as error:
            raise self.translated(error) from error
        except UnicodeEncodeError as error:
            # Half of a character (a lone surrogate), which the gate for text lets nobody bring in.
            raise ArchiveError(f"{self.path}: a text that cannot be stored") from error

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Like `reading`, but all statements see the same moment, whoever writes meanwhile."""
        with self.reading() as connection:
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("ROLLBACK")

    @contextmanager
    def writing(self, *, durable: bool = False) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is kept, or none if the block raises.

        What has been committed survives the end of the process however it comes; with `durable`
        also a power cut, for which the disk is waited for (some milliseconds: right for a batch
        of an import, too slow for a key press). Inside another such block of the same thread, all
        of it is part of that one's transaction. Raises ArchiveError.
        """
        if self.mode != "write":
            raise ArchiveError(f"{self.path}: the archive can be read but not written")
        with self.reading() as connection:
            if getattr(self._local, "writing", False):
                yield connection
                return
            connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            connection.execute("BEGIN IMMEDIATE")
            self._local.writing = True
            try:
                yield connection
            except BaseException:
                self._local.writing = False
                # Some errors (a full disk, for one) have ended the transaction already.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            self._local.writing = False
            connection.execute("COMMIT")

    def close(self) -> None:
        """Close the connections of all threads; a second call does nothing."""
        with self._lock:
            self._closed = True
            connections, self._connections = self._connections, []
        for connection in connections:
            connection.close()
        self._local = threading.local()

    def translated(self, error: Failure) -> ArchiveError:
        """The error that says in one line what SQLite's means here, and what to do about it."""
        kind = DamagedError if is_damage(error) else ArchiveError
        return kind(f"{self.path}: {_in_words(error)}")


def _decoded(text: bytes) -> str:
    # A flipped bit on the disk spoils a letter, and not the article that it stands in.
    return text.decode("utf-8", "replace")


def lacks_room(error: BaseException | None) -> bool:
    """Whether the disk has no room for what SQLite needs beside a database that it opens."""
    return isinstance(error, sqlite3.Error) and _code(error) in _NO_ROOM


_NO_ROOM = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)


def is_damage(error: Failure) -> bool:
    """Whether an error means that the file itself is broken."""
    if isinstance(error, UnicodeDecodeError):
        return True
    return _code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _code(error: Failure) -> int:
    # The low byte is the primary result code; errors that Python's module makes have none.
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF


def _in_words(error: Failure) -> str:
    code = _code(error)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return "another program is writing to the archive; try again in a moment"
    if code == sqlite3.SQLITE_FULL:
        return "the disk is full; nothing was changed"
    if code == sqlite3.SQLITE_READONLY:
        return "the archive can be read but not written"
    if code == sqlite3.SQLITE_CANTOPEN:
        return "cannot be opened as a database (is it a folder, or forbidden?)"
    if is_damage(error):
        return "the database is damaged; `onrecord check --repair` saves what can be read"
    if code == sqlite3.SQLITE_IOERR:
        return "the disk reports an error; nothing was changed"
    if isinstance(error, sqlite3.ProgrammingError) and "closed" in str(error):
        return "the archive has been closed"
    return " ".join(str(error).split())[:300]
