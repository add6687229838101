"""Finds every quotation of a text with its cue and the words for its speaker.

Layout first (`blocks`), then the learned chain (`chain`, `features`, `model`), then links
(`linking`), then what is worth telling (`report`): spans, kind, confidence and reasons.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from reader.core.quotation import QuotationKind
from reader.core.span import Span
from reader.extraction.alone import attribute
from reader.extraction.arrays import Column, np
from reader.extraction.blocks import Block
from reader.extraction.chain import BREAK, RUN, Chain, build_chain
from reader.extraction.confidence import probability, signs
from reader.extraction.datelines import openings
from reader.extraction.found import FoundQuotation
from reader.extraction.headlines import laid_out
from reader.extraction.linking import Draft, Part, link
from reader.extraction.model import Model
from reader.extraction.repairs import absorbed, apart, make_room, repair, taken_items
from reader.extraction.speech import is_asked, is_deed, is_formula, is_speech
from reader.extraction.subjects import own_subject, subject_of
from reader.extraction.tokens import Tokens
from reader.extraction.trailing import trailing
from reader.extraction.voices import end_before_main_verb, is_quoted_one, whose

FAVOURED, LONG = 4, 10
"""Words in marks from which on a run is favoured, and favoured strongly."""
SHORT_BONUS, LONG_BONUS = 50, 200
"""By how much (100 is one nat). On held-out articles 50 for the short ones is 0.2 points of D+M
joint F1 better than 150, on dev half a point."""
ALONE_BONUS, BRIEF = 150, 200
"""For short ones in a text of fewer words than that: the chain was fitted to articles, and in a
few lines there is little else to go by."""
OPEN_BONUS = 500
"""For speech that goes on over paragraphs."""
CUE_BONUS, PLAIN_BONUS = 250, 250
"""For a cue at a verb of saying, with marks in the sentence and without: one point of
indirect F1 on held-out text against none."""
UNSURE = frozenset(("talk.s", "report.s", "name.s", "state.s", "order.s", "project.s", "speak.d"))
"""Nouns more often than verbs."""


LEAST_SURE, LEAST_SURE_IN_MARKS = 0.2, 0.04
"""What is less sure than this is no finding: five in six of them are wrong. Words in marks alone
are somebody's; what is unsure is whose."""


class Told(NamedTuple):
    """A quotation of the chain with what its confidence is made of."""

    draft: Draft
    kind: QuotationKind
    signs: list[str]


@dataclass(frozen=True, slots=True)
class Finder:
    """A model ready to read texts. Holds no state of a text; safe for several threads."""

    model: Model

    def find(self, tokens: Tokens) -> list[FoundQuotation]:
        """The quotations of a text, in order of their first character; contents never overlap."""
        turns = laid_out(tokens)
        chain = build_chain(tokens, frozenset(n for turn in turns for n in turn.paragraphs))
        found = [_turn(tokens, turn) for turn in turns]
        for told in self.told(chain):
            sure = probability(told.signs, self.model.confidence)
            in_marks = told.kind is QuotationKind.DIRECT
            if sure >= (LEAST_SURE_IN_MARKS if in_marks else LEAST_SURE):
                found.extend(as_found(chain, told, sure))
        found.sort(key=lambda one: one.content[0])
        return found

    def told(self, chain: Chain) -> list[Told]:
        """The quotations of a chain that are worth telling, in order."""
        model = self.model
        emissions = model.emissions(chain)
        _lean(chain, emissions, model)
        path = model.best(emissions)
        labels = [model.labels[i] for i in path]
        nothing = model.labels.index("O")

        def margin(i: int) -> int:
            return int(emissions[i, path[i]] - emissions[i, nothing])

        out = []
        drafts = attribute(chain, link(chain, labels))
        taken = taken_items(chain, drafts)
        for draft in drafts:
            repair(chain, draft, taken)
        behind = openings(chain.tokens)
        for draft in apart(chain, absorbed(chain, trailing(chain, drafts, taken))):
            if behind:
                _leave_the_dateline(chain, draft, behind)
            kind = _together([_kind(chain, piece) for piece in draft.pieces])
            cue = draft.cue
            if kind is QuotationKind.INDIRECT and (
                cue is None or not is_speech(chain, cue) or is_formula(chain, draft.pieces[0])
            ):
                continue
            if kind is QuotationKind.MIXED and cue is not None and not is_speech(chain, cue):
                _leave_the_deed(chain, draft)
                kind = _together([_kind(chain, piece) for piece in draft.pieces])
            mention = draft.mention
            if (
                kind is QuotationKind.INDIRECT
                and cue is not None
                and mention is not None
                and is_deed(chain, cue, mention)
            ):
                continue
            margins = (
                margin(draft.pieces[0].first),
                margin(draft.pieces[-1].last - 1),
                0 if mention is None else margin(mention.first),
            )
            if cue is not None and (mention is None or draft.shared):
                _look_for_subject(chain, draft, cue)
            if cue is not None:
                if is_quoted_one(chain, draft, cue):
                    continue
                whose(chain, draft, cue)
                end_before_main_verb(chain, draft, cue)
            out.append(Told(draft, kind, signs(chain, draft, kind, margins)))
        return out


