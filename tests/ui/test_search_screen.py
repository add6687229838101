"""Narrowing, searches within lists, saved searches as folders, and finding words in a text."""

from __future__ import annotations

import gc
import threading
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from reader.core.records import Hits
from reader.core.span import Span
from reader.library import Library
from reader.ui.control.narrowing import Page
from reader.ui.find import find, fold
from reader.ui.listing import View
from tests import newsroom
from tests.ui.conftest import Open, press, rows_of, settle, text_of, until

# Pages that say how what is listed is spread


async def test_the_pages_count_what_is_listed_and_each_value_narrows_it(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "v")
        await until(pilot, lambda: bool(screen.spread.rows))
        assert "WHO SPEAKS" in text_of(screen)
        await press(pilot, "v", "v")
        await until(pilot, lambda: [row.name for row in screen.spread.rows] == ["June 2026"])
        assert screen.narrowing.page is Page.MONTHS
        assert screen.spread.rows[0].count == 4
        assert "1 of 1 · date:2026-06" in screen.status.text
        await press(pilot, "enter")
        assert screen.header.query_text == "date:2026-06"
        assert screen.listing.total == 4
        assert screen.sidebar.display
        await press(pilot, "backspace")
        assert (screen.listing.view, screen.header.query_text) == (View.ALL, "")


async def test_a_narrowed_search_finds_just_what_the_page_counted_and_esc_goes_back(
    open_screen: Open,
) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "slash", *"ferr", "enter", "V", "V", "V", "V")
        await until(pilot, lambda: bool(screen.spread.rows))
        assert "WHO SPEAKS ABOUT IT" in text_of(screen)
        before = list(screen.listing.ids)
        await press(pilot, "enter")
        assert screen.header.query_text == 'ferr* speaker:"Captain Mara Lindqvist"' or (
            screen.header.query_text.startswith("ferr* speaker:")
        )
        assert 0 < screen.listing.total < len(before)
        await press(pilot, "escape")
        assert (screen.header.query_text, list(screen.listing.ids)) == ("ferr", before)
        await press(pilot, "escape")
        assert screen.listing.view is View.ALL


async def test_a_page_that_is_open_follows_the_search(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "p")
        await until(pilot, lambda: bool(screen.spread.rows))
        everybody = len(screen.spread.rows)
        await press(pilot, "apostrophe", *"winter")
        await until(pilot, lambda: 0 < len(screen.spread.rows) < everybody)
        assert "Elif Aydin" in {row.name for row in screen.spread.rows}


# A search within what is listed


async def test_a_search_within_the_hits_is_chained_and_esc_goes_back_a_level(
    open_screen: Open,
) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "slash", *"radar", "enter")
        hits = list(screen.listing.ids)
        assert len(hits) == 3
        await press(pilot, "backslash", *"inquiry")
        assert list(screen.listing.ids) == [hits[1]]
        assert "/radar › inquiry" in rows_of(screen)[0]
        await press(pilot, "enter", "escape")
        assert list(screen.listing.ids) == hits
        assert "/radar " in rows_of(screen)[0]
        assert "›" not in rows_of(screen)[0]
        await press(pilot, "escape")
        assert screen.listing.view is View.ALL


async def test_what_somebody_said_can_be_searched_too(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "]", "P")
        name = screen.listing.name
        await press(pilot, "backslash", *"ferry", "enter")
        assert screen.search_words == "ferry"
        assert f"/{name} › ferry" in rows_of(screen)[0]
        await press(pilot, "escape")
        assert screen.listing.name == name
        await press(pilot, "escape")
        assert screen.listing.view is View.ALL


async def test_a_chain_is_saved_as_one_search(open_screen: Open, library: Library) -> None:
    from textual.widgets import Input

    async with open_screen() as (screen, pilot):
        await press(pilot, "slash", *"radar", "enter", "backslash", *"inqu", "enter", "b")
        await until(pilot, lambda: screen.app.screen is not screen)
        screen.app.screen.query_one(Input).value = "both"
        await press(pilot, "enter")
        assert library.folders.queries() == {"both": "radar inqu*"}


