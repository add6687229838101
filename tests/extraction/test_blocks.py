"""Layouts that say who speaks without a verb."""

from __future__ import annotations

from reader.extraction.blocks import blocks
from reader.extraction.tokens import tokenize


def turns(text: str) -> list[tuple[str, str]]:
    tokens = tokenize(text)

    def cut(part: tuple[int, int]) -> str:
        return text[tokens.starts[part[0]] : tokens.ends[part[1] - 1]]

    return [(cut(b.mention) if b.mention else "", cut(b.content[0])) for b in blocks(tokens)]


def test_a_transcript_in_capitals() -> None:
    text = "Inquiry\n\nKELLER: Did you see it?\n\nMS. ORR (by video): I saw lights.\n\n(LAUGHTER)"
    assert turns(text) == [("KELLER", "Did you see it?"), ("MS. ORR", "I saw lights.")]


def test_questions_and_answers() -> None:
    text = "Painter at work\nQ: When did you start?\nA: At nine.\nQ: And since?\nA: Every day."
    assert [name for name, _ in turns(text)] == ["Q", "A", "Q", "A"]


def test_an_interview_with_names() -> None:
    text = (
        "Two at a table\nAda Orr: Hello.\nSmith: Hello to you.\nAda Orr: Well.\nSmith: Well, well."
    )
    assert [name for name, _ in turns(text)] == ["Ada Orr", "Smith", "Ada Orr", "Smith"]


def test_lists_of_figures_and_notes_are_no_speech() -> None:
    assert turns("The count\nOrr: 547.\nHale: 46.\nOrr: 12.\nHale: 9.\nOrr: 3.") == []
    assert turns("The match\n\nCORRECTION: An earlier version named the wrong town.") == []


def test_quotations_signed_with_a_name() -> None:
    text = "Readers\n\n“Best curry in town.” – Priya Nair, Leicester\n\n“Never again.”\n— Tom Hale"
    assert turns(text) == [
        ("Priya Nair", "“Best curry in town.”"),
        ("Tom Hale", "“Never again.”"),
    ]


def test_a_tweet_and_its_handle() -> None:
    text = "Storm latest\n\nRoads closed, stay home. — Tarn Council (@tarncouncil) May 2, 2021"
    assert turns(text) == [("Tarn Council", "Roads closed, stay home.")]


def test_a_block_in_the_first_person_after_a_colon() -> None:
    text = (
        "News\n\nMs Orr wrote in a letter:\n\nI have decided to go. We did well.\n\nThe board met."
    )
    assert turns(text) == [("Ms Orr", "I have decided to go. We did well.")]
