"""Stories that their feeds only begin."""

from __future__ import annotations

from html import escape

from reader.core.feeds import FeedSettings
from tests.feeds.conftest import Newsroom
from tests.ingest.net.loopback import Answer, serving

PARAGRAPHS = (
    "The harbour board opened the new pier on Tuesday after two years of delays and repairs.",
    "“We have waited long enough for this day,” said Mayor Ana Ruiz at the ceremony in the port.",
    "The ferries will call at the pier from next week, and the fish market moves there in May.",
    "The board had first planned to open it in the spring of the year before last, but storms "
    "damaged the piles and the contractor went out of business in the middle of the work.",
)
PAGE = (
    "<html><head><title>Pier opens</title></head><body><article><h1>Pier opens</h1>"
    + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    + "</article></body></html>"
).encode()
FULL = FeedSettings(full_text=True)


def teasers(*addresses: str) -> bytes:
    """A feed that gives a sentence of each story."""
    items = "".join(
        f"<item><title>Pier opens {n}</title><link>{escape(address)}</link><guid>{n}</guid>"
        f"<description>{PARAGRAPHS[0]} …</description></item>"
        for n, address in enumerate(addresses)
    )
    return f"<rss><channel><title>Harbour Times</title>{items}</channel></rss>".encode()


def test_the_page_of_a_teaser_gives_its_text(newsroom: Newsroom) -> None:
    with serving({"/story": Answer(PAGE)}) as site:
        site.answers["/"] = Answer(teasers(site.url("/story")))
        newsroom.subscribe(site.url("/"), settings=FULL)
        [outcome] = newsroom.refresh().values()
        article = newsroom.library.article(outcome.new[0])
        assert article.article.body.endswith(PARAGRAPHS[-1])
        assert article.article.title == "Pier opens 0"
        assert [s.name for s in newsroom.library.quoted.speakers()] == ["Ana Ruiz"]
        newsroom.refresh()
        site.answers["/"] = Answer(teasers(site.url("/story")).replace(b"<rss>", b"<rss >"))
        newsroom.refresh()
        assert site.paths().count("/story") == 1
    assert newsroom.library.article(outcome.new[0]).article.body == article.article.body
    assert newsroom.library.count() == 1


def test_no_page_is_fetched_unasked(newsroom: Newsroom) -> None:
    with serving({"/story": Answer(PAGE)}) as site:
        site.answers["/"] = Answer(teasers(site.url("/story")))
        newsroom.subscribe(site.url("/"))
        newsroom.refresh()
        assert site.paths() == ["/"]


def test_robots_are_respected(newsroom: Newsroom) -> None:
    robots = Answer(b"User-agent: *\nDisallow: /story\n", headers={"Content-Type": "text/plain"})
    with serving({"/story": Answer(PAGE), "/robots.txt": robots}) as site:
        site.answers["/"] = Answer(teasers(site.url("/story")))
        newsroom.subscribe(site.url("/"), settings=FULL)
        newsroom.refresh()
        reason = "may not be fetched: the site's robots.txt forbids it"
        assert ((reason, 1),) in [told.without_page for told in newsroom.told]
        newsroom.refresh()
        assert site.paths().count("/story") == 0
        assert site.paths().count("/robots.txt") == 1
    assert newsroom.library.count() == 1


def test_a_page_that_cannot_be_had_is_tried_three_times(newsroom: Newsroom) -> None:
    with serving({"/good": Answer(PAGE)}) as site:
        site.answers["/"] = Answer(teasers(site.url("/bad"), site.url("/good")))
        newsroom.subscribe(site.url("/"), settings=FULL)
        for _ in range(5):
            newsroom.refresh()
        assert site.paths().count("/bad") == 3
        assert site.paths().count("/good") == 1
    assert newsroom.library.count() == 2


def test_a_page_without_a_story_leaves_the_teaser(newsroom: Newsroom) -> None:
    with serving({"/story": Answer(b"<html><body><p>Please accept.</p></body></html>")}) as site:
        site.answers["/"] = Answer(teasers(site.url("/story")))
        newsroom.subscribe(site.url("/"), settings=FULL)
        [outcome] = newsroom.refresh().values()
        newsroom.refresh()
        assert site.paths().count("/story") == 1
    assert newsroom.library.article(outcome.new[0]).article.body.startswith(PARAGRAPHS[0])


def test_pages_left_by_a_refresh_that_was_broken_off_are_fetched_by_the_next(
    newsroom: Newsroom,
) -> None:
    with serving({"/story": Answer(PAGE)}) as site:
        site.answers["/"] = Answer(teasers(site.url("/story")))
        newsroom.subscribe(site.url("/"), settings=FULL)
        coming = newsroom.refreshing()
        outcome = next(coming)
        coming.close()
        newsroom.refresh()
    assert newsroom.library.article(outcome.new[0]).article.body.endswith(PARAGRAPHS[-1])


def test_a_page_is_asked_for_as_its_feed_is_but_without_its_secrets(newsroom: Newsroom) -> None:
    feed, page = "http://harbour.invalid/feed", "http://harbour.invalid/story"
    # A proxy is asked for whole addresses.
    with serving({feed: Answer(teasers(page)), page: Answer(PAGE)}) as site:
        settings = FeedSettings(
            headers=(("X-Key", "k1"),), user_agent="Mine/1", proxy=site.url(""), full_text=True
        )
        newsroom.subscribe(feed, settings=settings)
        [outcome] = newsroom.refresh().values()
        asked = dict(site.asked)
    assert newsroom.library.article(outcome.new[0]).article.body.endswith(PARAGRAPHS[-1])
    assert {headers["user-agent"] for headers in asked.values()} == {"Mine/1"}
    assert "x-key" in asked[feed]
    assert "x-key" not in asked[page]
