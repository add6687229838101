"""Feeds and pages from bytes to articles, in processes of their own.

What strangers send is parsed where it can be stopped: a process that takes too long is ended, and
only that feed fails. It also lets two feeds be parsed at once while a third one is stored. The
child is this module, run with `-P` so that it never imports from the folder it is started in.
"""

from __future__ import annotations

import gc
import marshal
import pickle
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import IO, Final, TypeAlias

from reader.core.article import Article
from reader.core.quotation import Extraction
from reader.errors import IntakeError
from reader.storage.preparing import PreparedArticle, prepared

_AHEAD: Final = 20
"""Articles that are sent ahead: read in 15 ms, where all 400 of a feed take 0.25 s."""

_PART: Final = 400
"""Articles in a part of a long feed; no side ever holds more of it ready."""

MEMORY: Final = 2 << 30
"""Bytes of address space of a child: a tree takes some thirty times its document."""


@dataclass(frozen=True, slots=True)
class FeedBytes:
    """An answer that should be a feed."""

    data: bytes
    address: str
    """Where it came from in the end; what links are resolved against."""

    origin: str
    """What its articles carry as their feed."""

    charset: str | None = None
    outlet: str | None = None
    since: int | None = None
    """Articles that appeared before this (epoch seconds) are left out."""

    teasers: bool = False
    """Whether it is asked which of its articles are only begun in it."""

    in_parts: bool = False
    """Whether it is sent part by part where it is long."""

    in_haste: bool = False
    """Whether somebody waits for its first articles: then the first part of it is a small one."""


@dataclass(frozen=True, slots=True)
class FeedRead:
    """What was found in it."""

    title: str | None = None
    articles: tuple[PreparedArticle, ...] = ()
    """Ready to be stored: what that takes is done here, where nothing waits for it."""

    teasers: frozenset[int] = frozenset()
    """Which of `articles`, counted from 0, are only begun in the feed; if that was asked."""

    problem: str | None = None
    """Why it is no feed, or what is wrong with it although it was read."""

    usable: bool = True
    """Whether it is a feed at all."""

    whole: bool = True
    """Whether all of it could be read, so that the next answer may be compared with it."""

    feeds: tuple[str, ...] = ()
    """The addresses of the feeds that it names, where it is a web page."""

    more: bool = False
    """Whether this is a part only, and other articles are on their way."""


@dataclass(frozen=True, slots=True)
class PageBytes:
    """An article's page, as it came."""

    data: bytes
    address: str
    charset: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class PageRead:
    """What was found on it."""

    article: Article | None = None
    problem: str | None = None
    """Why there is no article."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts that are to be asked who said what in them."""

    texts: tuple[str, ...]


Asked: TypeAlias = FeedBytes | PageBytes | Texts
Answer: TypeAlias = FeedRead | PageRead | tuple[Extraction, ...]
Ahead: TypeAlias = Callable[[FeedRead], object]
"""What takes a part of a feed before the rest is read."""


def extract(given: Texts) -> tuple[Extraction, ...]:
    """What the engine finds in each text."""
    from reader.extraction.engine import default_engine

    engine = default_engine()
    return tuple(engine.extract(text) for text in given.texts)


def read_page(given: PageBytes) -> PageRead:
    """Read an article's page. Never raises for what is in it."""
    from reader.ingest.pages.page import read_page as read

    try:
        article = read(given.data, outlet=given.outlet, url=given.address, declared=given.charset)
        return PageRead(article)
    except IntakeError as error:
        return PageRead(problem=str(error))
    except RecursionError:
        return PageRead(problem="is nested too deeply")
    except MemoryError:
        return PageRead(problem="needs more memory than there is")


def read_feed(given: FeedBytes, ahead: Ahead | None = None) -> FeedRead:
    """Read a feed of any kind. Never raises for what is in it.

    With `ahead`, that is handed the articles part by part as they are read; what is returned then
    holds the last ones.
    """
    try:
        return _read(given, ahead)
    except IntakeError as error:
        return FeedRead(problem=str(error), usable=False)
    except RecursionError:
        return FeedRead(problem="is nested too deeply", usable=False)
    except MemoryError:
        return FeedRead(problem="needs more memory than there is", usable=False)


