"""From mentions to speakers: who "he", "Lee", "the Pentagon" and "a senior official" are.

The text is walked once. Names, pronouns and quotations keep up to date who is on stage; the mention
of each quotation is taken apart and given to one of the people or bodies the text names, to a
description, or to nobody. Each answer has a confidence factor and says how it was reached.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from reader.core.quotation import Extraction, Quotation
from reader.core.span import Span
from reader.extraction.found import FoundQuotation
from reader.extraction.mentions import find_namings
from reader.extraction.people import Cast
from reader.extraction.roles import note_roles
from reader.extraction.speakers import Roll
from reader.extraction.tokens import Tokens, tokenize
from reader.extraction.walk import Walk


def resolve(text: str, found: Sequence[FoundQuotation], tokens: Tokens | None = None) -> Extraction:
    """Who said each of the quotations found in `text`.

    `tokens`: those of `text`, if the caller has them already. The quotations come back in order of
    their first character; confidences are multiplied by the resolution's. Never raises.
    """
    if not found:
        return Extraction()
    if tokens is None:
        tokens = tokenize(text)
    sentences = tokens.sentences()
    small = {word for word in tokens.words if word[0].islower()}
    namings = find_namings(tokens, sentences, small)
    note_roles(tokens, sentences, namings)
    cast = Cast(namings)
    order = sorted(range(len(found)), key=lambda i: (found[i].content[0].start, i))
    ranges = [_token_range(tokens, found[i].mention) for i in order]
    walk = Walk(tokens, sentences, namings, cast, [found[i] for i in order], ranges)
    answers = walk.run()
    roll = Roll(tokens)
    quotations = []
    for place, number in enumerate(order):
        item, answer = found[number], answers[place]
        speaker = roll.enter(answer, item.mention)
        quotations.append(
            Quotation(
                item.content,
                item.kind,
                item.cue,
                item.mention,
                speaker,
                round(item.confidence * answer.confidence, 4),
                (*item.why, answer.why) if answer.why else item.why,
            )
        )
    return Extraction(tuple(quotations), roll.speakers())


def _token_range(tokens: Tokens, span: Span | None) -> tuple[int, int]:
    """The tokens a span touches; empty for None."""
    if span is None:
        return (0, 0)
    first = bisect_left(tokens.ends, span.start + 1)
    last = bisect_left(tokens.starts, span.end)
    return (first, max(first, last))
