"""The line on which tags are typed, with the known ones under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from reader.ui.tag_line import candidates, completed

_SHOWN = 12
"""Known tags under the line."""


class _TagInput(Input):
    """Completes tags with Tab."""

    BINDINGS = [Binding("tab", "complete", show=False)]  # noqa: RUF012

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__(compact=True, select_on_focus=False)
        self._known = known

    def action_complete(self) -> None:
        """Complete as far as all candidates agree."""
        self.value = completed(self.value, self._known)
        self.cursor_position = len(self.value)


@dataclass(frozen=True, slots=True)
class TagAnswer:
    """What was typed, and for which articles."""

    line: str
    whole_list: bool


class TagPrompt(ModalScreen[TagAnswer | None]):
    """Asks for tags; answers None when it is closed."""

    BINDINGS = [  # noqa: RUF012
        Binding("escape", "close", show=False),
        Binding("ctrl+l", "whole_list", show=False, priority=True),
    ]

    def __init__(self, verb: str, what: str, whole: str, hint: str, known: Sequence[str]) -> None:
        """`what` are the articles meant, `whole` those of the whole list: "1,234 stories"."""
        super().__init__()
        self._verb, self._what, self._whole, self._hint = verb, what, whole, hint
        self._known = known
        self._is_whole = False

    def compose(self) -> ComposeResult:
        """Title, input, known tags, hint."""
        with Vertical(classes="dialog"):
            yield Static(self._title(), id="title")
            yield _TagInput(self._known)
            yield Static(self._candidates(""), id="known")
            yield Static(Content.styled(self._hint, "$muted"))

    def _title(self) -> Content:
        what = f"all {self._whole} of the list" if self._is_whole else self._what
        return Content.styled(f"{self._verb} {what}", "bold")

    def _candidates(self, line: str) -> Content:
        names = candidates(line, self._known)
        more = " …" if len(names) > _SHOWN else ""
        return Content.styled("  ".join(names[:_SHOWN]) + more or " ", "$faint")

    def on_input_changed(self, event: Input.Changed) -> None:
        """The tags that begin so."""
        event.stop()
        self.query_one("#known", Static).update(self._candidates(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The answer."""
        event.stop()
        self.dismiss(TagAnswer(event.value, self._is_whole))

    def action_whole_list(self) -> None:
        """All of the list, or only what was meant at first."""
        self._is_whole = not self._is_whole
        self.query_one("#title", Static).update(self._title())

    def action_close(self) -> None:
        """No answer."""
        self.dismiss(None)
