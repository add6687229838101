"""Tags, notes, collections and muting on the screen."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from reader.core.rules import RuleKind
from reader.library import Library
from reader.ui.listing import View
from reader.ui.screens.note_prompt import NotePrompt
from reader.ui.screens.tag_prompt import TagPrompt
from reader.ui.tag_line import candidates, completed
from tests.ui.conftest import Open, press, text_of, until


async def test_tags_are_typed_completed_shown_and_taken_back(
    open_screen: Open, library: Library
) -> None:
    newest, second, *_ = library.article_ids()
    library.desk.tag([second], ["air power", "harbour"])
    async with open_screen() as (screen, pilot):
        await press(pilot, "t")
        assert isinstance(pilot.app.screen, TagPrompt)
        await press(pilot, *"har", "tab", *"ai", "tab", *"new", "enter")
        assert library.article(newest).tags == ("air power", "harbour", "new")
        assert "#air power  #harbour  #new" in text_of(screen), "over the text"
        assert text_of(screen).count("#air power") == 3, "in the list, and in what is said"
        await press(pilot, "t", *"-harbour", "enter", "u", "u")
        assert library.article(newest).tags == ()
        assert library.article(second).tags == ("air power", "harbour")
        assert text_of(screen).count("#new") == 1, "only in what is said to be taken back"


async def test_a_number_before_the_key_means_so_many_articles(
    open_screen: Open, library: Library
) -> None:
    ids = list(library.article_ids())
    async with open_screen() as (_, pilot):
        await press(pilot, "j", "2", "t", *"seen", "enter")
        assert sorted(library.desk.tags_of()) == sorted(ids[1:3])
        await press(pilot, "t", *"all", "ctrl+l", "enter")
        assert {names[0] for names in library.desk.tags_of().values()} == {"all"}
        assert len(library.desk.tags_of()) == 4
        await press(pilot, "u")
        assert sorted(library.desk.tags_of()) == sorted(ids[1:3])


async def test_the_only_tag_is_taken_off_at_once_and_of_several_one_is_chosen(
    open_screen: Open, library: Library
) -> None:
    newest, *_ = library.article_ids()
    library.desk.tag([newest], ["one", "two"])
    async with open_screen() as (screen, pilot):
        await press(pilot, "T", *"tw", "tab", "enter")
        assert library.article(newest).tags == ("one",)
        await press(pilot, "T")
        assert library.article(newest).tags == ()
        await press(pilot, "T")
        assert "t puts tags on" in screen.status.text
        await press(pilot, "t", *"++", "enter")
        assert "No tag has changed" in screen.status.text
        await press(pilot, "t", "escape")
        assert library.desk.tags() == []


async def test_a_note_is_written_shown_and_taken_back(open_screen: Open, library: Library) -> None:
    newest, *_ = library.article_ids()
    async with open_screen() as (screen, pilot):
        await press(pilot, "semicolon")
        assert isinstance(pilot.app.screen, NotePrompt)
        await press(pilot, *"Call", "enter", *"her", "ctrl+s")
        assert library.desk.note(newest) == "Call\nher"
        shown = text_of(screen)
        assert "✎ Call" in shown, "over the text"
        assert shown.count("✎") == 2, "and a mark in the list"
        await press(pilot, "semicolon", *" up", "ctrl+s", "u")
        assert library.desk.note(newest) == "Call\nher"
        await press(pilot, "u")
        assert library.desk.note(newest) == ""
        assert "✎" not in text_of(screen)


async def test_a_note_goes_to_the_quotation_one_is_at(open_screen: Open, library: Library) -> None:
    newest, *_ = library.article_ids()
    async with open_screen() as (screen, pilot):
        await press(pilot, "]", "semicolon", *"true", "ctrl+s")
        assert library.desk.note(newest, 0) == "true"
        assert library.desk.note(newest) == ""
        assert "✎ “" in text_of(screen)
        await press(pilot, "semicolon", "ctrl+t", *"whole", "ctrl+s")
        assert library.desk.note(newest) == "whole"


async def test_what_was_written_is_not_thrown_away_by_one_key(
    open_screen: Open, library: Library
) -> None:
    newest, *_ = library.article_ids()
    async with open_screen() as (_, pilot):
        await press(pilot, "semicolon", "x", "escape")
        assert isinstance(pilot.app.screen, NotePrompt)
        await press(pilot, "y", "escape", "escape")
        assert not isinstance(pilot.app.screen, NotePrompt)
        assert library.desk.note(newest) == ""
        await press(pilot, "semicolon", "escape")
        assert not isinstance(pilot.app.screen, NotePrompt)


async def test_quotations_are_collected_listed_and_taken_out(
    open_screen: Open, library: Library
) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "C")
        assert "No quotation to collect" in screen.status.text
        await press(pilot, "]", "C", *"story", "enter", "]", "C", "enter")
        assert [one.ordinal for one in library.desk.collected("story")] == [0, 1]
        await press(pilot, "C", "enter")
        assert "already" in screen.status.text
        await press(pilot, "F", *"story", "enter")
        assert (screen.listing.view, screen.listing.name) == (View.COLLECTION, "story")
        assert "One radar is no radar" in text_of(screen)
        assert "Elif Aydin" in text_of(screen)
        await press(pilot, "j", "enter")
        assert screen.reader.current == 1
        await press(pilot, "q", "semicolon", *"sure", "ctrl+s")
        assert library.desk.note(screen.listing.ids[1], 1) == "sure"
        await press(pilot, "C")
        assert [one.ordinal for one in library.desk.collected("story")] == [0]
        assert len(screen.listing.ids) == 1
        await press(pilot, "u")
        assert [one.ordinal for one in library.desk.collected("story")] == [0, 1]
        assert len(screen.listing.ids) == 2
        await press(pilot, "q")
        assert screen.listing.view is View.ALL


async def test_a_collection_is_written_to_a_file(
    open_screen: Open, library: Library, tmp_path: Path
) -> None:
    newest, *_ = library.article_ids()
    library.desk.collect("story", [(newest, 0)])
    file = tmp_path / "quotes.md"
    async with open_screen() as (_, pilot):
        await press(pilot, "F", *"story", "enter", "w", *str(file), "enter")
        await until(pilot, file.exists)
    assert "every ferry would need a second radar" in file.read_text("utf-8")


async def test_an_article_is_muted_seen_and_shown_again(
    open_screen: Open, library: Library
) -> None:
    newest, *_ = library.article_ids()
    async with open_screen() as (screen, pilot):
        await press(pilot, "M", "enter")
        assert newest not in screen.listing.ids
        assert list(library.desk.muted()) == [newest]
        await press(pilot, "f", "f", "f")
        assert (screen.listing.view, list(screen.listing.ids)) == (View.MUTED, [newest])
        await press(pilot, "M")
        assert len(screen.listing.ids) == 0
        await press(pilot, "f")
        assert (screen.listing.view, len(screen.listing.ids)) == (View.ALL, 4)
        await press(pilot, "f", "f", "f")
        assert screen.listing.view is View.ALL, "nothing is muted: that view is passed over"
        await press(pilot, "M", "enter", "u")
        assert len(screen.listing.ids) == 4


async def test_a_rule_is_offered_for_more_of_its_kind(open_screen: Open, library: Library) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "M", *"certain", "enter", *"title:ferry", "enter")
        await until(pilot, lambda: len(screen.listing.ids) == 3)
        assert [str(row.rule) for row in library.desk.rules.all()] == ["rule 1 (mute title:ferry)"]
        await press(pilot, "M", *"outlet", "enter")
        await until(pilot, lambda: len(screen.listing.ids) == 0)
        await press(pilot, "u", "u")
        await until(pilot, lambda: len(screen.listing.ids) == 4)
        assert library.desk.rules.all() == []
        await press(pilot, "M", *"certain", "enter", *"title:(", "enter")
        await until(pilot, lambda: "never closed" in screen.status.text)


async def test_rules_are_listed_and_removed(open_screen: Open, library: Library) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "W")
        assert "No rules yet" in screen.status.text
        library.desk.rules.add(RuleKind.TAG, "ferry", "boats")
        library.desk.rules.add(RuleKind.MUTE, "title:ferry")
        library.desk.rules.apply()
        screen.archive_changed()
        await press(pilot, "W", *"mute", "enter")
        await until(pilot, lambda: len(screen.listing.ids) == 4)
        assert [row.rule.tag for row in library.desk.rules.all()] == ["boats"]
        await press(pilot, "u")
        await until(pilot, lambda: len(screen.listing.ids) == 3)
        assert len(library.desk.rules.all()) == 2


async def test_tags_notes_and_the_muted_are_chosen_from(
    open_screen: Open, library: Library
) -> None:
    first, second, third, _ = library.article_ids()
    library.desk.tag([first], ["air power"])
    library.desk.write_note(second, "x")
    library.desk.mute([third])
    async with open_screen() as (screen, pilot):
        await press(pilot, "F", *"#air", "enter")
        await until(pilot, lambda: list(screen.listing.ids) == [first])
        await press(pilot, "escape", "F", *"noted", "enter")
        await until(pilot, lambda: list(screen.listing.ids) == [second])
        await press(pilot, "escape", "F", *"muted", "enter")
        await until(pilot, lambda: list(screen.listing.ids) == [third])


def test_the_last_word_is_completed() -> None:
    known = ["air power", "airport", "budget"]
    assert completed("bu", known) == "budget "
    assert completed("x, -bu", known) == "x, -budget "
    assert completed("a", known) == "air"
    assert completed("air p", known) == "air p", "a blank begins another tag"
    assert completed('"air p', known) == '"air power" '
    assert completed("AIRPO", known) == "airport "
    assert completed("", known) == ""
    assert completed("nothing", known) == "nothing"
    assert candidates("x ", known) == known


@given(st.text(max_size=20), st.lists(st.text(min_size=1, max_size=8), max_size=4))
def test_completing_keeps_all_words_but_the_last(line: str, known: list[str]) -> None:
    whole = completed(line, known)
    kept = line.rstrip().rpartition(" ")[0].rpartition(",")[0]
    assert whole.startswith(kept) or '"' in line
