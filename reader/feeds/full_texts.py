"""The whole stories of teasers: their pages, fetched side by side and read apart."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from reader.core.article import Article
from reader.errors import IntakeError
from reader.feeds.parsing import PageBytes, Parsers

if TYPE_CHECKING:
    import httpx

    from reader.ingest.net.full_text import Robots

AT_ONCE: Final = 8
_WAITING: Final = 8


@dataclass(frozen=True, slots=True)
class FullText:
    """What came of one article's page."""

    id: int
    article: Article | None = None
    """The article with the page's text; None where there is none to be had."""

    problem: str | None = None
    can_come: bool = False
    """Whether it is worth another try."""


def full_texts(wanted: Iterable[tuple[int, Article]], parsers: Parsers) -> Iterator[FullText]:
    """Fetch the pages of these articles (with their numbers), as far as robots are welcome.

    Eight at a time, one a host; results as they come. Breaking off the iteration ends what is
    under way.
    """
    todo = list(wanted)
    came: queue.Queue[FullText | BaseException | None] = queue.Queue(_WAITING)
    ended = threading.Event()

    def body() -> None:
        last: BaseException | None = None
        try:
            asyncio.run(_all(todo, parsers, came, ended))
        except BaseException as error:  # carried to the thread that takes, which raises it again
            last = error
        _put(came, last, ended)

    threading.Thread(target=body, name="pages", daemon=True).start()
    try:
        while (one := came.get()) is not None:
            if isinstance(one, BaseException):
                raise one
            yield one
    finally:
        ended.set()


async def _all(
    todo: list[tuple[int, Article]],
    parsers: Parsers,
    came: queue.Queue[FullText | BaseException | None],
    ended: threading.Event,
) -> None:
    from reader.ingest.net.fetch import new_client
    from reader.ingest.net.full_text import PAGE_LIMITS, Robots

    hosts: dict[str, list[tuple[int, Article]]] = {}
    for id, article in todo:
        hosts.setdefault((urlsplit(article.url or "").hostname or ""), []).append((id, article))
    client, robots = new_client(PAGE_LIMITS), Robots()
    room = asyncio.Semaphore(AT_ONCE)

    async def host(articles: list[tuple[int, Article]]) -> None:
        async with room:
            for id, article in articles:
                if ended.is_set():
                    return
                one = await _one(client, robots, parsers, id, article)
                await asyncio.to_thread(_put, came, one, ended)

    try:
        await asyncio.gather(*map(host, hosts.values()))
    finally:
        await client.aclose()


async def _one(
    client: httpx.AsyncClient, robots: Robots, parsers: Parsers, id: int, article: Article
) -> FullText:
    from reader.ingest.net.full_text import fetch_page, with_text_of

    try:
        page = await fetch_page(client, article, robots)
    except IntakeError as error:
        return FullText(id, problem=str(error), can_come="robots" not in str(error))
    given = PageBytes(page.body, page.url, page.charset, article.outlet)
    read = await asyncio.to_thread(parsers.read_page, given)
    if read.article is None:
        return FullText(id, problem=read.problem)
    try:
        return FullText(id, with_text_of(article, read.article))
    except IntakeError as error:
        return FullText(id, problem=str(error))


def _put(
    into: queue.Queue[FullText | BaseException | None],
    item: FullText | BaseException | None,
    ended: threading.Event,
) -> None:
    while not ended.is_set():
        try:
            into.put(item, timeout=0.2)
            return
        except queue.Full:
            continue
