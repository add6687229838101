"""Small texts kept by name."""

from __future__ import annotations

from typing import Literal

from reader.storage.connection import Database


class Values:
    """One table of names and texts; two doors of `Store`. All methods raise ArchiveError."""

    def __init__(self, database: Database, table: Literal["state", "meta"]) -> None:
        """Use one of the two tables of the archive's database."""
        self._database = database
        self._table = table

    def get(self, key: str) -> str | None:
        """What is kept under `key`, or None."""
        with self._database.reading() as connection:
            row = connection.execute(
                f"SELECT value FROM {self._table} WHERE key = ?", (key,)
            ).fetchone()
        return None if row is None else str(row[0])

    def put(self, key: str, value: str | None) -> None:
        """Keep `value` under `key`; None takes it away."""
        with self._database.writing() as connection:
            if value is None:
                connection.execute(f"DELETE FROM {self._table} WHERE key = ?", (key,))
            else:
                connection.execute(f"REPLACE INTO {self._table} VALUES (?, ?)", (key, value))
