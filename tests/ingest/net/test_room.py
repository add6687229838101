"""Room for large bodies."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack

from reader.ingest.net.refresh import refresh_all
from reader.ingest.net.results import FetchLimits, FetchRequest, Outcome
from reader.ingest.net.room import LARGE, Room
from tests.ingest.net.loopback import Answer, serving


def test_a_large_body_waits_for_room_and_the_wait_is_not_counted() -> None:
    async def run() -> list[str]:
        said = []
        shared = asyncio.Semaphore(1)
        await shared.acquire()
        asyncio.get_running_loop().call_later(0.2, shared.release)
        async with asyncio.timeout(0.1) as clock, Room(shared) as room:
            await room.make(LARGE, clock)
            said.append(f"a small one: {shared.locked()}")
            await room.make(LARGE + 1, clock)
            await room.make(LARGE + 2, clock)
            said.append(f"a large one: {shared.locked()}")
        said.append(f"afterwards: {shared.locked()}")
        return said

    assert asyncio.run(run()) == [
        "a small one: True",
        "a large one: True",
        "afterwards: False",
    ]


def test_large_feeds_of_many_hosts_all_come() -> None:
    body = b"<rss>" + b" " * (2 * LARGE) + b"</rss>"
    with ExitStack() as stack:
        hosts = [stack.enter_context(serving({"/": Answer(body)})) for _ in range(6)]
        requests = [FetchRequest(host.url("/")) for host in hosts]
        results = list(refresh_all(requests, limits=FetchLimits(seconds=10)))
    assert [result.outcome for result in results] == [Outcome.FRESH] * 6
    assert {len(result.body) for result in results} == {len(body)}
