"""The archive's truth: one SQLite file with articles, quotations, speakers and marks."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reader.core.article import Article, ArticleId
from reader.core.quotation import Extraction
from reader.core.records import (
    ArchivedArticle,
    ArticleRow,
    Finding,
)
from reader.errors import ArchiveError
from reader.storage import reading, schema
from reader.storage.connection import FAILURES, Database, Mode
from reader.storage.ledger import IndexLedger
from reader.storage.quoted import Quoted
from reader.storage.reading import ids_out
from reader.storage.values import Values

if TYPE_CHECKING:
    # What reading does not need is imported where it is used: a third of the time to open.
    from reader.storage.desk import DeskTables
    from reader.storage.facets import FacetColumns
    from reader.storage.feeds import FeedTable
    from reader.storage.preparing import PreparedArticle
    from reader.storage.saved import KeptMatches
    from reader.storage.searches import SavedSearches
    from reader.storage.stories import Stories
    from reader.storage.writing import Stored, Writer

FILE_NAME: Final = "archive.db"


class Store:
    """One archive's database. Safe for any number of threads and programs at once.

    Every method raises ArchiveError, with one clear line, where the database cannot do it.
    """

    def __init__(self, database: Database) -> None:
        """Use a database that has been opened and migrated; see `open`."""
        self._database = database
        self.ledger = IndexLedger(database)
        """What the full-text index holds."""

        self.state = Values(database, "state")
        """What is remembered over restarts."""

        self.meta = Values(database, "meta")
        """Facts about the archive itself."""

    @classmethod
    def open(cls, folder: Path, *, mode: Mode = "write") -> Store:
        """Open the database in `folder` (which must be there), made if it is missing.

        Raises ArchiveError: damaged, of another program, of a newer onrecord, or, with mode
        `read` or `immutable`, missing or of an older schema.
        """
        database = Database(folder / FILE_NAME, mode)
        try:
            connection = database.connection()
            version = schema.version_of(connection)
            if version > schema.VERSION:
                raise ArchiveError(
                    f"{database.path}: written by a newer onrecord (schema {version}, this one "
                    f"reads up to {schema.VERSION}); upgrade onrecord"
                )
            if schema.is_foreign(connection):
                raise ArchiveError(f"{database.path}: not an archive of onrecord")
            if version < schema.VERSION:
                if mode != "write":
                    raise ArchiveError(
                        f"{database.path}: an older archive (schema {version}) that cannot be "
                        "brought up to date where it lies, since it cannot be written"
                    )
                _set_up(database)
        except FAILURES as error:
            database.close()
            raise database.translated(error) from error
        except BaseException:
            database.close()
            raise
        return cls(database)

    @cached_property
    def quoted(self) -> Quoted:
        """Who is quoted, and what they said."""
        return Quoted(self._database)

    @cached_property
    def feeds(self) -> FeedTable:
        """What is subscribed to."""
        from reader.storage.feeds import FeedTable

        return FeedTable(self._database)

    @cached_property
    def desk(self) -> DeskTables:
        """Tags, and what else the reader has put on articles."""
        from reader.storage.desk import DeskTables

        return DeskTables(self._database)

    @cached_property
    def facets(self) -> FacetColumns:
        """What articles count for when hits are told apart."""
        from reader.storage.facets import FacetColumns

        return FacetColumns(self._database)

    @cached_property
    def kept(self) -> KeptMatches:
        """What saved searches have found."""
        from reader.storage.saved import KeptMatches

        return KeptMatches(self._database)

    @cached_property
    def searches(self) -> SavedSearches:
        """The saved searches."""
        from reader.storage.searches import SavedSearches

        return SavedSearches(self._database)

    @cached_property
    def stories(self) -> Stories:
        """Which articles are copies of one story."""
        from reader.storage.stories import Stories

        return Stories(self._database)

    @property
    def path(self) -> Path:
        """The database's file."""
        return self._database.path

    @property
    def is_writable(self) -> bool:
        """False where the archive is open for reading only."""
        return self._database.mode == "write"

    def close(self) -> None:
        """Close the connections of all threads."""
        self._database.close()

    # Articles

    def put_many(
        self, articles: Iterable[tuple[Article, Extraction | None]], engine: int
    ) -> list[Stored | None]:
        """Store articles with what was found in them, all in one durable transaction.

        Without an extraction only a known text is brought up to date: None where it is not known.
        """
        from reader.storage.preparing import prepared

        with self._writer() as writer:
            return [
                writer.put(prepared(article), extraction, engine)
                for article, extraction in articles
            ]

    def put_prepared(self, articles: Sequence[PreparedArticle], engine: int) -> list[Stored]:
        """Store articles in which nothing has been found yet, all in one durable transaction.

        As `put_many` with empty extractions, and four times as quick for those that are new.
        """
        from reader.storage.bulk import put_all

        with self._writer() as writer:
            return put_all(self._database.connection(), writer, articles, engine)

    def extract_again(
        self, extractions: Iterable[tuple[ArticleId, Extraction]], engine: int
    ) -> None:
        """Replace what was found in the newest texts of articles, all in one transaction."""
        with self._writer() as writer:
            for id, extraction in extractions:
                writer.extract_again(id, extraction, engine)

    def remove(self, ids: Iterable[int]) -> None:
        """Remove articles for good; their ids are not given again."""
        with self._writer() as writer:
            for id in ids:
                writer.remove(ArticleId(id))

    @contextmanager
    def together(self, *, durable: bool) -> Iterator[None]:
        """One transaction for all that this thread writes within the block: it is kept as a whole,
        or not at all where the block raises. Others cannot write meanwhile."""
        with self._database.writing(durable=durable):
            yield

    @contextmanager
    def _writer(self) -> Iterator[Writer]:
        from reader.storage.writing import Writer

        with self._database.writing(durable=True) as connection:
            writer = Writer(connection)
            yield writer
            writer.finish()

    def knows(self, article: Article) -> bool:
        """Whether the archive holds this article with this text, now or in an earlier version."""
        from reader.storage.matching import find, has_stood
        from reader.storage.preparing import prepared

        wanted = prepared(article)
        with self._database.reading() as connection:
            match = find(connection, wanted)
            return match is not None and has_stood(connection, match, wanted.fingerprint)

    def count(self) -> int:
        """How many articles there are."""
        return self._number("SELECT count(*) FROM article")

    def story_count(self) -> int:
        """How many there are without the copies and the muted."""
        with self._database.reading() as connection:
            return reading.count_articles(connection, stories=True)

    def unread_count(self) -> int:
        """How many stories are unread: a story of several copies is one."""
        with self._database.reading() as connection:
            return reading.count_articles(connection, unread=True, stories=True)

    def article_ids(
        self,
        *,
        unread: bool = False,
        starred: bool = False,
        limit: int | None = None,
        stories: bool = False,
        muted: bool | None = False,
    ) -> array[int]:
        """The ids of all articles, or of those unread or starred, newest first; of `stories` those
        that stand for them, without their copies; the muted ones left out, or with `muted` these
        alone, or with None all."""
        with self._database.reading() as connection:
            return reading.article_ids(
                connection,
                unread=unread,
                starred=starred,
                limit=limit,
                stories=stories,
                muted=muted,
            )

    def ids_between(self, first: int, last: int, *, read: bool) -> array[int]:
        """The ids from `first` to `last` of the articles that are read (or are not), muted ones
        included, in the order of ids."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id FROM article WHERE id BETWEEN ? AND ? AND +read = ?", (first, last, read)
            )
            return array("q", (row[0] for row in rows))

    def rows(self, ids: Sequence[int]) -> list[ArticleRow]:
        """The list's rows for `ids`, in that order; those that are not there are left out."""
        with self._database.reading() as connection:
            return reading.article_rows(connection, ids)

    def articles(self, ids: Iterable[int]) -> Iterator[ArchivedArticle]:
        """The articles in full; those that are not there are left out."""
        for id in ids:
            with self._database.snapshot() as connection:
                try:
                    found = list(reading.archived_articles(connection, (id,)))
                except (ValueError, LookupError, TypeError) as error:
                    raise ArchiveError(
                        f"{self.path}: article {id} is damaged ({error}); "
                        "`onrecord check --repair` mends it"
                    ) from error
            yield from found

    def article(self, id: int) -> ArchivedArticle:
        """One article in full. Raises ArchiveError also where there is none."""
        for article in self.articles((id,)):
            return article
        raise ArchiveError(f"there is no article {id} in this archive")

    def version(self, id: int, version: int) -> ArchivedArticle:
        """An article with another of its texts, the one with the number `version` in the archive,
        and with what was found in that. Raises ArchiveError also where there is none."""
        with self._database.snapshot() as connection:
            found = reading.archived_version(connection, id, version)
        if found is None:
            raise ArchiveError(f"article {id} has no such text in this archive")
        return found

    def body(self, id: int) -> str:
        """An article's text; empty where there is no such article."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT v.body FROM article a JOIN version v ON v.id = a.version WHERE a.id = ?",
                (id,),
            ).fetchone()
        return "" if row is None else str(row[0])

    # Marks and state

    def set_read(self, ids: Iterable[int], read: bool) -> list[int]:
        """Mark articles as read or unread, with the copies of their stories; returns those whose
        mark has changed."""
        return self._mark("read", ids, read)

    def set_starred(self, ids: Iterable[int], starred: bool) -> list[int]:
        """Give or take stars, as with `set_read`; returns the articles whose star has changed."""
        return self._mark("starred", ids, starred)

    def _mark(self, column: str, ids: Iterable[int], on: bool) -> list[int]:
        with self._database.writing() as connection:
            changed = connection.execute(
                _MARK.format(column=column), (ids_out(ids), int(on), int(not on))
            ).fetchall()
        return sorted(row[0] for row in changed)

    def wait_at_most(self, seconds: float) -> None:
        """How long this thread waits for another program that is writing."""
        with self._database.reading() as connection:
            connection.execute(f"PRAGMA busy_timeout = {int(1000 * seconds)}")

    def data_version(self) -> int:
        """A number that changes when anybody but this thread has written; to be compared with an
        earlier one of the same thread."""
        return self._number("PRAGMA data_version")

    def outdated(self, engine: int, limit: int | None = None) -> array[int]:
        """The ids of the articles read by another version of the engine, newest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id FROM article WHERE engine < ? OR engine > ? "
                "ORDER BY sort DESC, id DESC LIMIT ?",
                (engine, engine, -1 if limit is None else limit),
            )
            return array("q", (row[0] for row in rows))

    def _number(self, statement: str) -> int:
        with self._database.reading() as connection:
            return int(connection.execute(statement).fetchone()[0])

    # Care

    def check(self) -> list[Finding]:
        """What is wrong with the database; reads all of it."""
        from reader.storage import care

        return list(care.check(self._database))

    def repair(self) -> None:
        """Mend what `check` finds above the level of the file."""
        from reader.storage import care

        care.repair(self._database)

    def figures(self) -> dict[str, int]:
        """How much of what there is."""
        from reader.storage import care

        return care.figures(self._database)


_MARK: Final = """
    WITH story (id) AS (
        SELECT CASE a.copy_of WHEN 0 THEN a.id ELSE a.copy_of END
        FROM json_each(?) j JOIN article a ON a.id = j.value
    )
    UPDATE article SET {column} = ? WHERE {column} = ? AND id IN (
        SELECT id FROM story UNION
        SELECT c.id FROM story s JOIN article c ON c.copy_of = s.id AND c.copy_of > 0
    ) RETURNING id
"""


def _set_up(database: Database) -> None:
    connection = database.connection()
    # Outside the transaction, and lasting: readers never wait for a writer from now on.
    connection.execute("PRAGMA journal_mode = WAL")
    with database.writing(durable=True) as connection:
        schema.migrate(connection)
