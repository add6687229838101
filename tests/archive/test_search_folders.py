"""Saved searches as folders: counts that keep up with the archive, and what is asked for them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from reader.core.folders import SearchFolder
from reader.library import Library
from reader.search.index import ArchiveIndex
from tests import newsroom


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """The council's bridge and the ferry strike; the storm is still to come."""
    library = Library.open(tmp_path / "archive")
    bring(library, newsroom.write(tmp_path / "stories")[:2])
    yield library
    library.close()


def bring(library: Library, files: Sequence[Path]) -> list[int]:
    return [outcome.id for outcome in library.import_paths(files) if outcome.id is not None]


def storm(library: Library) -> int:
    """The storm comes in."""
    [number] = bring(library, [library.folder.parent / "stories" / "2.jsonl"])
    return number


def counts(library: Library) -> dict[str, tuple[int, int]]:
    return {found.name: (found.total, found.unread) for found in library.folders.counts()}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int | None]:
    """Of how many articles each search is asked; None: of all."""
    runs: list[int | None] = []
    search = ArchiveIndex.search

    def noted(self: ArchiveIndex, query: Any, **options: Any) -> Any:
        within = options.get("within")
        runs.append(None if within is None else len(within))
        return search(self, query, **options)

    monkeypatch.setattr(ArchiveIndex, "search", noted)
    return runs


def test_a_folder_says_how_much_is_in_it_and_how_much_of_that_is_unread(library: Library) -> None:
    library.folders.save("boats", "ferry")
    library.folders.save("harbour", "harbour")
    assert library.folders.counts() == [
        SearchFolder("boats", "ferry", 1, 1),
        SearchFolder("harbour", "harbour", 2, 2),
    ]
    library.set_read(library.folders.ids("boats"), True)
    assert counts(library) == {"boats": (1, 0), "harbour": (2, 1)}
    library.set_read(library.folders.ids("boats"), False)
    assert counts(library) == {"boats": (1, 1), "harbour": (2, 2)}


def test_what_comes_in_is_asked_about_alone(library: Library, asked: list[int | None]) -> None:
    library.folders.save("boats", "ferry")
    library.folders.save("roads", "road")
    assert counts(library) == {"boats": (1, 1), "roads": (0, 0)}
    assert asked == [None, None]
    number = storm(library)
    assert counts(library) == {"boats": (2, 2), "roads": (1, 1)}
    assert list(library.folders.ids("roads")) == [number]
    assert asked == [None, None, 1, 1]


def test_a_start_runs_no_search(library: Library, asked: list[int | None]) -> None:
    library.folders.save("boats", "ferry")
    before = counts(library)
    asked.clear()
    again = Library.open(library.folder)
    assert counts(again) == before
    assert [len(again.folders.ids("boats")), asked] == [1, []]
    again.close()


def test_what_another_program_brings_in_is_counted_too(library: Library) -> None:
    library.folders.save("boats", "ferry")
    assert counts(library) == {"boats": (1, 1)}
    other = Library.open(library.folder)
    storm(other)
    other.close()
    assert counts(library) == {"boats": (2, 2)}


def test_removed_articles_leave_the_folder(library: Library) -> None:
    library.folders.save("boats", "ferry")
    assert counts(library) == {"boats": (1, 1)}
    library.remove(library.folders.ids("boats"))
    assert counts(library) == {"boats": (0, 0)}


def test_a_changed_article_can_leave_the_folder(library: Library, tmp_path: Path) -> None:
    library.folders.save("talk", "debate")
    assert counts(library) == {"talk": (1, 1)}
    file = tmp_path / "stories" / "0.jsonl"
    file.write_text(file.read_text("utf-8").replace("a long debate", "many words"), "utf-8")
    bring(library, [file])
    assert counts(library) == {"talk": (0, 0)}


def test_another_meaning_is_run_over_everything_again(library: Library) -> None:
    library.folders.save("boats", "ferry")
    library.folders.save("strikes", "search:boats strike")
    assert counts(library) == {"boats": (1, 1), "strikes": (1, 1)}
    library.folders.save("boats", "bridge")
    assert counts(library) == {"boats": (1, 1), "strikes": (0, 0)}
    library.folders.forget("boats")
    [folder] = library.folders.counts()
    assert (folder.name, folder.total) == ("strikes", 0)
    assert "no saved search" in (folder.error or "")


def test_searches_that_change_by_themselves_are_right_at_any_moment(library: Library) -> None:
    library.folders.save("new", "is:unread ferry")
    assert counts(library) == {"new": (1, 1)}
    library.set_read(library.folders.ids("new"), True)
    assert counts(library) == {"new": (0, 0)}
    storm(library)
    assert counts(library) == {"new": (1, 1)}


def test_a_rebuilt_index_leaves_the_folders_right(library: Library) -> None:
    library.folders.save("boats", "ferry")
    assert counts(library) == {"boats": (1, 1)}
    library.rebuild()
    storm(library)
    assert counts(library) == {"boats": (2, 2)}


