"""One fetch at a time, against a server on this machine."""

from __future__ import annotations

import asyncio
import gzip
import importlib.util
import io
import os
import threading
import zlib
from pathlib import Path
from types import ModuleType

import pytest

from reader.core.text import clean_line
from reader.ingest import Intake, IntakeFailure, read_stream
from reader.ingest.net import hops
from reader.ingest.net.discovery import feeds_on_page
from reader.ingest.net.fetch import fetch, new_client
from reader.ingest.net.results import FetchLimits, FetchRequest, FetchResult, Outcome
from reader.ingest.sniff import HEAD, Kind, sniff
from tests.ingest.net.loopback import FEED, Answer, Reply, serving

CHECKOUT = Path(__file__).parents[3]
SHARED = Path(os.environ.get("ONRECORD_SHARED", CHECKOUT.parent / "shared"))
QUICK = FetchLimits(seconds=3, read_seconds=3, size=1 << 20)


def ask(*requests: FetchRequest, limits: FetchLimits = QUICK) -> list[FetchResult]:
    async def run() -> list[FetchResult]:
        async with new_client(limits) as client:
            return [await fetch(client, request, limits) for request in requests]

    return asyncio.run(run())


def answered(answer: Reply, limits: FetchLimits = QUICK) -> FetchResult:
    with serving({"/": answer}) as site:
        return ask(FetchRequest(site.url("/")), limits=limits)[0]


def test_what_has_not_changed_is_not_sent_again() -> None:
    def answer(headers: dict[str, str]) -> Answer:
        if headers.get("if-none-match") == '"one"' and headers.get("if-modified-since") == "Tue":
            return Answer(b"", 304)
        return Answer(headers={"ETag": '"one"', "Last-Modified": "Tue"})

    with serving({"/": answer}) as site:
        [first] = ask(FetchRequest(site.url("/")))
        assert (first.outcome, first.body) == (Outcome.FRESH, FEED)
        [again] = ask(FetchRequest(site.url("/"), first.etag, first.modified))
    assert again.outcome is Outcome.UNCHANGED
    assert (again.etag, again.modified) == ('"one"', "Tue")


def test_an_odd_validator_is_forgotten() -> None:
    assert answered(Answer(headers={"ETag": '"' + "e" * 4000 + '"'})).etag is None


@pytest.mark.parametrize(
    ("answer", "outcome", "words"),
    [
        (Answer(status=410), Outcome.GONE, "gone"),
        (Answer(status=404), Outcome.FAILED, "404"),
        (Answer(status=401), Outcome.FAILED, "password"),
        (Answer(status=304), Outcome.FAILED, "not asked"),
        (Answer(status=204, body=b""), Outcome.FAILED, "204"),
        (Answer(b"  "), Outcome.FAILED, "nothing in it"),
        (Answer(status=302), Outcome.FAILED, "without saying where"),
        (Answer(status=302, headers={"Location": "file:///etc/passwd"}), Outcome.FAILED, "no web"),
        (Answer(status=302, headers={"Location": "javascript:x"}), Outcome.FAILED, "no web"),
        (Answer(status=302, headers={"Location": "/"}), Outcome.FAILED, "more than 10"),
        (Answer(b"x" * (2 << 20)), Outcome.FAILED, "larger than 1 MB"),
        (Answer(length=9999), Outcome.FAILED, "broke off"),
        (Answer(headers={"Content-Encoding": "zstd"}), Outcome.FAILED, "not asked for"),
    ],
)
def test_each_bad_answer_is_said_in_one_line(answer: Answer, outcome: Outcome, words: str) -> None:
    result = answered(answer)
    assert result.outcome is outcome
    assert words in result.message
    assert clean_line(result.message) == result.message
    assert result.body == b""


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7), ("99999999999", 86_400), ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400), ("soon", None)],
)
def test_who_asks_to_be_left_alone_is(header: str, seconds: int | None) -> None:
    result = answered(Answer(status=429, headers={"Retry-After": header}))
    assert (result.outcome, result.retry_after) == (Outcome.LATER, seconds)


def deflated(data: bytes) -> bytes:
    engine = zlib.compressobj(wbits=-15)
    return engine.compress(data) + engine.flush()


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(FEED)),
        ("gzip, gzip", gzip.compress(gzip.compress(FEED))),
        ("gzip", FEED),
        ("deflate", zlib.compress(FEED)),
        ("deflate", deflated(FEED)),
        ("identity", FEED),
        ("", gzip.compress(FEED)),
    ],
)
def test_compressed_bodies_are_opened(coding: str, body: bytes) -> None:
    result = answered(Answer(body, headers={"Content-Encoding": coding} if coding else {}))
    assert result.body == FEED


