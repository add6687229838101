"""Asking a search again as the archive changes: at once where that is quick, else with pauses."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from time import monotonic
from typing import TYPE_CHECKING, Any

from reader.ui.work import work

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen

_PAUSE = 4
"""So many times as long as it took it is not asked again. While much comes in the archive changes
every second, and all hits of a phrase of common words take longer than that on a slow machine."""


class Repeating:
    """Never asks twice at the same time; of the changes meanwhile, one question is left over."""

    def __init__(
        self, screen: MainScreen, question: Callable[[], Coroutine[Any, Any, None]]
    ) -> None:
        """Ask `question` of `screen`."""
        self._screen = screen
        self._question = question
        self._is_asking = self._is_due = False
        self.after = 0.0
        """Not asked before this time (monotonic)."""

    def ask(self) -> None:
        """Ask now, or as soon as it may be asked."""
        if self._is_due:
            return
        wait = self.after - monotonic()
        if self._is_asking:
            self._is_due = True
        elif wait > 0:
            self._is_due = True
            self._screen.set_timer(wait, self._ask_left_over)
        else:
            self._is_asking = True
            work(self._screen, self._ask, group="search-again")

    def _ask_left_over(self) -> None:
        if self._is_due:
            self._is_due = False
            self.ask()

    async def _ask(self) -> None:
        began = monotonic()
        try:
            await self._question()
        finally:
            now = monotonic()
            self.after = now + _PAUSE * (now - began)
            self._is_asking = False
        self._ask_left_over()
