"""The order of hits, running out of time, and searching while others write."""

from __future__ import annotations

import random
import threading
from pathlib import Path
from unittest import mock

import pytest

from reader.core.records import Sort
from reader.errors import ReaderError
from reader.search import counting, ranking, searcher, update
from reader.search.backend import SearchDocument
from reader.search.evaluate import Evaluator, Found
from reader.search.index import ArchiveIndex
from reader.search.query import Node, Word

FILLER = "of the and to in a that with for on".split()


def article(number: int, body: str, title: str = "") -> SearchDocument:
    return SearchDocument(number, title, body, published_key=number * 1000)


def many(count: int) -> list[SearchDocument]:
    """Articles in which war stands once to four times among other words."""
    chance = random.Random(5)
    return [
        article(
            number,
            " ".join(["war", "truce"] * chance.randint(1, 4) + chance.choices(FILLER, k=60)),
        )
        for number in range(1, count + 1)
    ]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> ArchiveIndex:
    made = ArchiveIndex.create(tmp_path_factory.mktemp("searching") / "index")
    made.add(many(400))
    made.add(
        [
            article(1001, "war " * 9 + "of " * 40),
            article(1002, "of " * 300 + "war"),
            article(1003, "nothing", title="War again"),
            article(1004, "war and truce " + "of " * 300),
        ]
    )
    return made


@pytest.mark.parametrize("scored_at_once", [3000, 5])
def test_the_best_are_those_with_the_word_in_the_title_or_most_often(
    index: ArchiveIndex, scored_at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranking, "_MANY", scored_at_once)
    best = list(index.search("war", sort=Sort.RELEVANCE, limit=10).ids)
    assert set(best[:2]) == {1001, 1003}
    assert 1002 not in best
    assert index.search("war", sort=Sort.RELEVANCE, limit=10).total == 404


def test_scoring_only_the_promising_gives_nearly_the_same_order(
    index: ArchiveIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    for query in ("war", "war truce", "war OR nothing", '"war truce"', "wa*"):
        whole = list(index.search(query, sort=Sort.RELEVANCE, limit=10).ids)
        monkeypatch.setattr(ranking, "_MANY", 5)
        some = list(index.search(query, sort=Sort.RELEVANCE, limit=10).ids)
        monkeypatch.undo()
        assert len(set(whole) & set(some)) >= 8


def test_while_one_types_old_hits_of_a_costly_phrase_may_be_missing_and_that_is_said(
    index: ArchiveIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searcher, "TYPING_SECONDS", -1.0)
    monkeypatch.setattr(counting, "COUNTING_SECONDS", -1.0)
    monkeypatch.setattr(counting, "_ALWAYS", 0)
    monkeypatch.setattr(searcher, "_ALWAYS", 5)
    monkeypatch.setattr(searcher, "_FIRST_STRETCH", 40)
    whole = index.search('"war truce"', limit=100)
    assert whole.complete and len(whole.ids) == 100
    typed = index.search('"war truce', limit=100, as_you_type=True)
    assert not typed.complete and not typed.exact
    assert 0 < len(typed.ids) < 100
    assert list(typed.ids) == list(whole.ids)[: len(typed.ids)]


def test_a_count_is_an_estimate_when_there_was_no_time_to_count(
    index: ArchiveIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = index.search('"war truce"', limit=5)
    assert right.exact and right.total == 400
    monkeypatch.setattr(counting, "COUNTING_SECONDS", 0.0)
    monkeypatch.setattr(counting, "_ALWAYS", 0)
    guessed = index.search('"war truce"', limit=5)
    assert not guessed.exact
    assert list(guessed.ids) == list(right.ids)


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> ArchiveIndex:
    """Twenty segments of twenty articles."""
    made = ArchiveIndex.create(tmp_path_factory.mktemp("years") / "index")
    with mock.patch.object(update, "SEGMENT_ARTICLES", 20):
        made.add(many(400))
    assert made.status().segments == 20
    return made


def test_the_first_hits_come_before_the_count_which_is_about_right(years: ArchiveIndex) -> None:
    first = years.search("truce", limit=5)
    assert list(first.ids) == [400, 399, 398, 397, 396]
    assert (first.total, first.exact) == (400, False)
    thrice = years.search("atleast/3 truce", limit=5)
    right = years.search("atleast/3 truce", limit=5, exact=True)
    assert right.exact and not thrice.exact
    assert thrice.ids == right.ids
    assert 0.5 * right.total < thrice.total < 2 * right.total


def test_a_count_is_exact_when_asked_for_or_when_it_is_cheap(years: ArchiveIndex) -> None:
    phrase = years.search('"war truce"', limit=5, exact=True)
    assert (phrase.total, phrase.exact) == (400, True)
    whole = years.search("truce", limit=5, exact=True)
    assert (whole.total, whole.exact) == (400, True)
    assert years.search("truce", limit=None).exact
    assert years.search("war", limit=500).exact
    nothing = years.search("peace")
    assert (nothing.total, nothing.exact) == (0, True)


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("limit", [None, 5])
@pytest.mark.parametrize("query", ["truce", '"war truce"', "truce -said:nobody"])
def test_a_search_that_nobody_wants_any_more_is_given_up(
    years: ArchiveIndex, query: str, limit: int | None, sort: Sort
) -> None:
    asked = []

    def wanted() -> bool:
        asked.append(True)
        return len(asked) < 3

    answer = years.search(query, limit=limit, sort=sort, exact=True, wanted=wanted)
    assert (len(answer.ids), answer.exact, answer.complete) == (0, False, False)
    assert len(asked) == 3
    asked.clear()
    whole = years.search(query, sort=sort, limit=limit, exact=True, wanted=lambda: True)
    assert (whole.total, whole.exact, whole.complete) == (400, True, True)


def test_a_month_is_looked_for_in_its_own_segments_only(
    years: ArchiveIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Node] = []
    find = Evaluator.find

    def noted(self: Evaluator, node: Node) -> Found:
        looked.append(node)
        return find(self, node)

    monkeypatch.setattr(Evaluator, "find", noted)
    answer = years.search("truce date:1970-01-02")
    # The articles of that day are 87 to 172 (one every thousand seconds): five segments or six.
    assert list(answer.ids)[:2] == [172, 171]
    assert (answer.total, answer.exact) == (86, False) or answer.exact
    assert years.search("truce date:1970-01-02", exact=True).total == 86
    assert looked.count(Word("truce")) <= 12


def test_searches_go_on_while_another_thread_writes(tmp_path: Path) -> None:
    index = ArchiveIndex.create(tmp_path / "index")
    index.add(many(5))
    stop = threading.Event()
    wrong: list[object] = []

    def search() -> None:
        while not stop.is_set():
            try:
                found = list(index.search("war", limit=None).ids)
                if found != sorted(found, reverse=True) or len(set(found)) < 5:
                    wrong.append(found)
                index.search('"war truce"', as_you_type=True)
            except ReaderError as error:
                wrong.append(error)

    threads = [threading.Thread(target=search) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(6, 40):
        index.add([article(number, "war truce")])
        if number % 7 == 0:
            index.delete([number])
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert index.search("war").total == 34
