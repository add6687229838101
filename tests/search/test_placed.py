"""Distances over many documents at once agree with distances in one document after the other."""

from __future__ import annotations

import random
from array import array
from collections.abc import Sequence
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from reader.search import bits
from reader.search.arrays import Numbers, np
from reader.search.hits import WordIndex
from reader.search.placed import Stretch
from reader.search.places import places
from reader.search.postings import Postings
from reader.search.query import AnyOf, How, Near, Phrase, Positional, Within, Word
from reader.search.segment import Places

DOCUMENTS = 3
NAMES = "aabc"


class Listed:
    """The places of one word, as `Postings` gives them."""

    def __init__(self, keys: Sequence[int]) -> None:
        self._keys = array("I", sorted(keys))
        self.found = len({key >> 16 for key in keys})
        self.bits = bits.from_numbers({key >> 16 for key in keys}, DOCUMENTS)

    def keys_among(self, mask: int) -> Numbers:
        return np.array(self._keys, np.uint32)

    def before(self, places: Numbers) -> Numbers:
        return np.searchsorted(self.keys_among(-1), places, "right")


def part(chance: random.Random) -> Positional:
    """A word, and now and then something longer."""
    word = [Word(name, How.EXACT) for name in chance.choices(NAMES, k=3)]
    some: list[Positional] = [
        word[0],
        word[1],
        word[2],
        Phrase((word[0], word[1])),
        AnyOf((word[0], Phrase((word[1], word[2])))),
    ]
    return chance.choice(some)


def pair(chance: random.Random, left: Positional | None = None) -> Positional:
    """Two parts near each other or in one sentence."""
    first, second = left or part(chance), part(chance)
    if chance.random() < 0.4:
        return Within(first, second, "sentence")
    return Near(first, second, chance.randint(1, 4), chance.random() < 0.5)


def test_a_stretch_finds_what_each_document_has() -> None:
    chance = random.Random(11)
    for _ in range(3000):
        node = chance.choice((pair, pair, part))(chance)
        if isinstance(node, Near) and chance.random() < 0.2:
            node = pair(chance, node)
        texts = [chance.choices("aabc----", k=chance.randint(0, 9)) for _ in range(DOCUMENTS)]
        begins = sorted(set(chance.choices(range(1, 9), k=chance.randint(0, 3))))
        mask = chance.randrange(1 << DOCUMENTS)
        agree(node, texts, begins, mask)


def agree(node: Positional, texts: list[list[str]], begins: list[int], mask: int) -> None:
    def listed(word: Word) -> list[Places]:
        keys = [
            d << 16 | at
            for d, text in enumerate(texts)
            for at, w in enumerate(text)
            if w == word.word
        ]
        return [cast(Postings, Listed(keys))] if keys else []

    starts = cast(Postings, Listed([d << 16 | at for d in range(DOCUMENTS) for at in begins]))
    found = Stretch(mask, DOCUMENTS, listed, lambda _: [starts]).documents_with(node)
    for number, text in enumerate(texts):
        where = WordIndex(text).where
        stands = bool(places(node, where, lambda _: [0, *begins])) and mask >> number & 1 == 1
        assert (found >> number & 1 == 1) is stands, (node, text, begins)


@given(st.sets(st.integers(0, 300)), st.integers(1, 40))
def test_sets_of_bits_are_sets(numbers: set[int], some: int) -> None:
    made = bits.from_numbers(numbers, 301)
    assert list(bits.ascending(made)) == sorted(numbers)
    assert list(bits.descending(made)) == sorted(numbers, reverse=True)
    assert list(bits.ascending(bits.highest(made, some))) == sorted(numbers)[-some:]
    assert list(bits.ascending(bits.lowest(made, some))) == sorted(numbers)[:some]
    assert bits.from_flags(bytes(number in numbers for number in range(301))) == made
