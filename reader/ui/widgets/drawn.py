"""A widget that draws its own lines."""

from __future__ import annotations

from textual.strip import Strip
from textual.widget import Widget

from reader.ui.looks import looks_of


class Drawn(Widget):
    """Puts the lines that a subclass draws on the palette's ground, filled to the full width;
    Textual does neither for lines that a widget renders itself."""

    def draw_line(self, y: int) -> Strip:
        """Line `y` of the widget, of any length up to its width."""
        return Strip([])

    def render_line(self, y: int) -> Strip:
        """Textual's line API."""
        return looks_of(self).on_ground(self.draw_line(y), self.size.width)
