"""What the status line says about the place in an article."""

from __future__ import annotations

from reader.core.article import Article, ArticleId
from reader.core.quotation import Extraction, Quotation, QuotationKind, Speaker
from reader.core.records import ArchivedArticle
from reader.core.span import Span
from reader.ui.where import in_article


def place(body: str, cue: str) -> str:
    """What is said of the one quotation, all that stands in front of the cue being its speaker."""
    start = body.index(cue)
    quotation = Quotation(
        (Span(start + len(cue), len(body)),),
        QuotationKind.DIRECT,
        cue=Span(start, start + len(cue)),
        speaker=0,
        confidence=0.88,
    )
    extraction = Extraction((quotation,), (Speaker(body[:start].strip()),))
    archived = ArchivedArticle(ArticleId(1), Article("", body), extraction, (1,), False, False)
    return in_article(archived, 0)


def test_the_cue_is_named_on_one_line() -> None:
    said = place('Ana Ruiz has\nwarned: "Stay."', "has\nwarned: ")
    assert said == "quotation 1 of 1 · Ana Ruiz 1 of 1 · direct, has warned, .88"


def test_a_transcripts_colon_is_no_cue_to_name() -> None:
    assert place("ANA RUIZ: Stay.", ":") == "quotation 1 of 1 · ANA RUIZ 1 of 1 · direct, .88"
