"""Whatever strangers send: nothing raises, and nothing that a terminal obeys comes through."""

from __future__ import annotations

import io
import os
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.core.article import Article
from reader.core.text import clean, clean_line
from reader.ingest import Intake, IntakeFailure, read_path, read_stream

CHECKOUT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("ONRECORD_SHARED", CHECKOUT.parent / "shared")) / "hostile" / "files"
PIECES = [
    b"Harbour Wire\n\nPorts\n\nPier opens\n\nBy Ann Reed March 3, 2026\n\nIt opened today.\n\n",
    b"<html><title>Pier</title><article><h1>Pier</h1><p>It opened.</p><p>Twice.</p></article>",
    b"<rss><channel><title>HW</title><item><title>Pier</title><description>It &lt;b&gt;",
    b"</description></item></channel></rss>",
    b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">&amp;lt;</title></entry>',
    b'{"version": "https://jsonfeed.org/version/1", "items": [{"title": "\\ud800", "id": 1}]}',
    b'{"title": "Pier", "body": "It opened.", "date": 1e400, "byline": [{}, "By"]}\n',
    b"From a@b.example Tue Mar  3 10:00:00 2026\nFrom: =?utf-8?b?x?=\nSubject: =?x?q?=1B?=\n\nI\n",
    b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99\r\n\r\n",
    b'<opml><body><outline text="A" xmlUrl="https://a.example/"/></body></opml>',
    b"<newsItem><headline>P</headline><body><p>It.</p></body></newsItem>",
    b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03",
    b"\x1b]0;x\x07\x1b[31m\x9b2J",
    b"&#27;&#x9b;&#1114112;&nope;",
    b"\xe2\x80\xae\xe2\x80\xa8\xcc\x81\xcc\x81",
    b"\xff\xfe\x00",
    b"<!--<![CDATA[<div><p><script>",
    b"-->]]></script>",
    b"\n\n",
]
MESSES = st.lists(
    st.one_of(st.sampled_from(PIECES), st.binary(max_size=12), st.just(b"<div>" * 300)), max_size=8
).map(b"".join)


def check(results: list[Intake]) -> None:
    for result in results:
        if isinstance(result, Article):
            assert result.title
            assert "\n\n".join(b.span.text(result.body) for b in result.blocks) == result.body
            assert clean(result.body) == result.body
            fields = [result.title, *result.byline, result.outlet, result.section, result.url]
            assert all(clean_line(field, 10_000) == field for field in fields if field)
            assert all(link.span.text(result.body).strip() for link in result.links)
        elif isinstance(result, IntakeFailure):
            assert result.message
            assert result.message.isprintable()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MESSES)
def test_no_mess_of_bytes_raises_or_lets_anything_through(mess: bytes) -> None:

    check(list(read_stream(io.BytesIO(mess), name="mess")))


def test_every_known_hostile_file_is_harmless() -> None:
    for path in sorted(SHARED.glob("*")):  # they are not part of this project
        results = list(read_path(path))
        check(results)
        assert results, path
