"""Labels made from annotations say what the annotations say."""

from __future__ import annotations

from reader.core.quotation import QuotationKind
from reader.core.span import Span
from reader.extraction.found import FoundQuotation
from reader.extraction.linking import link
from tests.training.annotated import chain_of, confirmed, labels_of

TEXT = (
    "Harbour to close\n\n“We are done,” said Ada Orr, the harbour master. “It is over.” She said "
    "that the quay was “a wreck” and added that nobody would pay.\n\n“The ships left."
    "\n\n“We stayed,” Hale recalled."
)


def at(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


ARTICLE = {
    "text": TEXT,
    "attributions": [
        {
            "source": [at("Ada Orr, the harbour master")],
            "cue": [at("said")],
            "content": [at("“We are done,”"), at("“It is over.”")],
        },
        {
            "source": [at("She")],
            "cue": [[TEXT.index("She said") + 4, TEXT.index("She said") + 8]],
            "content": [at("that the quay was “a wreck”")],
        },
        {"source": [at("She")], "cue": [at("added")], "content": [at("that nobody would pay")]},
        {
            "source": [at("Hale")],
            "cue": [at("recalled")],
            "content": [at("“The ships left.\n\n“We stayed,”")],
        },
    ],
}


def test_labels_linked_again_give_back_contents_cues_and_mentions() -> None:
    chain = chain_of(TEXT)
    tokens = chain.tokens
    labels = labels_of(chain, ARTICLE)

    def cut(part: object) -> str:
        first, last = chain.first[part.first], chain.last[part.last - 1]  # type: ignore[attr-defined]
        return TEXT[tokens.starts[first] : tokens.ends[last - 1]]

    got = [([cut(p) for p in d.pieces], cut(d.cue), cut(d.mention)) for d in link(chain, labels)]
    assert got == [
        (["“We are done,”", "“It is over.”"], "said", "Ada Orr, the harbour master"),
        (["that the quay was “a wreck”"], "said", "She"),
        (["that nobody would pay"], "added", "She"),
        (["“The ships left.\n\n“We stayed,”"], "recalled", "Hale"),
    ]


def test_a_finding_is_confirmed_by_content_and_speaker_together() -> None:
    def found(content: str, mention: str) -> FoundQuotation:
        return FoundQuotation((Span(*at(content)),), QuotationKind.MIXED, None, Span(*at(mention)))

    assert confirmed(ARTICLE, found("the quay was “a wreck”", "She"))
    assert not confirmed(ARTICLE, found("the quay was “a wreck”", "Hale"))
    assert not confirmed(ARTICLE, found("Harbour to close", "She"))
