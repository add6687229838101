"""What identity does with any text at all."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.core.quotation import QuotationKind
from reader.core.span import Span
from reader.extraction.found import FoundQuotation
from reader.extraction.identity import resolve

_WORDS = """
Ann Bob Lee Mr. Mrs. Dr. President of the The and , . : ; ( ) " “ ” ’s 's who he she it they said I
Department Times WHO J. Jr. von al-Lee O'Neil 43 former spokesman Turkish campaign a In - — @lee
Ñandú 李 Рeel US, St. King Dean report Marine NEW DELHI & Drugmaker
"""
WORDS = st.sampled_from([*_WORDS.split(), "\n", "\n\n", "\u00a0"])


@st.composite
def texts_with_quotations(draw: st.DrawFn) -> tuple[str, list[FoundQuotation]]:
    text = " ".join(draw(st.lists(st.one_of(WORDS, st.text(max_size=5)), max_size=60)))
    count = draw(st.integers(0, 6))
    found = []
    for _ in range(count):
        a, b, c, d = sorted(draw(st.integers(0, max(len(text), 1))) for _ in range(4))
        mention = draw(st.sampled_from([Span(a, b), Span(c, d), None]))
        kind = draw(st.sampled_from(QuotationKind))
        found.append(FoundQuotation((Span(b, c),), kind, None, mention))
    return text, found


_WHO_LAST = FoundQuotation((Span(0, 2),), QuotationKind.DIRECT, None, Span(2, 6))


@example(("J. WHO", [_WHO_LAST]))
@settings(max_examples=300, deadline=None)
@given(texts_with_quotations())
def test_no_text_makes_it_fail_and_every_quotation_comes_back(
    case: tuple[str, list[FoundQuotation]],
) -> None:
    text, found = case
    extraction = resolve(text, found)
    assert len(extraction.quotations) == len(found)
    for quotation in extraction.quotations:
        assert 0.0 <= quotation.confidence <= 1.0
        assert quotation.speaker is None or 0 <= quotation.speaker < len(extraction.speakers)
    said = [q.speaker for q in extraction.quotations if q.speaker is not None]
    assert list(dict.fromkeys(said)) == list(range(len(extraction.speakers)))
    for speaker in extraction.speakers:
        assert speaker.name
        assert list(speaker.mentions) == sorted(speaker.mentions)


@pytest.mark.parametrize(
    "unit",
    [
        "Alpha ",
        "Ann Lee went. ",
        "Mr. ",
        "Department of the ",
        "Bill and Ann Lee and ",
        "U.S.",
        ",",
    ],
)
def test_time_grows_in_proportion_to_the_text(unit: str) -> None:
    def seconds(times: int) -> float:
        text = unit * times
        found = [FoundQuotation((Span(0, 1),), QuotationKind.DIRECT, None, Span(1, 5))]
        best = 9.0
        for _ in range(3):
            begin = time.process_time()
            resolve(text, found)
            best = min(best, time.process_time() - begin)
        return best

    short, long = seconds(500), seconds(4_000)
    assert long <= 8 * short * 3 + 0.02
