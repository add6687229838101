"""Subscriptions in the archive."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from reader.core.feeds import FeedAuth, FeedSettings, FeedState, Validators
from reader.errors import ArchiveError
from reader.storage import schema
from reader.storage.salvage import salvage
from reader.storage.store import FILE_NAME, Store
from tests.storage.making import SAID, story

HARBOUR = "https://harbour.example/feed"
MOVED = "https://news.harbour.example/rss"


def well(store: Store, id: int, moved: str | None = None) -> str | None:
    """A good answer."""
    return store.feeds.went_well(
        id, validators=Validators('"1"'), title="Harbour Times", due=0, moved=moved
    )


def test_a_subscription_keeps_all_that_was_set_for_it(store: Store) -> None:
    settings = FeedSettings(
        headers=(("X-Key", "${KEY}"),),
        user_agent="Mine/1",
        auth=FeedAuth("ann", None, ("pass", "show", "harbour")),
        proxy="http://localhost:8080",
        full_text=True,
        interval=60,
        keep_days=30,
    )
    feed, is_new = store.feeds.add(
        HARBOUR, name="Harbour", folder="News/Local", tags=("a", "b", "a"), settings=settings
    )
    assert is_new
    [listed] = store.feeds.all()
    assert listed == feed == store.feeds.one(feed.id)
    assert (feed.title, feed.folder, feed.tags) == ("Harbour", "News/Local", ("a", "b"))
    assert feed.settings == settings
    assert (feed.state, feed.articles, feed.unread) == (FeedState.NEW, 0, 0)


def test_the_same_address_is_subscribed_to_once(store: Store) -> None:
    first, _ = store.feeds.add(HARBOUR, name="Mine")
    again, is_new = store.feeds.add(HARBOUR, name="Other")
    assert (again, is_new) == (first, False)


def test_a_feed_counts_its_articles_and_those_unread(store: Store) -> None:
    feed, _ = store.feeds.add(HARBOUR)
    other, _ = store.feeds.add(MOVED)
    ids = [s.id for s in store.put_many([(story(str(n)), SAID) for n in range(3)], 1) if s]
    store.feeds.deliver(feed.id, ids)
    store.feeds.deliver(feed.id, ids)
    store.feeds.deliver(other.id, [ids[0], 999])
    store.set_read(ids[:1], True)
    assert {f.id: (f.articles, f.unread) for f in store.feeds.all()} == {
        feed.id: (3, 2),
        other.id: (1, 0),
    }
    assert store.feeds.one(feed.id).unread == 2
    assert sorted(store.feeds.article_ids([feed.id, other.id])) == ids
    assert store.feeds.of_article(ids[0]) == [feed.id, other.id]
    assert store.feeds.of_article(ids[1]) == [feed.id]
    assert store.feeds.count() == 2
    assert sorted(store.feeds.article_ids([feed.id], unread=True)) == ids[1:]


def test_articles_outlive_the_subscription_and_the_other_way_round(store: Store) -> None:
    feed, _ = store.feeds.add(HARBOUR)
    ids = [s.id for s in store.put_many([(story(str(n)), SAID) for n in range(2)], 1) if s]
    store.feeds.deliver(feed.id, ids)
    store.remove(ids[:1])
    assert store.feeds.one(feed.id).articles == 1
    store.feeds.remove([feed.id])
    assert store.feeds.all() == []
    assert store.count() == 1
    assert store.check() == []
    with pytest.raises(ArchiveError, match="no subscription"):
        store.feeds.one(feed.id)


def test_a_failure_is_kept_with_its_reason_and_goes_when_all_is_well(store: Store) -> None:
    feed, _ = store.feeds.add(HARBOUR)
    well(store, feed.id)
    before = int(time.time())
    for _ in range(2):
        store.feeds.went_wrong(feed.id, "404 Not Found", due=before + 60, held=before + 30)
    bad = store.feeds.one(feed.id)
    assert store.feeds.failing() == [bad]
    assert (bad.state, bad.reason, bad.failures) == (FeedState.FAILING, "404 Not Found", 2)
    assert (bad.due, bad.held) == (before + 60, before + 30)
    assert bad.failed is not None
    assert bad.failed >= before
    assert store.feeds.validators(feed.id) == Validators('"1"')
    well(store, feed.id)
    good = store.feeds.one(feed.id)
    assert store.feeds.failing() == []
    assert (good.state, good.reason, good.failures, good.due, good.held) == (
        (FeedState.WELL, None, 0, 0, 0)
    )
    assert good.failed == bad.failed


def test_a_permanent_move_is_followed_for_good_at_the_third_time_in_a_row(store: Store) -> None:
    feed, _ = store.feeds.add(HARBOUR)
    assert [well(store, feed.id, MOVED) for _ in range(2)] == [None, None]
    assert well(store, feed.id) is None
    assert [well(store, feed.id, MOVED) for _ in range(3)] == [None, None, MOVED]
    moved = store.feeds.one(feed.id)
    assert (moved.url, moved.origin) == (MOVED, HARBOUR)
    assert store.feeds.add(HARBOUR) == (moved, False)
    assert store.feeds.add(MOVED) == (moved, False)


def test_a_feed_does_not_move_to_where_another_one_is(store: Store) -> None:
    feed, _ = store.feeds.add(HARBOUR)
    store.feeds.add(MOVED)
    assert [well(store, feed.id, MOVED) for _ in range(4)] == [None] * 4
    assert store.feeds.one(feed.id).url == HARBOUR


def test_only_what_is_old_read_unstarred_and_of_this_feed_alone_expires(store: Store) -> None:
    import datetime as dt

    feed, _ = store.feeds.add(HARBOUR)
    other, _ = store.feeds.add(MOVED)
    old, new = dt.date(2020, 1, 1), dt.date(2026, 1, 1)
    dates = [old, old, old, old, new, None]
    stories = [(story(str(n), published=day), SAID) for n, day in enumerate(dates)]
    ids = [s.id for s in store.put_many(stories, 1) if s]
    store.feeds.deliver(feed.id, ids)
    store.set_read([ids[0], *ids[2:]], True)
    store.set_starred([ids[2]], True)
    store.feeds.deliver(other.id, [ids[3]])
    assert store.feeds.expired(feed.id, 1_700_000_000) == [ids[0]]


@pytest.mark.parametrize("damage", ["", "{", "[1]", '{"auth": 3}', '{"headers": 1}', "null"])
def test_a_feed_whose_settings_are_damaged_is_still_there(store: Store, damage: str) -> None:
    store.feeds.add(HARBOUR)
    store._database.connection().execute(
        "UPDATE subscription SET settings = ?, tags = ?", (damage, damage)
    )
    [feed] = store.feeds.all()
    assert (feed.url, feed.settings) == (HARBOUR, FeedSettings())


def test_subscriptions_are_saved_from_a_damaged_archive(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    feed, _ = store.feeds.add(HARBOUR, folder="News")
    [stored] = store.put_many([(story(), SAID)], 1)
    assert stored is not None
    store.feeds.deliver(feed.id, [stored.id])
    store.close()
    salvage(tmp_path / FILE_NAME)
    store = Store.open(tmp_path)
    [saved] = store.feeds.all()
    assert (saved.url, saved.folder, saved.articles) == (HARBOUR, "News", 1)
    assert store.check() == []
    store.close()


def test_an_archive_without_subscriptions_gets_the_tables(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)) as database:
        database.execute("BEGIN")
        schema.MIGRATIONS[0](database)
        database.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        database.execute("PRAGMA user_version = 1")
        database.execute("COMMIT")
    store = Store.open(tmp_path)
    assert store.feeds.all() == []
    store.close()
