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

_KEYS = 14
"""Cells for the keys."""


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
        """The commands whose words hold `wanted`."""
        wanted = wanted.casefold()
        parts: list[Content] = []
        for group, commands in grouped():
            lines = []
            for command in commands:
                keys = " ".join(shown_key(key) for key in self._keymap[command.id])
                words = f"{keys} {command.label} {command.help}"
                if wanted and wanted not in words.casefold() and wanted != keys.casefold():
                    continue
                line = Content.assemble((keys.ljust(_KEYS), "bold $here"), command.help, "\n")
                if command.shell:
                    line += Content.styled(" " * _KEYS + command.shell + "\n", "$faint")
                lines.append(line)
            if lines:
                parts.append(Content.styled(f"\n{group.value}\n", "bold"))
                parts += lines
        from reader.search.card import QUERY_CARD

        queries = [
            Content.assemble((example.ljust(30) + " ", "bold $here"), meaning, "\n")
            for _, rows in QUERY_CARD
            for example, meaning in rows
            if wanted in f"{example} {meaning}".casefold()
        ]
        if queries:
            parts += [Content.styled("\nWhat a search understands\n", "bold"), *queries]
        return Content("").join(parts) if parts else Content("No command has these words.")

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
