"""Values in the database that no part of the program writes, and how each is put right.

They come from other hands, from damage that left the pages readable, or from a mistake of an
earlier version. Each is a question that gives the articles it concerns; all of them together take a
few passes over the columns and one over the texts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Final, NamedTuple

from reader.core.article import ArticleId
from reader.core.dates import parse_iso, sort_key
from reader.core.quotation import QuotationKind, SpeakerKind
from reader.core.records import Finding
from reader.storage.identity import text_fingerprint


class _Stray(NamedTuple):
    says: str
    """What is wrong with the article."""

    articles: str
    """The articles it is so of."""

    mend: tuple[str, ...] = ()
    """Statements that put it right; none: the engine reads the article again."""


def _names(kinds: type[QuotationKind] | type[SpeakerKind]) -> str:
    return ", ".join(f"'{kind.value}'" for kind in kinds)


def _no_list(column: str) -> str:
    """Whether a column holds something else than nothing or a list."""
    return (
        f"{column} IS NOT NULL AND "
        f"CASE WHEN json_valid({column}) THEN json_type({column}) <> 'array' ELSE 1 END"
    )


_DESCRIBED: Final = (
    "outlet", "published", "section", "byline", "url", "guid", "feed", "path", "address"
)  # fmt: skip
_NO_TEXT: Final = " OR ".join(f"typeof({name}) NOT IN ('text', 'null')" for name in _DESCRIBED)

STRAYS: Final = (
    _Stray(
        "it has the text of another",
        "SELECT a.id FROM article a JOIN version v ON v.id = a.version WHERE v.article <> a.id",
        (
            # Those without any text left are given one by `care.repair`.
            "UPDATE article SET version = coalesce((SELECT max(id) FROM version "
            "WHERE article = article.id), 0), engine = 0, indexed = 0 WHERE id IN "
            "(SELECT a.id FROM article a JOIN version v ON v.id = a.version "
            "WHERE v.article <> a.id)",
        ),
    ),
    _Stray(
        "its title is not the one of its text",
        "SELECT a.id FROM article a JOIN version v ON v.id = a.version "
        "WHERE a.title IS NOT v.title",
        (
            "UPDATE version SET title = CAST(title AS TEXT) WHERE typeof(title) <> 'text'",
            "UPDATE article SET title = (SELECT title FROM version WHERE id = article.version), "
            "indexed = 0 WHERE version IN (SELECT id FROM version) "
            "AND title IS NOT (SELECT title FROM version WHERE id = article.version)",
        ),
    ),
    _Stray(
        "what describes it is no text",
        f"SELECT id FROM article WHERE {_NO_TEXT} OR {_no_list('byline')}",
        (
            *(
                f"UPDATE article SET {name} = NULL, indexed = 0 "
                f"WHERE typeof({name}) NOT IN ('text', 'null')"
                for name in _DESCRIBED
            ),
            f"UPDATE article SET byline = NULL, indexed = 0 WHERE {_no_list('byline')}",
        ),
    ),
    _Stray(
        "it is neither read nor unread, or neither starred nor not",
        "SELECT id FROM article WHERE read NOT IN (0, 1) OR starred NOT IN (0, 1)",
        (
            "UPDATE article SET read = read <> 0, starred = starred <> 0 "
            "WHERE read NOT IN (0, 1) OR starred NOT IN (0, 1)",
        ),
    ),
    _Stray(
        "quotations of another text count as its own, or its own do not",
        "SELECT DISTINCT q.article FROM quotation q JOIN article a ON a.id = q.article "
        "WHERE (q.current > 0) <> (q.version = a.version)",
        (
            "UPDATE quotation SET current = 0, again = NULL "
            "WHERE current > 0 AND version NOT IN (SELECT version FROM article)",
            "UPDATE quotation SET current = 1, again = NULL "
            "WHERE current = 0 AND version IN (SELECT version FROM article)",
        ),
    ),
    _Stray(
        "its quotations stand elsewhere in time",
        "SELECT DISTINCT q.article FROM quotation q JOIN article a ON a.id = q.article "
        "WHERE q.current > 0 AND q.sort <> a.sort",
        (
            "UPDATE quotation SET sort = (SELECT sort FROM article WHERE id = quotation.article) "
            "WHERE current > 0 "
            "AND sort <> (SELECT sort FROM article WHERE id = quotation.article)",
        ),
    ),
    _Stray(
        "a quotation in it cannot be read",
        "SELECT DISTINCT a.id FROM quotation q JOIN article a ON a.version = q.version "
        f"WHERE q.article <> a.id OR q.kind NOT IN ({_names(QuotationKind)}) "
        "OR typeof(q.confidence) NOT IN ('real', 'integer') "
        f"OR q.confidence NOT BETWEEN 0 AND 1 OR {_no_list('q.why')}",
    ),
    _Stray(
        "somebody quoted in it cannot be read",
        "SELECT DISTINCT a.id FROM appearance p JOIN article a ON a.version = p.version "
        f"WHERE p.kind NOT IN ({_names(SpeakerKind)}) OR typeof(p.name) <> 'text' "
        f"OR typeof(p.role) NOT IN ('text', 'null') OR {_no_list('p.aliases')}",
    ),
)


def strays(connection: sqlite3.Connection) -> Iterator[Finding]:
    """What is stray, by article."""
    for stray in STRAYS:
        for (id,) in connection.execute(stray.articles):
            yield Finding("value", f"article {id}: {stray.says}", ArticleId(id))
    for id, _, _ in _changed_texts(connection):
        yield Finding("value", f"article {id}: its text is not the one that came in", ArticleId(id))
    for id, _, _ in _misplaced(connection):
        words = f"article {id}: it does not stand at its date, or that is none"
        yield Finding("value", words, ArticleId(id))


def to_be_read_again(connection: sqlite3.Connection) -> list[int]:
    """The articles that the engine has to read again."""
    found = (connection.execute(stray.articles) for stray in STRAYS if not stray.mend)
    return sorted({id for rows in found for (id,) in rows})


def mend_strays(connection: sqlite3.Connection) -> None:
    """Put right what needs no engine; within the caller's transaction."""
    connection.executemany(
        "UPDATE article SET sort = ?, indexed = 0, "
        "published = CASE WHEN ? THEN published END WHERE id = ?",
        [(sort, is_date, id) for id, sort, is_date in _misplaced(connection)],
    )
    for stray in STRAYS:
        for statement in stray.mend:
            connection.execute(statement)


