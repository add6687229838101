"""Writing to the terminal, a pipe or a file: what the commands print, and how.

Data goes to stdout, everything else to stderr. Colours and progress show on a terminal only. Every
text passes the gate of `core.text` once more on its way out, because an archive can be damaged and
a message can quote a file's name.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import sys
import time
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from reader.core.span import Span
from reader.core.text import clean, clean_line

_STYLES = {
    "bold": "1",
    "dim": "2",
    "italic": "3",
    "hit": "1;4;33",
    "accent": "36",
    "removed": "9;31",
    "added": "4;32",
}
"""The styles in use, each legible on a light and on a dark ground; a hit and what was added are
underlined as well and what was removed is struck out, so that nothing is told by colour alone."""


class Output:
    """Where a command prints: lines of data on stdout, styled when that is a terminal."""

    def __init__(self, stream: TextIO | None = None) -> None:
        """Prints to `stream`, or to stdout."""
        self._stream = stream if stream is not None else sys.stdout
        terminal = self._stream.isatty()
        self.styled = terminal and wants_colour()
        """Whether styles are shown."""
        self.width = min(shutil.get_terminal_size((100, 24)).columns, 120) if terminal else 100
        """How many columns a line of text takes at most."""
        self.terminal = terminal

    def style(self, text: str, *styles: str) -> str:
        """The text in those styles ("bold", "dim", "hit" ...), or as it is where none are shown."""
        if not self.styled or not text:
            return text
        return f"\x1b[{';'.join(_STYLES[s] for s in styles)}m{text}\x1b[0m"

    def lit(self, text: str, hits: Iterable[Span], *styles: str) -> str:
        """A line with those ranges of it shown as hits, and the rest in those styles."""
        parts, at = [], 0
        for start, end in sorted(hits):
            if start < at or end > len(text):
                continue
            parts += [self._dressed(text[at:start], styles), self.style(text[start:end], "hit")]
            at = end
        return "".join([*parts, self._dressed(text[at:], styles)])

    def _dressed(self, text: str, styles: Sequence[str]) -> str:
        return self.style(text, *styles) if styles else text

    def line(self, text: str = "") -> None:
        """Print one line. `text` is ours or has passed the gate (`safe`, `safe_text`)."""
        with _in_one_piece():
            self._stream.write(text + "\n")

    def json(self, shape: Any) -> None:
        """Print one object as one line of JSON."""
        self.line(to_json(shape))

    def flush(self) -> None:
        """Let everything out that was printed."""
        with _in_one_piece():
            self._stream.flush()


@contextmanager
def _in_one_piece() -> Iterator[None]:
    """Within, a signal that ends the program waits: in the midst of a write it would cost the rest
    of the line, which Python's text layer has then let go of."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(
        signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    )
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def wants_colour() -> bool:
    """Whether the user's environment lets us use styles (NO_COLOR, TERM)."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") not in ("", "dumb")


def safe(text: object, limit: int = 4096) -> str:
    """Any text as one line that can do nothing to a terminal."""
    return clean_line(str(text), limit)


def safe_text(text: str) -> str:
    """Any text, line breaks kept, that can do nothing to a terminal."""
    return clean(text)


_ESCAPED = {
    code: f"\\u{code:04x}"
    for code in (
        *(0x7F, 0x2028, 0x2029),
        *range(0x80, 0xA0),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    )
}


def to_json(shape: Any) -> str:
    """One line of JSON. What a terminal could take for a command is written as `\\uXXXX`, which
    is the same to every parser; so is a byte of a path that is no UTF-8 (`\\udcXX`, as Python's
    `os.fsdecode` has it)."""
    text = json.dumps(shape, ensure_ascii=False).translate(_ESCAPED)
    return text.encode("utf-8", "backslashreplace").decode()


def say(message: object) -> None:
    """One line on stderr, led by the program's name."""
    # Errors may come when stderr is already gone; there is nobody left to tell.
    try:
        sys.stderr.write(f"onrecord: {safe(message)}\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        pass


def prepare_streams() -> None:
    """Make stdout and stderr take any text, and stand in for those that were closed."""
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def use_utf8() -> None:
    """From here on stdout is UTF-8 whatever the locale: for JSON and for exports."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def cell_width(text: str) -> int:
    """How many columns a text takes: two for wide characters, none for combining ones."""
    if text.isascii():
        return len(text)
    width = 0
    for character in text:
        if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Me"):
            continue
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return width


def fitted(text: str, width: int) -> str:
    """The text cut to `width` columns, with an ellipsis where something is missing."""
    if cell_width(text) <= width:
        return text
    kept, used = [], 0
    for character in text:
        used += cell_width(character)
        if used > width - 1:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def padded(text: str, width: int, *, right: bool = False) -> str:
    """The text cut or filled with blanks to exactly `width` columns."""
    cut = fitted(text, width)
    blanks = " " * (width - cell_width(cut))
    return blanks + cut if right else cut + blanks


def wrapped(text: str, width: int, indent: str = "") -> Iterator[str]:
    """The text's lines, each at most `width` columns with its indent, broken at blanks."""
    room = max(width - cell_width(indent), 20)
    for paragraph in text.split("\n"):
        line, used = "", 0
        for word in paragraph.split():
            size = cell_width(word)
            if line and used + 1 + size > room:
                yield indent + line
                line, used = word, size
            else:
                line = f"{line} {word}" if line else word
                used += size + (1 if used else 0)
        yield (indent + line) if line else ""


class ProgressBar:
    """How far long work has come, on stderr, when that is a terminal; else nothing."""

    def __init__(self, what: str) -> None:
        """`what` names the work: "import"."""
        self.what = what
        """The work, as it is shown; it may change."""

        self._shown = sys.stderr.isatty() and os.environ.get("TERM", "dumb") not in ("", "dumb")
        self._next = 0.0
        self._dirty = False

    def show(self, done: int, total: int | None, *, note: str = "") -> None:
        """Draw the bar again, ten times a second at most."""
        if not self._shown or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + 0.1
        self._dirty = True
        width = shutil.get_terminal_size((80, 24)).columns - 1
        if total:
            filled = round(24 * min(done, total) / total)
            bar = "━" * filled + "─" * (24 - filled)
            text = f"{self.what} {bar} {done:,} of {total:,}"
        else:
            text = f"{self.what} {done:,}"
        sys.stderr.write("\r\x1b[K" + fitted(safe(f"{text} · {note}" if note else text), width))
        sys.stderr.flush()

    def clear(self) -> None:
        """Take the bar away, so that something else can be printed."""
        if self._dirty:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._dirty = False


def column_width(texts: Sequence[str], most: int) -> int:
    """The width of a column that holds those texts, at most `most`."""
    return min(max((cell_width(t) for t in texts), default=0), most)
