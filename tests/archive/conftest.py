"""An archive to do things with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.library import Library
from tests import newsroom


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty archive."""
    opened = Library.open(tmp_path / "archive")
    yield opened
    opened.close()


@pytest.fixture
def three_stories(library: Library, tmp_path: Path) -> Library:
    """The archive with three stories in it: storm, ferry, council."""
    list(library.import_paths(newsroom.write(tmp_path / "files")))
    return library


def first_words(library: Library, query: str) -> list[str]:
    """The first words of the titles of what is found."""
    return [row.title.split()[0] for row in library.rows(library.search(query).ids)]