def sign_texts(connection: sqlite3.Connection) -> None:
    """Take the fingerprints of changed texts anew, and have the engine read them again."""
    for id, version, sign in list(_changed_texts(connection)):
        # The text that is there is all there is; the next import brings the other one back.
        connection.execute("UPDATE version SET fingerprint = ? WHERE id = ?", (sign, version))
        connection.execute(
            "UPDATE article SET fingerprint = ?, engine = 0, indexed = 0 WHERE id = ?", (sign, id)
        )


def _changed_texts(connection: sqlite3.Connection) -> Iterator[tuple[int, int, bytes]]:
    """Articles whose text is another than the one whose fingerprint was taken (40 us each): a bit
    that fell over in a page of text leaves the database sound; and the fingerprint it has."""
    for id, version, title, body, *signs in connection.execute(
        "SELECT a.id, v.id, v.title, v.body, v.fingerprint, a.fingerprint "
        "FROM article a JOIN version v ON v.id = a.version WHERE v.article = a.id"
    ):
        if isinstance(title, str) and isinstance(body, str):
            sign = text_fingerprint(title, body)
            if signs != [sign, sign]:
                yield id, version, sign


_FAR: Final = float(1 << 60)
_DAY: Final = 86_400


def _misplaced(connection: sqlite3.Connection) -> list[tuple[int, int, bool]]:
    """Articles that do not stand in the order of time where their date puts them, where that is,
    and whether the date is one. A date ahead of the day on which it came in is kept back."""
    found = []
    for id, sort, published, added in connection.execute(
        "SELECT id, sort, published, added FROM article"
    ):
        if isinstance(published, bytes):
            continue
        date = parse_iso(published) if published else None
        wanted = sort_key(date, now=_FAR)
        is_placed = sort == wanted or added <= sort <= wanted
        if not is_placed or (published and date is None):
            found.append((id, min(wanted, added + _DAY), date is not None))
    return found
