"""Checks find what was broken on purpose, repairs mend it; backups are whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from reader.core.article import ArticleId
from reader.core.quotation import Extraction
from reader.core.retention import Retention
from reader.core.rules import RuleKind
from reader.errors import ArchiveError
from reader.storage.backup import back_up, restore, set_aside
from reader.storage.lock import try_lock
from reader.storage.salvage import salvage
from reader.storage.store import FILE_NAME, Store
from tests.storage.making import BODY, SAID, story

BREAKS = {
    "DELETE FROM version WHERE article = 1": "orphan",
    "DELETE FROM appearance WHERE version = 1": "orphan",
    "DELETE FROM speaker WHERE id = 1": "orphan",
    "DELETE FROM article WHERE id = 1": "orphan",
    "UPDATE quotation SET content = '[4,9000]' WHERE id = 1": "offset",
    "UPDATE quotation SET content = 'nonsense' WHERE id = 1": "offset",
    "UPDATE quotation SET cue_start = -4 WHERE id = 1": "offset",
    "UPDATE version SET blocks = '[0]' WHERE id = 1": "offset",
    "UPDATE appearance SET mentions = '[99999,999999]'": "offset",
    "UPDATE article SET quotations = 7 WHERE id = 1": "count",
    "UPDATE speaker SET quotations = 7 WHERE id = 1": "count",
    "UPDATE speaker SET articles = 7 WHERE id = 1": "count",
    "UPDATE speaker SET first = '1900-01-01' WHERE id = 1": "count",
    "UPDATE article SET speakers = 7 WHERE id = 1": "count",
    "UPDATE quotation SET content = '[4,9,12]' WHERE id = 1": "offset",
    "UPDATE quotation SET content = '[]' WHERE id = 1": "offset",
    "UPDATE quotation SET content = '[1.5,2.5]' WHERE id = 1": "offset",
    "UPDATE quotation SET content = '[4,9,6,12]' WHERE id = 1": "offset",
    "UPDATE article SET version = 2 WHERE id = 1": "value",
    "UPDATE article SET title = 'Another' WHERE id = 1": "value",
    "UPDATE article SET title = x'ff00' WHERE id = 1": "value",
    "UPDATE article SET outlet = x'ff00' WHERE id = 1": "value",
    "UPDATE article SET byline = '{' WHERE id = 1": "value",
    "UPDATE article SET published = 'some day' WHERE id = 1": "value",
    "UPDATE article SET sort = 5 WHERE id = 1": "value",
    "UPDATE article SET read = 7 WHERE id = 1": "value",
    "UPDATE quotation SET current = 0 WHERE article = 1": "value",
    "UPDATE quotation SET sort = 5 WHERE article = 1": "value",
    "UPDATE quotation SET kind = 'shouted' WHERE id = 1": "value",
    "UPDATE quotation SET confidence = 7 WHERE id = 1": "value",
    "UPDATE appearance SET kind = 'alien'": "value",
    "UPDATE appearance SET aliases = '{' WHERE version = 1": "value",
    "UPDATE version SET body = 'x' || substr(body, 2) WHERE id = 1": "value",
    "UPDATE article SET fingerprint = x'00' WHERE id = 1": "value",
    "DROP TABLE note": "value",
    "DROP INDEX article_newest": "value",
    "DROP TRIGGER judge_new": "value",
}


@pytest.mark.parametrize(("statement", "kind"), BREAKS.items())
def test_what_is_wrong_is_named_and_mended(store: Store, statement: str, kind: str) -> None:
    store.put_many([(story(f"Story {n}"), SAID) for n in range(3)], 1)
    assert store.check() == []
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute(statement)
    findings = store.check()
    assert kind in {finding.kind for finding in findings}
    assert all("\n" not in finding.message for finding in findings)
    store.repair()
    assert store.check() == []
    again = [(ArticleId(id), SAID if store.body(id) else Extraction()) for id in store.outdated(1)]
    store.extract_again(again, 1)
    assert store.check() == []
    assert [row.title for row in store.rows([2, 3])] == ["Story 1", "Story 2"]
    assert store.article(3).extraction == SAID


def test_a_backup_is_the_archive_of_one_moment(store: Store, tmp_path: Path) -> None:
    store.put_many([(story("One"), SAID)], 1)
    told: list[tuple[int, int]] = []
    copy = tmp_path / "copy.db"
    back_up(store.path, copy, lambda done, total: told.append((done, total)))
    store.put_many([(story("Two"), SAID)], 1)
    assert told[-1][0] == told[-1][1] > 0
    folder = tmp_path / "other"
    restore(copy, folder / FILE_NAME)
    restored = Store.open(folder)
    assert [row.title for row in restored.rows([1, 2])] == ["One"]
    assert restored.article(1).extraction == SAID
    assert list(restored.ledger.pending(1)) == [1], "its index is another archive's"
    restored.close()


def test_a_backup_never_overwrites_a_file(store: Store, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("x")
    with pytest.raises(ArchiveError, match="is there already"):
        back_up(store.path, precious)
    with pytest.raises(ArchiveError, match="nowhere"):
        back_up(store.path, tmp_path / "nowhere" / "copy.db")
    assert precious.read_text() == "x"
    assert sorted(p.name for p in tmp_path.iterdir() if "part" in p.name) == []


def test_restoring_keeps_what_was_there(store: Store, tmp_path: Path) -> None:
    store.put_many([(story("Old"), SAID)], 1)
    copy = tmp_path / "copy.db"
    back_up(store.path, copy)
    store.put_many([(story("New"), SAID)], 1)
    store.close()
    restore(copy, store.path)
    again = Store.open(tmp_path)
    assert again.count() == 1
    again.close()
    kept = tmp_path / f"{FILE_NAME}.before-restore"
    with closing(sqlite3.connect(kept)) as database:
        assert database.execute("SELECT count(*) FROM article").fetchone() == (2,)
    restore(copy, store.path)
    assert (tmp_path / f"{FILE_NAME}.before-restore-2").exists()


@pytest.mark.parametrize("content", [b"", b"Dear diary, " * 999, None])
def test_what_is_no_backup_is_not_restored(
    store: Store, tmp_path: Path, content: bytes | None
) -> None:
    store.put_many([(story(), SAID)], 1)
    file = tmp_path / "file"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ArchiveError, match="file"):
        restore(file, store.path)
    assert store.count() == 1


def test_nothing_to_set_aside_is_no_error(tmp_path: Path) -> None:
    assert set_aside(tmp_path / "none", "damaged") is None


def test_one_holder_of_the_lock_at_a_time(tmp_path: Path) -> None:
    file = tmp_path / "lock"
    with try_lock(file) as mine:
        assert mine
        with try_lock(file) as second:
            assert not second
    with try_lock(file) as mine:
        assert mine
    with try_lock(tmp_path / "nowhere" / "lock") as mine:
        assert not mine


def marked(store: Store) -> None:
    """Everything that a reader can put on articles."""
    store.put_many([(story(f"Story {n}", f"{n} {BODY}"), SAID) for n in range(4)], 1)
    desk = store.desk
    desk.tags.change([1, 2], ["one", "two"])
    desk.notes.write(1, "Call.")
    desk.notes.write(2, "True?", 1)
    desk.collections.put("Bridge", [(1, 0), (3, 2)])
    desk.rules.add(RuleKind.MUTE, "lottery")
    desk.rules.mute([4])
    desk.rules.unmute([4])
    desk.rules.mute([3])
    desk.retention.put(Retention(90))


def marks_of(store: Store) -> object:
    """The same, to be compared."""
    desk = store.desk
    return (
        desk.tags.of(),
        desk.notes.all(),
        [(one.text, one.article.title, one.ordinal) for one in desk.collections.excerpts("bridge")],
        desk.rules.all(),
        desk.rules.muted(),
        desk.retention.all(),
    )


def test_a_backup_holds_what_the_reader_has_put_on_articles(store: Store, tmp_path: Path) -> None:
    marked(store)
    back_up(store.path, tmp_path / "copy.db")
    restore(tmp_path / "copy.db", tmp_path / "other" / FILE_NAME)
    restored = Store.open(tmp_path / "other")
    assert marks_of(restored) == marks_of(store)
    assert restored.check() == []
    restored.close()


def test_what_the_reader_has_put_on_articles_is_salvaged_with_them(
    store: Store, tmp_path: Path
) -> None:
    marked(store)
    before = marks_of(store)
    store.close()
    salvage(store.path)
    saved = Store.open(tmp_path)
    assert marks_of(saved) == before
    assert saved.check() == []
    saved.close()


def test_what_is_no_backup_is_told_in_plain_words(store: Store, tmp_path: Path) -> None:
    store.put_many([(story("One"), SAID)], 1)
    copy = tmp_path / "copy.db"
    back_up(store.path, copy)
    store.close()
    text, cut, empty = tmp_path / "text.db", tmp_path / "cut.db", tmp_path / "empty.db"
    text.write_text("news of the day\n" * 1000)
    cut.write_bytes(copy.read_bytes()[:30_000])
    empty.touch()
    before = sorted(path.name for path in tmp_path.iterdir())
    for file, told in (
        (text, "not a backup of an archive"),
        (empty, "not a backup of an archive"),
        (cut, "the backup is damaged; nothing was changed"),
        (tmp_path / "none.db", "cannot be read \\(No such file"),
        (tmp_path, "cannot be read"),
        (store.path, "is the archive itself"),
    ):
        with pytest.raises(ArchiveError, match=told):
            restore(file, store.path)
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    with pytest.raises(ArchiveError, match=r"cannot be written \(No such file or directory\)"):
        back_up(store.path, tmp_path / "nowhere" / "copy.db")


def test_an_archive_that_others_have_open_is_not_replaced(store: Store, tmp_path: Path) -> None:
    store.put_many([(story("One"), SAID)], 1)
    copy = tmp_path / "copy.db"
    back_up(store.path, copy)
    with pytest.raises(ArchiveError, match="another onrecord has this archive open"):
        restore(copy, store.path)
    assert store.put_many([(story("Two"), SAID)], 1)
    assert store.count() == 2
    store.close()
    restore(copy, store.path)
    assert Store.open(tmp_path).count() == 1


@pytest.mark.parametrize("damage", ["no head", "wrong page size", "cut"])
def test_a_database_without_its_head_or_its_end_gives_what_is_left(
    store: Store, damage: str
) -> None:
    store.put_many([(story(f"Story {n}", f"{BODY} {n} " * 40), SAID) for n in range(60)], 1)
    store.set_starred([4], True)
    file = store.path
    store.close()
    with closing(sqlite3.connect(file)) as whole:
        whole.execute("PRAGMA journal_mode = DELETE")
    data = bytearray(file.read_bytes())
    if damage == "no head":
        data[:100] = bytes(100)
    elif damage == "wrong page size":
        data[16:28] = b"\xff" * 12
    else:
        del data[len(data) * 3 // 4 :]
    file.write_bytes(data)
    with pytest.raises(ArchiveError, match="check --repair"):
        Store.open(file.parent)
    [finding] = salvage(file)
    assert finding.repaired
    again = Store.open(file.parent)
    if damage == "cut":
        assert 0 < again.count() <= 60
    else:
        assert again.count() == 60
        assert list(again.article_ids(starred=True)) == [4]
        assert again.body(60).startswith(BODY[:20])
    assert again.check() == []
    again.close()
    assert [path.name for path in file.parent.glob("*.mended*")] == []
