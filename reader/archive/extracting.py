"""Who said what in the articles of an import: asked here, and of many in processes beside.

Reading, storing and indexing take about as long as asking, so that on two processors an import is
nearly twice as fast with it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias

from reader.core.article import Article
from reader.core.quotation import Extraction

if TYPE_CHECKING:
    from reader.extraction.engine import Engine
    from reader.ingest.intake import Intake

FEW: Final = 48
"""Articles that are asked in this process first: two others take as long to begin as 50 to ask."""

CHUNK: Final = 8
"""What was read is handed over so many at a time, ..."""

CHUNK_SECONDS: Final = 0.1
"""... and after so many seconds fewer are, so that slow inputs show up."""

AHEAD: Final = 50
"""Chunks a process that may be under way: so many keep it busy while others are indexed here."""

Asked: TypeAlias = "tuple[Intake, Extraction | None]"


def asked(
    intakes: Iterable[Intake], wanted: Callable[[Article], bool], engine: Engine, jobs: int
) -> Iterator[Asked]:
    """What was read, in order, each wanted article with what the engine finds in it.

    With more than one of `jobs`, the engine of those processes is the default one.
    """

    def here(intake: Intake) -> Asked:
        if isinstance(intake, Article) and wanted(intake):
            return intake, engine.extract(intake.body)
        return intake, None

    following = iter(intakes)
    if jobs <= 1:
        yield from map(here, following)
        return
    yield from map(here, islice(following, FEW))
    with closing(_beside(following, wanted, engine, jobs)) as rest:
        yield from rest


def processes() -> int:
    """How many processes an import may have: as many as there are processors, four at most."""
    try:
        return min(len(os.sched_getaffinity(0)), 4)
    except AttributeError:  # not on every system
        return min(os.cpu_count() or 1, 4)


def _beside(
    intakes: Iterable[Intake], wanted: Callable[[Article], bool], engine: Engine, jobs: int
) -> Generator[Asked, None, None]:
    from reader.extraction.workers import Workers

    with Workers(extract_all, jobs, engine.extract, AHEAD) as workers:
        for found, read in workers.answers_with(_chunks(intakes, wanted)):
            following = iter(found)
            for intake, is_wanted in read:
                yield intake, next(following) if is_wanted else None


def _chunks(
    intakes: Iterable[Intake], wanted: Callable[[Article], bool]
) -> Iterator[tuple[list[str], list[tuple[Intake, bool]]]]:
    """The texts to ask about, and what was read, with whether its text is among them."""
    texts: list[str] = []
    read: list[tuple[Intake, bool]] = []
    began = time.monotonic()
    for intake in intakes:
        is_wanted = isinstance(intake, Article) and wanted(intake)
        read.append((intake, is_wanted))
        if isinstance(intake, Article) and is_wanted:
            texts.append(intake.body)
        if len(read) >= CHUNK or time.monotonic() - began > CHUNK_SECONDS:
            yield texts, read
            texts, read = [], []
            began = time.monotonic()
    yield texts, read


def extract_all(texts: Sequence[str]) -> list[Extraction]:
    """What the engine finds in each text."""
    from reader.extraction.engine import default_engine

    return list(map(default_engine().extract, texts))
