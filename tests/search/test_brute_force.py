"""The index against a reading of every article: any articles, any queries, the same answers."""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import documents, queries

from reader.core.records import Sort
from reader.search.backend import SearchDocument
from reader.search.index import ArchiveIndex
from reader.search.memory import MemoryBackend


class Starred:
    """Even articles are starred."""

    def ids(self, state: str, value: str) -> Collection[int] | None:
        return {2, 4, 6, 8, 10, 12} if state == "starred" else None


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    documents(),
    st.lists(queries, min_size=8, max_size=16),
    st.integers(1, 4),
    st.sets(st.integers(1, 12), max_size=2),
    st.booleans(),
)
def test_every_query_finds_what_reading_every_article_finds(
    articles: list[SearchDocument],
    asked: list[str],
    batch: int,
    deleted: set[int],
    typing: bool,
) -> None:
    memory = MemoryBackend()
    with (
        tempfile.TemporaryDirectory() as folder,
        ArchiveIndex.create(Path(folder) / "index") as index,
    ):
        for start in range(0, len(articles), batch):
            part = articles[start : start + batch]
            index.add(part)
            memory.add(part)
        assert index.delete(deleted) == memory.delete(deleted)
        assert index.status().articles == memory.status().articles
        assert index.status().quotations == memory.status().quotations
        for query in asked:
            for search, expected in (
                (index.search, memory.search),
                (index.search_quotations, memory.search_quotations),
            ):
                found = search(query, states=Starred(), as_you_type=typing)
                wanted = expected(query, states=Starred(), as_you_type=typing)
                assert list(found.ids) == list(wanted.ids), query
                assert (found.total, found.exact) == (wanted.total, True), query
                best = search(query, states=Starred(), as_you_type=typing, sort=Sort.RELEVANCE)
                assert sorted(best.ids) == sorted(wanted.ids), query
                oldest = search(query, states=Starred(), as_you_type=typing, sort=Sort.OLDEST)
                assert list(oldest.ids) == list(wanted.ids)[::-1], query
