"""Reports whose speaker comes last and that the model passed over.

The two sides had agreed to a ceasefire, Egypt's foreign ministry announced late on Sunday.
The firm had lobbied for the law, said a strategist who knows it.
"""

from __future__ import annotations

from reader.extraction.chain import WORD, Chain
from reader.extraction.linking import Draft, Part
from reader.extraction.subjects import COMMON, noun_phrase

_TELLING = frozenset(
    """say announce report warn confirm add note claim insist explain argue acknowledge concede
    reveal estimate predict suggest complain""".split()
)
_AFTER = COMMON | frozenset("TIME PREP IN ADV NUM DET ORG NAME MSG wJ wly BODY TO".split())
_JOINING = frozenset(("FOR", "BY", "OF", "IN"))
_LONGEST_TAIL = 12
_SHORTEST = 4


def trailing(chain: Chain, drafts: list[Draft], taken: bytearray) -> list[Draft]:
    """Drafts for such sentences; one whose content is but a time of day is replaced."""
    out = []
    tails = {id(d): d for d in drafts if _only_when(chain, d)}
    for draft in tails.values():
        for part in draft.pieces:
            taken[part.first : part.last] = bytes(part.last - part.first)
    for number, (begin, end) in enumerate(chain.sentences):
        if end - begin < _SHORTEST + 4:
            continue
        found = _told_last(chain, begin, end, taken)
        if found is not None:
            content, cue, mention = found
            out.append(
                Draft(
                    [Part(*content, True, number, 0)], Part(*cue, False, number, 0),
                    Part(*mention, mention[0] < cue[0], number, 0), ", set off at the end",
                )
            )  # fmt: skip
    replaced = {d.cue.first for d in out if d.cue is not None}
    kept = [d for d in drafts if d.cue is None or d.cue.first not in replaced]
    return [*kept, *out]


def _only_when(chain: Chain, draft: Draft) -> bool:
    cue = draft.cue
    if cue is None or len(draft.pieces) != 1 or draft.pieces[0].first < cue.last:
        return False
    piece = draft.pieces[0]
    inside = chain.coarse[piece.first : piece.last]
    return (
        piece.last - piece.first <= 6
        and all(
            c in ("TIME", "PREP", "IN", "ADV", "NUM", "DET", "w", "wN", "wJ", "wly") for c in inside
        )
        and any(c == "TIME" for c in inside)
    )


def _told_last(
    chain: Chain, begin: int, end: int, taken: bytearray
) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]] | None:
    coarse = chain.coarse
    stop = end - 1 if coarse[end - 1] == "." else end
    for at in range(stop - 1, max(begin + _SHORTEST, stop - _LONGEST_TAIL - 14), -1):
        if coarse[at] != "," or chain.sort[at] != WORD:
            continue
        if at + 3 < stop and coarse[at + 1] == "ACCORDING":
            source = noun_phrase(chain, at + 3, stop)
            if source is not None and _clause(chain, begin, at) and not any(taken[begin:at]):
                return (begin, at), (at + 1, at + 3), source
            return None
        verb, phrase = _speaker_after(chain, at + 1, stop)
        if verb is None or phrase is None:
            continue
        after = max(verb + 1, phrase[1])
        tail = coarse[after:stop]
        plain = verb + 1 == after and all(c in _AFTER for c in tail)
        if not (
            plain
            or (after > verb + 1 and (not tail or tail[0] in (",", "WHO", "PREP", "IN", "OF")))
        ):
            continue
        if len(tail) > _LONGEST_TAIL and after == verb + 1:
            continue
        if any(taken[begin:at]) or not _clause(chain, begin, at):
            return None
        start = begin
        while start < at - 1 and coarse[start] in ("CC", "ADV", ","):
            start += 1
        return (start, at), (verb, verb + 1), phrase
    return None


def _clause(chain: Chain, first: int, last: int) -> bool:
    inside = chain.coarse[first:last]
    return any(
        c[0] == "V" or c in ("AUX", "wed", "wV", "wNV", "wVs", "PRA", "TOLD") for c in inside
    )


def _speaker_after(
    chain: Chain, first: int, stop: int
) -> tuple[int | None, tuple[int, int] | None]:
    """The verb and the noun phrase beside it that start right after the comma."""
    if first >= stop:
        return None, None
    if _tells(chain, first):
        return first, noun_phrase(chain, first + 1, stop)
    phrase = noun_phrase(chain, first, stop)
    while phrase is not None and phrase[1] < stop and chain.coarse[phrase[1]] in _JOINING:
        more = noun_phrase(chain, phrase[1] + 1, stop)  # "a poll for Politiken"
        phrase = None if more is None else (first, more[1])
    if phrase is None:
        return None, None
    verb = phrase[1]
    while verb < stop - 1 and chain.fine[verb] in ("has", "have", "had"):
        verb += 1
    return (verb, phrase) if verb < stop and _tells(chain, verb) else (None, None)


def _tells(chain: Chain, i: int) -> bool:
    lemma, _, form = chain.fine[i].partition(".")
    if form == "s.n":  # "reports" is a verb where a time or a place follows
        return i + 1 < len(chain) and chain.coarse[i + 1] in ("TIME", "ADV", "IN")
    return lemma in _TELLING and form in ("d", "s", "b")
