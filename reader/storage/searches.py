"""Saved searches in the archive: queries by name. What they have found lies in `saved`."""

from __future__ import annotations

from reader.storage.connection import Database


class SavedSearches:
    """The saved searches of one archive; a door of `Store`. All methods raise ArchiveError."""

    def __init__(self, database: Database) -> None:
        """Use the database of the archive."""
        self._database = database

    def all(self) -> dict[str, str]:
        """The queries, by name."""
        with self._database.reading() as connection:
            return dict(connection.execute("SELECT name, query FROM saved_search ORDER BY name"))

    def add(self, name: str, query: str) -> bool:
        """Keep a query under a name; False where the name is in use for another one."""
        with self._database.writing() as connection:
            connection.execute("INSERT OR IGNORE INTO saved_search VALUES (?, ?)", (name, query))
            row = connection.execute(
                "SELECT query FROM saved_search WHERE name = ?", (name,)
            ).fetchone()
            return bool(row[0] == query)

    def put(self, name: str, query: str) -> None:
        """Keep a query under a name, in the place of the one that had it."""
        with self._database.writing() as connection:
            connection.execute("REPLACE INTO saved_search VALUES (?, ?)", (name, query))

    def forget(self, name: str) -> bool:
        """Let go of a saved search; whether there was one of that name."""
        with self._database.writing() as connection:
            gone = connection.execute("DELETE FROM saved_search WHERE name = ?", (name,))
            return gone.rowcount > 0
