"""Who wrote a page's article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from reader.core.text import clean_line
from reader.ingest import limits
from reader.ingest.bylines import looks_like_person, read_byline
from reader.ingest.outlets import names_outlet
from reader.ingest.pages.linked_data import LinkedData
from reader.ingest.pages.surroundings import Surroundings
from reader.ingest.pages.visible_authors import (
    beside_dates,
    by_class,
    by_lines,
    marked,
    profiles,
)

_META_KEYS: Final = (
    "author", "byl", "article:author", "article:author_name", "og:article:author", "dc.creator",
    "dcterms.creator", "parsely-author", "sailthru.author", "citation_author", "authors", "byline",
    "cxenseparse:author", "rbauthors", "creator", "dcsext.author", "article.author",
    "mediator_author", "news_author", "page_author", "xbylinename", "author-name", "og:author",
    "author_name", "article_author", "search.byline", "analyticsattributes.author", "bylines",
    "authors_name", "dcsext.author_name",
)  # fmt: skip
_PROFILE_ADDRESS = re.compile(
    r"https?://[^/]+/(?:[^/]+/)*(?:authors?|autor(?:en|es)?|auteurs?|source|profiles?|people|staff|"
    r"by|contributors?|journalists?|reporters?|writers?)/([^/?#.]+)/?(?:[?#].*)?",
    re.IGNORECASE,
)
_STAFF = re.compile(
    r"\b(?:staff|reporters?|team|desk|newsroom|correspondents?|editors?)\b", re.IGNORECASE
)
_LONGEST: Final = 200


def choose_authors(
    tree: Any,
    meta: dict[str, list[str]],
    linked: LinkedData,
    outlet: str | None,
    heading: Any = None,
) -> tuple[str, ...]:
    """Return the authors' names as the page gives them, best source first; () where it has none.

    People in JSON-LD and meta elements, rel="author", itemprop="author", elements whose class says
    byline, lines of text that begin with "By", links to profiles, names beside the date. What
    names people goes before what names a desk, an agency or a login, and that before the outlet's
    own name, which is no author. `heading` is the element of the headline, if there is one.
    """
    fallback: tuple[str, ...] = ()
    for names, is_sure in _sources(tree, meta, linked, outlet, heading):
        people = tuple(n for n in names if _is_author(n, outlet))
        if any(looks_like_person(name) for name in people) and (is_sure or not fallback):
            return people
        fallback = fallback or people
    if fallback:
        return fallback
    if outlet and looks_like_person(outlet) and any(_same(n, outlet) for n in linked.people):
        return (outlet,)  # somebody's own site
    organisations = [clean_line(name, limits.AUTHOR) for name in linked.organisations]
    return tuple(n for n in organisations if n and not _same(n, outlet))[:1]


def _sources(
    tree: Any,
    meta: dict[str, list[str]],
    linked: LinkedData,
    outlet: str | None,
    heading: Any,
) -> Iterator[tuple[tuple[str, ...], bool]]:
    """What each source says, in the order in which they are believed, and whether it is to be
    believed even where another one has named a desk or a login."""
    around = Surroundings(tree, heading)
    in_margin: list[tuple[str, ...]] = []
    visible = [marked(tree, around, outlet)]
    for distance, names in by_class(tree, around, outlet):
        (in_margin if distance else visible).append(names)
    people = _cleaned(linked.people)
    stated = [
        tuple(dict.fromkeys(name for value in values for name in read_byline(value, outlet)))
        for key in _META_KEYS
        if (values := _usable(meta.get(key, [])))
    ]
    for names in (people, *stated):
        # Machine-readable sources often list the first author only; a byline that names the same
        # people and more is fuller.
        wanted = {name.lower() for name in names}
        fuller = (
            s
            for s in visible
            if wanted and wanted < {name.lower() for name in s} and all(map(looks_like_person, s))
        )
        yield next(fuller, names), True
    yield from ((names, True) for names in visible)
    yield from ((names, True) for far, names in by_lines(tree, around, outlet) if not far)
    yield from ((names, False) for far, names in profiles(tree, around, outlet) if not far)
    beside = list(beside_dates(tree, heading, outlet)) if heading is not None else []
    yield from ((names, True) for are_people, names in beside if are_people)
    yield from ((names, True) for names in _social(meta, outlet))
    yield from ((names, False) for names in in_margin)
    yield from ((names, False) for are_people, names in beside if not are_people)


def _social(meta: dict[str, list[str]], outlet: str | None) -> Iterator[tuple[str, ...]]:
    """Names among what is meant for social networks: labelled fields, names in place of handles,
    and the author's page, by the words in its address."""
    for number in ("1", "2"):
        label, value = (
            " ".join(meta.get(f"twitter:{key}{number}", [])) for key in ("label", "data")
        )
        if re.search(r"\b(?:written|by|author|reporter|autor|auteur)\b", label, re.IGNORECASE):
            yield read_byline(value, outlet)
    for value in _usable(meta.get("twitter:creator", [])):
        if looks_like_person(value):
            yield (value,)
    for key in ("article:author", "author"):
        for value in meta.get(key, []):
            found = _PROFILE_ADDRESS.fullmatch(value.strip()[:300])
            words = found[1].split("-") if found else []
            if 2 <= len(words) <= 4 and all(word.isalpha() and len(word) > 1 for word in words):
                yield (" ".join(word.capitalize() for word in words),)


def _usable(values: list[str]) -> list[str]:
    """The values of a meta element that can be names."""
    return [
        value
        for value in map(clean_line, values)
        if not value.startswith(("http", "//", "www.", "@")) and len(value) <= _LONGEST
    ]


def _cleaned(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names through the gate, each once."""
    lines = (clean_line(name, limits.AUTHOR) for name in names)
    return tuple(dict.fromkeys(line for line in lines if line))


def _is_author(name: str, outlet: str | None) -> bool:
    """Whether a name can be an author's: not the outlet's own, no address."""
    return not _same(name, outlet) and "." not in name.split()[-1][1:-1]


def _same(name: str, outlet: str | None) -> bool:
    """Whether a name is the outlet's, "The" and capitals apart, or has the outlet's within it."""
    if outlet is None:
        return False
    one, other = (re.sub(r"\W|\Athe\s", "", text.lower()) for text in (name, outlet))
    is_longer = names_outlet(name) and one.startswith(other) and len(one) < len(other) + 6
    if one == other or (is_longer and not _STAFF.search(name)):
        return True
    inside = len(other) > 5 and re.search(rf"\b{re.escape(outlet.lower())}\b", name.lower())
    return bool(inside) and not _STAFF.search(name)
