"""What a page says about its article in JSON-LD (schema.org), however it is nested."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from reader.ingest.bylines import read_byline

_ARTICLES: Final = frozenset(
    ("article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle",
     "backgroundnewsarticle", "reviewnewsarticle", "askpublicnewsarticle", "liveblogposting",
     "blogposting", "report", "satiricalarticle", "techarticle", "scholarlyarticle",
     "medicalscholarlyarticle", "advertisercontentarticle", "socialmediaposting",
     "discussionforumposting")
)  # fmt: skip
_MOST_NODES: Final = 3_000
_DEEPEST: Final = 12
_LONGEST: Final = 1_000_000
_LONGEST_ESCAPED: Final = 1_000


@dataclass(frozen=True, slots=True)
class LinkedData:
    """The fields of the page's article, raw and unchecked; "" and () where there are none."""

    headline: str = ""
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    published: str = ""
    modified: str = ""
    outlet: str = ""
    section: str = ""
    url: str = ""
    body: str = ""


@dataclass(slots=True)
class _Graph:
    """All objects of all scripts, and those with an "@id" by it."""

    nodes: list[Mapping[str, Any]] = field(default_factory=list)
    named: dict[str, Mapping[str, Any]] = field(default_factory=dict)


def read_linked_data(tree: Any, url: str | None, titles: tuple[str, ...]) -> LinkedData:
    """Return what the JSON-LD scripts of a page say about its main article.

    Follows "@graph", nested objects and references by "@id". Where several articles are described,
    the one counts whose headline is one of `titles` or whose address is `url`, else the first.
    Scripts that are no JSON, or of the wrong types all over, count for nothing.
    """
    graph = _Graph()
    for script in list(tree.iter("script"))[:200]:
        if "ld+json" in (script.get("type") or "").lower():
            for value in _values((script.text or "")[:_LONGEST]):
                _collect(value, graph, 0)
    articles = [node for node in graph.nodes if _types(node) & _ARTICLES]
    if not articles:
        articles = [n for n in graph.nodes if "webpage" in _types(n) and n.get("datePublished")]
    if not articles:
        return LinkedData()
    best = max(articles, key=lambda node: _fit(node, url, titles))
    return _fields(best, graph) if _is_about(best, url, titles) else LinkedData()


def _values(text: str) -> Iterator[Any]:
    """The JSON values in a script, with the dirt that pages wrap them in taken off."""
    text = re.sub(r"\A\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.{0,100}?\*/)", "", text)
    text = re.sub(r"(?://\s*)?(?:-->|\]\]>)\s*\Z", "", text.rstrip()).rstrip().rstrip(";")
    decoder = json.JSONDecoder(strict=False)
    at = 0
    for _ in range(20):
        while at < len(text) and text[at] not in "[{":
            at += 1
        if at >= len(text):
            return
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        yield value


def _collect(value: Any, graph: _Graph, depth: int) -> None:
    """Note all objects inside a value, outermost first."""
    if depth > _DEEPEST or len(graph.nodes) >= _MOST_NODES:
        return
    if isinstance(value, dict):
        graph.nodes.append(value)
        name = value.get("@id")
        if isinstance(name, str) and len(value) > 1:
            graph.named.setdefault(name, value)
        for inner in value.values():
            if isinstance(inner, (dict, list)):
                _collect(inner, graph, depth + 1)
    elif isinstance(value, list):
        for inner in value[:500]:
            _collect(inner, graph, depth + 1)


def _types(node: Mapping[str, Any]) -> set[str]:
    """The types of an object, in lower case, without "schema:" or "https://schema.org/"."""
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return {re.split(r"[/:#]", kind)[-1].lower() for kind in kinds[:10] if isinstance(kind, str)}


def _is_about(node: Mapping[str, Any], url: str | None, titles: tuple[str, ...]) -> bool:
    """Whether an object can describe this page's article: not one whose headline has no word of
    four letters in common with any title of the page, and whose address is another's."""
    headline = _string(node.get("headline")) or _string(node.get("name"))
    words, others = (
        set(re.findall(r"\w{4,}", text[:2000].lower())) for text in (headline, " ".join(titles))
    )
    if not words or not others or words & others:
        return True
    return bool(url) and any(_same_page(a, url or "") for a in _addresses(node))


