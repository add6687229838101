"""What is pasted after `y`: words, speaker, place."""

from __future__ import annotations

import dataclasses
import datetime as dt

from reader.core.article import ArticleId
from reader.core.quotation import QuotationKind
from reader.core.records import QuotationRow
from reader.core.span import Span
from reader.export.citation import citation

ROW = QuotationRow(
    id=1,
    article_id=ArticleId(1),
    ordinal=0,
    article_title="Ferry Talks Collapse",
    outlet="The Lantern",
    published=dt.date(2026, 3, 4),
    url="https://lantern.example/ferry",
    kind=QuotationKind.DIRECT,
    content=(Span(0, 10),),
    cue=None,
    mention=None,
    text="“We will\nnot sail.”",
    speaker_id=1,
    speaker_name="Ada Holm",
    role="harbour master",
    confidence=0.9,
)
PLACE = "“Ferry Talks Collapse,” The Lantern, 4 March 2026, https://lantern.example/ferry."


def test_a_direct_quotation_stands_in_quotation_marks_once() -> None:
    assert citation(ROW) == f"“We will not sail.” — Ada Holm, harbour master, quoted in {PLACE}"


def test_a_paraphrase_is_not_put_in_the_speakers_mouth() -> None:
    row = dataclasses.replace(ROW, kind=QuotationKind.INDIRECT, text="no ferry would sail")
    assert citation(row) == (
        f"no ferry would sail — Ada Holm, harbour master, paraphrased in {PLACE}"
    )


def test_a_mixed_quotation_keeps_the_marks_it_has() -> None:
    row = dataclasses.replace(ROW, kind=QuotationKind.MIXED, text="it was “a farce” to sail")
    assert citation(row).startswith("it was “a farce” to sail — Ada Holm")


def test_unnamed_and_unknown_speakers_are_said_to_be_so() -> None:
    unnamed = dataclasses.replace(ROW, speaker_name=None, role=None, described="a senior official")
    assert " — a senior official, quoted in “Ferry" in citation(unnamed)
    unknown = dataclasses.replace(ROW, speaker_name=None, role=None, speaker_id=None)
    assert citation(unknown) == f"“We will not sail.” — quoted in {PLACE}"


def test_what_is_not_known_of_the_place_is_left_out() -> None:
    row = dataclasses.replace(ROW, outlet=None, published=None, url=None)
    assert citation(row).endswith("quoted in “Ferry Talks Collapse”.")
