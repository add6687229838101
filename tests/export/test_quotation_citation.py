"""What is pasted after `y`: words, speaker, place."""

from __future__ import annotations

import datetime as dt

from reader.core.article import Article
from reader.core.quotation import Extraction, Quotation, QuotationKind, Speaker
from reader.core.span import Span
from reader.export.citation import with_citation
from reader.export.items import Item

HOLM = Speaker("Ada Holm", role="harbour master")
PLACE = "“Ferry Talks Collapse,” The Lantern, 4 March 2026, https://lantern.example/ferry."


def said(
    text: str, kind: QuotationKind = QuotationKind.DIRECT, speaker: Speaker | None = HOLM
) -> str:
    """What is pasted of an article whose whole body is one quotation."""
    article = Article(
        "Ferry Talks Collapse",
        text,
        outlet="The Lantern",
        published=dt.date(2026, 3, 4),
        url="https://lantern.example/ferry",
    )
    quotation = Quotation((Span(0, len(text)),), kind, speaker=None if speaker is None else 0)
    extraction = Extraction((quotation,), () if speaker is None else (speaker,))
    return with_citation(Item(1, article, extraction, quotation))


def test_a_direct_quotation_stands_in_quotation_marks_once() -> None:
    pasted = f"“We will not sail.” — Ada Holm, harbour master, quoted in {PLACE}"
    assert said("“We will\nnot sail.”") == pasted
    assert said('"We will not sail."') == pasted


def test_a_paraphrase_is_not_put_in_the_speakers_mouth() -> None:
    assert said("no ferry would sail", QuotationKind.INDIRECT) == (
        f"no ferry would sail — Ada Holm, harbour master, paraphrased in {PLACE}"
    )


def test_a_mixed_quotation_keeps_the_marks_it_has() -> None:
    pasted = said("it was “a farce” to sail", QuotationKind.MIXED)
    assert pasted.startswith("it was “a farce” to sail — Ada Holm")


def test_unnamed_and_unknown_speakers_are_said_to_be_so() -> None:
    unnamed = Speaker("a senior official", named=False)
    assert " — a senior official, quoted in “Ferry" in said("“No.”", speaker=unnamed)
    assert said("“No.”", speaker=None) == f"“No.” — {PLACE}"
