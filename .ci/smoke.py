"""Use an installed onrecord as a person would, from an empty home: commands, then the screen.

    python .ci/smoke.py onrecord

Standard library only, because the environment under test holds nothing but the program.
"""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

PATIENCE = 60.0
"""Seconds to wait for the screen to show something, on a machine that is busy."""

ALTERNATE_ON, ALTERNATE_OFF, CURSOR_ON = b"\x1b[?1049h", b"\x1b[?1049l", b"\x1b[?25h"


def run(*words: str, code: int = 0) -> str:
    """What a command prints; ends the check when its exit code is another one."""
    done = subprocess.run([*PROGRAM, *words], capture_output=True, text=True, timeout=300)
    need(
        done.returncode == code and "Traceback" not in done.stderr,
        f"{' '.join(words)}: exit code {done.returncode}\n{done.stdout[-800:]}{done.stderr[-800:]}",
    )
    print("ok  onrecord", *words, flush=True)
    return done.stdout


def need(true: object, what: str) -> None:
    """End the check unless that holds."""
    if not true:
        sys.exit(f"smoke test: {what}")


class Screen:
    """The screen program on a pseudo-terminal of 120 columns and 40 rows."""

    def __init__(self, *words: str) -> None:
        """Start it."""
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            try:
                # Before exec: the size must be there when the program first looks.
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
                os.execvp(PROGRAM[0], [*PROGRAM, *words])
            finally:
                os._exit(127)
        self.seen = b""

    def read(self, seconds: float) -> bool:
        """Take in what is drawn within that time; False at the end of the program."""
        ready, _, _ = select.select([self.terminal], [], [], seconds)
        if not ready:
            return True
        try:
            piece = os.read(self.terminal, 65536)
        except OSError:  # Linux says EIO when the other side is closed
            return False
        self.seen += piece
        return bool(piece)

    def wait_for(self, *words: str) -> None:
        """Read until all of those words have been drawn."""
        until = time.monotonic() + PATIENCE
        while not all(word.encode() in self.seen for word in words):
            need(time.monotonic() < until, f"never shown: {words}: {self.seen[-2000:]!r}")
            need(self.read(0.5), f"ended before {words}: {self.seen[-2000:]!r}")

    def settle(self) -> None:
        """Read until nothing has been drawn for half a second."""
        size = -1
        while size != len(self.seen):
            size = len(self.seen)
            self.read(0.5)

    def press(self, keys: str) -> None:
        """Press those keys."""
        os.write(self.terminal, keys.encode())

    def end(self) -> int:
        """Read to the end of the program; its exit code, negative for a signal."""
        until = time.monotonic() + PATIENCE
        while self.read(0.5):
            need(time.monotonic() < until, f"the screen does not end: {self.seen[-500:]!r}")
        _, status = os.waitpid(self.child, 0)
        os.close(self.terminal)
        return os.waitstatus_to_exitcode(status)

    def restored(self) -> bool:
        """Whether the terminal was left as it was found."""
        last_on, last_off = self.seen.rfind(ALTERNATE_ON), self.seen.rfind(ALTERNATE_OFF)
        return -1 < last_on < last_off and self.seen.rfind(CURSOR_ON) > last_on


def commands() -> None:
    """The command line, on the bundled sample."""
    need(run("--version").startswith("onrecord "), "--version")
    run("search", "anything", code=1)
    need("imported" in run("import", "--sample"), "import says nothing")
    need("there already" in run("import", "--sample"), "a second import brought copies in")
    stories = [json.loads(line) for line in run("search", "minister", "--json").splitlines()]
    need(stories and all(story["title"] for story in stories), "search found nothing")
    quotations = [json.loads(line) for line in run("quotes", "--json").splitlines()]
    need(len(quotations) > 10, "there are no quotations")
    need(any(one["speaker_name"] for one in quotations), "nobody is named")
    need(run("speakers", "--limit", "5").count("\n") == 5, "speakers")
    need(stories[0]["title"][:10] in run("show", str(stories[0]["id"])), "show")
    need(run("export", "--format", "csv", "--quotes").count("\n") > 10, "export")
    run("check")
    run("config", "check")


def screen() -> None:
    """The screen: on the sample, then on the user's own archive, and ended by signals."""
    first = Screen("--archive", str(Path.home() / "empty"))
    first.wait_for("ample", "said")
    first.settle()
    first.press("j")
    first.settle()
    first.press("q")
    code = first.end()
    need(code == 0, f"q at the top: exit code {code}: {first.seen[-1500:]!r}")
    need(first.restored(), f"the terminal was not restored after q: {first.seen[-300:]!r}")
    print("ok  onrecord on the sample, then q", flush=True)
    for number in (signal.SIGTERM, signal.SIGHUP):
        other = Screen()
        other.wait_for(ALTERNATE_ON.decode())
        other.settle()
        os.kill(other.child, number)
        code = other.end()
        need(code == 128 + number, f"{number.name}: exit code {code}")
        need(other.restored(), f"not restored after {number.name}: {other.seen[-300:]!r}")
        print("ok  onrecord ended by", number.name, flush=True)


if __name__ == "__main__":
    PROGRAM = sys.argv[1:] or ["onrecord"]
    commands()
    screen()
