"""`onrecord`, `onrecord PATH...`, `onrecord -`: the screen."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from pathlib import Path

from reader.commands import COMMANDS
from reader.commands.opening import archive_of, settings_of
from reader.errors import UsageError


def arguments(parser: argparse.ArgumentParser, command: str | None) -> None:
    """Declare what the program takes without a command."""
    wide = max(map(len, COMMANDS))
    commands = "\n".join(f"  {name:<{wide}}  {c.summary}" for name, c in COMMANDS.items())
    parser.usage = "onrecord [PATH ...]\n       onrecord COMMAND [...]"
    parser.description = (
        "A news reader for the terminal that knows who said what.\n\n"
        "Without a command the screen opens, on those files if there are any."
    )
    parser.epilog = (
        f"commands (onrecord COMMAND --help says more):\n{commands}\n\n"
        "examples:\n"
        "  onrecord\n"
        "  onrecord ~/clippings story.html\n"
        "  curl -s https://example.org/story | onrecord -\n"
        "  onrecord ./search        a file that has the name of a command"
    )
    parser.add_argument(
        "words", nargs="*", metavar="PATH", help="files or folders to import and open; - is stdin"
    )
    parser.add_argument("--sample", action="store_true", help="open the bundled sample")
    parser.add_argument("--version", "-V", action="store_true", help="print the version")


def run(args: argparse.Namespace) -> int:
    """Open the screen; 2 where there is no terminal to draw on."""
    if args.version:
        from reader import __version__

        print(f"onrecord {__version__}")
        return 0
    for word in args.words:
        if word != "-" and not Path(word).exists():
            raise UsageError(_no_such(word))
    settings = settings_of(args)
    folder = archive_of(args, settings)
    from_stdin = "-" in args.words
    _check_terminal(stdin_is_news=from_stdin)
    imports = [word for word in args.words if word != "-"]
    if from_stdin:
        _import_stdin(folder)
        _keyboard_on_stdin()
    # Until the first frame everything made is kept: collecting garbage meanwhile costs 60 to 100 of
    # the 450 ms to it. The screen turns the collector on again.
    gc.disable()
    # Textual paints at the next beat of a clock of 60 a second: 8 ms of waiting for the answer to a
    # key, on average. It reads this when it is imported.
    os.environ.setdefault("TEXTUAL_FPS", "120")
    from reader.ui.app import run as run_screen

    code: int = run_screen(folder, settings, imports=imports, sample=args.sample)
    return code


def _no_such(word: str) -> str:
    import difflib

    close = difflib.get_close_matches(word, COMMANDS, n=1)
    if close:
        return f"{word}: neither a command nor a file; did you mean onrecord {close[0]}?"
    return f"{word}: neither a command nor a file; see onrecord --help"


def _check_terminal(*, stdin_is_news: bool) -> None:
    """Raise UsageError unless there is a terminal to read keys from and one to draw on (the
    screen is drawn on stderr, so that stdout stays free)."""
    if not sys.stderr.isatty() or not (stdin_is_news or sys.stdin.isatty()):
        raise UsageError(
            "the screen needs a terminal; without one, use: onrecord search, quotes, show, export"
        )
    if os.environ.get("TERM", "") in ("", "dumb", "unknown"):
        raise UsageError(
            "this terminal cannot show the screen (TERM is not set, or dumb); "
            "use: onrecord search, quotes, show, export"
        )
    if stdin_is_news and sys.stdin.isatty():
        raise UsageError("- reads an article from stdin, and nothing is piped into it")


def _import_stdin(folder: Path) -> None:
    """Bring in what is piped to us, to its end, before the keyboard takes its place."""
    from reader.commands.opening import library
    from reader.terminal import say

    with library(folder, make=True) as archive:
        for outcome in archive.import_paths(["-"]):
            if outcome.status == "failed":
                say(getattr(outcome.intake, "message", "it cannot be read"))


def _keyboard_on_stdin() -> None:
    """Make the terminal our stdin, as `less` does."""
    try:
        keyboard = os.open("/dev/tty", os.O_RDWR)
    except OSError as error:
        raise UsageError("the screen needs a terminal for its keys") from error
    os.dup2(keyboard, 0)
    os.close(keyboard)
    sys.stdin = open(0, encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