def _addresses(node: Mapping[str, Any]) -> list[str]:
    """The addresses that an object says are its article's."""
    found = (_address(node.get("url")), _address(node.get("mainEntityOfPage")), node.get("@id"))
    return [address for address in found if isinstance(address, str) and address]


def _fit(node: Mapping[str, Any], url: str | None, titles: tuple[str, ...]) -> int:
    """How surely an object describes this page's article."""
    headline = _bare(_string(node.get("headline")) or _string(node.get("name")))
    fit = (
        4
        if headline and any(headline in t or t in headline for t in map(_bare, titles) if t)
        else 0
    )
    if url and any(_same_page(address, url) for address in _addresses(node)):
        fit += 3
    return fit + bool(node.get("author")) + bool(node.get("datePublished"))


def _fields(node: Mapping[str, Any], graph: _Graph) -> LinkedData:
    """The fields of one object, references resolved."""
    people: list[str] = []
    organisations: list[str] = []
    for key in ("author", "creator", "contributor"):
        for person in _objects(node.get(key), graph):
            _sort_author(person, people, organisations)
        if people:
            break
    publishers = [_string(p.get("name")) for p in _objects(node.get("publisher"), graph)]
    section = node.get("articleSection")
    section = section[0] if isinstance(section, list) and section else section
    return LinkedData(
        headline=_string(node.get("headline")) or _string(node.get("name")),
        people=tuple(dict.fromkeys(people)),
        organisations=tuple(dict.fromkeys(organisations)),
        published=_string(node.get("datePublished")) or _string(node.get("dateCreated")),
        modified=_string(node.get("dateModified")),
        outlet=next((name for name in publishers if name), ""),
        section=_string(section),
        url=_address(node.get("mainEntityOfPage")) or _address(node.get("url")),
        body=_string(node.get("articleBody")),
    )


def _objects(value: Any, graph: _Graph) -> Iterator[Mapping[str, Any]]:
    """The objects that a value is, holds or refers to; a bare string becomes an object."""
    for item in value[:50] if isinstance(value, list) else [value]:
        if isinstance(item, str) and item:
            yield graph.named.get(item) or {"name": item}
        elif isinstance(item, dict):
            reference = item.get("@id")
            if "name" not in item and isinstance(reference, str) and reference in graph.named:
                yield graph.named[reference]
            else:
                yield item


def _sort_author(person: Mapping[str, Any], people: list[str], organisations: list[str]) -> None:
    """Put an author's names with the people or with the organisations."""
    name = person.get("name")
    for one in name[:20] if isinstance(name, list) else [name]:
        text = _string(one)
        if not text or text.startswith(("http:", "https:", "@")):
            continue
        if "organization" in _types(person) or "newsmediaorganization" in _types(person):
            organisations.append(text)
        else:
            people.extend(read_byline(text))


def _address(value: Any) -> str:
    """The address that a value is or holds."""
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return value if isinstance(value, str) and value.startswith("http") else ""


def _string(value: Any) -> str:
    """The string that a value is or, in a list or a language map, holds first; else ""."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if not isinstance(value, str):
        return ""
    # Nothing is escaped so in JSON, but many pages do; a body may speak of such references.
    return html.unescape(value) if len(value) < _LONGEST_ESCAPED and "&" in value else value


def _bare(text: str) -> str:
    """A title's letters and digits, for comparing."""
    return re.sub(r"&\w{2,8};|\W", "", text[:1000]).lower()


def _same_page(one: str, other: str) -> bool:
    """Whether two addresses differ in scheme, query, fragment or final slash at most."""
    return re.sub(r"\Ahttps?:|[?#].*|/\Z", "", one) == re.sub(r"\Ahttps?:|[?#].*|/\Z", "", other)
