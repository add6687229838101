"""Which articles are copies of one story, as the archive remembers it.

The first article of a story stands for it in the lists; the others point at it (`copy_of`). New
texts are compared behind the reader's back, after they were stored, with the keys of those that
appeared within a few days: see `reader.core.likeness`. Read marks and stars belong to the story.
What was said in it counts once: a quotation whose words stand in an earlier copy has `current` 2
and the number of that one in `again`.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from reader.core.article import ArticleId
from reader.core.dates import parse_iso
from reader.core.likeness import Likeness, is_copy, keys_needed, likeness
from reader.core.records import Copy
from reader.storage.connection import Database
from reader.storage.reading import ids_out
from reader.storage.repeated import settle_stories
from reader.storage.story import join, leave, put_in_order
from reader.storage.tally import Tally

WINDOW: Final = 3 * 86_400
"""Seconds between the first of a story and a copy: later, it is a text printed again on purpose."""

MOST_COPIES: Final = 300
"""Copies that a story takes: what comes more often is a form that somebody fills in, and each time
one of so many joins, all of them are looked at."""

_DAYS: Final = WINDOW
_COLUMN_AFTER: Final = 20 * 3600
"""Seconds after which a text under the same title in the same outlet is the next of a series."""

_COMMON: Final = 32
"""Stories of a few days that hold the same words; more, and it is a legal notice or a footer."""

_ROWS_AT_ONCE: Final = 400
_COMPARED: Final = 6
"""Texts that one is compared with at most."""

_ARTICLE: Final = """
    SELECT id, version, sort, outlet, title, copy_of, copies, compared FROM article WHERE id = ?
