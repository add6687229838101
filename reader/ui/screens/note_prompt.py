"""The small editor for a note, on an article or on one of its quotations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

_KEYS = "Ctrl-S keeps the note; Esc leaves it as it was. An empty one is taken away."
_OTHER = " Ctrl-T: the other note."


@dataclass(frozen=True, slots=True)
class NoteAnswer:
    """What was written, and what about: the key of the note."""

    about: int | None
    text: str


class NotePrompt(ModalScreen[NoteAnswer | None]):
    """Lets one write in several lines; answers None when it is closed."""

    BINDINGS = [  # noqa: RUF012
        Binding("escape", "close", show=False, priority=True),
        Binding("ctrl+s", "keep", show=False, priority=True),
        Binding("ctrl+t", "other", show=False, priority=True),
    ]

    def __init__(self, titles: Mapping[int | None, str], texts: Mapping[int | None, str]) -> None:
        """Titles and texts of the notes there may be, the first to be shown first: of the article
        (None), of a quotation (its number)."""
        super().__init__()
        self._titles, self._texts = titles, texts
        self._turn = list(titles)
        self._sure = False

    @property
    def _about(self) -> int | None:
        return self._turn[0]

    def compose(self) -> ComposeResult:
        """Title, editor, keys."""
        with Vertical(classes="dialog"):
            yield Static(Content.styled(self._titles[self._about], "bold"), id="title")
            yield TextArea(
                self._texts[self._about], soft_wrap=True, show_line_numbers=False, compact=True
            )
            hint = _KEYS + (_OTHER if len(self._turn) > 1 else "")
            yield Static(Content.styled(hint, "$muted"), id="keys")

    def on_mount(self) -> None:
        """Write on behind what is there."""
        editor = self.query_one(TextArea)
        editor.move_cursor(editor.document.end)

    @property
    def _is_changed(self) -> bool:
        return self.query_one(TextArea).text.rstrip() != self._texts[self._about]

    def action_keep(self) -> None:
        """The answer."""
        self.dismiss(NoteAnswer(self._about, self.query_one(TextArea).text))

    def action_other(self) -> None:
        """From the note on the quotation to that on the article, or back."""
        if len(self._turn) < 2 or self._warned("Ctrl-T"):
            return
        self._turn.reverse()
        self.query_one("#title", Static).update(Content.styled(self._titles[self._about], "bold"))
        editor = self.query_one(TextArea)
        editor.text = self._texts[self._about]
        editor.move_cursor(editor.document.end)

    def action_close(self) -> None:
        """No answer; what was written is not thrown away at the first press."""
        if not self._warned("Esc"):
            self.dismiss(None)

    def _warned(self, key: str) -> bool:
        if not self._is_changed or self._sure:
            self._sure = False
            return False
        self._sure = True
        words = f"Not kept yet: Ctrl-S keeps it, {key} again throws it away."
        self.query_one("#keys", Static).update(Content.styled(words, "bold"))
        return True

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """What was written since has not been warned about."""
        event.stop()
        self._sure = False
