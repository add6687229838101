"""Datelines: the place (day, agency) that a news text opens with. They are nobody's words."""

from __future__ import annotations

from typing import Final

from reader.extraction.names import is_listed
from reader.extraction.tokens import Tokens

_DASHES: Final = frozenset(("-", "—", "–", "--", "―"))
_AFTER_PLACE: Final = frozenset((":", "(", ",", *_DASHES))
_LONGEST: Final = 16
"""Tokens before the dash: "SAN JUAN, Puerto Rico, Sept. 11, 2026 (AP/Reuters) —" has 14."""

_FIRST: Final = 4
"""Paragraphs from the top: headline, byline, and the one that has it. Further down ``NATO - the
alliance - must act`` is commoner."""

_SMALL: Final = frozenset("and of de del la le los las el al am on".split())
_MONTHS: Final = frozenset(
    "Jan Feb Mar Apr May Jun Jul Aug Sep Sept Oct Nov Dec January February March April June July "
    "August September October November December".split()
)


def places(tokens: Tokens) -> dict[int, int]:
    """Where a paragraph opens with a place in capitals ("NEW DELHI:", "BEIRUT (Wire) -"): its first
    token, and the token after it. A single word with a colon may be a speaker ("SMITH: Yes.")."""
    out: dict[int, int] = {}
    words = tokens.words
    for first, last in tokens.paragraphs:
        k = first
        while k < min(last, first + 4) and words[k].isupper() and len(words[k]) > 1:
            k += 1
        if not first < k < last or words[k] not in _AFTER_PLACE:
            continue
        if words[k] == ":" and (k - first == 1 or is_listed(words[first])):
            continue
        if words[k] == "(":
            for j in range(k, min(last - 1, k + 6)):
                if words[j] == ")" and words[j + 1] in _DASHES:
                    k = j  # the agency's name, too
                    break
        out[first] = k
    return out


def openings(tokens: Tokens) -> dict[int, int]:
    """Every token of a dateline that ends in a dash, and the first token of the text behind it.

    ``LOS ANGELES, March 4 - ``, ``Moscow, Dec. 3 (TASS) — ``: nothing but names, figures and stops,
    with a first word in capitals, a month or an agency in brackets among them.
    """
    out: dict[int, int] = {}
    words = tokens.words
    for first, last in tokens.paragraphs[:_FIRST]:
        if not words[first][0].isupper():
            continue
        for k in range(first, min(last - 1, first + _LONGEST)):
            word = words[k]
            if word in _DASHES:
                if _is_dateline(words[first:k]):
                    out.update((inside, k + 1) for inside in range(first, k + 1))
                break
            if word[0].islower() and word not in _SMALL:
                break
    return out


def _is_dateline(words: list[str]) -> bool:
    if not words or any(word[0] in "\"“”‘'«»:;!?" for word in words):
        return False
    shouted = len(words[0]) > 1 and words[0].isupper()
    return shouted or words[-1] == ")" or not _MONTHS.isdisjoint(words)
