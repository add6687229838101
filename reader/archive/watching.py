"""Watched folders of one archive: what has come in by them is remembered with it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader.ingest.watching import FolderWatch, pause_after, without_nested

if TYPE_CHECKING:
    from reader.storage.store import Store

_KEY = "watched:"


class Watch:
    """Folders to look at again and again. Call `look`, bring in what it gives, say `done`; then
    wait for `pause` seconds, and look again."""

    def __init__(
        self, store: Store, folders: Sequence[Path], clock: Callable[[], float] = time.time
    ) -> None:
        """Watch these folders; one that lies inside another is watched with it."""
        self._store = store
        self._watches = [
            FolderWatch(folder, store.state.get(f"{_KEY}{folder}") or "", clock)
            for folder in without_nested(folders)
        ]
        self.pause = pause_after(0.0)
        """Seconds to wait before the next look."""

    @property
    def folders(self) -> list[Path]:
        """What is watched."""
        return [watch.folder for watch in self._watches]

    @property
    def problems(self) -> list[str]:
        """What the last look found wrong for the first time."""
        return [problem for watch in self._watches for problem in watch.problems]

    def look(self) -> list[Path]:
        """The files that are new or changed, and whole."""
        began = time.perf_counter()
        ready = [file for watch in self._watches for file in watch.look()]
        self.pause = pause_after(time.perf_counter() - began)
        return ready

    def done(self, files: Iterable[Path]) -> None:
        """These files have come in (or were refused): they do not come again until they change."""
        taken = list(files)
        for watch in self._watches:
            inside = [file for file in taken if file.is_relative_to(watch.folder)]
            if inside:
                watch.done(inside)
                self._store.state.put(f"{_KEY}{watch.folder}", watch.memory)
