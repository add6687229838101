"""Small dialogs over the main screen: a question of one line, and a message."""

from __future__ import annotations

import glob
from collections.abc import Sequence
from pathlib import Path

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static

from reader.core.text import clean_line


class _PathInput(Input):
    """Completes file names with Tab, as a shell does."""

    BINDINGS = [Binding("tab", "complete", show=False)]  # noqa: RUF012

    def action_complete(self) -> None:
        """Complete as far as all candidates agree."""
        typed = self.value
        found = sorted(glob.glob(glob.escape(str(Path(typed).expanduser())) + "*"))  # noqa: PTH207
        if typed.endswith("/"):
            found = sorted(glob.glob(glob.escape(str(Path(typed).expanduser())) + "/*"))  # noqa: PTH207
        if not found:
            return
        common = found[0]
        for path in found[1:]:
            while not path.startswith(common):
                common = common[:-1]
        if len(found) == 1 and Path(common).is_dir():
            common += "/"
        self.value = common
        self.cursor_position = len(common)


class Prompt(ModalScreen[str | None]):
    """Asks for one line; answers it, or None when it is closed."""

    BINDINGS = [Binding("escape", "close", show=False)]  # noqa: RUF012

    def __init__(self, title: str, hint: str, *, value: str = "", paths: bool = False) -> None:
        super().__init__()
        self._title = title
        self._hint = hint
        self._value = value
        self._paths = paths

    def compose(self) -> ComposeResult:
        """Title, input, hint."""
        kind = _PathInput if self._paths else Input
        with Vertical(classes="dialog"):
            yield Static(Content.styled(self._title, "bold"))
            yield kind(self._value, compact=True, select_on_focus=False)
            yield Static(Content.styled(self._hint, "$muted"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The answer."""
        event.stop()
        self.dismiss(event.value.strip() or None)

    def action_close(self) -> None:
        """No answer."""
        self.dismiss(None)


class Message(ModalScreen[None]):
    """Says something in a few lines; any of the closing keys ends it."""

    BINDINGS = [Binding("escape,q,enter,i,space", "close", show=False)]  # noqa: RUF012

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__()
        self._title = title
        self._lines = [clean_line(line) for line in lines]

    def compose(self) -> ComposeResult:
        """Title and lines."""
        with VerticalScroll(classes="dialog"):
            yield Static(Content.styled(self._title, "bold"))
            yield Static(Content("\n".join(["", *self._lines])))

    def action_close(self) -> None:
        """Back to the main screen."""
        self.dismiss(None)


def step(options: OptionList, by: int) -> None:
    """Move the cursor of a list one line down, or up where `by` is negative."""
    if by > 0:
        options.action_cursor_down()
    else:
        options.action_cursor_up()
