"""The thin lines of the screen: rules between the panes, and the status line."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip

from reader.ui.cells import fit
from reader.ui.looks import looks_of
from reader.ui.widgets.drawn import Drawn


class HorizontalRule(Drawn):
    """A line across the screen, with joints where the rules between the panes meet it."""

    DEFAULT_CSS = "HorizontalRule { height: 1; }"

    def __init__(self, joint: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._joint = joint
        self._joints: tuple[int, ...] = ()

    def set_joints(self, columns: tuple[int, ...]) -> None:
        """The columns where a vertical rule meets this one."""
        if columns != self._joints:
            self._joints = columns
            self.refresh()

    def draw_line(self, y: int) -> Strip:
        """The line."""
        cells = ["─"] * self.size.width
        for column in self._joints:
            if 0 <= column < len(cells):
                cells[column] = self._joint
        return Strip([Segment("".join(cells), looks_of(self).rule)])


class VerticalRule(Drawn):
    """The line between two panes."""

    DEFAULT_CSS = "VerticalRule { width: 1; height: 1fr; }"

    def draw_line(self, y: int) -> Strip:
        """One cell of it."""
        return Strip([Segment("│", looks_of(self).rule)])


class PaneTitle(Drawn):
    """One line over a pane: what it shows, and how many."""

    DEFAULT_CSS = "PaneTitle { height: 1; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._words = ("", "")

    def show(self, left: str, right: str = "") -> None:
        """Set the words at both ends."""
        if self._words != (left, right):
            self._words = (left, right)
            self.refresh()

    def draw_line(self, y: int) -> Strip:
        """The line."""
        looks = looks_of(self)
        left, right = self._words
        width = self.size.width
        room = max(0, width - len(right) - 3)
        left = fit(left, room)
        return Strip(
            [
                Segment(f" {left}".ljust(width - len(right) - 1), looks.heading),
                Segment(right + " ", looks.muted),
            ]
        )


class Notice(Drawn):
    """The line that marks the sample and says how to bring in one's own news, and which
    subscriptions of other readers were found."""

    DEFAULT_CSS = "Notice { height: 1; display: none; }"

    _WORDS = (
        " This is a sample: every story in it is invented.  a brings in your own news "
        "(or: onrecord import PATH)  ·  X removes the sample",
        " A sample, invented.  a: bring in your own news  ·  X: remove the sample",
        " Sample. a: your news · X: remove",
    )

    _offer = ""
    _is_sample = False

    def show(self, shown: bool) -> None:
        """Show the line that marks the sample, or not."""
        self._is_sample = shown
        self.display = shown or bool(self._offer)

    def offer(self, words: str) -> None:
        """Say that news was found on the machine; "" takes the offer back."""
        self._offer = words
        self.display = self._is_sample or bool(words)
        self.refresh()

    @property
    def _wordings(self) -> tuple[str, ...]:
        """What the line says, the longest first."""
        if not self._offer:
            return self._WORDS
        ways = (f" {self._offer}  ·  a brings them in", f" {self._offer} · a: bring in")
        if not self._is_sample:
            return ways
        sample = " This is a sample, invented.  X removes it  · "
        return (sample + ways[0], f" A sample. {ways[0]}", f" Sample.{ways[1]}")

    def draw_line(self, y: int) -> Strip:
        """The longest wording that fits."""
        width = self.size.width
        words = next((w for w in self._wordings if len(w) < width), self._wordings[-1])
        looks = looks_of(self)
        return Strip([Segment(fit(words, width), looks.notice)]).adjust_cell_length(
            width, looks.notice
        )


class StatusLine(Drawn):
    """Left, where one is or what just happened; right, three keys that make sense just now."""

    DEFAULT_CSS = "StatusLine { height: 1; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._where = ""
        self._message = ""
        self._is_error = False
        self._keys: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """What the left end says."""
        return self._message or self._where

    def show_where(self, where: str, keys: tuple[tuple[str, str], ...]) -> None:
        """Set the place, and the keys with their words."""
        if (where, keys) != (self._where, self._keys):
            self._where, self._keys = where, keys
            self.refresh()

    def say(self, message: str, *, error: bool = False) -> None:
        """Say something in place of the place, until `quiet`."""
        if (message, error) != (self._message, self._is_error):
            self._message, self._is_error = message, error
            self.refresh()

    def quiet(self) -> None:
        """Take the message back."""
        self.say("")

    def draw_line(self, y: int) -> Strip:
        """The line. Keys give way to words, but for the last one, the help."""
        looks = looks_of(self)
        width = self.size.width
        left = self.text
        keys = list(self._keys)
        while len(keys) > 1 and _width_of(keys) + len(left) + 4 > width:
            keys.pop(-2)
        room = max(0, width - _width_of(keys) - 2)
        style = looks.error if self._is_error else looks.strong if self._message else looks.muted
        segments = [Segment(" " + fit(left, room - 1), style)]
        hints = [
            segment
            for key, words in keys
            for segment in (
                Segment("  ", looks.muted),
                Segment(key, looks.key),
                Segment(f" {words}", looks.muted),
            )
        ]
        strip = Strip(segments).adjust_cell_length(max(0, width - _width_of(keys) - 1))
        return Strip([*strip, *hints])


def _width_of(keys: list[tuple[str, str]]) -> int:
    return sum(3 + len(key) + len(words) for key, words in keys)
