"""Which panes a screen of a given width shows, and how wide they are. Pure."""

from __future__ import annotations

from typing import Literal, NamedTuple

PaneName = Literal["list", "reader", "side"]

WIDE = 120
"""Columns from which all three panes are shown."""

NARROW = 80
"""Columns below which one pane is shown."""


class Panes(NamedTuple):
    """Which panes are shown."""

    list: bool
    reader: bool
    side: bool


def arrange(width: int, focus: PaneName, before: Panes, *, zen: bool) -> Panes:
    """The panes to show at `width` columns while `focus` has the keys.

    Between NARROW and WIDE the reader has one margin: the list, or the sidebar once one has been
    there; going back to the reader changes nothing, so that nothing moves unasked.
    """
    if zen and focus == "reader":
        return Panes(False, True, False)
    if width >= WIDE:
        return Panes(True, True, True)
    if width < NARROW:
        return Panes(focus == "list", focus == "reader", focus == "side")
    if focus == "side":
        return Panes(False, True, True)
    if focus == "reader" and before.side and not before.list:
        return Panes(False, True, True)
    return Panes(True, True, False)


def side_widths(width: int) -> tuple[int, int]:
    """The widths of list and sidebar on a screen of `width` columns; the reader has the rest."""
    if width < NARROW:
        return width, width
    if width < WIDE:
        return max(26, min(34, width * 36 // 100)), max(26, min(34, width * 33 // 100))
    return max(34, min(52, width * 29 // 100)), max(28, min(46, width * 23 // 100))
