"""Writing an export into a file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from reader.errors import UsageError


def write_file(file: Path, pieces: Iterable[str]) -> None:
    """Write the file in one go: what stood there before stays until the new one is complete.

    Raises UsageError where there is no such folder, or the name is a folder's; OSError.
    """
    if file.exists() and not file.is_file():
        if file.is_dir():
            raise UsageError(f"{file}: is a folder; a file is needed")
        with file.open("w", encoding="utf-8", newline="") as device:
            device.writelines(pieces)
        return
    if not file.parent.is_dir():
        raise UsageError(f"{file}: there is no folder {file.parent}")
    handle, name = tempfile.mkstemp(prefix=".onrecord-", dir=file.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.writelines(pieces)
        # mkstemp makes files that only the owner can read; an export is an ordinary file.
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
