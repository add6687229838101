"""Asking who said what in processes beside: the same answers, in the same order."""

from __future__ import annotations

import time
from collections.abc import Iterator
from multiprocessing import active_children

import pytest

from reader.archive import extracting
from reader.archive.extracting import Answers, asked
from reader.core.article import Article
from reader.core.quotation import Extraction
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


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_text_that_comes_again_under_other_titles_is_not_asked_again(jobs: int) -> None:
    class Counting:
        asked = 0

        def extract(self, text: str) -> Extraction:
            Counting.asked += 1
            return default_engine().extract(text)

    texts = [article(number % 3).body for number in range(60)]
    read = [Article(title=f"Mail {number}", body=text) for number, text in enumerate(texts)]
    found = [found for _, found in asked(read, wanted, Counting(), jobs)]
    assert Counting.asked == 3
    kept = [number for number in range(60) if wanted(read[number])]
    assert [found[n] for n in kept] == [default_engine().extract(texts[n]) for n in kept]


def test_only_so_many_texts_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extracting, "REMEMBERED", 2)
    answers = Answers()
    one, other, third = (Extraction() for _ in range(3))
    answers.keep("a", one)
    answers.keep("b", other)
    assert answers.of("a") is one
    answers.keep("c", third)
    assert (answers.of("a"), answers.of("b"), answers.of("c")) == (one, None, third)
    answers.keep("d" * 10_001, one)
    assert answers.of("d" * 10_001) is None
