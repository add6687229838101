"""How sure to be of a quotation: a logistic score of what it was found by, fitted on held-out text."""

from __future__ import annotations

from math import exp

from reader.core.quotation import QuotationKind
from reader.extraction.chain import Chain
from reader.extraction.linking import Draft
from reader.extraction.model import Model


def signs(chain: Chain, draft: Draft, kind: QuotationKind) -> list[str]:
    """The names of the properties that the probability is made of."""
    out = ["bias", f"kind {kind}"]
    if draft.cue is None:
        out.append("no cue")
    if draft.mention is None:
        out.append("no mention")
    return out


def probability(chain: Chain, draft: Draft, kind: QuotationKind, model: Model) -> float:
    """The estimated probability that content and mention are right."""
    weights = model.extra
    total = 0.0
    for sign in signs(chain, draft, kind):
        total += weights.get(sign, [0.0])[0]
    return 1.0 / (1.0 + exp(-max(-20.0, min(20.0, total))))
