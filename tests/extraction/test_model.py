"""The model file and the search for the best labels."""

from __future__ import annotations

from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.extraction.arrays import np
from reader.extraction.engine import MODEL
from reader.extraction.model import Model


@pytest.fixture(scope="module")
def model() -> Model:
    return Model(MODEL)


def test_the_shipped_model_is_small() -> None:
    assert MODEL.stat().st_size < 1_000_000


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(b"something else")
    with pytest.raises(ValueError, match=r"model\.bin"):
        Model(path)


SHIPPED = Model(MODEL)
ROW = st.lists(st.integers(0, 120), min_size=len(SHIPPED.labels), max_size=len(SHIPPED.labels))


@settings(max_examples=25, deadline=None)
@given(rows=st.lists(ROW, min_size=1, max_size=3))
def test_the_labels_found_are_the_best_of_all(rows: list[list[int]]) -> None:
    model = SHIPPED
    steps = [dict(row) for row in model.successors]

    def total(path: tuple[int, ...]) -> int | None:
        if path[0] not in model.starts:
            return None
        score = rows[0][path[0]]
        for k, (one, other) in enumerate(pairwise(path), start=1):
            if other not in steps[one]:
                return None
            score += steps[one][other] + rows[k][other]
        return score

    scores = [total(path) for path in product(range(len(model.labels)), repeat=len(rows))]
    best = max(score for score in scores if score is not None)
    assert total(tuple(model.best(np.array(rows)))) == best


def test_no_label_sequence_is_found_for_nothing(model: Model) -> None:
    assert model.best(np.zeros((0, len(model.labels)))) == []
