"""Quotations by rule alone: a run in marks, the reporting verb beside it, the name beside that."""

from __future__ import annotations

from reader.core.quotation import QuotationKind
from reader.core.span import Span
from reader.extraction.found import FoundQuotation
from reader.extraction.lexicon_verbs import is_reporting
from reader.extraction.lexicon_words import SUBJECT_PRONOUNS
from reader.extraction.marks import Run, quotation_runs
from reader.extraction.tokens import Tokens, tokenize


def find(text: str) -> list[FoundQuotation]:
    """The quotations of `text` that stand in marks, and "X said S." outside them, in order."""
    tokens = tokenize(text)
    runs = quotation_runs(tokens)
    words, starts, ends = tokens.words, tokens.starts, tokens.ends
    inside = [False] * len(words)
    for run in runs:
        inside[run.first : run.last] = [True] * (run.last - run.first)
    pieces: dict[tuple[int, int, int], list[Run]] = {}
    loose: list[FoundQuotation] = []
    for first, last in tokens.sentences():
        cues = [i for i in range(first, last) if not inside[i] and is_reporting(words[i].lower())]
        mine = [run for run in runs if first <= run.first < last]
        for run in mine:
            near = sorted(cues, key=lambda i, r=run: min(abs(i - r.last), abs(i - r.first)))
            for cue in near[:1]:
                mention = _mention(tokens, inside, cue, first, last)
                if mention is not None:
                    pieces.setdefault((cue, *mention), []).append(run)
        if not mine and cues:
            cue = cues[0]
            mention = _mention(tokens, inside, cue, first, cue)
            if mention is not None and last - cue > 5:
                loose.append(
                    FoundQuotation(
                        (Span(starts[cue + 1], ends[last - 1]),), QuotationKind.INDIRECT,
                        Span(starts[cue], ends[cue]), Span(starts[mention[0]], ends[mention[1] - 1]), 0.5,
                    )
                )  # fmt: skip
    for (cue, begin, end), found in pieces.items():
        content = tuple(Span(starts[r.first], ends[r.last - 1]) for r in found)
        loose.append(
            FoundQuotation(
                content, QuotationKind.DIRECT, Span(starts[cue], ends[cue]),
                Span(starts[begin], ends[end - 1]), 0.7, ("a reporting verb beside the marks",),
            )
        )  # fmt: skip
    return sorted(loose, key=lambda q: q.content[0])


def _mention(
    tokens: Tokens, inside: list[bool], cue: int, first: int, last: int
) -> tuple[int, int] | None:
    words = tokens.words

    def name(i: int) -> bool:
        word = words[i]
        return not inside[i] and (word[0].isupper() or word.lower() in SUBJECT_PRONOUNS)

    for i in (cue - 1, cue - 2):
        if i >= first and name(i):
            begin = i
            while begin > first and name(begin - 1):
                begin -= 1
            return begin, i + 1
    if cue + 1 < last and name(cue + 1):
        end = cue + 1
        while end < last and name(end):
            end += 1
        return cue + 1, end
    return None
