"""Collections of quotations, each kept as it was when it was taken up."""

from __future__ import annotations

import sqlite3
import time
from array import array
from collections.abc import Iterable

from reader.core.marks import Collection, Excerpt, tag_key
from reader.errors import ArchiveError
from reader.storage import excerpts
from reader.storage.connection import Database
from reader.storage.reading import ids_out


class CollectionTable:
    """The collections of one archive. All methods raise ArchiveError."""

    def __init__(self, database: Database) -> None:
        """Use the database of the archive."""
        self._database = database

    def all(self) -> list[Collection]:
        """Every collection, the last used first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT name, (SELECT count(*) FROM collected WHERE collection = id) "
                "FROM collection ORDER BY used DESC, id DESC"
            )
            return [Collection(*row) for row in rows]

    def excerpts(self, name: str) -> list[Excerpt]:
        """What a collection holds, in the order it was put in; nothing where there is none of
        that name."""
        with self._database.snapshot() as connection:
            ids = connection.execute(
                "SELECT x.excerpt FROM collection c JOIN collected x ON x.collection = c.id "
                "WHERE c.key = ? ORDER BY x.place",
                (tag_key(name),),
            ).fetchall()
            try:
                return excerpts.excerpts(connection, [row[0] for row in ids])
            except (ValueError, LookupError, TypeError) as error:
                raise ArchiveError(
                    f"{self._database.path}: the collection {name} is damaged ({error}); "
                    "`onrecord check --repair` mends it"
                ) from error

    def put(self, name: str, quotations: Iterable[tuple[int, int]]) -> list[int]:
        """Put quotations (article, and place among those of its newest text) into a collection,
        made if need be; gives the excerpts that were not in it before.

        Raises ArchiveError also where there is no such quotation; nothing has changed then.
        """
        with self._database.writing() as connection:
            collection = _named(connection, name)
            new = []
            for article, ordinal in quotations:
                excerpt = excerpts.take_up(connection, article, ordinal)
                if excerpt is None:
                    raise ArchiveError(f"article {article} has no quotation {ordinal + 1}")
                if _put(connection, collection, excerpt):
                    new.append(excerpt)
        return new

    def put_back(self, name: str, kept: Iterable[tuple[int, int]]) -> None:
        """Put excerpts back at the places from which they were taken; see `take`."""
        with self._database.writing() as connection:
            collection = _named(connection, name)
            connection.executemany(
                "INSERT OR IGNORE INTO collected SELECT ?, id, ?, ? FROM excerpt WHERE id = ?",
                [(collection, place, int(time.time()), excerpt) for excerpt, place in kept],
            )

    def take(self, name: str, ids: Iterable[int]) -> list[tuple[int, int]]:
        """Take excerpts out of a collection; gives those that were in it, and their places."""
        with self._database.writing() as connection:
            rows = connection.execute(
                "DELETE FROM collected WHERE excerpt IN (SELECT value FROM json_each(?)) "
                "AND collection = (SELECT id FROM collection WHERE key = ?) "
                "RETURNING excerpt, place",
                (ids_out(ids), tag_key(name)),
            ).fetchall()
        return [(row[0], row[1]) for row in rows]

    def rename(self, name: str, new: str) -> bool:
        """Give a collection another name; False where there is none, or one of that name."""
        with self._database.writing() as connection:
            changed = connection.execute(
                "UPDATE OR IGNORE collection SET key = ?, name = ? WHERE key = ?",
                (tag_key(new), new, tag_key(name)),
            )
            return changed.rowcount > 0

    def remove(self, name: str) -> bool:
        """Forget a collection; its quotations stay in their articles. Whether there was one."""
        with self._database.writing() as connection:
            gone = connection.execute("DELETE FROM collection WHERE key = ?", (tag_key(name),))
            return gone.rowcount > 0

    def articles(self, names: Iterable[str] | None = None) -> array[int]:
        """The articles that quotations of these collections are from; None: of any."""
        return self._ids("e.article", names)

    def quotations(self, names: Iterable[str] | None = None) -> array[int]:
        """The quotations of the archive that these collections hold (None: any) and that are
        still what they were."""
        return self._ids(
            "(SELECT q.id FROM quotation q WHERE q.version = e.version AND q.content = e.content "
            "AND q.current > 0)",
            names,
        )

    def _ids(self, column: str, names: Iterable[str] | None) -> array[int]:
        import json

        where = "" if names is None else "WHERE c.key IN (SELECT value FROM json_each(?))"
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT DISTINCT {column} FROM collection c "
                "JOIN collected x ON x.collection = c.id JOIN excerpt e ON e.id = x.excerpt "
                + where,
                () if names is None else (json.dumps([tag_key(name) for name in names]),),
            )
            return array("q", (row[0] for row in rows if row[0] is not None))


def _named(connection: sqlite3.Connection, name: str) -> int:
    """The collection of that name, made if need be, and now the last used."""
    connection.execute(
        "INSERT INTO collection (key, name, used) VALUES (:key, :name, 0) ON CONFLICT DO NOTHING",
        {"key": tag_key(name), "name": name},
    )
    row = connection.execute(
        "UPDATE collection SET used = (SELECT max(used) + 1 FROM collection) WHERE key = ? "
        "RETURNING id",
        (tag_key(name),),
    ).fetchone()
    return int(row[0])


def _put(connection: sqlite3.Connection, collection: int, excerpt: int) -> bool:
    added = connection.execute(
        "INSERT OR IGNORE INTO collected SELECT ?1, ?2, "
        "coalesce((SELECT max(place) FROM collected WHERE collection = ?1), 0) + 1, ?3",
        (collection, excerpt, int(time.time())),
    )
    return added.rowcount > 0
