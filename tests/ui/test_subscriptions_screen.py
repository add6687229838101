"""Putting the subscriptions in order on the screen."""

from __future__ import annotations

from textual.widgets import Input, OptionList

from reader.library import Library
from reader.ui.listing import View
from reader.ui.screens.subscriptions import SubscriptionsScreen
from tests.ui.conftest import Open, press, settle


def subscribed(library: Library) -> None:
    """Three feeds, in no folder."""
    for name in ("Alpha", "Beta", "Gamma"):
        library.subscriptions.subscribe(f"http://127.0.0.1:9/{name}", name=name)


def titles(library: Library) -> list[tuple[str, str | None, bool]]:
    """Every feed with its folder, and whether it is paused."""
    return [(f.title, f.folder, f.settings.paused) for f in library.subscriptions.all()]


async def test_without_feeds_it_says_how_to_get_one(open_screen: Open) -> None:
    async with open_screen() as (screen, pilot):
        await press(pilot, "E")
        assert "press a and paste" in screen.status.text


async def test_feeds_are_renamed_moved_paused_and_removed(
    open_screen: Open, library: Library
) -> None:
    subscribed(library)
    async with open_screen() as (_, pilot):
        await press(pilot, "E")
        editor = pilot.app.screen
        assert isinstance(editor, SubscriptionsScreen)
        await press(pilot, "j", "r")
        pilot.app.screen.query_one(Input).value = "Best of [all]"
        await press(pilot, "enter", "p", "f")
        pilot.app.screen.query_one(Input).value = "news/local"
        await press(pilot, "enter")
        assert titles(library) == [
            ("Best of [all]", "news/local", True),
            ("Alpha", None, False),
            ("Gamma", None, False),
        ]
        # The cursor goes with the feed it was on.
        assert editor.query_one(OptionList).highlighted == 0
        await press(pilot, "t")
        assert library.subscriptions.all()[0].settings.full_text
        await press(pilot, "t")
        assert not library.subscriptions.all()[0].settings.full_text
        await press(pilot, "p", "G", "x")
        assert library.subscriptions.count() == 3
        await press(pilot, "k", "j", "x")
        assert library.subscriptions.count() == 3
        await press(pilot, "x")
        assert titles(library) == [("Best of [all]", "news/local", False), ("Alpha", None, False)]
        await press(pilot, "escape")
        assert pilot.app.screen is not editor


async def test_enter_lists_the_stories_of_a_feed(open_screen: Open, library: Library) -> None:
    subscribed(library)
    async with open_screen() as (screen, pilot):
        await press(pilot, "E", "G", "enter")
        await settle(pilot)
        assert screen.listing.view is View.FEED
        assert screen.listing.name == "Gamma"
