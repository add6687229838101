"""Opening an article's address in the browser: no shell, no output, one argument.

Not the standard `webbrowser` module: that one prints on the terminal, takes any scheme, and waits.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

_LONGEST = 4096
_HOW = "set browser.command in the settings file, or $BROWSER"
_LAUNCHERS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "darwin": (("open",),),
    "linux": (("xdg-open",), ("wslview",), ("gio", "open"), ("x-www-browser",)),
}


def is_web_address(address: str) -> bool:
    """Whether `address` is an http or https address that may be handed to another program."""
    if len(address) > _LONGEST or not address.isprintable() or " " in address:
        return False
    try:
        parts = urlsplit(address)
        _ = parts.port  # Raises ValueError for a port that is no number.
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def open_address(address: str, command: Sequence[str] = ()) -> str | None:
    """Start a browser on `address` and come back at once.

    `command` is the user's own: its words, of which one may contain `%s` for the address; without
    one the address comes last. Otherwise those of $BROWSER, and then what the system uses. The
    first that can be started is taken. The answer is None, or one line that says what is wrong.
    """
    if not is_web_address(address):
        return "Not opened: only http and https addresses are."
    if sys.platform == "win32" and not command:
        return _start_file(address)
    tried: list[str] = []
    for words in _candidates(command):
        argv = _with_address(words, address)
        try:
            # Detached: the browser outlives the reader and gets none of its keys and signals.
            process = subprocess.Popen(
                argv,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else None
            tried.append(f"{words[0]}: {reason or error}")
            continue
        # Somebody has to collect its exit status, or it stays behind as a zombie.
        threading.Thread(target=process.wait, daemon=True).start()
        return None
    if command and tried:
        return f"The browser could not be started ({tried[0]}); {_HOW}."
    return f"No browser found; {_HOW}."


def _candidates(command: Sequence[str]) -> Iterator[list[str]]:
    """Command lines to try, in order. A command in the settings is the only one."""
    if command:
        yield list(command)
        return
    for choice in os.environ.get("BROWSER", "").split(os.pathsep):
        with contextlib.suppress(ValueError):  # An unclosed quotation mark.
            if words := shlex.split(choice):
                yield words
    for launcher in _LAUNCHERS.get(sys.platform, _LAUNCHERS["linux"]):
        yield list(launcher)


def _with_address(words: list[str], address: str) -> list[str]:
    if any("%s" in word for word in words[1:]):
        return [words[0], *(word.replace("%s", address) for word in words[1:])]
    return [*words, address]


def _start_file(address: str) -> str | None:
    start = getattr(os, "startfile", None)  # Windows only.
    try:
        if start is None:
            return f"No browser found; {_HOW}."
        start(address)
    except OSError as error:
        return f"The browser could not be started ({error.strerror}); {_HOW}."
    return None
