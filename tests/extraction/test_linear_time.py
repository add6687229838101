"""Hostile lengths: four times the text takes about four times the time, whatever it is made of."""

from __future__ import annotations

import time

import pytest

from reader.extraction.engine import default_engine

SHAPES = {
    "straight marks": '"',
    "opening marks": "“a ",
    "apostrophes": "'a ",
    "plural possessives": "'as' b ",
    "commas": ",",
    "capitals": "Ann ",
    "no blank at all": "a",
    "blanks": " ",
    "blank lines": " \n",
    "verbs of saying": "said ",
    "short quotations": '"a b," X said. ',
    "paragraphs never closed": '"a b c d e\n\n',
    "turns": "A: b\n",
    "dashes": "— A ",
    "brackets": "(",
}


def seconds(text: str) -> float:
    began = time.process_time()
    default_engine().extract(text)
    return time.process_time() - began


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_length_and_no_faster(shape: str) -> None:
    unit = SHAPES[shape]
    small, large = (unit * (size // len(unit)) for size in (5_000, 40_000))
    default_engine().extract(unit)
    # Eight times the text; a quadratic step would take 64 times as long. The floor hides jitter.
    assert seconds(large) < 24 * max(seconds(small), 0.01)
