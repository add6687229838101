"""Queues that hold so many bytes rather than so many things.

Between the network and the disk feeds wait in several places. Eight of 15 MB each took the program
to 272 MB while eight of ten kilobytes took it nowhere; so what may wait is weighed.
"""

from __future__ import annotations

import queue
from collections.abc import Callable
from typing import Final, Generic, TypeVar

Item = TypeVar("Item")

LEAST: Final = 1 << 19
"""What the lightest thing counts for, so that not too many of them wait either."""


class WeighedQueue(queue.Queue[Item], Generic[Item]):
    """A queue that is full once its things weigh as much as it holds; one more may be on top."""

    def __init__(self, weight: Callable[[Item], int], most: int) -> None:
        """`weight` says how many bytes a thing has; `most` is what the queue holds."""
        super().__init__(most)
        self._weight = weight
        self._held = 0

    # The three that `queue.Queue` means to be overridden.

    def _qsize(self) -> int:
        return self._held

    def _put(self, item: Item) -> None:
        self.queue.append((item, max(self._weight(item), LEAST)))
        self._held += self.queue[-1][1]

    def _get(self) -> Item:
        item, weight = self.queue.popleft()
        self._held -= weight
        found: Item = item
        return found
