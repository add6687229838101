"""A list to choose one thing from, narrowed as one types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from reader.ui.screens.dialogs import step


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose."""

    name: str
    note: str
    """A word or two about it, in grey."""

    count: int
    """How many unread articles it has; 0 is not shown."""

    value: tuple[str, Any]
    """What is handed back."""


class Picker(ModalScreen[Choice | None]):
    """Answers the choice, or None when it is closed."""

    BINDINGS = [  # noqa: RUF012
        Binding("escape", "close", show=False),
        Binding("down,ctrl+n", "move(1)", show=False),
        Binding("up,ctrl+p", "move(-1)", show=False),
    ]

    HINT = "type to narrow, Enter chooses, Esc closes"
    """What the empty filter says."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._choices = list(choices)
        self._shown = self._choices

    def compose(self) -> ComposeResult:
        """The filter over the list."""
        with Vertical(classes="dialog help"):
            yield Input(placeholder=self.HINT, compact=True)
            options = OptionList(markup=False)
            options.can_focus = False
            yield options

    def on_mount(self) -> None:
        """Everything, at first."""
        self._show("")

    def _show(self, words: str) -> None:
        wanted = words.casefold().split()
        self._shown = [
            choice
            for choice in self._choices
            if all(word in f"{choice.name} {choice.note}".casefold() for word in wanted)
        ]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(Option(self._prompt(choice)) for choice in self._shown)
        if self._shown:
            options.highlighted = 0

    @staticmethod
    def _prompt(choice: Choice) -> Content:
        count = f"{choice.count:,}" if choice.count else ""
        return Content.assemble(
            (f"{count:>7}  ", "$here"),
            (choice.name, "bold" if count else ""),
            (f"  {choice.note}" if choice.note else "", "$muted"),
        )

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow."""
        event.stop()
        self._show(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Choose."""
        event.stop()
        highlighted = self.query_one(OptionList).highlighted
        self.dismiss(self._shown[highlighted] if self._shown and highlighted is not None else None)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose with the mouse."""
        event.stop()
        self.dismiss(self._shown[event.option_index])

    def action_move(self, by: int) -> None:
        """Up and down while the filter has the keys."""
        step(self.query_one(OptionList), by)

    def action_close(self) -> None:
        """No choice."""
        self.dismiss(None)


class LinkPicker(Picker):
    """The links of an article: the choice's value says whether to "open" or to "copy"."""

    BINDINGS = [Binding("ctrl+y", "copy", show=False)]  # noqa: RUF012
    HINT = "type to narrow, Enter opens, Ctrl-Y copies the address, Esc closes"

    @staticmethod
    def _prompt(choice: Choice) -> Content:
        return Content.assemble((choice.name, "bold"), (f"  {choice.note}", "$muted"))

    def action_copy(self) -> None:
        """Copy the address of the link under the cursor."""
        highlighted = self.query_one(OptionList).highlighted
        if self._shown and highlighted is not None:
            choice = self._shown[highlighted]
            self.dismiss(replace(choice, value=("copy", choice.value[1])))


class FolderPicker(Picker):
    """What can be listed; the choice's value is "remove" for a saved search to be let go of."""

    BINDINGS = [Binding("delete", "remove", show=False, priority=True)]  # noqa: RUF012
    HINT = "type to narrow, Enter lists, Delete removes a saved search, Esc closes"

    def action_remove(self) -> None:
        """Let go of the saved search under the cursor."""
        highlighted = self.query_one(OptionList).highlighted
        if self._shown and highlighted is not None:
            choice = self._shown[highlighted]
            if choice.value[0] == "folder":
                self.dismiss(replace(choice, value=("remove", choice.value[1])))
