"""`onrecord completion`: words for the shells and the manual page, made from the parsers."""

from __future__ import annotations

import argparse

from reader.errors import UsageError
from reader.terminal import Output

FORMS = ("bash", "zsh", "fish", "man")


def arguments(parser: argparse.ArgumentParser, command: str) -> None:
    """Declare what the command takes."""
    parser.description = "Print completion for bash, zsh or fish, or the manual page (man)."
    parser.epilog = (
        "examples:\n"
        "  source <(onrecord completion bash)\n"
        "  onrecord completion fish > ~/.config/fish/completions/onrecord.fish\n"
        "  onrecord completion man > ~/.local/share/man/man1/onrecord.1"
    )
    parser.add_argument("words", nargs="*", metavar="|".join(FORMS), help="which one")


def run(args: argparse.Namespace) -> int:
    """Print it."""
    if len(args.words) != 1 or args.words[0] not in FORMS:
        raise UsageError(f"completion needs one of {', '.join(FORMS)}")
    from reader.commands import manual

    out = Output()
    for line in getattr(manual, args.words[0])():
        out.line(line)
    return 0
