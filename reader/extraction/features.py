"""What the model sees of each item of a chain, as whole numbers. Training and reading share this.

A feature is a template with up to four parts (classes of words, distances): the template's number
in the lowest six bits, then twelve bits a part. Numbers cost a third of what strings cost to make
and to look up. The classes are numbered by `Vocabulary`, which is kept in the model.
"""

from __future__ import annotations

from collections.abc import Iterable

from reader.extraction.chain import RUN, WORD, Chain

P1, P2, P3, P4 = 6, 18, 30, 42
"""Where the parts begin."""
MOST_CLASSES = 4095
_STOPS = frozenset((",", ".", ":", ";", "DASH", "?", "THAT", "WHO", "WH", "CS", "CC"))
_CUES = frozenset(("TOLD", "ACCORDING", "MSG"))
_BUCKETS = (0, 1, 2, 3, 4, 4, 4, 5, 5, 5, 5, 5, 5)
_FAR = 7
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
        get = self._numbers.get
        return [get(name, 0) for name in names]


def _bucket(n: int) -> int:
    return _BUCKETS[n] if n < 13 else 6


def features(chain: Chain, vocabulary: Vocabulary) -> list[Features]:
    """For every item its features; an item that is no word or run has few."""
    fine = vocabulary.numbers(chain.fine)
    coarse = vocabulary.numbers(chain.coarse)
    edge = [0, 0, 0, 0]
    f = [*edge, *fine, *edge]
    c = [*edge, *coarse, *edge]
    f_1, f_2 = [x << P1 for x in f], [x << P2 for x in f]
    c_1, c_2 = [x << P1 for x in c], [x << P2 for x in c]
    c_3, c_4 = [x << P3 for x in c], [x << P4 for x in c]
    out: list[Features] = []
    columns = zip(
        f_1[1:], f_1[2:], f_1[3:], f_1[4:], f_1[5:], f_1[6:], f_1[7:],
        f_2[3:], f_2[4:], f_2[5:],
        c_1, c_1[1:], c_1[2:], c_1[3:], c_1[4:], c_1[7:],
        c_2[1:], c_2[2:], c_2[3:], c_2[4:], c_2[5:], c_2[8:],
        c_3[3:], c_3[4:], c_3[5:], c_3[6:], c_4[4:], c_4[7:],
        strict=False,
    )  # fmt: skip
    # Names say what and where: f fine, c coarse; m before, p after; the part it fills.
    for (
        fm3, fm2, fm1, f0, fp1, fp2, fp3,
        fm1_2, f0_2, fp1_2,
        cm4, cm3, cm2, cm1, c0, cp3,
        cm3_2, cm2_2, cm1_2, c0_2, cp1_2, cp4_2,
        cm1_3, c0_3, cp1_3, cp2_3, c0_4, cp3_4,
    ) in columns:  # fmt: skip
        out.append([
            1, 2 + f0, 3 + fm1, 4 + fp1, 5 + fm2, 6 + fp2, 7 + fm3, 8 + fp3,
            9 + cm1 + c0_2, 10 + c0 + cp1_2, 11 + cm2 + cm1_2 + c0_3, 12 + c0 + cp1_2 + cp2_3,
            13 + cm1 + c0_2 + cp1_3, 14 + cm3 + cm2_2 + cm1_3 + c0_4,
            15 + c0 + cp1_2 + cp2_3 + cp3_4,
            16 + fm1 + f0_2, 17 + f0 + fp1_2, 18 + cm4 + cm3_2, 19 + cp3 + cp4_2,
            20 + fm1 + c0_2 + cp1_3, 21 + cm2 + fm1_2 + c0_3, 22 + c0 + fp1_2 + cp2_3,
        ])  # fmt: skip
    for begin, end in chain.sentences:
        _context(chain, fine, coarse, begin, end, out)
    for i, sort in enumerate(chain.sort):
        if sort not in (WORD, RUN):
            out[i] = [1, 46 + (coarse[i] << P1), 47 + (out[i][12] - 13)]
    return out


def _context(
    chain: Chain,
    fine: list[int],
    coarse: list[int],
    begin: int,
    end: int,
    out: list[Features],
) -> None:
    """What the rest of the sentence and its neighbours say to each item of it."""
    names, sort = chain.coarse, chain.sort
    before = begin - 1
    opening = before < 0 or names[before] == "¶"
    previous = (coarse[before - 1] if before > 0 else 0) if opening else coarse[before]
    headline = int(chain.first[begin] < chain.tokens.paragraphs[0][1]) << P2
    after = coarse[end] if end < len(sort) else 0
    place = (previous << P2) + (int(opening) << P3)
    first_1 = coarse[begin] << P1
    is_cue = [name[:2] == "Vs" or name in _CUES for name in names[begin:end]]
    right: list[tuple[int, int, int, int]] = []
    n_verb, n_at, n_run, n_stop = 0, end, end + 90, 0
    for i in range(end - 1, begin - 1, -1):
        right.append((n_verb, n_at, n_run, n_stop))
        name = names[i]
        if is_cue[i - begin]:
            n_verb, n_at = (coarse[i] if name == "MSG" else fine[i]), i
        if sort[i] == RUN:
            n_run = i
        if name in _STOPS:
            n_stop = coarse[i]
    right.reverse()
    verb, verb_at, mark, mark_at, paren, run_at, runs = 0, -1, 0, begin - 1, 0, -99, 0
    for i in range(begin, end):
        c1 = coarse[i] << P1
        n_verb, n_at, n_run, n_stop = right[i - begin]
        v_gap = _bucket(i - verb_at) if verb_at >= 0 else _FAR
        n_gap = _bucket(n_at - i) if n_at < end else _FAR
        left = _bucket(i - run_at) if run_at >= begin else _FAR
        sides_2 = (left * 8 + (_bucket(n_run - i) if n_run < end else _FAR)) << P2
        verb_1, verb_2, n_verb_2, mark_1 = verb << P1, verb << P2, n_verb << P2, mark << P1
        at = _bucket(i - begin)
        out[i] += (
            23 + (at << P1) + place, 24 + c1 + verb_2, 25 + c1 + (v_gap << P2),
            26 + verb_1 + (v_gap << P2), 27 + c1 + n_verb_2, 28 + c1 + (n_gap << P2),
            29 + verb_1 + n_verb_2, 30 + mark_1 + (coarse[i] << P2) + (n_stop << P3),
            31 + mark_1 + (_bucket(i - mark_at) << P2), 32 + sides_2, 33 + c1 + sides_2,
            34 + c1 + (paren << P2), 35 + c1 + headline, 36 + mark_1 + verb_2 + (n_verb << P3),
            37 + first_1 + sides_2, 38 + c1 + verb_2 + (mark << P3),
        )  # fmt: skip
        if sort[i] == RUN:
            run_1 = fine[i] << P1
            out[i] += (
                39 + run_1, 40 + run_1 + ((coarse[i - 1] if i else 0) << P2),
                41 + run_1 + ((coarse[i + 1] if i + 1 < len(sort) else 0) << P2),
                42 + c1 + place + (at << P4),
                43 + c1 + place + ((2 * after + (end - begin == 1)) << P4),
                44 + c1 + verb_2 + (n_verb << P3), 45 + c1 + (runs << P2),
            )  # fmt: skip
            run_at = i
            runs = min(runs + 1, 3)
        name = names[i]
        if is_cue[i - begin]:
            verb, verb_at = (coarse[i] if name == "MSG" else fine[i]), i
        if name in _STOPS:
            mark, mark_at = coarse[i], i
        if name == "(":
            paren = 1
        elif name == ")":
            paren = 0
