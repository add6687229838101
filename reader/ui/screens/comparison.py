"""What has changed: an article's texts as they followed each other, or the copies of its story."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen

from reader.core.article import Article
from reader.errors import ReaderError
from reader.ui.commands import shown_key
from reader.ui.comparison import compare
from reader.ui.keymap import textual_key
from reader.ui.widgets.bars import StatusLine
from reader.ui.widgets.comparison_pane import ComparisonPane
from reader.ui.work import work

if TYPE_CHECKING:
    from reader.ui.keymap import Keymap


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that can be compared."""

    name: str
    """What they are called: "first text → second text"."""

    read: Callable[[], tuple[Article, Article]]
    """Reads the older and the newer one. Raises ReaderError."""


class ComparisonScreen(ModalScreen[None]):
    """Shows one of several pairs; the keys are those of the main screen."""

    def __init__(
        self, pairs: Sequence[Pair], keymap: Keymap, *, chosen: int = 0, measure: int
    ) -> None:
        super().__init__()
        self._pairs = pairs
        self._at = chosen
        self._keymap = keymap
        self._commands = {
            textual_key(key): command for command, keys in keymap.items() for key in keys
        }
        self.pane = ComparisonPane(measure=measure, id="comparison")
        self.status = StatusLine(id="comparison-status")

    def compose(self) -> ComposeResult:
        """The page over a status line."""
        yield self.pane
        yield self.status

    def on_mount(self) -> None:
        """Show the pair that was asked for."""
        self.pane.focus()
        self._show()

    def _show(self) -> None:
        self.status.say("Comparing …")
        work(self, partial(self._compare, self._at), group="compare", exclusive=True)

    async def _compare(self, at: int) -> None:
        pair = self._pairs[at]
        try:
            # A book takes a second or two.
            comparison = await asyncio.to_thread(lambda: compare(*pair.read()))
        except ReaderError as error:
            self.status.say(str(error), error=True)
            return
        self.pane.compare(comparison, pair.name)
        self.status.quiet()
        self._say_where()

    def _say_where(self) -> None:
        total, current = len(self.pane.hits), self.pane.current_hit
        where = "1 change" if total == 1 else f"{total:,} changes"
        if current is not None:
            where = f"change {current + 1:,} of {total:,}"
        if len(self._pairs) > 1:
            where += f" · comparison {self._at + 1} of {len(self._pairs)}"
        hints = [("hit.next", "next change"), ("back", "back")]
        if self._at + 1 < len(self._pairs):
            hints.insert(1, ("move.open", "next texts"))
        elif self._at:
            hints.insert(1, ("move.back", "texts before"))
        shown = [
            (shown_key(self._keymap[name][0]), words) for name, words in hints if self._keymap[name]
        ]
        self.status.show_where(where, tuple(shown))

    def on_key(self, event: events.Key) -> None:
        """Do what a key means on the main screen, as far as it means anything here."""
        command = self._commands.get(event.key, "")
        if command in ("back", "escape", "article.changes"):
            event.stop()
            self.dismiss(None)
        elif command in _MOVES:
            event.stop()
            _MOVES[command](self.pane)
        elif command in _STEPS:
            event.stop()
            by = _STEPS[command]
            if not self.pane.step(by):
                self.status.say("No change " + ("after" if by > 0 else "before") + " this one.")
                return
            self.status.quiet()
            self._say_where()
        elif command in _TURNS and 0 <= self._at + _TURNS[command] < len(self._pairs):
            event.stop()
            self._at += _TURNS[command]
            self._show()


_MOVES: dict[str, Callable[[ComparisonPane], object]] = {
    "move.down": lambda pane: pane.scroll_rows(1),
    "move.up": lambda pane: pane.scroll_rows(-1),
    "move.page_down": lambda pane: pane.scroll_pages(1),
    "move.space": lambda pane: pane.scroll_pages(1),
    "move.page_up": lambda pane: pane.scroll_pages(-1),
    "move.half_down": lambda pane: pane.scroll_pages(0.5),
    "move.half_up": lambda pane: pane.scroll_pages(-0.5),
    "move.first": lambda pane: pane.scroll_start(),
    "move.last": lambda pane: pane.scroll_finish(),
}
_STEPS = {"hit.next": 1, "quotation.next": 1, "hit.previous": -1, "quotation.previous": -1}
_TURNS = {"move.back": -1, "move.open": 1}
