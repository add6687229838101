"""The tables of what a reader has put on articles, side by side."""

from __future__ import annotations

from reader.storage.connection import Database
from reader.storage.tags import TagTable


class DeskTables:
    """Tags, and what else a reader has put on the articles of one archive."""

    def __init__(self, database: Database) -> None:
        """Use the database of the archive."""
        self.tags = TagTable(database)
