"""Many fetches at a time, full texts, and when to ask again."""

from __future__ import annotations

import asyncio
import threading
from contextlib import ExitStack
from dataclasses import replace

import pytest

from reader.core.article import Article
from reader.errors import IntakeError
from reader.ingest.net.fetch import new_client
from reader.ingest.net.full_text import Robots, fetch_page, is_teaser, with_text_of
from reader.ingest.net.refresh import refresh_all
from reader.ingest.net.results import FetchLimits, FetchRequest, Outcome
from reader.ingest.net.retry import DAY, retry_after
from reader.ingest.pages.page import read_page
from tests.ingest.net.loopback import Answer, Reply, Site, serving
from tests.ingest.pages.newsrooms import PARAGRAPHS, TEXT

LIMITS = FetchLimits(seconds=10)
PAGE = f"<title>Pier</title><article><h1>Pier</h1><p>By Ann Reed</p>{TEXT}</article>".encode()


def test_all_come_back_and_no_host_is_asked_twice_at_a_time() -> None:
    with serving({f"/{n}": Answer() for n in range(40)}) as site:
        requests = [FetchRequest(site.url(f"/{n}")) for n in range(40)]
        results = list(refresh_all(requests, limits=LIMITS))
    assert {r.request.url for r in results} == {r.url for r in requests}
    assert {r.outcome for r in results} == {Outcome.FRESH}
    assert site.most_at_once == 1


def test_eight_hosts_are_asked_at_a_time() -> None:
    eight = threading.Barrier(8)
    lock = threading.Lock()
    now: list[int] = [0, 0]

    def reply(_: dict[str, str]) -> Answer:
        with lock:
            now[0] += 1
            now[1] = max(now)
        eight.wait(10)
        with lock:
            now[0] -= 1
        return Answer()

    with ExitStack() as stack:
        sites = [stack.enter_context(serving({"/": reply})) for _ in range(16)]
        requests = [FetchRequest(site.url("/")) for site in sites]
        results = list(refresh_all(requests, limits=LIMITS))
    assert {result.outcome for result in results} == {Outcome.FRESH}
    assert now[1] == 8


def test_one_slow_host_does_not_hold_up_the_others() -> None:
    hold = threading.Event()
    with serving({"/": Answer(hold=hold)}) as slow, serving({"/": Answer()}) as quick:
        stream = refresh_all(map(FetchRequest, (slow.url("/"), quick.url("/"))), limits=LIMITS)
        assert next(stream).request.url == quick.url("/")
        hold.set()
        assert next(stream).request.url == slow.url("/")


def test_it_can_be_stopped_and_broken_off() -> None:
    hold = threading.Event()
    stop = threading.Event()
    with serving({"/": Answer(hold=hold), "/quick": Answer()}) as site:
        stop.set()
        assert list(refresh_all([FetchRequest(site.url("/"))], limits=LIMITS, stop=stop)) == []
        for _ in refresh_all([FetchRequest(site.url("/quick"))] * 5, limits=LIMITS):
            break
        hold.set()
    assert list(refresh_all([])) == []


def full_text(site: Site, article: Article) -> Article:
    async def run() -> Article:
        async with new_client(LIMITS) as client:
            result = await fetch_page(client, article, Robots())
            return with_text_of(article, read_page(result.body, url=result.url))

    return asyncio.run(run())


def teaser(url: str | None) -> Article:
    return Article(title="Pier", body="It opened.", url=url, feed="http://127.0.0.1/feed", guid="g")


def test_a_teaser_gets_the_text_of_its_page() -> None:
    with serving({"/pier": Answer(PAGE)}) as site:
        article = full_text(site, teaser(site.url("/pier")))
    assert article.body == "\n\n".join(PARAGRAPHS)
    assert (article.byline, article.guid) == (("Ann Reed",), "g")
    assert site.paths() == ["/robots.txt", "/pier"]


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        (Answer(b"User-agent: *\nDisallow: /pier"), False),
        (Answer(b"User-agent: onrecord\nDisallow: /\n\nUser-agent: *\nAllow: /"), False),
        (Answer(b"User-agent: *\nDisallow: /private/"), True),
        (Answer(b"no", 404), True),
        (Answer(b"no", 500), False),
    ],
)
def test_robots_files_are_kept_to(robots: Reply, allowed: bool) -> None:
    with serving({"/pier": Answer(PAGE), "/robots.txt": robots}) as site:
        if allowed:
            assert full_text(site, teaser(site.url("/pier"))).body
        else:
            with pytest.raises(IntakeError, match=r"robots\.txt"):
                full_text(site, teaser(site.url("/pier")))
    assert ("/pier" in site.paths()) is allowed


def test_a_feed_from_outside_cannot_make_us_look_inside() -> None:
    with serving({"/pier": Answer(PAGE)}) as site:
        article = replace(teaser(site.url("/pier")), feed="http://1.1.1.1/feed")
        with pytest.raises(IntakeError, match="private network"):
            full_text(site, article)
    assert site.paths() == []


def test_teasers_are_told_from_stories() -> None:
    assert is_teaser(teaser(None))
    assert is_teaser(replace(teaser(None), body="Long text. " * 90 + "[…]"))
    assert not is_teaser(replace(teaser(None), body="\n\n".join(PARAGRAPHS), blocks=()))


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("120", 120),
        ("Tue, 03 Mar 2026 10:02:00 GMT", 120),
        ("Tue, 03 Mar 2020 10:00:00 GMT", 0),
        ("9" * 5000, DAY),
        ("-5", None),
        ("١٢", None),
        (None, None),
    ],
)
def test_retry_after_is_read_in_both_forms(header: str | None, expected: int | None) -> None:
    assert retry_after(header, now=1772532000) == expected
