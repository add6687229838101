"""The help: every command with its keys, filtered as one types."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from reader.ui.commands import grouped, shown_key
from reader.ui.keymap import Keymap
from reader.ui.wrapping import wrap

_KEYS = 14
"""Cells for the keys."""

_EXAMPLES = 32
"""Cells for the examples of queries."""

_WIDTH = 96
"""Columns of the help, where the terminal has so many (as in the style sheet)."""


def _under(heading: str, rows: list[Content]) -> list[Content]:
    """The rows under a heading; nothing without rows."""
    return [Content.styled(f"\n{heading}\n", "bold"), *rows] if rows else []


class HelpScreen(ModalScreen[None]):
    """All keys, the user's own included, under the headings of the command table."""

    BINDINGS = [  # noqa: RUF012
        Binding("escape,f1", "close", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("pagedown", "scroll(10)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
    ]

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """The filter over the table."""
        with Vertical(classes="dialog help"):
            yield Input(placeholder="type to filter, Esc closes", compact=True)
            with VerticalScroll(can_focus=False):
                yield Static(self.table(""), id="table")

    def table(self, wanted: str) -> Content:
        """The commands, and the query language, whose words hold `wanted`."""
        from reader.search.card import QUERY_CARD

        wanted = wanted.casefold()
        parts: list[Content] = []
        for group, commands in grouped():
            rows = []
            for command in commands:
                keys = " ".join(shown_key(key) for key in self._keymap[command.id])
                if wanted in f"{keys} {command.label} {command.help}".casefold():
                    rows.append(self._row(keys, _KEYS, command.help, command.shell))
            parts += _under(group.value, rows)
        rows = [
            self._row(example, _EXAMPLES, meaning)
            for _, card in QUERY_CARD
            for example, meaning in card
            if wanted in f"{example} {meaning}".casefold()
        ]
        parts += _under("What a search understands", rows)
        return Content("").join(parts) if parts else Content("No command has these words.")

    def _row(self, left: str, indent: int, words: str, shell: str = "") -> Content:
        """A key or an example, and beside it what it means, with a hanging indent."""
        room = max(16, min(_WIDTH, int(self.app.size.width * 0.96)) - 10 - indent)
        wrapped = wrap(words, room)
        lines = [wrapped.line(words, row) for row in range(len(wrapped))]
        lead = f"{left} ".ljust(indent) if len(left) < indent else f"{left}\n{' ' * indent}"
        body = f"\n{' ' * indent}".join(lines)
        row = Content.assemble((lead, "bold $here"), body, "\n")
        if shell:
            row += Content.styled(f"{' ' * indent}{shell}\n", "$faint")
        return row

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter."""
        event.stop()
        self.query_one("#table", Static).update(self.table(event.value.strip()))

    def action_scroll(self, rows: int) -> None:
        """Scroll the table."""
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)

    def action_close(self) -> None:
        """Back to the main screen."""
        self.dismiss(None)
