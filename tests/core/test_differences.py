"""Two texts as one: nothing is lost, nothing is invented, and length does no harm."""

from __future__ import annotations

import random
import time

from hypothesis import given
from hypothesis import strategies as st

from reader.core.differences import Differences, Kind, differences


def side(found: Differences, but: Kind) -> str:
    """One of the two texts, from both as one."""
    parts = ["".join(text for kind, text in part if kind is not but) for part in found.paragraphs]
    return " ".join(" ".join(parts).split())


def shown(found: Differences) -> str:
    """As a person could write it: -removed- and +added+."""
    marks = {Kind.SAME: "", Kind.REMOVED: "-", Kind.ADDED: "+"}
    return "\n".join(
        " ".join(f"{marks[kind]}{text.strip()}{marks[kind]}" for kind, text in part)
        for part in found.paragraphs
    )


_words = st.sampled_from("the court said on Monday that sale yard was off".split())
_texts = st.lists(st.lists(_words, max_size=12).map(" ".join), max_size=8).map("\n\n".join)


@given(_texts, _texts)
def test_both_texts_can_be_read_out_of_what_is_shown(old: str, new: str) -> None:
    found = differences(old, new)
    assert side(found, Kind.ADDED) == " ".join(old.split())
    assert side(found, Kind.REMOVED) == " ".join(new.split())
    assert not found.is_empty or old.split() == new.split()


@given(_texts)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert differences(text, text).is_empty


def test_words_are_shown_where_they_were_changed() -> None:
    old = "The court stopped the sale on Monday.\n\nIt sat for an hour.\n\nNobody came."
    new = "The court stopped the sale on Tuesday evening.\n\nIt sat for an hour.\n\nAll rose."
    found = differences(old, new)
    assert shown(found) == (
        "The court stopped the sale on -Monday.- +Tuesday evening.+\n"
        "It sat for an hour.\n-Nobody came.-\n+All rose.+"
    )
    assert found.counts() == (4, 3)


def test_a_paragraph_put_in_leaves_the_others_as_they_are() -> None:
    old = "One of the ships is new.\n\nThe other is old."
    new = "One of the ships is new.\n\nNobody knows why.\n\nThe other one is old."
    assert shown(differences(old, new)) == (
        "One of the ships is new.\n+Nobody knows why.+\nThe other +one+ is old."
    )


def test_two_million_characters_take_time_in_proportion() -> None:
    def seconds(paragraphs: int) -> float:
        old = "\n\n".join(f"{n} " + "so it was said again " * 8 for n in range(paragraphs))
        new = old.replace("7 so it", "7 thus it").replace("\n\n12", "\n\nA line.\n\n12")
        begun = time.process_time()
        found = differences(old, new)
        assert found.is_complete
        assert found.counts()[0] > paragraphs // 20
        return time.process_time() - begun

    seconds(100)
    small, large = seconds(1_000), seconds(10_000)
    assert large < 25 * small + 0.5


def test_a_long_text_without_paragraphs_is_held_together_by_runs_of_words() -> None:
    chance = random.Random(1)
    words = chance.choices([f"word{n}" for n in range(500)], k=40_000)
    changed = ["other" if n % 1000 == 7 else word for n, word in enumerate(words)]
    found = differences(" ".join(words), " ".join(changed))
    assert found.is_complete
    assert found.counts() == (40, 40)


def test_what_is_too_long_and_too_different_is_given_up_with_a_word_about_it() -> None:
    old, new = "a b " * 200_000, "b c " * 200_000
    begun = time.process_time()
    found = differences(old, new)
    assert time.process_time() - begun < 5
    assert not found.is_complete
    assert side(found, Kind.ADDED) == old.strip()
