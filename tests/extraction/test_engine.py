"""Who said what, on sentences of every kind that news is written in. All of them invented."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.core.quotation import Extraction, QuotationKind
from reader.extraction.engine import default_engine

STORIES = Path(__file__).with_name("engine_stories.txt").read_text(encoding="utf-8")


def _cases() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(name, text, [(mention, content)]) of the stories file."""
    out = []
    for block in re.split(r"^# ", STORIES, flags=re.MULTILINE)[1:]:
        name, rest = block.split("\n", 1)
        lines = rest.rstrip("\n").split("\n")
        expected: list[tuple[str, str]] = []
        while lines and " | " in lines[-1]:
            mention, content = lines.pop().split(" | ", 1)
            expected.insert(0, (mention, content))
        out.append((name, "\n".join(lines).strip(), expected))
    return out


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()


@pytest.mark.parametrize(("name", "text", "expected"), _cases(), ids=lambda value: str(value)[:24])
def test_the_story(name: str, text: str, expected: list[tuple[str, str]]) -> None:
    body = text if name.startswith("headline") else f"Storms batter the coast\n\n{text}"
    found = default_engine().extract(body).quotations
    got = [
        (
            _plain(q.mention.text(body) if q.mention else ""),
            _plain(" ".join(c.text(body) for c in q.content)),
        )
        for q in found
    ]
    assert [content for _, content in got] == [_plain(content) for _, content in expected]
    for (mention, _), (wanted, _) in zip(got, expected, strict=True):
        assert _plain(wanted) in mention or (mention and mention in _plain(wanted))


def test_half_reported_and_then_quoted_in_full_are_two_with_one_cue() -> None:
    text = 'News\n\nThe regime has been "pursuing its own people," Orr said. "We cannot look away!"'
    one, two = default_engine().extract(text).quotations
    assert (one.kind, two.kind) == (QuotationKind.MIXED, QuotationKind.DIRECT)
    assert one.cue == two.cue
    assert one.speaker == two.speaker


def test_every_attribution_says_why() -> None:
    text = "News\n\n“We are done,” said Ada Orr."
    (quotation,) = default_engine().extract(text).quotations
    assert any("said" in reason for reason in quotation.why)


def _sound(text: str, extraction: Extraction) -> None:
    before = -1
    taken: list[tuple[int, int]] = []
    for quotation in extraction.quotations:
        assert quotation.start >= before
        before = quotation.start
        assert quotation.content
        end = -1
        for piece in quotation.content:
            assert 0 <= piece.start < piece.end <= len(text)
            assert piece.start >= end
            end = piece.end
            taken.append(piece)
        for span in (quotation.cue, quotation.mention):
            assert span is None or 0 <= span.start < span.end <= len(text)
        assert quotation.speaker is None or 0 <= quotation.speaker < len(extraction.speakers)
        assert 0 <= quotation.confidence <= 1
    taken.sort()
    for (_, end), (start, _) in pairwise(taken):
        assert start >= end


WORDS = st.sampled_from(
    [
        "said",
        "says",
        "told",
        "according",
        "to",
        "he",
        "she",
        "Orr",
        "Ada",
        "the",
        "a",
        "minister",
        "that",
        "“",
        "”",
        '"',
        "'",
        "‘",
        "’",
        ",",
        ".",
        ":",
        "?",
        "(",
        ")",
        "\n",
        "\n\n",
        "—",
        "who",
        "called",
        "it",
        "adding",
        "Mr.",
        "Q",
        "A",
        "we",
        "will",
        "not",
        "NASA",
        "12",
        "warned",
        "of",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=60))
def test_any_string_of_news_words_gives_a_sound_extraction(words: list[str]) -> None:
    text = " ".join(words)
    _sound(text, default_engine().extract(text))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_at_all_gives_a_sound_extraction(text: str) -> None:
    _sound(text, default_engine().extract(text))