# Folders


async def test_saved_searches_stand_at_the_top_with_what_is_unread(
    open_screen: Open, library: Library
) -> None:
    library.folders.save("instruments", "radar")
    library.folders.save("plums", "plums")
    async with open_screen() as (screen, pilot):
        await until(pilot, lambda: "instruments 3" in text_of(screen))
        assert "▸All news 4" in text_of(screen)
        await press(pilot, "greater_than_sign")
        await until(pilot, lambda: screen.listing.view is View.FOLDER)
        assert screen.listing.title == "instruments"
        assert screen.listing.total == 3
        assert "▸instruments" in text_of(screen)
        assert screen.reader.hits
        await press(pilot, "enter", "q", "greater_than_sign")
        await until(pilot, lambda: screen.listing.title == "plums")
        await until(pilot, lambda: "instruments 2" in text_of(screen))
        await press(pilot, "A", "less_than_sign")
        await until(pilot, lambda: [f.unread for f in screen.folders.all] == [2, 0])
        await press(pilot, "q")
        assert screen.listing.view is View.ALL


async def test_a_folder_takes_in_what_comes_and_nothing_moves(
    open_screen: Open, library: Library, tmp_path: Path
) -> None:
    library.folders.save("boats", "ferry OR ferries")
    async with open_screen() as (screen, pilot):
        await until(pilot, lambda: bool(screen.folders.all))
        screen.folders.open("boats")
        await until(pilot, lambda: screen.listing.view is View.FOLDER)
        await press(pilot, "j")
        before, current = screen.listing.total, screen.listing.article_at(1)
        other = Library.open(library.folder)
        for _ in other.import_paths(newsroom.write(tmp_path / "more")):
            pass
        other.close()
        screen.watching.look()
        await until(pilot, lambda: screen.listing.total > before)
        assert screen.listing.article_at(screen.article_list.cursor) == current


async def test_a_folder_is_removed_from_the_list_and_brought_back(
    open_screen: Open, library: Library
) -> None:
    library.folders.save("instruments", "radar")
    async with open_screen() as (screen, pilot):
        await press(pilot, "F", *"instr", "delete")
        assert library.folders.queries() == {}
        assert "is gone" in screen.status.text
        await press(pilot, "u")
        assert library.folders.queries() == {"instruments": "radar"}


