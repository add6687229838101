"""Title, authors, date, outlet, section and address of a page's article, from all it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from reader.core.article import Published
from reader.core.text import clean_line
from reader.ingest import limits
from reader.ingest.addresses import web_address
from reader.ingest.build import plausible, trim_site
from reader.ingest.dating import read_date
from reader.ingest.pages.authors import choose_authors
from reader.ingest.pages.dates import choose_date, date_in_title
from reader.ingest.pages.headline import (
    AGREED,
    Heading,
    agreement_of,
    choose_outlet,
    choose_title,
    headings_of,
)
from reader.ingest.pages.linked_data import LinkedData, read_linked_data
from reader.ingest.pages.tree import text_of

_TITLE_KEYS: Final = (
    "og:title", "twitter:title", "parsely-title", "dc.title", "dcterms.title", "citation_title",
    "sailthru.title", "headline", "title",
)  # fmt: skip
_OUTLET_KEYS: Final = (
    "og:site_name", "application-name", "citation_journal_title", "dc.publisher", "publisher",
    "parsely-network-canonical", "al:ios:app_name", "apple-mobile-web-app-title",
)  # fmt: skip
_SECTION_KEYS: Final = (
    "article:section", "parsely-section", "sailthru.section", "og:article:section", "section",
    "article.section", "category", "cxenseparse:category",
)  # fmt: skip
_ADDRESS_KEYS: Final = ("og:url", "twitter:url", "parsely-link", "dc.identifier")
_SECTION_CLASS = re.compile(
    r"(?:\A|[\s_-])(?:kicker|slug|rubric|section-(?:label|name|title)|eyebrow|overline|category|"
    r"article-(?:section|category|kicker)|breadcrumbs?)(?:\Z|[\s_-])",
    re.IGNORECASE,
)
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+){2,}")
"""A file's name in the place of a title."""

_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d{1,5}\)(\S{1,4000}) -->")
_SOCIAL: Final = re.compile(r"(?:facebook|twitter|instagram|linkedin)\.com", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page says about its article; None and () where it says nothing."""

    title: str
    byline: tuple[str, ...]
    published: Published | None
    outlet: str | None
    section: str | None
    url: str | None
    linked: LinkedData


def read_metadata(tree: Any, text: str, url: str | None = None) -> PageMetadata:
    """Return what the page says about its article; `url` is where it came from, if that is known.

    `text` is the page's source (its first lines may say where a browser saved it from). Sources, in
    the order in which they are believed: for the title the heading that agrees with others, for
    authors and date JSON-LD, meta elements, marked-up elements near the heading, and the text.
    """
    meta = meta_values(tree)
    page_title = clean_line(date_in_title(tree.findtext(".//title") or "")[0], limits.TITLE)
    address = _address(tree, meta, text, url)
    headings = headings_of(tree)
    stated = first(meta, _TITLE_KEYS)
    if _SLUG.fullmatch(stated):
        stated = ""
    titles = tuple(filter(None, (*(heading.text for heading in headings), stated, page_title)))
    linked = read_linked_data(tree, address, titles)
    if address is None:
        address = web_address(linked.url)
    names = first(meta, _OUTLET_KEYS[:1]) or clean_line(linked.outlet, limits.AUTHOR)
    names_too = first(meta, _OUTLET_KEYS[1:])
    outlet = choose_outlet(tree, (names, names_too), page_title, headings, stated)
    chosen = choose_title(headings, stated, linked.headline, page_title, outlet)
    title = trim_site(chosen, outlet)
    heading = _heading_of(headings, title)
    if heading is None:  # the level above is the site's
        heading = _heading_of(headings_of(tree, "h2", "h3"), title)
    return PageMetadata(
        title=title,
        byline=choose_authors(tree, meta, linked, outlet, heading),
        published=choose_date(tree, meta, linked, address, heading),
        outlet=outlet,
        section=_section(heading, meta, linked, title, outlet),
        url=address,
        linked=linked,
    )


def meta_values(tree: Any) -> dict[str, list[str]]:
    """Return the contents of the page's meta elements by name or property, in lower case."""
    values: dict[str, list[str]] = {}
    for element in list(tree.iter("meta"))[:500]:
        content = (element.get("content") or "").strip()
        if not content:
            continue
        for key in ("name", "property", "itemprop", "http-equiv"):
            if name := element.get(key):
                values.setdefault(name.strip().lower(), []).append(content[:5000])
    return values


def first(meta: dict[str, list[str]], keys: tuple[str, ...]) -> str:
    """Return the first value under the first of the keys that has one, cleaned; else ""."""
    for key in keys:
        for value in meta.get(key, ()):
            if line := clean_line(value, limits.TITLE):
                return line
    return ""


def _address(tree: Any, meta: dict[str, list[str]], text: str, url: str | None) -> str | None:
    """The page's own address: canonical link, og:url, where it was fetched or saved from."""
    saved = _SAVED_FROM.search(text[:4000])
    base = web_address(url) or (web_address(saved[1]) if saved else None)
    for link in list(tree.iter("link"))[:500]:
        if (link.get("rel") or "").strip().lower() == "canonical":
            address = web_address(link.get("href"), base)
            if address and _is_specific(address):
                return address
    for key in _ADDRESS_KEYS:
        for value in meta.get(key, ()):
            address = web_address(value, base)
            if address and _is_specific(address):
                return address
    return base


def base_of(tree: Any, url: str | None) -> str | None:
    """Return what relative links of the page are resolved against: its base element if that is a
    web address, else its own."""
    for element in list(tree.iter("base"))[:1]:
        return web_address(element.get("href"), url) or url
    return url


def _is_specific(address: str) -> bool:
    """Whether an address can be one article's, not a site's front page."""
    parts = urlsplit(address)
    return bool(parts.path.strip("/") or parts.query)


def _section(
    heading: Any, meta: dict[str, list[str]], linked: LinkedData, title: str, outlet: str | None
) -> str | None:
    """The section's name, stated or written above the heading."""
    stated = first(meta, _SECTION_KEYS) or clean_line(linked.section, limits.AUTHOR)
    if stated and len(stated) <= 60 and not stated.startswith("http"):
        return stated
    if heading is None:
        return None
    near = heading
    for _ in range(2):
        near = near.getparent() if near.getparent() is not None else near
    for element in near.iter("a", "p", "div", "span", "li", "ol", "ul", "nav"):
        if _SECTION_CLASS.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            words = [text_of(link) for link in element.iter("a")] or [text_of(element)]
            name = clean_line(words[-1], 100)
            if name and len(name.split()) <= 5 and name not in (title, outlet):
                return name
    return None


def _heading_of(headings: list[Heading], title: str) -> Any:
    """The element of the headline: the heading with the most of the title; None where none has."""
    fits = [(agreement_of(heading.text, title), -at) for at, heading in enumerate(headings)]
    best = max(fits, default=(0.0, 0))
    return headings[-best[1]].element if best[0] >= AGREED else None


def stated_date(value: str) -> Published | None:
    """Return the date in a metadata field if it is one and plausible."""
    return plausible(read_date(value))
