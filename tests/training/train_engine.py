"""Train the extraction model from an annotated corpus.

    python tests/training/train_engine.py TRAIN.jsonl -o reader/extraction/model.bin

The model is a linear-chain conditional random field (L-BFGS, L1 and L2 penalties), trained by
python-crfsuite, which is needed here only. Three models are trained, each without another fifth of
the articles, and averaged; the first is also tried on its fifth, to fit the confidences. The
result depends on the corpus alone.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from reader.extraction.chain import Chain
from reader.extraction.features import Vocabulary, features
from reader.extraction.finder import Finder, as_found
from reader.extraction.model import Model, pack
from tests.training.annotated import Article, chain_of, confirmed, labels_of, read

ITERATIONS = 70
L1, L2 = 0.5, 0.02
RAREST = 4
"""A feature seen less often is left out."""
LEAST = 0.006
"""A weight smaller than this is left out; a limit of 0.03 cost half a point of overlap F1."""
EVERY = 5
MEMBERS = 3
"""Models whose weights are averaged, each trained without another fifth of the corpus. Single ones
differ by a point of F1 from run to run; their mean is as good as the best of them."""

Example = tuple[Chain, list[str]]


@dataclass(slots=True)
class Learned:
    """The weights of one trained model."""

    labels: list[str]
    moves: set[tuple[str, str]]
    transitions: dict[tuple[str, str], float]
    weights: dict[tuple[str, str], float]


def examples(articles: Sequence[Article]) -> list[Example]:
    """The chains of the articles with their labels."""
    out = []
    for article in articles:
        chain = chain_of(article["text"])
        out.append((chain, labels_of(chain, article)))
    return out


def learn(given: Sequence[Example], vocabulary: Vocabulary, iterations: int) -> Learned:
    """The weights fitted to labelled chains."""
    import pycrfsuite  # type: ignore[import-untyped]

    trainer = pycrfsuite.Trainer("lbfgs", verbose=False)
    trainer.set_params(
        {"c1": L1, "c2": L2, "max_iterations": iterations, "feature.minfreq": RAREST}
    )
    moves: set[tuple[str, str]] = set()
    for chain, labels in given:
        trainer.append([list(map(str, keys)) for keys in features(chain, vocabulary)], labels)
        moves.update(pairwise(labels))
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
        names = sorted(tagger.labels())
        tagger.close()
    return Learned(names, moves, dict(info.transitions), dict(info.state_features))


def mean(members: Sequence[Learned]) -> Learned:
    """The model whose every weight is the mean of the members'."""
    labels = sorted({label for member in members for label in member.labels})
    moves = {move for member in members for move in member.moves}
    transitions: Counter[tuple[str, str]] = Counter()
    weights: Counter[tuple[str, str]] = Counter()
    for member in members:
        for move, value in member.transitions.items():
            transitions[move] += value / len(members)  # type: ignore[assignment]
        for pair, value in member.weights.items():
            weights[pair] += value / len(members)  # type: ignore[assignment]
    return Learned(labels, moves, dict(transitions), dict(weights))


def train(given: Sequence[Example], confidence: dict[str, float], iterations: int) -> bytes:
    """A packed single model fitted to labelled chains."""
    vocabulary = Vocabulary(growing=True)
    return packed(learn(given, vocabulary, iterations), vocabulary.names(), confidence)


def packed(learned: Learned, classes: list[str], confidence: dict[str, float]) -> bytes:
    """The model file; steps between labels that the corpus never takes are forbidden."""
    labels = learned.labels
    at = {label: i for i, label in enumerate(labels)}
    table: list[list[int | None]] = [[None] * len(labels) for _ in labels]
    for one, other in learned.moves:
        table[at[one]][at[other]] = round(100 * learned.transitions.get((one, other), 0.0))
    for row in table:
        if all(value is None for value in row):
            row[at["O"]] = -500
    rows: dict[int, list[int]] = {}
    for (name, label), weight in learned.weights.items():
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
    parser.add_argument("--members", type=int, default=MEMBERS, choices=range(1, EVERY + 1))
    options = parser.parse_args(arguments)
    began = time.monotonic()

    def say(text: str) -> None:
        print(f"{time.monotonic() - began:6.0f} s  {text}", file=sys.stderr, flush=True)

    articles = read(options.corpus)
    given = examples(articles)
    say(f"{len(articles)} articles")
    vocabulary = Vocabulary(growing=True)
    for chain, _ in given:  # numbers that do not depend on which fifth is left out
        features(chain, vocabulary)
    members: list[Learned] = []
    confidence: dict[str, float] = {}
    for fifth in range(options.members):
        rest = [one for i, one in enumerate(given) if i % EVERY != fifth]
        members.append(learn(rest, vocabulary, options.iterations))
        say(f"model {fifth + 1} of {options.members}")
        if not confidence:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "model.bin"
                path.write_bytes(packed(members[0], vocabulary.names(), {}))
                held_out = [a for i, a in enumerate(articles) if i % EVERY == fifth]
                confidence = calibrated(Finder(Model(path)), held_out)
            say(f"{len(confidence)} signs of confidence")
    model = packed(mean(members), vocabulary.names(), confidence)
    options.output.write_bytes(model)
    say(f"{options.output}: {len(model):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
