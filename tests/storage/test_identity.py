"""When an article is one that is there already, and when it is another."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.article import Article
from reader.core.quotation import Speaker, SpeakerKind
from reader.storage.identity import canonical_address, fingerprint, speaker_key
from reader.storage.store import Store
from tests.storage.making import BODY, SAID, by, story

FEED = "https://post.example/feed"


def statuses(store: Store, *stories: Article) -> list[tuple[int, str]]:
    """What becomes of articles that come in one after the other."""
    found: list[tuple[int, str]] = []
    for article in stories:
        [stored] = store.put_many([(article, SAID)], 1)
        assert stored is not None
        found.append((stored.id, stored.status))
    return found


def test_a_second_import_makes_no_second_copy(store: Store) -> None:
    assert statuses(store, story(), story()) == [(1, "new"), (1, "known")]
    assert store.count() == 1


def test_case_and_blanks_make_no_other_article(store: Store) -> None:
    other = story("BRIDGE  OPENS", BODY.replace(" ", "  "))
    assert statuses(store, story(), other) == [(1, "new"), (1, "known")]


def test_one_batch_may_hold_the_same_article_twice(store: Store) -> None:
    stored = store.put_many([(story(), SAID), (story(), SAID)], 1)
    assert [(s.id, s.status) for s in stored if s] == [(1, "new"), (1, "known")]


def test_campaign_marks_in_the_address_make_no_other_article(store: Store) -> None:
    one = story("One", url="https://www.post.example/2026/bridge/")
    two = story("Two", "Rewritten.", url="http://post.example/2026/bridge?utm_source=feed#top")
    assert statuses(store, one, two) == [(1, "new"), (1, "changed")]


def test_new_identifiers_at_every_visit_make_no_flood_of_copies(store: Store) -> None:
    visits = [
        story(url="https://post.example/1", guid=f"urn:{n}", feed=FEED, outlet="Post")
        for n in range(3)
    ]
    without_address = [story("No link", guid=f"urn:{n}", feed=FEED) for n in range(3)]
    assert {status for _, status in statuses(store, *visits[1:], *visits)} == {"new", "known"}
    statuses(store, *without_address)
    assert store.count() == 2


def test_a_feed_that_gives_all_its_stories_one_identifier_loses_none(store: Store) -> None:
    one = story("One", url="https://post.example/1", guid="same", feed=FEED)
    two = story("Two", url="https://post.example/2", guid="same", feed=FEED)
    assert statuses(store, one, two, one, two) == [
        (1, "new"),
        (2, "new"),
        (1, "known"),
        (2, "known"),
    ]


def test_a_feed_that_hangs_all_its_stories_on_one_address_loses_none(store: Store) -> None:
    url = "https://post.example/today"
    one = story("One", "First text.", url=url, guid="1", feed=FEED)
    two = story("Two", "Second text.", url=url, guid="2", feed=FEED)
    again = [
        story("One", "First text.", url=url, guid="3", feed=FEED),
        story("Two", "Second text, longer.", url=url, guid="4", feed=FEED),
    ]
    assert statuses(store, one, two, one, two) == [
        (1, "new"),
        (2, "new"),
        (1, "known"),
        (2, "known"),
    ]
    assert statuses(store, *again) == [(1, "known"), (2, "changed")]


def test_two_feeds_may_use_the_same_identifier(store: Store) -> None:
    one = story("One", "First text.", guid="1", feed=FEED)
    two = story("Two", "Second text.", guid="1", feed="https://other.example/feed")
    assert statuses(store, one, two) == [(1, "new"), (2, "new")]


def test_a_story_that_moved_to_another_address_is_known_by_its_identifier(store: Store) -> None:
    one = story(url="https://post.example/1", guid="g", feed=FEED)
    two = story(body="Longer now.", url="https://post.example/bridge-opens", guid="g", feed=FEED)
    assert statuses(store, one, two) == [(1, "new"), (1, "changed")]


def test_the_same_wire_story_in_two_outlets_is_two_articles(store: Store) -> None:
    one, two = story(outlet="The Post"), story(outlet="The Herald")
    assert statuses(store, one, two, two) == [(1, "new"), (2, "new"), (2, "known")]


def test_a_homepage_as_address_does_not_melt_all_stories_into_one(store: Store) -> None:
    one = story("One", "First text.", url="https://post.example/")
    two = story("Two", "Second text.", url="https://post.example")
    assert statuses(store, one, two) == [(1, "new"), (2, "new")]


def test_a_changed_text_keeps_marks_and_the_earlier_version(store: Store) -> None:
    first = story(url="https://post.example/1")
    later = story("Bridge closes", "It is shut.", url="https://post.example/1")
    statuses(store, first)
    store.set_read([1], True)
    store.set_starred([1], True)
    [stored] = store.put_many([(later, by("Bo Li"))], 1)
    assert stored is not None and stored.status == "changed"
    found = store.article(1)
    assert (found.article.title, found.article.body) == ("Bridge closes", "It is shut.")
    assert (found.read, found.starred) == (True, True)
    assert [s.name for s in store.quoted.speakers()] == ["Bo Li"]
    assert store.figures()["earlier versions"] == 1
    assert store.check() == []
    # The earlier text comes by again, from an old file: nothing swaps back.
    assert statuses(store, first) == [(1, "known")]
    assert store.article(1).article.title == "Bridge closes"


def test_the_same_story_with_more_about_it_fills_in_what_was_missing(store: Store) -> None:
    day = dt.date(2026, 3, 1)
    statuses(store, story(), story(published=day, outlet="The Post", byline=("Al Bo",)))
    statuses(store, story(outlet="The Post", section="City"))
    [row] = store.rows([1])
    assert (row.published, row.outlet, row.section) == (day, "The Post", "City")
    assert store.article(1).article.byline == ("Al Bo",)
    [ruiz] = store.quoted.speakers()
    assert (ruiz.first, ruiz.last) == (day, day)
    assert store.check() == []


def test_knowing_an_article_does_not_need_its_quotations(store: Store) -> None:
    assert not store.knows(story())
    assert store.put_many([(story(), None)], 1) == [None]
    statuses(store, story())
    assert store.knows(story())
    [stored] = store.put_many([(story(), None)], 1)
    assert stored is not None and stored.status == "known"


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://www.Post.example:443/a/?b=2&a=1&fbclid=x#f", "post.example/a?a=1&b=2"),
        ("http://u:p@post.example/caf%C3%A9", "post.example/caf%C3%A9"),
        ("https://post.example/café", "post.example/caf%C3%A9"),
        ("https://post.example:8080/a", "post.example:8080/a"),
        ("https://post.example/?p=12", "post.example?p=12"),
        ("https://post.example/", None),
        ("ftp://post.example/a", None),
        ("https://[broken/a", None),
        ("https://post.example:99999/a", None),
        ("", None),
        (None, None),
    ],
)
def test_addresses_are_compared_without_what_says_nothing(
    url: str | None, address: str | None
) -> None:
    assert canonical_address(url) == address


@given(st.text())
def test_any_text_for_an_address_is_survived(url: str) -> None:
    canonical_address(url)
    canonical_address(f"https://{url}")
    canonical_address(f"https://post.example/{url}")


@given(st.text(), st.text())
def test_any_article_has_a_fingerprint(title: str, body: str) -> None:
    assert len(fingerprint(Article(title, body))) == 16


def test_named_speakers_are_joined_by_name_and_kind_alone() -> None:
    key = speaker_key(Speaker("Ana O’Neil"))
    assert key == speaker_key(Speaker("ANA  O'Neil", role="Mayor"))
    assert key != speaker_key(Speaker("Ana O'Neil", SpeakerKind.ORGANISATION))
    assert key != speaker_key(Speaker("Аna O'Neil")), "a Cyrillic A is another letter"
    assert speaker_key(Speaker("a senior official", named=False)) is None