def _span(tokens: Tokens, first: int, last: int) -> Span:
    return Span(tokens.starts[first], tokens.ends[last - 1])


def _turn(tokens: Tokens, turn: Block) -> FoundQuotation:
    return FoundQuotation(
        content=tuple(_span(tokens, *piece) for piece in turn.content),
        kind=turn.kind,
        cue=None if turn.cue is None else _span(tokens, *turn.cue),
        mention=None if turn.mention is None else _span(tokens, *turn.mention),
        confidence=0.9,
        why=(turn.why,),
    )


def _leave_the_deed(chain: Chain, draft: Draft) -> None:
    """`She points at [the empty street]. "They queued here."`: no words but those in marks."""
    quoted = [p for p in draft.pieces if _kind(chain, p) is not QuotationKind.INDIRECT]
    if any(_kind(chain, p) is QuotationKind.DIRECT for p in quoted):
        draft.pieces = quoted


def _leave_the_dateline(chain: Chain, draft: Draft, behind: dict[int, int]) -> None:
    """`OSLO, March 4 - [Drilling will go on], analysts said`: the place is nobody's words."""
    for piece in draft.pieces:
        begins = behind.get(chain.first[piece.first])
        while begins and piece.first < piece.last - 1 and chain.first[piece.first] < begins:
            piece.first += 1


def _look_for_subject(chain: Chain, draft: Draft, cue: Part) -> None:
    """Give a cue without a mention of its own the subject that word order points to."""
    if is_asked(chain, cue):
        draft.mention = None
        return
    if draft.mention is not None:
        own = own_subject(chain, cue, draft.mention)
        if own is not None and make_room(chain, draft, own):
            draft.mention = own
        return
    subject = subject_of(chain, cue, draft.pieces[0].last <= cue.first)
    if subject is not None and make_room(chain, draft, subject):
        draft.mention = subject
        draft.how = ", the nearest that can be its subject"


