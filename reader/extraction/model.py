"""The linear-chain model: its file, and finding the best labels of a chain.

A conditional random field over the items of a chain. Weights are whole numbers (the trained ones
times a scale), so that adding them up is exact and the same on every machine. The file holds no
word of any text but those of the lists in `lexicon_*.py`.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from struct import Struct

from reader.extraction.arrays import Column, np
from reader.extraction.chain import Chain
from reader.extraction.decoding import decoder
from reader.extraction.features import Vocabulary
from reader.extraction.weights import BLOCK, Weights

MAGIC = b"onrecord-crf-4\n"
MOST_FEATURES = 70
LARGEST = 65_535 // MOST_FEATURES
"""The largest stored weight: so many of them still fit 16 bits."""


class Model:
    """Labels, transitions and feature weights, read once and shared.

    A feature's weights are stored less the smallest of them: that is the same for all labels of an
    item and changes no comparison.
    """

    __slots__ = (
        "_decode",
        "_weights",
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
        at = 4 + size
        self.vocabulary = Vocabulary(head["classes"])
        count = head["features"]
        planes = np.frombuffer(body, np.uint8, 8 * count, at).reshape(8, count)
        keys = np.cumsum(np.ascontiguousarray(planes.T).view("<i8")[:, 0])
        numbers = np.frombuffer(body, "<u2", count * len(self.labels), at + 8 * count)
        self._weights = Weights(keys, numbers.reshape(count, -1).astype(np.uint16))
        moves: list[list[int | None]] = head["transitions"]
        self.starts = [i for i, label in enumerate(self.labels) if label[0] in "OBUM"]
        self.successors = [
            [(j, weight) for j, weight in enumerate(row) if weight is not None] for row in moves
        ]
        self._decode = decoder(self.starts, self.successors)

    def emissions(self, chain: Chain) -> Column:
        """For every item the score of every label, from its features alone, plus a constant.

        At most `MOST_FEATURES` features an item, or the sums could overflow.
        """
        return self._weights.of(chain, self.vocabulary)

    def best(self, emissions: Column) -> list[int]:
        """The numbers of the labels of the likeliest labelling (Viterbi with a beam)."""
        return self._decode(row for block in _blocks(emissions) for row in block)


def _blocks(emissions: Column) -> Iterator[list[list[int]]]:
    # Not all at once: a score takes seven times as much memory in a list as in an array.
    for begin in range(0, len(emissions), BLOCK):
        yield emissions[begin : begin + BLOCK].tolist()


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
