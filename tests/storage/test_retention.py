"""Retention removes what the rules say, and whatever marks there are, nothing that is marked."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.core.article import Article, ArticleId
from reader.core.quotation import Extraction
from reader.core.retention import Retention, retention_in
from reader.core.rules import RuleKind, Verdict
from reader.storage.preparing import prepared
from reader.storage.store import Store
from tests.storage.making import SAID, story

DAY = 86400
LATER = time.time() + 1000 * DAY
"""Long after all that comes in now."""


def old(n: int, days: int = 500, **more: Any) -> tuple[Article, Extraction]:
    """A story that appeared so many days ago."""
    published = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
    return story(f"Story {n}", published=published.replace(microsecond=0), **more), SAID


def test_without_a_rule_nothing_ever_goes(store: Store) -> None:
    store.put_many([old(1)], 1)
    assert store.desk.retention.expired(LATER) == []


def test_what_is_old_by_date_and_by_arrival_goes(store: Store) -> None:
    retention = store.desk.retention
    store.put_many([old(1), old(2, days=1), (story("No date"), SAID)], 1)
    store.set_read([2], True)
    retention.put(Retention(90))
    assert retention.expired() == [], "the old story came in today"
    assert retention.expired(time.time() + 91 * DAY) == [1, 2]
    retention.put(Retention(90, read_only=True))
    assert retention.expired(time.time() + 91 * DAY) == [2]
    assert retention.let_go([2, 2]) == 1
    assert sorted(store.article_ids()) == [1, 3]
    assert store.check() == []
    retention.put(Retention(None))
    assert retention.expired(LATER) == []
    retention.put(None)
    assert retention.all() == []


def test_the_rule_of_a_feed_stands_before_the_general_one(store: Store) -> None:
    retention = store.desk.retention
    short, _ = store.feeds.add("https://short.example/feed", title="Short")
    never, _ = store.feeds.add("https://never.example/feed", title="Never")
    plain, _ = store.feeds.add("https://plain.example/feed")
    store.put_many([old(n) for n in range(1, 6)], 1)
    for feed, articles in ((short, [1, 2]), (never, [2, 3]), (plain, [4])):
        store.feeds.deliver(feed.id, articles)
    retention.put(Retention(100))
    retention.put(Retention(10), short.id)
    retention.put(Retention(None), never.id)
    assert retention.expired(time.time() + 11 * DAY) == [1], "2 came by Never too"
    assert retention.expired(time.time() + 101 * DAY) == [1, 4, 5]
    assert [(row.title, str(row.rule)) for row in retention.all()] == [
        ("", "older than 100d"),
        ("Never", "never"),
        ("Short", "older than 10d"),
    ]
    store.feeds.remove([never.id])
    assert retention.expired(time.time() + 101 * DAY) == [1, 2, 3, 4, 5]
    assert len(retention.all()) == 2


def test_what_has_gone_does_not_come_back_with_the_feed(store: Store) -> None:
    retention = store.desk.retention
    coming = [
        story(
            f"Story {n}",
            f"Text {n}",
            guid="always the same" if n < 3 else None,
            url=f"https://x.example/{n}?utm_source=rss" if n in (0, 1, 2, 5) else None,
            feed="https://x.example/feed",
            published=dt.date(2020, 1, 1),
        )
        for n in range(6)
    ]
    for one in coming:
        store.put_many([(one, Extraction())], 1)
    rows = [prepared(one) for one in coming]
    assert retention.gone(rows) == set()
    retention.put(Retention(5))
    gone = [id for id in retention.expired(LATER) if id not in (2, 4)]
    assert retention.let_go(gone) == len(gone)
    titles = {row.title for row in store.rows(list(store.article_ids()))}
    assert retention.gone(rows) == {n for n in range(6) if f"Story {n}" not in titles}
    import dataclasses

    rewritten = dataclasses.replace(coming[5], body="Other words", url="https://x.example/5")
    assert retention.gone([prepared(rewritten)]) == {0}, "known by address and title"
    fresh = dataclasses.replace(coming[0], title="Fresh", body="News")
    assert retention.gone([prepared(fresh)]) == set(), "one identifier for all stories says nothing"


MARKS = ("star", "tag", "note", "note on a quotation", "collection", "keep", "nothing", "muted")


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    marks=st.lists(st.lists(st.sampled_from(MARKS), max_size=3), min_size=1, max_size=5),
    rule=st.builds(Retention, st.none() | st.integers(1, 900), st.booleans()),
    read=st.sets(st.integers(1, 5)),
    through_feed=st.booleans(),
)
def test_whatever_is_marked_stays_whatever_the_rule(
    tmp_path_factory: pytest.TempPathFactory,
    marks: list[list[str]],
    rule: Retention,
    read: set[int],
    through_feed: bool,
) -> None:
    store = Store.open(tmp_path_factory.mktemp("store"))
    store.put_many([old(n, body=f"{n} {SAID_BODY}") for n in range(len(marks))], 1)
    ids = sorted(store.article_ids())
    store.set_read(read & set(ids), True)
    if through_feed:
        feed, _ = store.feeds.add("https://x.example/feed")
        store.feeds.deliver(feed.id, ids)
    for id, given_marks in zip(ids, marks, strict=True):
        for mark in given_marks:
            put(store, mark, id)
    store.desk.retention.put(rule)
    for moment in (time.time(), time.time() + 100 * DAY, LATER):
        store.desk.retention.let_go(store.desk.retention.expired(moment))
    if through_feed:
        store.desk.retention.let_go(store.feeds.expired(feed.id, int(LATER)))
    # Even asked for by name, what is marked does not go.
    left = set(store.article_ids(muted=None))
    safe = {id for id, given in zip(ids, marks, strict=True) if set(given) - {"nothing", "muted"}}
    assert safe <= left
    assert store.desk.retention.let_go(sorted(left)) == len(left - safe)
    assert set(store.article_ids(muted=None)) == safe
    assert store.check() == []
    store.close()


SAID_BODY = story().body


def put(store: Store, mark: str, id: int) -> None:
    """Mark an article in one of the ways that there are."""
    match mark:
        case "star":
            store.set_starred([id], True)
        case "tag":
            store.desk.tags.change([id], ["x"])
        case "note":
            store.desk.notes.write(id, "x")
        case "note on a quotation":
            store.desk.notes.write(id, "x", 0)
        case "collection":
            store.desk.collections.put("x", [(id, 1)])
            store.extract_again([(ArticleId(id), Extraction())], 2)
            store.extract_again([(ArticleId(id), SAID)], 2)
        case "keep":
            rule = store.desk.rules.add(RuleKind.KEEP, "x")
            store.desk.rules.judge([Verdict(id, kept_by=rule.id)])
        case "muted":
            store.desk.rules.mute([id])


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("older than 90d", Retention(90)),
        ("Older than  2 weeks", Retention(14)),
        ("read older than 6m", Retention(180, read_only=True)),
        ("older than 1 year", Retention(365)),
        ("never", Retention(None)),
        ("older than 0d", None),
        ("90d", None),
        ("older than 3 decades", None),
        ("older than 3 moons", None),
        ("", None),
    ],
)
def test_a_rule_is_read_as_it_is_written(text: str, rule: Retention | None) -> None:
    assert retention_in(text) == rule
    if rule is not None:
        assert retention_in(str(rule)) == rule
