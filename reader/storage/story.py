"""What stories are in the tables, joining one and leaving it; inside the caller's transaction."""

from __future__ import annotations

import sqlite3
from typing import Final

TABLES: Final = (
    "ALTER TABLE article ADD COLUMN copy_of INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE article ADD COLUMN copies INTEGER NOT NULL DEFAULT 0",
    # The text that was compared with the others last.
    "ALTER TABLE article ADD COLUMN compared INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE quotation ADD COLUMN again INTEGER",
    # The lists' indexes answer without the table which articles stand for their stories.
    "DROP INDEX article_newest",
    "DROP INDEX article_unread",
    "DROP INDEX article_starred",
    "CREATE INDEX article_newest ON article (sort DESC, id DESC, copy_of)",
    "CREATE INDEX article_unread ON article (sort DESC, id DESC, copy_of, read) WHERE read = 0",
    "CREATE INDEX article_starred ON article (sort DESC, id DESC, copy_of, starred) "
    "WHERE starred = 1",
    "CREATE INDEX article_copies ON article (copy_of, sort, id) WHERE copy_of > 0",
    "CREATE INDEX article_uncompared ON article (id) WHERE compared <> version",
    "CREATE INDEX quotation_again ON quotation (article, speaker, sort, again) WHERE current = 2",
    # The keys of the articles that are no copies, by the days around which they appeared: what
    # comes in together lies together.
    """CREATE TABLE likeness (
        days INTEGER NOT NULL,
        key INTEGER NOT NULL,
        article INTEGER NOT NULL,
        PRIMARY KEY (days, key, article)
    ) WITHOUT ROWID""",
)
"""The step of the schema that this part brings; it never changes after a release."""

_MARKS: Final = """
    UPDATE article SET read = :read, starred = :starred
    WHERE id = :story OR (copy_of = :story AND copy_of > 0)
"""


def join(connection: sqlite3.Connection, one: int, other: int) -> int:
    """Make two stories one, given the article that stands for each (alone, or with its copies).
    Returns the article that stands for both: the first one."""
    first, rest = (one, other) if _is_earlier(connection, one, other) else (other, one)
    select = "SELECT copies, read, starred FROM article WHERE id = ?"
    copies, *marks = connection.execute(select, (first,)).fetchone()
    more, *other_marks = connection.execute(select, (rest,)).fetchone()
    connection.execute(
        "UPDATE article SET copy_of = :first, copies = 0 "
        "WHERE (copy_of = :rest AND copy_of > 0) OR id = :rest",
        {"first": first, "rest": rest},
    )
    connection.execute("UPDATE article SET copies = ? WHERE id = ?", (copies + 1 + more, first))
    if marks != other_marks:
        # Read in one outlet is read in all.
        read, starred = map(max, zip(marks, other_marks, strict=True))
        connection.execute(_MARKS, {"story": first, "read": read, "starred": starred})
    return first


def put_in_order(connection: sqlite3.Connection, story: int) -> None:
    """Let the first article of a story stand for it, after the date of one has changed."""
    row = connection.execute(
        "SELECT id FROM article WHERE copy_of = ? AND copy_of > 0 ORDER BY sort, id LIMIT 1",
        (story,),
    ).fetchone()
    if row is None or not _is_earlier(connection, row[0], story):
        return
    first = row[0]
    connection.execute(
        "UPDATE article SET copy_of = ? WHERE (copy_of = ? AND copy_of > 0) OR id = ?",
        (first, story, story),
    )
    connection.execute("UPDATE article SET copies = 0 WHERE id = ?", (story,))
    # Compared once more, so that its keys are there for others to be found by.
    connection.execute("UPDATE article SET copy_of = 0, compared = 0 WHERE id = ?", (first,))
    count_copies(connection, first)


def _is_earlier(connection: sqlite3.Connection, article: int, than: int) -> bool:
    """Whether an article appeared before another; where nobody can say, whether it came first."""
    select = "SELECT sort, coalesce(published, '') FROM article WHERE id = ?"
    mine, my_date = connection.execute(select, (article,)).fetchone()
    its, its_date = connection.execute(select, (than,)).fetchone()
    day = len("2020-02-28")
    same_day = min(len(my_date), len(its_date)) == day and my_date[:day] == its_date[:day]
    if mine == its or same_day or not mine:
        return article < than
    return bool(mine < its)


def leave(connection: sqlite3.Connection, id: int) -> set[int]:
    """Take an article out of its story, where it is in one; if it was the first, the next takes its
    place. Returns the articles for which, and for whose stories, to `settle` who said what."""
    row = connection.execute("SELECT copy_of, copies FROM article WHERE id = ?", (id,)).fetchone()
    if row is None or row == (0, 0):
        return set()
    copy_of = row[0]
    if copy_of:
        connection.execute("UPDATE article SET copy_of = 0 WHERE id = ?", (id,))
        count_copies(connection, copy_of)
        return {id, copy_of}
    [(heir,)] = connection.execute(
        "SELECT id FROM article WHERE copy_of = ? AND copy_of > 0 ORDER BY sort, id LIMIT 1", (id,)
    ).fetchall()
    connection.execute("UPDATE article SET copies = 0 WHERE id = ?", (id,))
    connection.execute(
        "UPDATE article SET copy_of = ? WHERE copy_of = ? AND copy_of > 0", (heir, id)
    )
    # Compared once more, so that its keys are there for others to be found by.
    connection.execute("UPDATE article SET copy_of = 0, compared = 0 WHERE id = ?", (heir,))
    count_copies(connection, heir)
    return {id, heir}


def count_copies(connection: sqlite3.Connection, story: int) -> None:
    """Count anew how many copies a story has."""
    connection.execute(
        "UPDATE article SET copies = (SELECT count(*) FROM article c WHERE c.copy_of = ? "
        "AND c.copy_of > 0) WHERE id = ?",
        (story, story),
    )


def add_tables(connection: sqlite3.Connection) -> None:
    """The step of the schema that brings what this part needs."""
    for statement in TABLES:
        connection.execute(statement)
