"""Articles as the rows that they become, made ahead of the transaction that writes them.

A third of the time of storing an article went into its fingerprint, its address and its blocks;
none of that needs the database, so feeds have it done by the processes that parse them. The rows
are of texts, numbers and bytes only: they go from process to process as cheaply as anything can.
"""

from __future__ import annotations

from typing import NamedTuple

from reader.core.article import Article
from reader.core.dates import iso, sort_key
from reader.storage.encoding import blocks_out, links_out, strings_out
from reader.storage.identity import canonical_address, fingerprint

_FAR: int = 1 << 40
"""A moment past every date, so that nothing is clamped before it is known what time it is."""


class PreparedArticle(NamedTuple):
    """One article, as its columns in the tables `article` and `version` hold it."""

    moment: int
    """`core.dates.sort_key` of its date, however far ahead that lies."""

    title: str
    outlet: str | None
    published: str | None
    section: str | None
    byline: str | None
    url: str | None
    guid: str | None
    feed: str | None
    path: str | None
    address: str | None
    """`identity.canonical_address` of its address."""

    fingerprint: bytes
    body: str
    blocks: str
    links: str | None


def prepared(article: Article) -> PreparedArticle:
    """The rows of an article."""
    return PreparedArticle(
        sort_key(article.published, now=_FAR),
        article.title,
        article.outlet,
        iso(article.published),
        article.section,
        strings_out(article.byline),
        article.url,
        article.guid,
        article.feed,
        article.path,
        canonical_address(article.url),
        fingerprint(article),
        article.body,
        blocks_out(article.blocks),
        links_out(article.links),
    )
