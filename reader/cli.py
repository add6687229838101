"""The command line: finds the command, parses its words, turns errors into exit codes.

    onrecord [PATH...]            opens the screen
    onrecord COMMAND ...          see `reader.commands`

Exit codes: 0 done; 1 done in part, or nothing found; 2 wrong usage or settings; 128 + n ended by
signal n. A first word that names a command is that command; `./search` or `-- search` is a path.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from types import FrameType
from typing import NoReturn

from reader import __version__
from reader.commands import COMMANDS
from reader.errors import QueryError, ReaderError, SettingsError, UsageError

_OPTIONS_WITH_VALUE = ("--archive", "--config")


class Ended(BaseException):
    """A signal asked the program to end; carries the signal's number."""


class Parser(argparse.ArgumentParser):
    """An argument parser that raises UsageError, and takes no abbreviated options."""

    def __init__(self, name: str, **more: object) -> None:
        """The parser of the command `name` ("onrecord search")."""
        super().__init__(
            prog=name,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            **more,  # type: ignore[arg-type]
        )

    def error(self, message: str) -> NoReturn:
        """Raise UsageError with what is wrong and where help is."""
        if message.startswith("unrecognized arguments: -"):
            message += " (a word that begins with - goes after --)"
        raise UsageError(f"{message}; see {self.prog} --help")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program on `argv` (else on the process's own arguments); return the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words and words[0] in ("--version", "-V"):
        print(f"onrecord {__version__}")
        return 0
    from reader.terminal import prepare_streams, say

    prepare_streams()
    try:
        with _signals():
            code = _run(words)
            sys.stdout.flush()
            return code
    except (UsageError, SettingsError, QueryError) as error:
        say(error)
        return 2
    except ReaderError as error:
        say(error)
        return 1
    except BrokenPipeError:
        _forget_stdout()
        return 128 + signal.SIGPIPE
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except Ended as ended:
        return 128 + int(ended.args[0])
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        say(f"{name}{error.strerror or error}")
        _forget_stdout()
        return 1
    except (MemoryError, RecursionError) as error:
        say(f"the input is too large or too deeply nested to deal with ({type(error).__name__})")
        return 1


def _run(words: list[str]) -> int:
    at = command_index(words)
    if at is None:
        from reader.commands import open_ as module

        name = None
    else:
        name = words.pop(at)
        module = import_module(f"reader.commands.{COMMANDS[name].module}")
        if hasattr(module, "prepared"):  # words that argparse would take for options
            words = module.prepared(words)
    parser = build_parser(name)
    try:
        args = parse(parser, words)
    except SystemExit as done:  # --help has been printed
        return int(done.code or 0)
    args.command = name
    code: int = module.run(args)
    return code


def build_parser(command: str | None) -> Parser:
    """The parser of one command, or of `onrecord` without a command for None."""
    name = COMMANDS[command].module if command else "open_"
    module = import_module(f"reader.commands.{name}")
    parser = Parser(f"onrecord {command}" if command else "onrecord")
    module.arguments(parser, command)
    parser.add_argument("--archive", metavar="DIR", help="the archive's folder (ONRECORD_ARCHIVE)")
    parser.add_argument("--config", metavar="FILE", help="the settings file (ONRECORD_CONFIG)")
    return parser


def parse(parser: Parser, words: Sequence[str]) -> argparse.Namespace:
    """The words of a command line, parsed: options and other words in any order, and after `--`
    no options any more. (argparse's own intermixed parsing fails on a leading `--`.)"""
    cut = words.index("--") if "--" in words else len(words)
    args = parser.parse_intermixed_args(list(words[:cut]))
    rest = list(words[cut + 1 :])
    if rest and not hasattr(args, "words"):
        parser.error(f"unexpected words: {' '.join(rest)}")
    if rest:
        args.words = [*args.words, *rest]
    return args


def command_index(words: Sequence[str]) -> int | None:
    """Where in `words` the command stands; None where there is none, so that the screen opens."""
    skip = False
    for i, word in enumerate(words):
        if skip:
            skip = False
        elif word in _OPTIONS_WITH_VALUE:
            skip = True
        elif word == "--":
            return None
        elif not word.startswith("-") or word == "-":
            return i if word in COMMANDS else None
    return None


@contextlib.contextmanager
def _signals() -> Iterator[None]:
    """Within, SIGTERM and SIGHUP raise `Ended`, so that files are closed and locks given back."""

    def end(number: int, _frame: FrameType | None) -> NoReturn:
        raise Ended(number)

    before = {}
    for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
        try:
            # nohup has them ignored; that must stay so.
            if signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, end)
        except ValueError:  # not in the main thread: a program that calls main() in another one
            continue
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _forget_stdout() -> None:
    """Nobody takes our output any more (a pipe's reader has gone, a disk is full): the interpreter
    must not try to write what is left of it at exit."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
