"""Asking who said what in processes beside: the same answers, in the same order."""

from __future__ import annotations

import time
from collections.abc import Iterator
from multiprocessing import active_children

import pytest

from reader.archive import extracting
from reader.archive.extracting import asked
from reader.core.article import Article
from reader.extraction.engine import default_engine
from reader.ingest.intake import Intake, IntakeFailure


def article(number: int) -> Article:
    body = f"“We are done,” said Ada Orr{number}, the master. “It is over.” She added: “Go.”"
    return Article(title=f"Story {number}", body=body, path=f"{number}.txt")


def read(count: int) -> Iterator[Intake]:
    for number in range(count):
        yield IntakeFailure(f"{number}.bin", "no text") if number % 7 == 3 else article(number)


def wanted(one: Article) -> bool:
    return not one.title.endswith("5")


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extracting, "FEW", 4)


def test_processes_beside_find_the_same_in_the_same_order() -> None:
    engine = default_engine()
    alone = list(asked(read(60), wanted, engine, 1))
    assert [one for one, _ in alone] == list(read(60))
    assert sum(found is not None for _, found in alone) > 40
    assert list(asked(read(60), wanted, engine, 2)) == alone


def test_what_is_known_already_begins_no_process() -> None:
    before = set(active_children())
    list(asked(read(60), lambda one: False, default_engine(), 2))
    assert set(active_children()) == before


def test_an_import_that_is_given_up_leaves_no_process_behind() -> None:
    before = set(active_children())
    stream = asked(read(500), wanted, default_engine(), 2)
    for _ in range(10):
        next(stream)
    began = time.monotonic()
    stream.close()  # type: ignore[attr-defined]
    assert set(active_children()) <= before
    assert time.monotonic() - began < 20
