"""Web archives: pages come in, damage is named, lengths are not believed."""

from __future__ import annotations

import gzip
import io

import brotli  # type: ignore[import-untyped]
import pytest

from reader.core.article import Article
from reader.ingest import Intake, IntakeFailure, read_stream
from reader.ingest.net.bounded import unbrotlied
from tests.ingest.pages.newsrooms import PARAGRAPHS, TEXT

PAGE = f"<html><title>Pier</title><article><h1>Pier opens late</h1>{TEXT}</article>".encode()


def record(
    block: bytes,
    kind: str = "response",
    url: str = "https://hw.example/p",
    length: int | None = None,
) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(body: bytes, more: str = "", kind: str = "text/html; charset=utf-8") -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body


def read(data: bytes) -> list[Intake]:
    return list(read_stream(io.BytesIO(data), name="crawl"))


def chunked(body: bytes) -> bytes:
    return (
        b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:99], body[99:])) + b"0\r\n"
    )


@pytest.mark.parametrize(
    "block",
    [
        answer(PAGE),
        answer(gzip.compress(PAGE), "Content-Encoding: gzip\r\n"),
        answer(PAGE, "Content-Encoding: gzip\r\n"),
        answer(chunked(PAGE), "Transfer-Encoding: chunked\r\n"),
    ],
    ids=["plain", "gzip", "false gzip", "chunked"],
)
@pytest.mark.parametrize("outer", [bytes, gzip.compress])
def test_a_page_comes_in_however_it_was_sent(block: bytes, outer: type) -> None:
    other = record(answer(b"\x89PNG", kind="image/png"))
    [article] = read(outer(record(b"x", "warcinfo")) + outer(other) + outer(record(block)))
    assert isinstance(article, Article)
    assert article.url == "https://hw.example/p"
    assert article.body == "\n\n".join(PARAGRAPHS)


def test_pages_without_an_article_are_counted() -> None:
    article, failure = read(record(answer(b"<html>")) + record(answer(PAGE)))
    assert isinstance(article, Article)
    assert isinstance(failure, IntakeFailure)
    assert "1 of 2 pages" in failure.message


@pytest.mark.parametrize(
    ("damaged", "words"),
    [
        (record(answer(PAGE)) + record(answer(PAGE), length=9 * 10**18), "cut short"),
        (record(answer(PAGE)) + b"WARC/1.0\r\nContent-Length: x\r\n\r\n", "no length"),
        (record(answer(PAGE)) + b"junk\r\n", "damaged"),
        (gzip.compress(record(answer(PAGE))) + gzip.compress(b"WARC/1.0\r\n")[:-9], "cut short"),
    ],
)
def test_damage_is_named_and_what_came_before_is_kept(damaged: bytes, words: str) -> None:
    results = read(damaged)
    assert isinstance(results[0], Article)
    assert isinstance(results[-1], IntakeFailure)
    assert words in results[-1].message


def test_an_address_that_is_no_web_address_is_dropped() -> None:
    [article] = read(record(answer(PAGE), url="file:///etc/passwd"))
    assert isinstance(article, Article)
    assert article.url is None


def test_brotli_is_read_and_bounded() -> None:
    packed = answer(brotli.compress(PAGE), "Content-Encoding: br\r\n")
    [article] = read(record(packed))
    assert isinstance(article, Article)
    assert article.title == "Pier opens late"
    bomb = brotli.compress(b"<p>" + b"A" * 50_000_000)
    assert len(unbrotlied(bomb, 1000)) == 1000
    assert unbrotlied(b"no such thing", 1000) == b"no such thing"
