"""One line with the saved searches and what is unread in each; there only when some are saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from reader.core.folders import SearchFolder
from reader.ui.cells import fit
from reader.ui.looks import looks_of
from reader.ui.widgets.drawn import Drawn

_LONGEST = 20
"""Cells of a folder's name."""


class FolderStrip(Drawn):
    """All news, then the folders by name; the one that is listed is marked."""

    DEFAULT_CSS = "FolderStrip { height: 1; display: none; }"

    @dataclass
    class FolderClicked(Message):
        """A folder was clicked on; None stands for all news."""

        name: str | None

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._folders: tuple[SearchFolder, ...] = ()
        self._unread = 0
        self._current: str | None = None
        self._is_all = False

    def show(self, folders: Sequence[SearchFolder], unread: int) -> None:
        """Show other counts; `unread` of all news."""
        if (tuple(folders), unread) != (self._folders, self._unread):
            self._folders, self._unread = tuple(folders), unread
            self.display = bool(folders)
            self.refresh()

    def show_current(self, name: str | None, *, is_all: bool) -> None:
        """Mark what is listed: a folder, all news, or neither."""
        if (name, is_all) != (self._current, self._is_all):
            self._current, self._is_all = name, is_all
            self.refresh()

    def _items(self) -> list[tuple[str | None, str, int]]:
        """Name (None for all news), what it is called, and how much is unread."""
        return [
            (None, "All news", self._unread),
            *((f.name, fit(f.name, _LONGEST), f.unread) for f in self._folders),
        ]

    def _visible(self) -> tuple[list[tuple[int, int, int]], int]:
        """Which items fit: their number, first cell and width, and how many are left out. The one
        that is listed is always among them."""
        items = self._items()
        widths = [cell_len(_words(called, unread)) + 2 for _, called, unread in items]
        current = next((n for n, item in enumerate(items) if item[0] == self._current), 0)
        room = self.size.width - (6 if sum(widths) > self.size.width else 0)
        first = 0
        while first < current and sum(widths[first : current + 1]) > room:
            first += 1
        shown: list[tuple[int, int, int]] = []
        at = 0
        for number in range(first, len(items)):
            if at + widths[number] > room and shown:
                break
            shown.append((number, at, widths[number]))
            at += widths[number]
        return shown, len(items) - len(shown)

    def draw_line(self, y: int) -> Strip:
        """The line."""
        looks = looks_of(self)
        items = self._items()
        segments = []
        shown, left_out = self._visible()
        for number, _, width in shown:
            name, called, unread = items[number]
            here = name == self._current if name is not None else self._is_all
            style = looks.key if here else looks.text if unread else looks.muted
            words = fit(("▸" if here else " ") + _words(called, unread), width - 1)
            segments.append(Segment(f"{words} ", style))
        if left_out:
            segments.append(Segment(f" +{left_out}", looks.faint))
        return Strip(segments)

    def on_click(self, event: events.Click) -> None:
        """Open what was clicked on."""
        items = self._items()
        for number, at, width in self._visible()[0]:
            if at <= event.x < at + width:
                self.post_message(self.FolderClicked(items[number][0]))


def _words(called: str, unread: int) -> str:
    return f"{called} {unread:,}" if unread else called
