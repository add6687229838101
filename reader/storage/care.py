"""Looking over the database, and mending what is wrong in it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from reader.core.article import ArticleId
from reader.core.records import Finding
from reader.storage import schema
from reader.storage.connection import FAILURES, Database, is_damage
from reader.storage.encoding import blocks_in, content_in, links_in, spans_in
from reader.storage.excerpts import damaged, mend, sweep
from reader.storage.story_care import mend_stories, wrong_stories
from reader.storage.strays import mend_strays, sign_texts, strays, to_be_read_again
from reader.storage.tally import count_anew

_COUNTED: Final = {
    "articles": "article",
    "copies of other articles": "article WHERE copy_of > 0",
    "unread": "article WHERE read = 0",
    "starred": "article WHERE starred = 1",
    "tagged": "(SELECT DISTINCT article FROM article_tag)",
    "tags": "tag",
    "muted": "muted",
    "kept by rules": "protected",
    "rules": "rule",
    "notes": "note",
    "collections": "collection",
    "quotations collected": "(SELECT DISTINCT excerpt FROM collected)",
    "earlier versions": "version WHERE id NOT IN (SELECT version FROM article)",
    "quotations": "quotation WHERE current > 0",
    "repeated in copies": "quotation WHERE current = 2",
    "speakers": "speaker WHERE named = 1 AND quotations > 0",
}


def figures(database: Database) -> dict[str, int]:
    """How much of what there is, by its name."""
    with database.snapshot() as connection:
        return {
            name: int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
            for name, table in _COUNTED.items()
        }


def check(database: Database) -> Iterator[Finding]:
    """What is wrong with the database, from the file up to the counts; reads all of it."""
    damage = list(_damage(database))
    if damage:
        yield from damage
        return
    with database.reading() as connection:
        lacks = [name for name, _ in schema.missing(connection)]
        for name in lacks:
            yield Finding("value", f"the {name} of the database is missing")
        if any(name.startswith("table") for name in lacks):
            return
        for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
            which = "a row" if row is None else f"row {row}"
            yield Finding("orphan", f"{which} of {table} belongs to no {parent}")
        for id in _without_text(connection):
            yield Finding("orphan", f"article {id} has no text", ArticleId(id))
        for id in _without_speakers(connection):
            yield Finding("orphan", f"article {id} lacks some of its speakers", ArticleId(id))
        yield from _offsets(connection)
        yield from strays(connection)
        for id, excerpt in damaged(connection):
            words = f"article {id}: the places of collected quotation {excerpt} are unreadable"
            yield Finding("offset", words, ArticleId(id))
        yield from wrong_stories(connection)
        yield from _counts(connection)


def _damage(database: Database) -> Iterator[Finding]:
    try:
        for (line,) in database.connection().execute("PRAGMA quick_check(20)"):
            if line != "ok":
                yield Finding("database", f"{database.path}: {' '.join(line.split())}")
    except FAILURES as error:
        if not is_damage(error):
            raise database.translated(error) from error
        yield Finding("database", f"{database.path}: the database is damaged ({error})")


def repair(database: Database) -> None:
    """Mend what `check` finds below the level of the file: what belongs nowhere goes, texts come
    back from earlier versions, bad offsets are handed to the engine again, counts are made anew."""
    with database.writing(durable=True) as connection:
        for _, statement in schema.missing(connection):
            connection.execute(statement)
        _read_again(connection, _without_speakers(connection))
        # Children before parents, twice: taking away one orphan can make another.
        for _ in range(2):
            for table, row, _, _ in connection.execute("PRAGMA foreign_key_check").fetchall():
                if row is not None:
                    connection.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (row,))
            connection.execute(
                "DELETE FROM appearance WHERE version NOT IN (SELECT id FROM version) "
                "OR speaker NOT IN (SELECT id FROM speaker)"
            )
            connection.execute(
                "DELETE FROM speaker_form WHERE speaker NOT IN (SELECT id FROM speaker)"
            )
            connection.execute(
                "DELETE FROM delivery WHERE article NOT IN (SELECT id FROM article) "
                "OR feed NOT IN (SELECT id FROM subscription)"
            )
            connection.execute(
                "DELETE FROM kept_match WHERE article NOT IN (SELECT id FROM article) "
                "OR search NOT IN (SELECT id FROM kept_search)"
            )
            connection.execute(
                "DELETE FROM article_tag WHERE article NOT IN (SELECT id FROM article) "
                "OR tag NOT IN (SELECT id FROM tag)"
            )
            connection.execute(
                "DELETE FROM collected WHERE excerpt NOT IN (SELECT id FROM excerpt) "
                "OR collection NOT IN (SELECT id FROM collection)"
            )
            connection.execute(
                "DELETE FROM refused_tag WHERE article NOT IN (SELECT id FROM article)"
            )
            sweep(connection)
        mend_strays(connection)
        for id in _without_text(connection):
            connection.execute(
                "UPDATE article SET version = coalesce((SELECT max(id) FROM version "
                "WHERE article = article.id), 0), engine = 0, indexed = 0 WHERE id = ?",
                (id,),
            )
        # An article without any text left is its title alone: kept, so that marks are not lost.
        for id in _without_text(connection):
            cursor = connection.execute(
                "INSERT INTO version (article, title, body, blocks, fingerprint, added) "
                "SELECT id, title, '', '[]', fingerprint, added FROM article WHERE id = ?",
                (id,),
            )
            connection.execute(
                "UPDATE article SET version = ? WHERE id = ?", (cursor.lastrowid, id)
            )
        sign_texts(connection)
        bad = sorted({f.article_id for f in _offsets(connection) if f.article_id is not None})
        connection.executemany(
            "UPDATE version SET blocks = '[0,' || length(body) || ',0]', links = NULL "
            "WHERE id = (SELECT version FROM article WHERE id = ?)",
            [(id,) for id in bad],
        )
        _read_again(connection, [*bad, *to_be_read_again(connection)])
        mend_stories(connection)
        mend(connection)
        count_anew(connection)


def _without_text(connection: sqlite3.Connection) -> list[int]:
    rows = connection.execute(
        "SELECT a.id FROM article a LEFT JOIN version v ON v.id = a.version WHERE v.id IS NULL"
    )
    return [row[0] for row in rows]


def _without_speakers(connection: sqlite3.Connection) -> list[int]:
    """Articles with a quotation or an appearance whose speaker is missing."""
    rows = connection.execute(
        "SELECT id FROM article WHERE version IN ("
        "SELECT version FROM appearance WHERE speaker NOT IN (SELECT id FROM speaker) "
        "UNION SELECT version FROM quotation WHERE speaker IS NOT NULL "
        "AND speaker NOT IN (SELECT id FROM speaker) "
        "UNION SELECT q.version FROM quotation q LEFT JOIN appearance p ON p.version = q.version "
        "AND p.ordinal = q.appearance WHERE q.appearance IS NOT NULL AND p.version IS NULL)"
    )
    return [row[0] for row in rows]


def _read_again(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Forget what was found in these articles, and hand them to the engine again."""
    rows = [(id,) for id in ids]
    version = "(SELECT version FROM article WHERE id = ?)"
    for statement in (
        f"DELETE FROM quotation WHERE version = {version}",
        f"DELETE FROM appearance WHERE version = {version}",
        "UPDATE article SET engine = 0, indexed = 0 WHERE id = ?",
    ):
        connection.executemany(statement, rows)


