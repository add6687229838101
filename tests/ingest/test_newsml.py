"""Agencies' formats: NewsML-G2, NITF and ninjs."""

from __future__ import annotations

import datetime as dt
import io

from reader.core.article import Article, BlockKind
from reader.ingest import Intake, IntakeFailure, read_stream

ITEM = """<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="urn:hw:1"><itemMeta><provider literal="HW"><name>Harbour Wire</name></provider>
<versionCreated>2026-03-03T10:00:00Z</versionCreated></itemMeta>
<contentMeta><headline>Pier opens late</headline><by>By Ann Reed</by></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><body><p>One &amp; two.</p><h2>Head</h2>
<blockquote><p>Said.</p></blockquote></body></html></inlineXML></contentSet></newsItem>
<newsItem guid="urn:hw:2"><contentMeta><headline>A picture</headline></contentMeta></newsItem>
</itemSet></newsMessage>"""
NITF = """<nitf><head><title>t</title><docdata><date.issue norm="20260303T100000Z"/></docdata>
<pubdata name="Harbour Wire"/></head><body><body.head><hedline><hl1>Pier opens late</hl1></hedline>
<byline>By <person>Ann Reed</person></byline></body.head>
<body.content><block><p>One.</p><hl2>Head</hl2><p>Two.</p></block></body.content></body></nitf>"""
NINJS = """{"uri": "urn:hw:1", "versioncreated": "2026-03-03T10:00:00Z", "byline": "Ann Reed",
 "headline": "Pier opens late", "provider": "Harbour Wire",
 "body_xhtml": "<p>One.</p><h3>Head</h3><p>Two.</p>"}"""


def read(text: str) -> list[Intake]:
    return list(read_stream(io.BytesIO(text.encode())))


def check(article: Intake) -> Article:
    assert isinstance(article, Article)
    assert article.title == "Pier opens late"
    assert article.byline == ("Ann Reed",)
    assert article.published == dt.datetime(2026, 3, 3, 10, tzinfo=dt.UTC)
    assert article.outlet == "Harbour Wire"
    assert article.subheads == ("Head",)
    return article


def test_a_news_message_gives_its_text_items() -> None:
    first, failure = read(ITEM)
    article = check(first)
    assert article.guid == "urn:hw:1"
    assert article.body == "One & two.\n\nHead\n\nSaid."
    assert article.blocks[2].kind is BlockKind.BLOCKQUOTE
    assert isinstance(failure, IntakeFailure)
    assert "1 of 2" in failure.message


def test_nitf_and_ninjs_are_read() -> None:
    for text in (NITF, NINJS):
        [article] = read(text)
        assert check(article).body == "One.\n\nHead\n\nTwo."


def test_other_xml_is_one_line() -> None:
    [failure] = read("<?xml version='1.0'?><inventory><item-list/></inventory>")
    assert isinstance(failure, IntakeFailure)
    assert "XML" in failure.message
