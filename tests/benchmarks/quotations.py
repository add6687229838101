"""How well and how fast quotations are found: the table of the README, for any annotated corpus.

    python -m tests.benchmarks.quotations --scorer SCORE.py CORPUS.jsonl [CORPUS.jsonl ...]
    python -m tests.benchmarks.quotations --scorer SCORE.py --folds 5 TRAIN.jsonl

A corpus is JSON Lines with `id`, `text` and `attributions`; the scorer is the program that comes
with the data (it has `score(gold, predictions)`). Printed as Markdown: the figures, CPU seconds an
article beside those of a fixed piece of work in the same run, start-up and memory of a fresh
process, and how sure the engine says it is against how often it is right. `--folds N` trains on
all but every N-th article and measures on the rest, for each fold asked for with `--fold`; with
`--keep FOLDER` the models of the folds are left there, and those found there are not trained again.
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from reader.extraction.engine import VERSION, ChainEngine, default_engine
from reader.extraction.finder import Finder
from reader.extraction.jsonl import quotes_of
from reader.extraction.model import Model
from reader.extraction.tokens import tokenize
from tests.training.annotated import Article, confirmed, read
from tests.training.train_engine import finder_of, trained

ROOT = Path(__file__).resolve().parents[2]
Extract = Callable[[str], Any]


def scorer_from(path: Path) -> ModuleType:
    """The scorer at a path, as a module."""
    spec = importlib.util.spec_from_file_location("quotation_scorer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def yardstick() -> float:
    """CPU seconds of a fixed piece of pure Python, to compare machines and loads by."""
    began = time.process_time()
    total = 0
    for k in range(1_000_000):
        total += k & 7
    return time.process_time() - began


def measure(articles: Sequence[Article], extract: Extract, scorer: ModuleType) -> dict[str, float]:
    """The figures of one corpus."""
    extract(articles[0]["text"])
    began = time.process_time()
    found = [extract(article["text"]) for article in articles]
    cpu = (time.process_time() - began) / len(articles)
    lines = [
        {"id": a["id"], "quotes": quotes_of(one)} for a, one in zip(articles, found, strict=True)
    ]
    result = scorer.score(list(articles), lines)
    both, speech = result["all cues"], result["speech"]
    return {
        "D+M overlap F1": both["D+M"]["overlap"]["F1"],
        "D+M joint F1": both["D+M"]["joint"]["F1"],
        "runs F1": both["runs"]["F1"],
        "indirect speech overlap F1": speech["indirect"]["overlap"]["F1"],
        "direct overlap F1": both["direct"]["overlap"]["F1"],
        "mixed overlap F1": both["mixed"]["overlap"]["F1"],
        "cpu": cpu,
    }


def row(name: str, figures: dict[str, float]) -> str:
    """One line of the table."""
    cells = [f"{100 * value:.1f}" for key, value in figures.items() if key != "cpu"]
    return f"| {name} | " + " | ".join(cells) + f" | {figures['cpu']:.4f} |"


def calibration(articles: Sequence[Article], finder: Finder) -> list[str]:
    """Lines of a table: said to be so sure, right so often."""
    bins: dict[int, list[float]] = {}
    for article in articles:
        for found in finder.find(tokenize(article["text"])):
            tenth = bins.setdefault(min(9, int(found.confidence * 10)), [0.0, 0.0, 0.0])
            tenth[0] += 1
            tenth[1] += found.confidence
            tenth[2] += confirmed(article, found)
    out = ["| confidence | quotations | mean confidence | right |", "| --- | --- | --- | --- |"]
    for tenth_number in sorted(bins):
        count, said, right = bins[tenth_number]
        low = tenth_number / 10
        out.append(
            f"| {low:.1f}-{low + 0.1:.1f} | {count:.0f} "
            f"| {said / count:.2f} | {right / count:.2f} |"
        )
    return out


def start_up() -> str:
    """Seconds and megabytes of a fresh process that reads one sentence."""
    program = (
        "import time; t = time.process_time()\n"
        "from reader.extraction.engine import default_engine\n"
        "default_engine().extract('News\\n\\n\"Yes,\" said Ada Orr.')\n"
        # Not getrusage: its peak is inherited from the process that started this one.
        "peak = [s for s in open('/proc/self/status') if s.startswith('VmHWM')][0].split()[1]\n"
        "print(time.process_time() - t, int(peak) / 1024)"
    )
    seconds, megabytes = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    return f"Start-up: {float(seconds):.3f} s of CPU, {float(megabytes):.0f} MB in all."


def folds(
    articles: Sequence[Article],
    count: int,
    wanted: Sequence[int],
    scorer: ModuleType,
    keep: Path | None,
) -> None:
    """Train without each wanted fold and print its row, at the end their mean."""
    rows = []
    for fold in wanted:
        rest = [a for i, a in enumerate(articles) if i % count != fold]
        held = [a for i, a in enumerate(articles) if i % count == fold]
        kept = None if keep is None else keep / f"fold-{fold}-of-{count}.bin"
        model = kept.read_bytes() if kept is not None and kept.exists() else trained(rest)
        if kept is not None:
            kept.write_bytes(model)
        engine = ChainEngine(finder_of(model))
        rows.append(measure(held, engine.extract, scorer))
        print(row(f"fold {fold + 1} of {count}", rows[-1]), flush=True)
    print(row("mean", {key: sum(one[key] for one in rows) / len(rows) for key in rows[0]}))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--model", type=Path, help="another model file than the one shipped")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--fold", type=int, action="append", help="only this one (0 is the first)")
    parser.add_argument("--keep", type=Path, help="a folder for the models of the folds")
    options = parser.parse_args(arguments)
    scorer = scorer_from(options.scorer)
    finder = Finder(Model(options.model)) if options.model else None
    engine = ChainEngine(finder) if finder else default_engine()
    print(f"Engine {VERSION}, {date.today()}, Python {sys.version.split()[0]}.\n")
    titles = ["D+M overlap", "D+M joint", "runs", "indirect speech", "direct", "mixed"]
    print("| corpus | " + " | ".join(titles) + " | CPU s an article |")
    print("| --- " * (len(titles) + 2) + "|")
    for path in options.corpora:
        articles = read(path)
        if options.folds:
            wanted = options.fold or list(range(options.folds))
            folds(articles, options.folds, wanted, scorer, options.keep)
        else:
            print(row(path.stem, measure(articles, engine.extract, scorer)), flush=True)
    print(f"\nA million turns of an empty loop take {yardstick():.3f} s here. {start_up()}\n")
    if not options.folds:
        shown = finder or Finder(Model(ROOT / "reader" / "extraction" / "model.bin"))
        print("\n".join(calibration(read(options.corpora[0]), shown)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
