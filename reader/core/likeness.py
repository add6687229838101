"""Whether two texts are one story: the same wire report under another headline, cut, or edited.

A text is its words, and is compared by the runs of three of them that it holds (Broder's
containment, "On the resemblance and containment of documents", 1997). To find what may be alike
without comparing everything, each text has a few keys, the smallest hashes of its runs of four
words (a bottom-k sketch: Cohen and Kaplan, "Summarizing data using bottom-k sketches", 2007); their
number grows with the text, so that a copy that was cut keeps its share of them. Two texts without
a common key are not compared at all. One key is a band of its own: runs of four words are so rare
that bands of several hashes, as MinHash for short documents needs them, would only lose copies.

What is no copy, however alike: the weather, the markets and the results, where the words stay and
the numbers change from day to day; and texts of a few lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from zlib import crc32

LEAST_WORDS: Final = 60
"""A text shorter than this is never a copy: an announcement, a teaser, a caption."""

MOST_WORDS: Final = 20_000
"""Words that are looked at: a book is told by its beginning."""

WORDS_A_KEY: Final = 64
LEAST_KEYS: Final = 8
MOST_KEYS: Final = 32
"""A text has a key for so many words, but no fewer and no more than those."""

_RUN: Final = 4
"""Words in a run that is a key."""

_BEGINS: Final = 4
"""One word in so many may begin such a run: the same ones in every text."""

_SHORT: Final = (120, 0.70)
_LONG: Final = (300, 0.60)
"""From this many words on, the share of the shorter text's runs that must stand in the longer one;
in between, in between. Measured on Reuters' wire of 1987, which is full of such copies: from 0.7 on
even texts of 80 words are the same story; at 0.6 two bonds issued on one day may be as alike."""

_TABLE: Final = 0.2
"""The share of numbers among its words from which a text is a table."""

_TABLE_LIKE: Final = 0.9
_COLUMN_LIKE: Final = 0.95
_EDITED: Final = 12
"""One number in so many may be another one in a copy, and one in any: corrections, new tolls."""

_PARTS: Final = 8
_PARTS_LIKE: Final = 7
_PART_LIKE: Final = 0.4
"""Of eight parts of a text seven must be alike by so much, if it is a copy in the same outlet."""

_APART: Final = bytes(n if n >= 128 or chr(n).isalnum() else 32 for n in range(256))
"""Bytes of UTF-8 as they are, but a blank for all of ASCII that is neither letter nor digit: five
times as quick as a pattern that finds words."""

_TYPOGRAPHIC: Final = tuple(mark.encode() for mark in "“”‘’„‟‚«»‹›–—―‐‑…·•")
"""What else stands between words in news. Outlets differ in it most of all."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a text is compared by."""

    words: tuple[bytes, ...]
    """The first `MOST_WORDS` in UTF-8, whatever their case and what stands between them."""

    @property
    def is_long_enough(self) -> bool:
        """Whether the text can be a copy at all."""
        return len(self.words) >= LEAST_WORDS

    def keys(self) -> list[int]:
        """A few numbers below 2**32; two texts that are alike have some in common.

        Empty for a text that is too short. 0.15 ms for 600 words, with taking them apart.
        """
        if not self.is_long_enough:
            return []
        words = self.words
        # Hashing all runs takes twice as long, and finds no more copies.
        first = [at for at, number in enumerate(map(crc32, words)) if not number % _BEGINS]
        hashes = {crc32(b" ".join(words[at : at + _RUN])) for at in first}
        many = min(MOST_KEYS, max(LEAST_KEYS, len(words) // WORDS_A_KEY))
        return sorted(hashes)[:many]


def likeness(text: str) -> Likeness:
    """Take a text apart."""
    data = text[: MOST_WORDS * 12].casefold().encode("utf-8", "replace")
    if not data.isascii():
        for mark in _TYPOGRAPHIC:
            data = data.replace(mark, b" ")
    return Likeness(tuple(data.translate(_APART).split()[:MOST_WORDS]))


def keys_needed(keys: int) -> int:
    """How many keys a text of so many must share with another to be well worth comparing: a legal
    notice at the foot is mostly one key, what a copy has of them six of eight."""
    return 2 if keys >= LEAST_KEYS else 1


def containment(one: Likeness, other: Likeness) -> float:
    """Which share, 0 to 1, of the shorter text's runs of three words stands in the longer one."""
    mine, its = _runs(one.words), _runs(other.words)
    return len(mine & its) / max(1, min(len(mine), len(its)))


def is_copy(
    one: Likeness, other: Likeness, *, same_outlet: bool = False, is_column: bool = False
) -> float:
    """How much the texts are one story: 0 where they are two, else their `containment`.

    `same_outlet`: what both have in common may be what the outlet puts under all it prints, such as
    a company's legal notice; so it must not be one block. `is_column`: the outlet has printed both
    under one title on different days, as it does with columns and tables; then they must be the
    same nearly word for word.
    """
    shorter, longer = sorted((one, other), key=lambda text: len(text.words))
    if not shorter.is_long_enough:
        return 0.0
    share = containment(shorter, longer)
    if share < _needed(len(shorter.words)) or (is_column and share < _COLUMN_LIKE):
        return 0.0
    if same_outlet and not _is_spread(shorter.words, longer.words):
        return 0.0
    numbers = _digits(shorter.words)
    if len(numbers) > _TABLE * len(shorter.words):
        return share if share >= _TABLE_LIKE and _same_numbers(shorter, longer) else 0.0
    kept, changed = _numbers(shorter.words, numbers, longer.words)
    return share if changed <= 1 + kept // _EDITED else 0.0


def _is_spread(shorter: Sequence[bytes], longer: Sequence[bytes]) -> bool:
    """Whether most parts of the shorter text stand in the longer one, and not only one half."""
    its = _runs(longer)
    step = len(shorter) / _PARTS
    alike = 0
    for part in range(_PARTS):
        runs = _runs(shorter[int(part * step) : int((part + 1) * step) + 2])
        alike += len(runs & its) >= _PART_LIKE * len(runs)
    return alike >= _PARTS_LIKE


def _digits(words: Sequence[bytes]) -> list[int]:
    """Where the numbers stand."""
    return [at for at, word in enumerate(words) if word.isdigit()]


def _needed(words: int) -> float:
    (few, strict), (many, lenient) = _SHORT, _LONG
    place = min(1.0, max(0.0, (words - few) / (many - few)))
    return strict + place * (lenient - strict)


def _runs(words: Sequence[bytes]) -> set[tuple[bytes, bytes, bytes]]:
    return set(zip(words, words[1:], words[2:], strict=False))


def _same_numbers(shorter: Likeness, longer: Likeness) -> bool:
    its = {word for word in longer.words if word.isdigit()}
    return all(word in its for word in shorter.words if word.isdigit())


def _numbers(
    shorter: Sequence[bytes], numbers: Sequence[int], longer: Sequence[bytes]
) -> tuple[int, int]:
    """Of the `numbers` that stand between the same words in both: how many are kept, and how many
    are others. What an outlet has written itself stands between other words, and does not count.
    """
    before: dict[tuple[bytes, ...], set[bytes]] = defaultdict(set)
    after: dict[tuple[bytes, ...], set[bytes]] = defaultdict(set)
    for at in _digits(longer):
        before[tuple(longer[max(0, at - 2) : at])].add(longer[at])
        after[tuple(longer[at + 1 : at + 3])].add(longer[at])
    kept = changed = 0
    for at in numbers:
        left = before.get(tuple(shorter[max(0, at - 2) : at]))
        right = after.get(tuple(shorter[at + 1 : at + 3]))
        if shorter[at] in (left or ()) or shorter[at] in (right or ()):
            kept += 1
        elif left or right:
            changed += 1
    return kept, changed