def _offsets(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Articles with a block, link, mention or quotation that reaches outside their text."""
    texts: dict[int, tuple[int, int]] = {}
    places = _Places(texts)
    # Table by table and not article by article: five times as quick.
    for id, version, length, blocks, links in connection.execute(
        "SELECT a.id, v.id, length(v.body), v.blocks, v.links "
        "FROM article a JOIN version v ON v.id = a.version"
    ):
        texts[version] = (id, length)
        places.look(version, lambda text: [b.span for b in blocks_in(text)], blocks)
        places.look(version, lambda text: [k.span for k in links_in(text)], links)
    for version, mentions in connection.execute("SELECT version, mentions FROM appearance"):
        places.look(version, spans_in, mentions)
    for version, content, cue_start, cue_end, start, end in connection.execute(
        "SELECT version, content, cue_start, cue_end, mention_start, mention_end FROM quotation"
    ):
        places.look(version, content_in, content)
        if cue_start is not None or cue_end is not None:
            places.note(version, [(cue_start, cue_end)])
        if start is not None or end is not None:
            places.note(version, [(start, end)])
    for id in sorted(places.unreadable):
        yield Finding("offset", f"article {id}: a list of places is unreadable", ArticleId(id))
    for id, wrong in sorted(places.wrong.items()):
        if id not in places.unreadable:
            yield Finding("offset", f"article {id}: {wrong} places outside its text", ArticleId(id))


class _Places:
    """Counts, by article, the places that lie outside its text; `texts` gives, by version, the
    article and the length of its text, and versions that are not in it do not count."""

    def __init__(self, texts: dict[int, tuple[int, int]]) -> None:
        self._texts = texts
        self.wrong: Counter[int] = Counter()
        self.unreadable: set[int] = set()

    def look(
        self, version: int, read: Callable[[str], Iterable[tuple[int, int]]], text: str | None
    ) -> None:
        """Read a column and count what is wrong in it."""
        if text is None or version not in self._texts:
            return
        try:
            self.note(version, read(text))
        except (ValueError, LookupError, TypeError):
            self.unreadable.add(self._texts[version][0])

    def note(self, version: int, spans: Iterable[tuple[int | None, int | None]]) -> None:
        """Count those of the spans that are wrong."""
        if version not in self._texts:
            return
        id, length = self._texts[version]
        for start, end in spans:
            if start is None or end is None or not 0 <= start <= end <= length:
                self.wrong[id] += 1


_TIMES: Final = """
    SELECT id, name FROM speaker s WHERE named = 1 AND (
        first IS NOT (SELECT a.published FROM quotation q JOIN article a ON a.id = q.article
            WHERE q.speaker = s.id AND q.current = 1 AND q.sort > 0
            ORDER BY q.sort, q.id LIMIT 1)
        OR last IS NOT (SELECT a.published FROM quotation q JOIN article a ON a.id = q.article
            WHERE q.speaker = s.id AND q.current = 1 AND q.sort > 0
            ORDER BY q.sort DESC, q.id DESC LIMIT 1))
"""


def _counts(connection: sqlite3.Connection) -> Iterator[Finding]:
    for id, has, should in connection.execute(
        "SELECT a.id, a.quotations, count(q.id) AS n FROM article a "
        "LEFT JOIN quotation q ON q.version = a.version GROUP BY a.id HAVING n <> a.quotations"
    ):
        yield Finding("count", f"article {id}: says {has} quotations, has {should}", ArticleId(id))
    for id, has, should in connection.execute(
        "SELECT a.id, a.speakers, count(p.ordinal) AS n FROM article a "
        "LEFT JOIN appearance p ON p.version = a.version GROUP BY a.id HAVING n <> a.speakers"
    ):
        yield Finding("count", f"article {id}: says {has} are quoted, has {should}", ArticleId(id))
    for id, name in connection.execute(_TIMES):
        yield Finding("count", f"speaker {id} ({name}): quoted first or last at another time")
    for id, name, *has, said, articles in connection.execute(
        "SELECT s.id, s.name, s.quotations, s.articles, count(q.id) AS n, "
        "count(DISTINCT q.article) AS m FROM speaker s "
        "LEFT JOIN quotation q ON q.speaker = s.id AND q.current = 1 "
        "GROUP BY s.id HAVING n <> s.quotations OR m <> s.articles"
    ):
        yield Finding(
            "count",
            f"speaker {id} ({name}): says {has[0]} quotations in {has[1]} articles, "
            f"has {said} in {articles}",
        )