@pytest.mark.parametrize(
    ("coding", "body", "words"),
    [
        ("gzip", gzip.compress(b"x" * (64 << 20)), "larger"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"x" * (64 << 20))), "larger"),
        ("deflate", zlib.compress(b"x" * (64 << 20)), "larger"),
        ("", gzip.compress(b"x" * (64 << 20)), "larger"),
        ("gzip", gzip.compress(FEED * 99)[:-30], "cut short"),
        ("gzip", gzip.compress(FEED)[:10] + b"\xff" * 3000, "broken"),
    ],
)
def test_bombs_and_cut_bodies_are_refused(coding: str, body: bytes, words: str) -> None:
    result = answered(Answer(body, headers={"Content-Encoding": coding} if coding else {}))
    assert result.outcome is Outcome.FAILED
    assert words in result.message


def test_a_server_that_never_answers_does_not_hold_us() -> None:
    hold = threading.Event()
    result = answered(Answer(hold=hold), FetchLimits(seconds=0.3))
    hold.set()
    assert "longer than 0.3 seconds" in result.message


def test_permanent_moves_are_reported_and_others_not() -> None:
    moves: dict[str, Reply] = {
        "/new": Answer(),
        "/forever": Answer(status=301, headers={"Location": "/new"}),
        "/now": Answer(status=302, headers={"Location": "/new"}),
        "/mixed": Answer(status=308, headers={"Location": "/now"}),
    }
    with serving(moves) as site:
        urls = [site.url(path) for path in ("/forever", "/now", "/mixed")]
        forever, now, mixed = ask(*map(FetchRequest, urls))
    assert (forever.moved, now.moved, mixed.moved) == (site.url("/new"), None, site.url("/now"))
    assert {r.url for r in (forever, now, mixed)} == {site.url("/new")}


def test_secrets_stay_with_the_site_they_are_meant_for() -> None:
    with serving({"/": Answer(), "/same": Answer(status=302, headers={"Location": "/"})}) as other:
        away: Reply = Answer(status=302, headers={"Location": other.url("/")})
        with serving({"/": away}) as site:
            request = FetchRequest(
                site.url("/"), headers={"X-Api-Key": "k", "X-Plain": "p"}, user="ann", password="pw"
            )
            ask(request)
            ask(FetchRequest(other.url("/same"), token="tok"))
    assert site.asked[0][1]["authorization"].startswith("Basic ")
    assert site.asked[0][1]["x-api-key"] == "k"
    away_headers = other.asked[0][1]
    assert "authorization" not in away_headers and "x-api-key" not in away_headers
    assert "x-plain" not in away_headers
    assert [headers.get("authorization") for _, headers in other.asked[1:]] == ["Bearer tok"] * 2


def test_cookies_do_not_come_back() -> None:
    with serving({"/": Answer(headers={"Set-Cookie": "id=1; Path=/"})}) as site:
        ask(FetchRequest(site.url("/")), FetchRequest(site.url("/")))
    assert all("cookie" not in headers for _, headers in site.asked)


def test_a_redirect_from_outside_does_not_lead_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    inside: Reply = Answer(b"SECRET")
    with serving({"/": inside}) as private:
        outside: Reply = Answer(status=302, headers={"Location": private.url("/")})
        with serving({"/": outside}) as site:
            port = site.server.server_address[1]

            async def is_private(address: str) -> bool:
                return f":{port}/" not in address

            monkeypatch.setattr("reader.ingest.net.fetch.is_private", is_private)
            [result] = ask(FetchRequest(site.url("/")))
    assert "private network" in result.message
    assert private.asked == []


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://127.0.0.1/", True),
        ("http://localhost:8080/", True),
        ("http://10.1.2.3/", True),
        ("http://192.168.0.1/", True),
        ("http://169.254.169.254/latest", True),
        ("http://[::1]/", True),
        ("http://[::ffff:10.0.0.1]/", True),
        ("http://0.0.0.0/", True),
        ("http://nas/", True),
        ("http://nas.local/", True),
        ("http://1.1.1.1/", False),
        ("http://[2606:4700::1111]/", False),
    ],
)
def test_private_addresses_are_known(address: str, expected: bool) -> None:
    assert asyncio.run(hops.is_private(address)) is expected


