"""A posting list read back in parts is what was written, however its places are cut into chunks."""

from __future__ import annotations

from array import array
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from reader.search import bits, postings
from reader.search.arrays import np
from reader.search.postings import CHAMPIONS, FULL_IMPACT, MANY, Postings, bm25_norms
from reader.search.segmentfile import SegmentFile, SegmentFileWriter

SIZE = 40
places = st.sets(st.tuples(st.integers(0, SIZE - 1), st.integers(0, 5)), min_size=1, max_size=120)


def written(folder: str, keys: array[int], size: int, norms: list[float] | None) -> Postings:
    """A segment file with one list, and that list."""
    path = Path(folder) / "one"
    with path.open("wb") as stream:
        file = SegmentFileWriter(stream, size)
        start = file.offset
        found = file.keys(keys, norms)
        stop = file.offset
        file.close({})
    return Postings(SegmentFile(path), start, stop, found, ranked=norms is not None)


@given(places, st.integers(1, 9), st.integers(0, (1 << SIZE) - 1))
def test_places_are_read_back_by_document_and_by_stretch(
    chosen: set[tuple[int, int]], chunk: int, mask: int
) -> None:
    keys = array("I", sorted(document << 16 | at for document, at in chosen))
    with TemporaryDirectory() as folder, mock.patch.object(postings, "CHUNK", chunk):
        read = written(folder, keys, SIZE, None)
        assert list(read.all_keys()) == list(keys)
        for document in range(SIZE):
            assert read.places(document) == sorted(at for d, at in chosen if d == document)
        asked = {key for key in keys if mask >> (key >> 16) & 1}
        among = read.keys_among(mask).tolist()
        assert among == sorted(among)
        assert asked <= set(among) <= set(keys)
        asked_for = np.arange(SIZE * 6, dtype=np.uint32) // 6 << 16 | np.arange(SIZE * 6) % 6
        before = [sum(1 for key in keys if key <= place) for place in asked_for.tolist()]
        assert read.before(asked_for).tolist() == before
        assert read.before(asked_for[mask % 7 :: 5]).tolist() == before[mask % 7 :: 5]
        counted = read.often(np.arange(SIZE)).tolist()
        assert counted == [sum(1 for d, _ in chosen if d == document) for document in range(SIZE)]
        assert read.numbers().tolist() == sorted({document for document, _ in chosen})


def test_a_word_may_stand_more_often_in_an_article_than_is_counted(tmp_path: Path) -> None:
    keys = array("I", [1 << 16 | min(at, 65_000) for at in range(70_000)] + [2 << 16])
    read = written(str(tmp_path), keys, SIZE, None)
    assert read.often(np.arange(4)).tolist() == [0, 65_535, 1, 0]
    assert read.places(2) == [0]


def test_only_the_chunks_asked_for_are_read(tmp_path: Path) -> None:
    keys = array("I", [document << 16 | at for document in range(1000) for at in range(50)])
    read = written(str(tmp_path), keys, 1000, None)
    with mock.patch.object(
        SegmentFile, "sealed", autospec=True, side_effect=SegmentFile.sealed
    ) as asked:
        read.keys_among(bits.span(990, 1000))
    assert sum(call.args[2] for call in asked.call_args_list) < 20_000


def test_the_champions_are_the_documents_in_which_a_word_counts_most(tmp_path: Path) -> None:
    lengths = [200 + 37 * document % 301 for document in range(500)]
    often = [1 + document * 7 % 23 for document in range(500)]
    keys = array("I", [d << 16 | at for d in range(500) for at in range(often[d])])
    norms = bm25_norms(lengths)
    champions = written(str(tmp_path), keys, 500, norms).champions()
    assert champions is not None
    shares = [often[d] / (often[d] + norms[d]) for d in range(500)]
    best = sorted(range(500), key=lambda d: shares[d], reverse=True)[:CHAMPIONS]
    documents, impacts = champions
    assert sorted(shares[d] for d in documents) == sorted(shares[d] for d in best)
    for document, impact in zip(documents, impacts, strict=True):
        assert abs(shares[document] - impact / FULL_IMPACT) < 1 / FULL_IMPACT


def test_a_word_in_few_documents_has_no_champions(tmp_path: Path) -> None:
    keys = array("I", [document << 16 for document in range(MANY - 1)])
    assert written(str(tmp_path), keys, 500, bm25_norms([9] * 500)).champions() is None
