"""Subjects of cues that the model left without one, and slips put right."""

from __future__ import annotations

import pytest

from reader.extraction.chain import build_chain
from reader.extraction.linking import Part
from reader.extraction.subjects import subject_of
from reader.extraction.tokens import tokenize


def subject(text: str, cue: str, *, before: bool = False) -> str | None:
    chain = build_chain(tokenize(text))
    tokens = chain.tokens
    at = next(i for i in range(len(chain)) if tokens.words[chain.first[i]] == cue)
    part = subject_of(chain, Part(at, at + 1), before)
    if part is None:
        return None
    start, end = chain.first[part.first], chain.last[part.last - 1]
    return text[tokens.starts[start] : tokens.ends[end - 1]]


@pytest.mark.parametrize(
    ("text", "cue", "expected"),
    [
        ("The bureau asked agencies to wait.", "asked", "The bureau"),
        ("Mr. Hale never said that.", "said", "Mr. Hale"),
        ("Orr obtained a video of the talks and said it was real.", "said", "Orr"),
        ("Ms Orr endorsed Mr Hale at his club, calling him clever.", "calling", "Ms Orr"),
        ("After suggesting that it was over, Mr. Rubin left.", "suggesting", "Mr. Rubin"),
    ],
)
def test_the_subject_of_a_verb(text: str, cue: str, expected: str) -> None:
    assert subject(text, cue) == expected


def test_after_the_content_the_subject_may_follow_its_verb() -> None:
    assert subject("“It is hard,” said the senator from Ohio.", "said", before=True) == (
        "the senator"
    )
