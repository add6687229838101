"""Databases that are old, new, foreign, broken, shared, forbidden."""

from __future__ import annotations

import os
import sqlite3
import stat
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.core.article import Article, ArticleId
from reader.core.quotation import Extraction
from reader.errors import ArchiveError
from reader.storage import connection, schema
from reader.storage.salvage import salvage
from reader.storage.store import FILE_NAME, Store
from tests.storage.making import SAID, story


def filled(folder: Path) -> Path:
    """A closed archive with one article; its file."""
    store = Store.open(folder)
    store.put_many([(story(), SAID)], 1)
    store.close()
    return folder / FILE_NAME


def plain(file: Path) -> closing[sqlite3.Connection]:
    """A connection of another program."""
    return closing(sqlite3.connect(file, isolation_level=None, timeout=0.1))


def test_every_earlier_version_is_brought_up_to_date_with_nothing_lost(tmp_path: Path) -> None:
    old = Path(__file__).with_name("archive-v1.sql").read_text("utf-8")
    with plain(tmp_path / FILE_NAME) as database:
        database.executescript(old)
    store = Store.open(tmp_path)
    with plain(store.path) as database:
        assert schema.version_of(database) == schema.VERSION
    [row] = store.rows(store.article_ids())
    assert (row.title, row.read, row.starred, row.quotations) == ("Bridge opens", True, True, 3)
    assert store.article(row.id).extraction == SAID
    assert store.state.get("place") == "1:20"
    assert store.check() == []
    store.close()


def test_a_failing_step_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = filled(tmp_path)

    def half(database: sqlite3.Connection) -> None:
        database.execute("ALTER TABLE article ADD COLUMN mood TEXT")
        database.execute("CREATE TABLE article (x)")

    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, half))
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    with pytest.raises(ArchiveError):
        Store.open(tmp_path)
    with plain(file) as database:
        assert "mood" not in [row[1] for row in database.execute("PRAGMA table_info(article)")]
        assert schema.version_of(database) == schema.VERSION - 1


def test_an_archive_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    file = filled(tmp_path)
    with plain(file) as database:
        database.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    with pytest.raises(ArchiveError, match=r"newer onrecord.*upgrade"):
        Store.open(tmp_path)


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    with plain(tmp_path / FILE_NAME) as database:
        database.execute("CREATE TABLE bookmarks (x)")
    with pytest.raises(ArchiveError, match="not an archive of onrecord"):
        Store.open(tmp_path)


@pytest.mark.parametrize("damage", ["header", "schema page", "text file"])
def test_a_damaged_database_is_said_so_and_not_touched(tmp_path: Path, damage: str) -> None:
    file = filled(tmp_path)
    data = bytearray(file.read_bytes())
    if damage == "header":
        data[:16] = b"\0" * 16
    elif damage == "schema page":
        data[100:4000] = b"\xff" * 3900
    else:
        data = bytearray(b"Dear diary, " * 1000)
    file.write_bytes(data)
    with pytest.raises(ArchiveError, match=r"damaged.*check --repair"):
        Store.open(tmp_path)
    assert file.read_bytes() == data


def test_a_folder_in_the_place_of_the_database_is_said_so(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(ArchiveError, match="cannot be opened as a database"):
        Store.open(tmp_path)


def test_an_archive_can_be_read_while_another_program_writes(tmp_path: Path) -> None:
    file = filled(tmp_path)
    store = Store.open(tmp_path)
    with plain(file) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE article SET title = 'half done'")
        assert store.rows([1])[0].title == "Bridge opens"
        other.execute("ROLLBACK")
    store.close()


def test_a_lock_that_is_never_released_gives_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)
    file = filled(tmp_path)
    store = Store.open(tmp_path)
    with plain(file) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveError, match="another program is writing") as error:
            store.set_read([1], True)
        assert "\n" not in str(error.value)
        other.execute("ROLLBACK")
    assert store.set_read([1], True) == [1]
    store.close()


