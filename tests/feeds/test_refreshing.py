"""Feeds from a real server on this machine into a real archive."""

from __future__ import annotations

import sqlite3
import threading

import pytest

from reader.core.feeds import FeedSettings, FeedState, RefreshStatus, Validators
from reader.errors import ArchiveError, ReaderError
from reader.library import Library
from reader.storage.lock import try_lock
from tests.feeds.conftest import Newsroom
from tests.feeds.feeds import PAGE, SAID, rss
from tests.ingest.net.loopback import Answer, serving

NEW, UNCHANGED, FAILED = RefreshStatus.NEW, RefreshStatus.UNCHANGED, RefreshStatus.FAILED


def test_a_refresh_brings_the_stories_and_those_quoted_in_them(newsroom: Newsroom) -> None:
    with serving({"/": Answer(rss("Bridge", "Ferry"))}) as site:
        feed = newsroom.subscribe(site.url("/"))
        [outcome] = newsroom.refresh().values()
    assert (outcome.status, len(outcome.new), outcome.known) == (NEW, 2, 0)
    assert (outcome.feed.title, outcome.feed.unread) == ("Harbour Times", 2)
    assert newsroom.titles() == ["Bridge", "Ferry"]
    [speaker] = newsroom.library.quoted.speakers()
    assert (speaker.name, speaker.quotations) == ("Ana Ruiz", 2)
    assert newsroom.library.search("ferry").total == 1
    article = newsroom.library.article(outcome.new[0]).article
    assert (article.feed, article.path, article.outlet) == (feed.url, None, "Harbour Times")
    assert newsroom.library.subscriptions.article_ids([feed.id]) == list(
        newsroom.library.article_ids()
    )
    assert newsroom.told[-1].phase in ("reading", "indexing")


def test_the_first_stories_can_be_read_before_the_rest_of_their_feed(newsroom: Newsroom) -> None:
    with serving({"/": Answer(rss(*(f"Story {n}" for n in range(50))))}) as site:
        newsroom.subscribe(site.url("/"))
        [outcome] = newsroom.refresh().values()
    first = newsroom.told[0]
    assert (first.done, first.new) == (0, 20)
    assert (outcome.status, len(outcome.new), outcome.known) == (NEW, 50, 0)
    assert newsroom.told[-1].new == 50


def test_a_feed_that_breaks_off_after_its_first_stories_says_which_came(
    newsroom: Newsroom,
) -> None:
    body = rss(*(f"Story {n}" for n in range(50)))
    with serving({"/": Answer(body[:-200])}) as site:
        newsroom.subscribe(site.url("/"))
        [outcome] = newsroom.refresh().values()
    assert (outcome.status, len(outcome.new)) == (FAILED, 49)


def test_what_has_not_changed_is_not_sent_again(newsroom: Newsroom) -> None:
    def reply(headers: dict[str, str]) -> Answer:
        if headers.get("if-none-match") == '"1"' and headers.get("if-modified-since") == "then":
            return Answer(b"", 304)
        return Answer(rss("Bridge"), headers={"ETag": '"1"', "Last-Modified": "then"})

    with serving({"/": reply}) as site:
        newsroom.subscribe(site.url("/"))
        assert newsroom.status() is NEW
        assert newsroom.status() is UNCHANGED
        assert newsroom.status() is UNCHANGED
        assert "if-none-match" not in site.asked[0][1]
        assert "if-none-match" in site.asked[2][1]


def test_the_same_bytes_are_not_read_again(newsroom: Newsroom) -> None:
    with serving({"/": Answer(rss("Bridge"))}) as site:
        feed = newsroom.subscribe(site.url("/"))
        newsroom.refresh()
        [outcome] = newsroom.refresh().values()
        assert (outcome.status, outcome.known) == (UNCHANGED, 0)
        assert newsroom.library.subscriptions.one(feed.id).state is FeedState.WELL


