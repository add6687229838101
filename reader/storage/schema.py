"""The tables of the archive, as numbered steps from one version to the next.

The version is kept in SQLite's `user_version`; `application_id` marks the file as ours. A step is
never changed after a release: what comes later is a step of its own, and an archive of any earlier
version goes through all the steps that it lacks, in one transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Final

APPLICATION_ID: Final = 0x6F6E7263
"""`onrc` in ASCII, in bytes 68 to 71 of the file."""

_FIRST: Final = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    # AUTOINCREMENT: an id that was given once is never given again, also after a removal. The
    # text lies in `version`, so that pages of this table hold some fifteen rows of the list.
    """CREATE TABLE article (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        sort INTEGER NOT NULL,
        read INTEGER NOT NULL DEFAULT 0,
        starred INTEGER NOT NULL DEFAULT 0,
        speakers INTEGER NOT NULL DEFAULT 0,
        quotations INTEGER NOT NULL DEFAULT 0,
        title TEXT NOT NULL,
        outlet TEXT,
        published TEXT,
        section TEXT,
        byline TEXT,
        url TEXT,
        guid TEXT,
        feed TEXT,
        path TEXT,
        address TEXT,
        fingerprint BLOB NOT NULL,
        version INTEGER NOT NULL DEFAULT 0,
        engine INTEGER NOT NULL DEFAULT 0,
        indexed INTEGER NOT NULL DEFAULT 0,
        added INTEGER NOT NULL
    )""",
    "CREATE INDEX article_newest ON article (sort DESC, id DESC)",
    "CREATE INDEX article_unread ON article (sort DESC, id DESC) WHERE read = 0",
    "CREATE INDEX article_starred ON article (sort DESC, id DESC) WHERE starred = 1",
    "CREATE INDEX article_address ON article (address) WHERE address IS NOT NULL",
    "CREATE INDEX article_guid ON article (guid) WHERE guid IS NOT NULL",
    "CREATE INDEX article_fingerprint ON article (fingerprint)",
    "CREATE INDEX article_indexed ON article (indexed)",
    "CREATE INDEX article_engine ON article (engine)",
    # A text as it once stood: `article.version` names the newest, and quotations point at the one
    # that they came from.
    """CREATE TABLE version (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
        title TEXT NOT NULL,
        body TEXT NOT NULL,
        blocks TEXT NOT NULL,
        links TEXT,
        fingerprint BLOB NOT NULL,
        added INTEGER NOT NULL
    )""",
    "CREATE INDEX version_article ON version (article)",
    # `key` joins the named speakers of all articles; it is NULL for the unnamed.
    """CREATE TABLE speaker (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT UNIQUE,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        named INTEGER NOT NULL,
        quotations INTEGER NOT NULL DEFAULT 0,
        articles INTEGER NOT NULL DEFAULT 0,
        first TEXT,
        last TEXT,
        first_sort INTEGER,
        last_sort INTEGER
    )""",
    "CREATE INDEX speaker_quoted ON speaker (quotations DESC, id) WHERE named = 1",
    # How often a speaker is called what: `sort` is "alias" or "role".
    """CREATE TABLE speaker_form (
        speaker INTEGER NOT NULL REFERENCES speaker (id) ON DELETE CASCADE,
        sort TEXT NOT NULL,
        form TEXT NOT NULL,
        times INTEGER NOT NULL,
        PRIMARY KEY (speaker, sort, form)
    ) WITHOUT ROWID""",
    # Articles that were removed and may still be in the index.
    "CREATE TABLE removed (article INTEGER PRIMARY KEY)",
    # A speaker in one text: what `Extraction.speakers` holds at `ordinal`.
    """CREATE TABLE appearance (
        version INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        speaker INTEGER NOT NULL REFERENCES speaker (id),
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        role TEXT,
        aliases TEXT,
        named INTEGER NOT NULL,
        mentions TEXT NOT NULL,
        PRIMARY KEY (version, ordinal)
    ) WITHOUT ROWID""",
    "CREATE INDEX appearance_speaker ON appearance (speaker)",
    # `current` is 0 for those of an earlier version of their article; `sort` is the article's.
    """CREATE TABLE quotation (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
        version INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        current INTEGER NOT NULL DEFAULT 1,
        sort INTEGER NOT NULL,
        speaker INTEGER REFERENCES speaker (id),
        appearance INTEGER,
        kind TEXT NOT NULL,
        content TEXT NOT NULL,
        cue_start INTEGER,
        cue_end INTEGER,
        mention_start INTEGER,
        mention_end INTEGER,
        confidence REAL NOT NULL,
        why TEXT
    )""",
    "CREATE UNIQUE INDEX quotation_version ON quotation (version, ordinal)",
    # The last two answer "who speaks in these articles" and "all that X said" without the table.
    "CREATE INDEX quotation_article ON quotation (article, speaker, sort) WHERE current = 1",
    """CREATE INDEX quotation_speaker ON quotation (speaker, sort DESC, article DESC, ordinal)
        WHERE current = 1""",
)


def _first_version(connection: sqlite3.Connection) -> None:
    for statement in _FIRST:
        connection.execute(statement)


def _subscriptions(connection: sqlite3.Connection) -> None:
    from reader.storage import feeds

    feeds.add_tables(connection)


def _wanted_pages(connection: sqlite3.Connection) -> None:
    from reader.storage import tasks

    tasks.add_pages(connection)


def _tags(connection: sqlite3.Connection) -> None:
    from reader.storage import tags

    tags.add_tables(connection)


def _saved_matches(connection: sqlite3.Connection) -> None:
    from reader.storage import saved

    saved.add_tables(connection)


def _stories(connection: sqlite3.Connection) -> None:
    from reader.storage import story

    story.add_tables(connection)


def _excerpts(connection: sqlite3.Connection) -> None:
    from reader.storage import excerpts

    excerpts.add_tables(connection)


def _rules(connection: sqlite3.Connection) -> None:
    from reader.storage import rules

    rules.add_tables(connection)


def _retention(connection: sqlite3.Connection) -> None:
    from reader.storage import retention

    retention.add_tables(connection)


MIGRATIONS: Final[tuple[Callable[[sqlite3.Connection], None], ...]] = (
    _first_version,
    _subscriptions,
    _wanted_pages,
    _tags,
    _saved_matches,
    _stories,
    _excerpts,
    _rules,
    _retention,
)
"""Step n (from 0) turns an archive of version n into one of version n + 1."""

VERSION: Final = len(MIGRATIONS)
"""The version that this program reads and writes."""


def version_of(connection: sqlite3.Connection) -> int:
    """The schema version of an open database; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def is_foreign(connection: sqlite3.Connection) -> bool:
    """Whether the database belongs to another program: it holds tables, but not our mark."""
    mark = int(connection.execute("PRAGMA application_id").fetchone()[0])
    if mark == APPLICATION_ID:
        return False
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is not None


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the database up to `VERSION`, inside the transaction that the caller has begun.

    Does nothing where it is there already, so two programs may try at the same time.
    """
    version = version_of(connection)
    if version >= VERSION:
        return
    for step in MIGRATIONS[version:]:
        step(connection)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def missing(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """The tables, indexes and triggers that an archive of this version has and this one lacks, each
    as "table note" and the statement that makes it."""
    whole = sqlite3.connect(":memory:")
    try:
        migrate(whole)
        wanted = whole.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        there = set(connection.execute("SELECT type, name FROM sqlite_master"))
        return [(f"{kind} {name}", sql) for kind, name, sql in wanted if (kind, name) not in there]
    finally:
        whole.close()
