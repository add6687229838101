"""Train the extraction model from an annotated corpus.

    python tests/training/train_engine.py TRAIN.jsonl -o reader/extraction/model.bin

The model is a linear-chain conditional random field (`crf.py`). Five are trained, each without
another tenth of the articles, and averaged; each is also tried on its tenth, to fit the confidences
to what it has not seen. Needs a C compiler, which reading texts does not.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from math import exp
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from reader.extraction.features import Vocabulary, features
from reader.extraction.finder import Finder, as_found
from reader.extraction.model import Model, pack
from tests.training.annotated import Article, chain_of, confirmed, labels_of, read
from tests.training.crf import Chains, Fitted, fit

LEAST = 0.02
"""A weight smaller than this is left out; a limit of 0.03 cost half a point of overlap F1."""
MEMBERS, LEFT_OUT = 5, 10
"""Models whose weights are averaged, each without another tenth of the corpus. Single ones
differ by a point of F1 from seed to seed; their mean is better than the best of them."""

Say = Callable[[str], None]
Case = tuple[list[str], float]


def mean(members: Sequence[Fitted]) -> Fitted:
    """The model whose every weight is the mean of the members'."""
    allowed = np.maximum.reduce([m.allowed for m in members])
    rows, moves = (
        np.mean(one, axis=0) for one in zip(*((m.rows, m.moves) for m in members), strict=True)
    )
    return Fitted(rows, moves, allowed)


def packed(
    fitted: Fitted, chains: Chains, classes: list[str], confidence: dict[str, float]
) -> bytes:
    """The model file; steps between labels that the corpus never takes are forbidden."""
    table: list[list[int | None]] = [
        [round(100 * float(weight)) if taken else None for weight, taken in zip(*both, strict=True)]
        for both in zip(fitted.moves, fitted.allowed, strict=True)
    ]
    for row in table:
        if all(value is None for value in row):
            row[chains.labels.index("O")] = -500
    whole = np.rint(100 * np.where(abs(fitted.rows) < LEAST, 0, fitted.rows)).astype(int)
    kept = np.nonzero(whole.any(axis=1))[0]
    rows = dict(zip(chains.keys[kept].tolist(), whole[kept].tolist(), strict=True))
    return pack(chains.labels, table, rows, classes, confidence)


def finder_of(model: bytes) -> Finder:
    """A finder with a model that is in no file yet."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.bin"
        path.write_bytes(model)
        return Finder(Model(path))


def cases(finder: Finder, held_out: Sequence[Article]) -> Iterator[Case]:
    """What is found in articles: its signs of confidence, and whether it is right."""
    for article in held_out:
        chain = chain_of(article["text"])
        for told in finder.told(chain):
            # The two halves of one finding share cue and speaker and are one for the corpus.
            found = as_found(chain, told, 0.0)
            yield told.signs, float(any(confirmed(article, one) for one in found))


def calibrated(given: Sequence[Case]) -> dict[str, float]:
    """Weights of the signs of confidence: logistic regression."""
    weights: dict[str, float] = {}
    rate, penalty = 0.5, 0.0005
    for turn in range(40):
        step = rate / (1 + turn / 6)
        for names, right in given:
            total = sum(weights.get(name, 0.0) for name in names)
            error = right - 1.0 / (1.0 + exp(-max(-20.0, min(20.0, total))))
            for name in names:
                old = weights.get(name, 0.0)
                weights[name] = old + step * (0.1 * error - penalty * 0.1 * old)
    return {name: round(weight, 3) for name, weight in sorted(weights.items())}


def trained(articles: Sequence[Article], say: Say = lambda text: None) -> bytes:
    """The model file fitted to annotated articles."""
    vocabulary = Vocabulary(growing=True)
    examples = []
    for article in articles:
        chain = chain_of(article["text"])
        examples.append((features(chain, vocabulary), labels_of(chain, article)))
    chains = Chains(examples)
    classes = vocabulary.names()
    say(f"{len(articles)} articles, {len(chains.keys):,} features")
    members: list[Fitted] = []
    found: list[Case] = []
    for tenth in range(MEMBERS):
        rest = [number for number in range(len(articles)) if number % LEFT_OUT != tenth]
        members.append(fit(chains, rest, seed=tenth + 1))
        finder = finder_of(packed(members[-1], chains, classes, {}))
        found += cases(finder, articles[tenth::LEFT_OUT])
        say(f"model {tenth + 1} of {MEMBERS}")
    confidence = calibrated(found)
    say(f"{len(confidence)} signs of confidence from {len(found):,} findings")
    return packed(mean(members), chains, classes, confidence)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, calibrate, write the model file; says what it does on stderr."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args(arguments)
    began = time.monotonic()

    def say(text: str) -> None:
        print(f"{time.monotonic() - began:6.0f} s  {text}", file=sys.stderr, flush=True)

    model = trained(read(options.corpus), say)
    options.output.write_bytes(model)
    say(f"{options.output}: {len(model):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
