"""JSON Lines of any size, good lines and bad."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from reader.core.article import Article
from reader.ingest import Intake, IntakeFailure, read_path, read_stream

STORY = {
    "title": "Gale hits coast",
    "byline": "Ann Reed and Tom Hall",
    "date": "2021-05-13T06:22:00Z",
    "source": "Harbour Wire",
    "url": "https://harbourwire.example/gale",
    "body": "Trees fell.\n\nRoads closed.",
}


def read(*records: object) -> list[Intake]:
    lines = (r if isinstance(r, str) else json.dumps(r) for r in records)
    return list(read_stream(io.BytesIO("\n".join([*lines, json.dumps(STORY)]).encode()), name="x"))


def test_a_line_becomes_an_article(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(json.dumps(STORY) + "\n", "utf-8")
    [article] = read_path(path)
    assert isinstance(article, Article)
    assert article.title == "Gale hits coast"
    assert article.byline == ("Ann Reed", "Tom Hall")
    assert article.published == dt.datetime(2021, 5, 13, 6, 22, tzinfo=dt.UTC)
    assert article.outlet == "Harbour Wire"
    assert article.url == "https://harbourwire.example/gale"
    assert article.body == "Trees fell.\n\nRoads closed."
    assert article.path == str(path)
    assert [b.span.text(article.body) for b in article.blocks] == ["Trees fell.", "Roads closed."]


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        ({"byline": ["Ann Reed", "Tom Hall"]}, "byline", ("Ann Reed", "Tom Hall")),
        ({"byline": None, "author": {"name": "Ann Reed"}}, "byline", ("Ann Reed",)),
        ({"byline": 7}, "byline", ()),
        ({"date": "13 May 2021"}, "published", dt.date(2021, 5, 13)),
        ({"date": 1620887400}, "published", dt.datetime(2021, 5, 13, 6, 30, tzinfo=dt.UTC)),
        ({"date": "soon"}, "published", None),
        ({"date": "2999-01-01"}, "published", None),
        ({"source": {"id": None, "name": "Coast"}}, "outlet", "Coast"),
        ({"source": [], "outlet": "Coast"}, "outlet", "Coast"),
        ({"url": "javascript:alert(1)"}, "url", None),
        ({"url": "https://u:secret@h.example/a b"}, "url", "https://h.example/a%20b"),
        ({"title": "A\u001b[31m\nB"}, "title", "A B"),
        ({"title": "Gale | Harbour Wire"}, "title", "Gale"),
        ({"body": "One.\nTwo."}, "body", "One.\n\nTwo."),
        ({"body": "One.\n\nHead\n\nTwo.", "subheads": ["Head"]}, "subheads", ("Head",)),
    ],
)
def test_fields_are_read_in_every_usual_shape(
    change: dict[str, Any], field: str, value: object
) -> None:
    article = read({**STORY, **change})[0]
    assert isinstance(article, Article)
    assert getattr(article, field) == value


@pytest.mark.parametrize(
    "line", ["{broken", "[1, 2]", '"text"', '{"title": "no text"}', "[" * 100_000, '{"body": 3}']
)
def test_a_bad_line_is_one_failure_and_the_others_come_in(line: str) -> None:
    first, failure, last = read(STORY, line)
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(failure, IntakeFailure)
    assert "line 2" in failure.message


def test_thousands_of_bad_lines_do_not_flood() -> None:
    results = read(STORY, *["{bad"] * 5000)
    failures = [r for r in results if isinstance(r, IntakeFailure)]
    assert len(failures) == 101
    assert "4900 more" in failures[-1].message


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "large.jsonl.gz"
    line = json.dumps({**STORY, "body": "Trees fell. " * 2000}).encode() + b"\n"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(800):
            file.write(line)
    tracemalloc.start()
    count = sum(isinstance(article, Article) for article in read_path(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 800
    assert peak < 3_000_000 < 800 * len(line)


def test_a_first_line_that_is_no_object_does_not_hide_the_rest() -> None:
    for bad in ("[1, 2", "null", "# made by a tool", "1"):
        *_, last = read(bad, {"title": "One", "body": "Trees fell."}, STORY)
        assert isinstance(last, Article), bad


NEWS = "<p>The harbour board said on Tuesday that the new pier would open.</p>"


@pytest.mark.parametrize(
    "item",
    [
        {"headline": "Pier opens", "byline": "By Ann Reed", "body_xhtml": NEWS},
        {
            "headlines": [
                {"role": "sub", "value": "Late"},
                {"role": "main", "value": "Pier opens"},
            ],
            "by": "Ann Reed",
            "bodies": [
                None,
                {"role": "sub", "value": "Short."},
                {"role": "main", "contentType": "application/xhtml+xml", "value": NEWS},
            ],
        },
    ],
)
def test_an_agencys_item_on_one_line_is_read_with_its_markup(item: dict[str, Any]) -> None:
    line = json.dumps({"uri": "urn:1", "versioncreated": "2026-03-03T10:00:00Z", **item})
    [article] = read_stream(io.BytesIO(line.encode()), name="x")
    assert isinstance(article, Article)
    assert (article.title, article.byline) == ("Pier opens", ("Ann Reed",))
    assert article.body == "The harbour board said on Tuesday that the new pier would open."
