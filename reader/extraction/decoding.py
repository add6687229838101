"""The likeliest labels of a chain, given the scores of each item: Viterbi with a beam.

The loop is written out as Python for the labels and transitions of one model, a local variable for
each score, and compiled once (2 ms): loops over lists of transitions take 1.7 times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

BEAM = 700
"""States this far below the best (in scaled units; 100 is one nat) are dropped while decoding."""
NEVER = -(10**9)
"""The score of what cannot be."""

Decoder = Callable[[Iterable[Sequence[int]]], list[int]]


def decoder(starts: Sequence[int], successors: Sequence[Sequence[tuple[int, int]]]) -> Decoder:
    """A function from the scores of all labels, item by item, to the numbers of the best labels.

    `starts`: the labels a chain may begin with; `successors`: for each label, those that may
    follow it with the weights of these steps. Of several best labellings, the one whose labels
    have the lowest numbers, from the end on. Linear in the items.
    """
    names: dict[str, Callable[..., object]] = {}
    exec(_program(set(starts), successors), names)
    walk = names["walk"]

    def decode(rows: Iterable[Sequence[int]]) -> list[int]:
        following = iter(rows)
        first = next(following, None)
        if first is None:
            return []
        back: list[tuple[int, ...]] = []
        scores: list[int] = walk(first, following, back)  # type: ignore[assignment]
        state = scores.index(max(scores))
        path = [state]
        for origin in reversed(back):
            state = origin[state]
            path.append(state)
        path.reverse()
        return path

    return decode


def _program(starts: set[int], successors: Sequence[Sequence[tuple[int, int]]]) -> str:
    """The source of `walk(first, rows, back)`: the scores after the last row.

    Each step's origins go to `back`. s: scores so far, e: those of the item, r: those reached, o:
    where from.
    """
    labels = range(len(successors))

    def all_of(letter: str) -> str:
        return ",".join(f"{letter}{j}" for j in labels)

    lines = [
        "def walk(first, rows, back):",
        f" {all_of('s')}, = first",
        *(f" s{j} = {NEVER}" for j in labels if j not in starts),
        # What is not reached keeps the origin of an item before: nothing goes on from there.
        " " + " = ".join(f"o{j}" for j in labels) + " = 0",
        f" for {all_of('e')}, in rows:",
        f"  floor = max(({all_of('s')},)) - {BEAM}",
        "  " + " = ".join(f"r{j}" for j in labels) + f" = {NEVER}",
    ]
    reached: set[int] = set()
    for i, following in enumerate(successors):
        lines += [f"  if s{i} >= floor:", "   pass"]
        for j, weight in following:
            if j in reached:
                lines += [f"   t = s{i} + {weight}", f"   if t > r{j}: r{j} = t; o{j} = {i}"]
            else:
                lines.append(f"   r{j} = s{i} + {weight}; o{j} = {i}")
            reached.add(j)
    lines += [f"  s{j} = r{j} + e{j}" for j in labels]
    lines += [f"  back.append(({all_of('o')},))", f" return [{all_of('s')}]"]
    return "\n".join(lines)
