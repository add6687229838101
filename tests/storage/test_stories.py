"""Stories keep in step with whatever happens to their articles."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.archive.folding import fold
from reader.core.article import Article, ArticleId
from reader.core.quotation import Extraction, Quotation, QuotationKind, Speaker
from reader.core.span import Span
from reader.storage.store import Store
from tests import wire
from tests.storage.making import story

BODIES = (
    wire.BODY,
    f"{wire.OWN}\n\n{wire.BODY}",
    "\n\n".join(wire.PARAGRAPHS[:5]),
    wire.REWRITTEN,
    f"{wire.BODY}\n\n“I told them so in the spring,” said Jon Aune.",
)
OUTLETS = ("Harbour Wire", "Ledger", "Lantern")
SAID = (
    ("Mira Solberg", "This was a sale behind closed doors"),
    ("Jon Aune", "We built these ships for our grandchildren"),
    ("Jon Aune", "I told them so in the spring"),
)


def article(outlet: int, body: int, hour: int) -> Article:
    """What an outlet printed; the same address whatever the text."""
    return story(
        "Court stops sale",
        BODIES[body],
        outlet=OUTLETS[outlet],
        url=f"https://{outlet}.example/1",
        published=dt.datetime(2026, 3, 3, hour, tzinfo=dt.UTC),
    )


def said_in(body: str) -> Extraction:
    """Who said what, for the sentences known here."""
    found = [(name, words) for name, words in SAID if words in body]
    names = list(dict.fromkeys(name for name, _ in found))
    return Extraction(
        tuple(
            Quotation(
                (Span(body.index(words), body.index(words) + len(words)),),
                QuotationKind.DIRECT,
                speaker=names.index(name),
            )
            for name, words in found
        ),
        tuple(map(Speaker, names)),
    )


_put = st.tuples(
    st.just("put"), st.integers(0, 2), st.integers(0, len(BODIES) - 1), st.integers(8, 11)
)
_other = st.tuples(st.sampled_from(("remove", "read", "again", "fold")), st.integers(1, 5))


@settings(max_examples=30, deadline=None)
@given(st.lists(_put | _other, min_size=2, max_size=14))
def test_marks_counts_and_order_hold_after_anything(steps: list[tuple[object, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder))
        for step in steps:
            _do(store, step)
        fold(store)
        assert store.check() == []
        assert store.stories.uncompared_count() == 0
        said: dict[str, int] = {}
        for id in store.article_ids(stories=True):
            copies = store.stories.copies(id)
            assert copies[0].id == id
            moments = [copy.published for copy in copies]
            assert moments == sorted(moments, key=str)
            rows = store.rows([copy.id for copy in copies])
            assert {row.copies for row in rows} == {len(copies) - 1}
            assert len({row.read for row in rows}) == 1
            words = {
                (name, text)
                for copy in copies
                for name, text in SAID
                if text in store.body(copy.id)
            }
            for name, _ in words:
                said[name] = said.get(name, 0) + 1
        assert {speaker.name: speaker.quotations for speaker in store.quoted.speakers()} == said
        store.close()


def _do(store: Store, step: tuple[object, ...]) -> None:
    name, number = step[0], step[1]
    assert isinstance(number, int)
    if name == "put":
        one = article(number, step[2], step[3])  # type: ignore[arg-type]
        store.put_many([(one, said_in(one.body))], 1)
    elif name == "remove":
        store.remove([number])
    elif name == "read":
        store.set_read([number], True)
    elif name == "again" and store.rows([number]):
        store.extract_again([(ArticleId(number), said_in(store.body(number)))], 2)
    elif name == "fold":
        fold(store)
