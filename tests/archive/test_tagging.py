"""Tags by way of the library: searched at once, without the index being written."""

from __future__ import annotations

import pytest

from reader.core.marks import TagCount
from reader.errors import UsageError
from reader.library import Library
from tests.archive.conftest import first_words


@pytest.fixture
def library(three_stories: Library) -> Library:
    """All here is about three stories: storm, ferry, council."""
    return three_stories


def test_tagged_articles_are_found_at_once(library: Library) -> None:
    storm, ferry, council = library.article_ids()
    library.desk.tag([storm, ferry], ["Élections", "air power"])
    assert library.pending_count() == 0, "the index need not be written"
    assert first_words(library, "tag:elections") == ["Storm", "Ferry"]
    assert first_words(library, 'tag:"air power" ferry') == ["Storm", "Ferry"]
    assert first_words(library, "tag:air") == [], "a tag is asked for by its whole name"
    assert first_words(library, "tag:air*") == ["Storm", "Ferry"]
    assert first_words(library, "tag:~electons") == ["Storm", "Ferry"]
    assert first_words(library, "-has:tag") == ["Council"]
    assert first_words(library, "about:elections") == ["Storm", "Ferry"]
    library.desk.tag([council], ["elections"], ["nothing"])
    library.desk.tag([storm], remove=["ELECTIONS"])
    library.desk.tag([storm], remove=["ÉLECTIONS"])
    assert first_words(library, "tag:elections") == ["Ferry", "Council"]
    assert {row.speaker_name for row in library.quoted.search("tag:elections")[0]} == {
        "Ana Ruiz",
        "Bo Lindqvist",
        "Carla Mendes",
    }
    assert [tag.name for tag in library.desk.tags()] == ["air power", "elections", "Élections"]


def test_a_change_of_tags_is_taken_back(library: Library) -> None:
    storm, ferry, _ = library.article_ids()
    library.desk.tag([storm], ["old"])
    change = library.desk.tag([storm, ferry], ["new"], ["old"])
    assert change.articles == 2
    library.desk.undo_tags(change)
    assert library.desk.tags() == [TagCount("old", 1, 1)]


def test_a_tag_without_a_letter_is_refused(library: Library) -> None:
    with pytest.raises(UsageError, match="neither letter nor digit"):
        library.desk.tag(library.article_ids(), ["++"])
    assert library.desk.tags() == []
