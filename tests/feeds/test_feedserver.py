"""Well- and badly-behaved publishers: each path of a server of them behaves as its listing says.

The server is no part of the project; where it is not at hand there is nothing to ask.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from reader.core.feeds import FeedRow, RefreshOutcome
from reader.feeds.parsers import Parsers
from reader.ingest.net.results import FetchLimits
from reader.library import Library
from tests.feeds.conftest import Newsroom

ROOT = Path(__file__).resolve().parent.parent.parent
SHARED = Path(os.environ.get("ONRECORD_SHARED") or ROOT.parent / "shared")
FILE = SHARED / "hostile" / "feedserver.py"
LIMITS = FetchLimits(seconds=2.5, read_seconds=2)

GOOD = (
    "/feed.rss /feed.atom /feed.json /page.html /etag-weak.rss /etag-evil.rss /grow.rss "
    "/guid-changes.rss /redirect/301 /redirect/302 /redirect/303 /redirect/307 /redirect/308 "
    "/redirect/chain/5 /redirect/creds /gzip/ok /gzip/double /gzip/lies /gzip/undeclared "
    "/charset/wrong /charset/latin1 /charset/unknown /charset/none /type/html /type/image "
    "/esc.rss /bad/header-ctl /private/feed.rss /ssrf.rss"
)
PATIENT = "/status/429-date /status/429-huge /status/410"
"""What is not asked a second time."""

BAD = {
    "not a feed": "/ /robots.txt /type/binary",
    "web address": "/redirect/file /redirect/ftp /redirect/js",
    "where to": "/redirect/none",
    "redirects more than": "/redirect/loop /redirect/pingpong /redirect/chain/50",
    "cannot be reached": "/redirect/other",
    "(401)": "/status/401",
    "answered 40": "/status/403 /status/404 /redirect/crlf",
    "answered": "/status/500 /status/204 /status/999 /bad/header-huge /bad/header-many "
    "/bad/length-negative /bad/length-two /bad/status-line /bad/chunk-junk /bad/cookies "
    "/endless/headers",
    "left alone": "/status/503 /status/429 /status/429-date /status/429-huge",
    "nothing has changed": "/etag-lies.rss",
    "longer|time": "/hang /slow/headers /slow/drip /slow/stall /slow/first",
    "broke off": "/bad/close /bad/reset-half /bad/length-long /bad/chunk-trunc /bad/chunk-size",
    "cut short": "/bad/length-short /gzip/trunc",
    "broken": "/br/junk",
    "larger|longer|time": "/endless/body /endless/chunked /gzip/bomb /deflate/bomb",
}
"""A word of the reason, and the paths that fail for it."""

ELSEWHERE = {"/canary", "/status/410", "/big.rss", "/redirect/chain/N"}
"""What has a test of its own."""


def server() -> ModuleType:
    """The server's module."""
    spec = importlib.util.spec_from_file_location("feedserver", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass
class Visited:
    """A refresh of every path, and a second one."""

    listing: dict[str, str]
    newsroom: Newsroom
    feeds: dict[str, FeedRow]
    first: dict[str, RefreshOutcome]
    second: dict[str, RefreshOutcome]
    log: list[dict[str, object]]


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory, parsers: Parsers) -> Iterator[Visited | None]:
    """All paths spread over sixteen servers, since nobody is asked for two things at a time."""
    if not FILE.exists():
        yield None
        return
    module = server()
    library = Library.open(tmp_path_factory.mktemp("feedserver"))
    newsroom = Newsroom(library, parsers, LIMITS)
    paths = " ".join((GOOD, *BAD.values(), "/status/410")).split()
    with ExitStack() as stack:
        servers = [stack.enter_context(module.FeedServer(max_mb=24, hold=5)) for _ in range(16)]
        feeds = {
            path: newsroom.subscribe(servers[n % 16].url(path)) for n, path in enumerate(paths)
        }
        names = {feed.id: path for path, feed in feeds.items()}
        first = newsroom.refresh()
        again = [feeds[path] for path in f"{GOOD} {PATIENT}".split() if path != "/status/410"]
        second = newsroom.refresh(*again)
        rounds = [{names[id]: o for id, o in one.items()} for one in (first, second)]
        log = [entry for one in servers for entry in one.log]
    yield Visited(dict(module.PATHS), newsroom, feeds, rounds[0], rounds[1], log)
    library.close()