async def test_without_saved_searches_there_is_no_line_for_them(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        await settle(pilot)
        assert not screen.strip.display
        await press(pilot, "greater_than_sign")
        assert "No searches are saved yet" in screen.status.text


@pytest.mark.parametrize("width", [20, 50, 80])
async def test_the_folder_that_is_listed_is_in_sight_however_many_there_are(
    open_screen: Open, library: Library, width: int
) -> None:
    for number in range(12):
        library.folders.save(f"number {number:02}", "ferry")
    async with open_screen(size=(width, 24)) as (screen, pilot):
        screen.folders.open("number 11")
        await until(pilot, lambda: screen.listing.view is View.FOLDER)
        await until(pilot, lambda: "▸number 11" in text_of(screen))
        assert "+" in rows_of(screen)[1]


# Finding in the text


async def test_slash_in_the_reader_finds_in_the_text_as_one_types(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "enter", "slash", *"ra")
        assert screen.header.is_finding
        assert "find in the text: ra" in rows_of(screen)[0]
        assert "“ra” 1 of 5" in screen.status.text
        await press(pilot, *"dar", "enter", "n")
        assert screen.focused is screen.reader
        assert "“radar” 2 of 3" in screen.status.text
        await press(pilot, "n", "n")
        assert "From the top again" in screen.status.text
        await press(pilot, "N")
        assert screen.reader.current_hit == 2
        await press(pilot, "escape")
        assert screen.reader.hits == []
        assert screen.listing.view is View.ALL


async def test_words_that_are_not_in_the_text_are_said_so_and_esc_goes_back(
    open_screen: Open,
) -> None:
    async with open_screen(size=(120, 14)) as (screen, pilot):
        await press(pilot, "G", "enter", "ctrl+f")
        top = screen.reader.top
        assert top > 0
        await press(pilot, "slash", *"zebra")
        assert screen.header.is_wrong
        assert "not in this text" in screen.status.text
        await press(pilot, *["backspace"] * 5, *"solvei")
        assert screen.reader.hits
        await press(pilot, "escape")
        assert (screen.focus_name, screen.reader.top) == ("reader", top)


async def test_a_second_slash_searches_the_archive(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "enter", "slash", "slash", *"radar", "enter")
        assert screen.listing.view is View.HITS
        await press(pilot, "enter", "apostrophe")
        assert screen.focus_name == "search"


async def test_the_hits_of_the_search_come_back_when_a_find_ends(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "slash", *"radar", "enter", "enter")
        hits = screen.reader.hits
        await press(pilot, "slash", *"aydin", "enter")
        assert screen.reader.hits != hits
        await press(pilot, "escape")
        assert screen.reader.hits == hits
        assert screen.listing.view is View.HITS


async def test_a_find_goes_on_in_the_next_article(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "enter", "slash", *"ferry", "enter")
        await press(pilot, "q", "j", "j", "j", "enter")
        body = screen.reader.archived.article.body if screen.reader.archived else ""
        assert [hit.text(body).lower() for hit in screen.reader.hits] == ["ferry"]


def test_case_accents_marks_and_spaces_do_not_matter() -> None:
    text = "“Erdoğan’s no–fly\nzone” — İdlib"
    for wanted in ("erdogan's", "no-fly zone", '"ERD', "idlib"):
        [hit] = find(wanted, text)
        assert fold(hit.text(text)).split() == fold(wanted).split()
    assert find("  ", text) == []
    assert find("a", "aAá") == [Span(0, 1), Span(1, 2), Span(2, 3)]
    assert len(fold(text)) == len(text)


async def test_the_first_slash_after_a_start_searches_the_archive(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "enter", "j")
        screen.arranging.save_place()
    async with open_screen() as (screen, pilot):
        assert screen.focused is screen.reader
        await press(pilot, "slash", *"radar", "enter", "]")
        assert screen.listing.view is View.HITS
        assert screen.focused is screen.reader
        assert screen.reader.current == 0


async def test_while_the_index_is_built_it_is_said_how_much_is_searched(
    open_screen: Open, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(library._indexing), "pending_count", lambda self, look=False: 1)
    monkeypatch.setattr("reader.ui.control.watching.Watching.index", lambda self: None)
    async with open_screen() as (screen, pilot):
        await press(pilot, "slash", *"radar")
        assert "75 % of the archive is searched" in screen.status.text
        await press(pilot, "enter")
        assert "searching 75 % of the archive: the index is being built" in screen.status.text


async def test_hits_are_lit_in_the_sidebar_too(open_screen: Open) -> None:
    from reader.ui.looks import looks_of

    async with open_screen() as (screen, pilot):
        await press(pilot, "slash", *"brandt OR path", "enter", "]", ")")
        hit = looks_of(screen.sidebar).hit
        lit = [
            segment.text
            for index in range(screen.sidebar.count)
            for strip in screen.sidebar.item(index)
            for segment in strip
            if segment.style is not None and segment.style.bgcolor == hit.bgcolor
        ]
        assert "Brandt" in lit
        await press(pilot, "escape", "escape")
        assert screen.sidebar._find is None


async def test_f_narrows_a_search_or_a_folder_to_the_unread_and_back(
    open_screen: Open, library: Library
) -> None:
    library.folders.save("instruments", "radar")
    async with open_screen() as (screen, pilot):
        await press(pilot, "slash", *"radar", "enter", "enter", "q", "f")
        assert screen.header.query_text == "radar is:unread"
        assert screen.listing.total == 2
        await press(pilot, "f")
        assert (screen.header.query_text, screen.listing.total) == ("radar", 3)
        screen.folders.open("instruments")
        await until(pilot, lambda: screen.listing.view is View.FOLDER)
        await press(pilot, "f")
        assert screen.header.query_text == 'search:"instruments" is:unread'
        assert screen.listing.total == 2
        await press(pilot, "escape")
        assert screen.listing.title == "instruments"


async def test_the_exact_number_follows_the_first_screen(
    open_screen: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = Library.search
    asked_for_all = threading.Event()

    def estimated(self: Library, query: str, **options: Any) -> Hits:
        hits = search(self, query, **options)
        if options["limit"] is None:
            asked_for_all.wait(60)
            return hits
        return replace(hits, total=19_012, exact=False, complete=False)

    monkeypatch.setattr(Library, "search", estimated)
    async with open_screen() as (screen, pilot):
        for key in ("slash", *"radar"):
            await pilot.press(key)
        await until(pilot, lambda: "about 19,012 stories" in rows_of(screen)[0])
        await pilot.press("enter")
        await until(pilot, lambda: "older ones are being looked for" in screen.status.text)
        asked_for_all.set()
        await until(pilot, lambda: " 3 stories" in rows_of(screen)[0])
        assert "article 1 of 3" in screen.status.text


async def test_the_next_key_ends_the_search_for_all_hits(
    open_screen: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = Library.search
    looking, ended, never = threading.Event(), threading.Event(), threading.Event()

    def endless(self: Library, query: str, **options: Any) -> Hits:
        if options["limit"] is None and query == "rada":
            looking.set()
            while options["wanted"]():
                never.wait(0.01)
            ended.set()
        hits = search(self, query, **options)
        return hits if options["limit"] is None else replace(hits, exact=False)

    monkeypatch.setattr(Library, "search", endless)
    async with open_screen() as (screen, pilot):
        for key in ("slash", *"rada"):
            await pilot.press(key)
        await until(pilot, looking.is_set)
        await pilot.press("r")
        await until(pilot, ended.is_set)
        await until(pilot, lambda: screen.listing.query == "radar" and screen.listing.exact)
        assert screen.listing.total == 3


async def test_a_search_that_took_long_is_not_asked_again_at_every_change(
    open_screen: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = Library.search
    asked: list[int | None] = []

    def counted(self: Library, query: str, **options: Any) -> Hits:
        asked.append(options["limit"])
        return search(self, query, **options)

    async with open_screen() as (screen, pilot):
        await press(pilot, "slash", *"radar")
        await until(pilot, lambda: screen.listing.total == 3)
        monkeypatch.setattr(Library, "search", counted)
        screen.searching.repeating.after = monotonic() + 0.3
        for _ in range(3):
            screen.archive_changed()
        await settle(pilot)
        assert asked == []
        await until(pilot, lambda: bool(asked))
        await settle(pilot)
        assert len(asked) == 1


async def test_work_that_never_began_leaves_no_complaint_behind(
    open_screen: Open, recwarn: pytest.WarningsRecorder
) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "slash", *"radar", "enter")
        for command in ("search.people", "facet.next", "search.save", "quit"):
            screen.run_command(command)
    gc.collect()
    assert [str(one.message) for one in recwarn if "never awaited" in str(one.message)] == []


async def test_tags_are_counted_and_narrow_what_is_listed(
    open_screen: Open, library: Library
) -> None:
    ids = library.article_ids()
    library.desk.tag(ids[:2], add=("at sea",))
    async with open_screen() as (screen, pilot):
        await press(pilot, "V")
        await until(pilot, lambda: [row.name for row in screen.spread.rows] == ["at sea"])
        await press(pilot, "enter")
        assert screen.header.query_text == 'tag:"at sea"'
        assert list(screen.listing.ids) == list(ids[:2])
