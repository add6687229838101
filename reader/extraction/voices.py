"""Who speaks where grammar turns it round, and mentions that the labels have cut short.

The minister was told by aides that ...         the aides
The paper quoted her as saying / she was quoted by the paper as saying ...      she
A neighbour, who asked not to be named, said ...                the neighbour
"""

from __future__ import annotations

from reader.extraction.chain import WORD, Chain
from reader.extraction.linking import Draft, Part
from reader.extraction.repairs import make_room
from reader.extraction.subjects import noun_phrase, sentence_of

_BETWEEN = frozenset(("ADV", "wly"))
_FINITE = frozenset(("AUX", "PRA", "TOLD", "wed", "wVs"))
_OPENING = frozenset((",", "CC", "CS", "WHO", "WH", "THAT", ";", ":", "DASH", "TO", "PRS"))
"""After these a finite verb need not be that of the main clause."""
_SAYING = frozenset(("say.g", "tell.g"))
_REACH = 6
_LONGEST = 14


def whose(chain: Chain, draft: Draft, cue: Part) -> None:
    """Give `draft` the mention that the grammar around its cue points to, if it does."""
    if chain.sort[cue.first] != WORD:
        return
    found = _quoted_as_saying(chain, cue) or _by_whom(chain, draft, cue)
    if found is None and draft.mention is not None:
        found = _antecedent(chain, draft, cue) or _whole(chain, draft.mention, cue)
    if found is not None:
        mention = Part(*found, found[0] < cue.first, cue.sentence, cue.paragraph)
        if make_room(chain, draft, mention):
            draft.mention = mention
            first = draft.pieces[0]
            if first.last - first.first > 2 and chain.fine[first.first + 1] in _SAYING:
                first.first += 2  # "[as saying] that ..."


def is_quoted_one(chain: Chain, draft: Draft, cue: Part) -> bool:
    """Whether the content is but the subject of `X was quoted as saying`."""
    piece = draft.pieces[0]
    return chain.sort[cue.first] == WORD and (
        piece.last <= cue.first
        and piece.first not in chain.run_of
        and _quoted_as_saying(chain, cue) is not None
    )


def end_before_main_verb(chain: Chain, draft: Draft, cue: Part) -> None:
    """`The claim [that the gate was shut] was false`: a noun's clause ends where the main verb is.

    And `a warning by the bank [that ...]`: the bank warns.
    """
    noun = chain.coarse[cue.first]
    piece = draft.pieces[-1]
    if cue.last - cue.first > 1 or not (noun == "MSG" or noun.endswith("n")):
        return
    if len(draft.pieces) > 1 or piece.first < cue.last:
        return
    if cue.first and chain.coarse[cue.first - 1] not in ("DET", "POS", "'s", "wJ"):
        return
    if chain.coarse[piece.first - 1] == "BY":
        author = noun_phrase(chain, piece.first, piece.last)
        if author is not None and author[1] < piece.last and chain.coarse[author[1]] == "THAT":
            draft.mention = Part(*author, False, cue.sentence, cue.paragraph)
            piece.first = author[1]
    if chain.coarse[piece.first] != "THAT":
        return
    verbs, open_clause, inside = 0, False, False
    for i in range(piece.first + 1, piece.last):
        name = chain.coarse[i]
        finite = name in _FINITE or (name[0] == "V" and name[2:] in ("d", "s"))
        if name in _OPENING:
            open_clause = True
        elif finite and (not inside or (name == "AUX" and chain.coarse[i - 1] != "AUX")):
            if verbs and not open_clause:
                piece.last = i
                return
            verbs, open_clause = verbs + 1, False
        inside = finite or (inside and name in _BETWEEN)


def _passive(chain: Chain, cue: Part, begin: int) -> int:
    """The auxiliary that makes the cue a passive, or -1: a form of "be" right before the verb."""
    verb = _verb(chain, cue)
    for i in range(verb - 1, max(begin, verb - 4) - 1, -1):
        if chain.coarse[i] == "AUX":
            return i if chain.fine[i].strip("^") in _BE else -1
        if chain.coarse[i] not in _BETWEEN:
            return -1
    return -1


_BE = frozenset(("is", "are", "was", "were", "been", "being", "be"))


def _verb(chain: Chain, cue: Part) -> int:
    for i in range(cue.first, cue.last):
        if chain.coarse[i][0] == "V" or chain.coarse[i] == "TOLD":
            return i
    return cue.first


def _by_whom(chain: Chain, draft: Draft, cue: Part) -> tuple[int, int] | None:
    begin, end = sentence_of(chain, cue.first)
    verb = _verb(chain, cue)
    if draft.pieces[0].first < verb or verb + 2 >= end or chain.coarse[verb + 1] != "BY":
        return None
    if _passive(chain, cue, begin) < 0:
        return None
    piece = draft.pieces[0].first
    return noun_phrase(chain, verb + 2, end if piece <= verb + 2 else min(end, piece))


def _quoted_as_saying(chain: Chain, cue: Part) -> tuple[int, int] | None:
    """`quoted her as saying`, `she was quoted by the paper as saying`."""
    begin, end = sentence_of(chain, cue.first)
    low, high = max(begin, cue.first - _LONGEST), min(end, cue.last + _LONGEST)
    for verb in range(low, high):
        if chain.fine[verb].split(".")[0] == "quote" and chain.sort[verb] == WORD:
            break
    else:
        return None
    saying = next(
        (
            i
            for i in range(verb + 1, min(end, verb + _LONGEST) - 1)
            if chain.coarse[i] == "AS" and chain.fine[i + 1] in _SAYING
        ),
        -1,
    )
    if saying < 0:
        return None
    if saying == verb + 2:
        return verb + 1, saying
    if saying > verb + 1 and chain.coarse[verb + 1] != "BY":
        return noun_phrase(chain, verb + 1, saying)
    be = _passive(chain, Part(verb, verb + 1), begin)
    return None if be < 0 else _before(chain, begin, be)


def _before(chain: Chain, begin: int, stop: int) -> tuple[int, int] | None:
    """The noun phrase that ends right before `stop` (auxiliaries and adverbs left out)."""
    last = stop
    while last > begin and chain.coarse[last - 1] in ("AUX", "ADV", "wly"):
        last -= 1
    for first in range(max(begin, last - _REACH), last):
        found = noun_phrase(chain, first, last)
        if found == (first, last):
            return found
    return None


def _antecedent(chain: Chain, draft: Draft, cue: Part) -> tuple[int, int] | None:
    """Whom a "who" stands for, where the cue comes after its clause: `X, who ..., said`."""
    mention = draft.mention
    if mention is None or not draft.shared or chain.coarse[mention.first] != "WHO":
        return None
    if mention.last - mention.first > 1 or not mention.first < cue.first:
        return None
    if chain.coarse[cue.first - 1] != "," or chain.coarse[mention.first - 1] != ",":
        return None
    begin, _ = sentence_of(chain, cue.first)
    return _before(chain, begin, mention.first - 1)


def _whole(chain: Chain, mention: Part, cue: Part) -> tuple[int, int] | None:
    """The noun phrase of which the mention is but the article or an adjective."""
    if any(chain.coarse[i] not in ("DET", "POS", "wJ") for i in range(mention.first, mention.last)):
        return None
    if all(chain.coarse[i] == "POS" for i in range(mention.first, mention.last)):
        return None
    _, end = sentence_of(chain, cue.first)
    stop = cue.first if mention.first < cue.first else end
    found = noun_phrase(chain, mention.first, stop)
    return found if found is not None and found[1] > mention.last else None
