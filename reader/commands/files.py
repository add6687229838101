"""Articles read from files for printing, without touching the archive."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from reader.core.article import Article
from reader.terminal import Output, say

Refused = tuple[str, str]
"""What holds no article: its path, and why."""


def articles_in(words: Iterable[str]) -> Iterator[Article | Refused]:
    """Every article in those files and folders (`-` is stdin), in order, and what was refused."""
    from reader.ingest import IntakeFailure, read_path, read_stream

    for word in words:
        intakes = read_stream(sys.stdin.buffer) if word == "-" else read_path(Path(word))
        for intake in intakes:
            if isinstance(intake, Article):
                yield intake
            elif isinstance(intake, IntakeFailure):
                yield str(intake.path), intake.message


def print_refused(out: Output, refused: Refused, *, as_json: bool) -> None:
    """Say that something holds no article."""
    path, message = refused
    if as_json:
        out.json({"error": message, "path": path})
    else:
        say(f"{path}: {message}")
