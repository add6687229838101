"""Quotations as they were when somebody took them up: into a collection, or to note something.

A quotation of the store comes anew when the engine reads an article again, and is another one when
the text changes. An excerpt stays: it names the version of the text (which is never removed while
its article is there), the places in it, and the speaker as they were found then.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from typing import Final

from reader.core.article import ArticleId
from reader.core.marks import Excerpt
from reader.core.quotation import Extraction, Quotation, QuotationKind, Speaker, SpeakerKind
from reader.core.records import GAP
from reader.core.span import Span
from reader.storage.encoding import span_in, spans_in, spans_out, strings_in
from reader.storage.reading import article_of, ids_out, joined

TABLES: Final = (
    """CREATE TABLE excerpt (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
        version INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        content TEXT NOT NULL,
        cue_start INTEGER,
        cue_end INTEGER,
        mention_start INTEGER,
        mention_end INTEGER,
        name TEXT,
        speaker_kind TEXT,
        role TEXT,
        aliases TEXT,
        named INTEGER,
        confidence REAL NOT NULL,
        why TEXT,
        text TEXT NOT NULL,
        added INTEGER NOT NULL,
        UNIQUE (version, content)
    )""",
    "CREATE INDEX excerpt_article ON excerpt (article)",
    # `excerpt` is NULL for a note on the whole article.
    """CREATE TABLE note (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
        excerpt INTEGER REFERENCES excerpt (id) ON DELETE CASCADE,
        text TEXT NOT NULL,
        added INTEGER NOT NULL,
        changed INTEGER NOT NULL
    )""",
    "CREATE UNIQUE INDEX note_article ON note (article, coalesce(excerpt, 0))",
    "CREATE INDEX note_excerpt ON note (excerpt) WHERE excerpt IS NOT NULL",
    """CREATE TABLE collection (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        used INTEGER NOT NULL
    )""",
    """CREATE TABLE collected (
        collection INTEGER NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
        excerpt INTEGER NOT NULL REFERENCES excerpt (id) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        added INTEGER NOT NULL,
        PRIMARY KEY (collection, excerpt)
    ) WITHOUT ROWID""",
    "CREATE INDEX collected_excerpt ON collected (excerpt)",
)
"""The tables of this part, of notes and of collections; they never change after a release."""

ORDINAL: Final = """(SELECT q.ordinal FROM quotation q WHERE q.version = a.version
    AND q.version = e.version AND q.content = e.content)"""
"""The place of excerpt `e` among the quotations that article `a` has now, or NULL."""

_TAKE_UP: Final = """
    INSERT INTO excerpt (article, version, kind, content, cue_start, cue_end, mention_start,
        mention_end, name, speaker_kind, role, aliases, named, confidence, why, text, added)
    SELECT q.article, q.version, q.kind, q.content, q.cue_start, q.cue_end, q.mention_start,
        q.mention_end, p.name, p.kind, p.role, p.aliases, p.named, q.confidence, q.why, ?, ?
    FROM quotation q LEFT JOIN appearance p ON p.version = q.version AND p.ordinal = q.appearance
    WHERE q.id = ?
    ON CONFLICT DO NOTHING
"""
_SELECT: Final = f"""
    SELECT e.id, e.article, e.kind, e.content, e.cue_start, e.cue_end, e.mention_start,
        e.mention_end, e.name, e.speaker_kind, e.role, e.aliases, e.named, e.confidence, e.why,
        e.text, e.added, v.title, v.body, v.blocks, a.byline, a.published, a.outlet, a.section,
        a.url, v.links, a.guid, a.feed, a.path, e.version = a.version,
        {ORDINAL}
    FROM excerpt e JOIN article a ON a.id = e.article JOIN version v ON v.id = e.version
"""


def take_up(connection: sqlite3.Connection, article: int, ordinal: int) -> int | None:
    """The excerpt of a quotation of an article's newest text, made if there is none as yet; None
    where there is no such quotation. Within the caller's transaction."""
    row = connection.execute(
        "SELECT q.id, q.content, q.version, v.body FROM article a "
        "JOIN quotation q ON q.version = a.version AND q.ordinal = ? "
        "JOIN version v ON v.id = a.version WHERE a.id = ?",
        (ordinal, article),
    ).fetchone()
    if row is None:
        return None
    quotation, content, version, body = row
    text = joined(spans_in(content), body)
    connection.execute(_TAKE_UP, (text, int(time.time()), quotation))
    found = connection.execute(
        "SELECT id FROM excerpt WHERE version = ? AND content = ?", (version, content)
    ).fetchone()
    return int(found[0])


