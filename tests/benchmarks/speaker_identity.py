"""How often the right name comes out, on a corpus with speaker identities; how sure, how quick.

    python -m tests.benchmarks.speaker_identity GOLD.jsonl SPEAKERS.jsonl --scorer score_speakers.py

    python -m tests.benchmarks.speaker_identity GOLD.jsonl SPEAKERS.jsonl --scorer SCORER.py
project) whose functions `score`, `Cast` and `load_pred` are used. Two runs: mentions as annotated,
which measures identity alone, and the whole engine. Prints Markdown tables.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from reader.core.quotation import Extraction, QuotationKind
from reader.core.span import Span
from reader.extraction.engine import default_engine
from reader.extraction.found import FoundQuotation
from reader.extraction.identity import resolve
from reader.extraction.tokens import tokenize

Record = dict[str, Any]


def annotated(record: Record) -> Extraction:
    """Identity alone: contents and mentions are those of the annotation."""
    found = []
    for item in record["attributions"]:
        mention, cue = item["source"], item["cue"]
        found.append(
            FoundQuotation(
                tuple(Span(*piece) for piece in item["content"]),
                QuotationKind(item["kind"]),
                Span(cue[0][0], cue[-1][1]) if cue else None,
                Span(mention[0][0], mention[-1][1]) if mention else None,
            )
        )
    return resolve(record["text"], found)


def predictions(records: list[Record], read: Callable[[Record], Extraction]) -> list[Record]:
    """The answers in the scorer's format, with their confidence."""
    out = []
    for record in records:
        extraction = read(record)
        quotes = []
        for quotation in extraction.quotations:
            speaker = None
            if quotation.speaker is not None:
                speaker = extraction.speakers[quotation.speaker]
            quotes.append(
                {
                    "content": [list(piece) for piece in quotation.content],
                    "cue": quotation.cue and list(quotation.cue),
                    "speaker": quotation.mention and list(quotation.mention),
                    "speaker_name": speaker.name if speaker and speaker.named else None,
                    "kind": str(quotation.kind),
                    "confidence": quotation.confidence,
                }
            )
        out.append({"id": record["id"], "quotes": quotes})
    return out


def sureness(
    scorer: ModuleType, records: list[Record], gold: list[Record], given: list[Record]
) -> list[tuple[float, int, float]]:
    """For each tenth of confidence: mean confidence, quotations, share with the right speaker."""
    texts = {record["id"]: record for record in records}
    answers = {record["id"]: record["quotes"] for record in given}
    bins: dict[int, list[tuple[float, bool]]] = {}
    for record in gold:
        cast = scorer.Cast(record["speakers"])
        by_content = {(q["content"][0][0], q["content"][-1][1]): q for q in answers[record["id"]]}
        for quote in record["quotes"]:
            content = texts[record["id"]]["attributions"][quote["attribution"]]["content"]
            answer = by_content.get((content[0][0], content[-1][1]))
            if answer is None:
                continue
            name = answer["speaker_name"]
            right = not name if quote["speaker"] is None else cast.credit(quote["speaker"], name)
            sure = answer["confidence"]
            bins.setdefault(min(int(sure * 10), 9), []).append((sure, bool(right)))
    return [
        (sum(s for s, _ in b) / len(b), len(b), sum(r for _, r in b) / len(b))
        for _, b in sorted(bins.items())
    ]


def seconds(run: Callable[[], object]) -> float:
    """The best of three, CPU."""
    best = float("inf")
    for _ in range(3):
        begin = time.process_time()
        run()
        best = min(best, time.process_time() - begin)
    return best


def main() -> None:
    """Read the corpus, run, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("speakers", type=Path)
    parser.add_argument("--scorer", type=Path, required=True)
    options = parser.parse_args()
    spec = importlib.util.spec_from_file_location("scorer", options.scorer)
    if spec is None or spec.loader is None:
        parser.error(f"cannot load {options.scorer}")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    records, gold = (
        [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        for path in (options.gold, options.speakers)
    )
    engine = default_engine()
    runs: dict[str, Callable[[Record], Extraction]] = {
        "mentions as annotated": annotated,
        "whole engine": lambda record: engine.extract(record["text"]),
    }
    print("| run | named, all | named, matched | B-cubed F1 | unnamed right |")
    print("| --- | --- | --- | --- | --- |")
    bins = {}
    for label, read in runs.items():
        given = predictions(records, read)
        result = scorer.score(records, gold, given)
        print(
            f"| {label} | {result['all']['identity all']:.3f}"
            f" | {result['all']['identity matched']:.3f}"
            f" | {result['clusters matched']['F1']:.3f} | {result['unnamed']['accuracy']:.3f} |"
        )
        bins[label] = sureness(scorer, records, gold, given)
    for label, rows in bins.items():
        print(f"\n| {label}: confidence | quotations | right speaker |\n| --- | --- | --- |")
        for sure, count, right in rows:
            print(f"| {sure:.2f} | {count} | {right:.2f} |")
    cut = seconds(lambda: [tokenize(record["text"]) for record in records])
    identity = seconds(lambda: [annotated(record) for record in records])
    print(
        f"\nIdentity takes {identity / cut:.1f} times as long as cutting the text into tokens"
        f" ({1000 * identity / len(records):.1f} ms of CPU an article)."
    )


if __name__ == "__main__":
    main()
