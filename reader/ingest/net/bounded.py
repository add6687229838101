"""Bodies decompressed piece by piece, with an end to how much comes out."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import Any, Final, Protocol

from reader.errors import IntakeError

_GZIP: Final = b"\x1f\x8b"
_SLICE: Final = 1 << 16


class _Coding(Protocol):
    def feed(self, data: bytes, room: int) -> Iterator[bytes]:
        """Yield what `data` decompresses to, in pieces that together do not much exceed `room`."""
        ...

    def end(self) -> None:
        """Raise `IntakeError` if the data broke off."""
        ...


class Body:
    """A body on its way in: compressed bytes go in, at most `limit` plain bytes come together."""

    def __init__(self, codings: str, limit: int) -> None:
        """`codings` is the Content-Encoding header; raises `IntakeError` for one not known."""
        names = [name.strip().lower() for name in codings.split(",") if name.strip()]
        if len(names) > 3:
            raise IntakeError("is compressed more than three times over")
        self._chain = [_coding(n) for n in reversed(names) if n != "identity"]
        self._limit = limit
        self._data = io.BytesIO()  # gives out what it holds without a second copy of it
        self._size = self._passed = 0

    def add(self, data: bytes) -> None:
        """Take in the next bytes; raises `IntakeError` if the body is too large or broken."""
        for piece in self._through(data, 0):
            self._size += len(piece)
            if self._size > self._limit:
                raise IntakeError(f"is larger than {_megabytes(self._limit)}")
            self._data.write(piece)

    @property
    def size(self) -> int:
        """How many plain bytes have come."""
        return self._size

    def whole(self) -> bytes:
        """Return the body; raises `IntakeError` if compressed data broke off."""
        for coding in self._chain:
            coding.end()
        data = self._data.getvalue()
        if data.startswith(_GZIP):  # gzip that no header speaks of
            return gunzip(data, self._limit)
        return data

    def _through(self, data: bytes, level: int) -> Iterator[bytes]:
        """The bytes after all codings from `level` on."""
        if level == len(self._chain):
            yield data
            return
        for piece in self._chain[level].feed(data, self._limit - self._size + 1):
            self._passed += len(piece)
            if self._passed > 8 * self._limit:
                raise IntakeError(f"is larger than {_megabytes(self._limit)}")
            yield from self._through(piece, level + 1)


def gunzip(data: bytes, limit: int) -> bytes:
    """Return gzip data decompressed; raises `IntakeError` above `limit` bytes or if broken."""
    body = Body("gzip", limit)
    for start in range(0, len(data), _SLICE):  # a stream's rest is copied once for each stream
        body.add(data[start : start + _SLICE])
    for coding in body._chain:
        coding.end()
    return body._data.getvalue()


def accepted() -> str:
    """Return the Accept-Encoding header: Brotli only where it can be decompressed in pieces."""
    return "gzip, deflate, br" if _brotli() is not None else "gzip, deflate"


def _coding(name: str) -> _Coding:
    """The decoder for a coding's name."""
    if name in ("gzip", "x-gzip"):
        return _Zlib((31,))
    if name == "deflate":
        return _Zlib((15, -15))
    if name == "br" and _brotli() is not None:
        return _Brotli()
    raise IntakeError("is compressed in a way that was not asked for")


class _Zlib:
    """gzip and deflate; what is labelled so and is not compressed at all passes as it is."""

    def __init__(self, wbits: tuple[int, ...]) -> None:
        self._wbits = wbits
        self._engine = zlib.decompressobj(wbits=wbits[0])
        self._begun = self._plain = False

    def feed(self, data: bytes, room: int) -> Iterator[bytes]:
        if self._plain:
            yield data
            return
        waiting = self._after(data) if self._engine.eof else data
        while waiting:
            try:
                piece = self._engine.decompress(waiting, min(max(room, 1), 1 << 18))
            except zlib.error:
                if self._begun or waiting.startswith(_GZIP):
                    raise IntakeError("is broken: its compressed data makes no sense") from None
                yield from self._otherwise(waiting, room)
                return
            self._begun = True
            waiting = self._engine.unconsumed_tail
            room -= len(piece)
            if piece:
                yield piece
            if self._engine.eof:
                waiting = self._after(self._engine.unused_data)

    def _after(self, data: bytes) -> bytes:
        """What follows a stream: the next one, since a body may be put together of several. What
        is no gzip is left out."""
        if not data.startswith(_GZIP):
            return b""
        self._engine = zlib.decompressobj(wbits=self._wbits[0])
        return data

    def _otherwise(self, data: bytes, room: int) -> Iterator[bytes]:
        """Try the next kind of stream that goes by the name, at last none."""
        self._wbits = self._wbits[1:]
        if self._wbits:
            self._engine = zlib.decompressobj(wbits=self._wbits[0])
            yield from self.feed(data, room)
        else:
            self._plain = True
            yield data

    def end(self) -> None:
        if self._begun and not self._engine.eof:
            raise IntakeError("is cut short: its compressed data has no end")


class _Brotli:
    """Brotli, with the output of each step limited."""

    def __init__(self) -> None:
        self._engine = _brotli().Decompressor()

    def feed(self, data: bytes, room: int) -> Iterator[bytes]:
        step = min(max(room, 1), 1 << 18)
        try:
            piece = self._engine.process(data, output_buffer_limit=step)
            while piece:
                yield piece
                # It says that it takes more while it still holds some of what it has.
                piece = self._engine.process(b"", output_buffer_limit=step)
        except _brotli().error:
            raise IntakeError("is broken: its compressed data makes no sense") from None

    def end(self) -> None:
        if not self._engine.is_finished():
            raise IntakeError("is cut short: its compressed data has no end")


def unbrotlied(data: bytes, limit: int) -> bytes:
    """Return the first `limit` bytes of what Brotli has compressed; `data` as it is where it is no
    Brotli or the module is not there."""
    if _brotli() is None:
        return data
    pieces: list[bytes] = []
    room = limit
    try:
        for piece in _Brotli().feed(data, limit):
            pieces.append(piece[:room])
            room -= len(piece)
            if room <= 0:
                break
    except IntakeError:
        pass
    return b"".join(pieces) or data


def _brotli() -> Any:
    """The brotli module, if it is there and new enough to limit what it puts out."""
    try:
        import brotli  # type: ignore[import-untyped]
    except ImportError:
        return None
    return brotli if hasattr(brotli.Decompressor, "can_accept_more_data") else None


def _megabytes(size: int) -> str:
    """A size for a message."""
    return f"{size >> 20} MB" if size >= 1 << 20 else f"{size} bytes"
