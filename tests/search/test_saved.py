"""Saved searches kept up to date, and words suggested for unknown ones."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pytest
from conftest import ARTICLES
from hypothesis import given
from hypothesis import strategies as st

from reader.search.analysis import one_edit, one_edit_away
from reader.search.backend import SearchAnswer, SearchDocument
from reader.search.index import ArchiveIndex
from reader.search.memory import MemoryBackend
from reader.search.saved import SavedMatches, changes_by_itself


class Counting(MemoryBackend):
    """Notes over how many articles each search was run."""

    def __init__(self) -> None:
        super().__init__()
        self.runs: list[int | None] = []

    def search(self, query: object, **options: object) -> SearchAnswer:  # type: ignore[override]
        within = options.get("within")
        self.runs.append(None if within is None else len(within))  # type: ignore[arg-type]
        return super().search(query, **options)  # type: ignore[arg-type]


def test_new_articles_are_asked_alone() -> None:
    backend = Counting()
    backend.add(ARTICLES[:2])
    saved = SavedMatches(backend, {"war": "war", "both": "search:war minister"})
    assert set(saved.ids("war")) == {1, 2}
    assert set(saved.ids("both")) == {1, 2}
    backend.add([SearchDocument(9, "More war", ""), *ARTICLES[2:]])
    assert saved.came_in([9, 3, 4]) == {"war": [9]}
    assert set(saved.ids("war")) == {1, 2, 9}
    assert backend.runs == [None, None, 3, 3]
    assert saved.unread("war", {2, 9, 50}) == 2
    saved.went([9])
    assert set(saved.ids("war")) == {1, 2}


def test_a_changed_article_can_leave_a_saved_search() -> None:
    backend = Counting()
    backend.add(ARTICLES)
    saved = SavedMatches(backend, {"war": "war"})
    assert set(saved.ids("war")) == {1, 2}
    backend.add([SearchDocument(2, "Peace", "Nothing else")])
    assert saved.came_in([2]) == {}
    assert set(saved.ids("war")) == {1}


def test_searches_that_change_by_themselves_are_run_again() -> None:
    class Marks:
        def __init__(self) -> None:
            self.unread = {1}

        def ids(self, state: str, value: str) -> Collection[int] | None:
            return self.unread

    backend = Counting()
    backend.add(ARTICLES)
    marks = Marks()
    saved = SavedMatches(backend, {"new": "is:unread war"}, marks)
    assert set(saved.ids("new")) == {1}
    marks.unread = {1, 2}
    assert set(saved.ids("new")) == {1, 2}


@pytest.mark.parametrize(
    ("text", "changes"),
    [("war", False), ("date:2020", False), ("-30d", True), ("NOT (a OR is:read)", True)],
)
def test_what_changes_by_itself(text: str, changes: bool) -> None:
    assert changes_by_itself(text) is changes


def test_a_wrong_saved_search_finds_nothing_and_says_why() -> None:
    backend = Counting()
    backend.add(ARTICLES)
    saved = SavedMatches(backend, {"wrong": "(war"})
    assert set(saved.ids("wrong")) == set()
    assert "never closed" in saved.errors["wrong"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("minsters war", "ministers war"),
        ("title:Minsiter", "title:minister"),
        ('"quiet harbor"', '"quiet harbour"'),
        ("war", None),
        ("qqqqq", None),
        ("minis*", None),
        ("-minsters war", None),
        ("speaker:altum refugee", "speaker:altun refugee"),
    ],
)
def test_an_unknown_word_is_replaced_by_the_commonest_one_edit_away(
    tmp_path: Path, typed: str, meant: str | None
) -> None:
    with ArchiveIndex.create(tmp_path / "index") as index:
        index.add(ARTICLES)
        assert index.did_you_mean(typed) == meant


@given(st.text("abé'", min_size=1, max_size=5), st.text("abé'", min_size=1, max_size=6))
def test_one_edit_is_the_same_seen_from_both_ends(word: str, other: str) -> None:
    if word.isascii() and len(word) >= 3:
        assert one_edit(word, other) == (other in {near for near, _ in one_edit_away(word)})
    if word.isascii() == other.isascii() and min(len(word), len(other)) >= 3:
        assert one_edit(word, other) == one_edit(other, word)
