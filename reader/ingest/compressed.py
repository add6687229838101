"""Reading gzip without being blown up."""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO, Final

from reader.errors import IntakeError

_CHUNK: Final = 1 << 16


class Gunzipped(io.RawIOBase):
    """The contents of a gzip stream of any number of members, decompressed in small pieces.

    Reading raises `IntakeError` where the stream is damaged or cut short; what came before it has
    been read by then. However small the input is, one read makes no more than it was asked for.
    """

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream
        self._engine = zlib.decompressobj(wbits=31)
        self._waiting = b""
        self._between = False

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill `buffer` with the next bytes; 0 at the end."""
        while True:
            if not self._waiting:
                self._waiting = self._stream.read(_CHUNK)
                if not self._waiting:
                    if self._between:
                        return 0
                    raise IntakeError("is cut short: the gzip data has no end")
            if self._between and not self._next_member():
                return 0
            try:
                data = self._engine.decompress(self._waiting, len(buffer))
            except zlib.error as error:
                raise IntakeError(f"is damaged: {error}") from None
            self._waiting = self._engine.unconsumed_tail
            if self._engine.eof:
                self._waiting = self._engine.unused_data
                self._between = True
            if data:
                buffer[: len(data)] = data
                return len(data)

    def _next_member(self) -> bool:
        """Begin with the next member; False where only padding or junk follows."""
        rest = self._waiting.lstrip(b"\0")
        if rest and not rest.startswith(b"\x1f"):
            return False
        self._waiting = rest
        if rest:
            self._engine = zlib.decompressobj(wbits=31)
            self._between = False
        return True
