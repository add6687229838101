"""Articles read from files for printing, without touching the archive."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from reader.core.article import Article


def articles_in(words: Iterable[str]) -> Iterator[Article | tuple[str, str]]:
    """Every article in those files and folders (`-` is stdin), in order; for what holds none, its
    path and why."""
    from reader.ingest import IntakeFailure, read_path, read_stream

    for word in words:
        intakes = read_stream(sys.stdin.buffer) if word == "-" else read_path(Path(word))
        for intake in intakes:
            if isinstance(intake, Article):
                yield intake
            elif isinstance(intake, IntakeFailure):
                yield str(intake.path), intake.message
