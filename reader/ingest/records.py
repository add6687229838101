"""Articles as JSON objects: JSON Lines of other tools, of scrapers, and of `import --json`."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from typing import Any, TypeGuard

from reader.core.article import Article, BlockKind, Published
from reader.core.dates import parse_iso
from reader.errors import IntakeError
from reader.ingest.build import Part, build_article
from reader.ingest.bylines import read_byline
from reader.ingest.dating import read_date

_TITLE = ("title", "headline", "name")
_AUTHOR = ("byline", "authors", "author", "creator", "by")
_DATE = (
    "date", "published", "date_published", "datePublished", "published_at", "publishedAt",
    "publish_date", "pubDate", "pubdate", "timestamp", "created_at", "firstcreated",
    "versioncreated", "date_modified",
)  # fmt: skip
_OUTLET = (
    "outlet", "source", "publisher", "publication", "site_name", "source_name", "site",
    "feed_title", "provider", "infosource",
)  # fmt: skip
_ADDRESS = ("url", "link", "canonical_url", "external_url", "uri", "permalink")
_BODY = (
    "body", "text", "content", "content_text", "articleBody", "article", "fulltext", "full_text",
    "maintext", "body_text",
)  # fmt: skip
_MARKUP = ("content_html", "html", "body_html", "body_xhtml")
_SUMMARY = ("summary", "description", "abstract", "snippet")
_SECTION = ("section", "category", "articleSection", "topic")


def load_json(text: str | bytes) -> Any:
    """Return the value of a JSON text; raises `IntakeError` for what is none, however it is broken.

    Numbers too long for Python become strings; half a surrogate pair stays for the gate to drop.
    """
    try:
        try:
            return json.loads(text)
        except ValueError:
            return json.loads(text, parse_int=str)
    except RecursionError:
        raise IntakeError("is nested too deeply") from None
    except (ValueError, MemoryError) as error:
        reason = str(error).partition("\n")[0][:100]
        raise IntakeError(f"is not valid JSON: {reason}") from None


def article_from_record(
    record: Mapping[str, Any],
    *,
    outlet: str | None = None,
    path: str | None = None,
    parts_of_markup: Callable[[str], list[Part]] | None = None,
) -> Article:
    """Return the article in a JSON object that holds at least a text (or a title and a summary).

    Understands the names that scrapers and feeds use for title, author, date, outlet, address,
    section and text; values of a wrong type count as missing. Paragraphs are parted by empty lines,
    or by line feeds where there are no empty lines; those listed under "subheads" are subheads.
    `parts_of_markup` reads texts that are HTML. Raises `IntakeError` where there is no text.
    """
    record = _with_main_forms(record)
    parts: list[Part] = []
    body = _first_text(record, _BODY)
    markup = _first_text(record, _MARKUP)
    if markup and parts_of_markup is not None and len(markup) > len(body):
        parts = parts_of_markup(markup)
    if not parts and body:
        parts = _paragraphs(body, record.get("subheads"))
    if not parts:
        parts = _paragraphs(_first_text(record, _SUMMARY), None)
    title = _first_text(record, _TITLE)
    if not any(part.text.strip() for part in parts):
        raise IntakeError(f"has no text under {', '.join(map(repr, _BODY[:3]))} or the like")
    return build_article(
        title=title,
        parts=parts,
        byline=_names(record),
        published=_date(record),
        outlet=outlet or _first_text(record, _OUTLET) or None,
        section=_first_text(record, _SECTION) or None,
        url=_first_text(record, _ADDRESS) or None,
        path=path,
    )


def _with_main_forms(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """A record whose headline and text are lists of forms, as in ninjs 2, with the main one of each
    under the name that ninjs 1 has for it; any other record as it is."""
    found: dict[str, Any] = {}
    for key, name in (("headlines", "headline"), ("bodies", "body")):
        value = record.get(key)
        forms = [form for form in value if isinstance(form, Mapping)] if _is_list(value) else []
        forms.sort(key=lambda form: form.get("role") != "main")
        for form in forms:
            if isinstance(text := form.get("value"), str) and text.strip():
                kind = str(form.get("contentType") or form.get("contenttype") or "")
                found[f"{name}_html" if name == "body" and "html" in kind else name] = text
                break
    return {**found, **record} if found else record


def _is_list(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def text_of(value: object) -> str:
    """Return the string in a JSON value: itself, or the name or text of an object; else ""."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        for key in ("name", "title", "text", "value", "@value", "url"):
            inner = value.get(key)
            if isinstance(inner, str) and inner:
                return inner
    if isinstance(value, list) and value:
        return text_of(value[0]) if not isinstance(value[0], list) else ""
    return ""


def names_of(value: object) -> tuple[str, ...]:
    """Return the authors in a JSON value: a byline, a list of names or of objects with names."""
    if isinstance(value, list):
        pieces = [text_of(item) for item in value[:50]]
        return tuple(dict.fromkeys(name for piece in pieces for name in read_byline(piece)))
    return read_byline(text_of(value))


def _first_text(record: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    """The first value under one of the keys that is or holds a string with a word in it."""
    for key in keys:
        value = record.get(key)
        if value is not None and (text := text_of(value)) and not text.isspace():
            return text
    return ""


def _names(record: Mapping[str, Any]) -> tuple[str, ...]:
    """The authors, under whatever key they are."""
    for key in _AUTHOR:
        if (value := record.get(key)) and (names := names_of(value)):
            return names
    return ()


def _date(record: Mapping[str, Any]) -> Published | None:
    """The date, a string in any form or a number of seconds or milliseconds since 1970."""
    for key in _DATE:
        value = record.get(key)
        if isinstance(value, str) and value:
            published = parse_iso(value) or read_date(value)
            if published is not None:
                return published
        if isinstance(value, (int, float)) and not isinstance(value, bool) and value > 1e8:
            try:
                return dt.datetime.fromtimestamp(
                    int(value if value < 1e11 else value / 1000), dt.UTC
                )
            except (ValueError, OverflowError, OSError):
                continue
    return None


def _paragraphs(text: str, subheads: object) -> list[Part]:
    """The blocks of a text, those listed in `subheads` marked."""
    text = text.replace("\r\n", "\n")
    heads = (
        {head for head in subheads if isinstance(head, str)} if isinstance(subheads, list) else ()
    )
    pieces = text.split("\n\n") if "\n\n" in text.strip() else text.split("\n")
    return [
        Part(piece, BlockKind.SUBHEAD if piece.strip() in heads else BlockKind.PARAGRAPH)
        for piece in pieces
    ]
