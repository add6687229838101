"""Archives that are damaged, forbidden, half written, or in use by somebody else."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.archive import importing, indexing
from reader.errors import ArchiveError, SearchIndexError
from reader.library import Library
from reader.search import schema
from reader.storage.lock import try_lock
from tests import newsroom
from tests.benchmarks.kill import BAD, killed_again_and_again

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Path]:
    """The folder of a closed archive with three stories."""
    folder = tmp_path / "archive"
    library = Library.open(folder)
    list(library.import_paths(newsroom.write(tmp_path / "files")))
    library.close()
    yield folder


def found(folder: Path, query: str = "harbour") -> int:
    """How many articles a search finds, once what is pending has been indexed."""
    library = Library.open(folder)
    try:
        library.search(query)
        library.index_pending()
        return library.search(query).total
    finally:
        library.close()


def many(file: Path, count: int) -> Path:
    """A file with so many different articles."""
    with file.open("w") as lines:
        for number in range(count):
            lines.write(
                f'{{"title": "Story {number}", "body": "The council of town number {number} met '
                f'on Monday and talked about the bridge over the river for hours."}}\n'
            )
    return file


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_nobody_else_can_read_a_new_archive(archive: Path) -> None:
    assert archive.stat().st_mode & 0o077 == 0
    assert (archive / "archive.db").stat().st_mode & 0o077 == 0
    assert (archive / "index").stat().st_mode & 0o077 == 0


def test_a_missing_index_is_made_again_by_itself(archive: Path) -> None:
    shutil.rmtree(archive / "index")
    library = Library.open(archive)
    assert library.pending_count() == 3
    library.close()
    assert found(archive) == 2


def test_an_index_of_an_earlier_program_is_looked_at_before_it_is_believed(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "_program", lambda: "another")
    library = Library.open(archive)
    assert library.pending_count() == 0
    library.close()
    monkeypatch.setattr(indexing, "_program", lambda: "a third")
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    library = Library.open(archive)
    assert library.pending_count() == 3
    assert library.index_pending() == 3
    assert library.search("harbour").total == 2
    library.close()


def test_an_index_without_its_contents_is_made_again(archive: Path) -> None:
    for toc in (archive / "index").glob("*.toc"):
        toc.unlink()
    assert found(archive) == 2


def test_an_index_of_another_archive_is_not_believed(archive: Path, tmp_path: Path) -> None:
    other = Library.open(tmp_path / "other")
    other.search("harbour")
    other.close()
    shutil.rmtree(archive / "index")
    shutil.copytree(tmp_path / "other" / "index", archive / "index")
    assert found(archive) == 2


def test_any_damaged_file_of_the_index_ends_in_a_new_one_or_a_clear_line(archive: Path) -> None:
    files = sorted(path for path in (archive / "index").iterdir() if path.stat().st_size)
    kept = archive.parent / "kept"
    shutil.copytree(archive, kept)
    for file in files:
        for damage in (b"", b"\xff" * 64, (kept / "index" / file.name).read_bytes()[:-1]):
            shutil.rmtree(archive)
            shutil.copytree(kept, archive)
            file.write_bytes(damage)
            try:
                assert found(archive) == 2, (file.name, damage)
            except SearchIndexError as error:
                assert "rebuild" in str(error), (file.name, damage)
                library = Library.open(archive)
                assert library.rebuild() == 3
                library.close()
                assert found(archive) == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_an_index_that_others_could_write_is_never_opened(archive: Path) -> None:
    index = archive / "index"
    canary = archive.parent / "canary"
    [toc, *_] = index.glob("*.toc")
    # What a stranger would put there: a pickle that makes a file when it is read.
    toc.write_bytes(b"cposix\nsystem\n(S'touch " + os.fsencode(canary) + b"'\ntR.")
    index.chmod(0o777)
    assert found(archive) == 2
    assert not canary.exists()


def test_while_another_program_writes_the_index_articles_still_come_in(
    archive: Path, tmp_path: Path
) -> None:
    library = Library.open(archive)
    more = tmp_path / "more.jsonl"
    more.write_text(
        '{"title": "Lighthouse", "body": "The lighthouse was lit again on Friday, after a year '
        'in the dark, and the harbour could be seen from far out at sea."}\n'
    )
    with try_lock(archive / "index.lock") as mine:
        assert mine
        assert [o.status for o in library.import_paths([more])] == ["new"]
        assert library.pending_count() == 1
        assert library.search("harbour").total == 2
        with pytest.raises(SearchIndexError, match="another onrecord"):
            library.rebuild()
    assert library.index_pending() == 1
    assert library.search("harbour").total == 3
    library.close()


def test_a_rebuild_that_is_ended_leaves_the_old_index(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library.open(archive)

    def end(_progress: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.rebuild(end)
    assert library.search("harbour").total == 2
    library.close()
    library = Library.open(archive)
    assert library.search("harbour").total == 2
    assert library.rebuild() == 3
    library.close()


def test_one_unreadable_article_does_not_keep_the_others_from_being_found(archive: Path) -> None:
    library = Library.open(archive)
    with library._store._database.writing() as database:
        database.execute("UPDATE version SET blocks = 'nonsense' WHERE article = 1")
    library.rebuild()
    assert library.search("ferry").total == 2
    with pytest.raises(ArchiveError, match="article 1 is damaged"):
        library.article(1)
    assert {finding.kind for finding in library.check()} == {"offset", "index"}
    assert all(finding.repaired for finding in library.check(repair=True))
    assert library.check() == []
    assert library.article(1).article.title == "Council approves the harbour bridge"
    assert library.search("bridge").total == 1
    library.close()


def test_a_folder_that_cannot_be_made_gives_an_archive_for_this_once(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    library = Library.open(tmp_path / "file" / "archive")
    assert library.warning is not None and "nothing is kept" in library.warning
    list(library.import_paths(newsroom.write(tmp_path / "files")))
    assert library.search("harbour").total == 2
    folder = library.folder
    library.close()
    assert not folder.exists()


AS_NOBODY = """
    import os
    import sys
    from pathlib import Path

    import reader.archive.opening
    from reader.errors import ArchiveError
    from reader.library import Library
    from reader.storage import connection, schema

    # All that a new archive needs, before this user may read no more modules.
    made = connection.sqlite3.connect(":memory:")
    schema.migrate(made)
    made.close()
    if os.geteuid() == 0:  # who may do everything, and would prove nothing
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    library = Library.open(Path(sys.argv[1]))
    print(library.count(), library.article(1).article.title)
    print(library.warning)
    try:
        library.set_read([2], True)
    except ArchiveError as error:
        print(error)
    library.close()
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_where_one_may_not_even_look_an_archive_is_made_for_this_once() -> None:
    place = Path(tempfile.mkdtemp())
    (place / "closed").mkdir(0o700)
    if os.geteuid() != 0:
        (place / "closed").chmod(0)
    place.chmod(0o755)
    script = textwrap.dedent(AS_NOBODY).replace("library.article(1).article.title", "''")
    try:
        done = subprocess.run(
            [sys.executable, "-c", script, str(place / "closed" / "archive")],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
        )
    finally:
        (place / "closed").chmod(0o700)
        shutil.rmtree(place)
    assert done.returncode == 0, done.stderr
    assert "nothing is kept when onrecord ends" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
