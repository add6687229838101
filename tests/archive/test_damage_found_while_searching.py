"""Damage that only an answer comes across: the index is thrown away, filled, and asked again."""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.errors import SearchIndexError
from reader.library import Library
from reader.search.segmentfile import SegmentFileWriter
from reader.storage.connection import Database

_NAMES = ("articles_*.dat", "quotations_*.dat", "_articles_*.toc", "_quotations_*.toc")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    stories = [
        {
            "title": f"Ferry number {n}",
            "body": f"“The ferry {n} is late,” Ann Lee said on Friday. Nobody on the pier was "
            f"surprised, and the harbour master{n} went home to his {n} cats.",
        }
        for n in range(60)
    ]
    text = folder / "stories.jsonl"
    text.write_text("".join(json.dumps(story) + "\n" for story in stories))
    with_index = Library.open(folder / "archive")
    assert len(list(with_index.import_paths([text]))) == 60
    with_index.close()
    return folder / "archive"


@pytest.fixture
def archive(whole: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    (folder / "index").mkdir(parents=True, mode=0o700)
    for path in [*whole.glob("archive.db"), *whole.glob("index/*")]:
        (folder / path.relative_to(whole)).write_bytes(path.read_bytes())
    return folder


def _damaged(archive: Path, pattern: str, part: float) -> None:
    [path] = (archive / "index").glob(pattern)
    data = bytearray(path.read_bytes())
    data[int(len(data) * part)] ^= 4
    path.write_bytes(data)


def _answers(library: Library) -> Iterator[tuple[str, int]]:
    for query in ("ferry", '"the ferry"', "harbour near/3 surprised", "ma*", "~fery", "title:/9/"):
        yield query, library.search(query, exact=True).total
        yield f"said {query}", library.quoted.search(query)[1]


@pytest.mark.parametrize("pattern", _NAMES)
@pytest.mark.parametrize("part", [0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_whatever_is_damaged_the_shell_is_answered_as_before(
    whole: Path, archive: Path, pattern: str, part: float
) -> None:
    sound = Library.open(whole)
    wanted = dict(_answers(sound))
    sound.close()
    _damaged(archive, pattern, part)
    library = Library.open(archive)
    library.mends_index_by(library.index_pending)
    if library.pending_count(look=True):
        library.index_pending()
    assert dict(_answers(library)) == wanted
    library.close()


def test_the_screen_is_told_how_much_is_missing_and_can_fill_it_behind(archive: Path) -> None:
    [path] = (archive / "index").glob("articles_*.dat")
    data = path.read_bytes()
    size = len(data)
    path.write_bytes(data[:8] + bytes(size // 4) + data[8 + size // 4 :])
    library = Library.open(archive)
    hits = [library.search(query) for query in ("ferry", '"the ferry"', '"harbour master7 went"')]
    assert hits[-1].pending == 60
    assert library.index_pending() == 60
    again = library.search('"the ferry"', exact=True)
    assert (again.total, again.pending) == (60, 0)
    library.close()


def test_an_index_without_its_table_of_contents_says_so_with_the_first_answer(
    archive: Path,
) -> None:
    for path in (archive / "index").glob("*.toc"):
        path.unlink()
    library = Library.open(archive)
    assert library.pending_count(look=True) == 60
    assert library.search("ferry").pending == 60
    library.close()


@pytest.mark.parametrize("written", [100, 4000])
@pytest.mark.parametrize("anew", [False, True])
def test_an_index_that_does_not_fit_on_the_disk_gives_its_room_back(
    archive: Path, monkeypatch: pytest.MonkeyPatch, written: int, anew: bool
) -> None:
    def full(self: SegmentFileWriter, data: bytes) -> None:
        if self.offset + len(data) > written:
            raise OSError(errno.ENOSPC, "No space left on device")
        write(self, data)

    def names() -> list[str]:
        return sorted(str(p.relative_to(archive)) for p in archive.rglob("*") if p.suffix == ".dat")

    library = Library.open(archive)
    library.search("ferry")
    before = names()
    library._store.ledger.lost(range(1, 61))
    write = SegmentFileWriter._write
    with monkeypatch.context() as patch:
        patch.setattr(SegmentFileWriter, "_write", full)
        with pytest.raises(SearchIndexError, match="No space left on device"):
            library.rebuild() if anew else library.index_pending()
    assert names() == before
    assert not (archive / "index.new").exists()
    assert library.search("ferry", exact=True).total == 60
    library.rebuild() if anew else library.index_pending()
    assert library.check() == []
    library.close()


def test_where_no_room_is_left_for_side_files_the_archive_can_still_be_read(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(sqlite3.OperationalError):
        sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE

    def no_room(self: Database) -> sqlite3.Connection:
        if self.mode == "immutable":
            return connection(self)
        raise Full("disk I/O error")

    connection = Database.connection
    monkeypatch.setattr(Database, "connection", no_room)
    library = Library.open(archive)
    assert library.warning is not None
    assert "no room is left on its disk" in library.warning
    assert not library.is_writable
    assert library.search("ferry", exact=True).total == 60
    assert library.article(7).article.title
    library.close()


@pytest.mark.parametrize("gone", ["*", "*.toc", "*.dat", "generation"])
def test_an_index_that_goes_while_it_is_open_is_built_anew(archive: Path, gone: str) -> None:
    library = Library.open(archive)
    assert library.search("ferry", exact=True).total == 60
    for path in (archive / "index").glob(gone):
        path.unlink()
    if gone == "*":
        (archive / "index").rmdir()
    hits = library.search("harbour")
    # Files that are open can still be read where files can go while they are.
    assert (hits.total, hits.pending) in ((0, 60), (60, 0))
    library.index_pending()
    assert library.search('"the ferry"', exact=True).total == 60
    library.close()
    again = Library.open(archive)
    if again.pending_count(look=True):
        again.index_pending()
    assert again.search('"the ferry"', exact=True).total == 60
    again.check(repair=True)
    assert again.check() == []
    again.close()


def test_the_index_of_another_archive_is_not_believed_however_much_it_holds(
    whole: Path, tmp_path: Path
) -> None:
    text = tmp_path / "one.jsonl"
    text.write_text('{"title": "Snow", "body": "Snow fell on the pass, and the road was closed."}')
    small = Library.open(tmp_path / "small")
    assert len(list(small.import_paths([text]))) == 1
    assert small.search("ferry").total == 0
    place = tmp_path / "small" / "index"
    for path in place.iterdir():
        path.unlink()
    for path in (whole / "index").iterdir():
        (place / path.name).write_bytes(path.read_bytes())
    assert small.search("ferry").total == 0
    small.close()
    again = Library.open(tmp_path / "small")
    assert again.search("ferry").total == 0
    again.index_pending()
    assert again.search("snow").total == 1
    again.close()
