"""Quotations without reporting words: `"I am worried." Karim Haddad leans back. "We all are."`

Whoever acts in the sentence beside the marks, in the same paragraph, is taken to speak; with a low
confidence, for the text does not say so.
"""

from __future__ import annotations

from reader.extraction.chain import BREAK, WORD, Chain
from reader.extraction.linking import Draft, Part
from reader.extraction.wordclass import word_class

_NAMED = frozenset(("NAME", "TITLE", "ORG", "ROLE"))
_REACH = 30
"""Items looked at on either side."""
_FEWEST = 4
"""Tokens, marks included: less than two words in marks alone are no quotation."""


def attribute(chain: Chain, drafts: list[Draft]) -> list[Draft]:
    """`drafts` with mentions for those without a cue; a speaker's pieces in a paragraph joined."""
    out: list[Draft] = []
    beside: dict[tuple[int, int], Draft] = {}
    for draft in drafts:
        if draft.cue is None and draft.mention is None:
            draft.cue = _introduction(chain, draft.pieces[0])
            if draft.cue is not None:
                out.append(draft)
                continue
            actor = _actor(chain, draft.pieces[0])
            if actor is not None:
                key = (draft.pieces[0].paragraph, actor[0])
                if key in beside:
                    beside[key].pieces.extend(draft.pieces)
                    continue
                draft.tokens = actor
                draft.how = "acts in the sentence beside it"
                beside[key] = draft
        out.append(draft)
    return out


def _introduction(chain: Chain, piece: Part) -> Part | None:
    """The verb of saying in a paragraph that ends with a colon right before this content."""
    at = piece.first - 1
    if at < 1 or chain.sort[at] != BREAK or chain.coarse[at - 1] != ":":
        return None
    for i in range(at - 2, max(-1, at - _REACH), -1):
        if chain.sort[i] != WORD or chain.coarse[i] in (".", "?"):
            return None
        if chain.coarse[i][:2] == "Vs" or chain.coarse[i] == "TOLD":
            return Part(i, i + 1, False, piece.sentence - 1, piece.paragraph - 1)
    return None


def _actor(chain: Chain, piece: Part) -> tuple[int, int] | None:
    """Tokens of the subject of the sentence before or after a run in the same paragraph."""
    run = chain.run_of.get(piece.first)
    if run is None or piece.last - piece.first != 1 or run.last - run.first < _FEWEST:
        return None
    low, high = piece.first, piece.last
    while low > 0 and chain.sort[low - 1] != BREAK and piece.first - low < _REACH:
        low -= 1
    while high < len(chain) and chain.sort[high] != BREAK and high - piece.last < _REACH:
        high += 1
    begin, end = chain.first[low], chain.last[high - 1]
    words = chain.tokens.words
    if run.first > begin:
        if words[run.first - 1] not in (".", "?", "!", ":"):
            return None
        start = run.first - 1
        while (
            start > begin
            and words[start - 1] not in (".", "?", "!", "”", '"', "''")
            and run.first - start < 40
        ):
            start -= 1
        found = _subject(chain, start, run.first)
        if found is not None:
            return found
    if run.last < end and words[run.last][0].isupper():
        return _subject(chain, run.last, end)
    return None


def _subject(chain: Chain, first: int, last: int) -> tuple[int, int] | None:
    words = chain.tokens.words
    i = first
    named = False
    while i < min(last, first + 8):
        coarse = word_class(words[i])[1]
        if coarse == "PRS" and i == first and words[i].lower() in ("he", "she"):
            return (i, i + 1)
        if coarse not in _NAMED and not (coarse == "DET" and i == first):
            break
        named = named or words[i][0].isupper()
        i += 1
    if not named or i == first or i >= last:
        return None
    follows = words[i]
    if not (follows[0].islower() or follows in (",", "'s", "’s")) or follows in (
        "'s",
        "’s",
        "of",
        "and",
    ):
        return None
    return (first, i)
