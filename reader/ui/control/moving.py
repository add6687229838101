"""Moving within a pane and between panes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ui.layout import PaneName
from reader.ui.listing import View
from reader.ui.widgets.line_list import LineList

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen

_ORDER: tuple[PaneName, ...] = ("list", "reader", "side")


class Moving:
    """The keys that move; each means what the pane with the keys can do."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    @property
    def _lines(self) -> LineList | None:
        """The list that the keys move in; None for the reader."""
        screen = self._screen
        return {
            "reader": None,
            "find": None,
            "sidebar": screen.sidebar,
            "spread": screen.spread,
        }.get(screen.focus_name, screen.article_list)

    def rows(self, by: int) -> None:
        """Down or up by items, in the reader by rows, in an empty search line by past searches."""
        if self._screen.focus_name == "search" and self._screen.searching.recall(by):
            return
        if (lines := self._lines) is not None:
            lines.move(by)
        else:
            self._screen.reader.scroll_rows(by)

    def pages(self, by: float) -> None:
        """Down or up by pages."""
        if (lines := self._lines) is not None:
            lines.move_page(by)
        else:
            self._screen.reader.scroll_pages(by)

    def first(self) -> None:
        """To the beginning."""
        if (lines := self._lines) is not None:
            lines.move_to(0)
        else:
            self._screen.reader.scroll_start()

    def last(self) -> None:
        """To the end."""
        if (lines := self._lines) is not None:
            lines.move_to(lines.count - 1)
        else:
            self._screen.reader.scroll_finish()

    def read_on(self) -> None:
        """A page down in the article; at its end the next unread one."""
        screen = self._screen
        if screen.focus_name != "reader":
            self.open_here()
        elif not screen.reader.scroll_pages(1):
            screen.reading.next_unread()

    def open_here(self) -> None:
        """Open what is under the cursor: an article, a speaker's archive, a quotation's place."""
        screen = self._screen
        focus = screen.focus_name
        if focus == "spread":
            screen.narrowing.choose()
        elif focus == "sidebar":
            entry = screen.sidebar.entry
            if entry is None:
                return
            if entry.quotation is None:
                screen.viewing.show_speaker(entry.speaker)
            else:
                screen.arranging.focus_pane("reader")
                screen.reading.go_to(entry.quotation)
        elif focus == "reader":
            screen.arranging.focus_pane("side")
        else:
            self._open_from_list()

    def _open_from_list(self) -> None:
        screen = self._screen
        article_id = screen.listing.article_at(screen.article_list.cursor)
        if article_id is None:
            screen.searching.take_suggestion()
            return
        ordinal = screen.listing.ordinal_at(screen.article_list.cursor)
        if ordinal is None and screen.listing.lists_quotations:
            screen.say("The article has another text now, without this quotation.")
        screen.arranging.focus_pane("reader")
        screen.reading.open(article_id, ordinal=ordinal)

    def left(self) -> None:
        """To the pane on the left."""
        focus = self._screen.focus_name
        if focus in ("sidebar", "spread"):
            self._screen.arranging.focus_pane("reader")
        elif focus == "reader":
            self._screen.arranging.focus_pane("list")

    def next_pane(self, by: int) -> None:
        """Round the three panes."""
        name = self._screen.focus_name
        here: PaneName = "list"
        if name in ("reader", "find"):
            here = "reader"
        elif name in ("sidebar", "spread"):
            here = "side"
        self._screen.arranging.focus_pane(_ORDER[(_ORDER.index(here) + by) % len(_ORDER)])

    def follow_sidebar(self) -> None:
        """The sidebar's cursor has moved: the reader goes there."""
        screen = self._screen
        entry = screen.sidebar.entry
        if entry is None:
            return
        on_speaker = entry.quotation is None
        ordinal = entry.quotation
        if ordinal is None:
            ordinal = screen.sidebar.first_quotation(entry.speaker)
        screen.reading.go_to(ordinal, from_sidebar=True)
        screen.sidebar.show_current(ordinal, on_speaker=on_speaker)

    def escape(self) -> None:
        """Close the find, the page, what somebody said, or the search, one level at a time."""
        screen = self._screen
        focus = screen.focus_name
        if focus == "find" or (screen.finding.wanted and focus == "reader"):
            screen.finding.end()
        elif focus == "spread":
            screen.narrowing.close()
            screen.arranging.focus_pane("list")
        elif focus == "search" or screen.search_words:
            screen.searching.end()
            screen.arranging.focus_pane("list")
        elif screen.listing.view is View.SPEAKER:
            screen.viewing.leave_speaker()
            screen.arranging.focus_pane("list")

    def widen(self) -> None:
        """Back to what was listed before the last search or narrowing."""
        screen = self._screen
        if screen.search_words:
            screen.searching.end()
            screen.arranging.focus_pane("list")
        else:
            screen.say("Nothing is narrowed; v shows by what it could be.")

    def back(self) -> None:
        """One step back: sidebar, reader, list, search or speaker; from the top, quit."""
        screen = self._screen
        focus = screen.focus_name
        if focus in ("sidebar", "spread"):
            screen.arranging.focus_pane("reader")
        elif focus == "reader":
            screen.arranging.focus_pane("list")
        elif screen.listing.view is View.SPEAKER:
            screen.viewing.leave_speaker()
        elif screen.search_words:
            screen.searching.end()
            screen.arranging.focus_pane("list")
        elif screen.listing.view in (View.FEED, View.FOLDER, View.COLLECTION):
            screen.viewing.show_all()
        else:
            screen.viewing.leave()
