"""Notes and collections by way of the library, and as searches find them."""

from __future__ import annotations

import pytest

from reader.archive.states import called, says
from reader.errors import ArchiveError, QueryError, UsageError
from reader.library import Library
from tests.archive.conftest import first_words


@pytest.fixture
def library(three_stories: Library) -> Library:
    """All here is about three stories: storm, ferry, council."""
    return three_stories


def said(library: Library, query: str) -> list[str]:
    """The first words of the quotations that are found."""
    return [row.text.strip("“").split()[0] for row in library.quoted.search(query)[0]]


def test_noted_articles_are_found_by_the_words_of_their_notes(library: Library) -> None:
    _, ferry, council = library.article_ids()
    library.desk.write_note(council, "  Ask the mayor about the budgets\n\x1b[31mtomorrow\n")
    library.desk.write_note(ferry, "Was she paid?", ordinal=0)
    assert library.desk.note(council) == "Ask the mayor about the budgets\ntomorrow"
    assert first_words(library, "has:note") == ["Ferry", "Council"]
    assert first_words(library, "note:budget") == ["Council"]
    assert first_words(library, 'note:"the mayor" -note:paid') == ["Council"]
    assert first_words(library, "note:(paid OR tomor*)") == ["Ferry", "Council"]
    assert first_words(library, "note:sunday") == []
    assert [note.said for note in library.desk.notes()] == ["“Nobody wanted this strike,”", None]


def test_collections_are_searched_over_articles_and_over_quotations(library: Library) -> None:
    _, ferry, council = library.article_ids()
    library.desk.collect("The Strike", [(ferry, 0), (council, 2)])
    library.desk.collect("other", [(council, 0)])
    assert first_words(library, 'collection:"the strike"') == ["Ferry", "Council"]
    assert first_words(library, "collection:other") == ["Council"]
    assert said(library, 'collection:"the strike"') == ["Nobody", "The"]
    assert said(library, "by:ruiz has:collection") == ["We"]
    assert said(library, "by:ruiz -has:collection") == ["the", "that"]
    assert [one.text.strip("“").split()[0] for one in library.desk.collected("THE STRIKE")] == [
        "Nobody",
        "The",
    ]
    assert [one.name for one in library.desk.collections()] == ["other", "The Strike"]


def test_wrong_names_are_told(library: Library) -> None:
    with pytest.raises(ArchiveError, match='there is no collection "nothing"'):
        library.desk.collected("nothing")
    with pytest.raises(UsageError, match="no name for a collection"):
        library.desk.collect("*", [])
    library.desk.collect("empty", [])
    assert library.desk.collected("Empty") == []
    with pytest.raises(QueryError, match="has: knows quotes, tag, note and collection"):
        library.search("has:legs")


def test_names_and_notes_are_compared_as_searches_compare_words() -> None:
    names = ["Air Power", "air", "Élysée"]
    assert called("air", names) == ["air"]
    assert called("air*", names) == ["Air Power", "air"]
    assert called("elysee", names) == ["Élysée"]
    assert called("~elyse", names) == ["Élysée"]
    assert says("The budgets were running late", "budget")
    assert says("The budgets were running late", "budget were run")
    assert not says("The budgets were running late", "budget late")
    assert says("late", "la*")
    assert not says("late", "late budget")
    assert not says("late", "")
