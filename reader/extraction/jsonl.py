"""The batch form: one JSON object a line in, one a line out, in the same order, in constant memory.

In: `{"id": ..., "text": ...}`. Out: `{"id": ..., "quotes": [...]}` as the command line's contract
has it, or `{"id": null, "error": ...}` in place of a line that is no such object.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TextIO

from reader.extraction.engine import Engine, default_engine

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

    from reader.core.quotation import Extraction

CHUNK = 16
"""Lines a worker takes at a time: enough to hide the cost of handing them over."""
LONGEST = 64_000_000
"""Characters of a line that is still read; a longer one gets an error."""


def answer(line: str, engine: Engine | None = None) -> str:
    """The output line (without line break) for one input line. Never raises."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
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


def run(stdin: Iterable[str], stdout: TextIO, jobs: int = 1) -> int:
    """Answer every line of `stdin` on `stdout`, with `jobs` processes; the number of bad lines."""
    bad = 0
    for text in answers(stdin, jobs):
        bad += text.startswith('{"id": null, "error": ')
        stdout.write(text + "\n")
    stdout.flush()
    return bad


def answers(lines: Iterable[str], jobs: int = 1) -> Iterator[str]:
    """The output lines, in the order of the input; blank lines are passed over."""
    filled = (line for line in lines if not line.isspace())
    if jobs <= 1:
        for line in filled:
            yield _bounded(line)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    waiting: deque[tuple[Future[list[str]] | None, list[str]]] = deque()
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        for chunk in _chunks(filled):
            waiting.append((_submitted(pool, chunk), chunk))
            # Never more than three chunks a process are held, however many lines there are.
            while len(waiting) >= 3 * jobs:
                yield from _result(*waiting.popleft())
        while waiting:
            yield from _result(*waiting.popleft())


def _submitted(pool: ProcessPoolExecutor, chunk: list[str]) -> Future[list[str]] | None:
    from concurrent.futures.process import BrokenProcessPool

    try:
        return pool.submit(_answer_all, chunk)
    except BrokenProcessPool:
        return None


def _result(future: Future[list[str]] | None, chunk: list[str]) -> list[str]:
    """What a worker answered; if the workers are gone (killed, out of memory), our own answer."""
    from concurrent.futures.process import BrokenProcessPool

    if future is not None:
        try:
            return future.result()
        except BrokenProcessPool:
            pass
    return _answer_all(chunk)


def _bounded(line: str) -> str:
    return answer(line) if len(line) <= LONGEST else _error("the line is too long")


def _answer_all(lines: list[str]) -> list[str]:
    return [_bounded(line) for line in lines]


def _chunks(lines: Iterable[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    for line in lines:
        chunk.append(line)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
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