"""


@dataclass(frozen=True, slots=True)
class Uncompared:
    """A text that was not compared with the others yet."""

    id: int
    version: int
    body: str


@dataclass(frozen=True, slots=True)
class Keys:
    """A text taken apart, outside of any transaction."""

    id: int
    version: int
    likeness: Likeness
    keys: Sequence[int]


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    version: int
    sort: int
    outlet: str | None
    title: str
    copy_of: int
    copies: int
    compared: int

    @property
    def story(self) -> int:
        return self.copy_of or self.id


class Stories:
    """The stories of one archive. All methods raise ArchiveError."""

    def __init__(self, database: Database) -> None:
        """Use the database of the archive."""
        self._database = database

    # Finding copies

    def uncompared(self, limit: int) -> list[Uncompared]:
        """Texts that were not compared with the others yet, in the order in which they came."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT a.id, a.version, v.body FROM article a JOIN version v ON v.id = a.version "
                "WHERE a.compared <> a.version ORDER BY a.id LIMIT ?",
                (limit,),
            )
            return [Uncompared(*row) for row in rows]

    def uncompared_count(self) -> int:
        """How many texts were not compared yet."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT count(*) FROM article WHERE compared <> version")
            return int(row.fetchone()[0])

    def compare(self, batch: Iterable[Keys]) -> int:
        """Compare texts with those that are there, in one transaction; how many are copies."""
        with self._database.writing() as connection:
            comparing = _Comparing(connection)
            for one in batch:
                comparing.one(one)
            return comparing.finish()

    # Asking

    def copies(self, id: int) -> list[Copy]:
        """All articles of the story that an article belongs to, the first one first; only the
        article itself where it has no copies, nothing where there is no such article."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id, title, outlet, published, url FROM article WHERE id IN ("
                "SELECT CASE copy_of WHEN 0 THEN id ELSE copy_of END FROM article WHERE id = ?) "
                "UNION ALL SELECT * FROM (SELECT id, title, outlet, published, url FROM article "
                "WHERE copy_of > 0 AND copy_of = (SELECT CASE copy_of WHEN 0 THEN id ELSE copy_of "
                "END FROM article WHERE id = ?) ORDER BY sort, id)",
                (id, id),
            )
            return [
                Copy(
                    ArticleId(row[0]), row[1], row[2], parse_iso(row[3]) if row[3] else None, row[4]
                )
                for row in rows
            ]

    def any(self) -> bool:
        """Whether there are copies in the archive at all."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT 1 FROM article WHERE copy_of > 0 LIMIT 1").fetchone()
        return row is not None

    def leads(self, among: Collection[int] | None = None) -> dict[int, int]:
        """For every copy in the archive, or among these articles, the article that stands for its
        story."""
        with self._database.reading() as connection:
            if among is None:
                rows = connection.execute("SELECT id, copy_of FROM article WHERE copy_of > 0")
            else:
                rows = connection.execute(
                    "SELECT a.id, a.copy_of FROM json_each(?) j JOIN article a ON a.id = j.value "
                    "WHERE a.copy_of <> 0",
                    (ids_out(among),),
                )
            return dict(rows.fetchall())

    def firsts(self, quotations: Iterable[int]) -> dict[int, int]:
        """Of these quotations, those that repeat one of an earlier copy, each with that one."""
        with self._database.reading() as connection:
            if connection.execute("SELECT 1 FROM quotation WHERE current = 2 LIMIT 1").fetchone():
                rows = connection.execute(
                    "SELECT q.id, q.again FROM json_each(?) j JOIN quotation q ON q.id = j.value "
                    "WHERE q.current = 2",
                    (ids_out(quotations),),
                )
                return dict(rows.fetchall())
            return {}


class _Comparing:
    """Compares texts within one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._touched: set[int] = set()
        self._new = 0
        self._taken_apart: dict[int, Likeness] = {}

    def one(self, new: Keys) -> None:
        """Compare one text with those that are there."""
        article = self._row(new.id)
        if article is None or article.version != new.version or article.compared == new.version:
            return  # It is gone or has changed since, or somebody else has compared it.
        self._taken_apart[article.version] = new.likeness
        self._connection.execute(
            "UPDATE article SET compared = ? WHERE id = ?", (new.version, new.id)
        )
        if article.copy_of or article.copies:
            # Its text is another one now, and so may be what is said in it.
            self._touched.add(article.id)
        if article.copy_of and not self._is_still_copy(article):
            self._touched |= leave(self._connection, article.id)
            article = replace(article, copy_of=0)
        if article.copy_of or article.copies:
            put_in_order(self._connection, article.copy_of or article.id)
        if article.copy_of:
            return
        # One that has copies keeps them, whatever its text is now.
        stories = {} if article.copies else self._stories_of(article, new.keys)
        stands = article.id
        for story in stories:
            stands = join(self._connection, stands, story)
            self._touched.add(article.id)
        self._new += bool(stories)
        # A copy is found by the keys of the first one. Where it is the first one itself, it needs
        # its own only if they are others: too many that are the same would count as common words.
        if stands == article.id and 5 * max(stories.values(), default=0) <= 4 * len(new.keys):
            self._connection.executemany(
                "INSERT OR IGNORE INTO likeness VALUES (?, ?, ?)",
                [(article.sort // _DAYS, key, article.id) for key in new.keys],
            )

    def finish(self) -> int:
        """Count anew what is said in the stories that have changed; how many copies came."""
        tally = Tally()
        settle_stories(self._connection, tally, self._touched)
        tally.write(self._connection)
        return self._new

    def _is_still_copy(self, article: _Row) -> bool:
        first = self._row(article.copy_of)
        return first is not None and self._share(article, first) > 0

    def _stories_of(self, article: _Row, keys: Sequence[int]) -> dict[int, int]:
        """The stories that a text is a copy of, each with the number of keys by which it was found:
        mostly none or one, but a whole text can bring together what was cut in several ways."""
        found: dict[int, int] = {}
        singles = 0
        for id, shared in self._candidates(article, keys):
            if shared < keys_needed(len(keys)):
                singles += 1
                if singles > _COMPARED // 2:
                    break
            other = self._row(id)
            if other is None or other.story in found or abs(other.sort - article.sort) > WINDOW:
                continue
            if self._share(article, other) > 0 and self._has_room(other.story):
                found[other.story] = shared
        return found

    def _has_room(self, story: int) -> bool:
        first = self._row(story)
        return first is not None and first.copies < MOST_COPIES

    def _candidates(self, article: _Row, keys: Sequence[int]) -> list[tuple[int, int]]:
        """Articles of about the same days with the number of keys they share, the most first."""
        days = article.sort // _DAYS
        rows = self._connection.execute(
            "SELECT key, article FROM likeness WHERE days IN (?, ?, ?) "
            "AND key IN (SELECT value FROM json_each(?)) AND article <> ? LIMIT ?",
            (days - 1, days, days + 1, ids_out(keys), article.id, _ROWS_AT_ONCE),
        ).fetchall()
        if len(rows) == _ROWS_AT_ONCE:
            rows = [row for key in keys for row in self._holders(days, key, article.id)]
        shared = Counter(row[1] for row in rows)
        return shared.most_common(_COMPARED)

    def _holders(self, days: int, key: int, but: int) -> list[tuple[int, int]]:
        """Who has a key; nobody where it is so common that it says nothing."""
        rows = self._connection.execute(
            "SELECT key, article FROM likeness WHERE days IN (?, ?, ?) AND key = ? "
            "AND article <> ? LIMIT ?",
            (days - 1, days, days + 1, key, but, _COMMON + 1),
        ).fetchall()
        return rows if len(rows) <= _COMMON else []

    def _share(self, one: _Row, other: _Row) -> float:
        same_outlet = one.outlet == other.outlet
        is_column = (
            same_outlet
            and abs(one.sort - other.sort) > _COLUMN_AFTER
            and one.title.casefold() == other.title.casefold()
        )
        mine, its = self._likeness(one), self._likeness(other)
        return is_copy(mine, its, same_outlet=same_outlet, is_column=is_column)

    def _likeness(self, row: _Row) -> Likeness:
        known = self._taken_apart.get(row.version)
        if known is None:
            body = self._connection.execute(
                "SELECT body FROM version WHERE id = ?", (row.version,)
            ).fetchone()
            known = self._taken_apart[row.version] = likeness(body[0] if body else "")
        return known

    def _row(self, id: int) -> _Row | None:
        row: tuple[Any, ...] | None = self._connection.execute(_ARTICLE, (id,)).fetchone()
        return None if row is None else _Row(*row)
