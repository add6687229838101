"""A line of text being edited, with the keys that shells have taught everybody. Pure."""

from __future__ import annotations

from reader.ui.cells import graphemes


class LineEditor:
    """The text and a cursor between its characters, which never stands inside a grapheme."""

    def __init__(self, text: str = "") -> None:
        self.text = text
        self.cursor = len(text)

    def insert(self, words: str) -> None:
        """Put words in at the cursor; line breaks become blanks."""
        words = " ".join(words.splitlines())
        self.text = self.text[: self.cursor] + words + self.text[self.cursor :]
        self.cursor += len(words)

    def press(self, key: str) -> bool:
        """Do what an editing key means, by Textual's name of it; whether it means anything."""
        action = {
            "backspace": self._delete_before,
            "ctrl+h": self._delete_before,
            "delete": self._delete_after,
            "ctrl+d": self._delete_after,
            "left": self._left,
            "ctrl+b": self._left,
            "right": self._right,
            "ctrl+f": self._right,
            "home": self._first,
            "ctrl+a": self._first,
            "end": self._last,
            "ctrl+e": self._last,
            "ctrl+left": self._word_left,
            "ctrl+right": self._word_right,
            "ctrl+w": self._delete_word,
            "ctrl+u": self._delete_to_first,
            "ctrl+k": self._delete_to_last,
        }.get(key)
        if action is None:
            return False
        action()
        return True

    def _stops(self) -> list[int]:
        """Where the cursor may stand."""
        return [*(start for start, _, _ in graphemes(self.text)), len(self.text)]

    def _left(self) -> None:
        self.cursor = max((stop for stop in self._stops() if stop < self.cursor), default=0)

    def _right(self) -> None:
        after = (stop for stop in self._stops() if stop > self.cursor)
        self.cursor = min(after, default=len(self.text))

    def _first(self) -> None:
        self.cursor = 0

    def _last(self) -> None:
        self.cursor = len(self.text)

    def _word_left(self) -> None:
        before = self.text[: self.cursor].rstrip()
        self.cursor = before.rfind(" ") + 1

    def _word_right(self) -> None:
        rest = self.text[self.cursor :]
        skipped = len(rest) - len(rest.lstrip())
        blank = rest.find(" ", skipped)
        self.cursor = len(self.text) if blank < 0 else self.cursor + blank

    def _cut(self, start: int, end: int) -> None:
        self.text = self.text[:start] + self.text[end:]
        self.cursor = start

    def _delete_before(self) -> None:
        end = self.cursor
        self._left()
        self._cut(self.cursor, end)

    def _delete_after(self) -> None:
        start = self.cursor
        self._right()
        self._cut(start, self.cursor)

    def _delete_word(self) -> None:
        end = self.cursor
        self._word_left()
        self._cut(self.cursor, end)

    def _delete_to_first(self) -> None:
        self._cut(0, self.cursor)

    def _delete_to_last(self) -> None:
        self._cut(self.cursor, len(self.text))