def test_new_identifiers_for_old_stories_do_not_flood(newsroom: Newsroom) -> None:
    with serving({}) as site:
        newsroom.subscribe(site.url("/"))
        for visit in range(3):
            site.answers["/"] = Answer(rss("Bridge", "Ferry", guid=f"{visit}:{{}}"))
            [outcome] = newsroom.refresh().values()
        assert (outcome.status, outcome.known) == (UNCHANGED, 2)
    assert newsroom.titles() == ["Bridge", "Ferry"]


def test_a_story_with_a_new_text_keeps_its_marks(newsroom: Newsroom) -> None:
    with serving({"/": Answer(rss("Bridge"))}) as site:
        newsroom.subscribe(site.url("/"))
        [first] = newsroom.refresh().values()
        newsroom.library.set_starred(first.new, True)
        site.answers["/"] = Answer(rss("Bridge", said=SAID + " It had rained."))
        [second] = newsroom.refresh().values()
    assert (second.new, second.changed) == ((), first.new)
    [row] = newsroom.library.rows(first.new)
    assert (row.starred, row.quotations) == (True, 1)


def test_one_story_in_two_feeds_is_one_article_of_both(newsroom: Newsroom) -> None:
    with serving({"/a": Answer(rss("Bridge")), "/b": Answer(rss("Bridge", guid="b{}"))}) as site:
        feeds = [newsroom.subscribe(site.url(path)) for path in ("/a", "/b")]
        newsroom.refresh()
        newsroom.refresh()
    assert newsroom.titles() == ["Bridge"]
    assert [newsroom.library.subscriptions.one(f.id).articles for f in feeds] == [1, 1]


def test_a_failure_is_kept_with_its_reason_and_the_stories_stay(newsroom: Newsroom) -> None:
    with serving({"/": Answer(rss("Bridge"), headers={"ETag": '"1"'})}) as site:
        feed = newsroom.subscribe(site.url("/"))
        newsroom.refresh()
        site.answers["/"] = Answer(b"<h1>\x1b]0;x\x07Oh</h1>", 500)
        [outcome] = newsroom.refresh().values()
        assert outcome.status is FAILED
        assert outcome.message == "answered 500 Internal Server Error"
        [failing] = newsroom.library.subscriptions.failing()
        assert (failing.id, failing.reason, failing.failures) == (feed.id, outcome.message, 1)
        assert newsroom.titles() == ["Bridge"]
        site.answers["/"] = Answer(rss("Bridge", "Ferry"))
        assert newsroom.status() is NEW
    assert newsroom.library.subscriptions.failing() == []


@pytest.mark.parametrize(
    "answer",
    [
        Answer(rss("Bridge", "Ferry", "Storm"), length=9_000),
        Answer(rss("Bridge", "Ferry", "Storm"), length=400),
        Answer(rss("Bridge", "Ferry", "Storm")[:-60]),
    ],
    ids=["breaks off", "claims to be shorter", "ends early"],
)
def test_a_cut_answer_is_a_failure_and_never_taken_for_the_feed(
    newsroom: Newsroom, answer: Answer
) -> None:
    good = Answer(rss("Bridge"), headers={"ETag": '"1"'})
    with serving({"/": good}) as site:
        feed = newsroom.subscribe(site.url("/"))
        newsroom.refresh()
        site.answers["/"] = answer
        assert newsroom.status() is FAILED
        validators = newsroom.library._store.feeds.validators(feed.id)
        assert validators.etag == '"1"'
        assert "Bridge" in newsroom.titles()
        assert "Storm" not in newsroom.titles()
        site.answers["/"] = Answer(rss("Bridge", "Ferry", "Storm"))
        newsroom.refresh(feed)
    assert newsroom.titles() == ["Bridge", "Ferry", "Storm"]


