"""What is alike, and what only looks so."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.likeness import LEAST_WORDS, MOST_KEYS, containment, is_copy, likeness
from tests import wire

WIRE = likeness(wire.BODY)


def test_typography_and_case_make_no_difference() -> None:
    other = wire.BODY.replace("“", '"').replace("”", '"').replace("'", "’").upper()
    assert likeness(other).words == WIRE.words
    assert likeness(other).keys() == WIRE.keys()


@pytest.mark.parametrize(
    "body",
    [
        "\n\n".join(wire.PARAGRAPHS[:3]),
        f"{wire.OWN}\n\n{wire.BODY}",
        wire.BODY.replace("said", "told the paper"),
        wire.BODY.replace("410 million", "415 million"),
        "\n\n".join(reversed(wire.PARAGRAPHS)),
    ],
    ids=["cut", "introduced", "edited", "one number corrected", "in another order"],
)
def test_a_copy_has_keys_in_common_and_is_known_for_one(body: str) -> None:
    other = likeness(body)
    assert set(other.keys()) & set(WIRE.keys())
    assert is_copy(WIRE, other) == is_copy(other, WIRE) > 0.6


def test_the_same_words_with_other_numbers_are_another_report() -> None:
    def results(goals: int) -> str:
        return " ".join(
            f"The home side beat the visitors {goals + n} to {n} before a crowd that filled the "
            f"old ground to the last seat, after leading {goals} at the break, and is now in place "
            f"{n + goals} of the league with the second half of the season still to be played."
            for n in range(1, 6)
        )

    one, other = likeness(results(2)), likeness(results(4))
    assert containment(one, other) > 0.6
    assert is_copy(one, other) == 0
    assert is_copy(one, one) == 1


def test_a_table_is_a_copy_only_with_the_very_same_numbers() -> None:
    rows = [f"wheat may {n * 7} {n * 3} up {n} july {n * 11}" for n in range(30)]
    table, corrected = " ".join(rows), " ".join([*rows[:-1], rows[-1].replace("319", "320")])
    assert is_copy(likeness(table), likeness(table)) == 1
    assert is_copy(likeness(table), likeness(corrected)) == 0


def test_a_column_is_a_copy_only_when_it_is_printed_again_word_for_word() -> None:
    other = likeness(wire.BODY.replace("said", "told us").replace("crowded", "packed"))
    assert is_copy(WIRE, other) > 0
    assert is_copy(WIRE, other, is_column=True) == 0
    assert is_copy(WIRE, WIRE, is_column=True) == 1


def test_a_long_notice_under_all_that_an_outlet_prints_makes_no_copy_of_it() -> None:
    notice = " ".join(f"clause{n}" for n in range(260))
    bodies = (f"{wire.REWRITTEN}\n\n{notice}", f"{wire.BODY}\n\n{notice}")
    one, other = map(likeness, bodies)
    assert containment(one, other) > 0.6
    assert is_copy(one, other, same_outlet=True) == 0
    cut = likeness("\n\n".join(wire.PARAGRAPHS[1:6]))
    assert is_copy(WIRE, cut, same_outlet=True) == 1


def test_a_few_lines_are_never_a_copy() -> None:
    short = likeness(" ".join(wire.BODY.split()[: LEAST_WORDS - 5]))
    assert short.keys() == []
    assert is_copy(short, short) == 0


def test_a_book_takes_time_in_proportion_and_a_bounded_number_of_keys() -> None:
    begun = time.process_time()
    book = likeness("Nobody knew. " * 400_000 + wire.BODY)
    assert len(book.keys()) <= MOST_KEYS
    assert time.process_time() - begun < 2


@given(st.text(max_size=600), st.text(max_size=600))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    a, b = likeness(one * 20), likeness(other * 20)
    assert 0 <= is_copy(a, b) == is_copy(b, a) <= 1
    assert len(a.keys()) <= MOST_KEYS
