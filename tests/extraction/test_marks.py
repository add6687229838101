"""Runs in quotation marks, in every style."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.extraction.marks import quotation_runs
from reader.extraction.tokens import tokenize


def runs(text: str) -> list[str]:
    tokens = tokenize(text)
    return [
        text[tokens.starts[run.first] : tokens.ends[run.last - 1]] for run in quotation_runs(tokens)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Yes," he said. "No."', ['"Yes,"', '"No."']),
        ("“Yes,” he said. “No.”", ["“Yes,”", "“No.”"]),
        ("''Yes,'' he said. ''No.''", ["''Yes,''", "''No.''"]),
        ("``Yes,'' he said.", ["``Yes,''"]),
        ("„Ja,“ sagte er.", ["„Ja,“"]),
        ("„Yes,” he said.", ["„Yes,”"]),
        ("«Yes,» he said.", ["«Yes,»"]),
        ("»Yes,« he said.", ["»Yes,«"]),
        ("‘Yes,’ he said. ‘No.’", ["‘Yes,’", "‘No.’"]),
        ("'Yes,' he said. 'No.'", ["'Yes,'", "'No.'"]),
        ("(“Yes”)", ["“Yes”"]),
        ("“He said ‘no’ to me,” she said.", ["“He said ‘no’ to me,”"]),
        ("‘He said “no” to me,’ she said.", ["‘He said “no” to me,’"]),
        ("an “odd“ typo and on", ["“odd“"]),
    ],
)
def test_every_style_of_marks(text: str, expected: list[str]) -> None:
    assert runs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The workers' union and the players' wives met at the Joneses' house.",
        "It isn't Orr's, it's the boys’ own; they don’t mind.",
        "Rock 'n' roll in the '90s was for 'em all, 'cause it was.",
        'A 6\' 2" man and a 5" pipe.',
        "He lost. ' , nothing",
    ],
)
def test_apostrophes_and_inches_open_nothing(text: str) -> None:
    assert runs(text) == []


def test_a_possessive_inside_british_marks_does_not_close_them() -> None:
    assert runs("'The workers' canteen is gone,' she said.") == ["'The workers' canteen is gone,'"]
    assert runs("‘It is the players’ fault,’ he said.") == ["‘It is the players’ fault,’"]


def test_a_plural_before_a_verb_of_saying_closes_them() -> None:
    assert runs("'We want better wages' said Orr.") == ["'We want better wages'"]


def test_what_is_not_closed_ends_with_its_paragraph() -> None:
    assert runs('Orr said: "We ran.\n\n"We hid," he said.') == ['"We ran.', '"We hid,"']
    assert runs("‘We ran.\n\n‘We hid,’ he said.") == ["‘We ran.", "‘We hid,’"]


def test_an_opening_mark_inside_a_run_ends_it() -> None:
    assert runs("“We ran. “We hid.”") == ["“We ran.", "“We hid.”"]


@given(st.text(alphabet="aA s.,'’‘\"“”„«»\n(", max_size=200))
def test_runs_are_in_order_apart_and_within_paragraphs(text: str) -> None:
    tokens = tokenize(text)
    before = 0
    for run in quotation_runs(tokens):
        assert before <= run.first < run.last <= len(tokens)
        assert any(first <= run.first and run.last <= last for first, last in tokens.paragraphs)
        before = run.last
