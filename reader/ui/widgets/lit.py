"""Words with what was searched for lit in them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style


def lit(
    text: str, start: int, hits: Sequence[tuple[int, int]], base: Style, hit: Style
) -> list[Segment]:
    """`text`, whose first character has the offset `start`, with the hits in it lit.

    `hits` are half-open ranges of offsets, in order.
    """
    segments = []
    at = 0
    for hit_start, hit_end in hits:
        first, last = max(hit_start - start, at), min(hit_end - start, len(text))
        if first >= last:
            continue
        if first > at:
            segments.append(Segment(text[at:first], base))
        segments.append(Segment(text[first:last], base + hit))
        at = last
    if at < len(text):
        segments.append(Segment(text[at:], base))
    return segments
