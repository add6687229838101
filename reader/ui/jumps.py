"""Where the jump keys lead within one article. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from reader.core.quotation import Extraction

Jump = Literal["quotation", "same", "speaker"]
"""To any quotation, to one of the same speaker, or to another speaker's first."""


def next_in_article(
    extraction: Extraction, current: int | None, jump: Jump, by: int, *, at: int = -1
) -> int | None:
    """The ordinal of the quotation that a jump leads to, or None past the article's end.

    `current` is the ordinal of the current quotation; without one, the jump starts from the body's
    character `at`, so that it leads to what is on screen. `by` is 1 or -1.
    """
    quotations = extraction.quotations
    if not quotations:
        return None
    if current is None:
        if by > 0:
            return next((n for n, q in enumerate(quotations) if q.end > at), None)
        return next((n for n in reversed(range(len(quotations))) if quotations[n].start < at), None)
    if jump == "speaker":
        return _next_speaker(extraction, current, by)
    wanted = quotations[current].speaker
    place = current + by
    while 0 <= place < len(quotations):
        if jump == "quotation" or quotations[place].speaker == wanted:
            return place
        place += by
    return None


def _next_speaker(extraction: Extraction, current: int, by: int) -> int | None:
    """The first quotation of the speaker who first speaks after (before) the current one does."""
    firsts: dict[int | None, int] = {}
    for number, quotation in enumerate(extraction.quotations):
        firsts.setdefault(quotation.speaker, number)
    order = list(firsts.values())
    place = order.index(firsts[extraction.quotations[current].speaker]) + by
    return order[place] if 0 <= place < len(order) else None


def entry_point(
    extraction: Extraction, jump: Jump, by: int, *, speaker: int | None = None
) -> int | None:
    """Where a jump that comes from another article lands: at the first quotation, or going
    backwards at the last one; of `speaker` (an index into the speakers) for a jump "same"."""
    numbers: Sequence[int] = range(len(extraction.quotations))
    if jump == "same":
        numbers = [n for n in numbers if extraction.quotations[n].speaker == speaker]
    if not numbers:
        return None
    if by < 0 and jump == "speaker":
        last = extraction.quotations[numbers[-1]].speaker
        return next(n for n in numbers if extraction.quotations[n].speaker == last)
    return numbers[0] if by > 0 else numbers[-1]


def position(extraction: Extraction, ordinal: int) -> tuple[int, int]:
    """Which of the speaker's quotations this is, and of how many: (2, 4)."""
    speaker = extraction.quotations[ordinal].speaker
    theirs = [n for n, q in enumerate(extraction.quotations) if q.speaker == speaker]
    return theirs.index(ordinal) + 1, len(theirs)
