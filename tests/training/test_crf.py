"""The fit of the field: it learns what its chains show, and the same from the same seed."""

from __future__ import annotations

import numpy as np
import pytest

from tests.training.crf import Chains, Fitted, compiler, fit

A, B, NOISE = 64, 128, 192

pytestmark = pytest.mark.skipif(compiler() is None, reason="training needs a C compiler")


def _chains() -> Chains:
    """In each chain a B-label follows every item with feature A, whatever its own features are."""
    examples = []
    for n in range(40):
        items, labels = [], []
        for i in range(12):
            marked = (i * 7 + n) % 5 == 0
            items.append([1, A if marked else B, NOISE + 64 * ((i + n) % 3)])
            labels.append("BQ<" if i and (((i - 1) * 7 + n) % 5 == 0) else "O")
        examples.append((items, labels))
    return Chains(examples)


def _fitted(seed: int) -> Fitted:
    chains = _chains()
    return fit(chains, range(40), seed)


def test_steps_that_no_chain_takes_are_marked() -> None:
    chains, fitted = _chains(), _fitted(1)
    quoted, nothing = chains.labels.index("BQ<"), chains.labels.index("O")
    assert fitted.allowed[nothing, quoted]
    assert not fitted.allowed[quoted, quoted]


def test_the_same_seed_gives_the_same_weights_and_another_others() -> None:
    one, again, other = _fitted(1), _fitted(1), _fitted(2)
    assert np.array_equal(one.rows, again.rows)
    assert not np.array_equal(one.rows, other.rows)


def test_a_feature_that_tells_gets_weight_and_a_rare_one_none() -> None:
    examples = [([[1, A], [1, B], [1, NOISE]], ["BQ<", "O", "O"])] * 30
    chains = Chains([*examples, ([[1, A], [1, 256]], ["BQ<", "O"])])
    fitted = fit(chains, range(len(examples) + 1), 1)
    rows = dict(zip(chains.keys.tolist(), fitted.rows, strict=True))
    quoted, nothing = chains.labels.index("BQ<"), chains.labels.index("O")
    assert rows[A][quoted] > rows[A][nothing]
    assert not rows[256].any()
