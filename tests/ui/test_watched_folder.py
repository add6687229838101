"""A watched folder on the screen: what is put there appears by itself."""

from __future__ import annotations

import json
import os
from pathlib import Path

from reader.config import Settings
from tests.ui.conftest import Open, until


def put(folder: Path, title: str) -> None:
    """A story that was written a while ago."""
    file = folder / f"{title}.json"
    file.write_text(json.dumps({"title": title, "body": f"{title}. That is the whole story."}))
    os.utime(file, (1e9, 1e9))


async def test_new_files_appear_by_themselves_and_the_keys_go_on(
    open_screen: Open, tmp_path: Path
) -> None:
    folder = tmp_path / "clippings"
    folder.mkdir()
    async with open_screen(settings=Settings(watch=(folder,))) as (screen, pilot):
        assert screen.listing.total == 4
        put(folder, "Frost in May")
        await pilot.press("j")
        await until(pilot, lambda: screen.listing.total == 5)
        await until(pilot, lambda: "1 new" in screen.status.text)
        put(folder, "Market Day")
        await pilot.press("j")
        await until(pilot, lambda: screen.listing.total == 6)
