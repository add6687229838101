"""The linear-chain model: its file, and finding the best labels of a chain. Standard library only.

A conditional random field over the items of a chain. Weights are whole numbers (the trained ones
times a scale), so that adding them up is exact and the same on every machine. The file holds no
word of any text but those of the lists in `lexicon_*.py`.
"""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from collections.abc import Sequence
from itertools import accumulate, pairwise, repeat
from pathlib import Path
from struct import Struct

from reader.extraction.decoding import decoder
from reader.extraction.features import Vocabulary

MAGIC = b"onrecord-crf-4\n"
MOST_FEATURES = 70
LARGEST = 65_535 // MOST_FEATURES
"""The largest stored weight: so many of them still fit 16 bits."""


class Model:
    """Labels, transitions and feature weights, read once and shared.

    A feature's weights for all labels are one whole number of 16 bits a label, so that one addition
    adds up all labels at once (five times as fast as a list each). A row is stored less its
    smallest weight: that is the same for all labels of an item and changes no comparison.
    """

    __slots__ = (
        "_decode",
        "_rows",
        "_unpack",
        "confidence",
        "labels",
        "starts",
        "successors",
        "vocabulary",
    )

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
        self.vocabulary = Vocabulary(head["classes"])
        count = head["features"]
        planes = bytearray(8 * count)
        for k in range(8):
            planes[k::8] = body[at + k * count : at + (k + 1) * count]
        steps = array("Q")
        steps.frombytes(bytes(planes))
        if sys.byteorder == "big":
            steps.byteswap()
        at += 8 * count
        whole = int.from_bytes
        self._rows = {
            key: whole(body[k : k + width], "little")
            for key, k in zip(accumulate(steps), range(at, len(body), width), strict=True)
        }
        self._unpack = Struct(f"<{len(self.labels)}H")
        moves: list[list[int | None]] = head["transitions"]
        self.starts = [i for i, label in enumerate(self.labels) if label[0] in "OBUM"]
        self.successors = [
            [(j, weight) for j, weight in enumerate(row) if weight is not None] for row in moves
        ]
        self._decode = decoder(self.starts, self.successors)

    def emissions(self, features: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
        """For every item the score of every label, from its features alone, plus a constant.

        At most `MOST_FEATURES` features an item, or the sums could overflow.
        """
        weights, unknown = self._rows.get, repeat(0)
        size, unpack = self._unpack.size, self._unpack.unpack
        return [
            unpack(sum(map(weights, keys, unknown)).to_bytes(size, "little")) for keys in features
        ]

    def best(self, emissions: Sequence[Sequence[int]]) -> list[int]:
        """The numbers of the labels of the likeliest labelling (Viterbi with a beam)."""
        return self._decode(emissions)


def pack(
    labels: list[str],
    transitions: list[list[int | None]],
    rows: dict[int, list[int]],
    classes: list[str],
    confidence: dict[str, float],
) -> bytes:
    """A model file: what `Model` reads. Rows hold one whole number a label."""
    keys = sorted(rows)
    head = json.dumps(
        {
            "labels": labels,
            "transitions": transitions,
            "confidence": confidence,
            "classes": classes,
            "features": len(keys),
        }
    ).encode()
    # Steps from key to key, all lowest bytes first, then all second bytes ...: packs to a third.
    steps = b"".join((b - a).to_bytes(8, "little") for a, b in pairwise([0, *keys]))
    planes = b"".join(steps[k::8] for k in range(8))
    row = Struct(f"<{len(labels)}H")
    numbers = bytearray()
    for key in keys:
        least = min(rows[key])
        numbers += row.pack(*(min(LARGEST, weight - least) for weight in rows[key]))
    body = len(head).to_bytes(4, "little") + head + planes + bytes(numbers)
    return MAGIC + zlib.compress(body, 9)
