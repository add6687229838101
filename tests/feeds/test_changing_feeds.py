"""Feeds that change what should stay: identifiers, addresses, dates; nothing comes twice."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pytest

from tests import wire
from tests.feeds.conftest import Newsroom
from tests.ingest.net.loopback import Answer, serving

TITLES = ("Council approves the bridge", "Ferry workers strike", "Storm closes the coast road")
TEXTS = (
    "The council approved the new bridge on Sunday after a long debate about the money for it.",
    "Ferry workers walked out on Monday; the harbour was silent for the first time in years.",
    "A storm closed the road along the coast and kept the children of three villages at home.",
)


def feed(
    *,
    guid: Callable[[int], str] | None = lambda n: f"urn:{n}",
    link: Callable[[int], str] | None = lambda n: f"https://harbour.example/story/{n}",
    date: str = "Tue, 03 Mar 2026 10:00:00 GMT",
    titles: tuple[str, ...] = TITLES,
    texts: tuple[str, ...] = TEXTS,
) -> Answer:
    """A feed of three stories."""
    items = ""
    for n, (title, text) in enumerate(zip(titles, texts, strict=True)):
        items += f"<item><title>{title}</title><description>{text}</description>"
        items += f"<guid isPermaLink='false'>{escape(guid(n))}</guid>" if guid else ""
        items += f"<link>{escape(link(n))}</link>" if link else ""
        items += f"<pubDate>{date}</pubDate></item>"
    page = f"<rss version='2.0'><channel><title>Harbour Times</title>{items}</channel></rss>"
    return Answer(page.encode())


@pytest.mark.parametrize(
    "second",
    [
        feed(guid=lambda n: f"new:{n}-2026"),
        feed(guid=None),
        feed(guid=lambda n: f"http://harbour.example/story/{n}/"),
        feed(link=lambda n: f"http://www.harbour.example/story/{n}/?utm_source=rss&utm_medium={n}"),
        feed(
            guid=lambda n: f"http://harbour.example/story/{n}?fbclid=x{n}",
            link=lambda n: f"http://harbour.example/story/{n}?fbclid=x{n}",
        ),
        feed(
            guid=lambda n: f"https://harbour.example/s?story={n}&session=8f3a{n}",
            link=lambda n: f"https://harbour.example/s?story={n}&session=8f3a{n}",
        ),
        feed(date="Wed, 04 Mar 2026 11:11:11 GMT"),
        feed(guid=lambda n: f"v2:{n}", date="Wed, 04 Mar 2026 11:11:11 GMT"),
        feed(guid=lambda n: f"v2:{n}", link=None),
    ],
    ids=[
        "other guids",
        "no guids any more",
        "addresses for guids",
        "http, www, a slash, campaign marks",
        "guids that are addresses with campaign marks",
        "a session in guid and address",
        "other dates",
        "other guids and other dates",
        "other guids and no address",
    ],
)
def test_a_feed_whose_signs_change_brings_no_story_twice(
    newsroom: Newsroom, second: Answer
) -> None:
    with serving({"/": feed()}) as site:
        newsroom.subscribe(site.url("/"))
        [first] = newsroom.refresh().values()
        before = newsroom.library.rows(newsroom.library.article_ids())
        newsroom.library.set_read([before[0].id], True)
        site.answers["/"] = second
        [outcome] = newsroom.refresh().values()
    assert (len(first.new), outcome.new, outcome.changed, outcome.known) == (3, (), (), 3)
    after = newsroom.library.rows(newsroom.library.article_ids())
    assert [row.read for row in after] == [True, False, False]
    assert [row.published for row in after] == [row.published for row in before]


@pytest.mark.parametrize(
    "answer",
    [
        feed(guid=lambda n: "urn:all"),
        feed(guid=lambda n: "urn:all", link=None),
        feed(guid=lambda n: "urn:all", link=lambda n: "https://harbour.example/news"),
        feed(guid=None, link=lambda n: "https://harbour.example/news"),
        feed(guid=lambda n: f"urn:{n}", link=lambda n: "https://harbour.example/news"),
        feed(guid=lambda n: "https://harbour.example/", link=lambda n: "https://harbour.example/"),
        feed(guid=None, link=None),
    ],
    ids=[
        "one guid",
        "one guid, no address",
        "one guid, one address",
        "no guid, one address",
        "one address",
        "the site's address for both",
        "nothing at all",
    ],
)
def test_a_feed_that_gives_several_stories_one_sign_keeps_them_all(
    newsroom: Newsroom, answer: Answer
) -> None:
    with serving({"/": answer}) as site:
        newsroom.subscribe(site.url("/"))
        [first] = newsroom.refresh().values()
        assert newsroom.titles() == sorted(TITLES)
        # The validators say that nothing has changed; the bytes are others for all that.
        site.answers["/"] = Answer(answer.body + b"<!-- again -->")
        [again] = newsroom.refresh().values()
    assert (len(first.new), again.new, again.changed) == (3, (), ())
    assert newsroom.titles() == sorted(TITLES)


def test_a_story_under_a_new_headline_is_that_story(newsroom: Newsroom) -> None:
    with serving({"/": feed()}) as site:
        newsroom.subscribe(site.url("/"))
        newsroom.refresh()
        titles = ("Bridge approved after long night", *TITLES[1:])
        texts = (TEXTS[0].replace("long", "very long"), *TEXTS[1:])
        site.answers["/"] = feed(titles=titles, texts=texts)
        [outcome] = newsroom.refresh().values()
        assert (outcome.new, len(outcome.changed)) == ((), 1)
        site.answers["/"] = feed(titles=titles, texts=texts, guid=lambda n: f"again:{n}")
        [outcome] = newsroom.refresh().values()
        assert (outcome.new, outcome.changed) == ((), ())
    [id] = outcome_ids(newsroom, "Bridge approved after long night")
    assert [v.title for v in newsroom.library.article(id).versions] == [TITLES[0], titles[0]]


def outcome_ids(newsroom: Newsroom, title: str) -> list[int]:
    """The articles with a title."""
    rows = newsroom.library.rows(newsroom.library.article_ids())
    return [row.id for row in rows if row.title == title]


def test_a_report_that_two_feeds_bring_is_one_story(newsroom: Newsroom) -> None:
    body = wire.BODY.replace("\n\n", "&lt;p&gt;")

    def outlet(name: str, minute: int) -> Answer:
        item = (
            f"<item><title>Sale stopped, {name}</title><guid>{name}</guid>"
            f"<link>https://{name}.example/sale</link><description>{body}</description>"
            f"<pubDate>Tue, 03 Mar 2026 10:{minute}:00 GMT</pubDate></item>"
        )
        page = f"<rss version='2.0'><channel><title>The {name}</title>{item}</channel></rss>"
        return Answer(page.encode())

    with serving({"/a": outlet("Ledger", 30), "/b": outlet("Herald", 10)}) as site:
        one = newsroom.subscribe(site.url("/a"))
        newsroom.subscribe(site.url("/b"))
        newsroom.refresh()
        [shown] = newsroom.library.rows(newsroom.library.article_ids(fold=True))
        assert (shown.outlet, shown.copies) == ("The Herald", 1)
        assert {s.name: s.quotations for s in newsroom.library.quoted.speakers()} == {
            "Mira Solberg": 1,
            "Jon Aune": 1,
        }
        newsroom.library.set_read([shown.id], True)
        assert newsroom.library.subscriptions.one(one.id).unread == 0
        # And read it stays, when the other feed gives all it has another identifier.
        site.answers["/a"] = Answer(outlet("Ledger", 30).body.replace(b"<guid>", b"<guid>2:"))
        newsroom.refresh()
    assert newsroom.library.count() == 2
    assert newsroom.library.unread_count() == 0
