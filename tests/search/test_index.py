"""The index on disk: commits, merges, refusals, damage, locks, and Whoosh's own queries on it."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from reader.errors import SearchIndexError
from reader.search import schema, update
from reader.search.backend import SearchDocument, SearchQuotation
from reader.search.evaluate import Evaluator
from reader.search.index import ArchiveIndex
from tests.search.conftest import ARTICLES


def article(number: int, body: str = "alpha beta") -> SearchDocument:
    return SearchDocument(
        number,
        f"Article {number}",
        body,
        published_key=number * 1000,
        quotations=(SearchQuotation(number * 10, "beta gamma"),),
    )


def segments(folder: Path) -> int:
    return len(list(folder.glob("articles_*.dat")))


def test_merges_and_deletions_neither_double_nor_bring_back_a_document(tmp_path: Path) -> None:
    # The case that every fork of Whoosh answers wrongly (70 hits for 40 documents): three segments
    # of ten, then one segment made of all, a deletion, updates; one index object all the while.
    index = ArchiveIndex.create(tmp_path / "index")
    for start in (0, 10, 20, 30):
        index.add(article(number) for number in range(start + 1, start + 11))
        assert index.search("alpha").total == start + 10
    for number in range(41, 50):
        index.add([article(number)])
    assert segments(tmp_path / "index") < 8
    assert index.search("alpha").total == 49
    index.delete([17])
    assert index.search("alpha").total == 48
    assert 17 not in index.search("alpha", limit=None).ids
    index.add(article(number, "alpha delta") for number in (1, 2, 3))
    assert index.search("alpha").total == 48
    assert list(index.search("delta").ids) == [3, 2, 1]
    assert list(index.search("alpha", limit=None).ids) == [n for n in range(49, 0, -1) if n != 17]
    assert index.search_quotations("gamma").total == 48


def test_a_segment_mostly_deleted_is_written_anew(tmp_path: Path) -> None:
    index = ArchiveIndex.create(tmp_path / "index")
    index.add(
        article(number, "alpha " + " ".join(f"{number}x{at}" for at in range(200)))
        for number in range(1, 41)
    )
    size = sum(path.stat().st_size for path in (tmp_path / "index").glob("*.dat"))
    index.delete(range(1, 31))
    index.add([article(50)])
    assert sum(path.stat().st_size for path in (tmp_path / "index").glob("*.dat")) < size / 2
    assert index.search("alpha", limit=None).total == 11


def test_long_imports_are_committed_in_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(update, "SEGMENT_ARTICLES", 10)
    monkeypatch.setattr(update, "SEGMENT_QUOTATIONS", 7)
    index = ArchiveIndex.create(tmp_path / "index")
    assert index.add(article(number) for number in range(1, 36)) == 35
    assert segments(tmp_path / "index") == 5
    assert index.search("alpha").total == 35
    assert index.search_quotations("gamma").total == 35


def test_late_articles_find_their_place_in_the_order(tmp_path: Path) -> None:
    index = ArchiveIndex.create(tmp_path / "index")
    index.add(article(number) for number in (5, 9, 1))
    index.add(article(number) for number in (3, 12, 7))
    index.add([article(6)])
    assert list(index.search("alpha", limit=3).ids) == [12, 9, 7]
    assert list(index.search("alpha", limit=4, offset=3).ids) == [6, 5, 3, 1]


def test_another_index_object_sees_a_commit_at_once(tmp_path: Path) -> None:
    writer = ArchiveIndex.create(tmp_path / "index")
    reader = ArchiveIndex.open(tmp_path / "index")
    assert reader.search("alpha").total == 0
    writer.add([article(1)])
    assert reader.search("alpha").total == 1
    writer.delete([1])
    assert reader.search("alpha").total == 0


def test_an_index_built_anew_in_its_place_is_noticed(tmp_path: Path) -> None:
    reader = ArchiveIndex.create(tmp_path / "index")
    reader.add([article(1)])
    assert list(reader.search("alpha").ids) == [1]
    ArchiveIndex.create(tmp_path / "index").add([article(2)])
    assert list(reader.search("alpha").ids) == [2]


def test_an_old_search_goes_on_while_its_segments_are_replaced(tmp_path: Path) -> None:
    index = ArchiveIndex.create(tmp_path / "index")
    index.add(article(number) for number in range(1, 4))
    reader = ArchiveIndex.open(tmp_path / "index")
    reader.status()
    for number in range(4, 30):
        index.add([article(number)])
        assert reader.search("alpha", limit=None).total == number


def test_closing_and_searching_again_opens_again(tmp_path: Path) -> None:
    with ArchiveIndex.create(tmp_path / "index") as index:
        index.add([article(1)])
    assert index.search("alpha").total == 1
    assert index.article_ids() == {1}


def test_the_folder_is_private(tmp_path: Path) -> None:
    index = ArchiveIndex.open(tmp_path / "new" / "index")
    index.add([article(1)])
    assert (tmp_path / "new" / "index").stat().st_mode & 0o777 == 0o700
    for path in (tmp_path / "new" / "index").glob("*.dat"):
        assert path.stat().st_mode & 0o077 == 0


class _Bomb:
    """A pickle that runs a stranger's code when it is read."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (os.mkdir, (os.environ["BOMB_FOLDER"],))