def test_an_archive_that_cannot_be_written_is_counted_all_the_same(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.folders.save("boats", "ferry")
    monkeypatch.setattr("reader.storage.store.Store.is_writable", False)
    assert counts(library) == {"boats": (1, 1)}
    assert len(library.folders.ids("boats")) == 1


def test_the_facets_follow_what_comes_in(library: Library) -> None:
    from reader.core.facets import Facet

    def spread(facet: Facet) -> list[tuple[str, int]]:
        return [(found.value, found.count) for found in library.facets(facet)]

    assert spread(Facet.OUTLET) == [("Daily Ledger", 1), ("Harbour Times", 1)]
    assert spread(Facet.SPEAKER)[0] == ("Ana Ruiz", 2)
    storm(library)
    assert spread(Facet.OUTLET) == [("Harbour Times", 2), ("Daily Ledger", 1)]
    assert spread(Facet.MONTH) == [("2026-03", 3)]
    hits = library.search("bridge")
    assert [found.narrowing for found in library.facets(Facet.OUTLET, hits.ids)] == [
        'outlet:"Harbour Times"'
    ]


def test_copies_of_a_story_are_one_in_a_folder(library: Library, tmp_path: Path) -> None:
    story = (tmp_path / "stories" / "1.jsonl").read_text("utf-8")
    more = " ".join(f"Paragraph {n} tells at length how the ferry crews met." for n in range(30))
    for number, outlet in enumerate(("Daily Ledger", "Harbour Times", "Evening Wire")):
        file = tmp_path / f"copy{number}.jsonl"
        text = story.replace("hurt the harbour.", f"hurt the harbour. {more}")
        text = text.replace("Daily Ledger", outlet).replace("ledger.example", f"{number}.example")
        file.write_text(text.replace("Ferry workers vote", "Crews vote"), "utf-8")
        bring(library, [file])
    library.folders.save("boats", "ferry")
    library.folders.save("new", "ferry is:unread")
    ids = library.folders.ids("boats")
    assert len(ids) == 2
    assert counts(library) == {"boats": (2, 2), "new": (2, 2)}
    library.set_read([ids[0]], True)
    assert counts(library) == {"boats": (2, 1), "new": (1, 1)}


def test_a_run_that_was_killed_is_made_up_for(library: Library) -> None:
    library.folders.save("boats", "ferry")
    library._store.kept.begin("boats")
    assert counts(library) == {"boats": (1, 1)}


def test_of_two_programs_that_bring_folders_up_to_date_the_slower_changes_nothing(
    library: Library,
) -> None:
    library.folders.save("boats", "ferry")
    counts(library)
    number = storm(library)
    kept = library._store.kept
    end, news = kept.news()
    assert news == [number]
    assert kept.bring_up_to_date(end, news, {"boats": news})
    assert not kept.bring_up_to_date(end, news, {"boats": []})
    assert counts(library) == {"boats": (2, 2)}


def test_whatever_happens_a_folder_holds_what_its_search_finds(
    library: Library, tmp_path: Path
) -> None:
    chance = random.Random(11)
    words = ("ferry", "bridge", "storm", "budget", "strike")
    searches = {"a": "ferry", "b": "bridge OR storm", "c": "search:a -budget", "d": "is:read ferry"}
    for name, query in searches.items():
        library.folders.save(name, query)
    for step in range(40):
        at = chance.randrange(12)
        ids = list(library.article_ids())
        match chance.choice(("bring", "bring", "remove", "read", "unread", "other")):
            case "bring":
                chosen = " ".join(chance.choices(words, k=3))
                story = {
                    "title": f"Story number {at}",
                    "date": f"2026-02-{at + 1:02}",
                    "url": f"https://x.example/{at}",
                    "body": f"Item {at} is about {chosen}.",
                }
                (tmp_path / "one.jsonl").write_text(json.dumps(story) + "\n", "utf-8")
                bring(library, [tmp_path / "one.jsonl"])
            case "remove":
                library.remove(chance.sample(ids, 1) if len(ids) > 3 else [])
            case "read" | "unread" as mark:
                library.set_read(chance.sample(ids, 2), mark == "read")
            case "other":
                library.folders.save("a", chance.choice(words))
        library.index_pending()
        unread = set(library.article_ids(unread=True))
        for folder in library.folders.counts() if step % 3 == 0 else ():
            found = library.search(f"search:{folder.name}", limit=None, fold=True).ids
            assert list(library.folders.ids(folder.name)) == list(found)
            assert (folder.total, folder.unread) == (len(found), len(unread & set(found)))


def test_what_is_muted_is_in_no_folder_until_it_is_shown_again(library: Library) -> None:
    library.folders.save("boats", "ferry")
    library.folders.save("new", "ferry is:unread")
    storm(library)
    assert counts(library) == {"boats": (2, 2), "new": (2, 2)}
    muted = library.desk.mute([library.folders.ids("boats")[0]])
    assert counts(library) == {"boats": (1, 1), "new": (1, 1)}
    assert len(library.folders.ids("boats")) == 1
    library.desk.unmute(muted)
    assert counts(library) == {"boats": (2, 2), "new": (2, 2)}


def test_hits_of_articles_that_are_gone_are_found_and_mended(library: Library) -> None:
    library.folders.save("boats", "ferry")
    [lost] = library.folders.ids("boats")
    counts(library)
    connection = library._store._database.connection()
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DELETE FROM article WHERE id = ?", (lost,))
    connection.execute("PRAGMA foreign_keys = ON")
    assert any("kept_match" in finding.message for finding in library.check())
    library.check(repair=True)
    assert library.check() == []
    assert counts(library) == {"boats": (0, 0)}
