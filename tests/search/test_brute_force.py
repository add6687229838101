"""The index against a reading of every article: any articles, any queries, the same answers."""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Collection
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.core.records import Sort
from reader.errors import QueryError
from reader.search.backend import SearchDocument, SearchQuotation
from reader.search.index import ArchiveIndex
from reader.search.memory import MemoryBackend
from tests.search.strategies import DAY, FIRST_DAY, NAMES, SAVED, TODAY, WORDS, documents, queries


class Starred:
    """Even articles are starred, every fifth is muted, two have the tag "war"."""

    def ids_between(self, state: str, value: str, first: int, last: int) -> Collection[int] | None:
        """Those that are unread are told by parts."""
        return range(max(first, 1), min(last + 1, 700)) if state == "unread" else None

    def ids(self, state: str, value: str) -> Collection[int] | None:
        if state == "tag":
            return {3, 4} if value in ("war", "wa*") else set()
        found = {
            "starred": range(2, 1000, 2),
            "unread": range(1, 700),
            "tagged": (3, 4),
            "note": range(1, 1000, 3),
            "hidden": range(5, 1000, 5),
            "muted": range(5, 1000, 5),
            "collected": range(1, 1000),
            "quotations of collected": range(0, 100_000, 2),
        }
        return found.get(state)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
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
    memory = MemoryBackend(saved=SAVED.get, today=TODAY)
    with (
        tempfile.TemporaryDirectory() as folder,
        ArchiveIndex.create(Path(folder) / "index", saved=SAVED.get, today=lambda: TODAY) as index,
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


def dense_articles() -> list[SearchDocument]:
    """Two hundred short articles of a dozen words, in no order, so that everything meets."""
    chance = random.Random(7)
    few = [*WORDS[:9], "the", "of", "no-fly"]

    def text(sentences: int) -> str:
        return " ".join(
            " ".join(chance.choices(few, k=chance.randint(1, 6))).capitalize()
            + chance.choice(".?!,")
            for _ in range(sentences)
        )

    articles = []
    for number in chance.sample(range(1, 1000), 200):
        quotations = tuple(
            SearchQuotation(
                number * 10 + at,
                text(chance.randint(1, 2)),
                chance.choice(["direct", "mixed", "indirect"]),
                tuple(chance.sample(NAMES, chance.randint(0, 2))),
                chance.choice(["", "minister of war"]),
            )
            for at in range(chance.randint(0, 3))
        )
        body = "\n\n".join(text(chance.randint(1, 3)) for _ in range(chance.randint(1, 3)))
        day = FIRST_DAY + DAY * chance.randint(0, 6)
        articles.append(
            SearchDocument(
                number, text(1), body, published_key=day, quotations=quotations, section="World"
            )
        )
    return articles


@pytest.fixture(scope="module")
def dense(tmp_path_factory: pytest.TempPathFactory) -> tuple[ArchiveIndex, MemoryBackend]:
    """Both backends with the same two hundred articles, the index in many segments."""
    index = ArchiveIndex.create(
        tmp_path_factory.mktemp("dense") / "index", saved=SAVED.get, today=lambda: TODAY
    )
    memory = MemoryBackend(saved=SAVED.get, today=TODAY)
    articles = dense_articles()
    for start in range(0, len(articles), 45):
        index.add(articles[start : start + 45])
    memory.add(articles)
    gone = [article.id for article in articles[::9]]
    assert index.delete(gone) == memory.delete(gone)
    return index, memory


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(queries, st.booleans(), st.sampled_from([(30, 0), (5, 3), (1, 40), (0, 0), (None, 2)]))
def test_every_query_over_dense_articles_agrees(
    dense: tuple[ArchiveIndex, MemoryBackend],
    query: str,
    typing: bool,
    page: tuple[int | None, int],
) -> None:
    index, memory = dense
    limit, offset = page
    for search, expected in (
        (index.search, memory.search),
        (index.search_quotations, memory.search_quotations),
    ):
        found = search(query, states=Starred(), as_you_type=typing, limit=limit, offset=offset)
        wanted = expected(query, states=Starred(), as_you_type=typing, limit=limit, offset=offset)
        assert list(found.ids) == list(wanted.ids)
        if found.exact:
            assert found.total == wanted.total
        counted = search(query, states=Starred(), as_you_type=typing, limit=0, exact=True)
        assert (counted.total, counted.exact) == (wanted.total, True)
        best = search(query, states=Starred(), as_you_type=typing, limit=None, sort=Sort.RELEVANCE)
        whole = search(query, states=Starred(), as_you_type=typing, limit=None)
        assert sorted(best.ids) == sorted(whole.ids)
        assert best.total == whole.total == wanted.total


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(queries, st.sets(st.integers(1, 1000), max_size=400))
def test_searching_among_some_articles_finds_what_is_among_them(
    dense: tuple[ArchiveIndex, MemoryBackend], query: str, within: set[int]
) -> None:
    index, memory = dense
    wanted = list(memory.search(query, states=Starred(), within=within, limit=None).ids)
    assert list(index.search(query, states=Starred(), within=within, limit=None).ids) == wanted
    assert list(index.search(query, states=Starred(), within=within, limit=7).ids) == wanted[:7]
    counted = index.search(query, states=Starred(), within=within, limit=0, exact=True)
    assert (counted.total, counted.exact) == (len(wanted), True)
    said = memory.search_quotations(query, states=Starred(), within=within).ids
    assert index.search_quotations(query, states=Starred(), within=within).ids == said


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(queries, st.integers(0, 40))
def test_a_query_cut_off_anywhere_is_answered_while_it_is_typed(
    dense: tuple[ArchiveIndex, MemoryBackend], query: str, letters: int
) -> None:
    index, memory = dense
    typed = query[:letters]
    try:
        wanted = memory.search(typed, states=Starred(), as_you_type=True, limit=20)
    except QueryError as error:
        with pytest.raises(QueryError, match=re.escape(str(error))):
            index.search(typed, states=Starred(), as_you_type=True, limit=20)
        return
    found = index.search(typed, states=Starred(), as_you_type=True, limit=20)
    assert list(found.ids) == list(wanted.ids)
