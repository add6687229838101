"""The reader's own tags and notes go out with what is exported, in every format."""

from __future__ import annotations

import csv
import json
from dataclasses import replace

import pytest

from reader.core.article import ArticleId
from reader.core.marks import Note
from reader.core.records import ArchivedArticle
from reader.export.formats import FORMATS
from reader.export.items import Item, item_of, items_of
from tests.export.stories import article, extraction

NOTES = (
    Note(ArticleId(3), "Call the board.\n<b>Twice</b> & {soon}", 0),
    Note(ArticleId(3), "Check the *tape*.", 0, '"We would rather be late than wrong,"', 0),
    Note(ArticleId(3), "Gone since.", 0, "an earlier text", None),
)
ARCHIVED = ArchivedArticle(
    ArticleId(3), article(), extraction(), (1,), False, False, tags=("air power", "#1"), notes=NOTES
)


def exported(name: str, *, quotes: bool) -> str:
    """The article, or its quotations, in a format."""
    return "".join(FORMATS[name](items_of(ARCHIVED, quotes=quotes), quotes=quotes))


def test_a_quotation_has_its_own_notes_and_those_of_its_article() -> None:
    assert item_of(ARCHIVED).notes == NOTES
    assert item_of(ARCHIVED, 0).notes == NOTES[:2]
    assert item_of(ARCHIVED, 1).notes == NOTES[:1]


@pytest.mark.parametrize("quotes", [True, False])
@pytest.mark.parametrize("name", FORMATS)
def test_every_format_carries_tags_and_notes(name: str, quotes: bool) -> None:
    text = exported(name, quotes=quotes)
    assert "air power" in text
    assert "Call the board." in text
    assert "Check the" in text
    assert ("Gone since." in text) is not quotes


def test_json_and_csv_give_them_as_they_are() -> None:
    first, second = json.loads(exported("json", quotes=True))
    assert first["tags"] == ["air power", "#1"]
    assert [note["text"] for note in first["notes"]] == [note.text for note in NOTES[:2]]
    assert [note["quotation"] for note in second["notes"]] == [None]
    row = next(iter(csv.DictReader(exported("csv", quotes=False).splitlines())))
    assert row["tags"] == "air power; #1"
    assert row["notes"].startswith("Call the board. <b>Twice</b> & {soon} | “We would rather")


def test_notes_are_no_markup() -> None:
    page = exported("html", quotes=True)
    assert "&lt;b&gt;Twice&lt;/b&gt; &amp; {soon}" in page
    assert "\\*tape\\*" in exported("markdown", quotes=True)
    assert r"\& \{soon\}" in exported("bibtex", quotes=True)


def test_without_tags_and_notes_nothing_is_said_of_them() -> None:
    plain = replace(ARCHIVED, tags=(), notes=())
    for name in ("markdown", "html", "bibtex"):
        text = "".join(FORMATS[name](items_of(plain, quotes=True), quotes=True))
        assert "Note" not in text and 'class="note"' not in text and "keywords" not in text
    assert Item(None, article(), extraction()).notes == ()
