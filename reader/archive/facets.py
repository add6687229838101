"""How articles are spread over speakers, outlets, months and tags, kept in step with the store."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.core.facets import Facet, FacetCount, FacetRow

if TYPE_CHECKING:
    from reader.search.facets import FacetTable
    from reader.storage.store import Store


class Facets:
    """The facets of one archive. Safe for several threads.

    The first question reads what all articles count for; later ones only what came since.
    """

    def __init__(self, store: Store) -> None:
        """Of the articles of `store`."""
        self._store = store
        self._lock = threading.Lock()
        self._table: FacetTable | None = None
        self._read = (0, 0)

    def count(self, ids: Sequence[int], facet: Facet, top: int | None) -> list[FacetCount]:
        """See `Library.facets`."""
        from reader.search.facets import FacetTable

        if facet is Facet.TAG:
            # Tags come and go without the articles, and few articles have any.
            tags = self._store.desk.tags.of()
            found = [tags[number] for number in ids if number in tags]
            table = FacetTable(FacetRow(at, tags=names) for at, names in enumerate(found))
            return table.count(range(len(found)), facet, top)
        with self._lock:
            if self._table is None:
                self._table = FacetTable()
            self._read, fresh = self._store.facet_rows(self._read)
            self._table.update(fresh)
            return self._table.count(ids, facet, top)
