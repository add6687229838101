"""Who is quoted in an archive, and what they said: asked by name, by query, or all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from reader.archive.folding import said_once
from reader.core.records import ArchivedSpeaker, QuotationRow, Sort

if TYPE_CHECKING:
    from reader.archive.searching import Searching
    from reader.storage.people import SpeakerSort
    from reader.storage.store import Store

_QUOTATIONS_A_READ: Final = 500


class Quoted:
    """The speakers and quotations of one archive. Safe for several threads."""

    def __init__(self, store: Store, searching: Searching) -> None:
        """Read them from `store`, and find them with `searching`."""
        self._store = store
        self._searching = searching

    def speakers(
        self,
        query: str | None = None,
        *,
        sort: SpeakerSort = "quotes",
        limit: int | None = None,
        include_unnamed: bool = False,
        articles: Iterable[int] | None = None,
    ) -> list[ArchivedSpeaker]:
        """Who is quoted in the archive, in the articles that match `query`, or in these `articles`
        (with the counts and dates of these alone). Raises QueryError, SearchIndexError."""
        if query and query.strip():
            articles = self._searching.article_ids(query)
        elif self._store.desk.rules.muted():
            articles = self._store.article_ids()
        return self._store.quoted.speakers(
            articles, sort=sort, limit=limit, include_unnamed=include_unnamed
        )

    def speaker(self, id: int) -> ArchivedSpeaker:
        """One speaker. Raises ArchiveError where there is none."""
        return self._store.quoted.speaker(id)

    def said_by(
        self, speaker: int, *, limit: int | None = None, offset: int = 0
    ) -> list[QuotationRow]:
        """All that a speaker said, newest article first, in each article from top to bottom."""
        return self._store.quoted.quotations_of(speaker, limit=limit, offset=offset)

    def quotations(self, query: str | None = None) -> Iterator[QuotationRow]:
        """The quotations of the archive, or those that match, newest first; what several copies
        of a story repeat comes once."""
        if query and query.strip():
            ids = self._searching.quotation_ids(query)
        else:
            every = self._store.quoted.quotation_ids(self._store.article_ids())
            ids = said_once(self._store, every)
        for start in range(0, len(ids), _QUOTATIONS_A_READ):
            yield from self._store.quoted.quotation_rows(ids[start : start + _QUOTATIONS_A_READ])

    def search(
        self,
        query: str,
        *,
        sort: Sort = Sort.NEWEST,
        limit: int | None = 50,
        offset: int = 0,
    ) -> tuple[list[QuotationRow], int]:
        """The quotations that match (in what was said, by whom), and how many there are in all.

        What several copies of a story repeat comes once: from the first of them that matches.
        An empty query matches every quotation. Raises QueryError, SearchIndexError.
        """
        return self._searching.quotations(query, sort=sort, limit=limit, offset=offset)
