"""From labelled items to quotations: the cue of each content, and the mention of each cue."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from reader.extraction.chain import BREAK, GAP, RUN, WORD, Chain


@dataclass(slots=True)
class Part:
    """A stretch of items with one label."""

    first: int
    last: int
    """Half-open."""
    forward: bool = False
    """For contents and mentions: whether the cue stands after it."""
    sentence: int = 0
    paragraph: int = 0
    """Where it begins."""
    last_paragraph: int = 0
    """Where it ends: speech may go on over several."""


@dataclass(slots=True)
class Draft:
    """A quotation in items of the chain."""

    pieces: list[Part] = field(default_factory=list)
    cue: Part | None = None
    mention: Part | None = None
    how: str = ""
    shared: bool = False
    """Whether the mention was taken over from another cue of the sentence."""
    tokens: tuple[int, int] | None = None
    """The speaker as a range of tokens, where the words are no items of the chain."""


def parts_of(chain: Chain, labels: list[str]) -> tuple[list[Part], list[Part], list[Part]]:
    """The contents, cues and mentions that the labels describe, each in order."""
    contents: list[Part] = []
    cues: list[Part] = []
    mentions: list[Part] = []
    sentence = paragraph = 0
    borders = {begin for begin, _ in chain.sentences}
    previous = ""
    over = False
    for i, label in enumerate(labels):
        if chain.sort[i] == BREAK:
            paragraph += 1
        if i in borders:
            sentence += 1
        if label == "O" or label[0] == "M" or (label[1] == "C" and chain.sort[i] == GAP):
            previous = label
            continue
        start, role, way = label[0], label[1], label[2:]
        row = contents if role == "Q" else cues if role == "C" else mentions
        goes_on = (
            previous[1:] == label[1:]
            and start not in "BU"
            and not (role == "Q" and previous[0] in "EU")
        )
        if role == "Q":
            # Reported words end with their sentence; only marks carry a content over its border.
            over = (over and goes_on) or (goes_on and i in borders)
            if over and chain.sort[i] not in (RUN, BREAK):
                previous = label
                continue
            if over and chain.sort[i] == RUN:
                goes_on = goes_on and chain.sort[i - 1] in (RUN, BREAK)
                over = False
        if goes_on:
            row[-1].last = i + 1
            row[-1].last_paragraph = paragraph
        else:
            row.append(Part(i, i + 1, way == ">", sentence, paragraph, paragraph))
        previous = label
    for part in contents:
        while part.last > part.first and (
            chain.sort[part.last - 1] in (BREAK, GAP) or chain.coarse[part.last - 1] in (":", ",")
        ):
            part.last -= 1
        while part.first < part.last and chain.sort[part.first] in (BREAK, GAP):
            part.first += 1
    return [p for p in contents if p.first < p.last], cues, mentions


def link(chain: Chain, labels: list[str]) -> list[Draft]:
    """The quotations of a labelled chain, in order of their first item."""
    contents, cues, mentions = parts_of(chain, labels)
    owner, shared = _mentions_of_cues(cues, mentions)
    drafts: dict[int, Draft] = {}
    loose: list[Draft] = []
    quoting: set[int] = set()
    for piece in contents:
        at = _cue_of(chain, piece, cues, quoting)
        if at is None:
            loose.append(Draft([piece]))
            continue
        if piece.last <= cues[at].first and _all_runs(chain, piece):
            quoting.add(at)
        elif at in quoting and not _any_run(chain, piece):
            continue
        elif at in quoting and _participle_before(chain, piece, cues[at]):
            # `"A," she said, meaning that B`: a cue that the labels have missed.
            verb = Part(piece.first - 1, piece.first, False, piece.sentence, piece.paragraph)
            loose.append(Draft([piece], verb, owner[at]))
            continue
        draft = drafts.get(at)
        if draft is None:
            drafts[at] = Draft([piece], cues[at], owner[at], shared=at in shared)
        else:
            draft.pieces.append(piece)
    out = [*drafts.values(), *loose, *_cut_off(chain, cues, owner, shared, drafts)]
    out.sort(key=lambda d: d.pieces[0].first)
    return out


def _cut_off(
    chain: Chain,
    cues: list[Part],
    owner: list[Part | None],
    shared: set[int],
    drafts: dict[int, Draft],
) -> list[Draft]:
    """`Sources told Reuters [the bidder had walked away]`: a cue and its speaker without content.

    Only for "say" and "tell", with a clause behind them that nothing else claims.
    """
    out = []
    for n, cue in enumerate(cues):
        mention = owner[n]
        if n in drafts or n in shared or mention is None or not mention.forward:
            continue
        lemma = chain.fine[cue.first].split(".")[0]
        if lemma not in ("say", "tell") or (
            n + 1 < len(cues) and cues[n + 1].sentence == cue.sentence
        ):
            continue
        first = cue.last
        if lemma == "tell":
            while first < len(chain) and chain.coarse[first] in (
                "NAME",
                "ORG",
                "MSG",
                "wNs",
                "PRO",
            ):
                first += 1
        last = first
        while (
            last < len(chain) and chain.sort[last] == WORD and chain.coarse[last] not in (".", "?")
        ):
            last += 1
        opens = first < last and chain.coarse[first] in ("DET", "PRS", "POS", "NAME", "THAT", "NUM")
        verbs = [i for i in range(first + 1, last) if chain.coarse[i] in ("AUX", "wed", "wVs")]
        if opens and verbs:
            out.append(Draft([Part(first, last, False, cue.sentence, cue.paragraph)], cue, mention))
    return out


def _participle_before(chain: Chain, piece: Part, cue: Part) -> bool:
    before = piece.first - 1
    return (
        before > cue.last
        and piece.sentence == cue.sentence
        and (chain.coarse[before] == "wing" or chain.fine[before].endswith(".g"))
        and not _all_runs(chain, piece)
    )


def _all_runs(chain: Chain, piece: Part) -> bool:
    return all(chain.sort[i] != WORD for i in range(piece.first, piece.last))


def _any_run(chain: Chain, piece: Part) -> bool:
    return any(chain.sort[i] == RUN for i in range(piece.first, piece.last))


def _mentions_of_cues(cues: list[Part], mentions: list[Part]) -> tuple[list[Part | None], set[int]]:
    """The mention of each cue, and which cues share another's."""
    owner: list[Part | None] = [None] * len(cues)
    events = sorted(
        [(c.first, 0, n) for n, c in enumerate(cues)]
        + [(m.first, 1, n) for n, m in enumerate(mentions)]
    )
    waiting: list[Part] = []
    last_cue = -1
    for _, what, n in events:
        if what == 1:
            mention = mentions[n]
            if mention.forward:
                waiting.append(mention)
            elif last_cue >= 0 and owner[last_cue] is None:
                owner[last_cue] = mention
            continue
        while waiting and waiting[-1].paragraph != cues[n].paragraph:
            waiting.pop()
        if waiting and waiting[-1].sentence == cues[n].sentence:
            owner[n] = waiting.pop()
        last_cue = n
    shared: set[int] = set()
    # A cue of its own sentence's earlier speaker: "X said A and added B".
    for n, cue in enumerate(cues):
        if owner[n] is None:
            for k in (n - 1, n + 1, n - 2):
                if 0 <= k < len(cues) and cues[k].sentence == cue.sentence and owner[k] is not None:
                    owner[n] = owner[k]
                    shared.add(n)
                    break
    return owner, shared


def _cue_of(chain: Chain, piece: Part, cues: list[Part], quoting: set[int]) -> int | None:
    """The number of the cue that a content belongs to.

    `quoting`: the cues that a content in marks stands before. A quoted sentence that follows goes
    on what such a cue began, even if another verb stands nearer: `"A," she said, noting S. "B."`
    """
    at = bisect_right(cues, piece.first, key=lambda cue: cue.last)
    before = at - 1 if at else None
    after = at if at < len(cues) and cues[at].first >= piece.last else None
    order = (after, before) if piece.forward else (before, after)
    for n in order:
        near = piece.last_paragraph if n == after else piece.paragraph
        if n is None or cues[n].paragraph != near:
            continue
        if n == before and cues[n].sentence != piece.sentence and _all_runs(chain, piece):
            for k in range(n, max(-1, n - 4), -1):
                if cues[k].sentence != cues[n].sentence:
                    break
                if k in quoting:
                    return k
        return n
    if before is not None and cues[before].paragraph >= piece.paragraph - 3:
        return before
    return None
