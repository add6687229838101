"""Many articles at once come out as they would one after the other."""

from __future__ import annotations

import datetime as dt
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.core.article import Article, ArticleId
from reader.core.quotation import Extraction
from reader.storage.preparing import prepared
from reader.storage.store import Store
from tests.storage.making import story

FEW = 12
ARTICLES = st.builds(
    Article,
    title=st.sampled_from(["Bridge", "Ferry"]),
    body=st.sampled_from(["", "It rained.", "It had rained."]),
    outlet=st.sampled_from([None, "Harbour Wire", "Port Times"]),
    published=st.sampled_from([None, dt.date(2026, 3, 3), dt.date(2026, 3, 4)]),
    url=st.sampled_from([None, "https://a.example/1", "https://www.a.example/1/", "https://b.test/2"]),
    guid=st.sampled_from([None, "urn:1", "urn:2"]),
    feed=st.sampled_from([None, "https://a.example/feed"]),
)  # fmt: skip


@contextmanager
def fresh() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder))
        yield store
        store.close()


def held(store: Store) -> list[tuple[object, ...]]:
    """All that the archive holds of its articles, but for the moment they came in."""
    with store._database.reading() as connection:
        articles = connection.execute(
            "SELECT id, version, sort, title, outlet, published, section, byline, url, guid, feed, "
            "address, fingerprint, engine, indexed, read FROM article ORDER BY id"
        ).fetchall()
        versions = connection.execute(
            "SELECT id, article, title, body, blocks, links, fingerprint FROM version ORDER BY id"
        ).fetchall()
    return [*articles, *versions]


@settings(max_examples=FEW, deadline=None)
@given(st.lists(st.lists(ARTICLES, max_size=8), max_size=3))
def test_a_batch_is_stored_as_its_articles_would_be_one_by_one(
    batches: list[list[Article]],
) -> None:
    with fresh() as one_by_one, fresh() as at_once:
        for batch in batches:
            singly = [one_by_one.put_many([(a, Extraction())], 0)[0] for a in batch]
            assert at_once.put_prepared([prepared(a) for a in batch], 0) == singly
        assert held(at_once) == held(one_by_one)
        assert at_once.check() == []


def test_numbers_of_removed_articles_are_not_given_again() -> None:
    with fresh() as store:
        first, second = store.put_prepared([prepared(story("One")), prepared(story("Two"))], 0)
        store.remove([second.id])
        [third] = store.put_prepared([prepared(story("Three"))], 0)
        [fourth] = store.put_many([(story("Four"), Extraction())], 0)
        assert fourth is not None
        assert [first.id, third.id, fourth.id] == [ArticleId(1), ArticleId(3), ArticleId(4)]


def test_a_date_far_ahead_is_kept_below_tomorrow() -> None:
    with fresh() as store:
        [stored] = store.put_prepared([prepared(story(published=dt.date(2090, 1, 1)))], 0)
        assert store.article(stored.id).sort <= time.time() + 86_400


def test_what_is_written_together_is_kept_as_a_whole_or_not_at_all() -> None:
    with fresh() as store, fresh() as other:
        with store.together(durable=True):
            [one] = store.put_prepared([prepared(story("One"))], 0)
            store.set_read([one.id], True)
        with pytest.raises(KeyboardInterrupt), store.together(durable=True):
            store.put_prepared([prepared(story("Two"))], 0)
            store.set_starred([one.id], True)
            other.put_prepared([prepared(story("Elsewhere"))], 0)
            raise KeyboardInterrupt
        assert (store.count(), store.unread_count(), other.count()) == (1, 0, 1)
        assert not store.rows([one.id])[0].starred
        store.set_starred([one.id], True)
        assert store.rows([one.id])[0].starred
