"""JSON documents: JSON Feed 1.0 and 1.1, answers of news interfaces, single articles and lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from reader.errors import IntakeError
from reader.ingest import limits
from reader.ingest.encoding import decode
from reader.ingest.feeds.entries import Entry, Feed, articles_of
from reader.ingest.intake import Intake, IntakeFailure
from reader.ingest.markup import parts_of_markup
from reader.ingest.records import article_from_record, load_json, text_of

_SIGNS: Final = ("version", "feed_url", "home_page_url")
"""What a JSON Feed has besides its items; the first is required, and forgotten."""

_LISTS: Final = ("items", "articles", "entries", "results", "data", "stories", "docs", "posts")


def read_json(
    data: bytes, *, name: str, outlet: str | None = None, address: str | None = None
) -> Iterator[Intake]:
    """Yield the articles in a JSON document: a JSON Feed, a list of objects, or one object.

    Lists are found under the names that news interfaces use. Objects without a text are failures.
    Raises `IntakeError` for what is no JSON or holds neither.
    """
    value = load_json(decode(data))
    if isinstance(value, dict) and is_json_feed(value):
        yield from articles_of(json_feed(value), name=name, outlet=outlet, address=address)
        return
    records = _records(value)
    if records is None:
        raise IntakeError("is JSON, but holds no articles")
    good = bad = 0
    for record in records:
        try:
            if not isinstance(record, dict):
                raise IntakeError("is not an object")
            yield article_from_record(
                record, outlet=outlet, path=name, parts_of_markup=parts_of_markup
            )
            good += 1
        except IntakeError as error:
            bad += 1
            if bad <= 20:
                yield IntakeFailure(name, f"item {good + bad} {error}")
    if bad > 20:
        yield IntakeFailure(name, f"{bad - 20} more items hold no article")
    if not good and not bad:
        raise IntakeError("is JSON, but holds no articles")


def is_json_feed(value: Mapping[str, Any]) -> bool:
    """Whether a JSON object is a JSON Feed, correctly labelled or not."""
    return isinstance(value.get("items"), list) and any(sign in value for sign in _SIGNS)


def json_feed(value: Mapping[str, Any]) -> Feed:
    """Return the feed in a JSON Feed object; values of wrong types count as missing."""
    items = value.get("items")
    items = items if isinstance(items, list) else []
    return Feed(
        title=text_of(value.get("title")),
        link=text_of(value.get("home_page_url")),
        address=text_of(value.get("feed_url")),
        authors=_authors(value),
        entries=[_entry(item) for item in items[: limits.ITEMS] if isinstance(item, dict)],
        left_out=max(0, len(items) - limits.ITEMS),
    )


def _entry(item: Mapping[str, Any]) -> Entry:
    """One item of a JSON Feed."""

    def string(key: str) -> str:
        value = item.get(key)
        return value if isinstance(value, str) else ""

    guid = item.get("id")
    tags = item.get("tags")
    content = string("content_html")
    return Entry(
        title=string("title"),
        link=string("url") or string("external_url"),
        guid=str(guid)[: limits.ADDRESS] if isinstance(guid, (str, int)) else "",
        authors=_authors(item),
        published=string("date_published"),
        updated=string("date_modified"),
        content=content or string("content_text"),
        is_text=not content and not string("content_text").lstrip().startswith("<"),
        summary=string("summary"),
        categories=[t for t in tags[:20] if isinstance(t, str)] if isinstance(tags, list) else [],
        is_empty=not any(value not in (None, "", [], {}) for value in item.values()),
    )


def _authors(item: Mapping[str, Any]) -> list[str]:
    """The names of version 1.1's "authors" or 1.0's "author"."""
    value = item.get("authors") or item.get("author")
    people = value if isinstance(value, list) else [value]
    names = (person.get("name") if isinstance(person, dict) else person for person in people[:50])
    return [name[: limits.AUTHOR] for name in names if isinstance(name, str) and name.strip()]


def _records(value: Any) -> list[Any] | None:
    """The list of objects in a JSON value, None if there is none."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return None
    for key in _LISTS:
        inner = value.get(key)
        if isinstance(inner, list) and any(isinstance(item, dict) for item in inner[:100]):
            return inner
    for key in ("response", "data", "result"):
        inner = value.get(key)
        if isinstance(inner, dict):
            return _records(inner) if inner is not value else None
    return [value]
