"""Into which collection? The last used stands there; typing names another one."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from reader.core.marks import tag_key

_SHOWN = 8
"""Collections under the line."""


class _NameInput(Input):
    """Completes the name of a collection with Tab."""

    BINDINGS = [Binding("tab", "complete", show=False)]  # noqa: RUF012

    def __init__(self, names: Sequence[str]) -> None:
        # What stands there is selected: the first letter typed takes its place.
        super().__init__(names[0] if names else "", compact=True, select_on_focus=True)
        self._names = names

    def action_complete(self) -> None:
        """The first name that begins so."""
        begun = tag_key(self.value)
        for name in self._names:
            if tag_key(name).startswith(begun):
                self.value = name
                self.cursor_position = len(name)
                return


class CollectPrompt(ModalScreen[str | None]):
    """Answers the name of a collection, or None when it is closed."""

    BINDINGS = [Binding("escape", "close", show=False)]  # noqa: RUF012

    def __init__(self, said: str, names: Sequence[str]) -> None:
        """`said` is the quotation, `names` the collections there are, the last used first."""
        super().__init__()
        self._said, self._names = said, names

    def compose(self) -> ComposeResult:
        """The quotation, the line, the names."""
        with Vertical(classes="dialog"):
            yield Static(Content.styled(f"Collect {self._said}", "bold"))
            yield _NameInput(self._names)
            names = "  ·  ".join(self._names[:_SHOWN]) or "no collection yet: type a name for one"
            yield Static(Content.styled(names, "$faint"))
            yield Static(
                Content.styled("Enter puts it in; Tab completes; a new name makes one", "$muted")
            )

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The answer."""
        event.stop()
        self.dismiss(event.value.strip() or None)

    def action_close(self) -> None:
        """No answer."""
        self.dismiss(None)
