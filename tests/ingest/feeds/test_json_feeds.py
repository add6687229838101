"""JSON Feeds of both versions, as the standard has them and as they are found."""

from __future__ import annotations

import codecs
import datetime as dt
import json
from typing import Any

import pytest

from reader.feeds.parsing import FeedBytes, FeedRead, read_feed
from reader.ingest import limits
from reader.storage.preparing import PreparedArticle

ONE, TWO = "https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1"
HERE = "https://wire.example/feeds/all.json"
FERRY = {"id": "f", "title": "Ferry", "content_text": "The ferry came late."}
PIER = {"id": "p", "title": "Pier", "content_text": "The pier is closed."}


def read(value: Any, **more: Any) -> FeedRead:
    """What a feed's process makes of a document, or of bytes as they come."""
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return read_feed(FeedBytes(data, HERE, HERE, **more))


def feed(*items: Any, version: Any = TWO, **more: Any) -> dict[str, Any]:
    """A JSON Feed."""
    return {"version": version, "title": "Wire", "items": list(items), **more}


def only(item: Any, **more: Any) -> PreparedArticle:
    """The one article of a feed with one item."""
    [article] = read(feed(item, **more)).articles
    return article


COUNTED: list[tuple[str, Any, int]] = [
    ("version 1.0", feed(FERRY, PIER, version=ONE), 2),
    ("version 1.1", feed(FERRY, PIER), 2),
    ("version 1.1 with a slash", feed(FERRY, version=TWO + "/"), 1),
    ("a version of the future", feed(FERRY, version="https://jsonfeed.org/version/9"), 1),
    ("http in the version", feed(FERRY, version="http://jsonfeed.org/version/1"), 1),
    ("a number for a version", feed(FERRY, version=1.1), 1),
    ("an empty version", feed(FERRY, version=""), 1),
    (
        "no version, but what else a feed has",
        {"title": "Wire", "home_page_url": "https://wire.example/", "items": [FERRY]},
        1,
    ),
    ("no version, feed_url", {"feed_url": HERE, "items": [FERRY, PIER]}, 2),
    ("no items yet", feed(), 0),
    ("no title", {"version": TWO, "items": [FERRY]}, 1),
    ("items of wrong types", feed(FERRY, None, 7, "x", [], True, PIER), 2),
    ("empty items", feed({}, FERRY, {"id": ""}), 1),
    ("an identifier alone", feed({"id": "only"}), 1),
    ("an address alone", feed({"url": "https://wire.example/1"}), 1),
    ("numbers for identifiers", feed({**FERRY, "id": 1}, {**PIER, "id": 2}), 2),
    ("a zero for an identifier", feed({**FERRY, "id": 0}), 1),
    ("fractions for identifiers", feed({**FERRY, "id": 1.5}, {**PIER, "id": 2.5}), 2),
    ("nothing for identifiers", feed({**FERRY, "id": None}, {**PIER, "id": None}), 2),
    ("no identifiers", feed({"content_text": "One."}, {"content_text": "Two."}), 2),
    ("one identifier for all", feed({**FERRY, "id": "x"}, {**PIER, "id": "x"}), 2),
    ("content_text only", feed({"id": "1", "content_text": "A note without a title."}), 1),
    ("content_html only", feed({"id": "1", "content_html": "<p>A note.</p>"}), 1),
    ("a summary only", feed({"id": "1", "summary": "A note."}), 1),
    ("a picture only", feed({"id": "1", "image": "https://wire.example/1.jpg"}), 1),
    ("texts of wrong types", feed({"id": "1", "title": 5, "content_text": ["x"], "url": {}}), 1),
    (
        "attachments",
        feed({**FERRY, "attachments": [{"url": "https://x.example/a.mp3", "mime_type": "a/b"}]}),
        1,
    ),
    ("attachments of wrong types", feed({**FERRY, "attachments": "none"}), 1),
    (
        "hubs in hubs",
        feed(FERRY, hubs=[{"type": "WebSub", "url": "x", "hubs": [{"items": [PIER]}]}]),
        1,
    ),
    ("items in an item", feed({**FERRY, "items": [PIER, PIER]}), 1),
    ("extensions", feed({**FERRY, "_wire": {"a": [1, {"b": None}]}}, _wire={"about": "x"}), 1),
    ("expired", feed(FERRY, expired=True), 1),
    ("another page follows", feed(FERRY, next_url="https://wire.example/2.json"), 1),
    ("very many", feed(*({**FERRY, "id": n} for n in range(700))), 700),
    ("too many", feed(*({"id": n, "title": f"T{n}"} for n in range(limits.ITEMS + 3))), 5000),
]


@pytest.mark.parametrize(
    ("document", "count"),
    [pytest.param(document, count, id=name) for name, document, count in COUNTED],
)
def test_the_items_are_counted_right(document: Any, count: int) -> None:
    found = read(document)
    assert (found.usable, found.whole, len(found.articles)) == (True, True, count)


