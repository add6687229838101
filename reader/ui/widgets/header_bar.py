"""The top line: the program's name, what is listed, the search, and how many."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input

from reader.ui.cells import pad
from reader.ui.looks import looks_of
from reader.ui.widgets.drawn import Drawn

NAME = "onrecord"

_FULL_COUNT = 100
"""Columns from which the order is named beside the number."""


class _Words(Drawn):
    """A few words at one end of a field of fixed width: words that come and go while one types
    must not lay the whole screen out anew, which takes 8 ms."""

    DEFAULT_CSS = "_Words { width: 10; height: 1; }"

    def __init__(self, *, brand: bool = False, right: bool = False, id: str) -> None:
        super().__init__(id=id)
        self._text = ""
        self._brand = brand
        self._right = right

    def show(self, text: str) -> None:
        """Set the words."""
        if text != self._text:
            self._text = text
            self.refresh()

    def draw_line(self, y: int) -> Strip:
        """The words."""
        looks = looks_of(self)
        room = max(0, self.size.width - 2)
        words = pad(self._text, room, "right" if self._right else "left")
        return Strip([Segment(f" {words} ", looks.brand if self._brand else looks.muted)])


class SearchInput(Input):
    """The search: one line, and no more keys than a line of text needs."""

    def __init__(self) -> None:
        super().__init__(
            compact=True, select_on_focus=False, placeholder="press / to search", id="search"
        )


class HeaderBar(Horizontal):
    """Holds the search input between two ends of words."""

    DEFAULT_CSS = """
    HeaderBar { height: 1; }
    HeaderBar SearchInput { width: 1fr; height: 1; background: $background; border: none; }
    HeaderBar SearchInput:focus { background: $surface; }
    HeaderBar SearchInput.-wrong { color: $error; }
    """

    class QueryChanged(Message):
        """Other words stand in the search."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    class QueryEntered(Message):
        """Enter was pressed in the search."""

    def compose(self) -> ComposeResult:
        """Name, what is listed, search, how many."""
        yield _Words(brand=True, id="brand")
        yield _Words(id="view")
        yield SearchInput()
        yield _Words(right=True, id="count")

    def on_mount(self) -> None:
        """Show the name."""
        self.query_one("#brand", _Words).show(NAME)

    def fit_to(self, width: int) -> None:
        """Give the ends their widths on a screen of `width` columns; narrow screens say less."""
        self.query_one("#brand").display = width >= 60
        self.query_one("#brand").styles.width = len(NAME) + 2
        self.query_one("#count").styles.width = 36 if width >= _FULL_COUNT else max(13, width // 5)

    @property
    def search(self) -> SearchInput:
        """The search input."""
        return self.query_one(SearchInput)

    def show(self, view: str, count: str) -> None:
        """Say what is listed and how many there are."""
        words = self.query_one("#view", _Words)
        words.styles.width = min(cell_len(view), max(8, self.screen.size.width // 5)) + 2
        words.show(view)
        full = self.screen.size.width >= _FULL_COUNT
        self.query_one("#count", _Words).show(count if full else count.split(" · ")[0])

    def set_query(self, query: str) -> None:
        """Put words into the search, without a message."""
        with self.prevent(Input.Changed):
            self.search.value = query
            self.search.cursor_position = len(query)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Pass it on."""
        event.stop()
        self.post_message(self.QueryChanged(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Pass it on."""
        event.stop()
        self.post_message(self.QueryEntered())
