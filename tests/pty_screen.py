"""A program in a real pseudo-terminal: type keys, see the screen, and how it leaves the terminal.

Used by tests and by the benchmarks. Nothing sleeps: every wait is a `select` with a time limit, and
ends as soon as what is waited for is there.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

PATIENCE = 20.0
"""Seconds before a wait is given up: long, because machines that run tests are busy."""

# What Textual sends and pyte would print as text: keyboard protocol, pointer shape, strings.
_NOT_FOR_PYTE = re.compile(
    rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\]22;[^\x07\x1b]*(?:\x07|\x1b\\)|\x1bP.*?\x1b\\"
)
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-9;?<>=$ ]*|\][^\x07\x1b]*\x1b?|P[^\x1b]*\x1b?)?$")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended."""

    code: int
    """Its exit status, or minus the number of the signal that killed it."""

    cpu: float
    """Seconds of processor time, user and system, of the whole run."""


@dataclass(frozen=True, slots=True)
class TerminalState:
    """What the program has asked of the terminal and not taken back."""

    alternate_screen: bool
    cursor_shown: bool
    mouse: bool
    bracketed_paste: bool
    echoes: bool
    """Whether the terminal shows what is typed and edits lines, as a shell expects it."""


FOUND = TerminalState(False, True, False, False, True)
"""A terminal as a shell hands it over, and as it must be found again."""


