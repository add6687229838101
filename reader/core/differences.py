"""What one text has that another has not: paragraphs first, then the words of those that differ.

The quick way to compare long lists is to hold on to what stands once in both, in the same order
(the "patience diff" of Bram Cohen, 2008), and to look closely only at what lies between; so a text
of two million characters takes time in proportion, where comparing all with all would take hours.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from typing import Final, NamedTuple

_CLOSELY: Final = 40_000
"""Pairs of words or paragraphs up to which a stretch is compared closely: 20 ms."""

_LOOKS: Final = 40
"""How often an element may be looked at on the average before a stretch is given up."""

_RUN: Final = 8
"""Words in a run that stands for a place where single words do not."""

_PAIRED: Final = 400
"""Pairs of paragraphs that are weighed against each other."""

_ALIKE: Final = 0.4
"""The share of words in common from which one paragraph is another one, changed."""

_PARAGRAPHS: Final = re.compile(r"\n[^\S\n]*\n\s*")


class Kind(Enum):
    """Where a piece stands."""

    SAME = " "
    REMOVED = "-"
    ADDED = "+"


class Piece(NamedTuple):
    """A stretch of text of one kind."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Differences:
    """Two texts as one, with what is only in one of them."""

    paragraphs: tuple[tuple[Piece, ...], ...]
    """In order; what was removed stands before what was added in its place."""

    is_complete: bool = True
    """False where a stretch was too long and too different to be compared word by word."""

    @property
    def is_empty(self) -> bool:
        """Whether the texts are the same."""
        return all(piece.kind is Kind.SAME for part in self.paragraphs for piece in part)

    def counts(self) -> tuple[int, int]:
        """How many words were added, and how many removed."""
        words: Counter[Kind] = Counter()
        for part in self.paragraphs:
            for kind, text in part:
                words[kind] += len(text.split())
        return words[Kind.ADDED], words[Kind.REMOVED]


def differences(old: str, new: str) -> Differences:
    """What must be removed from `old` and added to it to have `new`; blanks do not count."""
    return _Comparison().run(old, new)


