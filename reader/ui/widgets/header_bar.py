"""The top line: the program's name, what is listed, the search, and how many."""

from __future__ import annotations

from rich.segment import Segment
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input

from reader.ui.cells import fit
from reader.ui.looks import looks_of
from reader.ui.widgets.drawn import Drawn

NAME = "onrecord"


class _Words(Drawn):
    """A few words that are as wide as they are, up to a limit."""

    DEFAULT_CSS = "_Words { width: auto; height: 1; }"

    def __init__(self, *, strong: bool, id: str) -> None:
        super().__init__(id=id)
        self._text = ""
        self._strong = strong
        self._limit = 40

    def show(self, text: str, limit: int) -> None:
        if (text, limit) != (self._text, self._limit):
            self._text, self._limit = text, limit
            self.refresh(layout=True)

    def get_content_width(self, container: object, viewport: object) -> int:
        return len(fit(self._text, self._limit)) + 2

    def draw_line(self, y: int) -> Strip:
        looks = looks_of(self)
        style = looks.brand if self._strong else looks.muted
        return Strip([Segment(f" {fit(self._text, self._limit)} ", style)])


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
        yield _Words(strong=True, id="brand")
        yield _Words(strong=False, id="view")
        yield SearchInput()
        yield _Words(strong=False, id="count")

    def on_mount(self) -> None:
        """Show the name."""
        self.query_one("#brand", _Words).show(NAME, 12)

    @property
    def search(self) -> SearchInput:
        """The search input."""
        return self.query_one(SearchInput)

    def show(self, view: str, count: str) -> None:
        """Say what is listed and how many there are; narrow screens say less."""
        width = self.screen.size.width
        self.query_one("#brand").display = width >= 60
        self.query_one("#view", _Words).show(view, max(8, width // 4))
        self.query_one("#count", _Words).show(
            count if width >= 100 else count.split(" · ")[0], max(8, width // 3)
        )

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
