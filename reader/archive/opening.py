"""Opening an archive's store, whatever state its folder is in."""

from __future__ import annotations

import contextlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from reader.errors import ArchiveError
from reader.storage.connection import lacks_room
from reader.storage.store import FILE_NAME, Store


@dataclass(frozen=True, slots=True)
class Opened:
    """An open store, and where it lies."""

    folder: Path
    store: Store
    warning: str | None = None
    temporary: Path | None = None
    """A folder to remove at the end, if the archive is to last no longer."""


def open_store(folder: Path) -> Opened:
    """Open the store in `folder`, or what comes nearest to it.

    Writable and kept, if that can be had; else what is there, for reading; else an empty one in a
    temporary folder. `warning` says so in one line. Raises ArchiveError.
    """
    file = folder / FILE_NAME
    try:
        _make(folder, file)
    except OSError as error:
        if os.path.isfile(file):  # noqa: PTH113 (Path.is_file raises where one may not look)
            return _for_reading(folder)
        return _temporary(folder, error.strerror or str(error))
    if not os.access(file, os.W_OK) or not os.access(folder, os.W_OK):
        return _for_reading(folder)
    warning = None
    if file.is_file() and file.stat().st_size == 0 and (folder / "index").exists():
        warning = f"{file}: was empty; a new archive has been begun"
    try:
        return Opened(folder, Store.open(folder), warning)
    except ArchiveError as error:
        log = file.with_name(f"{file.name}-wal")
        if not lacks_room(error.__cause__) or (log.exists() and log.stat().st_size):
            raise
        # Without its side files a database that was closed in order can still be read.
        return _for_reading(folder, "no room is left on its disk; ")


def _make(folder: Path, file: Path) -> None:
    if file.exists():
        return
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Made before SQLite makes it, which would let others read it; its side files take after it.
    with contextlib.suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _for_reading(folder: Path, why: str = "") -> Opened:
    warning = f"{folder}: {why}can be read but not written; marks and new articles are not kept"
    try:
        return Opened(folder, Store.open(folder, mode="read"), warning)
    except ArchiveError:
        # SQLite needs side files next to a database in use; where it cannot make them, the
        # database can still be read as long as nobody writes it.
        return Opened(folder, Store.open(folder, mode="immutable"), warning)


def _temporary(folder: Path, why: str) -> Opened:
    try:
        place = Path(tempfile.mkdtemp(prefix="onrecord-"))
    except OSError as error:
        raise ArchiveError(f"{folder}: cannot be made ({why})") from error
    warning = f"{folder}: cannot be made ({why}); nothing is kept when onrecord ends"
    return Opened(place, Store.open(place), warning, place)
