"""Finding words in the article that is being read, as a pager does."""

from __future__ import annotations

from bisect import bisect_left
from functools import partial
from typing import TYPE_CHECKING

from reader.ui.find import find

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen


class Finding:
    """What is looked for in the text; it stays lit in one article after the other until Esc."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self.wanted = ""
        """The words that are lit; empty while nothing is looked for."""
        self._top = 0
        self._from = -1
        """Where the reading was when the find began: its row, and its first character."""

    def begin(self) -> None:
        """Put the keys into the line that says what to look for."""
        screen = self._screen
        if screen.reader.archived is None:
            screen.searching.begin()
            return
        self._top, self._from = screen.reader.top, screen.reader.place
        screen.header.begin_find()
        screen.set_focus(screen.header)
        screen.update_where()

    def typed(self, words: str) -> None:
        """Other words are looked for: light them, and go to the first from where one was."""
        screen = self._screen
        self.wanted = words if words.strip() else ""
        self.light()
        hits = screen.reader.hits if self.wanted else []
        screen.header.show_wrong(bool(self.wanted) and not hits)
        if hits:
            number = bisect_left([hit.start for hit in hits], self._from)
            screen.reader.go_to_hit(number % len(hits))
        else:
            screen.reader.return_to(self._top)
        screen.update_where()

    def entered(self) -> None:
        """Enter: on with reading, the words lit; without words, the find is over."""
        if self.wanted:
            self._to_reader()
            self._say_if_missing()
        else:
            self.end()

    def end(self) -> None:
        """Nothing is looked for any more; while the words were being typed, also back to where one
        was."""
        screen = self._screen
        was_typing = screen.header.is_finding
        was_lit, self.wanted = self.wanted, ""
        screen.header.show_wrong(False)
        if was_lit:
            screen.reading.light_anew()
        if was_typing:
            screen.reader.return_to(self._top)
            self._to_reader()
        screen.update_where()

    def _to_reader(self) -> None:
        self._screen.header.end_find()
        self._screen.header.show_wrong(False)
        self._screen.arranging.focus_pane("reader")

    def light(self) -> None:
        """Light the words in the article that is shown, in place of those of the search."""
        screen = self._screen
        archived = screen.reader.archived
        screen.sidebar.light(partial(find, self.wanted))
        if archived is not None:
            screen.reader.show_hits(
                find(self.wanted, archived.article.title), find(self.wanted, archived.article.body)
            )

    def _say_if_missing(self) -> None:
        if not self._screen.reader.hits:
            self._screen.say(f"“{self.wanted}” is not in this text; Esc ends, ' asks the archive.")

    def step(self, by: int, count: int) -> None:
        """To the next place (or the one before), from the end on to the beginning."""
        screen = self._screen
        reader = screen.reader
        if not reader.hits:
            self._say_if_missing()
            return
        number = reader.current_hit
        if number is None:
            number = bisect_left([hit.start for hit in reader.hits], reader.place)
            number -= 1 if by > 0 else 0
        number += by * count
        if not 0 <= number < len(reader.hits):
            screen.say("From the top again." if by > 0 else "From the end again.")
        reader.go_to_hit(number % len(reader.hits))
        screen.reading.mark_read()
        screen.arranging.place_changed()

    @property
    def where(self) -> str:
        """ "“ferry” 3 of 12", for the status line; empty while nothing is looked for."""
        reader = self._screen.reader
        if not self.wanted:
            return ""
        if not reader.hits:
            return f"“{self.wanted}”: not in this text"
        at = "" if reader.current_hit is None else f"{reader.current_hit + 1:,} of "
        return f"“{self.wanted}” {at}{len(reader.hits):,}"
