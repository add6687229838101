"""Train the extraction model from an annotated corpus.

    python tests/training/train_engine.py TRAIN.jsonl -o reader/extraction/model.bin

The model is a linear-chain conditional random field (L-BFGS, L1 and L2 penalties), trained by
python-crfsuite, which is needed here only. Every fifth article is first held out to fit the
confidences; then the weights are trained on all. The result depends on the corpus alone.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import pairwise
from math import exp
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from reader.extraction.chain import Chain
from reader.extraction.features import Vocabulary, features
from reader.extraction.finder import Finder, as_found
from reader.extraction.model import Model, pack, with_confidence
from tests.training.annotated import Article, chain_of, confirmed, labels_of, read

ITERATIONS = 70
L1, L2 = 0.5, 0.02
RAREST = 4
"""A feature seen less often is left out."""
LEAST = 0.006
"""A weight smaller than this is left out; a limit of 0.03 cost half a point of overlap F1."""
EVERY = 5
SEEN = (1, 2, 3)
"""The fifths that the model for calibration is trained on; the first is what it is tried on."""

Example = tuple[Chain, list[str]]


def examples(articles: Sequence[Article]) -> list[Example]:
    """The chains of the articles with their labels."""
    out = []
    for article in articles:
        chain = chain_of(article["text"])
        out.append((chain, labels_of(chain, article)))
    return out


def train(given: Sequence[Example], confidence: dict[str, float], iterations: int) -> bytes:
    """A packed model fitted to labelled chains."""
    import pycrfsuite  # type: ignore[import-untyped]

    trainer = pycrfsuite.Trainer("lbfgs", verbose=False)
    trainer.set_params(
        {"c1": L1, "c2": L2, "max_iterations": iterations, "feature.minfreq": RAREST}
    )
    moves: set[tuple[str, str]] = set()
    vocabulary = Vocabulary(growing=True)
    for chain, labels in given:
        trainer.append([list(map(str, keys)) for keys in features(chain, vocabulary)], labels)
        moves.update(pairwise(labels))
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        learned = tagger.info()
        names = sorted(tagger.labels())
        tagger.close()
    return packed(
        names, moves, learned.transitions, learned.state_features, vocabulary.names(), confidence
    )


def packed(
    labels: list[str],
    moves: set[tuple[str, str]],
    transitions: dict[tuple[str, str], float],
    weights: dict[tuple[str, str], float],
    classes: list[str],
    confidence: dict[str, float],
) -> bytes:
    """The model file; steps between labels that the corpus never takes are forbidden."""
    at = {label: i for i, label in enumerate(labels)}
    table: list[list[int | None]] = [[None] * len(labels) for _ in labels]
    for one, other in moves:
        table[at[one]][at[other]] = round(100 * transitions.get((one, other), 0.0))
    for row in table:
        if all(value is None for value in row):
            row[at["O"]] = -500
    rows: dict[int, list[int]] = {}
    for (name, label), weight in weights.items():
        if abs(weight) >= LEAST:
            rows.setdefault(int(name), [0] * len(labels))[at[label]] = round(100 * weight)
    return pack(labels, table, rows, classes, confidence)


def calibrated(finder: Finder, held_out: Sequence[Article]) -> dict[str, float]:
    """Weights of the signs of confidence: logistic regression on held-out articles."""
    cases: list[tuple[list[str], float]] = []
    for article in held_out:
        chain = chain_of(article["text"])
        for told in finder.told(chain):
            # The two halves of one finding share cue and speaker and are one for the corpus.
            found = as_found(chain, told, 0.0)
            right = float(any(confirmed(article, one) for one in found))
            cases.append((told.signs, right))
    weights: dict[str, float] = {}
    rate, penalty = 0.5, 0.002
    for turn in range(60):
        step = rate / (1 + turn / 6)
        for names, right in cases:
            total = sum(weights.get(name, 0.0) for name in names)
            error = right - 1.0 / (1.0 + exp(-max(-20.0, min(20.0, total))))
            for name in names:
                old = weights.get(name, 0.0)
                weights[name] = old + step * (0.1 * error - penalty * 0.1 * old)
    return {name: round(weight, 3) for name, weight in sorted(weights.items())}


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, calibrate, write the model file; says what it does on stderr."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--iterations", type=int, default=ITERATIONS)
    parser.add_argument("--hold-out", type=int, help="leave this fifth (0 to 4) out altogether")
    options = parser.parse_args(arguments)
    articles = read(options.corpus)
    if options.hold_out is not None:
        articles = [a for i, a in enumerate(articles) if i % EVERY != options.hold_out]
    began = time.monotonic()

    def say(text: str) -> None:
        print(f"{time.monotonic() - began:6.0f} s  {text}", file=sys.stderr, flush=True)

    say(f"{len(articles)} articles")
    given = examples(articles)
    options.output.write_bytes(train(given, {}, options.iterations))
    say("weights fitted; now the confidences, on articles that a smaller model has not seen")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.bin"
        some = [one for i, one in enumerate(given) if i % EVERY in SEEN]
        path.write_bytes(train(some, {}, options.iterations // 2))
        held_out = [a for i, a in enumerate(articles) if i % EVERY == 0]
        confidence = calibrated(Finder(Model(path)), held_out)
    model = with_confidence(options.output.read_bytes(), confidence)
    options.output.write_bytes(model)
    say(f"{options.output}: {len(model):,} bytes, {len(confidence)} signs of confidence")
    return 0


if __name__ == "__main__":
    sys.exit(main())
