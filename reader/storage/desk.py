"""The tables of what a reader has put on articles, side by side."""

from __future__ import annotations

from reader.storage.collecting import CollectionTable
from reader.storage.connection import Database
from reader.storage.notes import NoteTable
from reader.storage.retention import RetentionTable
from reader.storage.rules import RuleTable
from reader.storage.tags import TagTable


class DeskTables:
    """Tags, notes, collections of quotations, rules, and how long articles stay."""

    def __init__(self, database: Database) -> None:
        """Use the database of the archive."""
        self.tags = TagTable(database)
        self.notes = NoteTable(database)
        self.collections = CollectionTable(database)
        self.rules = RuleTable(database)
        self.retention = RetentionTable(database)
