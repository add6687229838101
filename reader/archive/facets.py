"""How articles are spread over speakers, outlets, months and tags, kept in step with the store."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reader.core.facets import Facet, FacetCount, FacetRow

if TYPE_CHECKING:
    from reader.search.facets import FacetTable
    from reader.storage.store import Store

_FEW: Final = 2000
"""So many articles are asked for their speakers one by one, in some 30 ms; for more, those of the
whole archive are read once: a second and a half for 100,000 articles."""

_AMONG: Final = 4
"""Those who stand in most articles are looked for among so many times as many of those who have
most quotations."""

_WITH_ROLES: Final = 500
"""Of so many speakers it is said what they are."""


class Facets:
    """The facets of one archive. Safe for several threads.

    The first question reads what all articles count for; later ones only what came since.
    """

    def __init__(self, store: Store) -> None:
        """Of the articles of `store`."""
        self._store = store
        # Speakers for themselves: they take six times as long to read as outlets and months.
        self._articles_lock, self._speakers_lock = threading.Lock(), threading.Lock()
        self._articles: FacetTable | None = None
        self._speakers: FacetTable | None = None
        self._numbers: dict[str, int] = {}
        """The store's numbers of the speakers, by name."""
        self._articles_read = self._speakers_read = 0

    def count(self, ids: Sequence[int], facet: Facet, top: int | None) -> list[FacetCount]:
        """See `Library.facets`."""
        if facet is Facet.TAG:
            # Tags come and go without the articles, and few articles have any.
            tags = self._store.desk.tags.of()
            found = [tags[number] for number in ids if number in tags]
            return _count([FacetRow(at, tags=names) for at, names in enumerate(found)], facet, top)
        if facet is Facet.SPEAKER:
            return self._with_roles(self._count_speakers(ids, top))
        with self._articles_lock:
            self._articles_read, fresh = self._store.facets.articles(self._articles_read)
            self._articles = _updated(self._articles, fresh)
            return self._articles.count(ids, facet, top)

    def _count_speakers(self, ids: Sequence[int], top: int | None) -> list[FacetCount]:
        if top is not None and len(ids) >= self._store.story_count():
            return self._of_everything(top)
        with self._speakers_lock:
            if self._speakers is None and len(ids) <= _FEW:
                rows = self._store.facets.speakers_of(ids)
                rows = [replace(row, id=at) for at, row in enumerate(rows)]
                return _count(rows, Facet.SPEAKER, top)
            self._speakers_read, fresh = self._store.facets.speakers(self._speakers_read)
            self._speakers = _updated(self._speakers, fresh)
            return self._speakers.count(ids, Facet.SPEAKER, top)

    def _of_everything(self, top: int) -> list[FacetCount]:
        """The speakers of the whole archive, whom the store counts as they come in."""
        from reader.search.facets import narrowing

        found = self._store.quoted.speakers(limit=_AMONG * top)
        found.sort(key=lambda speaker: (-speaker.articles, speaker.name.casefold()))
        return [
            FacetCount(speaker.name, speaker.articles, narrowing(Facet.SPEAKER, speaker.name))
            for speaker in found[:top]
        ]

    def _with_roles(self, counts: list[FacetCount]) -> list[FacetCount]:
        if len(counts) > _WITH_ROLES:
            return counts
        with self._speakers_lock:
            if any(one.value not in self._numbers for one in counts):
                self._numbers = self._store.facets.numbers()
            numbers = self._numbers
        roles = self._store.facets.roles(filter(None, (numbers.get(one.value) for one in counts)))
        return [replace(one, note=roles.get(numbers.get(one.value, 0), "")) for one in counts]


def _updated(table: FacetTable | None, fresh: Sequence[FacetRow]) -> FacetTable:
    from reader.search.facets import FacetTable

    table = table or FacetTable()
    table.update(fresh)
    return table


def _count(rows: Sequence[FacetRow], facet: Facet, top: int | None) -> list[FacetCount]:
    """Count a few articles, numbered from 0, without keeping them."""
    return _updated(None, rows).count(range(len(rows)), facet, top)
