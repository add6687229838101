"""The screen as a person meets it: press these keys, see this."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual import events

from reader.config import Settings
from reader.library import Library
from reader.ui.app import ReaderApp
from reader.ui.listing import View
from reader.ui.screens.main import MainScreen
from tests.ui.conftest import Open, press, rows_of, settle, text_of, until


async def test_opening_shows_the_newest_article_its_words_and_who_is_quoted(
    open_screen: Open,
) -> None:
    async with open_screen() as (screen, _):
        text = text_of(screen)
        assert "4 stories · newest first" in text
        assert "Minister Promises New Rules" in text
        assert "Ann Reed · Harbour Wire · 6 June 2026" in text
        assert "ON THE RECORD" in text
        assert "Elif Aydin" in text
        assert "Transport Minister" in text


async def test_moving_in_the_list_shows_the_article_but_does_not_mark_it_read(
    open_screen: Open, library: Library
) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "j")
        assert screen.reader.archived is not None
        assert screen.reader.archived.article.title == "A Quiet Market Day"
        assert library.unread_count() == 4
        assert "Nobody is quoted here." in text_of(screen)


async def test_enter_opens_the_article_and_marks_it_read(
    open_screen: Open, library: Library
) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "enter")
        assert screen.focus_name == "reader"
        assert library.unread_count() == 3


async def test_the_status_line_says_which_quotation_and_whose(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "]")
        assert "quotation 1 of" in screen.status.text
        assert "Elif Aydin 1 of" in screen.status.text


async def test_jumps_go_on_into_the_next_article_that_quotes_somebody(
    open_screen: Open,
) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "enter")
        assert screen.reader.archived is not None
        total = len(screen.reader.archived.extraction.quotations)
        await press(pilot, *["]"] * (total + 1))
        # The market day between the two quotes nobody and is passed over.
        assert screen.reader.archived.article.title == "Harbour Board Orders an Inquiry"
        assert screen.reader.current == 0
        assert screen.article_list.cursor == 2
        await press(pilot, "[")
        assert screen.reader.archived.article.title == "Minister Promises New Rules"
        assert screen.reader.current == total - 1


async def test_the_same_speaker_is_followed_across_articles(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "G", "enter", "]")
        reader = screen.reader
        assert reader.archived is not None and reader.current is not None
        quotation = reader.archived.extraction.quotations[reader.current]
        assert quotation.speaker is not None
        assert reader.archived.extraction.speakers[quotation.speaker].name == "Mara Lindqvist"
        await press(pilot, "{")
        assert reader.archived.article.title == "Harbour Board Orders an Inquiry"
        assert "Mara Lindqvist" in screen.status.text


async def test_next_speaker_goes_to_the_first_words_of_another_person(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "G", "enter", "]", ")")
        assert "Petra Oduya 1 of" in screen.status.text
        await press(pilot, "(")
        assert "Mara Lindqvist 1 of" in screen.status.text


async def test_at_the_last_quotation_of_the_list_the_jump_says_so(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "G", "enter", *["]"] * 12)
        assert "No quotation in the articles after this one." in screen.status.text


async def test_moving_in_the_sidebar_moves_the_reader(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "G", "shift+tab")
        assert screen.focus_name == "sidebar"
        await press(pilot, "j")
        assert screen.reader.current is not None
        assert "Petra Oduya" in screen.status.text or "Mara Lindqvist" in screen.status.text


async def test_enter_on_a_name_lists_everything_they_said_newest_first(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "G", "shift+tab", "enter")
        assert screen.listing.view is View.SPEAKER
        assert screen.listing.speaker is not None
        assert screen.listing.speaker.name == "Mara Lindqvist"
        days = [row.published for row in screen.listing.quotations]
        assert days == sorted(days, key=str, reverse=True)
        await press(pilot, "g", "g", "enter")
        assert screen.reader.archived is not None
        assert screen.reader.archived.article.title == "Harbour Board Orders an Inquiry"
        assert screen.reader.current == screen.listing.quotations[0].ordinal
        await press(pilot, "q", "q")
        assert screen.listing.view is View.ALL


async def test_searching_as_one_types_lights_hits_in_list_and_reader(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "slash", *"radar")
        assert screen.listing.view is View.HITS
        assert list(screen.listing.ids) and screen.listing.total == 3
        assert screen.reader.hits
        assert "3 stories" in rows_of(screen)[0]
        await press(pilot, "escape")
        assert screen.listing.view is View.ALL
        assert screen.reader.hits == []


async def test_n_goes_through_the_hits_and_on_into_the_next_article(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "slash", *"radar", "enter", "enter")
        first = screen.reader.archived
        assert first is not None
        assert "hit 1 of" in screen.status.text
        await press(pilot, *["n"] * len(screen.reader.hits))
        assert screen.reader.archived is not None
        assert screen.reader.archived.id != first.id


async def test_who_speaks_about_it_narrows_the_search(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "slash", *"ferry", "enter", "p")
        assert "WHO SPEAKS ABOUT IT" in text_of(screen)
        await until(pilot, lambda: bool(screen.spread.rows))
        names = [row.name for row in screen.spread.rows]
        assert "Elif Aydin" in names
        before = screen.listing.total
        await press(pilot, *["j"] * names.index("Elif Aydin"), "enter")
        assert 'speaker:"Elif Aydin"' in screen.header.query_text
        assert 0 < screen.listing.total < before


async def test_a_query_that_is_wrong_says_so_and_keeps_the_list(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "slash", *"after", "colon", *"yestermonth", "space", "x")
        assert screen.listing.ids
        assert screen.header.is_wrong or screen.listing.view is View.HITS


async def test_marks_can_be_undone(open_screen: Open, library: Library) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "A")
        assert library.unread_count() == 0
        await press(pilot, "u")
        assert library.unread_count() == 4
        await press(pilot, "s")
        assert "★" in text_of(screen)
        await press(pilot, "u")
        assert "★" not in text_of(screen)


async def test_the_filter_goes_round_unread_and_starred(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "s", "m", "f")
        assert screen.listing.view is View.UNREAD
        assert len(screen.listing.ids) == 3
        await press(pilot, "f")
        assert screen.listing.view is View.STARRED
        assert len(screen.listing.ids) == 1
        await press(pilot, "f")
        assert screen.listing.view is View.ALL


async def test_a_count_repeats_a_key(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "3", "j")
        assert screen.article_list.cursor == 3
        await press(pilot, "g", "g")
        assert screen.article_list.cursor == 0


async def test_the_place_is_kept_over_a_restart(open_screen: Open, library: Library) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "j", "j", "enter", "]", "]")
        kept = screen.reader.archived
        assert kept is not None
        screen.arranging.save_place()
    async with open_screen() as (screen, _):
        assert screen.reader.archived is not None
        assert screen.reader.archived.id == kept.id
        assert screen.reader.current == 1
        assert screen.article_list.cursor == 2
        assert screen.focus_name == "reader"


async def test_q_goes_back_and_at_the_top_quits(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "enter", "tab", "q")
        assert screen.focus_name == "reader"
        await press(pilot, "q")
        assert screen.focus_name == "list"
        await pilot.press("q")
        assert screen.app.return_code == 0


async def test_why_says_which_words_led_to_the_speaker(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "]", "i")
        assert screen.app.screen is not screen
        await press(pilot, "escape")
        assert screen.app.screen is screen


async def test_help_lists_every_command_and_filters(open_screen: Open) -> None:
    from textual.widgets import Input, Static

    async with open_screen() as (screen, pilot):
        await press(pilot, "question_mark")
        help_screen = screen.app.screen
        assert "To the next quotation" in str(help_screen.query_one("#table", Static).render())
        help_screen.query_one(Input).value = "browser"
        await pilot.pause()
        shown = str(help_screen.query_one("#table", Static).render())
        assert "address in the browser" in shown
        assert "To the next quotation" not in shown


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (12, 4), (40, 12), (79, 24), (300, 90)])
async def test_any_size_of_terminal_is_survived_with_every_pane(
    open_screen: Open, size: tuple[int, int]
) -> None:
    async with open_screen(size=size) as (screen, pilot):
        await press(pilot, "enter", "]", "tab", "j", "shift+tab", "G", "slash", *"ferry", "enter")
        await press(pilot, "p", "j", "escape", "z", "z", "P", "q")
        rows_of(screen)


async def test_changing_the_size_keeps_the_words_on_the_top_row(open_screen: Open) -> None:
    async with open_screen(size=(120, 12)) as (screen, pilot):
        await press(pilot, "G", "enter", "ctrl+f", "ctrl+f")
        place = screen.reader.place
        assert place > 0
        for size in ((80, 12), (200, 12), (60, 12), (120, 12)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        row = screen.reader.page.rows[screen.reader.top]
        assert row.start <= place


async def test_below_80_columns_one_pane_is_shown_and_the_keys_lead_to_the_others(
    open_screen: Open,
) -> None:
    async with open_screen(size=(60, 20)) as (screen, pilot):
        assert screen.article_list.display and not screen.reader.display
        await press(pilot, "enter")
        assert screen.reader.display and not screen.article_list.display
        await press(pilot, "tab")
        assert screen.query_one("#side").display and not screen.reader.display


async def test_settings_change_keys_and_theme(open_screen: Open) -> None:
    settings = Settings(theme="onrecord-light", keys={"move.down": ("x",)})
    async with open_screen(settings=settings) as (screen, pilot):
        assert screen.app.theme == "onrecord-light"
        await press(pilot, "x")
        assert screen.article_list.cursor == 1


async def test_what_another_program_brings_in_appears_and_nothing_moves(
    open_screen: Open, library: Library, tmp_path: Path
) -> None:
    async with open_screen(size=(120, 16)) as (screen, pilot):
        await press(pilot, "j", "j")
        under = screen.listing.article_at(screen.article_list.cursor)
        row = screen.article_list.row_of_cursor()
        story = tmp_path / "new.txt"
        story.write_text(
            "Ferry Sails Again\n\nBy Ann Reed June 9, 2026\n\nThe ferry sailed again on Monday "
            "morning with nobody aboard who had been there the last time.\n\n"
            '"She handles well," said Petra Oduya, a spokeswoman for Northline Ferries.\n',
            encoding="utf-8",
        )
        other = Library.open(library.folder)
        for _ in other.import_paths([story]):
            pass
        other.close()
        screen.watching.look()
        await settle(pilot)
        assert len(screen.listing.ids) == 5
        assert screen.listing.article_at(screen.article_list.cursor) == under
        assert screen.article_list.row_of_cursor() == row


async def test_an_empty_archive_says_what_to_do(open_screen: Open, tmp_path: Path) -> None:
    empty = Library.open(tmp_path / "empty")
    try:
        async with open_screen(size=(60, 20), of=empty) as (screen, pilot):
            assert "Press a and name a file or folder" in " ".join(text_of(screen).split())
            await press(pilot, "]", "enter", "slash", *"x", "enter", "n", "s", "m", "u", "P", "w")
    finally:
        empty.close()


async def test_writing_what_is_listed_makes_a_file_with_the_quotations(
    open_screen: Open, tmp_path: Path
) -> None:
    async with open_screen() as (screen, _):
        await screen.marking.export(str(tmp_path / "said.md"))
        assert "One radar is no radar" in (tmp_path / "said.md").read_text(encoding="utf-8")
        await screen.marking.export(str(tmp_path / "said.pdf"))
        assert "must end in" in screen.status.text


async def test_titles_with_markup_and_brackets_are_shown_as_they_are(
    open_screen: Open, library: Library, tmp_path: Path
) -> None:
    story = tmp_path / "markup.json"
    story.write_text(
        json.dumps(
            {
                "title": "[@click=app.quit]Prices[/] up [3%] :bomb: [/red]",
                "body": "A first paragraph of some length, so that it is an article.\n\n"
                '"[bold]So it is[/bold]," said Ann Reed.',
                "date": "2026-07-01",
                "source": "[link=x]Wire[/link]",
            }
        )
        + "\n",
        encoding="utf-8",
    )
    for _ in library.import_paths([story]):
        pass
    async with open_screen(size=(200, 40)) as (screen, pilot):
        await press(pilot, "enter", "]", "i")
        await press(pilot, "escape", "P", "q")
        text = text_of(screen)
        assert "[@click=app.quit]Prices[/] up [3%] :bomb: [/red]" in text
        assert "[link=x]Wire[/link]" in text
        assert "[bold]So it is[/bold]" in text


async def test_enter_keeps_what_was_found_while_typing(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "slash", *"min")
        assert screen.listing.total == 1
        await press(pilot, "enter")
        assert screen.listing.total == 1
        await press(pilot, "slash", "space")
        assert screen.listing.total == 0


async def test_up_in_an_empty_search_line_recalls_past_searches(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "slash", *"radar", "enter", "escape")
        await press(pilot, "slash", *"ferry", "enter", "escape")
        await press(pilot, "slash", "up")
        assert screen.header.query_text == "ferry"
        await press(pilot, "up")
        assert screen.header.query_text == "radar"
        assert screen.listing.total == 3
        await press(pilot, "down")
        assert screen.header.query_text == "ferry"


async def test_a_search_is_kept_under_a_name_and_chosen_again(
    open_screen: Open, library: Library
) -> None:
    from textual.widgets import Input

    async with open_screen() as (screen, pilot):
        await press(pilot, "slash", *"radar", "enter", "b")
        screen.app.screen.query_one(Input).value = "instruments"
        await press(pilot, "enter")
        assert library.folders.queries() == {"instruments": "radar"}
        await press(pilot, "escape", "F")
        await press(pilot, *"instr", "enter")
        assert screen.listing.view is View.FOLDER
        assert screen.listing.total == 3


async def test_back_leads_to_the_article_opened_before_not_to_those_passed_by(
    open_screen: Open,
) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "enter", "q", "j", "j", "j", "enter")
        assert screen.reader.archived is not None
        assert screen.reader.archived.article.title == "Ferry Company Blames the Fog"
        await press(pilot, "ctrl+o")
        assert screen.reader.archived.article.title == "Minister Promises New Rules"
        await press(pilot, "ctrl+o")
        assert "nothing to go back to" in screen.status.text


async def test_a_slip_of_the_finger_is_answered_with_what_was_meant(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "slash", *"raddar", "space")
        await until(pilot, lambda: screen.searching.suggestion is not None)
        assert "Did you mean radar" in " ".join(screen.article_list.advice)
        await press(pilot, "enter")
        assert screen.header.query_text.strip() == "radar"
        assert screen.listing.total == 3


async def test_what_is_typed_before_the_screen_is_there_is_not_lost(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hurry(app: ReaderApp) -> None:
        for key, character in (("slash", "/"), ("f", "f"), ("o", "o"), ("g", "g")):
            app.post_message(events.Key(key, character))

    app = ReaderApp(library, Settings(), own_folder=library.folder)
    monkeypatch.setattr(ReaderApp, "on_load", hurry, raising=False)
    async with app.run_test() as pilot:
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, MainScreen)
        assert screen.header.query_text == "fog"