class PtyScreen:
    """A running program and the screen it draws. Use it in a `with`: leaving kills and reaps it."""

    def __init__(
        self,
        argv: Sequence[str | Path],
        *,
        columns: int = 80,
        lines: int = 24,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        colours: str = "truecolor",
    ) -> None:
        """Start `argv` with only `env` and the few variables a terminal session always has."""
        self.raw = bytearray()
        """Everything the program has written."""

        self.chunks: list[tuple[float, bytes]] = []
        """The same in the pieces in which it came, each with the clock when it was read."""

        self.ended: Ended | None = None
        self.columns, self.lines = columns, lines
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self._shown = 0
        self._tail = b""
        surroundings = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": os.environ.get("HOME", "/"),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "COLORTERM": colours,
            **(env or {}),
        }
        words = [os.fspath(word) for word in argv]
        self.started = time.monotonic()
        self.pid, self._master = pty.fork()
        if not self.pid:
            with contextlib.suppress(BaseException):
                _set_size(0, columns, lines)
                if cwd is not None:
                    os.chdir(cwd)
                os.execvpe(words[0], words, surroundings)
            os._exit(127)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self.ended is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self._reap()
        os.close(self._master)

    # What goes in

    def send(self, keys: str | bytes) -> float:
        """Type `keys`; returns the clock just before."""
        data = keys.encode() if isinstance(keys, str) else keys
        now = time.monotonic()
        while data:
            data = data[os.write(self._master, data) :]
        return now

    def resize(self, columns: int, lines: int) -> None:
        """Make the window another size; the kernel tells the program with SIGWINCH."""
        self._show()
        self.columns, self.lines = columns, lines
        self._screen.resize(lines, columns)
        _set_size(self._master, columns, lines)

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        os.kill(self.pid, number)

    # What comes out

    def read(self, timeout: float) -> bool:
        """Read what there is, waiting at most `timeout` seconds for it; False if nothing came."""
        ready, _, _ = select.select([self._master], [], [], max(0.0, timeout))
        if not ready:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # Linux says EIO when the last program on the terminal is gone.
            data = b""
        if not data:
            self._reap()
            return False
        self.chunks.append((time.monotonic(), data))
        self.raw += data
        return True

    def until(
        self, holds: Callable[[PtyScreen], bool], *, timeout: float = PATIENCE, what: str = ""
    ) -> float:
        """Read until `holds(self)`; returns the clock of the last byte that took.

        Raises AssertionError, with the screen in it, when the time is over or the program ends.
        """
        deadline = time.monotonic() + timeout
        while not holds(self):
            if self.ended is not None or time.monotonic() > deadline:
                why = f"ended ({self.ended})" if self.ended else f"{timeout:g} s went by"
                raise AssertionError(f"{why} without {what or holds}; screen:\n{self.text}")
            self.read(min(0.5, deadline - time.monotonic()))
        return self.chunks[-1][0] if self.chunks else time.monotonic()

    def see(self, words: str, *, timeout: float = PATIENCE) -> float:
        """Read until `words` stand on the screen."""
        return self.until(lambda screen: words in screen.text, timeout=timeout, what=repr(words))

    def lose(self, words: str, *, timeout: float = PATIENCE) -> float:
        """Read until `words` stand on the screen no longer."""
        return self.until(
            lambda screen: words not in screen.text, timeout=timeout, what=f"no {words!r}"
        )

    def quiet(self, calm: float = 0.15, *, timeout: float = PATIENCE) -> None:
        """Read until nothing has come for `calm` seconds."""
        deadline = time.monotonic() + timeout
        while self.ended is None and self.read(calm):
            assert time.monotonic() < deadline, f"never quiet; screen:\n{self.text}"

    def wait(self, *, timeout: float = PATIENCE) -> Ended:
        """Read until the program has ended by itself."""
        deadline = time.monotonic() + timeout
        while self.ended is None:
            assert time.monotonic() < deadline, f"still running; screen:\n{self.text}"
            self.read(min(0.5, deadline - time.monotonic()))
        return self.ended

    # What it looks like

    @property
    def rows(self) -> list[str]:
        """The rows of the screen, without the blanks at their ends."""
        self._show()
        return [row.rstrip() for row in self._screen.display]

    @property
    def text(self) -> str:
        """The screen as one string, a line feed between the rows."""
        return "\n".join(self.rows)

    @property
    def screen(self) -> pyte.Screen:
        """pyte's screen, with colours and cursor, brought up to date."""
        self._show()
        return self._screen

    @property
    def terminal(self) -> TerminalState:
        """What the terminal has been left as up to now."""
        flags = termios.tcgetattr(self._master)[3]
        return TerminalState(
            alternate_screen=self._mode(b"1049", b"1047", b"47"),
            cursor_shown=self._mode(b"25", default=True),
            mouse=self._mode(b"1000", b"1002", b"1003"),
            bracketed_paste=self._mode(b"2004"),
            echoes=bool(flags & termios.ECHO and flags & termios.ICANON),
        )

    def peak_kilobytes(self) -> int:
        """The most memory the running program has held, in KiB (Linux; 0 where not known).

        Not `ru_maxrss`: that begins with what the process that forked it held.
        """
        try:
            status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii", errors="replace")
        except OSError:
            return 0
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        return int(found[1]) if found else 0

    def cpu_seconds(self) -> float:
        """Processor time of the running program up to now, all threads (Linux; else 0)."""
        spent = 0
        for task in Path(f"/proc/{self.pid}/task").glob("*/schedstat"):
            with contextlib.suppress(OSError):
                spent += int(task.read_text(encoding="ascii").split()[0])
        return spent / 1e9

    def _mode(self, *numbers: bytes, default: bool = False) -> bool:
        state = default
        for found in re.finditer(rb"\x1b\[\?([0-9;]+)([hl])", self.raw):
            if set(numbers) & set(found[1].split(b";")):
                state = found[2] == b"h"
        return state

    def replay(self) -> Iterator[tuple[float, pyte.Screen]]:
        """The screen after each piece that came since the last look, with the clock of its coming.

        For measuring: read first, as fast as the program writes, and look afterwards.
        """
        at = 0
        for clock, data in self.chunks:
            at += len(data)
            if at > self._shown:
                self._show(at)
                yield clock, self._screen

    def _show(self, until: int | None = None) -> None:
        """Feed the screen what has come since the last look: later, so that reading stays quick."""
        until = len(self.raw) if until is None else until
        fresh = self._tail + bytes(self.raw[self._shown : until])
        self._shown = until
        cut = _UNFINISHED.search(fresh)
        self._tail = fresh[cut.start() :] if cut else b""
        self._stream.feed(_NOT_FOR_PYTE.sub(b"", fresh[: cut.start()] if cut else fresh))

    def _reap(self) -> None:
        if self.ended is not None:
            return
        _, status, usage = os.wait4(self.pid, 0)
        self.ended = Ended(os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime)


def _set_size(terminal: int, columns: int, lines: int) -> None:
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
