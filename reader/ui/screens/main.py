"""The main screen: list, reader and sidebar, the search line over them, the status line below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from reader.core.article import ArticleId
from reader.core.records import ArticleRow, Snippet
from reader.core.span import Span
from reader.core.text import clean_line
from reader.errors import ReaderError
from reader.ui.control.arranging import Arranging
from reader.ui.control.comparing import Comparing
from reader.ui.control.desk import DeskControl
from reader.ui.control.feeding import Feeding
from reader.ui.control.finding import Finding
from reader.ui.control.folders import Folders
from reader.ui.control.linking import Linking
from reader.ui.control.marking import Marking
from reader.ui.control.moving import Moving
from reader.ui.control.narrowing import Narrowing, Page
from reader.ui.control.reading import Reading
from reader.ui.control.searching import Searching
from reader.ui.control.viewing import Viewing
from reader.ui.control.watching import Watching
from reader.ui.dispatch import handlers
from reader.ui.keymap import textual_key
from reader.ui.listing import Listing, View
from reader.ui.where import Focus, hints, where
from reader.ui.widgets.article_list import ArticleList
from reader.ui.widgets.bars import HorizontalRule, Notice, PaneTitle, StatusLine, VerticalRule
from reader.ui.widgets.folder_strip import FolderStrip
from reader.ui.widgets.header_bar import HeaderBar
from reader.ui.widgets.line_list import LineList
from reader.ui.widgets.reader_pane import ReaderPane
from reader.ui.widgets.sidebar import Sidebar
from reader.ui.widgets.spread_page import SpreadPage

if TYPE_CHECKING:
    from reader.config import Settings
    from reader.library import Library
    from reader.ui.app import ReaderApp
    from reader.ui.keymap import Keymap

_IN_SEARCH = {"escape", "down", "up", "tab", "shift+tab", "pagedown", "pageup", "ctrl+t", "f1"}
"""The keys that mean the same while one types a search; all others belong to the line of text."""


class MainScreen(Screen[None]):
    """Holds the parts and hands them values; what the keys do is in `reader.ui.control`."""

    def __init__(self, library: Library, settings: Settings, keymap: Keymap) -> None:
        super().__init__()
        self.library = library
        self.settings = settings
        self.keymap = keymap
        self.reading = Reading(self)
        self.searching = Searching(self)
        self.finding = Finding(self)
        self.narrowing = Narrowing(self)
        self.folders = Folders(self)
        self.marking = Marking(self)
        self.linking = Linking(self)
        self.desk = DeskControl(self)
        self.comparing = Comparing(self)
        self.moving = Moving(self)
        self.viewing = Viewing(self)
        self.watching = Watching(self)
        self.feeding = Feeding(self)
        self.arranging = Arranging(self)
        self.zen = False
        self._commands = {
            textual_key(key): command for command, keys in keymap.items() for key in keys
        }
        self._handlers = handlers(self)
        self.is_fresh = True
        """Whether no key has been pressed yet: one is where one left off, and has not read on."""
        self._typed_count = ""
        self.count_typed: int | None = None
        """The count that was typed before the command that is being done; None without one."""
        self._awaiting_g = False

    # Parts

    def compose(self) -> ComposeResult:
        """Header, rule, panes, rule, status."""
        yield HeaderBar(id="header")
        yield Notice(id="notice")
        yield FolderStrip(id="folders")
        yield HorizontalRule("┬", id="rule-top")
        with Horizontal(id="panes"):
            yield ArticleList(self.rows, self.snippet, self.find_hits, id="list")
            yield VerticalRule(id="rule-left")
            yield ReaderPane(measure=self.settings.measure, id="reader")
            yield VerticalRule(id="rule-right")
            with Vertical(id="side"):
                yield PaneTitle(id="side-title")
                yield Sidebar(id="sidebar")
                yield SpreadPage(id="spread")
        yield HorizontalRule("┴", id="rule-bottom")
        yield StatusLine(id="status")

    @cached_property
    def header(self) -> HeaderBar:
        """The top line."""
        return self.query_one("#header", HeaderBar)

    @cached_property
    def article_list(self) -> ArticleList:
        """The list pane."""
        return self.query_one("#list", ArticleList)

    @cached_property
    def reader(self) -> ReaderPane:
        """The reader pane."""
        return self.query_one("#reader", ReaderPane)

    @cached_property
    def sidebar(self) -> Sidebar:
        """The people quoted in the article."""
        return self.query_one("#sidebar", Sidebar)

    @cached_property
    def spread(self) -> SpreadPage:
        """How what is listed is spread over people, outlets, months, tags."""
        return self.query_one("#spread", SpreadPage)

    @cached_property
    def strip(self) -> FolderStrip:
        """The saved searches, and what is unread in them."""
        return self.query_one("#folders", FolderStrip)

    @cached_property
    def status(self) -> StatusLine:
        """The bottom line."""
        return self.query_one("#status", StatusLine)

    @cached_property
    def side_title(self) -> PaneTitle:
        """The line over the sidebar."""
        return self.query_one("#side-title", PaneTitle)

    @cached_property
    def notice(self) -> Notice:
        """The line that marks the sample."""
        return self.query_one("#notice", Notice)

    # Values the parts ask for

    @property
    def listing(self) -> Listing:
        """What the list lists."""
        return self.article_list.listing

    @property
    def search_words(self) -> str:
        """What is searched for, or nothing."""
        return self.listing.query if self.listing.view is View.HITS else ""

    def rows(self, ids: Sequence[int]) -> list[ArticleRow]:
        """Rows for the list."""
        return self.library.rows(ids)

    def snippet(self, query: str, article_id: int, width: int) -> Snippet:
        """A line around the hit, for the list; empty where the query cannot be read."""
        try:
            return self.library.snippet(query, ArticleId(article_id), width)
        except ReaderError:
            return Snippet("")

    def find_hits(self, query: str, text: str) -> list[Span]:
        """The matched characters of a text; none where the query cannot be read."""
        try:
            return self.library.find_hits(query, text)
        except ReaderError:
            return []

    @property
    def snippet_width(self) -> int:
        """Characters of a snippet in the list: two lines of it."""
        return max(24, 2 * (self.article_list.size.width - 4) - 8)

    # Showing

    def show_listing(
        self,
        listing: Listing,
        *,
        cursor: int = 0,
        keep_place: bool = False,
        snippets: dict[int, Snippet] | None = None,
    ) -> None:
        """List something; unless the place is kept, the article under the cursor follows."""
        self.article_list.show(listing, cursor=cursor, keep_place=keep_place, snippets=snippets)
        self.update_titles()
        self.update_where()
        self.narrowing.listing_changed()
        self.folders.show_current()
        if not keep_place and listing.ids:
            self.arranging.preview_soon()

    def update_titles(self) -> None:
        """The header and the sidebar's title."""
        listing = self.listing
        self.header.show(listing.name, listing.describe())
        if self.narrowing.page is not Page.QUOTED:
            self.side_title.show(self.narrowing.title, f"{self.spread.count:,}")
        else:
            archived = self.reader.archived
            total = len(archived.extraction.quotations) if archived is not None else 0
            self.side_title.show("ON THE RECORD", f"{total:,}" if archived is not None else "")

    def update_where(self) -> None:
        """The status line's place and keys."""
        focus = self.focus_name
        reader = self.reader
        hit = None
        if reader.current_hit is not None:
            hit = (reader.current_hit + 1, len(reader.hits))
        place = where(
            focus,
            self.listing,
            self.article_list.cursor,
            reader.archived,
            reader.current,
            hit,
            self.narrowing.where if focus == "spread" else self.finding.where,
        )
        if self.watching.progress:
            place = f"{self.watching.progress}  {place}"
        finding = bool(self.finding.wanted)
        keys = hints(focus, self.listing, self.arranging.panes, self.keymap, finding=finding)
        self.status.show_where(place, keys)

    def say(self, message: str, *, error: bool = False) -> None:
        """Say something in the status line, until the next key."""
        self.status.say(clean_line(message), error=error)

    def quiet(self) -> None:
        """Take back what was said."""
        self.status.quiet()

    # Keys

    @property
    def focus_name(self) -> Focus:
        """Which part has the keys."""
        focused = self.focused
        names: dict[str | None, Focus] = {
            "reader": "reader",
            "sidebar": "sidebar",
            "spread": "spread",
            "header": "find" if self.header.is_finding else "search",
        }
        return names.get(focused.id if focused is not None else None, "list")

    def take_key(self, event: events.Key) -> bool:
        """Do what a key means; whether it means anything. A count may stand before it.

        The application hands keys over before Textual sends them to the pane that has the focus:
        letters typed right behind the key that begins a search would come to the old pane.
        """
        key = event.key
        focus = self.focus_name
        if focus in ("search", "find") and key not in _IN_SEARCH:
            if focus == "find" and not self.header.find_text:
                # The key that began the find, once more: the archive is meant.
                if self._commands.get(key) == "search.open":
                    self.finding.end()
                    self.run_command("search.archive")
                    return True
                if key == "backspace":
                    self.run_command("escape")
                    return True
            return self.header.edit(event)
        digit = event.character or ""
        if digit.isdecimal() and digit.isascii() and (digit != "0" or self._typed_count):
            self._typed_count = (self._typed_count + digit)[-5:]
            return True
        command = self._commands.get(key)
        if command is None:
            self._typed_count = ""
            return False
        # One g waits for the next, as in vim; Home does not.
        if key == "g" and not self._awaiting_g:
            self._awaiting_g = True
            return True
        self._awaiting_g = False
        self.run_command(command, int(self._typed_count) if self._typed_count else None)
        return True

    def run_command(self, command: str, count: int | None = None) -> None:
        """Do what a command of the table says. Errors end in the status line."""
        self._typed_count = ""
        self.count_typed = count
        self.quiet()
        try:
            self._handlers[command](1 if count is None else count)
        except ReaderError as error:
            self.say(str(error), error=True)
        self.is_fresh = False
        self.update_where()

    # The archive

    def archive_changed(self) -> None:
        """Another process wrote into the archive."""
        self.viewing.archive_changed()

    def open_own_archive(self, then: Callable[[MainScreen], None]) -> None:
        """Do something with the user's own archive, leaving the sample for it if need be."""
        if self.library.is_sample:
            cast("ReaderApp", self.app).leave_sample(then)
        else:
            then(self)

    def remove_sample(self) -> None:
        """Put the sample away for good."""
        if not self.library.is_sample:
            self.say("This is your own archive; there is no sample to remove.")
            return
        cast("ReaderApp", self.app).leave_sample(
            lambda screen: screen.say("The sample is gone; `onrecord --sample` shows it again.")
        )

    # Events

    def on_mount(self) -> None:
        """The first screenful from one small query; the rest after the first frame."""
        self.spread.display = False
        self.viewing.begin()
        self.arranging.arrange_panes("list")
        self.set_focus(self.article_list)
        self.call_after_refresh(self.viewing.finish_start)

    def on_resize(self, event: events.Resize) -> None:
        """Other panes may fit now."""
        self.arranging.arrange_panes()
        self.update_titles()
        self.update_where()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Another part has the keys: the panes and the hints follow."""
        self.arranging.arrange_panes()
        self.update_where()

    def on_line_list_cursor_moved(self, event: LineList.CursorMoved) -> None:
        """The list's cursor shows an article, the sidebar's moves the reader."""
        event.stop()
        if event.line_list is self.article_list:
            self.arranging.preview_soon()
        elif event.line_list is self.sidebar:
            self.moving.follow_sidebar()
        self.update_where()

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """A second click opens."""
        event.stop()
        self.run_command("move.open")

    def on_reader_pane_scrolled(self, event: ReaderPane.Scrolled) -> None:
        """Scrolling is reading."""
        event.stop()
        if self.focus_name == "reader":
            self.reading.mark_read()
        self.arranging.place_changed()

    def on_reader_pane_quotation_clicked(self, event: ReaderPane.QuotationClicked) -> None:
        """A click on quoted words makes them the current quotation."""
        event.stop()
        self.reading.go_to(event.ordinal)

    def on_header_bar_query_changed(self, event: HeaderBar.QueryChanged) -> None:
        """Search as one types."""
        event.stop()
        (self.finding if self.header.is_finding else self.searching).typed(event.query)

    def on_header_bar_query_entered(self, event: HeaderBar.QueryEntered) -> None:
        """The words are typed: on to the hits."""
        event.stop()
        (self.finding if self.header.is_finding else self.searching).entered()

    def on_folder_strip_folder_clicked(self, event: FolderStrip.FolderClicked) -> None:
        """A click on a folder lists it."""
        event.stop()
        if event.name is None:
            self.viewing.show_all()
        else:
            self.folders.open(event.name)
