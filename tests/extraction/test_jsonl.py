"""The batch form: a line in, a line out, whatever the line is."""

from __future__ import annotations

import io
import json
import os
import signal
from collections.abc import Iterator, Sequence

import pytest

from reader.core.quotation import Extraction
from reader.extraction.jsonl import answer, answers, run
from reader.extraction.workers import Workers

STORY = "Harbour to close\n\n“We are done,” said Ada Orr, the harbour master. “It is over.”"


def test_a_story_gives_its_quotations_with_offsets_into_its_text() -> None:
    out = json.loads(answer(json.dumps({"id": 7, "text": STORY})))
    assert out["id"] == 7
    (quote,) = out["quotes"]
    assert [STORY[s:e] for s, e in quote["content"]] == ["“We are done,”", "“It is over.”"]
    assert STORY[slice(*quote["cue"])] == "said"
    assert STORY[slice(*quote["speaker"])].startswith("Ada Orr")
    assert quote["speaker_name"] == "Ada Orr"
    assert quote["kind"] == "direct"
    assert 0.5 < quote["confidence"] <= 1


def test_a_bad_line_gets_an_error_in_its_place() -> None:
    for line in (
        "",
        "{",
        "[1]",
        '{"id": 1}',
        '{"text": "x"}',
        '{"id": 1, "text": 2}',
        "[" * 100_000,
    ):
        out = json.loads(answer(line))
        assert out["id"] is None
        assert out["error"]


def test_a_text_that_breaks_the_engine_is_answered_with_an_error() -> None:
    class Broken:
        def extract(self, text: str) -> Extraction:
            raise IndexError(text)

    out = json.loads(answer(json.dumps({"id": 1, "text": "x"}), Broken()))
    assert out["id"] is None
    assert "IndexError" in out["error"]


def test_lines_keep_their_order_and_bad_ones_stop_nothing() -> None:
    lines = [json.dumps({"id": n, "text": STORY}) if n % 5 else "broken" for n in range(60)]
    for jobs in (1, 2):
        out = [json.loads(text) for text in answers(iter(lines), jobs)]
        assert [one["id"] for one in out] == [n if n % 5 else None for n in range(60)]


def test_no_more_than_a_few_chunks_are_read_ahead() -> None:
    taken = 0

    def endless() -> object:
        nonlocal taken
        while True:
            taken += 1
            yield json.dumps({"id": taken, "text": ""})

    stream = answers(endless(), 2)  # type: ignore[arg-type]
    for _ in range(10):
        next(stream)
    assert taken < 200
    stream.close()  # type: ignore[attr-defined]


def test_run_counts_the_bad_lines_and_a_blank_one_is_bad_too() -> None:
    out = io.StringIO()
    good = json.dumps({"id": "a", "text": ""})
    assert run(io.StringIO(f"\n{good}\nx\n \n{good}"), out) == 3
    assert [json.loads(line)["id"] for line in out.getvalue().splitlines()] == [
        None, "a", None, None, "a",
    ]  # fmt: skip


def test_a_line_beyond_all_measure_is_one_error_and_not_read_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("reader.extraction.jsonl.LONGEST", 100)
    out = io.StringIO()
    short = json.dumps({"id": 1, "text": ""})
    assert run(io.StringIO(f"{short}\n{'x' * 1000}\n{short}\n{'y' * 100}\n{short}"), out) == 2
    ids = [json.loads(line)["id"] for line in out.getvalue().splitlines()]
    assert ids == [1, None, 1, None, 1]


def test_a_lone_surrogate_comes_out_as_valid_utf8() -> None:
    text = answer('{"id": "\\ud800", "text": "\\ud800 said so"}')
    assert json.loads(text)["id"] == "\ud800"
    text.encode()


def _answers_or_dies(lines: Sequence[str]) -> list[str]:
    if any(line == "poison" for line in lines):
        os.kill(os.getpid(), signal.SIGKILL)
    return [line.upper() for line in lines]


def _died(line: str) -> str:
    return f"died of {line}"


def test_a_line_that_kills_its_process_is_answered_and_stops_nothing() -> None:
    chunks = [[f"a{n}", "poison" if n == 3 else f"b{n}", f"c{n}"] for n in range(9)]
    with Workers(_answers_or_dies, 2, _died) as workers:
        out = list(workers.answers(chunks))
    expected = [line.upper() for chunk in chunks for line in chunk]
    expected[10] = "died of poison"
    assert out == expected


def test_long_lines_are_not_read_far_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.extraction.workers.HELD", 1000)
    taken = 0

    def long() -> Iterator[list[str]]:
        nonlocal taken
        for _ in range(20):
            taken += 1
            yield ["x" * 900]

    with Workers(_answers_or_dies, 2, _died) as workers:
        stream = workers.answers(long())
        next(stream)
        assert taken <= 3
        assert len(list(stream)) == 19
