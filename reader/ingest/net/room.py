"""Room for large bodies: of eight feeds that come at once, only some may be large.

Eight bodies of 13 MB that were fetched at once, and waited to be read, took the program to 317 MB.
"""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Final, Self

LARGE: Final = 1 << 20
"""Bytes from which a body is large; most feeds have a tenth of that."""

AT_ONCE: Final = 2
"""Large bodies that may be under way, or fetched and not taken yet."""


class Room:
    """What one fetch holds of the room that all of a refresh share; an async context manager."""

    def __init__(self, shared: asyncio.Semaphore) -> None:
        """`shared` has a place for each large body that may be there at once."""
        self._shared = shared
        self._held = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._held:
            self._shared.release()
            self._held = False

    async def make(self, size: int, clock: asyncio.Timeout) -> None:
        """Wait until there is room for a body of `size` bytes; meanwhile the clock stands still."""
        if self._held or size <= LARGE:
            return
        loop = asyncio.get_running_loop()
        left = (clock.when() or loop.time()) - loop.time()
        clock.reschedule(None)
        await self._shared.acquire()
        self._held = True
        clock.reschedule(loop.time() + left)
