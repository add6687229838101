"""Feeds as strangers write them: bases, encodings, bad characters, dates of their own."""

from __future__ import annotations

import datetime as dt

import pytest

from reader.core.article import Article
from reader.feeds.parsing import FeedBytes, read_feed
from reader.ingest.feeds.entries import articles_of
from reader.ingest.feeds.odd_dates import read_feed_date
from reader.ingest.feeds.xml_feed import read_xml_feed

ADDRESS = "http://feed.example/feeds/all.xml"


def articles(data: str | bytes) -> list[Article]:
    """What a feed that was fetched from the feed's address holds."""
    raw = data.encode() if isinstance(data, str) else data
    found = list(articles_of(read_xml_feed(raw), name=ADDRESS, address=ADDRESS))
    return [one for one in found if isinstance(one, Article)]


def atom(inside: str, base: str = "") -> str:
    """An Atom feed."""
    where = f' xml:base="{base}"' if base else ""
    return f'<feed xmlns="http://www.w3.org/2005/Atom"{where}><title>F</title>{inside}</feed>'


def rss(inside: str) -> str:
    """An RSS feed."""
    return f'<rss version="2.0"><channel><title>F</title>{inside}</channel></rss>'


@pytest.mark.parametrize(
    ("base", "entry", "link", "inner"),
    [
        ("http://a.example/b/", "", "http://a.example/b/one", "http://a.example/b/two"),
        (
            "http://a.example/b/",
            ' xml:base="sub/"',
            "http://a.example/b/sub/one",
            "http://a.example/b/sub/two",
        ),
        ("", ' xml:base="/c/"', "http://feed.example/c/one", "http://feed.example/c/two"),
        ("javascript:x/", "", "http://feed.example/feeds/one", "http://feed.example/feeds/two"),
    ],
)
def test_what_an_address_is_relative_to_is_heeded(
    base: str, entry: str, link: str, inner: str
) -> None:
    content = '<content type="html">&lt;a href="two"&gt;this&lt;/a&gt;</content>'
    [article] = articles(
        atom(f'<entry{entry}><title>T</title><link href="one"/>{content}</entry>', base)
    )
    assert article.url == link
    assert [one.url for one in article.links] == [inner]


def test_a_text_may_have_another_base_than_its_entry() -> None:
    [article] = articles(
        atom(
            '<entry xml:base="http://a.example/x/y/"><link href="../z"/>'
            '<content type="html" xml:base="http://b.example/">'
            '&lt;a href="q"&gt;q&lt;/a&gt;</content></entry>'
        )
    )
    assert article.url == "http://a.example/x/z"
    assert [one.url for one in article.links] == ["http://b.example/q"]


@pytest.mark.parametrize("number", ["55296", "xD800", "xDFFF", "0", "8", "xFFFE", "1114112"])
def test_numbers_that_are_no_characters_spoil_nothing(number: str) -> None:
    [article] = articles(rss(f"<item><title>A &#{number};b &#x1F600; c</title></item>"))
    assert article.title in ("A b 😀 c", "A �b 😀 c")


def test_escape_sequences_go_as_a_whole_and_markup_stays() -> None:
    data = rss(
        "<item><title>Red \x1b[31malert\x1b[0m</title></item>"
        "<item><title>\x1b]0;gone\x07Window\x1b</title></item>"
        "<item><title>Half \x1b[</title></item><item><title>By &#x1B;[1mnumber&#27;</title></item>"
        "<item><title>a\x1b&amp;b</title></item>"
    )
    assert [a.title for a in articles(data)] == ["Red alert", "Window", "Half", "By number", "a&b"]


@pytest.mark.parametrize(
    "junk",
    [
        "<br />\n<b>Warning</b>: Deprecated in /srv/x.php on line 3<br />\n",
        "Notice: Undefined index: q in /srv/x.php on line 7\n",
        "<!-- served by cache 4 -->\n",
    ],
)
def test_what_programs_print_before_a_feed_is_passed_over(junk: str) -> None:
    for head in ("", '<?xml version="1.0"?>\n'):
        data = (junk + head + rss("<item><title>Ferry</title></item>")).encode()
        read = read_feed(FeedBytes(data, ADDRESS, ADDRESS))
        assert [one.title for one in read.articles] == ["Ferry"], read.problem


def test_an_identifier_that_is_no_address_is_no_link() -> None:
    found = articles(
        rss(
            "<item><title>A</title><guid>x1</guid></item>"
            "<item><title>B</title><guid>http://a.example/b</guid></item>"
            '<item><title>C</title><guid isPermaLink="false">http://a.example/c</guid></item>'
        )
    )
    assert [one.url for one in found] == [None, "http://a.example/b", None]


def test_what_stands_in_a_media_group_counts_where_nothing_else_does() -> None:
    [video] = articles(
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">'
        "<entry><title>Video</title><media:group><media:title>Other</media:title>"
        "<media:description>The pier, seen from the ferry.</media:description></media:group>"
        "</entry></feed>"
    )
    assert (video.title, video.body) == ("Video", "The pier, seen from the ferry.")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("1072986501", dt.datetime(2004, 1, 1, 19, 48, 21, tzinfo=dt.UTC)),
        ("1072986501000", dt.datetime(2004, 1, 1, 19, 48, 21, tzinfo=dt.UTC)),
        ("2004年1月1日", dt.date(2004, 1, 1)),
        ("2004. 1. 1. 19:48:21", dt.date(2004, 1, 1)),
        ("2004년 1월 1일", dt.date(2004, 1, 1)),
        ("jeu. 1 janv. 2004 19:48", dt.date(2004, 1, 1)),
        ("14 févr. 2004", dt.date(2004, 2, 14)),
        ("3 янв 2004", dt.date(2004, 1, 3)),
        ("3 января 2004", dt.date(2004, 1, 3)),
        ("12 dic 2004", dt.date(2004, 12, 12)),
        ("2004年13月40日", None),
        ("Thu, 32 Jan 2004 99:99:99 GMT", None),
        ("0000-00-00", None),
        ("99999999999999999999", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates_in_forms_of_their_own(raw: str, expected: dt.date | None) -> None:
    assert read_feed_date(raw) == expected
