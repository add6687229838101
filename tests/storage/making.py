"""Articles and extractions for the store's tests: made by hand, and by hypothesis."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from reader.core.article import Article, Block, BlockKind, Link
from reader.core.quotation import Extraction, Quotation, QuotationKind, Speaker, SpeakerKind
from reader.core.span import Span

BODY = (
    "“We open on Monday,” Mayor Ana Ruiz said.\n\nRuiz added that the bridge was sound.\n\n"
    "A city engineer, who asked not to be named, said it was not."
)


def story(title: str = "Bridge opens", body: str = BODY, **more: object) -> Article:
    """An article with three paragraphs and two speakers."""
    blocks, start = [], 0
    for paragraph in body.split("\n\n"):
        blocks.append(Block(Span(start, start + len(paragraph))))
        start += len(paragraph) + 2
    return Article(title=title, body=body, blocks=tuple(blocks), **more)  # type: ignore[arg-type]


def span(part: str, body: str = BODY) -> Span:
    """Where `part` stands."""
    start = body.index(part)
    return Span(start, start + len(part))


RUIZ = Speaker(
    "Ana Ruiz",
    SpeakerKind.PERSON,
    "Mayor",
    ("Ruiz",),
    mentions=(span("Ana Ruiz"), span("Ruiz added"[:4])),
)
ENGINEER = Speaker(
    "A city engineer",
    SpeakerKind.PERSON,
    None,
    (),
    named=False,
    mentions=(span("A city engineer"),),
)
SAID = Extraction(
    (
        Quotation(
            (span("We open on Monday,"),),
            QuotationKind.DIRECT,
            span("said"),
            span("Mayor Ana Ruiz"),
            0,
            0.97,
            ("the name stands before the verb",),
        ),
        Quotation(
            (span("that the bridge was sound"),), QuotationKind.INDIRECT, span("added"), None, 0
        ),
        Quotation((span("it was not"),), QuotationKind.INDIRECT, None, None, 1, 0.5),
    ),
    (RUIZ, ENGINEER),
)
"""Who said what in `BODY`."""


def by(name: str, *, quotations: int = 1, kind: SpeakerKind = SpeakerKind.PERSON) -> Extraction:
    """An extraction with one named speaker."""
    return Extraction(
        tuple(
            Quotation((Span(n, n + 1),), QuotationKind.DIRECT, None, None, 0)
            for n in range(quotations)
        ),
        (Speaker(name, kind),),
    )


# Surrogates never pass the gate for text; everything else may, in a body.
_characters = st.characters(exclude_categories=["Cs"])
_text = st.text(_characters, max_size=40)
_line = st.text(_characters, min_size=1, max_size=20)
_offset = st.integers(0, 5000)
_spans = st.tuples(_offset, _offset).map(lambda pair: Span(min(pair), max(pair)))
_zones = st.integers(-14 * 60, 14 * 60).map(lambda m: dt.timezone(dt.timedelta(minutes=m)))
_dates = st.one_of(
    st.none(),
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
    st.datetimes(dt.datetime(1900, 1, 2), dt.datetime(2100, 1, 1), timezones=_zones).map(
        lambda moment: moment.replace(microsecond=0)
    ),
)
_maybe = st.none() | _line

articles = st.builds(
    Article,
    title=_text,
    body=_text,
    blocks=st.lists(st.builds(Block, _spans, st.sampled_from(BlockKind)), max_size=4).map(tuple),
    byline=st.lists(_line, max_size=3).map(tuple),
    published=_dates,
    outlet=_maybe,
    section=_maybe,
    url=_maybe,
    links=st.lists(st.builds(Link, _spans, _line), max_size=3).map(tuple),
    guid=_maybe,
    feed=_maybe,
    path=_maybe,
)
"""Any article at all."""


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    """Any extraction at all whose quotations belong to its own speakers."""
    speakers = draw(
        st.lists(
            st.builds(
                Speaker,
                name=_line,
                kind=st.sampled_from(SpeakerKind),
                role=_maybe,
                aliases=st.lists(_line, max_size=3).map(tuple),
                named=st.booleans(),
                mentions=st.lists(_spans, max_size=4).map(tuple),
            ),
            max_size=4,
        )
    )
    whose = st.none() if not speakers else st.none() | st.integers(0, len(speakers) - 1)
    quotations = draw(
        st.lists(
            st.builds(
                Quotation,
                content=st.lists(_spans, min_size=1, max_size=3).map(tuple),
                kind=st.sampled_from(QuotationKind),
                cue=st.none() | _spans,
                mention=st.none() | _spans,
                speaker=whose,
                confidence=st.floats(0, 1),
                why=st.lists(_line, max_size=2).map(tuple),
            ),
            max_size=5,
        )
    )
    return Extraction(tuple(quotations), tuple(speakers))