@pytest.mark.parametrize("how", ["folder", "file", "link"])
def test_an_index_that_others_could_have_written_is_never_read(
    tmp_path: Path, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOMB_FOLDER", str(tmp_path / "bombed"))
    folder = tmp_path / "index"
    ArchiveIndex.create(folder).close()
    toc = next(folder.glob("_articles_*.toc"))
    toc.write_bytes(pickle.dumps(_Bomb()))
    if how == "folder":
        folder.chmod(0o777)
    elif how == "file":
        toc.chmod(0o666)
    else:
        folder.rename(tmp_path / "elsewhere")
        folder.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SearchIndexError, match=r"can be written by other users|is a link"):
        ArchiveIndex.open(folder)
    assert not (tmp_path / "bombed").exists()


def test_an_index_of_another_user_is_never_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ArchiveIndex.create(tmp_path / "index").close()
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    with pytest.raises(SearchIndexError, match="belongs to another user"):
        ArchiveIndex.open(tmp_path / "index")


def test_a_foreign_pickle_without_our_seal_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOMB_FOLDER", str(tmp_path / "bombed"))
    ArchiveIndex.create(tmp_path / "index").close()
    toc = next((tmp_path / "index").glob("_articles_*.toc"))
    toc.write_bytes(pickle.dumps(_Bomb()))
    with pytest.raises(SearchIndexError, match="onrecord rebuild"):
        ArchiveIndex.open(tmp_path / "index")
    assert not (tmp_path / "bombed").exists()


def test_an_index_of_another_version_asks_to_be_built_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reader.search import schema

    ArchiveIndex.create(tmp_path / "index").close()
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    with pytest.raises(SearchIndexError, match="another version"):
        ArchiveIndex.open(tmp_path / "index")


QUESTIONS = ('"no fly zone"', "war", "min*", "run near/5 war", "by:altun", "~harbor", "quotes:>0")


