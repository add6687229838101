"""`check` reads the index byte by byte: what no search has come across yet is found as well."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from reader.library import Library


def archive_with_index(folder: Path) -> Library:
    text = folder / "one.jsonl"
    text.write_text(
        '{"title": "Lighthouse", "body": "The lighthouse was lit again on Friday, after a year in '
        'the dark, and the harbour could be seen from far out at sea, said Ann Lee, a keeper."}\n'
    )
    library = Library.open(folder / "archive")
    assert [outcome.status for outcome in library.import_paths([text])] == ["new"]
    return library


def flip(folder: Path) -> None:
    """Change one byte in the middle of the articles' postings."""
    [segment] = (folder / "archive" / "index").glob("articles_*.dat")
    data = segment.read_bytes()
    segment.write_bytes(data[:600] + bytes([data[600] ^ 1]) + data[601:])


def test_a_changed_byte_is_named_and_repair_builds_the_index_again(tmp_path: Path) -> None:
    library = archive_with_index(tmp_path)
    assert library.check() == []
    flip(tmp_path)
    [finding] = library.check()
    assert (finding.kind, finding.repaired) == ("index", False)
    assert "its contents" in finding.message
    [mended] = library.check(repair=True)
    assert mended.repaired
    assert library.check() == []
    assert library.search("lighthouse").total == 1
    library.close()


def test_what_the_index_holds_otherwise_than_the_archive_is_named_and_mended(
    tmp_path: Path,
) -> None:
    library = archive_with_index(tmp_path)
    library.close()
    for statement in (
        "UPDATE article SET title = 'Beacon'; UPDATE version SET title = 'Beacon'",
        "UPDATE article SET sort = 86400, published = '1970-01-02'",
        "UPDATE article SET quotations = 3",
        "UPDATE quotation SET id = id + 100",
    ):
        with closing(sqlite3.connect(tmp_path / "archive" / "archive.db")) as database:
            database.executescript(statement)
        library = Library.open(tmp_path / "archive")
        assert any(finding.kind == "index" for finding in library.check()), statement
        library.check(repair=True)
        assert library.check() == [], statement
        assert library.search("title:beacon").total == 1
        library.close()


def test_an_article_that_the_archive_does_not_have_is_taken_out_of_the_index(
    tmp_path: Path,
) -> None:
    library = archive_with_index(tmp_path)
    with closing(sqlite3.connect(tmp_path / "archive" / "archive.db")) as database:
        database.execute("PRAGMA foreign_keys = ON")
        database.execute("DELETE FROM article")
        database.commit()
    assert "holds 1 article that the archive does not have" in library.check()[-1].message
    assert library.search('"the lighthouse"').total == 1
    library.check(repair=True)
    assert library.check() == []
    assert library.search('"the lighthouse"').total == 0
    library.close()
