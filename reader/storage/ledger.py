"""Which articles the full-text index holds, as the store remembers it.

Each index has a generation, a number that no other index of this archive ever had; an article
remembers that of the index which holds it, so that a lost index makes all articles pending without
a single write.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Final

from reader.storage.connection import Database
from reader.storage.reading import ids_out
from reader.storage.saved import log

GENERATION: Final = "index.generation"
"""Under which key of the archive's facts the generation of its index is written down."""


class IndexLedger:
    """Reads and writes what the index holds. Every method raises ArchiveError."""

    def __init__(self, database: Database) -> None:
        """Keep the books in this database."""
        self._database = database

    def generation(self) -> int:
        """The generation of the archive's index: 1 before there is one."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT value FROM meta WHERE key = ?", (GENERATION,)
            ).fetchone()
        # Articles are stored with 0, which no index ever has.
        return int(row[0]) if row and row[0].isdigit() else 1

    def set_generation(self, generation: int) -> None:
        """From now on the archive's index is this one."""
        with self._database.writing() as connection:
            connection.execute("REPLACE INTO meta VALUES (?, ?)", (GENERATION, str(generation)))

    def pending(self, generation: int, limit: int | None = None) -> array[int]:
        """The ids of the articles that index `generation` does not hold, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id FROM article WHERE indexed < ? OR indexed > ? ORDER BY sort, id LIMIT ?",
                (generation, generation, -1 if limit is None else limit),
            )
            return array("q", (row[0] for row in rows))

    def pending_count(self) -> int:
        """How many articles the archive's index does not hold."""
        generation = self.generation()
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT count(*) FROM article WHERE indexed < ? OR indexed > ?",
                (generation, generation),
            ).fetchone()
        return int(row[0])

    def versions(self, ids: Iterable[int]) -> dict[int, tuple[int, int]]:
        """What tells whether an article has changed: the number of its text, and of the engine."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id, version, engine FROM article "
                "WHERE id IN (SELECT value FROM json_each(?))",
                (ids_out(ids),),
            )
            return {row[0]: (row[1], row[2]) for row in rows}

    def mark_indexed(self, versions: dict[int, tuple[int, int]], generation: int) -> None:
        """Note that index `generation` holds these articles, but for those changed since their
        `versions` were read."""
        with self._database.writing() as connection:
            connection.executemany(
                "UPDATE article SET indexed = ? WHERE id = ? AND version = ? AND engine = ?",
                [(generation, id, text, engine) for id, (text, engine) in versions.items()],
            )
            log(connection, versions)

    def held(self) -> list[tuple[int, int, int, str]]:
        """Of each article that the archive's index should hold as it is now its id, place in time,
        number of quotations and title."""
        generation = self.generation()
        with self._database.reading() as connection:
            return connection.execute(
                "SELECT id, sort, quotations, title FROM article WHERE indexed = ?", (generation,)
            ).fetchall()

    def held_quotations(self) -> set[tuple[int, int]]:
        """The ids of the quotations in those articles, each with its article's."""
        generation = self.generation()
        with self._database.reading() as connection:
            return set(
                connection.execute(
                    "SELECT q.id, a.id FROM article a JOIN quotation q ON q.version = a.version "
                    "WHERE a.indexed = ?",
                    (generation,),
                )
            )

    def lost(self, ids: Iterable[int]) -> None:
        """Note that the index does not hold these articles as they are."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE article SET indexed = 0 WHERE id IN (SELECT value FROM json_each(?))",
                (ids_out(ids),),
            )

    def removed(self) -> list[int]:
        """The ids of articles that were removed and may still be in the index."""
        with self._database.reading() as connection:
            return [row[0] for row in connection.execute("SELECT article FROM removed")]

    def forget_removed(self, ids: Iterable[int]) -> None:
        """Note that the index does not hold these removed articles any more."""
        with self._database.writing() as connection:
            connection.execute(
                "DELETE FROM removed WHERE article IN (SELECT value FROM json_each(?))",
                (ids_out(ids),),
            )
