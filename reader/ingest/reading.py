"""Any input to articles: a file is opened, its kind told by its content, and its reader called."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, cast

from reader.errors import IntakeError
from reader.ingest import limits
from reader.ingest.encoding import decode
from reader.ingest.folders import files_below
from reader.ingest.intake import Intake, IntakeFailure
from reader.ingest.opening import head_of, open_regular, printable, reason_of
from reader.ingest.sniff import HEAD, Kind, sniff

_ADVICE: Final = {
    Kind.ZIP: "unpack it and import the folder",
    Kind.COMPRESSED: "unpack it first",
    Kind.PDF: "convert it to text first",
}

_DOCUMENTS: Final = frozenset(
    {Kind.TEXT, Kind.HTML, Kind.FEED, Kind.JSON, Kind.OPML, Kind.XML, Kind.MAIL}
)
_LAYERS: Final = 2
"""How often a file may be compressed over again."""


def read_path(path: Path, *, outlet: str | None = None) -> Iterator[Intake]:
    """Yield what a file or a folder holds: articles, subscriptions, and a failure for what is bad.

    Folders are read with all below them, in the order of their names; hidden files and the folders
    that browsers keep a saved page's pictures in are passed over; links are followed only within.
    Kinds are told by content, never by name. `outlet`, where given, is the outlet of all articles.
    Never raises for bad input: each bad file is one `IntakeFailure`, and reading goes on.
    """
    if path.is_dir():
        for file in files_below(path):
            if isinstance(file, IntakeFailure):
                yield file
            else:
                yield from _read_file(file, outlet)
    else:
        yield from _read_file(path, outlet)


def read_stream(
    stream: BinaryIO, *, name: str = "-", outlet: str | None = None
) -> Iterator[Intake]:
    """Yield what `stream` holds, as `read_path` does for a file; `name` is what messages call it.

    JSON Lines and mailboxes come out one by one while the stream is read.
    """
    yield from _guarded(stream, name, outlet, depth=0)


def _read_file(path: Path, outlet: str | None) -> Iterator[Intake]:
    """The contents of one file."""
    name = printable(path)
    try:
        stream = open_regular(path)
    except IntakeError as error:
        yield IntakeFailure(name, str(error))
        return
    with stream:
        yield from _guarded(stream, name, outlet, depth=0)


def _guarded(stream: BinaryIO, name: str, outlet: str | None, *, depth: int) -> Iterator[Intake]:
    """The contents of a stream; what goes wrong becomes a failure."""
    try:
        yield from _read(stream, name, outlet, depth)
    except IntakeError as error:
        yield IntakeFailure(name, str(error))
    except RecursionError:
        yield IntakeFailure(name, "is nested too deeply")
    except MemoryError:
        yield IntakeFailure(name, "needs more memory than there is")
    except (OSError, EOFError) as error:
        yield IntakeFailure(name, reason_of(error))


def _read(stream: BinaryIO, name: str, outlet: str | None, depth: int) -> Iterator[Intake]:
    """Choose the reader by the first bytes and let it read."""
    head, whole = head_of(stream, HEAD)
    kind = sniff(head)
    if kind is Kind.GZIP:
        if depth >= _LAYERS:
            raise IntakeError("is compressed more than twice")
        from reader.ingest.compressed import Gunzipped

        inner = cast(BinaryIO, Gunzipped(whole))
        yield from _read(inner, name, outlet, depth + 1)
    elif kind is Kind.JSON_LINES:
        from reader.ingest.json_lines import read_json_lines

        yield from read_json_lines(whole, name=name, outlet=outlet)
    elif kind is Kind.MBOX:
        from reader.ingest.mail import read_mailbox

        yield from read_mailbox(whole, name=name, outlet=outlet)
    elif kind is Kind.WARC:
        from reader.ingest.web_archive import read_web_archive

        yield from read_web_archive(whole, name=name, outlet=outlet)
    elif kind in _DOCUMENTS:
        yield from _read_document(kind, whole, name, outlet)
    elif kind is Kind.EMPTY:
        raise IntakeError("is empty")
    else:
        advice = _ADVICE.get(kind)
        raise IntakeError(f"is {kind}, not an article" + (f"; {advice}" if advice else ""))


def _read_document(kind: Kind, stream: BinaryIO, name: str, outlet: str | None) -> Iterator[Intake]:
    """The contents of what is read as a whole."""
    data = _all(stream)
    if kind is Kind.TEXT:
        from reader.ingest.plain import read_plain

        yield read_plain(decode(data), outlet=outlet, path=name)
    elif kind is Kind.HTML:
        from reader.ingest.pages.page import read_page

        yield read_page(data, outlet=outlet, path=name)
    elif kind is Kind.FEED:
        from reader.ingest.feeds.entries import articles_of
        from reader.ingest.feeds.xml_feed import read_xml_feed

        yield from articles_of(read_xml_feed(data), name=name, outlet=outlet)
    elif kind is Kind.JSON:
        from reader.ingest.feeds.json_feed import read_json

        yield from read_json(data, name=name, outlet=outlet)
    elif kind is Kind.OPML:
        from reader.ingest.feeds.opml import read_opml

        yield from read_opml(data, name=name)
    elif kind is Kind.XML:
        from reader.ingest.newsml import read_agency_xml

        yield from read_agency_xml(data, name=name, outlet=outlet)
    else:
        from reader.ingest.mail import read_message

        yield read_message(data, outlet=outlet, path=name)


def _all(stream: BinaryIO) -> bytes:
    """All bytes of a stream; raises `IntakeError` if there are more than `limits.FILE`."""
    data = stream.read(limits.FILE + 1)
    if len(data) > limits.FILE:
        raise IntakeError(f"is larger than {limits.FILE >> 20} MB")
    return data
