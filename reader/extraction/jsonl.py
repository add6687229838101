"""The batch form: one JSON object a line in, one a line out, in the same order, in constant memory.

In: `{"id": ..., "text": ...}`. Out: `{"id": ..., "quotes": [...]}` as the command line's contract
has it, or `{"id": null, "error": ...}` in place of a line that is no such object; a blank line is
none either. So there are as many lines out as in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from reader.extraction.engine import Engine, default_engine

if TYPE_CHECKING:
    from reader.core.quotation import Extraction

CHUNK = 16
"""Lines a worker takes at a time: enough to hide the cost of handing them over."""
LONG_CHUNK = 1_000_000
"""Characters that end a chunk of fewer lines."""
LONGEST = 8_000_000
"""Characters of a line that is still read; a longer one gets an error. The engine holds some 140
bytes a character, so that this bounds a process to 1.2 GB; books have fewer."""


def answer(line: str, engine: Engine | None = None) -> str:
    """The output line (without line break) for one input line. Never raises."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError, MemoryError) as error:
        return _error(f"not JSON: {error}")
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        return _error('not an object with a "text" string')
    if "id" not in record:
        return _error('no "id"')
    try:
        extraction = (engine or default_engine()).extract(record["text"])
    except Exception as error:  # the edge of the batch: one bad line must not stop a million
        return _error(f"this text could not be read: {type(error).__name__}: {error}")
    return _dumps({"id": record["id"], "quotes": quotes_of(extraction)})


def quotes_of(extraction: Extraction) -> list[dict[str, Any]]:
    """The quotations as plain objects, keys as in the contract; offsets into the text as given."""
    out = []
    for quotation in extraction.quotations:
        speaker = None if quotation.speaker is None else extraction.speakers[quotation.speaker]
        out.append(
            {
                "content": [list(span) for span in quotation.content],
                "cue": None if quotation.cue is None else list(quotation.cue),
                "speaker": None if quotation.mention is None else list(quotation.mention),
                "speaker_name": speaker.name if speaker is not None and speaker.named else None,
                "role": None if speaker is None else speaker.role,
                "kind": str(quotation.kind),
                "confidence": round(quotation.confidence, 3),
            }
        )
    return out


def run(stdin: TextIO, stdout: TextIO, jobs: int = 1) -> int:
    """Answer every line of `stdin` on `stdout`, with `jobs` processes; the number of bad lines."""
    bad = 0
    for text in answers(_lines(stdin), jobs):
        bad += text.startswith('{"id": null, "error": ')
        stdout.write(text + "\n")
    stdout.flush()
    return bad


def answers(lines: Iterable[str], jobs: int = 1) -> Iterator[str]:
    """The output lines, one for each line of the input, in its order."""
    if jobs <= 1:
        yield from map(_bounded, lines)
        return
    from reader.extraction.workers import Workers

    with Workers(_answer_all, jobs, _lost) as workers:
        yield from workers.answers(_chunks(lines))


def _lines(stream: TextIO) -> Iterator[str]:
    """The lines of a stream; of one that is too long, as much as shows that it is."""
    while line := stream.readline(LONGEST + 1):
        yield line
        while len(line) > LONGEST and not line.endswith("\n"):
            line = stream.readline(LONGEST + 1)


def _bounded(line: str) -> str:
    return answer(line) if len(line) <= LONGEST else _error("the line is too long")


def _answer_all(lines: Sequence[str]) -> list[str]:
    return list(map(_bounded, lines))


def _lost(line: str) -> str:
    return _error("this text could not be read: the process that read it was ended")


def _chunks(lines: Iterable[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    size = 0
    for line in lines:
        chunk.append(line)
        size += len(line)
        if len(chunk) == CHUNK or size > LONG_CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _error(message: str) -> str:
    return _dumps({"id": None, "error": message})


def _dumps(value: object) -> str:
    line = json.dumps(value, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:  # a lone surrogate, which no UTF-8 stream takes
        return json.dumps(value)
    return line
