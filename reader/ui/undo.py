"""Taking back changes of marks. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mark = Literal["read", "starred"]

_KEPT = 100


@dataclass(frozen=True, slots=True)
class Change:
    """Marks that were changed together."""

    mark: Mark
    value: bool
    """What they were set to."""

    ids: tuple[int, ...]
    """The articles whose mark was the other way before."""

    words: str
    """What was done, for the status line: "12 marked read"."""


class UndoHistory:
    """The last changes, the newest on top."""

    def __init__(self) -> None:
        self._changes: list[Change] = []

    def did(self, change: Change) -> None:
        """Remember a change, unless it changed nothing."""
        if change.ids:
            self._changes = [*self._changes[-_KEPT + 1 :], change]

    def take(self) -> Change | None:
        """The newest change, which is now forgotten; None if there is none."""
        return self._changes.pop() if self._changes else None
