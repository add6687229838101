"""What saved searches mean, and words suggested for unknown ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search.analysis import one_edit, one_edit_away
from reader.search.index import ArchiveIndex
from reader.search.saved import changes_by_itself, meaning
from tests.search.conftest import ARTICLES


@pytest.mark.parametrize(
    ("text", "changes"),
    [("war", False), ("date:2020", False), ("-30d", True), ("NOT (a OR is:read)", True)],
)
def test_what_changes_by_itself(text: str, changes: bool) -> None:
    assert changes_by_itself(text) is changes


def test_the_meaning_changes_with_the_searches_it_refers_to() -> None:
    saved = {"war": "war", "both": "search:war minister", "new": "is:unread search:war"}
    before = meaning("search:war minister", saved.get)
    assert before == meaning("search:war minister", saved.get)
    saved["war"] = "war OR conflict"
    assert before != meaning("search:war minister", saved.get)
    assert meaning(saved["new"], saved.get) is None
    saved["war"] = "-7d"
    assert meaning("search:war minister", saved.get) is None


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
