"""What feeds bring meets the reader's rules at once, and does not bring back what was let go."""

from __future__ import annotations

import time

from reader.core.rules import RuleKind
from tests.feeds.conftest import Newsroom
from tests.feeds.feeds import rss
from tests.ingest.net.loopback import Answer, serving


def test_rules_meet_what_a_feed_brings(newsroom: Newsroom) -> None:
    rules = newsroom.library.desk.rules
    rules.add(RuleKind.MUTE, "title:ferry")
    rules.add(RuleKind.MUTE, "by:ruiz title:storm")
    rules.add(RuleKind.TAG, "has:quotes bridge", "talk")
    with serving({"/": Answer(rss("Bridge", "Ferry", "Storm"))}) as site:
        feed = newsroom.subscribe(site.url("/"))
        [outcome] = newsroom.refresh().values()
    assert len(outcome.new) == 3
    assert newsroom.titles() == ["Bridge"]
    known = newsroom.library.subscriptions
    assert known.one(feed.id).unread == known.all()[0].unread == 1
    assert len(known.article_ids([feed.id])) == 1
    assert newsroom.library.search("spring", limit=None).total == 1
    assert newsroom.library.search("is:muted").total == 2
    assert list(newsroom.library.desk.tags_of().values()) == [("talk",)]
    assert newsroom.library.desk.tags()[0].name == "talk"


def test_what_is_muted_is_seen_already_while_the_feed_is_stored(newsroom: Newsroom) -> None:
    newsroom.library.desk.rules.add(RuleKind.MUTE, "title:ferry")
    with serving({"/": Answer(rss("Bridge", "Ferry"))}) as site:
        newsroom.subscribe(site.url("/"))
        for outcome in newsroom.refreshing():
            assert len(outcome.new) == 2
            assert newsroom.titles() == ["Bridge"], "before the engine and the index come to it"


def test_what_retention_let_go_does_not_come_back_with_the_next_refresh(
    newsroom: Newsroom,
) -> None:
    day = 86_400
    with serving({"/": Answer(rss("Bridge", "Ferry"))}) as site:
        newsroom.subscribe(site.url("/"))
        [first] = newsroom.refresh().values()
        newsroom.library.desk.tag(first.new[:1], ["kept"])
        kept = newsroom.library.article(first.new[0]).article.title
        newsroom.now = time.time() + 40 * day
        newsroom.refresh()
        assert len(newsroom.titles()) == 2, "nothing goes before there is a rule"
        newsroom.library.desk.retention.set("older than 30d")
        newsroom.refresh()
        assert newsroom.titles() == [kept]
        newsroom.now = time.time()
        site.answers["/"] = Answer(rss("Bridge", "Ferry", "Late"))
        [outcome] = newsroom.refresh().values()
        assert [newsroom.library.article(id).article.title for id in outcome.new] == ["Late"]
        assert newsroom.library.search("spring").total == len(newsroom.titles())


def test_refreshing_lets_go_only_what_is_old_enough(newsroom: Newsroom) -> None:
    newsroom.library.desk.retention.set("read older than 30d")
    with serving({"/": Answer(rss("Bridge"))}) as site:
        newsroom.subscribe(site.url("/"))
        newsroom.now = time.time()
        [first] = newsroom.refresh().values()
        newsroom.library.set_read(first.new, True)
        newsroom.refresh()
        assert newsroom.titles() == ["Bridge"], "it is an old story, but it came in today"
        newsroom.now += 31 * 86_400
        newsroom.refresh()
        assert newsroom.titles() == []
