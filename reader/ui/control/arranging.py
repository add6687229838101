"""Which panes are on screen, what the list's cursor shows beside it, and where one left off."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from textual.timer import Timer

from reader.errors import ReaderError
from reader.ui.layout import PaneName, Panes, arrange, side_widths
from reader.ui.listing import View
from reader.ui.place import PLACE_KEY, Place
from reader.ui.widgets.bars import HorizontalRule

if TYPE_CHECKING:
    from textual.widget import Widget

    from reader.ui.screens.main import MainScreen

_PREVIEW_AFTER = 0.07
"""Seconds the list's cursor must rest before the article is shown: a held key passes by."""

_SAVE_AFTER = 1.0
"""Seconds of rest before the place is written down."""


class Arranging:
    """Shows the panes that fit, gives them the keys, keeps the place."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self.panes = Panes(True, True, False)
        """Which panes are on screen."""
        self._preview: Timer | None = None
        self._save: Timer | None = None

    def arrange_panes(self, focus: PaneName | None = None) -> None:
        """Show the panes that fit, `focus` (by default the pane with the keys) among them."""
        if focus is None:
            name = self._screen.focus_name
            focus = "side" if name in ("sidebar", "spread") else "reader"
            if name in ("list", "search"):
                focus = "list"
        width = self._screen.size.width
        panes = self.panes = arrange(width, focus, self.panes, zen=self._screen.zen)
        list_width, side_width = side_widths(width)
        self._screen.article_list.display, self._screen.reader.display = panes.list, panes.reader
        side = self._screen.query_one("#side")
        side.display = panes.side
        self._screen.query_one("#rule-left").display = panes.list and panes.reader
        self._screen.query_one("#rule-right").display = panes.reader and panes.side
        self._screen.article_list.styles.width = list_width if panes.reader else "1fr"
        side.styles.width = side_width if panes.reader else "1fr"
        joints = []
        if panes.list and panes.reader:
            joints.append(list_width)
        if panes.reader and panes.side:
            joints.append(width - side_width - 1)
        for rule in self._screen.query(HorizontalRule):
            rule.set_joints(tuple(joints))

    def focus_pane(self, pane: PaneName) -> None:
        """Give the keys to a pane, bringing it on screen with what is due to be shown in it."""
        self.preview_now()
        self.arrange_panes(pane)
        widget: Widget = {
            "list": self._screen.article_list,
            "reader": self._screen.reader,
            "side": self._screen.spread if self._screen.spread.display else self._screen.sidebar,
        }[pane]
        self._screen.set_focus(widget)

    def preview_soon(self) -> None:
        """Show the article under the list's cursor when the cursor rests."""
        if self._preview is not None:
            self._preview.stop()
        self._preview = self._screen.set_timer(_PREVIEW_AFTER, self.preview_now)

    def preview_now(self) -> None:
        """Show the article under the list's cursor, if that is due."""
        if self._preview is None:
            return
        self._preview.stop()
        self._preview = None
        if not self.panes.reader or self._screen.focus_name not in ("list", "search"):
            return
        article_id = self._screen.listing.article_at(self._screen.article_list.cursor)
        if article_id is None:
            if self._screen.listing.view is View.HITS:
                return
            self._screen.reader.show(None)
            self._screen.sidebar.show(None)
            return
        ordinal = self._screen.listing.ordinal_at(self._screen.article_list.cursor)
        self._screen.reading.open(article_id, ordinal=ordinal, read=False)
        self._screen.update_titles()

    # The place

    def place_changed(self) -> None:
        """Write the place down when it rests."""
        self._screen.update_titles()
        if self._save is not None:
            self._save.stop()
        self._save = self._screen.set_timer(_SAVE_AFTER, self.save_place)

    def save_place(self) -> None:
        """Write down the article and the place in it, for the next start."""
        archived = self._screen.reader.archived
        if archived is None:
            return
        place = Place(
            archived.id,
            self._screen.reader.place,
            self._screen.reader.current,
            "reader" if self._screen.focus_name == "reader" else "list",
        )
        with suppress(ReaderError):
            self._screen.library.set_state(PLACE_KEY, place.to_json())
