"""The linear-chain model: its file, and finding the best labels of a chain. Standard library only.

A conditional random field over the items of a chain. Weights are whole numbers (the trained ones
times a scale), so that adding them up is exact and the same on every machine. The file holds no
word of any text but those of the lists in `lexicon_*.py`.
"""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Sequence
from pathlib import Path

MAGIC = b"onrecord-crf-1\n"
BEAM = 900
"""States this far below the best (in scaled units; 100 is one nat) are dropped while decoding."""
_NEVER = -(10**9)


class Model:
    """Labels, transitions and feature weights, read once and shared."""

    __slots__ = ("_cache", "_index", "_rows", "_width", "extra", "labels", "starts", "successors")

    def __init__(self, path: Path) -> None:
        """Read a model file. Raises OSError if it cannot be read, ValueError if it is no model."""
        raw = path.read_bytes()
        if not raw.startswith(MAGIC):
            raise ValueError(f"{path} is not a model of this program")
        body = zlib.decompress(raw[len(MAGIC) :])
        size = int.from_bytes(body[:4], "little")
        head = json.loads(body[4 : 4 + size])
        self.labels: list[str] = head["labels"]
        self.extra: dict[str, list[float]] = head["extra"]
        self._width = width = len(self.labels)
        at = 4 + size
        names = body[at : at + head["names"]].decode().split("\n")
        at += head["names"]
        rows = array("h")
        rows.frombytes(body[at:])
        self._rows = rows
        self._index = dict(zip(names, range(0, len(names) * width, width), strict=True))
        self._cache: dict[str, list[int] | None] = {}
        moves: list[list[int | None]] = head["transitions"]
        self.starts = [i for i, label in enumerate(self.labels) if label[0] in "OBUM"]
        self.successors = [
            [(j, weight) for j, weight in enumerate(row) if weight is not None] for row in moves
        ]

    def _row(self, name: str) -> list[int] | None:
        at = self._index.get(name)
        row = None if at is None else self._rows[at : at + self._width].tolist()
        self._cache[name] = row
        return row

    def emissions(self, features: Sequence[Sequence[str]]) -> list[list[int]]:
        """For every item the score of every label, from its features alone."""
        cache = self._cache
        if len(cache) > 60_000:
            cache.clear()
        zero = [0] * self._width
        out = []
        for names in features:
            rows = []
            for name in names:
                if name in cache:
                    row = cache[name]
                else:
                    row = self._row(name)
                if row is not None:
                    rows.append(row)
            out.append(list(map(sum, zip(*rows, strict=False))) if rows else zero)
        return out

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
    extra: dict[str, list[float]],
) -> bytes:
    """A model file: what `Model` reads. Rows hold one whole number (16 bit) a label."""
    names = sorted(rows)
    blob = "\n".join(names).encode()
    head = json.dumps(
        {"labels": labels, "transitions": transitions, "extra": extra, "names": len(blob)}
    ).encode()
    numbers = array("h")
    for name in names:
        numbers.extend(max(-32768, min(32767, value)) for value in rows[name])
    body = len(head).to_bytes(4, "little") + head + blob + numbers.tobytes()
    return MAGIC + zlib.compress(body, 9)