def test_feeds_are_found_on_pages() -> None:
    page = (
        b"<html><head><link rel=alternate type='application/rss+xml' title='News' href='/f.rss'>"
        b"<link rel='alternate' type='application/atom+xml' href='https://a.example/f.atom'>"
        b"<link rel=alternate type='application/rss+xml' href='file:///etc/passwd'>"
        b"<link rel=stylesheet href=/x.css></head><body><a href=/rss.xml>RSS</a>"
    )
    html = answered(Answer(page))
    assert [
        (f.url.rpartition(":")[2].lstrip("0123456789"), f.title) for f in feeds_on_page(html)
    ] == [
        ("/f.rss", "News"),
        ("//a.example/f.atom", ""),
    ]


def feedserver() -> ModuleType | None:
    path = SHARED / "hostile" / "feedserver.py"
    if not path.is_file():
        return None
    spec = importlib.util.spec_from_file_location("feedserver", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def feed_in(result: FetchResult) -> list[Intake]:
    """What the body gives when it is read as a file would be."""
    return list(read_stream(io.BytesIO(result.body)))


def is_whole_feed(result: FetchResult) -> bool:
    found = feed_in(result)
    broken = any(isinstance(one, IntakeFailure) and "entries" not in one.message for one in found)
    return not broken and sniff(result.body[:HEAD]) in (Kind.FEED, Kind.JSON, Kind.JSON_LINES)


BAD = {
    "/etag-lies.rss", "/redirect/loop", "/redirect/pingpong", "/redirect/file", "/redirect/ftp",
    "/redirect/js", "/redirect/none", "/redirect/crlf", "/redirect/other", "/status/404",
    "/status/401", "/status/403", "/status/500", "/status/999", "/status/204", "/slow/headers",
    "/slow/drip", "/slow/stall", "/hang", "/endless/body", "/endless/headers", "/endless/chunked",
    "/bad/close", "/bad/reset-half", "/bad/length-long", "/bad/length-negative", "/bad/length-two",
    "/bad/chunk-trunc", "/bad/chunk-size", "/bad/chunk-junk", "/bad/status-line",
    "/bad/header-huge", "/bad/header-many", "/bad/cookies", "/gzip/bomb", "/gzip/trunc",
    "/deflate/bomb", "/br/junk",
}  # fmt: skip
NO_FEED = {"/", "/page.html", "/robots.txt", "/canary", "/type/binary", "/bad/length-short"}
OTHER = {
    "/status/410": Outcome.GONE,
    **dict.fromkeys(
        ("/status/503", "/status/429", "/status/429-date", "/status/429-huge"), Outcome.LATER
    ),
}


def test_every_path_of_the_bad_server_behaves_as_its_listing_says() -> None:
    module = feedserver()
    if module is None:  # the server is not part of this project; the tests above stand in
        return
    patient, hasty = FetchLimits(), FetchLimits(seconds=1, read_seconds=1)
    paths = [p for p in module.PATHS if p not in ("/slow/first", "/redirect/chain/N")]
    paths.append("/redirect/chain/9")

    async def run(server: object) -> list[FetchResult]:
        async with new_client(patient) as client:
            gate = asyncio.Semaphore(12)

            async def one(path: str) -> FetchResult:
                limits = hasty if path.startswith(("/slow", "/hang")) else patient
                async with gate:
                    request = FetchRequest(server.url(path))  # type: ignore[attr-defined]
                    return await fetch(client, request, limits)

            return list(await asyncio.gather(*map(one, paths)))

    with module.FeedServer(hold=3) as server:
        results = dict(zip(paths, asyncio.run(run(server)), strict=True))
        asked = [entry["path"] for entry in server.log]
    for path, result in results.items():
        if path in ("/endless/body", "/endless/chunked") and result.body:
            assert not is_whole_feed(result)  # a slow machine: the server gave up before we did
            continue
        expected = Outcome.FAILED if path in BAD else OTHER.get(path, Outcome.FRESH)
        assert result.outcome is expected, (path, result.message)
        assert clean_line(result.message) == result.message
        assert "hunter2" not in repr((result.url, result.moved, result.message))
        if result.outcome is Outcome.FRESH and path not in NO_FEED:
            assert is_whole_feed(result), path
        elif result.outcome is Outcome.FRESH:
            assert not is_whole_feed(result), path
    assert [path for path in asked if path.startswith("/canary")] == ["/canary"]
