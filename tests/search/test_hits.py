"""The characters a query matched, and the stretch of text they are shown in."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import QueryError
from reader.search.analysis import tokens, words
from reader.search.hits import find_hits, snippet, word_test
from reader.search.parser import parse
from reader.search.query import How, Query, Word
from tests.search.strategies import WORDS, queries, text

TEXT = (
    "Turkey's ministers met. The Turkish minister said a no-fly zone was near.\n\n"
    "He ran, running the runs over no fly zones. Erdoğan agreed: “refugees first”."
)


def lit(query: str, field: str | None = None, *, typing: bool = False) -> list[str]:
    spans = find_hits(parse(query, as_you_type=typing), TEXT, field)
    return [span.text(TEXT) for span in spans]


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("minister", ["ministers", "minister"]),
        ("turkey", ["Turkey"]),
        ("=minister", ["minister"]),
        ("run", ["running", "runs"]),
        ("erdogan", ["Erdoğan"]),
        ("~erdogn", ["Erdoğan"]),
        ('"no fly zone"', ["no-fly zone", "no fly zones"]),
        ("no-fly", ["no-fly", "no fly"]),
        ("zon*", ["zone", "zones"]),
        ("refugees -minister", ["refugees"]),
        ("refugees NOT (minister OR zone)", ["refugees"]),
        ("met OR agreed", ["met", "agreed"]),
        ("minister near/3 met", ["ministers", "met", "minister"]),
        ("minister pre/2 met", ["ministers", "met"]),
        ("minister /s zone", ["minister", "zone"]),
        ("minister /s refugees", []),
        ("refugees /p ran", ["ran", "refugees"]),
        ("atleast/2 minister", ["ministers", "minister"]),
        ("atleast/3 minister", []),
        ("said:refugees", ["refugees"]),
        ("about:refugees", ["refugees"]),
        ("by:erdogan said:refugees", ["refugees"]),
        ("title:minister", []),
        ("outlet:turkish", []),
        ("date:2020 words:>5 is:unread", []),
        ("", []),
    ],
)
def test_a_query_lights_up_these_words_of_a_body(query: str, hits: list[str]) -> None:
    assert lit(query, "body") == hits


def test_the_field_of_a_text_decides_which_words_are_lit() -> None:
    assert lit("title:met zone", "title") == ["met", "zone", "zones"]
    assert lit("title:met zone", "body") == ["zone", "zones"]
    assert lit("outlet:turkish zone", "outlet") == ["Turkish"]
    assert lit("title:/m[ie]t/", "title") == ["met"]
    assert lit("title:met outlet:agreed") == ["met", "agreed"]


def test_an_unfinished_word_lights_up_all_that_begin_so() -> None:
    assert lit("mini", typing=True) == ["ministers", "minister"]
    assert lit("mini ", typing=True) == []
    assert lit('"no fly zo', typing=True) == ["no-fly zone", "no fly zones"]


@given(text, st.sampled_from(WORDS), st.sampled_from(list(How)))
def test_exactly_the_words_that_match_are_lit(body: str, word: str, how: How) -> None:
    for wanted in words(word)[:1]:
        node = Word(wanted, how)
        marks = {How.EXACT: "={}", How.STEM: "{}", How.PREFIX: "{}*", How.TYPO: "~{}"}
        if how is How.UNFINISHED or wanted in ("o'brien", "don't"):
            return
        query = parse(marks[how].format(wanted))
        test = word_test(node)
        expected = [(start, end) for found, start, end in tokens(body) if test(found)]
        assert [tuple(span) for span in find_hits(query, body, "body")] == expected


@given(st.text("aabs'’_- éÉ", max_size=30), st.integers(0, 9))
def test_a_word_is_lit_where_it_is_one_and_not_inside_others(body: str, number: int) -> None:
    found = list(tokens(body))
    wanted = found[number % len(found)].word if found else "a"
    query = Query(wanted, Word(wanted, How.EXACT))
    expected = [(start, end) for word, start, end in found if word == wanted]
    assert [tuple(span) for span in find_hits(query, body)] == expected


@given(text)
def test_words_and_tokens_are_the_same_words(body: str) -> None:
    assert [token.word for token in tokens(body)] == words(body)


@given(st.text(max_size=80))
def test_any_text_is_cut_into_words_the_same_way_twice(body: str) -> None:
    found = list(tokens(body))
    assert [token.word for token in found] == words(body)
    for one, other in pairwise(found):
        assert one.end <= other.start
    for token in found:
        assert token.start < token.end <= len(body)
        assert token.word


@given(queries, text, st.integers(1, 120))
def test_a_snippet_fits_and_its_hits_are_hits(asked: str, body: str, width: int) -> None:
    try:
        query = parse(asked)
    except QueryError:
        return
    shown = snippet(query, body, width, "body")
    assert len(shown.text) <= width
    assert "\n" not in shown.text
    whole = {" ".join(body[s:e].split()) for s, e in find_hits(query, body, "body")}
    for start, end in shown.spans:
        assert 0 <= start < end <= len(shown.text)
        piece = shown.text[start:end]
        assert any(piece in hit for hit in whole)


def test_a_snippet_shows_the_most_different_hits_between_whole_words() -> None:
    body = (
        "war " + "filler words here " * 40 + "the minister spoke of war and peace " + "more " * 60
    )
    shown = snippet(parse("minister war"), body, 60)
    assert [shown.text[start:end] for start, end in shown.spans] == ["minister", "war"]
    assert shown.text.startswith("…") and shown.text.endswith("…")
    assert set(shown.text.strip("…").split()) <= set(body.split())


def test_a_snippet_without_a_hit_is_the_beginning() -> None:
    shown = snippet(parse("absent"), "One two three four five six", 12)
    assert shown.text == "One two…"
    assert shown.spans == ()
