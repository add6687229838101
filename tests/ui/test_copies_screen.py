"""Copies of a story and what has changed, on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen
from textual.strip import Strip

from reader.library import Library
from reader.ui.screens.comparison import ComparisonScreen
from reader.ui.screens.picker import Picker
from tests import wire
from tests.ui.conftest import Open, press, rows_of, settle, text_of


@pytest.fixture(scope="module")
def _copies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copies")
    library = Library.open(folder / "archive")
    file = folder / "news.jsonl"
    changed = wire.BODY.replace("3,200 people", "3,100 people") + "\n\nNobody would comment."
    for stories in (
        [
            wire.story("Harbour Wire", 9),
            wire.story("Ledger", 10, f"{wire.OWN}\n\n{wire.BODY}"),
            wire.story("Coast Herald", 11),
            wire.story("Lantern", 12, wire.REWRITTEN),
        ],
        [wire.story("Harbour Wire", 9, changed)],
    ):
        wire.write(file, stories)
        list(library.import_paths([file]))
    library.close()
    return folder / "archive"


@pytest.fixture
def copies(_copies: Path) -> Iterator[Library]:
    """Two stories, the older one with three copies (1, 2, 3), the first of which has changed."""
    library = Library.open(_copies)
    library.set_read(library.article_ids(), False)
    library.set_state("place", None)
    yield library
    library.close()


async def test_the_list_has_one_row_a_story_with_the_number_of_other_outlets(
    open_screen: Open, copies: Library
) -> None:
    async with open_screen(of=copies) as (screen, pilot):
        assert list(screen.listing.ids) == [4, 1]
        assert "Harbour Wire + 2" in text_of(screen)
        await press(pilot, "/", *"slipway", "enter")
        assert list(screen.listing.ids) == [1]
        assert "1 story" in rows_of(screen)[0]


async def test_the_outlets_are_listed_and_each_of_their_texts_opens(
    open_screen: Open, copies: Library
) -> None:
    async with open_screen(of=copies) as (screen, pilot):
        await press(pilot, "j", "D")
        assert isinstance(screen.app.screen, Picker)
        listed = "\n".join("".join(s.text for s in strip) for strip in _strips(screen.app.screen))
        assert listed.index("Harbour Wire") < listed.index("Ledger") < listed.index("Coast Herald")
        await press(pilot, "down", "enter")
        assert screen.reader.archived is not None
        assert screen.reader.archived.id == 2
        assert "Our correspondent" in text_of(screen)
        # Read in one outlet is read in all.
        assert [row.read for row in copies.rows([1, 2, 3])] == [True] * 3
        assert "Also in Harbour Wire, Coast Herald (D)" in " ".join(text_of(screen).split())
        await press(pilot, "h", "k", "D")
        assert "Nobody else" in screen.status.text


async def test_d_shows_what_changed_and_n_goes_through_it(
    open_screen: Open, copies: Library
) -> None:
    async with open_screen(of=copies) as (screen, pilot):
        await press(pilot, "j", "enter")
        assert screen.reader.note.endswith("changed moments later · d shows what changed")
        assert "d shows what changed" in text_of(screen)
        await press(pilot, "d")
        shown = screen.app.screen
        assert isinstance(shown, ComparisonScreen)
        await settle(pilot)
        assert [span.text(_body(shown)) for span in shown.pane.hits] == [
            "3,200 3,100",
            "Nobody would comment.",
        ]
        assert "text 1 → text 2" in " ".join(_page(shown).split())
        assert "4 words added, 1 word removed" in _page(shown)
        await press(pilot, "n")
        assert shown.status.text == "change 1 of 2 · comparison 1 of 3"
        await press(pilot, "]", "]")
        assert shown.status.text == "No change after this one."
        await press(pilot, "N")
        assert shown.status.text.startswith("change 1 of 2")
        # On to the copies of the story, and back to where one was.
        await press(pilot, "l")
        assert "Harbour Wire → Ledger" in _page(shown)
        await press(pilot, "h", "q")
        assert screen.app.screen is screen


async def test_removed_words_are_struck_out_and_added_ones_underlined(
    open_screen: Open, copies: Library
) -> None:
    async with open_screen(of=copies) as (screen, pilot):
        await press(pilot, "j", "d")
        await settle(pilot)
        segments = [segment for strip in _strips(screen.app.screen) for segment in strip]
        struck = [s.text.strip() for s in segments if s.style and s.style.strike]
        lined = [s.text.strip() for s in segments if s.style and s.style.underline]
        assert struck == ["3,200"]
        assert lined == ["3,100", "Nobody would comment."]
        marks = [line.split()[0] for line in _page(screen.app.screen).splitlines() if line.strip()]
        assert "±" in marks
        assert "+" in marks


async def test_an_article_with_one_text_has_nothing_to_compare(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "d")
        assert "one text only" in screen.status.text
        await press(pilot, "D")
        assert "Nobody else" in screen.status.text


def _strips(screen: Screen[Any]) -> list[Strip]:
    return screen._compositor.render_strips()


def _page(screen: Screen[Any]) -> str:
    return "\n".join("".join(s.text for s in strip) for strip in _strips(screen))


def _body(shown: ComparisonScreen) -> str:
    assert shown.pane.archived is not None
    return shown.pane.archived.article.body
