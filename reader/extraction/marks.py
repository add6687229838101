"""Runs of text in quotation marks: every style, apostrophes told from closing marks. Linear.

A run never crosses a paragraph border. One that is opened and not closed ends with its paragraph
(speech over several paragraphs opens again in each). Nested marks belong to the outer run. The
rules for straight double marks are those of the usual scorers: a mark before white space cannot
open, and one between white space and a word, while a run is open, closes it and opens another.
"""

from __future__ import annotations

from typing import NamedTuple

from reader.extraction.lexicon_verbs import is_reporting
from reader.extraction.lexicon_words import CLIPPED_WORDS, CLOSED_WORDS
from reader.extraction.tokens import Tokens

MARKS = frozenset(
    ("'", '"', "“", "”", "„", "‟", "‘", "’", "‚", "''", "``", "’’", "‘‘", "«", "»", "‹", "›", "`")
)
_OPEN_DOUBLE = frozenset(("“", "``", "‘‘", "‟"))
_CLOSE_DOUBLE = frozenset(("”", "’’"))
_STRAIGHT = frozenset(('"', "''"))
_SINGLE = frozenset(("'", "‘", "’", "`"))
_PAIRS = {
    "„": ("“", "”", '"', "‟"),
    "‚": ("‘", "’", "'"),
    "«": ("»",),
    "‹": ("›",),
    "»": ("«",),
    "›": ("‹",),
}
_STOPS = frozenset(
    (",", ".", "?", "!", "…", "..", "...", "....", ")", "]", "-", "--", "—", "–", ";", ":")
)
_BEFORE_OPENING = frozenset(
    ("(", "[", "{", "—", "–", "-", "--", "/", "“", '"', "''", "``", ":", "„", "…", "...")
)


class Run(NamedTuple):
    """Tokens `first` to `last` (half-open, marks included) of the text in one pair of marks."""

    first: int
    last: int
    closed: bool
    double: bool
    """Whether the marks are double, low or angled ones; False: single."""


def quotation_runs(tokens: Tokens) -> list[Run]:
    """All outermost runs of the text, in order, not overlapping, none empty of words."""
    runs: list[Run] = []
    words = tokens.words
    marked = [i for i, word in enumerate(words) if word in MARKS]
    at = 0
    for number, (first, last) in enumerate(tokens.paragraphs):
        begin = at
        while at < len(marked) and marked[at] < last:
            at += 1
        if at > begin:
            reopens = False
            if number + 1 < len(tokens.paragraphs):
                reopens = words[tokens.paragraphs[number + 1][0]] in _SINGLE
            _paragraph_runs(tokens, first, last, marked[begin:at], reopens, runs)
    return runs


def _paragraph_runs(
    tokens: Tokens, first: int, last: int, marked: list[int], reopens: bool, runs: list[Run]
) -> None:
    words, starts, ends = tokens.words, tokens.starts, tokens.ends
    closers = _single_closers(tokens, first, last, marked, reopens)
    opened = -1
    closing: tuple[str, ...] = ()
    skip = -1

    def close(end: int, closed: bool) -> None:
        if end - opened > (2 if closed else 1):
            runs.append(Run(opened, end, closed, True))

    for i in marked:
        if i <= skip:
            continue
        word = words[i]
        spaced = i == first or starts[i] > ends[i - 1]
        joined = i + 1 < last and starts[i + 1] == ends[i]
        if word == "«" and spaced:  # the French leave a space inside
            joined = i + 1 < last
        if opened >= 0 and closing:
            if word in closing:
                close(i + 1, True)
                opened = -1
            continue
        if word in _OPEN_DOUBLE:
            if opened >= 0 and not spaced and not joined:  # the wrong mark, where one closes
                close(i + 1, True)
                opened = -1
                continue
            if opened >= 0:
                close(i, False)
            opened, closing = i, ()
        elif word in _CLOSE_DOUBLE:
            if opened >= 0:
                close(i + 1, True)
                opened = -1
            elif spaced and joined and word == "”":
                opened, closing = i, ()
        elif word in _STRAIGHT:
            if opened < 0:
                if joined:
                    opened, closing = i, ()
            elif spaced and joined and i > first:
                close(i, False)
                opened = i
            else:
                close(i + 1, True)
                opened = -1
        elif opened < 0 and word in _PAIRS and joined:
            opened, closing = i, _PAIRS[word]
        elif opened < 0 and i in closers:
            end = closers[i]
            if end > 0:
                runs.append(Run(i, end, True, False))
                skip = end - 1
            else:
                runs.append(Run(i, last, False, False))
                skip = last
    if opened >= 0:
        close(last, False)


def _single_closers(
    tokens: Tokens, first: int, last: int, marked: list[int], reopens: bool
) -> dict[int, int]:
    """For every single mark that opens: the end of its run, or 0 if the paragraph ends before.

    A mark opens after white space and before a word that is not a clipped one ('em, '90s). It
    closes after a word or stop and not before a letter. After a word in s, before a word that can
    follow a possessive, it closes only if nothing better does before the next opening mark.
    """
    words, starts, ends = tokens.words, tokens.starts, tokens.ends
    out: dict[int, int] = {}
    open_at = maybe = -1
    for i in marked:
        word = words[i]
        if word not in _SINGLE:
            continue
        spaced = i == first or starts[i] > ends[i - 1] or words[i - 1] in _BEFORE_OPENING
        joined = i + 1 < last and starts[i + 1] == ends[i]
        if spaced and joined and word != "’":
            following = words[i + 1]
            if following[0].isalnum() or following in (
                "…",
                "...",
                "(",
                "[",
                "$",
                "£",
                "€",
                '"',
                "“",
                "@",
                "#",
                "-",
            ):
                lowered = following.lower()
                if lowered in CLIPPED_WORDS or (following[0].isdigit() and lowered.endswith("s")):
                    continue
                if open_at >= 0 and maybe > 0:
                    out[open_at] = maybe
                open_at, maybe = i, -1
            continue
        if open_at < 0 or word in "‘`" or (joined and words[i + 1][0].isalnum()):
            continue
        if i == first or starts[i] > ends[i - 1]:
            continue
        before = words[i - 1]
        if before in _STOPS or before in MARKS or not before[-1].isalpha():
            out[open_at] = i + 1
            open_at = maybe = -1
            continue
        after = words[i + 1] if i + 1 < last else "."
        clipped = before[-1] in "sS" or (before.endswith("in") and len(before) > 4)
        if (
            clipped
            and after[0].isalpha()
            and after.lower() not in CLOSED_WORDS
            and not is_reporting(after.lower())
        ):
            maybe = i + 1
            continue
        out[open_at] = i + 1
        open_at = maybe = -1
    if open_at >= 0:
        if maybe > 0:
            out[open_at] = maybe
        elif open_at == first and (reopens or words[first] == "‘"):
            out[open_at] = 0
    return out
