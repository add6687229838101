"""A list of items of any height that is as quick at 100,000 items as at 100.

What is on screen hangs from an anchor: the item at the top edge and how many of its lines are
above that edge. Nothing ever adds up the heights of all items, so no item is laid out
before it is seen. (At 1,000 rows a Textual `ListView` takes 2.9 s to its first frame, an
`OptionList` of 10,000 rows 0.9 s; this one costs the visible lines only.)
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from reader.ui.widgets.drawn import Drawn

_KEPT_ITEMS = 512
"""Laid-out items kept: several screens each way at 200x60."""


class LineList(Drawn, can_focus=True):
    """The moving, drawing and scrolling; a subclass says how many items there are and draws one."""

    @dataclass
    class CursorMoved(Message):
        """The cursor is on another item, by the user's doing."""

        line_list: LineList
        index: int

    @dataclass
    class Chosen(Message):
        """An item was opened with the mouse."""

        line_list: LineList
        index: int

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.cursor = 0
        self._top = 0
        self._top_line = 0
        self._laid_out: OrderedDict[int, list[Strip]] = OrderedDict()
        self._visible: list[tuple[int, int]] | None = None

    # What a subclass says

    @property
    def count(self) -> int:
        """How many items there are."""
        return 0

    def lay_out(self, index: int, width: int) -> list[Strip]:
        """The lines of one item, `width` cells wide, as they look when the cursor is elsewhere."""
        return [Strip([])]

    def cursor_lines(self, index: int) -> tuple[int, int]:
        """Which of the item's lines the cursor covers: first, and one past the last."""
        return 0, len(self.item(index))

    def mark_cursor(self, strip: Strip, line: int) -> Strip:
        """The look of a line under the cursor."""
        return strip.apply_style(Style(reverse=True))

    def empty_lines(self, width: int) -> list[Strip]:
        """What stands in an empty list: what to do next, in one sentence."""
        return []

    # Contents

    def contents_changed(self, cursor: int, *, at_row: int | None = None) -> None:
        """The items are others now: forget what was laid out, put the cursor on `cursor`.

        That item comes to stand at the row `at_row` of the screen (see `row_of_cursor`), or for -1
        in a list shown from its first item, as far as it can be seen so.
        """
        self.forget()
        self.cursor = max(0, min(cursor, self.count - 1))
        if at_row is not None and at_row >= 0 and self.count:
            self._top, self._top_line = self._anchor_above(self.cursor, at_row)
        elif at_row is not None or self._top >= self.count:
            self._top = self._top_line = 0
        self._fill()
        self._show_cursor()
        self.refresh()

    def forget(self) -> None:
        """Forget what was laid out."""
        self._laid_out.clear()
        self._visible = None

    def items_changed(self, *indexes: int) -> None:
        """The same items look different now (marks, hits): draw them anew where they are.

        With `indexes` only those, which must be as high as before.
        """
        for index in indexes:
            self._laid_out.pop(index, None)
        if indexes:
            self._refresh_items(*indexes)
            return
        self._laid_out.clear()
        self._visible = None
        self.refresh()

    def item(self, index: int) -> list[Strip]:
        """The laid-out lines of an item, at least one."""
        kept = self._laid_out.get(index)
        if kept is None:
            kept = self.lay_out(index, self.size.width) or [Strip([])]
            self._laid_out[index] = kept
            if len(self._laid_out) > _KEPT_ITEMS:
                self._laid_out.popitem(last=False)
        else:
            self._laid_out.move_to_end(index)
        return kept

    # Moving

    def move_to(self, index: int, *, by_user: bool = True) -> None:
        """Put the cursor on an item and bring it into view, drawing as little as possible."""
        index = max(0, min(index, self.count - 1))
        if index == self.cursor or not self.count:
            return
        before, self.cursor = self.cursor, index
        if self._show_cursor():
            self.refresh()
        else:
            self._refresh_items(before, index)
        if by_user:
            self.post_message(self.CursorMoved(self, index))

    def move(self, by: int) -> None:
        """Move the cursor by so many items."""
        self.move_to(self.cursor + by)

    def move_page(self, pages: float) -> None:
        """Move the cursor by pages, at least one item; half a page is 0.5."""
        items = len({index for index, _ in self._map()})
        step = max(1, round(items * abs(pages)) - 1)
        self.move(step if pages > 0 else -step)

    # Scrolling

    def _map(self) -> list[tuple[int, int]]:
        """For each row of the screen the item and its line that stand there."""
        if self._visible is None:
            rows: list[tuple[int, int]] = []
            index, height = self._top, self.size.height
            skip = self._top_line
            while index < self.count and len(rows) < height:
                rows.extend((index, line) for line in range(skip, len(self.item(index))))
                skip = 0
                index += 1
            self._visible = rows[:height]
        return self._visible

    def row_of_cursor(self) -> int | None:
        """The row of the screen at which the item under the cursor begins; None out of sight."""
        for row, (index, _) in enumerate(self._map()):
            if index == self.cursor:
                return row
        return None

    def _anchor_above(self, index: int, rows: int) -> tuple[int, int]:
        """The anchor by which item `index` begins `rows` rows below the top edge."""
        while rows > 0 and index > 0:
            index -= 1
            rows -= len(self.item(index))
        return index, max(0, -rows)

    def _show_cursor(self) -> bool:
        """Bring the item under the cursor into view; whether that scrolled."""
        height = self.size.height
        if not height or not self.count:
            return False
        anchor = (self._top, self._top_line)
        if self.cursor <= self._top:
            self._top, self._top_line = self.cursor, 0
        elif self.cursor > self._top + height:
            self._to_bottom(height)
        else:
            bottom = -self._top_line
            for index in range(self._top, self.cursor + 1):
                bottom += len(self.item(index))
            if bottom > height:
                self._to_bottom(height)
        if (self._top, self._top_line) == anchor:
            return False
        self._visible = None
        return True

    def _fill(self) -> None:
        """Leave no empty rows below the last item while there are items above the first row."""
        height = self.size.height
        index, rows = self._top, -self._top_line
        while index < self.count and rows < height:
            rows += len(self.item(index))
            index += 1
        if rows < height and self.count:
            last = self.count - 1
            above = max(0, height - len(self.item(last)))
            self._top, self._top_line = self._anchor_above(last, above)
            self._visible = None

    def _to_bottom(self, height: int) -> None:
        self._top, self._top_line = self._anchor_above(
            self.cursor, height - len(self.item(self.cursor))
        )

    def scroll_by(self, rows: int) -> None:
        """Scroll the view, for the mouse wheel; the cursor stays where it is."""
        if not self.count:
            return
        if -rows > self._top_line:
            self._top, self._top_line = self._anchor_above(self._top, -rows - self._top_line)
        elif rows < 0:
            self._top_line += rows
        else:
            line = self._top_line + rows
            while self._top < self.count - 1 and line >= len(self.item(self._top)):
                line -= len(self.item(self._top))
                self._top += 1
            self._top_line = min(line, len(self.item(self._top)) - 1)
        self._visible = None
        self.refresh()

    # Drawing

    def _refresh_items(self, *indexes: int) -> None:
        width = self.size.width
        for row, (index, _) in enumerate(self._map()):
            if index in indexes:
                self.refresh(Region(0, row, width, 1))

    def draw_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.size.width
        if not self.count:
            lines = self.empty_lines(width)
            return lines[y] if y < len(lines) else Strip([])
        rows = self._map()
        if y >= len(rows):
            return Strip([])
        index, line = rows[y]
        strip = self.item(index)[line].adjust_cell_length(width)
        if index == self.cursor:
            first, last = self.cursor_lines(index)
            if first <= line < last:
                strip = self.mark_cursor(strip, line - first)
        return strip

    def notify_style_update(self) -> None:
        """Textual's word that the theme has changed."""
        super().notify_style_update()
        self._laid_out.clear()
        self._visible = None

    def on_resize(self, event: events.Resize) -> None:
        """Lay out anew for the new width, the cursor staying in view."""
        self._laid_out.clear()
        self._visible = None
        self._show_cursor()

    def on_focus(self) -> None:
        """The cursor's colour says which pane has the keys."""
        self.refresh()

    def on_blur(self) -> None:
        """See `on_focus`."""
        self.refresh()

    # Mouse

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Three rows a notch, as terminals do."""
        event.stop()
        self.scroll_by(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Three rows a notch, as terminals do."""
        event.stop()
        self.scroll_by(-3)

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; a second one opens."""
        rows = self._map()
        if not 0 <= event.y < len(rows):
            return
        index = rows[event.y][0]
        if index == self.cursor or event.chain > 1:
            self.post_message(self.Chosen(self, index))
        else:
            self.move_to(index)
