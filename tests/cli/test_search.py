"""`onrecord search` and `onrecord speakers`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import Program
from tests.cli.test_import import ARTICLE

QUOTATION = {
    "article", "title", "outlet", "date", "url", "kind", "text", "content", "cue", "speaker",
    "speaker_name", "role", "confidence", "snippet",
}  # fmt: skip
SPEAKER = {"name", "kind", "aliases", "roles", "quotes", "articles", "first", "last"}


def test_an_article_found_has_the_contracts_keys_without_its_body(filled: Program) -> None:
    ran = filled("search", "pier", "--json")
    assert ran.code == 0
    assert [set(one) for one in ran.objects] == [ARTICLE - {"body"}] * 2
    assert [one["date"] for one in ran.objects] == ["2026-03-09", "2026-03-03"]
    assert all("pier" in one["snippet"].lower() for one in ran.objects)


def test_the_body_comes_with_body(filled: Program) -> None:
    (one,) = filled("search", "ploughs", "--json", "--body").objects
    assert set(one) == ARTICLE
    assert one["body"].startswith("The pass road")


def test_results_can_be_sorted_and_limited(filled: Program) -> None:
    oldest = filled("search", "pier", "--sort", "oldest", "--json").objects
    assert [one["date"] for one in oldest] == ["2026-03-03", "2026-03-09"]
    assert len(filled("search", "pier", "--limit", "1", "--json").objects) == 1
    assert len(filled("search", "--limit=0", "pier", "--json").objects) == 2
    relevant = filled("search", "pier", "--sort", "relevance", "--json").objects
    assert relevant[0]["title"] == "Pier Opens Two Years Late"


def test_plain_output_has_number_title_outlet_and_day(filled: Program) -> None:
    ran = filled("search", "ploughs")
    (one,) = filled("search", "ploughs", "--json").objects
    assert f"{one['id']}  Snow Closes the Pass Road\n" in ran.out
    assert "Valley Post · 11 Mar 2026" in ran.out
    assert "\x1b" not in ran.out


def test_nothing_found_is_exit_code_1_and_says_so_on_stderr(filled: Program) -> None:
    ran = filled("search", "zebra")
    assert (ran.code, ran.out) == (1, "")
    assert "no story matches" in ran.err
    assert filled("search", "zebra", "--json").out == ""


def test_quotations_found_have_the_contracts_keys(filled: Program) -> None:
    ran = filled("search", "late", "--quotes", "--json")
    assert ran.code == 0
    (one,) = ran.objects
    assert set(one) == QUOTATION
    assert one["speaker_name"] == "Maria Okafor"
    assert one["kind"] == "direct"
    assert one["title"] == "Pier Opens Two Years Late"
    body = filled("show", str(one["article"]), "--json").objects[0]["body"]
    start, end = one["content"][0]
    assert "rather be late" in body[start:end]
    assert body[slice(*one["cue"])] == "said"
    assert body[slice(*one["speaker"])].startswith("Maria Okafor")
    assert 0 <= one["confidence"] <= 1
    assert "said Maria Okafor" in one["snippet"]


def test_quotations_in_plain_words_name_the_speaker(filled: Program) -> None:
    ran = filled("search", "late", "--quotes")
    assert ran.out.startswith("Maria Okafor")
    assert "would rather be late" in ran.out
    assert "Harbour News · 3 Mar 2026 [" in ran.out


def test_a_query_may_be_one_word_or_several(filled: Program) -> None:
    assert filled("search", "night", "ferry", "--json").out
    assert filled("search", "night ferry", "--json").out


@pytest.mark.parametrize(
    "words",
    [
        ["search"],
        ["search", "pier", "--limit", "many"],
        ["search", "pier", "--limit", "-1"],
        ["search", "pier", "--sort", "random"],
        ["search", "pier", "--nonsense"],
        ["speakers", "--sort", "age"],
    ],
)
def test_wrong_usage_is_exit_code_2_and_one_line(filled: Program, words: list[str]) -> None:
    ran = filled(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("onrecord: ")
    assert ran.err.count("\n") == 1


def test_a_word_with_a_dash_goes_after_two_dashes(filled: Program) -> None:
    ran = filled("search", "pier", "-ferry")
    assert ran.code == 2
    assert "goes after --" in ran.err
    assert filled("search", "--json", "--", "pier", "-ferry").code in (0, 1)


def test_an_archive_that_is_not_there_is_not_made_by_a_question(onrecord: Program) -> None:
    for words in (["search", "x"], ["speakers"], ["quotes"], ["show", "1"], ["check"], ["stats"]):
        ran = onrecord(*words)
        assert (ran.code, ran.out) == (1, ""), words
        assert "there is no archive yet" in ran.err
    assert not onrecord.archive.exists()


def test_speakers_have_the_contracts_keys(filled: Program) -> None:
    ran = filled("speakers", "--json")
    assert ran.code == 0
    assert all(set(one) == SPEAKER for one in ran.objects)
    by_name = {one["name"]: one for one in ran.objects}
    okafor = by_name["Maria Okafor"]
    assert okafor["kind"] == "person"
    assert "Okafor" in okafor["aliases"]
    assert okafor["quotes"] >= 2
    assert okafor["articles"] == 1
    assert okafor["first"] == okafor["last"] == "2026-03-03"


def test_speakers_of_what_matches_only(filled: Program) -> None:
    names = [one["name"] for one in filled("speakers", "tickets", "--json").objects]
    assert "Peter Lund" in names
    assert "Maria Okafor" not in names


def test_speakers_can_be_sorted_by_name_and_limited(filled: Program) -> None:
    names = [one["name"] for one in filled("speakers", "--sort", "name", "--json").objects]
    assert names == sorted(names)
    assert len(filled("speakers", "--limit", "1", "--json").objects) == 1


def test_nobody_quoted_is_exit_code_1(filled: Program) -> None:
    ran = filled("speakers", "ploughs")
    assert (ran.code, ran.out) == (1, "")
    assert "nobody is quoted" in ran.err


def test_a_slip_of_the_finger_is_answered_with_what_was_meant(filled: Program) -> None:
    answer = filled("search", "ferrry")
    assert answer.code == 1
    assert "did you mean: ferry" in answer.err


def test_facets_say_how_what_matches_is_spread(filled: Program) -> None:
    ran = filled("search", "pier", "--facets")
    assert ran.code == 0
    assert "speakers\n" in ran.out
    assert "outlets\n" in ran.out
    assert "  2  2026-03  ━━" in ran.out
    found = filled("search", "pier", "--facets", "--json").objects
    assert {"facet", "value", "count", "narrowing", "note"} == set(found[0])
    for one in found:
        narrowed = filled("search", "pier", one["narrowing"], "--json").objects
        assert len(narrowed) == one["count"], one


def test_facets_without_a_query_are_of_everything_and_can_be_limited(filled: Program) -> None:
    months = [o for o in filled("search", "--facets", "--json").objects if o["facet"] == "month"]
    assert [(o["value"], o["count"]) for o in months] == [("2026-03", 3)]
    one_each = filled("search", "--facets", "--limit", "1", "--json").objects
    assert [o["facet"] for o in one_each] == ["speaker", "outlet", "month"]
    assert filled("search", "zebra", "--facets").code == 1


def test_a_search_is_saved_listed_used_and_removed(onrecord: Program, stories: Path) -> None:
    assert onrecord("import", stories).code == 0
    saved = onrecord("search", "--save", "piers", "pier OR quay")
    assert (saved.code, saved.out) == (0, "2 unread of 2  piers  pier OR quay\n")
    assert onrecord("searches", "save", "snow", "snow").code == 0
    listed = onrecord("searches", "--json").objects
    assert listed[0] == {
        "name": "piers", "query": "pier OR quay", "total": 2, "unread": 2, "error": None,
    }  # fmt: skip
    assert [one["name"] for one in listed] == ["piers", "snow"]
    assert len(onrecord("search", "search:piers", "--json").objects) == 2
    assert onrecord("searches", "remove", "piers").code == 0
    assert "snow" in onrecord("searches").out
    gone = onrecord("searches", "remove", "piers")
    assert (gone.code, "no saved search" in gone.err) == (1, True)


def test_searches_that_are_wrong_or_missing_are_said_so(onrecord: Program, stories: Path) -> None:
    assert onrecord("import", stories).code == 0
    assert "no searches are saved yet" in onrecord("searches").err
    assert onrecord("searches", "save", "wrong", "(pier").code == 2
    assert onrecord("searches", "save", "nameless").code == 2
    assert onrecord("searches", "explode").code == 2
    assert onrecord("search", "--save", "x").code == 2
