"""What goes into the store comes out of it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from reader.core.article import Article, ArticleId
from reader.core.quotation import Extraction
from reader.errors import ArchiveError
from reader.storage.store import Store
from tests.storage.making import BODY, SAID, articles, extractions, story

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def put(store: Store, *stories: Article, said: Extraction = SAID) -> list[int]:
    """Store articles; their ids."""
    stored = store.put_many([(article, said) for article in stories], 1)
    return [one.id for one in stored if one is not None]


@pytest.fixture(scope="module")
def shared() -> Iterator[Store]:
    """One store for all the examples of hypothesis: opening many would take most of the time."""
    with tempfile.TemporaryDirectory() as folder:
        opened = Store.open(Path(folder))
        yield opened
        opened.close()


@given(article=articles, extraction=extractions())
@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_article_comes_out_as_it_went_in(
    shared: Store, article: Article, extraction: Extraction
) -> None:
    [stored] = shared.put_many([(article, extraction)], 1)
    assert stored is not None
    found = shared.article(stored.id)
    try:
        assert stored.status == "new"
        assert found.article == article
        assert found.extraction == extraction
        assert len(found.speaker_ids) == len(extraction.speakers)
    finally:
        shared.remove([stored.id])


@given(article=articles, before=extractions(), after=extractions())
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_found_anew_the_counts_are_right_and_removal_leaves_nothing(
    shared: Store, article: Article, before: Extraction, after: Extraction
) -> None:
    [stored] = shared.put_many([(article, before)], 1)
    assert stored is not None
    shared.extract_again([(stored.id, after)], 2)
    assert shared.article(stored.id).extraction == after
    assert [f for f in shared.check() if f.kind != "offset"] == []
    shared.remove([stored.id])
    assert shared.quoted.speakers(include_unnamed=True) == []
    assert shared.check() == []
    assert shared.figures()["speakers"] == 0


def test_rows_come_in_the_order_asked_and_leave_out_what_is_not_there(store: Store) -> None:
    one, two = put(store, story("One", published=NOON), story("Two", outlet="The Post"))
    rows = store.rows([two, 99, one])
    assert [(row.id, row.title, row.outlet) for row in rows] == [
        (two, "Two", "The Post"),
        (one, "One", None),
    ]
    assert (rows[0].quotations, rows[0].speakers) == (3, 2)


def test_the_newest_article_is_first_and_the_undated_last(store: Store) -> None:
    day = dt.date(2026, 3, 1)
    undated, early, late, same_day = put(
        store,
        story("undated"),
        story("early", published=day - dt.timedelta(days=1)),
        story("late", published=NOON),
        story("day only", published=day),
    )
    assert list(store.article_ids()) == [late, same_day, early, undated]
    assert list(store.article_ids(limit=2)) == [late, same_day]


def test_lists_can_be_narrowed_to_unread_and_starred(store: Store) -> None:
    one, two, three = put(store, story("One"), story("Two"), story("Three"))
    assert store.set_read([one, two], True) == [one, two]
    assert store.set_starred([two], True) == [two]
    assert list(store.article_ids(unread=True)) == [three]
    assert list(store.article_ids(starred=True)) == [two]
    assert list(store.article_ids(unread=True, starred=True)) == []
    assert (store.count(), store.unread_count()) == (3, 1)


def test_marking_says_what_has_changed_so_that_it_can_be_undone(store: Store) -> None:
    one, two = put(store, story("One"), story("Two"))
    store.set_read([one], True)
    changed = store.set_read([one, two, 77], True)
    assert changed == [two]
    store.set_read(changed, False)
    assert [row.read for row in store.rows([one, two])] == [True, False]


def test_an_article_that_is_not_there_is_said_so(store: Store) -> None:
    with pytest.raises(ArchiveError, match="no article 5"):
        store.article(5)


def test_an_id_is_never_used_twice(store: Store) -> None:
    put(store, story("One"))
    [two] = put(store, story("Two"))
    store.remove([two])
    assert put(store, story("Three")) == [two + 1]


def test_an_engine_of_a_new_version_replaces_what_the_old_one_found(store: Store) -> None:
    [id] = put(store, story())
    before = store.quoted.quotations_of(1)
    assert list(store.outdated(2)) == [id]
    fewer = dataclasses.replace(SAID, quotations=SAID.quotations[:1])
    store.extract_again([(ArticleId(id), fewer)], 2)
    assert list(store.outdated(2)) == []
    assert store.article(id).extraction == fewer
    # What is still there keeps its number: notes and collections point at it.
    assert [row.id for row in store.quoted.quotations_of(1)] == [
        row.id for row in before if row.ordinal == 0
    ]


def test_quotations_can_be_cited_away_from_their_article(store: Store) -> None:
    put(store, story(outlet="The Post", url="https://post.example/1", published=NOON))
    direct, indirect = store.quoted.quotations_of(1)
    assert direct.text == "We open on Monday,"
    assert (direct.speaker_name, direct.role, direct.described) == ("Ana Ruiz", "Mayor", None)
    assert (direct.outlet, direct.url, direct.published) == (
        "The Post",
        "https://post.example/1",
        NOON,
    )
    assert direct.cue is not None and direct.cue.text(BODY) == "said"
    assert indirect.ordinal == 1
    [unnamed] = [s for s in store.quoted.speakers(include_unnamed=True) if not s.named]
    [row] = store.quoted.quotations_of(unnamed.id)
    assert (row.speaker_name, row.described) == (None, "A city engineer")


def test_all_quotations_come_in_the_order_of_their_articles(store: Store) -> None:
    old, new = put(store, story("Old"), story("New", published=NOON))
    rows, total = store.quoted.all_quotations(limit=4)
    assert total == 6
    assert [(row.article_id, row.ordinal) for row in rows] == [
        (new, 0),
        (new, 1),
        (new, 2),
        (old, 0),
    ]
    rows, _ = store.quoted.all_quotations(oldest_first=True, limit=1, offset=3)
    assert rows[0].article_id == new


def test_what_is_remembered_is_there_the_next_time(tmp_path: Path) -> None:
    first = Store.open(tmp_path)
    first.state.put("place", "12:400")
    first.state.put("gone", "x")
    first.state.put("gone", None)
    first.close()
    second = Store.open(tmp_path)
    assert second.state.get("place") == "12:400"
    assert second.state.get("gone") is None
    second.close()


def test_a_clock_that_was_set_back_does_not_bury_what_comes_in(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = int(time.time())
    today = dt.datetime.fromtimestamp(now - 60, dt.UTC)
    [before] = store.put_many([(story("Before", published=today), SAID)], 1)
    monkeypatch.setattr(time, "time", lambda: now - 6 * 365 * 86_400)
    later = today + dt.timedelta(minutes=30)
    [after] = store.put_many([(story("After", published=later), SAID)], 1)
    assert before is not None
    assert after is not None
    assert list(store.article_ids()) == [after.id, before.id]
    assert store.article(after.id).sort == int(later.timestamp())
