"""The bundled sample on the screen: marked, left for one's own news, removed for good."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input

from reader.config import Settings
from reader.core.records import ArticleRow
from reader.library import Library
from reader.sample import REMOVED_KEY
from reader.ui.app import ReaderApp, open_library
from reader.ui.screens.main import MainScreen
from tests.ui.conftest import settle, text_of, until


def sample_in(folder: Path, story: Path) -> Library:
    """A small archive that is marked as the sample, and complete."""
    library = Library.open(folder, is_sample=True)
    for _ in library.import_paths([story]):
        pass
    (folder / "complete").touch()
    return library


def story_in(folder: Path, title: str) -> Path:
    """A story as a file."""
    file = folder / f"{title.split()[0]}.txt"
    file.write_text(
        f"{title}\n\nBy Ann Reed June 3, 2026\n\nThe ferry sailed again on Monday morning with "
        'nobody aboard.\n\n"She handles well," said Petra Oduya, the owner of the line.\n',
        encoding="utf-8",
    )
    return file


def main_of(app: ReaderApp) -> MainScreen:
    assert isinstance(app.screen, MainScreen)
    return app.screen


async def test_the_sample_is_marked_and_one_key_removes_it_for_good(tmp_path: Path) -> None:
    sample = sample_in(tmp_path / "sample", story_in(tmp_path, "Sample Story"))
    own = tmp_path / "own"
    app = ReaderApp(sample, Settings(), own_folder=own)
    async with app.run_test(size=(140, 30)) as pilot:
        await settle(pilot)
        text = text_of(main_of(app))
        assert "This is a sample" in text and "onrecord import PATH" in text
        await pilot.press("X")
        await until(pilot, lambda: not main_of(app).library.is_sample)
        await settle(pilot)
        assert "0 stories" in text_of(main_of(app))
    app.close()
    library = open_library(own, sample=False, has_imports=False)
    assert not library.is_sample
    assert library.state(REMOVED_KEY)
    library.close()


async def test_news_brought_in_from_the_sample_goes_into_ones_own_archive(tmp_path: Path) -> None:
    sample = sample_in(tmp_path / "sample", story_in(tmp_path, "Sample Story"))
    own = tmp_path / "own"
    app = ReaderApp(sample, Settings(), own_folder=own)
    async with app.run_test(size=(140, 30)) as pilot:
        await settle(pilot)
        await pilot.press("a")
        await pilot.pause()
        app.screen.query_one(Input).value = str(story_in(tmp_path, "Own Story"))
        await pilot.press("enter")
        await until(
            pilot,
            lambda: (
                isinstance(app.screen, MainScreen)
                and not app.screen.library.is_sample
                and app.screen.listing.total == 1
            ),
        )
        await settle(pilot)
        assert "Own Story" in text_of(main_of(app))
        assert "This is a sample" not in text_of(main_of(app))
    app.close()
    assert [row.title for row in _rows(own)] == ["Own Story"]


def _rows(folder: Path) -> list[ArticleRow]:
    library = Library.open(folder)
    try:
        return library.rows(library.article_ids())
    finally:
        library.close()
