"""What the model sees of each item of a chain, as whole numbers. Training and reading share this.

A feature is a template with up to four parts (classes of words, distances): the template's number
in the lowest six bits, then twelve bits a part. The templates are the tables below, and nothing
else says what they are: `features` makes the numbers for training, `emission` adds up the weights.
The classes are numbered by `Vocabulary`, which is kept in the model.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import repeat

from reader.extraction.arrays import Column, np
from reader.extraction.chain import RUN, WORD, Chain
from reader.extraction.surroundings import surroundings

SHIFTS = (6, 18, 30, 42)
"""Where the parts begin."""
MOST_CLASSES = 4095
EDGE = 4
"""Items before the first and after the last that count as classes 0."""
ALWAYS = 1
"""The number of the feature that every item has."""
NEIGHBOURS: Mapping[int, str] = {
    2: "f0", 3: "f-1", 4: "f+1", 5: "f-2", 6: "f+2", 7: "f-3", 8: "f+3",
    9: "c-1 c0", 10: "c0 c+1", 11: "c-2 c-1 c0", 12: "c0 c+1 c+2", 13: "c-1 c0 c+1",
    14: "c-3 c-2 c-1 c0", 15: "c0 c+1 c+2 c+3", 16: "f-1 f0", 17: "f0 f+1", 18: "c-4 c-3",
    19: "c+3 c+4", 20: "f-1 c0 c+1", 21: "c-2 f-1 c0", 22: "c0 f+1 c+2",
}  # fmt: skip
"""Fine (f) and coarse (c) classes of a word or run and its neighbours, and how far those are."""
SENTENCE: Mapping[int, str] = {
    23: "at previous opening", 24: "c0 verb", 25: "c0 v_gap", 26: "verb v_gap", 27: "c0 n_verb",
    28: "c0 n_gap", 29: "verb n_verb", 30: "mark c0 n_stop", 31: "mark m_gap", 32: "nothing sides",
    33: "c0 sides", 34: "c0 paren", 35: "c0 headline", 36: "mark verb n_verb", 37: "first sides",
    38: "c0 verb mark", 48: "c0 clause", 49: "verb c0 clause", 50: "c0 c+1 near",
    51: "mark c0 n_stop near", 52: "c0 c+1 clause near",
}  # fmt: skip
"""What the sentence says to a word or run of it: columns of `surroundings`; one part is empty."""
RUNS: Mapping[int, str] = {
    39: "f0", 40: "f0 c-1", 41: "f0 c+1", 42: "c0 previous opening at",
    43: "c0 previous opening ends", 44: "c0 verb n_verb", 45: "c0 runs",
}  # fmt: skip
"""Of runs alone."""
BORDERS: Mapping[int, str] = {46: "c0", 47: "c-1 c0 c+1"}
"""Of what is no word or run: all it has but for the one that every item has."""
ALL = slice(None)
Features = list[int]


class Vocabulary:
    """Class names -> numbers from 1 on; 0 is for what was not there in training."""

    __slots__ = ("_growing", "_numbers")

    def __init__(self, names: Iterable[str] = (), *, growing: bool = False) -> None:
        self._numbers = {name: number for number, name in enumerate(names, start=1)}
        self._growing = growing

    def names(self) -> list[str]:
        """In the order of their numbers."""
        return list(self._numbers)

    def numbers(self, names: list[str]) -> list[int]:
        """The number of each name; a growing vocabulary learns new ones while there is room."""
        if self._growing:
            for name in names:
                if len(self._numbers) < MOST_CLASSES:
                    self._numbers.setdefault(name, len(self._numbers) + 1)
        return list(map(self._numbers.get, names, repeat(0)))


def features(chain: Chain, vocabulary: Vocabulary) -> list[Features]:
    """For every item its features; an item that is no word or run has few."""
    if not len(chain):
        return []
    columns = Columns(chain, vocabulary)

    def rows(templates: Mapping[int, str]) -> list[Features]:
        keys = [columns.keys(number, parts) for number, parts in templates.items()]
        out: list[Features] = np.stack(keys, axis=1).tolist()
        return out

    out = [[ALWAYS, *row] for row in rows({**NEIGHBOURS, **SENTENCE})]
    of_runs, of_borders = rows(RUNS), rows(BORDERS)
    for i, sort in enumerate(chain.sort):
        if sort == RUN:
            out[i] += of_runs[i]
        elif sort != WORD:
            out[i] = [ALWAYS, *of_borders[i]]
    return out


class Columns:
    """The columns of a chain, not empty, by the names that the templates use."""

    def __init__(self, chain: Chain, vocabulary: Vocabulary) -> None:
        self._size = len(chain)
        fine, coarse = (
            np.array(vocabulary.numbers(names), np.int64) for names in (chain.fine, chain.coarse)
        )
        self._padded = {"f": np.pad(fine, EDGE), "c": np.pad(coarse, EDGE)}
        self._seen = surroundings(chain, fine, coarse)

    def __getitem__(self, name: str) -> Column:
        if name[-1].isdigit():  # "c-1": the class of the item before
            start = EDGE + int(name[1:])
            return self._padded[name[0]][start : start + self._size]
        return self._seen[name]

    def keys(self, number: int, parts: str, items: slice | Column = ALL) -> Column:
        """The features that a template makes of some items, or of all."""
        out: Column = np.array(number)
        for shift, part in zip(SHIFTS, parts.split(), strict=False):
            if part != "nothing":
                out = out + (self[part][items] << shift)
        return out
