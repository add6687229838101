"""Many articles at once that nobody has asked yet who said what: what a refresh brings.

Row by row, half of the time went into statements of Python's. Here three look-ups find out which
articles of a batch could be known by any sign; only those go the long way, one by one. All others
are new, and two statements write them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from reader.core.article import ArticleId
from reader.core.dates import within_a_day
from reader.core.quotation import Extraction
from reader.storage.preparing import PreparedArticle
from reader.storage.writing import Stored, Writer

_NOTHING = Extraction()
_ARTICLES = """
    INSERT INTO article (id, version, sort, title, outlet, published, section, byline, url, guid,
        feed, path, address, fingerprint, engine, added)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_VERSIONS = """
    INSERT INTO version (id, article, title, body, blocks, links, fingerprint, added)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""


def put_all(
    connection: sqlite3.Connection,
    writer: Writer,
    articles: Sequence[PreparedArticle],
    engine: int,
) -> list[Stored]:
    """Store articles as `Writer.put` would one after the other, with nothing said in them."""
    stored: list[Stored] = []
    fresh: list[PreparedArticle] = []
    known = _Signs(connection, articles)
    for article in articles:
        if known.has(article):
            stored += _put_new(connection, writer, fresh, engine)
            fresh = []
            one = writer.put(article, _NOTHING, engine)
            assert one is not None
            stored.append(one)
        else:
            fresh.append(article)
        known.add(article)
    return stored + _put_new(connection, writer, fresh, engine)


class _Signs:
    """By what the articles of a batch could be known already: a set for each sign."""

    def __init__(self, connection: sqlite3.Connection, articles: Sequence[PreparedArticle]) -> None:
        self._guids = _there(connection, "guid", (a.guid for a in articles))
        self._addresses = _there(connection, "address", (a.address for a in articles))
        self._prints = {
            a.fingerprint
            for a in articles
            if connection.execute(
                "SELECT 1 FROM article WHERE fingerprint = ?", (a.fingerprint,)
            ).fetchone()
        }

    def has(self, article: PreparedArticle) -> bool:
        """Whether any sign of an article has been seen."""
        return (
            article.guid in self._guids
            or article.address in self._addresses
            or article.fingerprint in self._prints
        )

    def add(self, article: PreparedArticle) -> None:
        """Note the signs of an article that is now there."""
        if article.guid is not None:
            self._guids.add(article.guid)
        if article.address is not None:
            self._addresses.add(article.address)
        self._prints.add(article.fingerprint)


def _there(
    connection: sqlite3.Connection, column: str, wanted: Iterable[str | None]
) -> set[str | None]:
    """Those of some texts that an article has in this column."""
    rows = connection.execute(
        f"SELECT {column} FROM article WHERE {column} IN (SELECT value FROM json_each(?))",
        (json.dumps([text for text in wanted if text is not None], ensure_ascii=False),),
    )
    return {row[0] for row in rows}


def _put_new(
    connection: sqlite3.Connection,
    writer: Writer,
    articles: Sequence[PreparedArticle],
    engine: int,
) -> list[Stored]:
    """Store articles of which none is there."""
    if not articles:
        return []
    now = writer.now
    # The numbers are given out here, not row by row: the two tables name each other's rows.
    first = _next_id(connection, "article")
    text = _next_id(connection, "version")
    connection.executemany(
        _ARTICLES,
        [
            (first + n, text + n, within_a_day(a.moment, now), *a[1:12], engine, now)
            for n, a in enumerate(articles)
        ],
    )
    connection.executemany(
        _VERSIONS,
        [
            (text + n, first + n, a.title, a.body, a.blocks, a.links, a.fingerprint, now)
            for n, a in enumerate(articles)
        ],
    )
    return [Stored(ArticleId(first + n), "new") for n in range(len(articles))]


def _next_id(connection: sqlite3.Connection, table: str) -> int:
    """The number that the next row would be given: above all that were ever given."""
    row = connection.execute(
        f"SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = '{table}'), 0), "
        f"coalesce((SELECT max(id) FROM {table}), 0)) + 1"
    ).fetchone()
    return int(row[0])
