"""The subject of a cue that the model left without a mention, by word order alone.

In turn: a name, role or pronoun right before the cue ("the bureau asked"); after it, where the
content stands in front ("said the Florida senator"); the first noun phrase of the sentence ("X
obtained a video and said ..."), past an opening phrase ("After hinting at it, X ...").
"""

from __future__ import annotations

from reader.extraction.chain import WORD, Chain
from reader.extraction.linking import Part

COMMON = frozenset(("w", "ws", "wN", "wNs", "wNV", "wNsVs"))
"""The classes of common words that may be nouns."""

_NOUNISH = frozenset(("NAME", "TITLE", "ORG", "ROLE", "BODY", "PRS"))
_INSIDE = _NOUNISH | COMMON | frozenset("DET POS wJ 's NUM of OF & ’ ' MSG CW".split())
_VERBAL = frozenset(("AUX", "TOLD", "wed", "wVs", "PRA"))
_LONGEST = 14
_REACH = 60
"""Items looked back over for another clause."""


def subject_of(chain: Chain, cue: Part, before: bool) -> Part | None:
    """The items of the likeliest subject of `cue`, or None. `before`: the content precedes it."""
    begin, end = sentence_of(chain, cue.first)
    found = None
    if before:
        found = _after(chain, cue.last, end)
    # "X arrived, calling it a mess": a participle after a comma has the sentence's subject.
    loose = (
        chain.fine[cue.first].endswith(".g")
        and cue.first > begin
        and chain.coarse[cue.first - 1] == ","
    )
    if not loose:
        found = found or _right_before(chain, begin, cue.first)
    found = found or _opening(chain, begin, cue.first)
    if found is None and not before:
        found = _main_clause(chain, cue.last, end) if _opens(chain, begin, cue.first) else None
    if found is None:
        return None
    return Part(found[0], found[1], found[0] < cue.first, cue.sentence, cue.paragraph)


def own_subject(chain: Chain, cue: Part, other: Part) -> Part | None:
    """A name right before a cue in a clause of its own, after that of the speaker `other`.

    "A," said Lind, but her rival, Per Nyman, called it B.
    """
    begin, _ = sentence_of(chain, cue.first)
    between = chain.coarse[max(other.last, cue.first - _REACH) : cue.first]
    if chain.fine[cue.first].endswith(".g") or not any(c in ("CC", "CS") for c in between):
        return None
    at = cue.first
    if at > begin and chain.coarse[at - 1] == ",":
        at -= 1
    if at == begin or chain.coarse[at - 1] not in ("NAME", "PRS") or chain.sort[at - 1] != WORD:
        return None
    if at < cue.first and chain.coarse[at - 1] == "PRS":
        return None
    found = _right_before(chain, begin, at)
    return None if found is None else Part(*found, True, cue.sentence, cue.paragraph)


def sentence_of(chain: Chain, item: int) -> tuple[int, int]:
    """The item range of the sentence that holds an item."""
    low, high = 0, len(chain.sentences)
    while low < high:
        middle = (low + high) // 2
        if chain.sentences[middle][1] <= item:
            low = middle + 1
        else:
            high = middle
    return chain.sentences[low]


def _verbal(coarse: str) -> bool:
    return coarse in _VERBAL or (coarse[0] == "V" and not coarse.endswith("n"))


def noun_phrase(chain: Chain, first: int, last: int) -> tuple[int, int] | None:
    """The items of the noun phrase that starts at `first`, if one does."""
    i = first
    good = False
    while i < min(last, first + _LONGEST) and chain.sort[i] == WORD:
        c = chain.coarse[i]
        if c not in _INSIDE and not (
            c == "CC" and good and i + 1 < last and chain.coarse[i + 1] in _NOUNISH
        ):
            break
        good = good or c in _NOUNISH or c in COMMON or c in ("DET", "MSG")
        i += 1
        if c == "PRS":
            break
    while i > first and chain.coarse[i - 1] in ("DET", "CC", "OF", "POS", "CW"):
        i -= 1
    return (first, i) if good and i > first else None


def _right_before(chain: Chain, begin: int, cue: int) -> tuple[int, int] | None:
    i = cue
    while i > begin and cue - i < 4 and chain.coarse[i - 1] in ("AUX", "ADV", "wly"):
        i -= 1
    if i == begin or chain.coarse[i - 1] not in _NOUNISH | COMMON or chain.sort[i - 1] != WORD:
        return None
    first = i - 1
    if chain.coarse[first] == "PRS":
        return first, i
    while (
        first > begin
        and i - first < _LONGEST
        and chain.coarse[first - 1] in _INSIDE - {"PRS", "CW"}
    ):
        first -= 1
    named = any(
        chain.coarse[k] in _NOUNISH or chain.coarse[k] in ("DET", "POS") for k in range(first, i)
    )
    return (first, i) if named else None


def _after(chain: Chain, first: int, end: int) -> tuple[int, int] | None:
    found = noun_phrase(chain, first, end)
    if found is None or not any(chain.coarse[k] in _NOUNISH for k in range(*found)):
        return None
    return found


def _opens(chain: Chain, begin: int, cue: int) -> bool:
    """Whether the cue stands in a phrase that only leads up to the main clause."""
    return cue - begin < 4 and chain.coarse[begin] in (
        "PREP",
        "CS",
        "IN",
        "BY",
        "AS",
        "wing",
        "Vsg",
        "ADV",
    )


def _opening(chain: Chain, begin: int, cue: int) -> tuple[int, int] | None:
    i = begin
    while i < cue and chain.coarse[i] in ("CC", "ADV", ",", "CS"):
        i += 1
    gerund = i < cue and chain.tokens.words[chain.first[i]].endswith("ing")
    found = None if gerund else noun_phrase(chain, i, cue)
    if found is not None and any(_verbal(chain.coarse[k]) for k in range(found[1], cue + 1)):
        return found
    # Past the first comma, if the sentence opens with something else.
    for k in range(i, min(cue, i + 30)):
        if chain.coarse[k] == ",":
            return noun_phrase(chain, k + 1, cue)
    return None


def _main_clause(chain: Chain, first: int, end: int) -> tuple[int, int] | None:
    for i in range(first, min(end, first + 60)):
        if chain.coarse[i] == "," and i + 1 < end:
            found = noun_phrase(chain, i + 1, end)
            if found is None or found[1] >= end:
                continue
            if _verbal(chain.coarse[found[1]]):
                return found
            # An irregular verb looks like any word: what follows the last name is none of it.
            names = [k for k in range(*found) if chain.coarse[k] in _NOUNISH]
            if names and names[-1] + 1 < found[1]:
                return found[0], names[-1] + 1
    return None
