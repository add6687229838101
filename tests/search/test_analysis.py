"""Words, stems and sentences."""

from __future__ import annotations

import random
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search.analysis import first_of_stem, paragraphs, stem, tokens, word_matches, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Turkey's no-fly zone", ["turkey", "no", "fly", "zone"]),
        ("O’Brien don't ’quoted’", ["o'brien", "don't", "quoted"]),
        ("Erdoğan İstanbul Łódź Åse", ["erdogan", "istanbul", "lodz", "ase"]),
        ("Straße Æsir cœur", ["strasse", "aesir", "coeur"]),
        ("e\u0301te\u0301 fi\ufb01", ["ete", "fifi"]),
        ("東京タワー", ["東", "京", "タ", "ワ", "ー"]),
        ("हिन्दी العربيّة Ελλάδα", ["हिन्दी", "العربية", "ελλαδα"]),
        ("F-16s 10,000 U.S.", ["f", "16s", "10", "000", "u", "s"]),
        ("snake_case a@b.example", ["snake", "case", "a", "b", "example"]),
        ("— … !", []),
    ],
)
def test_a_text_is_cut_into_these_words(text: str, found: list[str]) -> None:
    assert words(text) == found
    assert [token.word for token in tokens(text)] == found


def test_offsets_are_those_of_the_text_as_given() -> None:
    text = "“İstanbul’s” mayor, Straße e\u0301t"
    assert [text[token.start : token.end] for token in tokens(text)] == [
        "İstanbul",
        "mayor",
        "Straße",
        "e\u0301t",
    ]


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("running", "run"),
        ("planned", "plan"),
        ("stopped", "stop"),
        ("ministers", "minist"),
        ("agencies", "agenc"),
        ("o'brien", "o'brien"),
        ("f16s", "f16s"),
        ("erdogan", "erdogan"),
        ("ελλαδα", "ελλαδα"),
    ],
)
def test_forms_of_a_word_have_one_stem(word: str, root: str) -> None:
    assert stem(word) == root


def test_the_short_cut_for_stems_is_right() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from whoosh.lang.porter2 import stem as porter2
    chance = random.Random(4)
    endings = ["", "at", "iz", "ation", "fulness", "enci", "logi", "ment", "ic", "ing", "ed", "ly"]
    for _ in range(5000):
        head = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 7)))
        word = head + chance.choice(endings) + chance.choice("abfhjkopquvwxzsdgyelrn")
        assert stem(word) == porter2(word)


def test_sentences_end_at_points_but_not_after_titles() -> None:
    text = "Mr. Smith went. “It was late.” He slept? Yes\n\nA new day. 5 came in the U.S. Army"
    assert paragraphs(text) == [
        ["Mr. Smith went.", "“It was late.”", "He slept?", "Yes"],
        ["A new day.", "5 came in the U.S. Army"],
    ]


ENDINGS = """s es ies ied ed ing edly ingly eed eedly y ly li ational tional enci anci abli entli
    izer ization ation ator alism aliti alli fulness ousli ousness iveness iviti biliti bli ogi
    fulli lessli alize icate iciti ical ful ness ative al ance ence er ic able ible ant ement ment
    ent ism ate iti ous ive ize sion tion e l""".split()


@given(
    st.from_regex(r"[a-z]{1,9}", fullmatch=True),
    st.lists(st.sampled_from(ENDINGS), max_size=3).map("".join),
)
def test_a_word_begins_as_is_known_from_its_stem(beginning: str, ending: str) -> None:
    word = beginning + ending
    assert word.startswith(first_of_stem(stem(word)))


@pytest.mark.parametrize("word", ["skies", "dying", "lying", "tying", "ugly", "early", "idly"])
def test_so_do_words_with_a_stem_of_their_own(word: str) -> None:
    assert word.startswith(first_of_stem(stem(word)))


@given(st.text(st.sampled_from("aZé'’sß東 .,-\n1") | st.characters(), max_size=40))
def test_words_offsets_and_tokens_are_cut_alike(text: str) -> None:
    found = list(tokens(text))
    assert [token.word for token in found] == words(text)
    assert [(token.start, token.end) for token in found] == [
        match.span(1) for match in word_matches(text)
    ]
