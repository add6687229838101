"""Feeds saved as files: every format, well-formed or not, and what strangers put into them."""

from __future__ import annotations

import datetime as dt
import io
import json
import time
from typing import Any

import pytest

from reader.core.article import Article, BlockKind
from reader.ingest import Intake, IntakeFailure, limits, read_stream
from reader.ingest.feeds.xml_feed import read_xml_feed

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Harbour Wire - World</title><link>https://hw.example/</link>
<atom:link href="https://hw.example/feed.xml" rel="self"/>
<item><title>Pier &amp; quay &amp;#8217;late&amp;#8217;</title><link>/pier</link>
<guid isPermaLink="false">g1</guid>
<dc:creator>By Ann Reed and Tom Hall</dc:creator><category>Ports</category>
<pubDate>Tue, 03 Mar 2026 10:00:00 +0100</pubDate><description>A teaser.</description>
<content:encoded><![CDATA[<p>One <a href="/x">link</a>.</p><h3>Head</h3><p>Two<br><br>Three</p>
<ul><li>Item</li></ul><blockquote><p>Said.</p></blockquote><script>no</script>
<figure><img src="i.jpg"><figcaption>Photo of it</figcaption></figure>]]></content:encoded></item>
<item><description>Only &lt;b&gt;this&lt;/b&gt; here.</description></item>
<item><title></title><guid></guid></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Tidemark</title>
<link rel="self" href="https://t.example/feed.atom"/>
<entry><title type="html">Mud &amp;amp; &lt;em&gt;mercury&lt;/em&gt;</title><id>tag:t.example,1</id>
<link rel="edit" href="https://t.example/edit"/><link href="https://t.example/mud"/>
<updated>2026-08-20T10:00:00Z</updated><published>2026-08-19T10:00:00+02:00</published>
<author><name>Isolde Fenwick</name><uri>https://t.example/if</uri></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p></div></content>
<source><title>Origin Post</title></source></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://r.example/"><title>Record</title><link>https://r.example/</link></channel>
<item rdf:about="https://r.example/1"><title>First</title><link>https://r.example/1</link>
<description>Words.</description><dc:date>2026-03-03T10:00Z</dc:date></item></rdf:RDF>"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Harbour Wire",
    "feed_url": "https://hw.example/feed.json",
    "items": [
        {
            "id": 7,
            "url": "https://u:hunter2@hw.example/pier",
            "title": "[@click=app.quit]Pier[/] \u001b[31mred",
            "content_html": "<p>One.</p><p>Two.</p>",
            "date_published": "2026-03-03T10:00:00Z",
            "authors": [{"name": "Ann Reed"}, {"name": "Tom Hall"}],
            "tags": ["Ports"],
        }
    ],
}


def read(feed: str | bytes | dict[str, Any]) -> list[Intake]:
    if isinstance(feed, dict):
        feed = json.dumps(feed)
    data = feed.encode() if isinstance(feed, str) else feed
    return list(read_stream(io.BytesIO(data), name="feed"))


def articles(feed: str | bytes | dict[str, Any]) -> list[Article]:
    return [intake for intake in read(feed) if isinstance(intake, Article)]


def test_an_rss_feed_comes_in_with_all_it_says() -> None:
    full, bare = articles(RSS)
    assert full.title == "Pier & quay ’late’"
    assert full.byline == ("Ann Reed", "Tom Hall")
    assert full.published == dt.datetime.fromisoformat("2026-03-03T10:00:00+01:00")
    assert full.outlet == "Harbour Wire"
    assert full.section == "Ports"
    assert full.url == "https://hw.example/pier"
    assert full.guid == "g1"
    assert full.feed == "https://hw.example/feed.xml"
    assert [(b.kind, b.span.text(full.body)) for b in full.blocks] == [
        (BlockKind.PARAGRAPH, "One link."),
        (BlockKind.SUBHEAD, "Head"),
        (BlockKind.PARAGRAPH, "Two"),
        (BlockKind.PARAGRAPH, "Three"),
        (BlockKind.LIST_ITEM, "Item"),
        (BlockKind.BLOCKQUOTE, "Said."),
        (BlockKind.CAPTION, "Photo of it"),
    ]
    [link] = full.links
    assert (link.span.text(full.body), link.url) == ("link", "https://hw.example/x")
    assert (bare.title, bare.body) == ("Only this here.", "Only this here.")


def test_an_atom_feed_comes_in_with_all_it_says() -> None:
    [article] = articles(ATOM)
    assert article.title == "Mud & mercury"
    assert article.byline == ("Isolde Fenwick",)
    assert article.published == dt.datetime.fromisoformat("2026-08-19T10:00:00+02:00")
    assert article.url == "https://t.example/mud"
    assert article.guid == "tag:t.example,1"
    assert article.outlet == "Origin Post"
    assert article.body == "One.\n\nTwo."


def test_an_rdf_feed_comes_in() -> None:
    [article] = articles(RDF)
    assert (article.title, article.url, article.outlet) == (
        "First",
        "https://r.example/1",
        "Record",
    )
    assert article.published == dt.datetime(2026, 3, 3, 10, tzinfo=dt.UTC)


def test_a_json_feed_comes_in() -> None:
    [article] = articles(JSON_FEED)
    assert article.title == "[@click=app.quit]Pier[/] red"
    assert article.byline == ("Ann Reed", "Tom Hall")
    assert article.url == "https://hw.example/pier"
    assert article.guid == "7"
    assert article.body == "One.\n\nTwo."


