"""How sure to be of a quotation: a logistic score of how it was found, fitted on held-out text."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp

from reader.core.quotation import QuotationKind
from reader.extraction.chain import Chain
from reader.extraction.linking import Draft, Part

_COMMON = frozenset(
    ["say", "tell", "add", "write", "ask", "call", "note", "tweet", "continue", "according"]
)


def signs(
    chain: Chain, draft: Draft, kind: QuotationKind, margins: tuple[int, int, int]
) -> list[str]:
    """The names of the properties that the probability is made of.

    `margins`: by how much (100 is one nat) the labels of the content's first item, of its last and
    of the mention beat "nothing" on their own features.
    """
    cue, mention = draft.cue, draft.mention
    first = draft.pieces[0]
    runs = [
        chain.last[i] - chain.first[i]
        for p in draft.pieces
        for i in range(p.first, p.last)
        if i in chain.run_of
    ]
    size = max(runs, default=0)
    length = 0 if not size else 1 if size < 4 else 2 if size < 6 else 3 if size < 12 else 4
    out = [
        "bias",
        f"kind {kind}",
        f"run {length} {kind}",
        f"begin {_step(margins[0])} {kind}",
        f"end {_step(margins[1])} {kind}",
        f"pieces {min(len(draft.pieces), 3)}",
    ]
    if cue is None:
        return [*out, "no cue"]
    words = [chain.fine[i].split(".")[0] for i in range(cue.first, cue.last)]
    known = next((word.strip("^") for word in words if word.strip("^") in _COMMON), "other")
    out.append(f"cue {known} {kind}")
    out.append(f"cue size {min(cue.last - cue.first, 4)}")
    gap = _gap(first, cue)
    out.append(f"content gap {0 if gap < 1 else 1 if gap < 3 else 2 if gap < 8 else 3} {kind}")
    if first.paragraph != cue.paragraph:
        out.append("another paragraph")
    elif first.sentence != cue.sentence:
        out.append("another sentence")
    if mention is None:
        return [*out, f"no mention {kind}"]
    near = _gap(mention, cue)
    out.append(f"mention gap {0 if near < 1 else 1 if near < 3 else 2 if near < 8 else 3}")
    out.append(
        f"mention {chain.coarse[mention.first]}"
        if mention.last - mention.first == 1
        else "mention of several words"
    )
    out.append(f"mention margin {_step(margins[2])}")
    out.append("mention before" if mention.first < cue.first else "mention after")
    return out


def _step(margin: int) -> int:
    return max(-3, min(8, margin // 100))


def _gap(one: Part, other: Part) -> int:
    return max(other.first - one.last, one.first - other.last, 0)


def probability(names: list[str], weights: Mapping[str, float]) -> float:
    """The estimated probability that content and mention are right."""
    total = sum(weights.get(name, 0.0) for name in names)
    return 1.0 / (1.0 + exp(-max(-20.0, min(20.0, total))))
