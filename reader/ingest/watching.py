"""Folders that are looked at again and again: which files are new or changed, and whole.

Plain looking, no messages from the system: those get lost on network drives, in containers and when
too many files are watched, and every program that uses them looks round as well. A look at 20,000
files takes about 0.2 s; the pause between two grows with it, so that watching takes a twentieth of
one core at most.
"""

from __future__ import annotations

import base64
import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from reader.ingest.folders import files_below
from reader.ingest.intake import IntakeFailure

PAUSE: Final = 2.0
"""Seconds between two looks, at least."""

_SETTLED: Final = 5.0
"""A file that was not written to for so many seconds is whole; others must look the same twice."""

_SHARE: Final = 20
"""A pause is so many times as long as the look before it."""

_UNFINISHED: Final = (".part", ".partial", ".crdownload", ".download", ".tmp", ".swp", "~")
"""What browsers and editors append to the names of files that they have not finished."""

_DIGEST: Final = 8


class FolderWatch:
    """One folder that is watched; remembers what has been taken in, over restarts if asked to."""

    def __init__(
        self, folder: Path, remembered: str = "", clock: Callable[[], float] = time.time
    ) -> None:
        """Watch `folder`; `remembered` is what `memory` gave at an earlier time."""
        self.folder = folder
        self._clock = clock
        self._taken: set[bytes] = _unpacked(remembered)
        self._seen: dict[Path, bytes] = {}
        self._present: dict[Path, bytes] = {}
        self._told: set[str] = set()
        self.problems: list[str] = []
        """What the last look found wrong for the first time, a line each."""

    def look(self) -> list[Path]:
        """The files that are new or changed since they were last `done`, and whole.

        A file that is being written comes with a later look: once it was left alone for five
        seconds, or looks the same in two looks. Names that begin with a dot or end like unfinished
        downloads are passed over. A folder that is not there is a problem, not an error: it may be
        on a drive that comes back.
        """
        self.problems = []
        now = self._clock()
        ready: list[Path] = []
        present: dict[Path, bytes] = {}
        for file in files_below(self.folder):
            if isinstance(file, IntakeFailure):
                self._tell(file)
                continue
            if file.name.endswith(_UNFINISHED):
                continue
            try:
                status = file.lstat()
            except OSError:
                continue  # gone again
            if not stat.S_ISREG(status.st_mode):
                continue
            digest = present[file] = _digest(file, status)
            if digest in self._taken:
                continue
            if self._seen.get(file) == digest or now - status.st_mtime > _SETTLED:
                ready.append(file)
        self._seen, self._present = present, present
        return ready

    def done(self, files: Iterable[Path]) -> None:
        """These files have been taken in, as the last look saw them."""
        self._taken.update(self._present[file] for file in files if file in self._present)

    @property
    def memory(self) -> str:
        """What has been taken in and is still there, to be remembered."""
        kept = self._taken.intersection(self._present.values()) if self._present else self._taken
        return base64.b85encode(b"".join(sorted(kept))).decode("ascii")

    def _tell(self, failure: IntakeFailure) -> None:
        line = f"{failure.path}: {failure.message}"
        if failure.message == "holds no files" or line in self._told:
            return
        self._told.add(line)
        self.problems.append(line)


def pause_after(seconds: float) -> float:
    """How long to wait after a look that took so many seconds."""
    return max(PAUSE, _SHARE * seconds)


def without_nested(folders: Sequence[Path]) -> list[Path]:
    """The folders, each once, without those that lie inside others."""
    whole = sorted({Path(os.path.realpath(folder)) for folder in folders})
    return [one for one in whole if not any(one.is_relative_to(o) for o in whole if o != one)]


def _digest(file: Path, status: os.stat_result) -> bytes:
    """Eight bytes that change with a file's name, size or time of writing."""
    about = b"%d\0%d\0" % (status.st_mtime_ns, status.st_size)
    return hashlib.blake2b(about + os.fsencode(file), digest_size=_DIGEST).digest()


def _unpacked(remembered: str) -> set[bytes]:
    """The digests in `FolderWatch.memory`; none where it cannot be read."""
    try:
        packed = base64.b85decode(remembered)
    except ValueError:
        return set()
    return {packed[at : at + _DIGEST] for at in range(0, len(packed), _DIGEST)}
