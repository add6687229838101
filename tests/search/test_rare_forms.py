"""A beginning that thousands of words have: each of them counts, in phrases and distances too."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.errors import SearchIndexError
from reader.search.backend import SearchDocument
from reader.search.index import ArchiveIndex
from reader.search.memory import MemoryBackend

_LETTERS = "abcdefghij"


def _word(number: int) -> str:
    return "s" + "".join(_LETTERS[int(digit)] for digit in f"{number:04}")


def _documents() -> list[SearchDocument]:
    """600 articles with five words of their own each, one of which they share with the next."""
    return [
        SearchDocument(
            at,
            "Rare",
            f"The {_word(4 * at)} and the {_word(4 * at + 1)} came. Others {_word(4 * at + 2)} "
            f"{_word(4 * at + 3)} {_word(4 * at + 4)}. {'The sea ' * (at % 3)}",
            published_key=at * 100,
        )
        for at in range(1, 601)
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("rare") / "index"
    with ArchiveIndex.create(made) as index:
        index.add(_documents())
    return made


@pytest.mark.parametrize("typing", [False, True])
@pytest.mark.parametrize(
    "query",
    [
        '"the s*"',
        '"others s* s*"',
        "came near/3 s*",
        "came pre/2 s*",
        "the /s sb*",
        "atleast/3 s*",
        "atleast/6 s*",
        "atleast/7 body:s*",
        '"the sab*"',
        '"the s',
        "atleast/6 s",
    ],
)
def test_each_of_thousands_of_words_that_begin_so_is_found(
    folder: Path, query: str, typing: bool
) -> None:
    if query.count('"') == 1 and not typing:
        query += '*"'
    memory = MemoryBackend()
    memory.add(_documents())
    with ArchiveIndex.open(folder) as index:
        found = index.search(query, limit=None, as_you_type=typing, exact=True)
        wanted = memory.search(query, limit=None, as_you_type=typing)
    assert list(found.ids) == list(wanted.ids)
    assert found.total == wanted.total


def test_a_flipped_bit_among_them_is_an_error_and_no_wrong_answer(
    folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "index"
    other.mkdir(mode=0o700)
    for path in folder.iterdir():
        data = bytearray(path.read_bytes())
        if path.suffix == ".dat" and path.name.startswith("articles"):
            data[len(data) // 8] ^= 16
        (other / path.name).write_bytes(data)
    with ArchiveIndex.open(other) as index, pytest.raises(SearchIndexError, match="damaged"):
        index.search('"the s*"', limit=None, exact=True)
