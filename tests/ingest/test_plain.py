"""Stories scraped as plain text: the model case, and our own with the same difficulties."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.article import Article
from reader.core.dates import iso
from reader.core.text import clean
from reader.errors import IntakeError
from reader.ingest import read_path
from reader.ingest.plain import read_plain

STORIES = sorted((Path(__file__).parent / "stories").glob("*.txt"))
CHECKOUT = Path(__file__).parents[2]
SEED = Path(os.environ.get("ONRECORD_SHARED", CHECKOUT.parent / "shared")) / "seed"


def only_article(path: Path) -> Article:
    [article] = read_path(path)
    assert isinstance(article, Article), article
    return article


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
def test_each_story_comes_in_as_it_was_written_down_beforehand(story: Path) -> None:
    expected: dict[str, Any] = json.loads(story.with_suffix(".json").read_text("utf-8"))
    article = only_article(story)
    assert article.title == expected["title"]
    assert list(article.byline) == expected["byline"]
    assert iso(article.published) == expected["date"]
    assert article.outlet == expected["outlet"]
    assert article.section == expected["section"]
    assert article.url == expected["url"]
    assert list(article.subheads) == expected["subheads"]
    assert len(article.blocks) == expected["blocks"]
    assert article.body.startswith(expected["body_starts"])
    assert article.body.endswith(expected["body_ends"])
    for words in expected["not_in_body"]:
        assert words not in article.body


def test_the_model_case_comes_in_exactly() -> None:
    for path in SEED.glob("expected.json"):
        case = json.loads(path.read_text("utf-8"))
        expected = case["article"]
        article = only_article(SEED / case["file"])
        assert article.title == expected["title"]
        assert article.byline == (expected["byline"],)
        assert iso(article.published) == expected["date"]
        assert article.section == expected["section"]
        assert article.body.startswith(expected["body_starts"])
        assert expected["body_ends"] in article.body[-400:]
        assert list(article.subheads) == expected["subheads"]
        for words in expected["not_in_body"]:
            assert words not in article.body
        for quotation in case["quotes"]:
            assert quotation["starts"] in article.body
            assert quotation["ends"] in article.body


def test_a_given_outlet_goes_before_what_the_page_says() -> None:
    article = read_plain(
        "Gale hits coast\n\nTrees fell. Roads closed.\n\n© 2026 Some Site", outlet="Wire"
    )
    assert article.outlet == "Wire"


@pytest.mark.parametrize(
    "byline",
    [
        "By Ann Reed",
        "BY ANN REED",
        "Words by Ann Reed",
        "Ann Reed, 3 March 2026",
        "By: Ann Reed | March 3, 2026",
    ],
)
def test_bylines_of_many_shapes_are_found(byline: str) -> None:
    article = read_plain(
        f"News\n\nGale hits coast\n\n{byline}\n\nTrees fell on Tuesday, officials said."
    )
    assert (article.title, article.byline, article.section) == (
        "Gale hits coast",
        ("Ann Reed",),
        "News",
    )


@pytest.mark.parametrize(
    ("lines", "outlet"),
    [
        (
            "Vesland Press TV\n\nTue Mar 3, 2026 11:19AM [Updated: Tue Mar 3, 2026 1:02PM ]",
            "Vesland Press TV",
        ),
        ("Harbour News\n\n10:45 GMT 03.03.2026(updated 11:20 GMT 03.03.2026)", "Harbour News"),
        ("Lowland News Agency\n\nMarch 3, 2026 - 14:31", "Lowland News Agency"),
        ("3 March 2026", None),
        ("By Ann Reed\nMarch 03, 2026 06:12 PM", None),
    ],
)
def test_dates_and_outlets_below_the_title_are_no_text(lines: str, outlet: str | None) -> None:
    article = read_plain(
        f"Jobs for Sailors and Cooks of All Ranks - APPLY NOW\n\nMilitary\n\nMinistry Says Talks "
        f"Will "
        f"Go On\n\n{lines}\n\nThe ministry said so on Tuesday.\n\nJoin the mailing list"
    )
    assert (article.title, article.section) == ("Ministry Says Talks Will Go On", "Military")
    assert article.outlet == outlet
    assert article.published is not None
    assert article.published.isoformat()[:10] == "2026-03-03"
    assert article.body == "The ministry said so on Tuesday."


def test_a_sentence_that_begins_with_by_is_no_byline() -> None:
    article = read_plain(
        "Gale hits coast\n\nBy Tuesday the water had gone.\n\nNobody was hurt, police said."
    )
    assert article.byline == ()
    assert article.body.startswith("By Tuesday the water")


@pytest.mark.parametrize("text", ["", "  \n\t\n", "one", "Menu\n\nHome\n\nLog in\n\nShare this"])
def test_what_holds_no_story_is_refused(text: str) -> None:
    with pytest.raises(IntakeError):
        read_plain(text)


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=60), max_size=12))
def test_blocks_cover_the_body_whatever_comes(lines: list[str]) -> None:
    try:
        article = read_plain("\n\n".join(lines))
    except IntakeError:
        return
    assert "\n\n".join(b.span.text(article.body) for b in article.blocks) == article.body
    assert clean(article.body) == article.body
    assert clean(article.title) == article.title
    assert article.title


def test_a_last_paragraph_that_has_lost_its_end_is_kept() -> None:
    text = (
        "Harbour News\n\nPier Opens Two Years Late\n\nBy Ann Reed March 3, 2026\n\n"
        "The harbour board said on Tuesday that the new pier would open in the spring. "
        "It will be ready by then, and\n\nJoin the mailing list\n"
    )
    assert read_plain(text).body.endswith("It will be ready by then, and")