@pytest.mark.parametrize(
    ("spoilt", "repaired"),
    [
        ("<title>AT&T at &nbsp;5 &eacute;</title>", "AT&T at 5 é"),
        ("<title>A <b>bold</i> one</title>", "A bold one"),
        ("<title>Ctrl\x08\x1b[31m here</title>", "Ctrl here"),
        ("<title>Twice &amp;#27;[31mhidden&amp;#x1b;[0m</title>", "Twice hidden"),
        ("<title>No &unknown; name</title>", "No &unknown; name"),
        ("<x:title>Prefix</x:title><title>Undeclared</title>", "Undeclared"),
    ],
)
def test_feeds_that_are_not_well_formed_come_in_all_the_same(spoilt: str, repaired: str) -> None:
    [article] = articles(f"<rss><channel><title>N</title><item>{spoilt}</item></channel></rss>")
    assert article.title == repaired


def test_a_feed_that_was_cut_keeps_what_came_whole_and_says_so() -> None:
    whole = "<item><title>Whole</title></item>"
    *good, failure = read(f"<rss><channel>{whole}<item><title>Cut")
    assert [a.title for a in good if isinstance(a, Article)] == ["Whole"]
    assert isinstance(failure, IntakeFailure)
    assert "cut short" in failure.message


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1251", "shift_jis"]
)
def test_encodings_are_told_by_mark_declaration_or_guess(encoding: str) -> None:
    word = {"windows-1251": "Пирс", "shift_jis": "波止場"}.get(encoding, "Café")
    feed = f'<?xml version="1.0" encoding="{encoding}"?><rss><channel><item><title>{word}</title>'
    [article] = articles((feed + "</item></channel></rss>").encode(encoding))
    assert article.title == word


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    "feed",
    [
        f'<!DOCTYPE r [<!ENTITY l0 "ha">{LAUGHS}]><rss><channel><item><title>x&l11;</title>'
        "</item></channel></rss>",
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>x&x;</title>'
        "</item></channel></rss>",
        "<rss><channel><item>" + "<a>" * 100_000,
        "<rss><channel><item><title>t</title><author>"
        + "a." * 500_000
        + "!</author></item></channel></rss>",
        "<rss><channel><item "
        + "".join(f'a{n}="1" ' for n in range(20_000))
        + "/></channel></rss>",
        "<rss><channel><item><title><![CDATA[never closed",
        "<rss><channel>" + "<item>" * 20_000,
        '{"version":"https://jsonfeed.org/version/1","items":' + "[" * 100_000,
    ],
    ids=["laughs", "xxe", "deep", "author", "attributes", "cdata", "items", "json"],
)
def test_what_is_made_to_hurt_does_not(feed: str) -> None:
    started = time.process_time()
    results = read(feed)
    assert time.process_time() - started < 3
    assert all("root:" not in str(result) and "haha" not in str(result) for result in results)
    assert results


def test_entries_beyond_the_limit_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ITEMS", 3)
    items = "".join(f"<item><title>{n}</title></item>" for n in range(5))
    *good, failure = read(f"<rss><channel>{items}</channel></rss>")
    assert len(good) == 3
    assert isinstance(failure, IntakeFailure)
    assert "last 2" in failure.message


@pytest.mark.parametrize(
    "item",
    [
        1,
        None,
        "s",
        [],
        {"title": {"a": 1}, "content_html": 5, "url": 9, "authors": "Ann", "id": True},
    ],
)
def test_items_of_wrong_types_do_no_harm(item: object) -> None:
    good = {"title": "Good", "content_text": "Text."}
    titles = [a.title for a in articles({**JSON_FEED, "items": [item, good]})]
    assert titles[-1] == "Good"


def test_four_hundred_full_articles_are_read_in_no_time() -> None:
    paragraph = "<p>The harbour board said on Tuesday that the pier would open.</p>" * 60
    item = f"<item><title>T</title><description><![CDATA[{paragraph}]]></description></item>"
    feed = f"<rss><channel><title>N</title>{item * 400}</channel></rss>"
    read(RSS)  # imports
    started = time.process_time()
    assert len(articles(feed)) == 400
    assert time.process_time() - started < 2.5


def test_a_feed_whose_elements_all_have_a_prefix_is_a_feed() -> None:
    data = RSS.replace("<rss", '<r:rss xmlns:r="http://backend.userland.com/rss2"')
    for name in ("channel", "item", "title", "link", "guid", "description", "pubDate"):
        data = data.replace(f"<{name}", f"<r:{name}").replace(f"</{name}", f"</r:{name}")
    found = list(read_stream(io.BytesIO(data.replace("</rss", "</r:rss").encode())))
    titles = [article.title for article in found if isinstance(article, Article)]
    assert titles == ["Pier & quay ’late’", "Only this here."]


def test_wherever_a_feed_breaks_off_it_is_known() -> None:
    items = "".join(f"<item><title>Story {n}</title></item>" for n in range(3))
    whole = f'<rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'.encode()
    assert read_xml_feed(whole).problem is None
    assert read_xml_feed(whole + b" & so on").problem is None
    for length in range(whole.index(b"<item>") + 6, len(whole) - 1):
        feed = read_xml_feed(whole[:length])
        assert feed.problem, whole[:length][-20:]
        assert [e.title for e in feed.entries[:-1]] == [
            f"Story {n}" for n in range(len(feed.entries) - 1)
        ]