def test_an_archive_open_for_reading_says_that_it_cannot_be_written(tmp_path: Path) -> None:
    filled(tmp_path)
    for mode in ("read", "immutable"):
        store = Store.open(tmp_path, mode=mode)
        assert store.count() == 1
        assert not store.is_writable
        with pytest.raises(ArchiveError, match="can be read but not written"):
            store.set_read([1], True)
        store.close()


def test_a_failed_transaction_leaves_nothing_behind(store: Store) -> None:
    def stories() -> Iterator[tuple[Article, Extraction]]:
        yield story("One"), SAID
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.put_many(stories(), 1)
    assert store.count() == 0
    store.put_many([(story("Two"), SAID)], 1)
    assert store.count() == 1


def test_a_full_disk_is_said_so_and_takes_back_the_whole_batch(store: Store) -> None:
    database = store._database.connection()
    pages = database.execute("PRAGMA page_count").fetchone()[0]
    database.execute(f"PRAGMA max_page_count = {pages + 20}")
    store.put_many([(story(), SAID)], 1)
    with pytest.raises(ArchiveError, match="disk is full"):
        store.put_many([(story(f"Long {n}", "x" * 20_000), SAID) for n in range(20)], 1)
    assert store.count() == 1
    assert store.set_read([1], True) == [1]
    assert store.check() == []


def test_a_text_that_cannot_be_stored_takes_back_its_batch_and_is_said_so(store: Store) -> None:
    with pytest.raises(ArchiveError, match="cannot be stored"):
        store.put_many([(story("One"), SAID), (story("half a \ud83d character"), SAID)], 1)
    assert store.count() == 0
    with pytest.raises(ArchiveError, match="cannot be stored"):
        store.state.put("\udc80", "x")


@given(at=st.floats(0, 1), damage=st.binary(min_size=1, max_size=300))
@settings(max_examples=12, deadline=None)
def test_wherever_a_database_is_damaged_it_ends_in_one_clear_line(at: float, damage: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = filled(Path(folder))
        data = bytearray(file.read_bytes())
        start = int(at * (len(data) - 1))
        data[start : start + len(damage)] = damage
        file.write_bytes(data)
        try:
            store = Store.open(Path(folder))
        except ArchiveError as error:
            assert "\n" not in str(error)
            return
        for ask in (
            store.count,
            store.unread_count,
            store.article_ids,
            lambda: store.rows([1]),
            lambda: store.article(1),
            store.quoted.speakers,
            lambda: store.quoted.quotations_of(1),
            lambda: store.set_read([1], True),
            store.check,
        ):
            try:
                ask()
            except ArchiveError as error:
                assert "\n" not in str(error)
        store.close()
        salvage(file)
        store = Store.open(Path(folder))
        store.extract_again([(ArticleId(id), SAID) for id in store.outdated(1)], 1)
        assert [f for f in store.check() if f.kind != "offset"] == []
        store.close()


def test_every_thread_gets_a_connection_of_its_own(store: Store) -> None:
    store.put_many([(story(), SAID)], 1)
    found: list[object] = []

    def look() -> None:
        found.append(store._database.connection())
        found.append(store.count())

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert found[1] == 1
    assert found[0] is not store._database.connection()


def test_a_closed_store_says_that_it_is_closed(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(ArchiveError, match="closed"):
        store.count()


def test_the_data_version_changes_when_somebody_else_writes(tmp_path: Path) -> None:
    filled(tmp_path)
    one, two = Store.open(tmp_path), Store.open(tmp_path)
    before = one.data_version()
    one.set_read([1], True)
    assert one.data_version() == before
    two.set_starred([1], True)
    assert one.data_version() != before
    one.close()
    two.close()


def test_two_programs_may_make_the_same_archive_at_once(tmp_path: Path) -> None:
    errors: list[BaseException] = []
    together = threading.Barrier(4)

    def make() -> None:
        try:
            together.wait()
            Store.open(tmp_path).close()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_side_files_are_as_private_as_the_database(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).touch(0o600)
    store = Store.open(tmp_path)
    store.put_many([(story(), SAID)], 1)
    for file in tmp_path.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    store.close()
