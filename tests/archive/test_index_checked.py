"""`check` reads the index byte by byte: what no search has come across yet is found as well."""

from __future__ import annotations

from pathlib import Path

from reader.library import Library


def archive_with_index(folder: Path) -> Library:
    text = folder / "one.jsonl"
    text.write_text(
        '{"title": "Lighthouse", "body": "The lighthouse was lit again on Friday, after a year in '
        'the dark, and the harbour could be seen from far out at sea, said nobody at all."}\n'
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
