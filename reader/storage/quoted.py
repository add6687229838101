"""Who is quoted in an archive, and what they said: the questions asked of its quotations."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from reader.core.records import ArchivedSpeaker, QuotationRow
from reader.errors import ArchiveError
from reader.storage import people, reading
from reader.storage.connection import Database
from reader.storage.people import SpeakerSort
from reader.storage.reading import ids_out


class Quoted:
    """The speakers and quotations of one archive; a door of `Store`, for any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def speakers(
        self,
        articles: Iterable[int] | None = None,
        *,
        sort: SpeakerSort = "quotes",
        limit: int | None = None,
        include_unnamed: bool = False,
    ) -> list[ArchivedSpeaker]:
        """Those quoted in the archive, or in these articles with counts of these alone."""
        with self._database.snapshot() as connection:
            if articles is None:
                return people.speakers(
                    connection, sort=sort, limit=limit, include_unnamed=include_unnamed
                )
            return people.speakers_in(
                connection, articles, sort=sort, limit=limit, include_unnamed=include_unnamed
            )

    def speaker(self, id: int) -> ArchivedSpeaker:
        """One speaker. Raises ArchiveError also where there is none."""
        with self._database.snapshot() as connection:
            found = people.speaker(connection, id)
        if found is None:
            raise ArchiveError(f"there is no speaker {id} in this archive")
        return found

    def speakers_named(self, name: str) -> list[int]:
        """The ids of the named speakers who are called so, by name or alias."""
        with self._database.reading() as connection:
            return people.find_named(connection, name)

    def articles_of(self, speaker: int) -> array[int]:
        """The ids of the articles that quote a speaker, newest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT sort, article FROM quotation WHERE speaker = ? AND current = 1 "
                "UNION SELECT sort, article FROM quotation WHERE speaker = ? AND current = 2 "
                "ORDER BY sort DESC, article DESC",
                (speaker, speaker),
            )
            return array("q", (row[1] for row in rows))

    def names_in(self, id: int) -> tuple[str, ...]:
        """The names of those quoted in an article, in order of their first quotation."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT p.name FROM article a JOIN appearance p ON p.version = a.version "
                "WHERE a.id = ? ORDER BY p.ordinal",
                (id,),
            )
            return tuple(row[0] for row in rows)

    def quotations_of(
        self, speaker: int, *, limit: int | None = None, offset: int = 0
    ) -> list[QuotationRow]:
        """A speaker's quotations, newest article first."""
        with self._database.snapshot() as connection:
            return reading.quotations_of(connection, speaker, limit=limit, offset=offset)

    def quotation_rows(self, ids: Sequence[int]) -> list[QuotationRow]:
        """The quotations with these ids, in that order."""
        with self._database.snapshot() as connection:
            return reading.quotation_rows(connection, ids)

    def quotation_ids(self, articles: Iterable[int]) -> list[int]:
        """The ids of the quotations of these articles, article by article, from top to bottom."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT q.id FROM json_each(?) AS wanted JOIN article a ON a.id = wanted.value "
                "JOIN quotation q ON q.version = a.version ORDER BY wanted.key, q.ordinal",
                (ids_out(articles),),
            )
            return [row[0] for row in rows]

    def all_quotations(
        self, *, oldest_first: bool = False, limit: int | None = None, offset: int = 0
    ) -> tuple[list[QuotationRow], int]:
        """A stretch of all quotations in the order of their articles, and how many there are; what
        several copies of a story repeat comes once."""
        order = "a.sort, a.id" if oldest_first else "a.sort DESC, a.id DESC"
        with self._database.snapshot() as connection:
            [total] = connection.execute(
                "SELECT (SELECT coalesce(sum(quotations), 0) FROM article) "
                "- (SELECT count(*) FROM quotation WHERE current = 2) "
                "- (SELECT count(*) FROM muted m CROSS JOIN quotation q ON q.article = m.article "
                "AND q.current = 1)"
            ).fetchone()
            ids = connection.execute(
                "SELECT q.id FROM article a JOIN quotation q ON q.version = a.version "
                f"WHERE q.current = 1 AND a.id {reading.SHOWN} "
                f"ORDER BY {order}, q.ordinal LIMIT ? OFFSET ?",
                (-1 if limit is None else limit, offset),
            ).fetchall()
            return reading.quotation_rows(connection, [row[0] for row in ids]), total

    def quotation_counts(self, ids: Iterable[int]) -> dict[int, int]:
        """How many quotations each of the articles has."""
        with self._database.reading() as connection:
            return reading.counts_by_article(connection, ids)
