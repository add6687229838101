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
from reader.feeds.parsers import Parsers
from reader.feeds.parsing import PageBytes

if TYPE_CHECKING:
    import httpx

    from reader.ingest.net.full_text import Robots

AT_ONCE: Final = 8
_WAITING: Final = 8


@dataclass(frozen=True, slots=True)
class WantedPage:
    """An article whose page is wanted, and how its feed is to be asked."""

    id: int
    article: Article
    user_agent: str | None = None
    proxy: str | None = None


@dataclass(frozen=True, slots=True)
class FullText:
    """What came of one article's page."""

    id: int
    article: Article | None = None
    """The article with the page's text; None where there is none to be had."""

    problem: str | None = None
    can_come: bool = False
    """Whether it is worth another try."""


def full_texts(wanted: Iterable[WantedPage], parsers: Parsers) -> Iterator[FullText]:
    """Fetch the pages of these articles, as far as robots are welcome.

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
    todo: list[WantedPage],
    parsers: Parsers,
    came: queue.Queue[FullText | BaseException | None],
    ended: threading.Event,
) -> None:
    from reader.ingest.net.fetch import USER_AGENT, new_client
    from reader.ingest.net.full_text import PAGE_LIMITS, Robots

    hosts: dict[str, list[WantedPage]] = {}
    for one in todo:
        hosts.setdefault((urlsplit(one.article.url or "").hostname or ""), []).append(one)
    ways = {one.proxy: new_client(PAGE_LIMITS, one.proxy) for one in todo}
    robots = {(one.proxy, one.user_agent): Robots(one.user_agent or USER_AGENT) for one in todo}
    room = asyncio.Semaphore(AT_ONCE)

    async def host(pages: list[WantedPage]) -> None:
        async with room:
            for page in pages:
                if ended.is_set():
                    return
                rules = robots[page.proxy, page.user_agent]
                came_of_it = await _one(ways[page.proxy], rules, parsers, page)
                await asyncio.to_thread(_put, came, came_of_it, ended)

    try:
        await asyncio.gather(*map(host, hosts.values()))
    finally:
        for client in ways.values():
            await client.aclose()


async def _one(
    client: httpx.AsyncClient, robots: Robots, parsers: Parsers, wanted: WantedPage
) -> FullText:
    from reader.ingest.net.full_text import fetch_page, with_text_of

    id, article = wanted.id, wanted.article
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
    except IntakeError:
        return FullText(id)  # the feed has all of it already, which is no trouble


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