def _lean(chain: Chain, emissions: Column, model: Model) -> None:
    """Lean towards finding: at verbs of saying, and at long runs in marks.

    Of the runs of ten words and more 98.7 % are content. The trained weights alone miss more than
    they invent; with these, one point of recall costs half a point of precision.
    """
    begins = np.array([label[:2] == "BC" for label in model.labels])
    contents = np.array([label[1:2] == "Q" for label in model.labels])
    plain = bytearray(len(chain))
    for begin, end in chain.sentences:
        if RUN not in chain.sort[begin:end]:
            plain[begin:end] = b"\x01" * (end - begin)
    cues = [
        i
        for i, coarse in enumerate(chain.coarse)
        if ((coarse[:2] == "Vs" and coarse[-1] != "n") or coarse in ("TOLD", "ACCORDING"))
        and chain.fine[i] not in UNSURE
    ]
    bonuses = np.array([PLAIN_BONUS if plain[i] else CUE_BONUS for i in cues], np.int32)
    emissions[cues] += np.outer(bonuses, begins)
    short = ALONE_BONUS if len(chain.tokens.words) < BRIEF else SHORT_BONUS
    goes_on = -1
    for i, run in chain.run_of.items():
        size = run.last - run.first - 2
        # Marks left open at the end of a paragraph and opened again in the next: speech goes on.
        following = i + 2 if i + 2 < len(chain) and chain.sort[i + 1] == BREAK else -1
        opens = not run.closed and following in chain.run_of
        if opens or i == goes_on:
            bonus = OPEN_BONUS
        elif size >= FAVOURED:
            bonus = LONG_BONUS if size >= LONG else short
        else:
            continue
        goes_on = following if opens else -1
        emissions[i] += bonus * contents


def as_found(chain: Chain, told: Told, confidence: float) -> list[FoundQuotation]:
    """One quotation, or two with the same cue and mention: half reported, then quoted in full."""
    draft, kind = told.draft, told.kind
    tokens = chain.tokens
    cue, mention = draft.cue, draft.mention
    kinds = [_kind(chain, piece) for piece in draft.pieces]
    cue_span = None if cue is None else _part_span(chain, cue)
    mention_span = None if mention is None else _part_span(chain, mention)
    if draft.tokens is not None:
        mention_span = _span(tokens, *draft.tokens)
    why = _reasons(tokens, chain, draft)

    def made(pieces: list[Part], sort: QuotationKind) -> FoundQuotation:
        content = tuple(_part_span(chain, piece) for piece in pieces)
        return FoundQuotation(content, sort, cue_span, mention_span, confidence, why)

    direct = [p for p, k in zip(draft.pieces, kinds, strict=True) if k is QuotationKind.DIRECT]
    others = [p for p, k in zip(draft.pieces, kinds, strict=True) if k is not QuotationKind.DIRECT]
    if direct and others:
        return [
            made(others, _together([k for k in kinds if k is not QuotationKind.DIRECT])),
            made(direct, QuotationKind.DIRECT),
        ]
    return [made(draft.pieces, kind)]


def _part_span(chain: Chain, part: Part) -> Span:
    return _span(chain.tokens, chain.first[part.first], chain.last[part.last - 1])


def _kind(chain: Chain, piece: Part) -> QuotationKind:
    """Direct if every word stands in marks, indirect if none does."""
    inside = outside = False
    words = chain.tokens.words
    for i in range(piece.first, piece.last):
        if i in chain.run_of:
            inside = True
        elif not outside:
            outside = any(words[k][0].isalnum() for k in range(chain.first[i], chain.last[i]))
    if not inside:
        return QuotationKind.INDIRECT
    return QuotationKind.MIXED if outside else QuotationKind.DIRECT


def _together(kinds: list[QuotationKind]) -> QuotationKind:
    return kinds[0] if len(set(kinds)) == 1 else QuotationKind.MIXED


def _reasons(tokens: Tokens, chain: Chain, draft: Draft) -> tuple[str, ...]:
    out = []
    cue = draft.cue
    if cue is None:
        if draft.tokens is not None:
            return (f"'{_span(tokens, *draft.tokens).text(tokens.text)}' {draft.how}",)
        return ("no reporting words near it",)
    said = _part_span(chain, cue).text(tokens.text)
    first = draft.pieces[0]
    if first.first >= cue.last:
        where = "before"
    elif draft.pieces[-1].last <= cue.first:
        where = "after"
    else:
        where = "in the middle of"
    out.append(f"cue '{said}' {where} the content")
    mention = draft.mention
    if mention is not None:
        named = _part_span(chain, mention).text(tokens.text)
        side = "before" if mention.first < cue.first else "after"
        out.append(f"'{named}' {side} the cue{draft.how}")
    return tuple(out)
