"""A small real archive to open the screen on."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from reader.config import Settings
from reader.library import Library
from reader.ui.app import ReaderApp
from reader.ui.screens.main import MainScreen

STORIES = {
    "1": (
        "Ferry Company Blames the Fog",
        "June 3, 2026",
        """The ferry Solvei ran aground off Karsholm on Tuesday with 212 people on board.

"We could not see the bow from the bridge," said Captain Mara Lindqvist, who has commanded the
ship for nine years.

Petra Oduya, a spokeswoman for Northline Ferries, said the radar had been checked in May. "It was
working when the ship left port," she said.

Lindqvist said that no alarm had sounded.""",
    ),
    "2": (
        "Harbour Board Orders an Inquiry",
        "June 4, 2026",
        """The harbour board voted on Wednesday to open an inquiry into the grounding.

"Fog does not explain a course that is wrong by eleven degrees," said Tomas Brandt, the chairman
of the board.

"I was told the radar was fine," Captain Mara Lindqvist told reporters. "It was not fine."

Brandt said the inquiry would take six weeks.""",
    ),
    "3": (
        "A Quiet Market Day",
        "June 5, 2026",
        """The market on the quay opened an hour late because of the rain.

There were plums, and smoked eel, and after lunch there was even a little sun over the ferry.""",
    ),
    "4": (
        "Minister Promises New Rules",
        "June 6, 2026",
        """Transport Minister Elif Aydin said on Friday that every ferry would need a second radar.

"One radar is no radar," Aydin said. "We will have the rules before the winter."

Tomas Brandt called the plan "late, but right".""",
    ),
}
"""Four stories: titles, dates, bodies. Captain Lindqvist speaks in 1 and 2, Brandt in 2 and 4."""


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive, made once with the real importer, engine and index."""
    stories = tmp_path_factory.mktemp("stories")
    for name, (title, day, body) in STORIES.items():
        paragraphs = "\n\n".join(" ".join(part.split()) for part in body.split("\n\n"))
        (stories / f"{name}.txt").write_text(
            f"{title}\n\nBy Ann Reed {day}\n\n{paragraphs}\n\n"
            "© 2026 Harbour Wire. All rights reserved.\n",
            encoding="utf-8",
        )
    folder = tmp_path_factory.mktemp("made") / "archive"
    library = Library.open(folder)
    outcomes = list(library.import_paths([stories]))
    assert [outcome.status for outcome in outcomes] == ["new"] * len(STORIES)
    library.close()
    return folder


@pytest.fixture
def library(_made: Path, tmp_path: Path) -> Iterator[Library]:
    """A fresh copy of the archive, newest story first: 4, 3, 2, 1."""
    folder = tmp_path / "archive"
    shutil.copytree(_made, folder)
    library = Library.open(folder)
    yield library
    library.close()


Opened = tuple[MainScreen, Pilot[None]]
Open = Callable[..., AbstractAsyncContextManager[Opened]]


@pytest.fixture
def open_screen(library: Library) -> Open:
    """Opens the screen on the archive: `async with open_screen() as (screen, pilot)`."""

    @asynccontextmanager
    async def opened(
        size: tuple[int, int] = (120, 40),
        settings: Settings | None = None,
        of: Library | None = None,
    ) -> AsyncIterator[Opened]:
        shown = of or library
        app = ReaderApp(shown, settings or Settings(), own_folder=shown.folder)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            screen = app.screen
            assert isinstance(screen, MainScreen)
            yield screen, pilot

    return opened


async def settle(pilot: Pilot[None]) -> None:
    """Until workers are done and the preview that waits for the cursor's rest is shown."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    screen = pilot.app.screen
    if isinstance(screen, MainScreen):
        screen.arranging.preview_now()
    await pilot.pause()


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait for something that another thread or process brings about."""
    async with asyncio.timeout(60):
        while not holds():
            await pilot.pause(0.02)


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, and let what they start come to its end."""
    for key in keys:
        await pilot.press(key)
    await settle(pilot)


def rows_of(screen: MainScreen) -> list[str]:
    """What is on the screen, a line each."""
    lines = screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip) for strip in lines]


def text_of(screen: MainScreen) -> str:
    """What is on the screen."""
    return "\n".join(rows_of(screen))
