"""The top line: the program's name, what is listed, the search, and how many."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from reader.core.text import clean_line
from reader.ui.cells import fit, pad, prefix
from reader.ui.line_editor import LineEditor
from reader.ui.looks import looks_of
from reader.ui.widgets.drawn import Drawn

NAME = "onrecord"

_FULL_COUNT = 100
"""Columns from which the order is named beside the number."""


class HeaderBar(Drawn, can_focus=True):
    """Has the keys while one types a search.

    One widget that draws it all, with a line editor of our own: Textual's `Input` lays the whole
    screen out anew at each letter (8 ms), and costs 20 of the 120 ms that our first frame takes
    beyond an empty application's.
    """

    DEFAULT_CSS = "HeaderBar { height: 1; }"

    class QueryChanged(Message):
        """Other words stand in the search."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    class QueryEntered(Message):
        """Enter was pressed in the search."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._editor = LineEditor()
        self._find: LineEditor | None = None
        self._scope: tuple[str, ...] = ()
        self._view = ""
        self._count = ""
        self._wrong = False

    @property
    def query_text(self) -> str:
        """The words of the search."""
        return self._editor.text

    @property
    def is_wrong(self) -> bool:
        """Whether the words cannot be understood."""
        return self._wrong

    def show(self, view: str, count: str) -> None:
        """Say what is listed and how many there are."""
        if (view, count) != (self._view, self._count):
            self._view, self._count = view, count
            self.refresh()

    def show_wrong(self, wrong: bool) -> None:
        """Mark the words as not understood, or not."""
        if wrong != self._wrong:
            self._wrong = wrong
            self.refresh()

    def set_query(self, query: str) -> None:
        """Put words into the search, without a message."""
        self._editor = LineEditor(query)
        self.refresh()

    def set_scope(self, labels: tuple[str, ...]) -> None:
        """Say what the search is within, the outermost first."""
        if labels != self._scope:
            self._scope = labels
            self.refresh()

    # Finding in the text: the same line, with words of its own

    @property
    def is_finding(self) -> bool:
        """Whether what is typed is looked for in the text, not in the archive."""
        return self._find is not None

    @property
    def find_text(self) -> str:
        """The words to find in the text."""
        return self._find.text if self._find is not None else ""

    def begin_find(self) -> None:
        """Take words to find in the text."""
        self._find = LineEditor()
        self._wrong = False
        self.refresh()

    def end_find(self) -> None:
        """Show the search again."""
        if self._find is not None:
            self._find = None
            self.refresh()

    @property
    def _active(self) -> LineEditor:
        return self._editor if self._find is None else self._find

    # Keys

    def edit(self, event: events.Key) -> bool:
        """Do what a key means here, if it means anything; whether it does."""
        before = self._active.text
        if event.key == "enter":
            self.post_message(self.QueryEntered())
        elif event.is_printable and event.character:
            self._active.insert(" " if event.character == " " else clean_line(event.character))
        elif not self._active.press(event.key):
            return False
        self._edited(before)
        return True

    def on_paste(self, event: events.Paste) -> None:
        """Pasted words, on one line."""
        event.stop()
        before = self._active.text
        self._active.insert(clean_line(event.text))
        self._edited(before)

    def _edited(self, before: str) -> None:
        self.refresh()
        if self._active.text != before:
            self.post_message(self.QueryChanged(self._active.text))

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide it; what is looked for in the text is shown while it is typed only."""
        if self.screen.focused is not self:
            self.end_find()
        self.refresh()

    def on_click(self) -> None:
        """A click begins a search, as the key does."""
        self.focus()

    # Drawing

    def draw_line(self, y: int) -> Strip:
        """The line: ends of fixed words, the search between them."""
        looks = looks_of(self)
        width = self.size.width
        left = [Segment(f" {NAME}  ", looks.brand)] if width >= 60 else [Segment(" ")]
        left.append(Segment(f"{fit(self._view, max(8, width // 5))}  ", looks.muted))
        count = self._count if width >= _FULL_COUNT else self._count.split(" · ")[0]
        count = f"  {count} "
        used = sum(cell_len(segment.text) for segment in left)
        room = max(1, width - used - cell_len(count))
        return Strip([*left, *self._search(room), Segment(count, looks.muted)])

    def _search(self, room: int) -> list[Segment]:
        looks = looks_of(self)
        editor = self._active
        lead = "/" if self._find is None else "find in the text: "
        scope = "" if self._find is not None else "".join(f"{label} › " for label in self._scope)
        scope = fit(scope, max(0, room // 2)) if cell_len(scope) > room // 2 else scope
        if not self.has_focus:
            if not editor.text and not scope:
                return [Segment(pad("/ to search", room), looks.faint)]
            style = looks.error if self._wrong else looks.strong
            words = Segment(pad(editor.text, room - 1 - cell_len(scope)), style)
            return [Segment("/", style), Segment(scope, looks.muted), words]
        room = max(1, room - cell_len(lead) - cell_len(scope) + 1)
        style = looks.field_wrong if self._wrong else looks.field
        before, after = editor.text[: editor.cursor], editor.text[editor.cursor :]
        space = max(1, room - 2)
        while cell_len(before) > space and before:
            before = before[1:]
        shown = prefix(after, max(0, space - cell_len(before)))
        at = prefix(after, max(1, cell_len(after[:1]))) if after else 0
        under, rest = (after[:at], after[at:shown]) if after else (" ", "")
        rest_room = max(0, room - 1 - cell_len(before) - cell_len(under))
        return [
            Segment(lead, looks.field_key),
            Segment(scope, looks.field_scope),
            Segment(before, style),
            Segment(under, looks.field_cursor),
            Segment(pad(rest, rest_room), style),
        ]
