"""Who said what in the articles of an import: asked here, and of many in processes beside.

Reading, storing and indexing take about as long as asking, so that on two processors an import is
nearly twice as fast with it.
"""

from __future__ import annotations

import os
import time
from collections import OrderedDict
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

REMEMBERED: Final = 400
"""Texts of which it is known what the engine found in them: wires, notices and teasers come again
and again under other titles, mostly one soon after the other."""

REMEMBERED_LENGTH: Final = 10_000
"""Characters of the longest text that is remembered. With what is found in them, 400 such texts of
nothing but quotations, each of another speaker, take 75 MB; there is nothing denser."""

_TO_ASK: Final = Extraction()
"""Stands for what is not known yet."""

Asked: TypeAlias = "tuple[Intake, Extraction | None]"


class Answers:
    """What the engine found in the texts of late, word for word. Not for several threads."""

    def __init__(self) -> None:
        """Begin with none."""
        self._found: OrderedDict[str, Extraction] = OrderedDict()

    def of(self, text: str) -> Extraction | None:
        """What was found in exactly this text; None where that is not known."""
        found = self._found.get(text)
        if found is not None:
            self._found.move_to_end(text)
        return found

    def keep(self, text: str, found: Extraction) -> Extraction:
        """Remember `found`, and give it back."""
        if len(text) <= REMEMBERED_LENGTH:
            self._found[text] = found
            if len(self._found) > REMEMBERED:
                self._found.popitem(last=False)
        return found


def asked(
    intakes: Iterable[Intake], wanted: Callable[[Article], bool], engine: Engine, jobs: int
) -> Iterator[Asked]:
    """What was read, in order, each wanted article with what the engine finds in it.

    With more than one of `jobs`, the engine of those processes is the default one.
    """

    answers = Answers()

    def here(intake: Intake) -> Asked:
        if isinstance(intake, Article) and wanted(intake):
            text = intake.body
            return intake, answers.of(text) or answers.keep(text, engine.extract(text))
        return intake, None

    following = iter(intakes)
    if jobs <= 1:
        yield from map(here, following)
        return
    yield from map(here, islice(following, FEW))
    with closing(_beside(following, wanted, engine, jobs, answers)) as rest:
        yield from rest


def processes() -> int:
    """How many processes an import may have: as many as there are processors, four at most."""
    try:
        return min(len(os.sched_getaffinity(0)), 4)
    except AttributeError:  # not on every system
        return min(os.cpu_count() or 1, 4)


def _beside(
    intakes: Iterable[Intake],
    wanted: Callable[[Article], bool],
    engine: Engine,
    jobs: int,
    answers: Answers,
) -> Generator[Asked, None, None]:
    from reader.extraction.workers import Workers

    with Workers(extract_all, jobs, engine.extract, AHEAD) as workers:
        for found, read in workers.answers_with(_chunks(intakes, wanted, answers)):
            following = iter(found)
            for intake, known in read:
                if known is _TO_ASK and isinstance(intake, Article):
                    yield intake, answers.keep(intake.body, next(following))
                else:
                    yield intake, known


def _chunks(
    intakes: Iterable[Intake], wanted: Callable[[Article], bool], answers: Answers
) -> Iterator[tuple[list[str], list[Asked]]]:
    """The texts to ask about, and what was read, with what is known already about its text, or
    `_TO_ASK` if that is among them."""
    texts: list[str] = []
    read: list[Asked] = []
    began = time.monotonic()
    for intake in intakes:
        known = None
        if isinstance(intake, Article) and wanted(intake):
            known = answers.of(intake.body)
            if known is None:
                known = _TO_ASK
                texts.append(intake.body)
        read.append((intake, known))
        if len(read) >= CHUNK or time.monotonic() - began > CHUNK_SECONDS:
            yield texts, read
            texts, read = [], []
            began = time.monotonic()
    yield texts, read


def extract_all(texts: Sequence[str]) -> list[Extraction]:
    """What the engine finds in each text."""
    from reader.extraction.engine import default_engine

    return list(map(default_engine().extract, texts))
