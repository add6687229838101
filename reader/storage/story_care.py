"""What can be wrong with stories, and how it is mended; inside the caller's transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Final

from reader.core.article import ArticleId
from reader.core.records import Finding
from reader.storage.repeated import settle_stories
from reader.storage.tally import Tally

_LOST: Final = """
    SELECT c.id FROM article c LEFT JOIN article f ON f.id = c.copy_of
    WHERE c.copy_of <> 0 AND (f.id IS NULL OR f.copy_of <> 0)
"""
"""Copies of nothing, and copies of copies."""

_MISCOUNTED: Final = """
    SELECT a.id, a.copies, coalesce(c.number, 0) FROM article a LEFT JOIN (
        SELECT copy_of, count(*) AS number FROM article WHERE copy_of > 0 GROUP BY copy_of
    ) c ON c.copy_of = a.id WHERE a.copies <> coalesce(c.number, 0)
"""
_ALONE: Final = """
    UPDATE quotation SET current = 1, again = NULL
    WHERE current = 2 AND article IN (SELECT id FROM article WHERE copy_of = 0 AND copies = 0)
"""


def wrong_stories(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Copies that belong to no story, and stories that count their copies wrongly."""
    for (id,) in connection.execute(_LOST):
        yield Finding("orphan", f"article {id} is a copy of no story", ArticleId(id))
    for id, has, should in connection.execute(_MISCOUNTED):
        yield Finding("count", f"article {id}: says {has} copies, has {should}", ArticleId(id))


def mend_stories(connection: sqlite3.Connection) -> None:
    """Let lost copies stand alone until they are compared again, and count anew what is in stories;
    the speakers' counts are left to be counted after this."""
    lost = connection.execute(_LOST).fetchall()
    connection.executemany("UPDATE article SET copy_of = 0, compared = 0 WHERE id = ?", lost)
    connection.executemany(
        "UPDATE article SET copies = ? WHERE id = ?",
        [(should, id) for id, _, should in connection.execute(_MISCOUNTED).fetchall()],
    )
    connection.execute(_ALONE)
    leads = connection.execute("SELECT id FROM article WHERE copies > 0").fetchall()
    settle_stories(connection, Tally(), [id for (id,) in leads])
