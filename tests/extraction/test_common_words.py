"""What sort of word a common English word is."""

from __future__ import annotations

import pytest

from reader.extraction.common_words import sort_of
from reader.extraction.lexicon_words import MESSAGES
from reader.extraction.wordclass import word_class


@pytest.mark.parametrize(
    ("word", "cls", "coarse"),
    [
        ("officer", "N/person", "wN"),
        ("officers", "Ns/person", "wNs"),
        ("children", "Ns/person", "wNs"),
        ("rise", "NV/vmotion", "wNV"),
        ("works", "NsVs/vsocial", "wNsVs"),
        ("went", "Vd/vmotion", "wed"),
        ("stopped", "Vd/vmotion", "wed"),
        ("falling", "JVg/vmotion", "wing"),
        ("angry", "J/", "wJ"),
    ],
)
def test_a_form_is_led_back_to_its_word(word: str, cls: str, coarse: str) -> None:
    assert sort_of(word) == (cls, coarse)


@pytest.mark.parametrize("word", ["qwertyish", "s", "ing", "ed", "xs", "’", ""])
def test_what_is_no_common_word_has_no_sort(word: str) -> None:
    assert sort_of(word) is None


def test_words_of_the_closed_lists_stay_what_they_are() -> None:
    for word in ("said", "the", "who", "himself", "he'd", *sorted(MESSAGES)[:20]):
        assert not word_class(word)[1].startswith("w"), word
