"""Text measured in terminal cells: cutting, padding, and the characters that must stay together.

Pure functions on cleaned text (see `reader.core.text`); nothing here knows Textual. Widths are
those of `rich.cells`, because Rich lays out what Textual draws: others would shift the columns.
"""

from __future__ import annotations

from typing import Literal

from rich.cells import cell_len, split_graphemes

Align = Literal["left", "right", "center"]

Grapheme = tuple[int, int, int]
"""Start and end offset of characters that are drawn as one, and their width in cells."""

_FLAG_LETTERS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
_NOT_BEFORE_ELLIPSIS = " \u00a0,;:–—-"


def graphemes(text: str) -> list[Grapheme]:
    """Divide `text` into what a reader sees as single characters, without gaps.

    Rich keeps combining marks, skin tones and joined emoji together; the two letters that make a
    flag are added here.
    """
    pieces, _ = split_graphemes(text)
    if _FLAG_LETTERS.isdisjoint(text):
        return pieces
    joined: list[Grapheme] = []
    half_flag = False
    for start, end, width in pieces:
        is_letter = text[start] in _FLAG_LETTERS
        if half_flag and is_letter:
            joined[-1] = (joined[-1][0], end, joined[-1][2] + width)
            half_flag = False
        else:
            joined.append((start, end, width))
            half_flag = is_letter
    return joined


def prefix(text: str, width: int) -> int:
    """How many characters of `text` go into `width` cells, whole graphemes only."""
    used = 0
    for start, _, cells in graphemes(text):
        if used + cells > width:
            return start
        used += cells
    return len(text)


def fit(text: str, width: int, ellipsis: str = "…") -> str:
    """`text`, cut to at most `width` cells; what is cut ends in `ellipsis`.

    No grapheme is broken, and no blank or comma is left before the ellipsis. When not even the
    ellipsis has room, the answer is empty.
    """
    if cell_len(text) <= width:
        return text
    room = width - cell_len(ellipsis)
    if room < 0:
        return ""
    return text[: prefix(text, room)].rstrip(_NOT_BEFORE_ELLIPSIS) + ellipsis


def pad(text: str, width: int, align: Align = "left") -> str:
    """`text` in exactly `width` cells: filled with blanks, or cut with `fit`."""
    text = fit(text, width)
    missing = max(0, width - cell_len(text))
    before = {"left": 0, "right": missing, "center": missing // 2}[align]
    return " " * before + text + " " * (missing - before)


def first_words(text: str, width: int, ellipsis: str = "…") -> str:
    """The first whole words of `text` on one line of at most `width` cells.

    Line breaks and runs of blanks become one blank. A first word that is too long by itself is cut.
    """
    line = " ".join(text.split())
    if cell_len(line) <= width:
        return line
    room = width - cell_len(ellipsis)
    if room < 0:
        return ""
    cut = prefix(line, room)
    if line[cut] != " ":
        blank = line.rfind(" ", 0, cut)
        cut = blank if blank > 0 else cut
    return line[:cut].rstrip(_NOT_BEFORE_ELLIPSIS) + ellipsis
