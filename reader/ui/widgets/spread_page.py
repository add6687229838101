"""A page of the side pane: how what is listed is spread, with bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from textual.strip import Strip

from reader.ui.cells import fit, pad
from reader.ui.looks import looks_of
from reader.ui.widgets.line_list import LineList
from reader.ui.wrapping import wrap


@dataclass(frozen=True, slots=True)
class Spread:
    """One value, and how many there are of it."""

    name: str
    count: int
    narrowing: str
    """The words that narrow a search to it."""

    note: str = ""


class SpreadPage(LineList):
    """Values with their numbers and bars."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: Sequence[Spread] = ()
        self.advice = ""
        self._most = 1

    def show(self, rows: Sequence[Spread], advice: str = "") -> None:
        """Show other values; the cursor stays on the value it was on."""
        before = self.row
        self.rows = rows
        self._most = max((row.count for row in rows), default=1)
        self.advice = advice
        same = [n for n, row in enumerate(rows) if before and row.narrowing == before.narrowing]
        self.contents_changed(same[0] if same else 0, at_row=-1)

    @property
    def count(self) -> int:
        """How many values."""
        return len(self.rows)

    @property
    def row(self) -> Spread | None:
        """The value under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def lay_out(self, index: int, width: int) -> list[Strip]:
        """Name and number, a bar below, then the note."""
        looks = looks_of(self)
        row = self.rows[index]
        number = f"{row.count:,}"
        room = max(4, width - len(number) - 5)
        bar = "━" * max(1, round(row.count / self._most * (width - 5)))
        lines = [
            Strip(
                [
                    Segment("  "),
                    Segment(pad(row.name, room), looks.strong),
                    Segment(f" {number} ", looks.muted),
                ]
            ).adjust_cell_length(width),
            Strip([Segment("  "), Segment(fit(bar, width - 4, ""), looks.bar)]).adjust_cell_length(
                width
            ),
        ]
        if row.note:
            lines.append(Strip([Segment("  "), Segment(fit(row.note, width - 4), looks.faint)]))
        return [*lines, Strip([])] if any(other.note for other in self.rows[:1]) else lines

    def cursor_lines(self, index: int) -> tuple[int, int]:
        """All but the blank line."""
        lines = self.item(index)
        return 0, len(lines) - (1 if not lines[-1].cell_length else 0)

    def mark_cursor(self, strip: Strip, line: int) -> Strip:
        """As in the list pane."""
        return looks_of(self).under_cursor(strip, focused=self.has_focus)

    def empty_lines(self, width: int) -> list[Strip]:
        """Why there is nothing."""
        wrapped = wrap(self.advice, max(8, width - 3))
        return [
            Strip([Segment("  " + wrapped.line(self.advice, row), looks_of(self).faint)])
            for row in range(len(wrapped))
        ]
