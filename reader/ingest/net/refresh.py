"""Many fetches at a time: eight at once, one per host, results as they come."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from reader.ingest.net.fetch import fetch, new_client
from reader.ingest.net.results import FetchLimits, FetchRequest, FetchResult
from reader.ingest.net.room import AT_ONCE as LARGE_AT_ONCE
from reader.ingest.net.room import Room
from reader.ingest.net.weighing import WeighedQueue

if TYPE_CHECKING:
    import httpx

AT_ONCE: Final = 8
_APART: Final = 0.04
"""Seconds between the first requests of a refresh, until the first result is there: eight feeds of
2 MB that came together took 0.38 s until one of them was whole, the first alone 0.06 s."""

_WAITING: Final = 8 << 20
"""Bytes of results that may wait to be taken; with bodies of 20 MB at most, and few large ones
under way (see `room`), that bounds the memory."""


async def refresh(
    requests: Iterable[FetchRequest],
    *,
    limits: FetchLimits | None = None,
    at_once: int = AT_ONCE,
) -> AsyncIterator[FetchResult]:
    """Yield the result of each request as it comes, never two at a time from the same host.

    Fetching waits when the results are not taken. Breaking off the iteration ends what is under
    way.
    """
    bounds = limits or FetchLimits()
    hosts: dict[str, deque[FetchRequest]] = {}
    for request in requests:
        hosts.setdefault(urlsplit(request.url).netloc.lower(), deque()).append(request)
    ready = deque(hosts.values())
    left = sum(map(len, ready))
    results: asyncio.Queue[FetchResult] = asyncio.Queue(1)
    more = asyncio.Condition()
    clients: dict[str | None, httpx.AsyncClient] = {None: new_client(bounds)}
    begun = asyncio.Event()
    large = asyncio.Semaphore(LARGE_AT_ONCE)

    async def work(number: int) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(begun.wait(), number * _APART)
        while True:
            async with more:
                await more.wait_for(lambda: bool(ready))
                waiting = ready.popleft()
            request = waiting.popleft()
            if request.proxy not in clients:
                clients[request.proxy] = new_client(bounds, request.proxy)
            async with Room(large) as room:
                result = await fetch(clients[request.proxy], request, bounds, room)
                begun.set()
                await results.put(result)
            if waiting:
                async with more:
                    ready.append(waiting)
                    more.notify()

    workers = [asyncio.create_task(work(n)) for n in range(min(at_once, max(1, len(hosts))))]
    try:
        while left:
            getting = asyncio.ensure_future(results.get())
            done, _ = await asyncio.wait([getting, *workers], return_when=asyncio.FIRST_COMPLETED)
            if getting not in done:  # a worker has ended, which it does only by an error
                getting.cancel()
                for worker in workers:
                    if worker.done():
                        worker.result()
            yield await getting
            left -= 1
    finally:
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        for client in clients.values():
            await client.aclose()


def _weight(item: FetchResult | BaseException | None) -> int:
    return len(item.body) if isinstance(item, FetchResult) else 0


def refresh_all(
    requests: Iterable[FetchRequest],
    *,
    limits: FetchLimits | None = None,
    at_once: int = AT_ONCE,
    stop: threading.Event | None = None,
) -> Iterator[FetchResult]:
    """Yield the results of `refresh` to code that is not asynchronous; fetching goes on meanwhile.

    A thread of its own fetches while the caller works on what it was given. When `stop` is set, or
    the iteration is broken off, what is under way is dropped.
    """
    wanted = list(requests)
    ended = stop or threading.Event()
    taken: queue.Queue[FetchResult | BaseException | None] = WeighedQueue(_weight, _WAITING)
    closed = threading.Event()

    def put(item: FetchResult | BaseException | None) -> None:
        while not closed.is_set():
            try:
                taken.put(item, timeout=0.1)
                return
            except queue.Full:
                continue

    async def run() -> None:
        stream = refresh(wanted, limits=limits, at_once=at_once)
        async for result in stream:
            if ended.is_set() or closed.is_set():
                await stream.aclose()  # type: ignore[attr-defined]
                return
            await asyncio.to_thread(put, result)

    async def watched() -> None:
        task = asyncio.create_task(run())
        while not task.done():
            await asyncio.wait([task], timeout=0.1)
            if ended.is_set() or closed.is_set():
                task.cancel()
        if not task.cancelled():
            task.result()

    def body() -> None:
        try:
            asyncio.run(watched())
        except asyncio.CancelledError:
            pass
        except Exception as error:  # carried to the caller's thread, which raises it again
            put(error)
        put(None)

    thread = threading.Thread(target=body, name="onrecord-fetch", daemon=True)
    thread.start()
    try:
        while True:
            item = taken.get()
            if item is None:
                return
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        closed.set()
        thread.join(5)
