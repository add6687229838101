"""Feeds read in processes that can be ended."""

from __future__ import annotations

import dataclasses
import json
import os
import threading

import hypothesis
import pytest

from reader.core.article import Article
from reader.extraction.engine import default_engine
from reader.feeds.parsers import Parsers
from reader.feeds.parsing import FeedBytes, FeedRead, packed, read_feed, unpacked
from reader.storage.preparing import prepared
from tests.feeds.feeds import PAGE, SAID, rss
from tests.storage.making import articles

ADDRESS = "https://harbour.example/feed"


def given(data: bytes, **more: object) -> FeedBytes:
    """An answer from the harbour."""
    return FeedBytes(data, ADDRESS, "https://harbour.example/old", **more)  # type: ignore[arg-type]


def test_articles_carry_the_address_that_was_subscribed_to() -> None:
    read = read_feed(given(rss("Bridge")))
    [article] = read.articles
    assert (article.feed, article.path) == ("https://harbour.example/old", None)
    assert (read.title, read.usable, read.whole, read.problem) == (
        "Harbour Times",
        True,
        True,
        None,
    )


def test_a_json_feed_is_a_feed_and_other_json_is_not() -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Wire", "items": [
        {"id": "1", "title": "Pier", "content_text": "It opened."}]}  # fmt: skip
    assert [a.title for a in read_feed(given(json.dumps(feed).encode())).articles] == ["Pier"]
    read = read_feed(given(b'{"articles": []}'))
    assert (read.usable, read.problem) == (False, "is JSON, but not a feed")


def test_a_feed_without_entries_is_a_feed() -> None:
    read = read_feed(given(rss()))
    assert (read.usable, read.whole, read.articles) == (True, True, ())


def test_a_page_says_which_feeds_it_names() -> None:
    read = read_feed(given(PAGE))
    assert (read.usable, read.feeds) == (False, (ADDRESS,))


def test_a_feed_that_breaks_off_gives_what_came_whole() -> None:
    read = read_feed(given(rss("Bridge", "Ferry")[:-60]))
    assert (read.usable, read.whole) == (True, False)
    assert [a.title for a in read.articles] == ["Bridge"]


def test_stories_from_before_the_moment_asked_for_are_left_out() -> None:
    assert read_feed(given(rss("Bridge"), since=1_790_000_000)).articles == ()
    assert len(read_feed(given(rss("Bridge"), since=1_700_000_000)).articles) == 1


@pytest.mark.parametrize("data", [b"hello", b"\x00\x01\x02" * 99, b"[" * 9_000, b"<a>" * 9_000])
def test_what_is_no_feed_has_a_reason(data: bytes) -> None:
    read = read_feed(given(data))
    assert not read.usable
    assert read.problem
    assert "\n" not in read.problem


def test_the_process_reads_the_same_as_this_one(parsers: Parsers) -> None:
    one = given(rss("Bridge", "Ferry"))
    assert parsers.read(one) == read_feed(one)


def test_a_feed_that_takes_too_long_is_given_up_and_the_next_one_read() -> None:
    with Parsers(1, seconds=0.05) as parsers:
        read = parsers.read(given(rss("Bridge", said="It rained. " * 900_000)))
        assert (read.usable, read.problem) == (False, "takes too long to read")
        parsers._seconds = 20
        assert parsers.read(given(rss("Ferry"))).usable


def test_a_process_that_dies_fails_its_own_feed_only() -> None:
    with Parsers(1) as parsers:
        assert parsers.read(given(rss("Bridge"))).usable
        [child] = parsers._children
        child._process.kill()
        child._process.wait()
        assert parsers.read(given(rss("Bridge"))).problem == "cannot be read"
        assert parsers.read(given(rss("Bridge"))).usable


def test_of_a_feed_wanted_in_haste_the_first_articles_come_ahead(parsers: Parsers) -> None:
    titles = [f"Story {n}" for n in range(450)]
    ahead: list[FeedRead] = []
    read = parsers.read(given(rss(*titles), in_haste=True), ahead.append)
    first, second = ahead
    assert (first.more, len(first.articles), len(second.articles), read.more) == (
        *(True, 20, 400),
        False,
    )
    assert [a.title for a in (*first.articles, *second.articles, *read.articles)] == titles
    ahead.clear()
    assert len(parsers.read(given(rss(*titles[:400])), ahead.append).articles) == 0
    assert [len(part.articles) for part in ahead] == [400]
    assert len(parsers.read(given(rss(*titles))).articles) == 450
    ahead.clear()
    assert parsers.read(given(PAGE, in_haste=True), ahead.append).feeds == (ADDRESS,)
    assert ahead == []


def test_what_comes_after_a_first_part_that_nobody_took_is_not_taken_for_another_feed() -> None:
    def fail(_: FeedRead) -> None:
        raise KeyboardInterrupt

    with Parsers(1) as parsers:
        with pytest.raises(KeyboardInterrupt):
            parsers.read(given(rss(*(f"Story {n}" for n in range(30))), in_haste=True), fail)
        assert [a.title for a in parsers.read(given(rss("Ferry"))).articles] == ["Ferry"]


def test_more_threads_than_processes_wait_for_each_other(parsers: Parsers) -> None:
    titles: list[str] = []

    def read(n: int) -> None:
        titles.extend(a.title for a in parsers.read(given(rss(f"Story {n}"))).articles)

    threads = [threading.Thread(target=read, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(titles) == [f"Story {n}" for n in range(6)]


def test_the_child_does_not_import_from_the_folder_it_is_started_in(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / "reader").mkdir()
    (folder / "reader" / "__init__.py").write_text("raise SystemExit('taken over')")
    monkeypatch.chdir(folder)
    with Parsers(1) as parsers:
        assert parsers.read(given(rss("Bridge"))).usable


def test_what_is_handed_over_is_plain_data() -> None:
    assert all(f.type for f in dataclasses.fields(FeedBytes))


@hypothesis.given(articles)
def test_an_article_is_the_same_after_its_way_between_processes(article: Article) -> None:
    read = FeedRead("Wire", (prepared(article),), frozenset({0}), "is long")
    assert unpacked(packed(read)) == read


def test_texts_can_be_asked_about_apart(parsers: Parsers) -> None:
    texts = [f"{n}. {SAID}" for n in range(3)]
    found = parsers.extract(texts)
    assert found == [default_engine().extract(text) for text in texts]


def test_processes_that_work_behind_leave_the_processor_to_others() -> None:
    with Parsers(2) as running:
        running.read(given(rss("Bridge")))
        running.stand_back()
        busy = [threading.Thread(target=running.extract, args=([SAID],)) for _ in range(2)]
        for thread in busy:
            thread.start()
        for thread in busy:
            thread.join()
        own = os.getpriority(os.PRIO_PROCESS, 0)
        nice = [os.getpriority(os.PRIO_PROCESS, c._process.pid) for c in running._children]
        assert nice
        assert all(one >= min(own + 1, 10) for one in nice)