@pytest.mark.parametrize("in_use", [False, True])
def test_an_archive_that_cannot_be_written_can_be_read(archive: Path, in_use: bool) -> None:
    # In a folder of its own, which unlike the tests' usual place everybody may enter.
    place = Path(tempfile.mkdtemp())
    folder = place / "archive"
    shutil.copytree(archive, folder)
    writer = Library.open(folder)
    writer.set_starred([1], True)
    if not in_use:
        writer.close()
    for path in (place, *place.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        done = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(AS_NOBODY), str(folder)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
    finally:
        writer.close()
        for path in (place, *place.rglob("*")):
            path.chmod(0o700)
        shutil.rmtree(place)
    first, warning, error = done.stdout.splitlines()
    assert first == "3 Council approves the harbour bridge"
    assert "can be read but not written" in warning
    assert "can be read but not written" in error


KILLED = """
    import sys
    from pathlib import Path
    from reader.archive import importing, indexing
    from reader.library import Library

    importing.BATCH = 5
    indexing.CHUNK = 10
    library = Library.open(Path(sys.argv[1]))
    for outcome in library.import_paths([sys.argv[2]]):
        print(outcome.id, flush=True)
        library.set_starred([outcome.id], True)
        print(-outcome.id, flush=True)
"""


def test_nothing_acknowledged_is_lost_when_the_program_is_killed(tmp_path: Path) -> None:
    archive, news = tmp_path / "archive", many(tmp_path / "news.jsonl", 400)
    stored: set[int] = set()
    starred: set[int] = set()
    for after in (1, 30, 91, 150, 210):
        child = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(KILLED), str(archive), str(news)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        # After so many lines: while a batch is written, the index is built, a star is set.
        lines = [line for _, line in zip(range(after), child.stdout, strict=False)]
        child.kill()
        lines += child.stdout.readlines()
        child.wait()
        child.stdout.close()
        numbers = [int(line) for line in lines if line.endswith("\n")]
        stored |= {number for number in numbers if number > 0}
        starred |= {-number for number in numbers if number < 0}
        library = Library.open(archive)
        assert stored <= set(library.article_ids())
        assert starred <= set(library.article_ids(starred=True))
        library.close()
    library = Library.open(archive)
    assert [finding for finding in library.check() if finding.kind != "index"] == []
    library.index_pending()
    assert library.check() == []
    assert library.search("bridge").total == library.count() == len(library.article_ids())
    library.close()
    assert len(stored) > 50


def test_kills_while_fetching_marking_rebuilding_and_migrating_lose_nothing_either() -> None:
    counts = killed_again_and_again(10, longest=1.5)
    assert {name: counts[name] for name in BAD if counts[name]} == {}
    assert counts["articles acknowledged"] > 0


def test_an_import_ended_by_a_signal_keeps_what_it_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH_SECONDS", 0.0)
    library = Library.open(tmp_path / "archive")
    run = library.import_paths(newsroom.write(tmp_path / "files"))
    assert next(run).status == "new"
    with pytest.raises(KeyboardInterrupt):
        run.throw(KeyboardInterrupt)
    assert library.count() == 1
    library.close()


def test_of_a_damaged_database_what_can_be_read_is_saved_and_the_file_is_kept(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "archive"
    news = tmp_path / "news.jsonl"
    with news.open("w") as file:
        for number in range(150):
            file.write(
                f'{{"title": "Story {number}", "body": "{"The bridge was closed again. " * 90}'
                f'“It is number {number},” said Ana Ruiz."}}\n'
            )
    library = Library.open(folder)
    list(library.import_paths([news]))
    library.set_starred(library.article_ids(), True)
    library.close()
    database = folder / "archive.db"
    damaged = bytearray(database.read_bytes())
    middle = len(damaged) // 2 // 4096 * 4096
    damaged[middle : middle + 8192] = b"\xaa" * 8192
    database.write_bytes(damaged)

    library = Library.open(folder)
    assert "database" in {finding.kind for finding in library.check()}
    findings = library.check(repair=True)
    assert all(finding.repaired for finding in findings)
    assert "articles were saved" in findings[0].message
    assert library.check() == []
    assert library.count() > 30
    assert library.search("bridge").total > 30
    assert len(library.article_ids(starred=True)) == library.count()
    library.close()
    assert (folder / "archive.db.damaged").read_bytes() == damaged


def test_a_database_that_is_beyond_saving_is_kept_beside_a_new_one(archive: Path) -> None:
    database = archive / "archive.db"
    database.write_bytes(b"\xaa" * 9000)
    with pytest.raises(ArchiveError, match=r"check --repair"):
        Library.open(archive)
    [finding] = Library.salvage(archive)
    assert Library.salvage(archive) == [], "what can be opened is not touched"
    assert "0 articles were saved" in finding.message
    library = Library.open(archive)
    assert library.count() == library.search("harbour").total == 0
    library.close()
    assert (archive / "archive.db.damaged").read_bytes() == b"\xaa" * 9000


FULL = """
    import resource
    import sys
    from pathlib import Path
    from reader.archive import importing, indexing
    from reader.errors import ReaderError
    from reader.library import Library

    importing.BATCH = 5
    library = Library.open(Path(sys.argv[1]))
    library.search("bridge")
    # No file may grow beyond this, as on a disk that is full.
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
    try:
        for outcome in library.import_paths([sys.argv[2]]):
            print(outcome.id, flush=True)
    except ReaderError as error:
        print(error)
        print(library.count())
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_a_full_disk_ends_an_import_with_one_line_and_nothing_lost(tmp_path: Path) -> None:
    archive, news = tmp_path / "archive", many(tmp_path / "news.jsonl", 200)
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(FULL), str(archive), str(news), "230000"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    *ids, message, count = done.stdout.splitlines()
    assert str(archive) in message
    assert len(ids) == int(count) < 200
    library = Library.open(archive)
    assert {int(id) for id in ids} <= set(library.article_ids())
    assert [o.status for o in library.import_paths([news])].count("new") == 200 - len(ids)
    assert library.check() == []
    library.close()


TOGETHER = """
    import sys
    from pathlib import Path
    from reader.archive import importing, indexing
    from reader.library import Library

    importing.BATCH = 7
    indexing.CHUNK = 20
    library = Library.open(Path(sys.argv[1]))
    for outcome in library.import_paths([sys.argv[2]]):
        assert outcome.status in ("new", "known"), outcome
    library.index_pending()
    library.close()
"""


def test_two_imports_of_the_same_news_at_once_make_no_copies(tmp_path: Path) -> None:
    archive, news = tmp_path / "archive", many(tmp_path / "news.jsonl", 60)
    children = [
        subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(TOGETHER), str(archive), str(news)],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    library = Library.open(archive)
    seen = 0
    while any(child.poll() is None for child in children):
        now = library.count()
        assert now >= seen
        seen = now
        library.rows(library.article_ids(limit=50))
        with contextlib.suppress(SearchIndexError):  # being made just now
            library.search("bridge")
    assert [child.communicate()[1] for child in children] == ["", ""]
    assert [child.returncode for child in children] == [0, 0]
    assert library.count() == 60
    library.index_pending()
    assert library.search("bridge").total == 60
    assert library.check() == []
    library.close()
