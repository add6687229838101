"""The library as the screen and the command line use it: real files, real index, real engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.core.quotation import Extraction
from reader.core.records import Finding, ImportProgress, Sort
from reader.errors import ArchiveError, QueryError
from reader.extraction import engine
from reader.library import Library
from tests import newsroom


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """The stories as files."""
    return newsroom.write(tmp_path / "files")


@pytest.fixture
def library(tmp_path: Path, files: list[Path]) -> Iterator[Library]:
    """An archive with the stories in it."""
    opened = Library.open(tmp_path / "archive")
    assert [o.status for o in opened.import_paths(files)] == ["new"] * 3
    yield opened
    opened.close()


def titles(library: Library, query: str, **more: object) -> list[str]:
    """The first words of the titles of what is found."""
    hits = library.search(query, **more)  # type: ignore[arg-type]
    assert hits.total == len(hits.ids)
    return [row.title.split()[0] for row in library.rows(hits.ids)]


def test_articles_are_listed_newest_first_and_opened_in_full(library: Library) -> None:
    rows = library.rows(library.article_ids())
    assert [row.title.split()[0] for row in rows] == ["Storm", "Ferry", "Council"]
    assert [row.outlet for row in rows] == ["Harbour Times", "Daily Ledger", "Harbour Times"]
    council = library.article(rows[2].id)
    assert council.article.body == newsroom.STORIES[0]["body"]
    said = council.extraction
    names = [said.speakers[q.speaker].name for q in said.quotations if q.speaker is not None]
    assert names == ["Ana Ruiz", "Ana Ruiz", "Bo Lindqvist"]
    assert library.quotation_counts([rows[2].id]) == {rows[2].id: len(said.quotations)}


def test_searching_finds_articles_by_words_fields_and_marks(library: Library) -> None:
    assert titles(library, "strike") == ["Ferry"]
    assert titles(library, "harbour") == ["Ferry", "Council"]
    assert titles(library, "harbour", sort=Sort.OLDEST) == ["Council", "Ferry"]
    assert titles(library, 'outlet:"Harbour Times"') == ["Storm", "Council"]
    assert titles(library, "spri", as_you_type=True) == ["Council"]
    assert titles(library, "spri") == []
    [ferry] = library.search("strike").ids
    library.set_read([ferry], True)
    library.set_starred([ferry], True)
    assert titles(library, "is:unread") == ["Storm", "Council"]
    assert titles(library, "is:read") == titles(library, "is:starred") == ["Ferry"]


def test_an_empty_query_matches_everything(library: Library) -> None:
    assert titles(library, " ") == ["Storm", "Ferry", "Council"]
    assert titles(library, "", sort=Sort.OLDEST) == ["Council", "Ferry", "Storm"]
    assert library.search("", limit=1).total == 3


def test_a_search_can_be_narrowed_to_those_who_quote_somebody(library: Library) -> None:
    [lindqvist] = [s for s in library.quoted.speakers() if s.name == "Bo Lindqvist"]
    assert titles(library, "harbour", speaker=lindqvist.id) == ["Council"]
    assert titles(library, "", speaker=lindqvist.id) == ["Council"]


def test_a_query_that_makes_no_sense_is_said_so(library: Library) -> None:
    with pytest.raises(QueryError):
        library.search("(harbour")
    assert library.find_hits("(harbour", "the harbour")[0] == (4, 11), "but words still light up"


def test_hits_light_up_as_the_last_search_understood_them(library: Library) -> None:
    text = "Ferry workers vote to strike again"
    assert library.find_hits("strikes", text) == [(22, 28)]
    assert library.find_hits("stri", text) == []
    hits = library.search("stri", as_you_type=True)
    assert library.find_hits("stri", text) == library.find_hits(hits, text) == [(22, 28)]
    snippet = library.snippet("stri", hits.ids[0], 40)
    assert len(snippet.text) <= 40
    assert [span.text(snippet.text).lower() for span in snippet.hits] == ["strike"]


def test_who_speaks_about_it(library: Library) -> None:
    assert {s.name: s.quotations for s in library.quoted.speakers()} == {
        "Ana Ruiz": 3,
        "Bo Lindqvist": 1,
        "Carla Mendes": 1,
    }
    about = library.quoted.speakers("strike", sort="name")
    assert [(s.name, s.quotations) for s in about] == [("Ana Ruiz", 1), ("Carla Mendes", 1)]
    everybody = library.quoted.speakers(include_unnamed=True)
    assert [s.name for s in everybody if not s.named] == ["a police officer"]
    assert library.quoted.speakers("nothing of the kind") == []


def test_all_that_somebody_said_newest_first(library: Library) -> None:
    ruiz = library.quoted.speakers(limit=1)[0]
    rows = library.quoted.said_by(ruiz.id)
    assert [row.article_title.split()[0] for row in rows] == ["Ferry", "Council", "Council"]
    assert "We will open it in the spring" in rows[1].text
    assert library.quoted.speaker(ruiz.id) == ruiz


def test_quotations_are_found_by_what_was_said_and_by_whom(library: Library) -> None:
    rows, total = library.quoted.search("money")
    assert (total, [row.speaker_name for row in rows]) == (1, ["Bo Lindqvist"])
    rows, total = library.quoted.search("speaker:ruiz", limit=2)
    assert (total, len(rows)) == (3, 2)
    assert len(list(library.quoted.quotations("speaker:ruiz"))) == 3
    everything, total = library.quoted.search("", limit=None)
    assert total == len(everything) == len(list(library.quoted.quotations()))


def test_a_second_import_changes_nothing(library: Library, files: list[Path]) -> None:
    assert [o.status for o in library.import_paths(files)] == ["known"] * 3
    assert library.count() == 3
    assert library.pending_count() == 0


def test_an_import_tells_how_far_it_is_with_reading_and_indexing(
    tmp_path: Path, files: list[Path]
) -> None:
    told: list[ImportProgress] = []
    library = Library.open(tmp_path / "archive")
    list(library.import_paths([files[0].parent], on_progress=told.append))
    library.close()
    reading = [p for p in told if p.phase == "reading"][-1]
    indexing = [p for p in told if p.phase == "indexing"][-1]
    assert (reading.done, reading.total, reading.new) == (3, 3, 3)
    assert (indexing.done, indexing.total, indexing.new) == (3, 3, 3)


def test_what_an_ended_import_has_not_indexed_is_indexed_later(
    tmp_path: Path, files: list[Path]
) -> None:
    library = Library.open(tmp_path / "archive")
    run = library.import_paths(files)
    next(run)
    run.close()
    assert (library.count(), library.pending_count()) == (3, 3)
    assert library.search("strike").pending == 3
    assert library.index_pending() == 3
    assert library.search("strike").pending == 0
    assert titles(library, "strike") == ["Ferry"]
    assert library.index_pending() == 0
    library.close()


def test_a_changed_article_is_found_by_its_new_words_and_keeps_its_marks(
    library: Library, tmp_path: Path
) -> None:
    [ferry] = library.search("strike").ids
    library.set_read([ferry], True)
    changed = tmp_path / "changed.jsonl"
    changed.write_text(
        '{"title": "Ferry walkout is off", "url": "https://ledger.example/strike",'
        ' "body": "The walkout is off, both sides said late on Monday. '
        'Ferries will run as they always have, and fares stay what they were."}\n'
    )
    assert [o.status for o in library.import_paths([changed])] == ["changed"]
    assert list(library.search("walkout").ids) == [ferry]
    assert titles(library, "strike") == []
    assert library.rows([ferry])[0].read
    assert library.check() == []


def test_removed_articles_are_not_found_any_more(library: Library) -> None:
    [ferry] = library.search("strike").ids
    library.remove([ferry])
    assert library.rows([ferry]) == []
    assert library.index_pending() == 0
    assert library.search("strike").total == 0
    assert [s.name for s in library.quoted.speakers(sort="name")] == ["Ana Ruiz", "Bo Lindqvist"]
    assert library.check() == []


def test_the_index_can_be_built_anew_while_another_library_searches(
    library: Library, tmp_path: Path
) -> None:
    other = Library.open(tmp_path / "archive")
    assert other.search("strike").total == 1
    told: list[ImportProgress] = []
    assert library.rebuild(told.append) == 3
    assert (told[-1].done, told[-1].total) == (3, 3)
    assert library.search("strike").total == other.search("strike").total == 1
    assert {path.name for path in library.folder.glob("index*")} == {"index", "index.lock"}
    assert library.check() == other.check() == []
    other.close()


def test_a_rebuild_reads_again_what_another_version_of_the_engine_has_read(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Deaf:
        def extract(self, text: str) -> Extraction:
            return Extraction()

    monkeypatch.setattr(engine, "VERSION", engine.VERSION + 1)
    monkeypatch.setattr(engine, "default_engine", Deaf)
    assert library.stats()["read by another engine"] == 3
    assert library.quoted.search("money")[1] == 1
    library.rebuild()
    assert library.stats()["read by another engine"] == 0
    assert library.quoted.search("money")[1] == 0
    assert library.quoted.speakers() == []
    assert library.check() == []


def test_a_sound_archive_has_no_findings(library: Library) -> None:
    assert library.check() == []
    stats = library.stats()
    assert (stats["articles"], stats["unread"], stats["not searchable yet"]) == (3, 3, 0)


def test_what_is_remembered_and_marked_outlasts_the_program(
    library: Library, tmp_path: Path
) -> None:
    library.set_state("last", "2")
    library.set_read([2], True)
    library.close()
    again = Library.open(tmp_path / "archive")
    assert again.state("last") == "2"
    assert again.unread_count() == 2
    assert again.search("strike").total == 1
    again.close()


def test_two_copies_of_the_program_see_each_others_marks(library: Library) -> None:
    other = Library.open(library.folder)
    before = other.data_version()
    library.set_starred([1], True)
    assert other.data_version() != before
    assert other.rows([1])[0].starred
    other.close()


def test_a_backup_holds_everything(library: Library, tmp_path: Path) -> None:
    copy = tmp_path / "copy" / "archive.db"
    copy.parent.mkdir()
    library.backup(copy)
    restored = Library.open(copy.parent)
    assert restored.count() == 3
    assert restored.index_pending() == 3
    assert restored.search("strike").total == 1
    restored.close()


def test_only_the_samples_archive_is_the_sample(library: Library, tmp_path: Path) -> None:
    sample = Library.open(tmp_path / "sample", is_sample=True)
    sample.close()
    sample = Library.open(tmp_path / "sample")
    assert sample.is_sample and not library.is_sample
    sample.close()


def test_an_article_that_is_not_there_is_said_so(library: Library) -> None:
    with pytest.raises(ArchiveError, match="no article 99"):
        library.article(99)


def test_findings_are_one_line_each(library: Library) -> None:
    library._store.ledger.set_generation(77)
    [finding] = library.check()
    assert isinstance(finding, Finding)
    assert "3 of 3 articles are not in the index" in finding.message
    [finding] = library.check(repair=True)
    assert finding.repaired
    assert library.check() == []