class _Comparison:
    def __init__(self) -> None:
        self._is_complete = True

    def run(self, old: str, new: str) -> Differences:
        mine, its = (
            [part.strip() for part in _PARAGRAPHS.split(text) if part.strip()]
            for text in (old, new)
        )
        keys = [[" ".join(part.split()) for part in parts] for parts in (mine, its)]
        paragraphs: list[tuple[Piece, ...]] = []
        for (a, b), (c, d), same in self._aligned(keys[0], keys[1]):
            if same:
                paragraphs += [(Piece(Kind.SAME, part),) for part in its[c:d]]
            else:
                paragraphs += self._changed(mine[a:b], its[c:d])
        return Differences(tuple(paragraphs), self._is_complete)

    def _changed(self, old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
        """Paragraphs that differ: those that are one another are compared word by word."""
        a = c = 0
        for b, d in [*_pairs(old, new), (len(old), len(new))]:
            for part in old[a:b]:
                yield (Piece(Kind.REMOVED, part),)
            for part in new[c:d]:
                yield (Piece(Kind.ADDED, part),)
            if b < len(old) and d < len(new):
                yield self._words(old[b], new[d])
            a, c = b + 1, d + 1

    def _words(self, old: str, new: str) -> tuple[Piece, ...]:
        mine, its = old.split(), new.split()
        runs: list[tuple[Kind, list[str]]] = []
        for (a, b), (c, d), same in self._aligned(mine, its):
            if same:
                runs.append((Kind.SAME, its[c:d]))
            else:
                runs += [(Kind.REMOVED, mine[a:b]), (Kind.ADDED, its[c:d])]
        pieces = [Piece(kind, " ".join(words) + " ") for kind, words in runs if words]
        return (*pieces[:-1], pieces[-1]._replace(text=pieces[-1].text[:-1]))

    def _aligned(
        self, old: Sequence[str], new: Sequence[str]
    ) -> Iterator[tuple[tuple[int, int], tuple[int, int], bool]]:
        """The stretches of both, in order, and whether they are the same."""
        looks = _LOOKS * (len(old) + len(new)) + _CLOSELY
        # A stack of stretches still to be compared, the first on top; None for a match that is
        # handed on as it is.
        todo: list[tuple[int, int, int, int, bool]] = [(0, len(old), 0, len(new), False)]
        while todo:
            a, b, c, d, same = todo.pop()
            if same or a == b or c == d:
                if a < b or c < d:
                    yield (a, b), (c, d), same
                continue
            looks -= b - a + d - c
            head = _common(old, new, a, b, c, d)
            if head:
                todo.append((a + head, b, c + head, d, False))
                yield (a, a + head), (c, c + head), True
                continue
            tail = _common_end(old, new, a, b, c, d)
            if tail:
                todo.append((b - tail, b, d - tail, d, True))
                b, d = b - tail, d - tail
                if a == b or c == d:
                    todo.append((a, b, c, d, False))
                    continue
            if (b - a) * (d - c) <= _CLOSELY:
                matcher = SequenceMatcher(None, old[a:b], new[c:d], autojunk=False)
                for name, i, j, k, m in matcher.get_opcodes():
                    yield (a + i, a + j), (c + k, c + m), name == "equal"
                continue
            anchors = _anchors(old[a:b], new[c:d]) if looks > 0 else []
            if not anchors and looks > 0:
                # Of a long text without paragraphs no word stands there but once; runs of words do.
                looks -= _RUN * (b - a + d - c)
                anchors = _anchors(_runs(old[a:b]), _runs(new[c:d]))
            if not anchors:
                self._is_complete = False
                yield (a, b), (c, d), False
                continue
            between = []
            base, other = a, c
            for i, k in anchors:
                i, k = base + i, other + k
                between += [(a, i, c, k, False), (i, i + 1, k, k + 1, True)]
                a, c = i + 1, k + 1
            todo += reversed([*between, (a, b, c, d, False)])


def _common(old: Sequence[str], new: Sequence[str], a: int, b: int, c: int, d: int) -> int:
    """How many elements two stretches have in common at their beginning."""
    most = min(b - a, d - c)
    return next((n for n in range(most) if old[a + n] != new[c + n]), most)


def _common_end(old: Sequence[str], new: Sequence[str], a: int, b: int, c: int, d: int) -> int:
    """How many elements two stretches have in common at their end."""
    most = min(b - a, d - c)
    return next((n for n in range(most) if old[b - 1 - n] != new[d - 1 - n]), most)


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    return list(zip(*(words[n:] for n in range(_RUN)), strict=False))


def _anchors(old: Sequence[object], new: Sequence[object]) -> list[tuple[int, int]]:
    """Where elements stand that stand once in both, as many as come in the same order."""
    mine, its = Counter(old), Counter(new)
    places = {element: k for k, element in enumerate(new) if its[element] == 1}
    pairs = [
        (i, places[element])
        for i, element in enumerate(old)
        if mine[element] == 1 and element in places
    ]
    # The longest rising sequence of the second numbers, by patience sorting.
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for at, (_, k) in enumerate(pairs):
        pile = bisect_left(tops, k)
        before.append(piles[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [k]
        piles[pile : pile + 1] = [at]
    chain: list[tuple[int, int]] = []
    at = piles[-1] if piles else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Which paragraphs are which, changed; in order."""
    if not old or not new:
        return []
    if len(old) * len(new) > _PAIRED:
        # So many in a row are mostly a text that was rewritten: one after the other.
        return [(n, n) for n in range(min(len(old), len(new)))]
    mine, its = ([Counter(part.split()) for part in parts] for parts in (old, new))
    # best[i][k]: the most that pairing old[i:] with new[k:] gives.
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    alike = [[_share(one, other) for other in its] for one in mine]
    for i in reversed(range(len(old))):
        for k in reversed(range(len(new))):
            paired = alike[i][k] + best[i + 1][k + 1] if alike[i][k] >= _ALIKE else 0.0
            best[i][k] = max(paired, best[i + 1][k], best[i][k + 1])
    pairs, i, k = [], 0, 0
    while i < len(old) and k < len(new):
        if best[i][k] == best[i + 1][k]:
            i += 1
        elif best[i][k] == best[i][k + 1]:
            k += 1
        else:
            pairs.append((i, k))
            i, k = i + 1, k + 1
    return pairs


def _share(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0
