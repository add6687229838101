"""Agencies' XML: NewsML-G2 (news messages and items) and NITF."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from reader.core.article import Article, BlockKind
from reader.errors import IntakeError
from reader.ingest import limits
from reader.ingest.build import Part, build_article
from reader.ingest.bylines import read_byline
from reader.ingest.dating import read_date
from reader.ingest.feeds.xml_tree import parse_xml
from reader.ingest.intake import Intake, IntakeFailure
from reader.ingest.markup import parts_of_text

_KINDS: Final = {
    "h1": BlockKind.SUBHEAD,
    "h2": BlockKind.SUBHEAD,
    "h3": BlockKind.SUBHEAD,
    "h4": BlockKind.SUBHEAD,
    "hl2": BlockKind.SUBHEAD,
    "li": BlockKind.LIST_ITEM,
    "caption": BlockKind.CAPTION,
    "figcaption": BlockKind.CAPTION,
    "p": BlockKind.PARAGRAPH,
}


def read_agency_xml(data: bytes, *, name: str, outlet: str | None = None) -> Iterator[Intake]:
    """Yield the article of each news item or NITF document in an XML file.

    Items without a text (pictures, alerts, packages) are counted in one failure. Raises
    `IntakeError` where the file is other XML.
    """
    root = parse_xml(data)
    if root is None:
        raise IntakeError("is not XML that can be read")
    items = [e for e in root.iter() if _local(e) == "newsitem"]
    items = items or [e for e in root.iter() if _local(e) == "nitf"]
    if not items:
        raise IntakeError("is XML, but no feed, subscription list or news item")
    empty = 0
    for item in items[: limits.ITEMS]:
        article = _article(item, outlet, name)
        if article is None:
            empty += 1
        else:
            yield article
    if empty:
        yield IntakeFailure(name, f"{empty} of {len(items)} news items hold no text")


def _article(item: Any, outlet: str | None, path: str) -> Article | None:
    """The article in one item; None if it has no text."""
    body = _first(item, "body.content", "inlinexml", "body")
    parts = _parts(body) if body is not None else []
    if not parts and (data := _first(item, "inlinedata")) is not None:
        parts = parts_of_text(_words(data))
    if not parts:
        return None
    by = _first(item, "byline", "by", "creator")
    stated = (
        _attribute(item, "date.issue", "norm"),
        _attribute(item, "story.date", "norm"),
        *(
            _words(_first(item, tag))
            for tag in ("contentcreated", "firstcreated", "versioncreated")
        ),
    )
    provider = _first(item, "provider")
    publisher = _words(_first(item, "creditline")) or _attribute(item, "pubdata", "name")
    return build_article(
        title=next(
            filter(None, (_words(_first(item, t)) for t in ("hl1", "headline", "title"))), ""
        ),
        parts=parts,
        byline=read_byline(_words(by) or (by.get("literal", "") if by is not None else "")),
        published=next(filter(None, map(read_date, stated)), None),
        outlet=outlet or publisher or _words(provider) or None,
        section=_words(_first(item, "genre")) or None,
        guid=item.get("guid") or _attribute(item, "doc-id", "id-string") or None,
        path=path,
    )


def _parts(body: Any) -> list[Part]:
    """The paragraphs, headings, list items and captions in a text."""
    parts: list[Part] = []
    for element in body.iter():
        kind = _KINDS.get(_local(element))
        if kind is None or any(_local(above) in _KINDS for above in element.iterancestors()):
            continue
        quoted = any(_local(above) in ("bq", "blockquote") for above in element.iterancestors())
        words = _words(element)
        if words:
            parts.append(Part(words, BlockKind.BLOCKQUOTE if quoted else kind))
    return parts


def _local(element: Any) -> str:
    """An element's name without its namespace, in lower case; "" for what is none."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _first(item: Any, *names: str) -> Any:
    """The first element inside an item with the first of these names that there is, else None."""
    for name in names:
        for element in item.iter():
            if _local(element) == name:
                return element
    return None


def _words(element: Any) -> str:
    """The words in an element; "" for None."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _attribute(item: Any, name: str, attribute: str) -> str:
    """An attribute of the first element of a name; "" where there is none."""
    element = _first(item, name)
    return "" if element is None else str(element.get(attribute, ""))