def test_a_damaged_byte_gives_the_right_answer_or_one_clear_line(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    index = ArchiveIndex.create(folder)
    index.add(ARTICLES)
    right = [list(index.search(question).ids) for question in QUESTIONS]
    index.close()
    errors = 0
    for path in sorted([*folder.glob("articles_*.dat"), *folder.glob("_articles_*.toc")]):
        whole = path.read_bytes()
        for at in range(0, len(whole), 7 if path.suffix == ".toc" else 61):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
            try:
                with ArchiveIndex.open(folder) as damaged:
                    for question, answer in zip(QUESTIONS, right, strict=True):
                        assert list(damaged.search(question).ids) == answer
            except SearchIndexError as error:
                assert "onrecord rebuild" in str(error)
                errors += 1
        for length in (0, 1, len(whole) // 2, len(whole) - 1):
            path.write_bytes(whole[:length])
            with pytest.raises(SearchIndexError), ArchiveIndex.open(folder) as damaged:
                damaged.search("war")
        path.write_bytes(whole)
    assert errors > 50
    with ArchiveIndex.open(folder) as index:
        assert list(index.search("war").ids) == right[1]


def test_a_mistake_of_ours_is_not_taken_for_a_damaged_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = ArchiveIndex.create(tmp_path / "index")
    index.add([article(1)])
    monkeypatch.setattr(Evaluator, "find", lambda self, node: node.no_such_thing)
    with pytest.raises(AttributeError):
        index.search("alpha")


def test_an_index_with_classes_of_another_version_has_to_be_built_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ArchiveIndex.create(tmp_path / "index").close()
    monkeypatch.delattr(schema, "WordField")
    with pytest.raises(SearchIndexError, match="build it again"):
        ArchiveIndex.open(tmp_path / "index")


def test_verifying_finds_any_byte_that_is_not_as_it_was_written(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    index = ArchiveIndex.create(folder)
    index.add(ARTICLES)
    assert index.verify() == []
    path = next(folder.glob("quotations_*.dat"))
    whole = path.read_bytes()
    for at in range(0, len(whole), 301):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with ArchiveIndex.open(folder) as damaged:
            assert len(damaged.verify()) == 1


def test_a_missing_segment_is_one_clear_line(tmp_path: Path) -> None:
    index = ArchiveIndex.create(tmp_path / "index")
    index.add(ARTICLES)
    index.close()
    next((tmp_path / "index").glob("articles_*.dat")).unlink()
    with pytest.raises(SearchIndexError), ArchiveIndex.open(tmp_path / "index") as broken:
        broken.search("war")


def _hold_lock(folder: Path, ready: multiprocessing.synchronize.Event, done: object) -> None:
    from reader.search.codec import ArchiveStorage

    lock = ArchiveStorage(folder).lock("articles_WRITELOCK")
    assert lock.acquire()
    ready.set()
    done.wait(20)  # type: ignore[attr-defined]


def test_a_second_writer_is_told_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reader.search import index as module

    monkeypatch.setattr(module, "LOCK_SECONDS", 0.1)
    index = ArchiveIndex.create(tmp_path / "index")
    index.add([article(1)])
    context = multiprocessing.get_context("spawn")
    ready, done = context.Event(), context.Event()
    other = context.Process(target=_hold_lock, args=(tmp_path / "index", ready, done))
    other.start()
    try:
        assert ready.wait(20)
        with pytest.raises(SearchIndexError, match="another program is writing"):
            index.add([article(2)])
        assert index.search("alpha").total == 1
    finally:
        done.set()
        other.join()
    index.add([article(2)])
    assert list(index.search("alpha").ids) == [2, 1]


def test_a_failed_commit_gives_the_lock_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reader.search.inverter import Inverter

    index = ArchiveIndex.create(tmp_path / "index")
    index.add([article(1)])
    with monkeypatch.context() as patch:

        def full(self: Inverter, stream: object) -> None:
            raise OSError(28, "No space left on device")

        patch.setattr(Inverter, "write", full)
        with pytest.raises(SearchIndexError, match="No space left on device"):
            index.add([article(2)])
    assert index.search("alpha").total == 1
    index.add([article(2)])
    assert index.search("alpha").total == 2


KILLED = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from reader.search.evaluate import Evaluator
from reader.search.index import ArchiveIndex
from test_index import article
index = ArchiveIndex.open(Path(sys.argv[1]))
for number in range(int(sys.argv[2]), 10_000):
    index.add([article(number), article(1)])
    print(number, flush=True)
"""


def test_a_killed_writer_loses_nothing_it_has_acknowledged(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    ArchiveIndex.create(folder).close()
    script = KILLED.format(tests=str(Path(__file__).parent))
    acknowledged, start = set(), 2
    for lines in (1, 9, 3):
        child = subprocess.Popen(
            [sys.executable, "-c", script, str(folder), str(start)], stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        for _ in range(lines):
            acknowledged.add(int(child.stdout.readline()))
        child.kill()
        rest = child.stdout.read()
        child.wait()
        child.stdout.close()
        acknowledged |= {int(line) for line in rest.split(b"\n")[:-1]}
        with ArchiveIndex.open(folder) as index:
            found = list(index.search("alpha", limit=None).ids)
            assert acknowledged <= set(found)
            assert len(found) == len(set(found))
            assert index.search_quotations("gamma").total >= len(found)
        start = max(acknowledged) + 1


def test_importing_the_query_language_does_not_import_whoosh() -> None:
    script = (
        "import sys, reader.search.parser, reader.search.hits, reader.search.backend, "
        "reader.search.memory, reader.search.facets, reader.search.card; "
        "sys.exit(any(name.split('.')[0] == 'whoosh' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_words_are_found_without_what_phrases_need_which_is_loaded_ahead(tmp_path: Path) -> None:
    ArchiveIndex.create(tmp_path / "index").add(ARTICLES)
    script = (
        "import sys\nfrom pathlib import Path\nfrom reader.search.index import ArchiveIndex\n"
        f"index = ArchiveIndex.open(Path({str(tmp_path / 'index')!r}))\n"
        "assert index.search('war (peace OR mar*) -title:nothing').total\n"
        "assert 'numpy' not in sys.modules\n"
        "index.prepare()\n"
        "known = set(sys.modules)\n"
        "assert index.search('\"the war\"', sort='relevance').total\n"
        "print(*(name for name in set(sys.modules) - known if name.startswith('reader')))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, [], b"")


def test_importing_the_index_warns_of_nothing() -> None:
    script = "import reader.search.index"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_whooshs_own_queries_find_the_same(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from whoosh import query as stock
        from whoosh.index import FileIndex

        from reader.search.codec import ArchiveStorage
    index = ArchiveIndex.create(tmp_path / "index")
    index.add(ARTICLES[:2])
    index.add(ARTICLES[2:])
    index.delete([3])
    whoosh_index = FileIndex(ArchiveStorage(tmp_path / "index"), indexname="articles")
    with whoosh_index.searcher() as searcher:
        for ours, theirs in (
            ("body:=war", stock.Term("body", "war")),
            (
                "body:=war body:=refugees",
                stock.And([stock.Term("body", w) for w in ("war", "refugees")]),
            ),
            ("body:(=far OR =come)", stock.Or([stock.Term("body", w) for w in ("far", "come")])),
            ("title:ma*", stock.Prefix("title", "ma")),
            ('body:="the war"', stock.Phrase("body", ["the", "war"])),
            ('body:="war the"', stock.Phrase("body", ["war", "the"])),
            ("-body:=war", stock.Not(stock.Term("body", "war"))),
        ):
            found = {hit["id"] for hit in searcher.search(theirs, limit=None)}
            assert found == set(index.search(ours).ids), ours
