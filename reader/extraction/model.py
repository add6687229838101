"""The linear-chain model: its file, and finding the best labels of a chain. Standard library only.

A conditional random field over the items of a chain. Weights are whole numbers (the trained ones
times a scale), so that adding them up is exact and the same on every machine. The file holds no
word of any text but those of the lists in `lexicon_*.py`.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from itertools import repeat
from pathlib import Path
from struct import Struct

MAGIC = b"onrecord-crf-3\n"
BEAM = 900
"""States this far below the best (in scaled units; 100 is one nat) are dropped while decoding."""
MOST_FEATURES = 70
LARGEST = 65_535 // MOST_FEATURES
"""The largest stored weight: so many of them still fit 16 bits."""
_NEVER = -(10**9)


class Model:
    """Labels, transitions and feature weights, read once and shared.

    A feature's weights for all labels are one whole number of 16 bits a label, so that one addition
    adds up all labels at once (five times as fast as a list each). A row is stored less its
    smallest weight: that is the same for all labels of an item and changes no comparison.
    """

    __slots__ = ("_rows", "_unpack", "confidence", "labels", "starts", "successors")

    def __init__(self, path: Path) -> None:
        """Read a model file. Raises OSError if it cannot be read, ValueError if it is no model."""
        raw = path.read_bytes()
        if not raw.startswith(MAGIC):
            raise ValueError(f"{path} is not a model of this program")
        body = zlib.decompress(raw[len(MAGIC) :])
        size = int.from_bytes(body[:4], "little")
        head = json.loads(body[4 : 4 + size])
        self.labels: list[str] = head["labels"]
        self.confidence: dict[str, float] = head["confidence"]
        width = 2 * len(self.labels)
        at = 4 + size
        names = body[at : at + head["names"]].decode().split("\n")
        at += head["names"]
        whole = int.from_bytes
        self._rows = {
            name: whole(body[k : k + width], "little")
            for name, k in zip(names, range(at, len(body), width), strict=True)
        }
        self._unpack = Struct(f"<{len(self.labels)}H")
        moves: list[list[int | None]] = head["transitions"]
        self.starts = [i for i, label in enumerate(self.labels) if label[0] in "OBUM"]
        self.successors = [
            [(j, weight) for j, weight in enumerate(row) if weight is not None] for row in moves
        ]

    def emissions(self, features: Sequence[Sequence[str]]) -> list[tuple[int, ...]]:
        """For every item the score of every label, from its features alone, plus a constant.

        At most `MOST_FEATURES` features an item, or the sums could overflow.
        """
        weights, unknown = self._rows.get, repeat(0)
        size, unpack = self._unpack.size, self._unpack.unpack
        return [
            unpack(sum(map(weights, names, unknown)).to_bytes(size, "little")) for names in features
        ]

    def best(self, emissions: Sequence[Sequence[int]]) -> list[int]:
        """The numbers of the labels of the likeliest labelling (Viterbi with a beam)."""
        if not emissions:
            return []
        first = emissions[0]
        scores = {j: first[j] for j in self.starts}
        back: list[dict[int, int]] = []
        successors = self.successors
        for row in emissions[1:]:
            floor = max(scores.values()) - BEAM
            reached: dict[int, int] = {}
            origin: dict[int, int] = {}
            for i, score in scores.items():
                if score < floor:
                    continue
                for j, weight in successors[i]:
                    total = score + weight
                    if total > reached.get(j, _NEVER):
                        reached[j] = total
                        origin[j] = i
            scores = {j: score + row[j] for j, score in reached.items()}
            back.append(origin)
        state = max(scores, key=scores.__getitem__)
        path = [state]
        for origin in reversed(back):
            state = origin[state]
            path.append(state)
        path.reverse()
        return path


def pack(
    labels: list[str],
    transitions: list[list[int | None]],
    rows: dict[str, list[int]],
    confidence: dict[str, float],
) -> bytes:
    """A model file: what `Model` reads. Rows hold one whole number a label."""
    names = sorted(rows)
    blob = "\n".join(names).encode()
    head = json.dumps(
        {"labels": labels, "transitions": transitions, "confidence": confidence, "names": len(blob)}
    ).encode()
    row = Struct(f"<{len(labels)}H")
    numbers = bytearray()
    for name in names:
        least = min(rows[name])
        numbers += row.pack(*(min(LARGEST, weight - least) for weight in rows[name]))
    body = len(head).to_bytes(4, "little") + head + blob + bytes(numbers)
    return MAGIC + zlib.compress(body, 9)