def _read(given: FeedBytes, ahead: Ahead | None) -> FeedRead:
    from reader.core.dates import sort_key
    from reader.core.text import clean_line
    from reader.ingest.feeds.entries import articles_of
    from reader.ingest.feeds.json_feed import is_json_feed, json_feed
    from reader.ingest.feeds.xml_feed import read_xml_feed
    from reader.ingest.feeds.xml_tree import without_junk
    from reader.ingest.markup import plain_title
    from reader.ingest.records import load_json
    from reader.ingest.sniff import HEAD, Kind, sniff

    data = given.data
    kind = sniff(data[:HEAD])
    if kind in (Kind.TEXT, Kind.HTML) and (inner := without_junk(data)) is not data:
        data, kind = inner, Kind.FEED
    if kind in (Kind.FEED, Kind.XML):
        feed = read_xml_feed(data, given.charset)
    elif kind in (Kind.JSON, Kind.JSON_LINES):
        from reader.ingest.encoding import decode

        value = load_json(decode(data))
        if not (isinstance(value, dict) and is_json_feed(value)):
            raise IntakeError("is JSON, but not a feed")
        feed = json_feed(value)
    elif kind is Kind.HTML:
        named = _named_in_page(given)
        what = f"is a web page, not a feed{'' if named else ', and names none'}"
        return FeedRead(problem=what, usable=False, feeds=named)
    else:
        raise IntakeError(f"is {kind}, not a feed")
    articles = (
        replace(one, feed=given.origin, path=None)
        for one in articles_of(feed, name=given.address, outlet=given.outlet, address=given.address)
        if isinstance(one, Article)
        and (given.since is None or not 0 < sort_key(one.published) < given.since)
    )
    problem = None
    if feed.left_out:
        problem = f"is very long; its last {feed.left_out:,} entries were left out"
    if feed.problem:
        problem = feed.problem
    title = clean_line(plain_title(feed.title[:2000]), 200) or None

    def part(articles: Sequence[Article], *, more: bool = False) -> FeedRead:
        teasers = _teasers(articles) if given.teasers else frozenset()
        rows = tuple(map(prepared, articles))
        return FeedRead(title, rows, teasers, problem, whole=not feed.problem, more=more)

    if ahead is not None:
        size = _AHEAD if given.in_haste else _PART
        while len(some := list(islice(articles, size))) == size:
            ahead(part(some, more=True))
            size = _PART
        return part(some)
    return part(list(articles))


def _teasers(articles: Sequence[Article]) -> frozenset[int]:
    from reader.ingest.net.full_text import is_teaser

    return frozenset(n for n, one in enumerate(articles) if one.url and is_teaser(one))


def _named_in_page(given: FeedBytes) -> tuple[str, ...]:
    """The addresses of the feeds that a page names."""
    from reader.ingest.net.discovery import feeds_on_page
    from reader.ingest.net.results import FetchRequest, FetchResult, Outcome

    page = FetchResult(
        FetchRequest(given.address),
        Outcome.FRESH,
        body=given.data,
        url=given.address,
        charset=given.charset,
    )
    return tuple(found.url for found in feeds_on_page(page))


def serve(asked: IO[bytes], answered: IO[bytes]) -> None:
    """Read what comes on one stream and answer on the other, until the first one ends."""
    # Trees of many small objects: the collector takes a fifth of the time, so it runs only when
    # an answer has gone out.
    import lxml.etree  # type: ignore[import-untyped]  # noqa: F401  (ready for the first feed)

    from reader.ingest.feeds import entries, xml_feed  # noqa: F401

    def send(answer: Answer) -> None:
        pickle.dump(packed(answer), answered, pickle.HIGHEST_PROTOCOL)
        answered.flush()

    gc.disable()
    gc.freeze()
    while True:
        try:
            given = pickle.load(asked)
        except EOFError:
            return
        send(_answer(given, send))
        gc.collect()


def _answer(given: Asked, send: Ahead) -> Answer:
    if isinstance(given, FeedBytes):
        return read_feed(given, send if given.in_parts else None)
    return extract(given) if isinstance(given, Texts) else read_page(given)


def packed(answer: Answer) -> object:
    """An answer in the form in which it is sent.

    Rows of plain values are packed six times as quickly as the articles that they are made of.
    """
    if isinstance(answer, FeedRead):
        return replace(answer, articles=()), marshal.dumps([tuple(one) for one in answer.articles])
    return answer


def unpacked(answer: object) -> object:
    """What was sent in the form of `packed`."""
    match answer:
        case (FeedRead() as feed, bytes(rows)):
            return replace(feed, articles=tuple(map(PreparedArticle._make, marshal.loads(rows))))
    return answer


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    # Run as a module of its own name, so that both ends mean the same classes.
    from reader.feeds import parsing

    _limit_memory()
    parsing.serve(sys.stdin.buffer, sys.stdout.buffer)
