"""Tokens, sentences and paragraphs: what the engine counts with."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.extraction.tokens import tokenize


def sentences(text: str) -> list[str]:
    tokens = tokenize(text)
    return [" ".join(tokens.words[a:b]) for a, b in tokens.sentences()]


def test_abbreviations_keep_their_full_stop_and_do_not_end_a_sentence() -> None:
    assert sentences("Mr. Hale met J. K. Orr of the U.S. Senate. He left.") == [
        "Mr. Hale met J. K. Orr of the U.S. Senate .",
        "He left .",
    ]


def test_a_possessive_is_a_token_of_its_own_and_a_contraction_is_not() -> None:
    assert tokenize("Orr's dog isn't Ada’s.").words == [
        "Orr",
        "'s",
        "dog",
        "isn't",
        "Ada",
        "’s",
        ".",
    ]


def test_a_question_in_marks_does_not_end_the_sentence_of_its_speaker() -> None:
    assert sentences("“Why now?” Orr asked. “Tell me.”") == [
        "“ Why now ? ” Orr asked .",
        "“ Tell me . ”",
    ]


def test_two_sentences_run_together_by_a_scraper_come_apart() -> None:
    assert tokenize("He said so.Orr did not.").words[2:5] == ["so", ".", "Orr"]


def test_a_party_and_state_in_brackets_stay_whole() -> None:
    assert tokenize("Orr (D-N.Y.) spoke").words[2] == "D-N.Y."


def test_a_wrapped_line_goes_on_and_a_blank_line_ends_a_paragraph() -> None:
    wrapped = "The council met on Tuesday to talk about the harbour and its\nfuture.\n\nIt rained."
    assert len(tokenize(wrapped).paragraphs) == 2


@given(st.text(max_size=300))
def test_tokens_are_in_order_and_say_where_they_stand(text: str) -> None:
    tokens = tokenize(text)
    before = 0
    for word, start, end in zip(tokens.words, tokens.starts, tokens.ends, strict=True):
        assert before <= start < end <= len(text)
        assert text[start:end] == word
        before = end
    covered = [k for first, last in tokens.paragraphs for k in range(first, last)]
    assert covered == list(range(len(tokens)))