def existing(connection: sqlite3.Connection, article: int, ordinal: int) -> int | None:
    """The excerpt of a quotation of an article's newest text, or None where there is none."""
    row = connection.execute(
        "SELECT e.id FROM article a "
        "JOIN quotation q ON q.version = a.version AND q.ordinal = ? "
        "JOIN excerpt e ON e.version = q.version AND e.content = q.content WHERE a.id = ?",
        (ordinal, article),
    ).fetchone()
    return None if row is None else int(row[0])


def excerpts(connection: sqlite3.Connection, ids: list[int]) -> list[Excerpt]:
    """The excerpts with these ids, in that order; those that are not there are left out."""
    found = {
        row[0]: row
        for row in connection.execute(
            _SELECT + "WHERE e.id IN (SELECT value FROM json_each(?))", (ids_out(ids),)
        )
    }
    return [_excerpt(found[id]) for id in ids if id in found]


def _excerpt(row: tuple[object, ...]) -> Excerpt:
    id, article, kind, content, *spans = row[:8]
    name, speaker_kind, role, aliases, named, confidence, why, text, added = row[8:17]
    speaker = None
    if isinstance(name, str):
        speaker = Speaker(
            name,
            SpeakerKind(str(speaker_kind)),
            None if role is None else str(role),
            strings_in(None if aliases is None else str(aliases)),
            bool(named),
        )
    cue_start, cue_end, mention_start, mention_end = (
        span if isinstance(span, int) else None for span in spans
    )
    quotation = Quotation(
        spans_in(str(content)),
        QuotationKind(str(kind)),
        span_in(cue_start, cue_end),
        span_in(mention_start, mention_end),
        None if speaker is None else 0,
        float(confidence) if isinstance(confidence, float) else 0.0,
        strings_in(None if why is None else str(why)),
    )
    return Excerpt(
        id=_whole(id),
        article_id=ArticleId(_whole(article)),
        article=article_of(*row[17:29]),
        extraction=Extraction((quotation,), () if speaker is None else (speaker,)),
        text=str(text),
        added=_whole(added),
        is_current=bool(row[29]),
        ordinal=None if row[30] is None else _whole(row[30]),
    )


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"a number expected, {type(value).__name__} found")
    return value


def damaged(connection: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """Article and number of the excerpts whose places are unreadable or outside their text."""
    for id, article, content, length in connection.execute(
        "SELECT e.id, e.article, e.content, length(v.body) FROM excerpt e "
        "JOIN version v ON v.id = e.version"
    ):
        if not _fits(content, length):
            yield article, id


def mend(connection: sqlite3.Connection) -> None:
    """Find the places of damaged excerpts again by what they say, which they hold themselves."""
    for _, id in list(damaged(connection)):
        text, body = connection.execute(
            "SELECT e.text, v.body FROM excerpt e JOIN version v ON v.id = e.version "
            "WHERE e.id = ?",
            (id,),
        ).fetchone()
        spans, at = [], 0
        for piece in text.split(GAP):
            found = re.compile(r"\s+".join(map(re.escape, piece.split()))).search(body, at)
            if found is not None and found.end() > found.start():
                spans.append(Span(*found.span()))
                at = found.end()
        connection.execute(
            "UPDATE OR IGNORE excerpt SET content = ? WHERE id = ?",
            (spans_out(spans or [Span(0, 0)]), id),
        )


def _fits(content: str, length: int) -> bool:
    try:
        spans = spans_in(content)
        return bool(spans) and all(0 <= start <= end <= length for start, end in spans)
    except (ValueError, TypeError):
        return False


def sweep(connection: sqlite3.Connection) -> None:
    """Excerpts that neither a note nor a collection holds any more are forgotten."""
    connection.execute(
        "DELETE FROM excerpt WHERE id NOT IN (SELECT excerpt FROM collected) "
        "AND id NOT IN (SELECT excerpt FROM note WHERE excerpt IS NOT NULL)"
    )


def add_tables(connection: sqlite3.Connection) -> None:
    """The step of the schema that brings the tables of this part."""
    for statement in TABLES:
        connection.execute(statement)