UNICODE = feed({"id": "ü", "title": "Fähre №1 – 渡し船 ⛴️", "content_text": "مرحبا"})
WRITTEN = json.dumps(UNICODE, ensure_ascii=False)


@pytest.mark.parametrize(
    "data",
    [
        json.dumps(UNICODE).encode(),
        WRITTEN.encode(),
        codecs.BOM_UTF8 + WRITTEN.encode(),
        b"\n\n \t" + WRITTEN.encode() + b"\n\n",
        codecs.BOM_UTF16_LE + WRITTEN.encode("utf-16-le"),
        json.dumps(UNICODE, indent=4, ensure_ascii=False).encode(),
    ],
    ids=["escaped", "utf-8", "with a mark", "blanks around", "utf-16", "indented"],
)
def test_however_its_letters_are_written(data: bytes) -> None:
    [article] = read(data).articles
    assert (article.title, article.body) == ("Fähre №1 – 渡し船 ⛴️", "مرحبا")


@pytest.mark.parametrize(
    "data",
    [
        b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "ti',
        b'{"version": "https://jsonfeed.org/version/1.1", "items": "none"}',
        b'{"version": "https://jsonfeed.org/version/1.1", "items": {"id": "1"}}',
        b'{"items": 7}',
        b'{"version": "https://jsonfeed.org/version/1.1"}',
        b"[" * 100_000,
        b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + b"[" * 100_000,
        b'{"error": "not found"}',
        b"[]",
        b"{}",
        b"null",
    ],
)
def test_what_is_no_json_feed_says_so_in_one_line(data: bytes) -> None:
    found = read(data)
    assert not found.usable
    assert found.problem
    assert "\n" not in found.problem


def test_the_html_goes_before_the_text_and_the_text_before_the_summary() -> None:
    item = {"id": "1", "summary": "S", "content_text": "T", "content_html": "<p>H</p>"}
    assert only(item).body == "H"
    del item["content_html"]
    assert only(item).body == "T"
    del item["content_text"]
    assert only(item).body == "S"


def test_a_text_is_text_whatever_stands_in_it() -> None:
    article = only({"id": "1", "title": "3 < 4 & 5", "content_text": "if a<b and b>c:\n\nx & y"})
    assert article.title == "3 < 4 & 5"
    assert "a<b" in article.body
    assert "x & y" in article.body


def test_the_authors_of_both_versions() -> None:
    def byline(**item: Any) -> str | None:
        return only({**FERRY, **item}).byline

    assert byline(author={"name": "Ann Reed"}) == byline(authors=[{"name": "Ann Reed"}])
    both = byline(authors=[{"name": "Ann Reed"}, {"name": "Bo Lind"}])
    assert both is not None
    assert "Ann Reed" in both
    assert "Bo Lind" in both
    for odd in (None, 7, [], [None, 3], {"name": 5}, [{"url": "x"}], "", {}):
        assert byline(authors=odd) is None
        assert byline(author=odd) is None


def test_addresses_are_resolved_and_only_web_addresses_are_kept() -> None:
    def address(**item: Any) -> str | None:
        return only({**FERRY, **item}, home_page_url="https://wire.example/").url

    assert address(url="/1") == "https://wire.example/1"
    assert address(external_url="https://other.example/2") == "https://other.example/2"
    assert address(url="javascript:alert(1)") is None
    assert address(url="file:///etc/passwd") is None


def test_dates_with_zones_and_without_sense() -> None:
    def published(**item: Any) -> str | None:
        return only({**FERRY, **item}).published

    day = dt.datetime(2026, 6, 5, 8, 7, 6, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    assert published(date_published=day.isoformat()) == day.isoformat()
    assert published(date_modified="2026-06-05") == "2026-06-05"
    assert published(date_published=20260605, date_modified=[]) is None
    assert published(date_published="tomorrow") is None


def test_escape_sequences_and_markup_do_no_harm() -> None:
    found = read(
        feed({"id": "1", "title": "\x1b]0;x\x07[@click=q]Hi[/]\u202e", "summary": "\x9b1m"})
    )
    [article] = found.articles
    assert article.title == "[@click=q]Hi[/]"
    assert article.body == ""


def test_what_is_left_out_of_a_feed_that_is_too_long_is_told() -> None:
    found = read(feed(*({"id": n, "title": f"T{n}"} for n in range(limits.ITEMS + 3))))
    assert found.problem == "is very long; its last 3 entries were left out"


def test_the_title_of_the_feed_is_one_clean_line() -> None:
    assert read(feed(FERRY, title="A\n\x1b[1mB\t C")).title == "A B C"
    assert read(feed(FERRY, title=7)).title in (None, "7")
