"""Opening files that may be anything: pipes, devices, links, folders, names with escapes."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path
from typing import BinaryIO

from reader.core.text import clean, clean_line
from reader.errors import IntakeError

_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISDIR, "a folder"),
)


def printable(path: Path | str) -> str:
    r"""Return a file's name so that it can be printed: bytes that are no text and characters that
    terminals obey come out as "\x1b", "\u202e" and the like."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    if text.isprintable() and clean(text) == text:
        return text
    return "".join(_escaped(c) for c in text)


def open_regular(path: Path) -> BinaryIO:
    """Open a regular file for reading, never anything that could block, such as a pipe.

    Links are followed. Raises `IntakeError` for what is missing, unreadable or no regular file.
    """
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise IntakeError(f"is {_kind_of(mode)}, not a file")
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _BINARY)
        try:
            # Looked at again: the name may have come to mean something else in between.
            mode = os.fstat(handle).st_mode
            if not stat.S_ISREG(mode):
                raise IntakeError(f"is {_kind_of(mode)}, not a file")
            return os.fdopen(handle, "rb", buffering=1 << 16)
        except BaseException:
            os.close(handle)
            raise
    except (OSError, ValueError) as error:
        raise IntakeError(reason_of(error)) from None


def reason_of(error: BaseException) -> str:
    """Return what went wrong with a file, in a few words that continue its name."""
    if isinstance(error, FileNotFoundError):
        return "does not exist"
    if isinstance(error, PermissionError):
        return "may not be read: permission denied"
    text = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return f"cannot be read: {clean_line(text, 200)}"


_BINARY = getattr(os, "O_BINARY", 0)


def _kind_of(mode: int) -> str:
    """What a file that is not regular is."""
    return next((name for test, name in _KINDS if test(mode)), "something special")


def _escaped(character: str) -> str:
    """One character of a name, escaped if a terminal would act on it."""
    if character.isprintable() and clean(character) == character:
        return character
    code = ord(character)
    return (
        f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
    )


def head_of(stream: BinaryIO, size: int) -> tuple[bytes, BinaryIO]:
    """Return the first `size` bytes of a stream, and a stream that begins with them again.

    `stream` may be raw (return less than it is asked for). Where it turns out damaged within these
    bytes, that is raised only when they have been read.
    """
    pieces: list[bytes] = []
    error: IntakeError | None = None
    left = size
    while left > 0:
        try:
            piece = stream.read(min(left, _PIECE))
        except IntakeError as damage:
            if not pieces:
                raise
            error = damage
            break
        if not piece:
            break
        pieces.append(piece)
        left -= len(piece)
    head = b"".join(pieces)
    return head, io.BufferedReader(_Rejoined(head, stream, error), buffer_size=1 << 16)


_PIECE = 1 << 12


class _Rejoined(io.RawIOBase):
    """A stream whose first bytes were read already, put together again."""

    def __init__(self, head: bytes, rest: BinaryIO, error: IntakeError | None) -> None:
        super().__init__()
        self._head = memoryview(head)
        self._rest = rest
        self._error = error

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill `buffer` with the next bytes; 0 at the end."""
        if self._head:
            size = min(len(buffer), len(self._head))
            buffer[:size] = self._head[:size]
            self._head = self._head[size:]
            return size
        if self._error is not None:
            raise self._error
        data = self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
