"""WARC: the pages of a crawl, one record at a time."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final

from reader.errors import IntakeError
from reader.ingest import limits
from reader.ingest.addresses import web_address
from reader.ingest.intake import Intake, IntakeFailure

_LONGEST_LINE: Final = 16_384
_MOST_HEADERS: Final = 200


def read_web_archive(stream: BinaryIO, *, name: str, outlet: str | None = None) -> Iterator[Intake]:
    """Yield the article of each HTML page in a WARC stream (decompressed already).

    Pages without an article, which every crawl is full of, are counted in one line at the end.
    Where the archive is damaged or cut short, what came before is kept. Lengths are not believed:
    at most `limits.PAGE` bytes of a record are held.
    """
    from reader.ingest.pages.page import read_page

    pages = empty = 0
    problem: str | None = None
    try:
        for headers, block in _records(stream):
            page = _page(headers, block)
            if page is None:
                continue
            pages += 1
            body, charset = page
            try:
                url = web_address(headers.get("warc-target-uri", "").strip("<>"))
                yield read_page(body, outlet=outlet, path=name, url=url, declared=charset)
            except IntakeError:
                empty += 1
    except IntakeError as error:
        problem = str(error)
    if problem:
        yield IntakeFailure(name, problem)
    if empty:
        yield IntakeFailure(name, f"{empty} of {pages} pages hold no article")
    if not pages and not problem:
        yield IntakeFailure(name, "is a web archive without pages")


def _records(stream: BinaryIO) -> Iterator[tuple[dict[str, str], bytes]]:
    """The records: headers by name in lower case, at most `limits.PAGE` bytes of the block."""
    while True:
        line = stream.readline(_LONGEST_LINE)
        while line in (b"\r\n", b"\n"):
            line = stream.readline(_LONGEST_LINE)
        if not line:
            return
        if not line.startswith(b"WARC/"):
            raise IntakeError("is damaged: a record does not begin where it should")
        headers = _headers(stream)
        try:
            length = int(headers.get("content-length", ""))
        except ValueError:
            length = -1
        if length < 0:
            raise IntakeError("is damaged: a record has no length")
        block = stream.read(min(length, limits.PAGE))
        left = length - len(block)
        while left > 0 and (skipped := stream.read(min(left, 1 << 16))):
            left -= len(skipped)
        yield headers, block
        if left > 0:
            raise IntakeError("is cut short: the last record is not whole")


def _headers(stream: BinaryIO) -> dict[str, str]:
    """Header lines up to an empty one."""
    headers: dict[str, str] = {}
    for _ in range(_MOST_HEADERS):
        line = stream.readline(_LONGEST_LINE)
        if not line.strip():
            return headers
        key, _, value = line.decode("utf-8", "replace").partition(":")
        headers.setdefault(key.strip().lower(), value.strip())
    raise IntakeError("is damaged: a record has too many headers")


def _page(headers: dict[str, str], block: bytes) -> tuple[bytes, str | None] | None:
    """The HTML in a record and its declared encoding; None if it holds no page."""
    kind = headers.get("warc-type", "").lower()
    content = headers.get("content-type", "").lower()
    if kind == "resource" and content.startswith(("text/html", "application/xhtml")):
        return block, None
    if kind != "response" or not content.startswith("application/http"):
        return None
    head, parted, body = block.partition(b"\r\n\r\n")
    if not parted:
        head, _, body = block.partition(b"\n\n")
    lines = head.decode("latin-1").splitlines()
    if not lines or not re.match(r"HTTP/\S+ 2\d\d", lines[0]):
        return None
    fields = {
        k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:])
    }
    if not re.match(r"text/html|application/xhtml", fields.get("content-type", ""), re.IGNORECASE):
        return None
    if "chunked" in fields.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    charset = re.search(r"charset=[\"']?([\w.:-]{1,40})", fields.get("content-type", ""))
    return _decompressed(body, fields.get("content-encoding", "")), charset[1] if charset else None


def _unchunked(body: bytes) -> bytes:
    """A body without the lengths of its chunks; what makes no sense is kept as it is."""
    pieces: list[bytes] = []
    rest = body
    while rest:
        size, parted, after = rest.partition(b"\r\n")
        try:
            length = int(size.split(b";")[0], 16)
        except ValueError:
            return b"".join(pieces) if pieces else body
        if not parted or length <= 0:
            break
        pieces.append(after[:length])
        rest = after[length + 2 :]
    return b"".join(pieces) or body


def _decompressed(body: bytes, coding: str) -> bytes:
    """A body without gzip, deflate or Brotli, at most `limits.PAGE` bytes; a falsely labelled one
    stays."""
    if coding.strip().lower() == "br":
        from reader.ingest.net.bounded import unbrotlied

        return unbrotlied(body, limits.PAGE)
    if coding.strip().lower() not in ("gzip", "x-gzip", "deflate"):
        return body
    for wbits in (47, -15):
        try:
            return zlib.decompressobj(wbits=wbits).decompress(body, limits.PAGE)
        except zlib.error:
            continue
    return body