def test_a_feed_that_keeps_failing_is_asked_less_and_less(newsroom: Newsroom) -> None:
    with serving({}) as site:
        feed = newsroom.subscribe(site.url("/"))
        assert newsroom.status() is FAILED
        assert newsroom.status() is FAILED
        assert newsroom.status() is RefreshStatus.WAITING
        newsroom.now += 301
        assert newsroom.status() is FAILED
        newsroom.now += 301
        assert newsroom.status() is RefreshStatus.WAITING
        assert newsroom.status(feed) is FAILED
        newsroom.now -= 10 * 365 * 86_400
        assert newsroom.status() is FAILED
        assert len(site.asked) == 5


def test_a_paused_feed_is_asked_only_by_name(newsroom: Newsroom) -> None:
    with serving({"/": Answer(rss("Bridge"))}) as site:
        feed = newsroom.subscribe(site.url("/"))
        newsroom.library.subscriptions.change(feed.id, settings=FeedSettings(paused=True))
        assert newsroom.status() is RefreshStatus.WAITING
        assert newsroom.status(newsroom.library.subscriptions.one(feed.id)) is NEW
        assert len(site.asked) == 1


@pytest.mark.parametrize("wait", ["3600", "99999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_wish_to_be_left_alone_is_kept_for_a_day_at_most(newsroom: Newsroom, wait: str) -> None:
    with serving({"/": Answer(b"busy", 429, {"Retry-After": wait})}) as site:
        feed = newsroom.subscribe(site.url("/"))
        [outcome] = newsroom.refresh().values()
        assert outcome.status is FAILED
        assert 3600 <= outcome.feed.held - newsroom.now <= 86_400
        site.answers["/"] = Answer(rss("Bridge"))
        assert newsroom.status(feed) is RefreshStatus.WAITING
        newsroom.now += 86_401
        assert newsroom.status() is NEW
        assert len(site.asked) == 2


def test_a_feed_that_is_gone_is_asked_no_more_unless_by_name(newsroom: Newsroom) -> None:
    with serving({"/": Answer(b"", 410)}) as site:
        feed = newsroom.subscribe(site.url("/"))
        assert newsroom.status() is RefreshStatus.ENDED
        assert newsroom.status() is RefreshStatus.ENDED
        assert len(site.asked) == 1
        assert newsroom.library.subscriptions.one(feed.id).state is FeedState.ENDED
        site.answers["/"] = Answer(rss("Bridge"))
        assert newsroom.status(feed) is NEW


def test_a_permanent_redirect_is_remembered_after_three_visits(newsroom: Newsroom) -> None:
    def moved(status: int) -> Answer:
        return Answer(b"", status, {"Location": "/new"})

    with serving({"/": moved(301), "/new": Answer(rss("Bridge"))}) as site:
        feed = newsroom.subscribe(site.url("/"))
        newsroom.refresh()
        site.answers["/"] = moved(302)
        newsroom.refresh()
        site.answers["/"] = moved(308)
        outcomes = [next(iter(newsroom.refresh().values())) for _ in range(3)]
        assert [o.moved for o in outcomes] == [None, None, site.url("/")]
        assert newsroom.library.subscriptions.one(feed.id).url == site.url("/new")
        newsroom.refresh()
        assert site.paths()[-2:] == ["/new", "/new"]
        site.answers["/new"] = Answer(rss("Bridge", "Ferry"))
        assert newsroom.status() is NEW
    assert newsroom.titles() == ["Bridge", "Ferry"]


def test_the_address_of_a_site_becomes_that_of_the_feed_it_names(newsroom: Newsroom) -> None:
    with serving({"/": Answer(PAGE), "/feed": Answer(rss("Bridge"))}) as site:
        feed = newsroom.subscribe(site.url("/"))
        assert newsroom.status() is NEW
        found = newsroom.library.subscriptions.one(feed.id)
        assert (found.url, found.title) == (site.url("/feed"), "Harbour Times")
        newsroom.refresh()
        assert site.paths() == ["/", "/feed", "/feed"]
    [row] = newsroom.library.article_ids()
    assert newsroom.library.article(row).article.feed == site.url("/feed")


def test_a_feed_that_turns_into_a_page_does_not_become_another_feed(newsroom: Newsroom) -> None:
    with serving({"/": Answer(rss("Bridge")), "/feed": Answer(rss("Advert"))}) as site:
        newsroom.subscribe(site.url("/"))
        newsroom.refresh()
        site.answers["/"] = Answer(PAGE)
        [outcome] = newsroom.refresh().values()
    assert outcome.message == "is a web page, not a feed"
    assert newsroom.titles() == ["Bridge"]


def test_two_addresses_of_one_feed_are_not_subscribed_to_twice(newsroom: Newsroom) -> None:
    with serving({"/": Answer(PAGE), "/feed": Answer(rss("Bridge"))}) as site:
        newsroom.subscribe(site.url("/feed"))
        page = newsroom.subscribe(site.url("/"))
        outcome = newsroom.refresh()[page.id]
    assert outcome.status is FAILED
    assert "subscribed to already" in (outcome.message or "")


def test_a_slow_publisher_holds_up_nobody_else(newsroom: Newsroom) -> None:
    hold = threading.Event()
    with serving({"/": Answer(rss("Slow"), hold=hold)}) as slow, serving({}) as quick:
        newsroom.subscribe(slow.url("/"))
        for n in range(9):
            quick.answers[f"/{n}"] = Answer(rss(f"Quick {n}"))
            newsroom.subscribe(quick.url(f"/{n}"))
        coming = newsroom.refreshing()
        first = [next(coming) for _ in range(9)]
        assert {o.status for o in first} == {NEW}
        assert newsroom.library.count() == 9
        hold.set()
        [last] = coming
        assert last.feed.url == slow.url("/")
        assert quick.most_at_once == 1


def test_a_refresh_that_is_broken_off_loses_nothing_that_was_told(newsroom: Newsroom) -> None:
    with serving({f"/{n}": Answer(rss(f"Story {n}")) for n in range(5)}) as site:
        for path in list(site.answers):
            newsroom.subscribe(site.url(path))
        coming = newsroom.refreshing()
        next(coming)
        coming.close()
        assert newsroom.library.count() >= 1
        newsroom.refresh()
    assert newsroom.titles() == [f"Story {n}" for n in range(5)]
    assert newsroom.library.pending_count() == 0
    assert newsroom.library._store.feeds.tasks.unheard_count() == 0


def test_a_full_disk_is_no_reason_to_believe_that_all_was_stored(newsroom: Newsroom) -> None:
    store = newsroom.library._store
    answer = Answer(rss(*(f"Long {n}" for n in range(30)), said="It rained. " * 900))
    with serving({"/": answer}) as site:
        feed = newsroom.subscribe(site.url("/"))
        database = store._database.connection()
        pages = database.execute("PRAGMA page_count").fetchone()[0]
        database.execute(f"PRAGMA max_page_count = {pages + 5}")
        with pytest.raises(ArchiveError, match="disk is full"):
            newsroom.refresh()
        assert store.feeds.validators(feed.id) == Validators()
        database.execute("PRAGMA max_page_count = 1000000")
        [outcome] = newsroom.refresh().values()
    assert len(outcome.new) == 30


def test_a_second_refresh_at_once_is_told_so(newsroom: Newsroom) -> None:
    newsroom.subscribe("https://harbour.invalid/")
    with (
        try_lock(newsroom.library.folder / "fetch.lock") as mine,
        pytest.raises(ReaderError, match="another onrecord is refreshing"),
    ):
        assert mine
        newsroom.refresh()


def test_a_feed_asked_for_by_name_waits_for_its_turn(newsroom: Newsroom) -> None:
    hold, begun = threading.Event(), threading.Event()

    def slowly(_headers: dict[str, str]) -> Answer:
        begun.set()
        return Answer(rss("Slow"), hold=hold)

    with serving({"/slow": slowly, "/quick": Answer(rss("Quick"))}) as site:
        newsroom.subscribe(site.url("/slow"))
        others = threading.Thread(target=newsroom.refresh)
        others.start()
        begun.wait(10)
        quick = newsroom.subscribe(site.url("/quick"))
        threading.Timer(0.3, hold.set).start()
        assert newsroom.status(quick) is NEW
        others.join()
    assert newsroom.titles() == ["Quick", "Slow"]
    assert newsroom.library._store.feeds.tasks.unheard_count() == 0


def test_a_feed_that_is_unsubscribed_while_it_is_fetched_leaves_nothing(newsroom: Newsroom) -> None:
    hold = threading.Event()
    with serving({"/": Answer(rss("Slow"), hold=hold)}) as site, serving({}) as other:
        feed = newsroom.subscribe(site.url("/"))
        newsroom.subscribe(other.url("/"))
        coming = newsroom.refreshing()
        next(coming)
        newsroom.library.subscriptions.unsubscribe([feed.id])
        hold.set()
        assert list(coming) == []
    assert newsroom.titles() == []


def test_titles_cannot_speak_to_the_terminal(newsroom: Newsroom) -> None:
    evil = "Pier\u009b31m \u202eopens [@click=app.quit]x[/]"
    with serving({"/": Answer(rss(evil, title="Har\u009d0;x\u009cbour"))}) as site:
        newsroom.subscribe(site.url("/"))
        [outcome] = newsroom.refresh().values()
    [title] = newsroom.titles()
    assert title == "Pier opens [@click=app.quit]x[/]"
    assert outcome.feed.title.isprintable()


def test_nothing_can_be_refreshed_in_an_archive_that_cannot_be_written(
    newsroom: Newsroom,
) -> None:
    newsroom.subscribe("https://harbour.invalid/")
    newsroom.library._store._database.mode = "read"
    with pytest.raises(ArchiveError, match="can be read but not written"):
        newsroom.refresh()


def test_the_engine_makes_up_for_what_an_earlier_refresh_left(newsroom: Newsroom) -> None:
    with serving({"/": Answer(rss("Bridge"))}) as site:
        newsroom.subscribe(site.url("/"))
        coming = newsroom.refreshing()
        next(coming)
        coming.close()
        assert newsroom.library.quoted.speakers() == []
        newsroom.refresh()
    assert [speaker.name for speaker in newsroom.library.quoted.speakers()] == ["Ana Ruiz"]


def test_the_library_itself_refreshes(newsroom: Newsroom) -> None:
    with serving({"/": Answer(rss("Bridge"))}) as site:
        newsroom.subscribe(site.url("/"))
        library = Library.open(newsroom.library.folder)
        [outcome] = library.subscriptions.refresh()
        library.close()
    assert outcome.status is NEW
    with sqlite3.connect(newsroom.library.folder / "archive.db") as database:
        assert database.execute("SELECT count(*) FROM delivery").fetchone() == (1,)


def test_many_stories_are_understood_by_several_processes(newsroom: Newsroom) -> None:
    with serving({"/": Answer(rss(*(f"Story {n}" for n in range(230))))}) as site:
        newsroom.subscribe(site.url("/"))
        newsroom.refresh()
    [speaker] = newsroom.library.quoted.speakers()
    assert speaker.quotations == 230
    assert newsroom.library.search("story").total == 230
    assert newsroom.library.search("speaker:ruiz").total == 230
    assert [told.phase for told in newsroom.told if told.phase != "fetching"].count("reading") > 2
    assert newsroom.library.check() == []


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("header", [None, "0", "soon", "Wed, 21 Oct 2015 07:28:00 GMT"])
def test_a_host_that_asks_for_time_and_not_how_much_gets_five_minutes(
    newsroom: Newsroom, status: int, header: str | None
) -> None:
    headers = {} if header is None else {"Retry-After": header}
    with serving({"/": Answer(b"", status, headers)}) as site:
        feed = newsroom.subscribe(site.url("/"))
        assert newsroom.status() is FAILED
        newsroom.now += 240
        assert newsroom.status(feed) is RefreshStatus.WAITING
        site.answers["/"] = Answer(rss("Bridge"))
        newsroom.now += 120
        assert newsroom.status() is NEW
        assert len(site.asked) == 2
