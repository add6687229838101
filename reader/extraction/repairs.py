"""Known slips of the model, put right by rule. Each was counted on held-out articles."""

from __future__ import annotations

from reader.extraction.chain import BREAK, GAP, RUN, WORD, Chain
from reader.extraction.linking import Draft, Part
from reader.extraction.subjects import sentence_of

_PLAIN = frozenset(("say.d", "say.s", "say.b"))
_STOPS = frozenset((",", ".", "?", "DASH", ";"))


def repair(chain: Chain, draft: Draft, taken: bytearray) -> None:
    """Change `draft` in place. `taken` marks the items that any draft uses."""
    cue = draft.cue
    if cue is None or cue.last - cue.first > 6:
        return
    first = draft.pieces[0]
    if first.last > cue.first or any(i in chain.run_of for i in range(first.first, first.last)):
        return
    if first.sentence != cue.sentence:
        return
    begin, end = sentence_of(chain, cue.first)
    if _subject_taken_for_content(chain, draft, begin):
        _turn_round(chain, draft, end)
        return
    _to_the_comma(chain, draft, taken)
    if chain.coarse[first.last] == ",":
        _from_the_start(chain, first, begin, taken)


def _subject_taken_for_content(chain: Chain, draft: Draft, begin: int) -> bool:
    """`The Defense Department said Secretary Esper spoke to ...` read as `..., said Esper`."""
    cue, mention, first = draft.cue, draft.mention, draft.pieces[0]
    return (
        cue is not None
        and mention is not None
        and len(draft.pieces) == 1
        and mention.first == cue.last
        and cue.last - cue.first == 1
        and first.last == cue.first
        and first.first == begin
        and chain.fine[cue.first] in _PLAIN
        and not any(verbal(chain, i) for i in range(first.first, first.last))
    )


def _turn_round(chain: Chain, draft: Draft, end: int) -> None:
    cue, mention, first = draft.cue, draft.mention, draft.pieces[0]
    if cue is None or mention is None:
        return
    last = end
    while last > mention.last and chain.coarse[last - 1] in _STOPS:
        last -= 1
    draft.pieces = [Part(mention.first, last, False, cue.sentence, cue.paragraph)]
    draft.mention = Part(first.first, first.last, True, cue.sentence, cue.paragraph)


def _from_the_start(chain: Chain, first: Part, begin: int, taken: bytearray) -> None:
    """`A man was charged after a body was found, police said`: the whole clause is reported."""
    i = first.first
    while i > begin and not taken[i - 1] and chain.sort[i - 1] in (WORD, RUN):
        i -= 1
    if i > begin or begin == first.first:
        return
    while (
        begin < first.first
        and chain.coarse[begin] in ("CC", ",", "ADV")
        and begin < first.first - 1
    ):
        begin += 1
    first.first = begin


def _to_the_comma(chain: Chain, draft: Draft, taken: bytearray) -> None:
    """`Prices [could fall], a report warned`: up to the comma that sets the speaker off."""
    cue, mention, first = draft.cue, draft.mention, draft.pieces[0]
    if cue is None:
        return
    stop = cue.first if mention is None else min(cue.first, mention.first)
    if stop <= first.last or chain.coarse[stop - 1] != ",":
        return
    if not any(taken[i] for i in range(first.last, stop - 1)):
        first.last = stop - 1


_NO_CLAUSE = frozenset(("discuss", "address", "talk", "speak", "review", "debate"))
_BETWEEN = frozenset(("CC", "TIME", "ADV", ","))


def absorbed(chain: Chain, drafts: list[Draft]) -> list[Draft]:
    """`drafts` without those that only go on a report: `X said A met B [and they discussed C]`.

    What somebody is reported to have done stays part of the report.
    """
    out: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: d.pieces[0].first):
        last = out[-1] if out else None
        if last is not None and _goes_on(chain, last, draft):
            last.pieces[-1].last = draft.pieces[-1].last
        else:
            out.append(draft)
    return out


def _goes_on(chain: Chain, report: Draft, draft: Draft) -> bool:
    cue, mention, said = draft.cue, draft.mention, report.cue
    if cue is None or mention is None or said is None or said.sentence != cue.sentence:
        return False
    end = report.pieces[-1].last
    if not (said.last <= report.pieces[0].first and end < mention.first < cue.first < end + 8):
        return False
    between = chain.coarse[end : mention.first]
    return (
        chain.fine[cue.first].split(".")[0] in _NO_CLAUSE
        and chain.coarse[mention.first] == "PRS"
        and "CC" in between
        and all(c in _BETWEEN for c in between)
    )


def make_room(chain: Chain, draft: Draft, subject: Part) -> bool:
    """Take a subject out of the content that it opens (`said Comey, "The thought ..."`).

    False, and nothing changed, if that would leave no content or the subject stands inside it.
    """
    for number, piece in enumerate(draft.pieces):
        if subject.last <= piece.first or piece.last <= subject.first:
            continue
        start = subject.last
        while start < piece.last and chain.coarse[start] in (",", ":"):
            start += 1
        if subject.first > piece.first or (start >= piece.last and len(draft.pieces) == 1):
            return False
        if start >= piece.last:
            del draft.pieces[number]
        else:
            piece.first = start
        return True
    return True


def apart(chain: Chain, drafts: list[Draft]) -> list[Draft]:
    """`drafts` without the pieces that lie in another's content; those left with none fall out."""
    claimed = bytearray(len(chain))
    out = []
    for draft in sorted(drafts, key=lambda d: d.pieces[0].first):
        free = []
        for piece in draft.pieces:
            if not any(claimed[piece.first : piece.last]):
                claimed[piece.first : piece.last] = b"\x01" * (piece.last - piece.first)
                free.append(piece)
        if free:
            draft.pieces = free
            out.append(draft)
    return out


def verbal(chain: Chain, i: int) -> bool:
    """Whether an item can be a finite verb."""
    coarse = chain.coarse[i]
    return coarse[0] == "V" or coarse in (
        "AUX",
        "TOLD",
        "wed",
        "ws",
        "wV",
        "wVs",
        "wNsVs",
        "PRA",
        "'s",
    )


def taken_items(chain: Chain, drafts: list[Draft]) -> bytearray:
    """One byte an item: 1 where some draft has content, cue or mention."""
    out = bytearray(len(chain))
    for draft in drafts:
        for part in (*draft.pieces, draft.cue, draft.mention):
            if part is not None:
                for i in range(part.first, part.last):
                    out[i] = 1
    for i, sort in enumerate(chain.sort):
        if sort in (BREAK, GAP):
            out[i] = 1
    return out
