"""numpy as the search uses it: the places of words as sorted arrays, sets of documents as flags.

Loading it takes some 60 ms, so whoever needs it imports this module when it is needed, which is for
phrases, distances and the best-first order, and not for opening the index or finding words. Its
library for linear algebra is not used, and told to start no threads.
"""

from __future__ import annotations

import os
from typing import Any, TypeAlias

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np

Numbers: TypeAlias = np.ndarray[Any, np.dtype[Any]]
"""Whole numbers, or flags."""

__all__ = ["EMPTY", "Numbers", "members_of", "np", "pieces", "set_of"]

EMPTY: Numbers = np.empty(0, np.uint32)


def members_of(members: int) -> Numbers:
    """The members of a set, lowest first."""
    size = members.bit_length()
    room = np.frombuffer(members.to_bytes((size + 7) >> 3, "little"), np.uint8)
    return np.flatnonzero(np.unpackbits(room, bitorder="little"))


def set_of(numbers: Numbers, size: int) -> int:
    """The set of some numbers below `size`, which may be there more than once."""
    flags = np.zeros(size, np.bool_)
    flags[numbers] = True
    return int.from_bytes(np.packbits(flags, bitorder="little").tobytes(), "little")


def pieces(begin: Numbers, end: Numbers) -> Numbers:
    """The numbers from each `begin` up to and without its `end`, one piece after the other."""
    many = end - begin
    before = np.cumsum(many) - many
    numbers: Numbers = np.repeat(begin - before, many) + np.arange(int(many.sum()))
    return numbers
