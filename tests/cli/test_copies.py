"""Copies of a story and earlier texts on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import wire
from tests.cli.program import Program

CHANGED = wire.BODY.replace("3,200 people", "3,100 people").replace("On Tuesday", "on Tuesday")
CHANGED += "\n\nThe ministry declined to comment on Wednesday."


@pytest.fixture
def newsroom(onrecord: Program, tmp_path: Path) -> Program:
    """Three copies of one story (1, 2, 3), the first of which was changed; and another story."""
    file = wire.write(
        tmp_path / "news.jsonl",
        [
            wire.story("Harbour Wire", 9),
            wire.story("Ledger", 10, f"{wire.OWN}\n\n{wire.BODY}"),
            wire.story("Coast Herald", 11),
            wire.story("Lantern", 12, wire.REWRITTEN),
        ],
    )
    assert [one["id"] for one in onrecord("import", file, "--json").objects] == [1, 2, 3, 4]
    wire.write(file, [wire.story("Harbour Wire", 9, CHANGED)])
    assert onrecord("import", file).code == 0
    return onrecord


def test_a_search_gives_a_line_for_a_story_with_its_copies(newsroom: Program) -> None:
    [one] = newsroom("search", "slipway", "--json").objects
    assert (one["id"], [copy["id"] for copy in one["copies"]]) == (1, [2, 3])
    assert one["copies"][1]["outlet"] == "Coast Herald"
    assert "Harbour Wire + 2 · 3 Mar 2026" in newsroom("search", "slipway").out
    every = newsroom("search", "slipway", "--copies", "--json").objects
    assert [one["id"] for one in every] == [3, 2, 1]
    [one] = newsroom("search", "correspondent", "--json").objects
    assert (one["id"], [copy["id"] for copy in one["copies"]]) == (2, [1, 3])
    [other] = newsroom("search", "shipbuilders", "--json").objects
    assert "copies" not in other


def test_show_says_where_else_a_story_stands(newsroom: Program) -> None:
    out = newsroom("show", "3").out
    assert out.endswith("Also in\n     1  Harbour Wire · 3 Mar 2026\n     2  Ledger · 3 Mar 2026\n")
    assert [copy["id"] for copy in newsroom("show", "3", "--json").objects[0]["copies"]] == [1, 2]
    assert "Also in" not in newsroom("show", "4").out


def test_show_has_the_texts_as_they_once_stood(newsroom: Program) -> None:
    assert "--diff shows what" in newsroom("show", "1").out
    lines = newsroom("show", "1", "--versions").out.splitlines()
    assert [line.split()[0] for line in lines] == ["1", "2"]
    assert newsroom("show", "1", "--versions", "--json").objects[0]["versions"][0]["version"] == 1
    then = newsroom("show", "1", "--version", "1", "--quotes").out
    assert "3,200 people" in then
    assert "\nJon Aune," in then
    assert "3,100 people" in newsroom("show", "1").out
    assert newsroom("show", "1", "--version", "3").code == 2
    assert newsroom("show", "4", "--versions").out == "It has had one text only.\n"


def test_show_diff_says_what_has_changed(newsroom: Program) -> None:
    out = newsroom("show", "1", "--diff").out
    assert out.startswith("version 1 → version 2\n8 words added, 1 word removed\n")
    assert "which employs [-3,200-] {+3,100+} people" in out
    assert "{+The ministry declined to comment on Wednesday.+}" in out
    assert "… 3 paragraphs as before" in out
    [shape] = newsroom("show", "1", "--diff", "--json").objects
    assert (shape["added"], shape["removed"], shape["complete"]) == (8, 1, True)
    assert ["-", "3,200 "] in [piece for part in shape["paragraphs"] for piece in part]


def test_a_copy_is_compared_with_the_first_one_or_with_any_article(newsroom: Program) -> None:
    out = newsroom("show", "2", "--diff").out
    assert out.startswith("Harbour Wire [1] → Ledger [2]\n")
    assert "{+Our correspondent" in out.replace("\n", " ")
    out = newsroom("show", "3", "--against", "2").out
    assert out.startswith("Ledger [2] → Coast Herald [3]\n")
    alone = newsroom("show", "4", "--diff")
    assert (alone.code, "no copies" in alone.err) == (1, True)
    assert newsroom("show", "nothing.txt", "--diff").code == 2


def test_stats_count_the_copies(newsroom: Program) -> None:
    figures = newsroom("stats", "--json").objects[0]
    assert (figures["articles"], figures["copies of other articles"]) == (4, 2)
    assert figures["repeated in copies"] >= 4
    assert newsroom("check").code == 0
