"""The batch form: a line in, a line out, whatever the line is."""

from __future__ import annotations

import io
import json

import pytest

from reader.core.quotation import Extraction
from reader.extraction.jsonl import answer, answers, run

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


def test_run_counts_the_bad_lines_and_passes_over_blank_ones() -> None:
    out = io.StringIO()
    assert run(["\n", "x\n", json.dumps({"id": "a", "text": ""}) + "\n"], out) == 1
    assert out.getvalue().count("\n") == 2


def test_a_lone_surrogate_comes_out_as_valid_utf8() -> None:
    text = answer('{"id": "\\ud800", "text": "\\ud800 said so"}')
    assert json.loads(text)["id"] == "\ud800"
    text.encode()


def test_workers_that_die_do_not_end_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    def broken(*_: object) -> object:
        raise BrokenProcessPool

    monkeypatch.setattr(ProcessPoolExecutor, "submit", broken)
    lines = [json.dumps({"id": n, "text": STORY}) for n in range(40)]
    assert [json.loads(text)["id"] for text in answers(iter(lines), 2)] == list(range(40))