def test_every_path_is_asked(visited: Visited | None) -> None:
    if visited is not None:
        assert set(visited.listing) - set(visited.feeds) - ELSEWHERE == set()
        assert len(visited.first) == len(visited.feeds)


@pytest.mark.parametrize("path", GOOD.split())
def test_a_good_feed_comes_in_and_its_stories_are_there(visited: Visited | None, path: str) -> None:
    if visited is not None:
        outcome = visited.first[path]
        assert outcome.status in ("new", "unchanged"), outcome.message
        assert outcome.feed.articles >= 1
        assert visited.second[path].status in ("new", "unchanged")


@pytest.mark.parametrize(("reason", "paths"), BAD.items(), ids=list(BAD))
def test_a_bad_publisher_fails_for_the_right_reason(
    visited: Visited | None, reason: str, paths: str
) -> None:
    for path in paths.split() if visited is not None else ():
        outcome = visited.first[path]  # type: ignore[union-attr]
        assert outcome.status == "failed", path
        message = outcome.message or ""
        assert any(word in message for word in reason.split("|")), f"{path}: {message}"
        assert message.isprintable()
        assert "hunter2" not in message
        assert outcome.feed.articles == 0


def test_a_feed_that_is_gone_ends(visited: Visited | None) -> None:
    if visited is not None:
        assert visited.first["/status/410"].status == "ended"
        assert [e["path"] for e in visited.log].count("/status/410") == 1


def test_the_second_visit_asks_whether_anything_has_changed(visited: Visited | None) -> None:
    if visited is not None:
        for path in ("/etag-weak.rss", "/feed.rss"):
            headers = [e["headers"] for e in visited.log if e["path"] == path]
            assert any("if-none-match" in h for h in headers), path  # type: ignore[operator]
        assert visited.second["/feed.rss"].status == "unchanged"


def test_changed_identifiers_do_not_flood(visited: Visited | None) -> None:
    if visited is not None:
        assert visited.second["/guid-changes.rss"].new == ()
        assert visited.second["/guid-changes.rss"].feed.articles == 3


def test_nobody_is_asked_again_who_wants_to_be_left_alone(visited: Visited | None) -> None:
    if visited is not None:
        for path in ("/status/429-date", "/status/429-huge"):
            outcome = visited.second[path]
            assert outcome.status == "waiting"
            assert outcome.feed.held - visited.newsroom.now <= 86_400
            assert [e["path"] for e in visited.log].count(path) == 1


def test_no_cookie_comes_back_and_nothing_is_fetched_unasked(visited: Visited | None) -> None:
    if visited is not None:
        assert not [e for e in visited.log if "cookie" in e["headers"]]  # type: ignore[operator]
        assert not [e for e in visited.log if str(e["path"]).startswith("/canary")]
        assert not [e for e in visited.log if "authorization" in e["headers"]]  # type: ignore[operator]
        for path in visited.feeds:
            if path != "/feed.rss" and "/redirect/" not in path:
                assert [e["path"] for e in visited.log].count(path) <= 2, path


def test_nothing_that_came_speaks_to_the_terminal(visited: Visited | None) -> None:
    if visited is not None:
        library = visited.newsroom.library
        for row in library.rows(library.article_ids()):
            assert row.title.isprintable()
        for feed in library.subscriptions.all():
            assert feed.title.isprintable()
            assert (feed.reason or "").isprintable()
            assert "hunter2" not in feed.url


def test_a_very_long_feed_is_cut_and_says_so(parsers: Parsers) -> None:
    if FILE.exists():
        from reader.feeds.parsing import FeedBytes

        data = server().feed(20_000, pad=20)
        read = parsers.read(FeedBytes(data, "https://a.example/", "https://a.example/"))
        assert len(read.articles) == 5_000
        assert "15,000" in (read.problem or "")
