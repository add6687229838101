"""Searches kept under a name, and used within others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.errors import QueryError
from reader.library import Library

STORY = """{title}

By Ann Reed June 3, 2026

{body}

"We will see," said Petra Oduya, the owner of the line, on Monday morning.
"""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Three stories: a ferry in fog, a ferry in sunshine, and fog alone."""
    for number, body in enumerate(
        ("The ferry sailed into the fog.", "The ferry sailed in sunshine.", "Fog lay on the hills.")
    ):
        text = STORY.format(title=f"Story Number {number}", body=f"{body} Nobody was surprised.")
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    library = Library.open(tmp_path / "archive")
    for _ in library.import_paths(sorted(tmp_path.glob("*.txt"))):
        pass
    yield library
    library.close()


def test_a_saved_search_stands_for_its_words_within_another(library: Library) -> None:
    library.folders.save("boats", "ferry OR ship")
    assert library.folders.queries() == {"boats": "ferry OR ship"}
    assert library.search("search:boats").total == 2
    assert library.search("search:boats fog").total == 1
    assert library.search("fog -search:boats").total == 1


def test_saving_again_under_a_name_changes_what_it_means(library: Library) -> None:
    library.folders.save("boats", "ferry")
    assert library.search("search:boats").total == 2
    library.folders.save("boats", "fog")
    assert library.search("search:boats fog").total == 2
    assert library.folders.forget("boats")
    assert not library.folders.forget("boats")
    with pytest.raises(QueryError, match="no saved search"):
        library.search("search:boats")


def test_what_cannot_be_read_is_not_saved(library: Library) -> None:
    with pytest.raises(QueryError):
        library.folders.save("wrong", "date:nonsense")
    with pytest.raises(QueryError):
        library.folders.save("itself", "search:itself")
    assert library.folders.queries() == {}
