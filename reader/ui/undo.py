"""Taking back changes of marks. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_KEPT = 100


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was done to articles."""

    words: str
    """What was done, for the status line: "12 marked read"."""

    take_back: Callable[[], object]
    """Makes everything as it was before."""


class UndoHistory:
    """The last changes, the newest on top."""

    def __init__(self) -> None:
        self._changes: list[Change] = []

    def did(self, change: Change) -> None:
        """Remember a change."""
        self._changes = [*self._changes[-_KEPT + 1 :], change]

    def take(self) -> Change | None:
        """The newest change, which is now forgotten; None if there is none."""
        return self._changes.pop() if self._changes else None
