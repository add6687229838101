"""JSON Lines: one article a line, read as a stream, so that size does not matter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

from reader.errors import IntakeError
from reader.ingest import limits
from reader.ingest.encoding import decode
from reader.ingest.intake import Intake, IntakeFailure
from reader.ingest.markup import parts_of_markup
from reader.ingest.records import article_from_record, load_json

_COMPLAINTS: Final = 100
"""Bad lines reported one by one; the others are counted."""


def read_json_lines(stream: BinaryIO, *, name: str, outlet: str | None = None) -> Iterator[Intake]:
    """Yield an article for each line of `stream`, and a failure for each line that holds none.

    Memory does not grow with the stream: at most one line is held, and a line above
    `limits.JSON_LINE` is skipped with a failure. Empty lines count for nothing. A subscription, as
    `import --json` prints it, or a failure, is passed over.
    """
    bad = 0
    for number, line in _lines(stream):
        message = "is longer than 16 MB" if line is None else None
        if line is not None:
            if not line.strip():
                continue
            try:
                record = load_json(_text(line))
                if not isinstance(record, dict):
                    raise IntakeError("is not a JSON object")
                if record.get("kind") == "subscription" or "error" in record:
                    continue
                yield article_from_record(
                    record, outlet=outlet, path=name, parts_of_markup=parts_of_markup
                )
                continue
            except IntakeError as error:
                message = str(error)
        bad += 1
        if bad <= _COMPLAINTS:
            yield IntakeFailure(name, f"line {number} {message}")
    if bad > _COMPLAINTS:
        yield IntakeFailure(name, f"{bad - _COMPLAINTS} more lines hold no article")


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Each line with its number from 1; None in place of one that is too long."""
    number = 0
    while line := stream.readline(limits.JSON_LINE):
        number += 1
        if len(line) < limits.JSON_LINE or line.endswith(b"\n"):
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(limits.JSON_LINE)
        yield number, None


def _text(line: bytes) -> str:
    """The line as text: UTF-8 as a rule, which `decode` would have to find out for each line."""
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return decode(line)
