"""Putting articles with their quotations into the archive; inside the caller's transaction."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass
from typing import Literal

from reader.core.article import ArticleId
from reader.core.dates import parse_iso, sort_key, within_a_day
from reader.core.quotation import Extraction, Speaker
from reader.storage.encoding import spans_out, strings_out
from reader.storage.identity import speaker_key
from reader.storage.matching import find, has_stood
from reader.storage.preparing import PreparedArticle
from reader.storage.repeated import settle_stories
from reader.storage.story import leave
from reader.storage.tally import Tally

_INSERT_ARTICLE = """
    INSERT INTO article (sort, speakers, quotations, title, outlet, published, section, byline,
        url, guid, feed, path, address, fingerprint, engine, added)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_UPDATE_ARTICLE = """
    UPDATE article SET sort = ?, title = ?, outlet = coalesce(?, outlet),
        published = coalesce(?, published), section = coalesce(?, section),
        byline = coalesce(?, byline), url = coalesce(?, url), guid = coalesce(?, guid),
        feed = coalesce(?, feed), path = coalesce(?, path), address = coalesce(?, address),
        fingerprint = ?, engine = ?, indexed = 0
    WHERE id = ?
"""
_INSERT_QUOTATION = """
    INSERT INTO quotation (id, article, version, ordinal, sort, speaker, appearance, kind, content,
        cue_start, cue_end, mention_start, mention_end, confidence, why)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_NOWHERE = (None, None)


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of an article that was put into the archive."""

    id: ArticleId
    status: Literal["new", "known", "changed"]


class Writer:
    """Puts articles into the archive within one transaction; `finish` ends its work.

    Made anew for each transaction: it remembers the ids of speakers it has met.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Write by this connection, in the transaction that has begun on it."""
        self._connection = connection
        self._tally = Tally()
        self._speakers: dict[str, int] = {}
        self._read_anew: set[int] = set()
        # A clock that was set back must not put what comes in now below last year's news: no
        # earlier than the last article came in. A clock set forward does little harm.
        newest = connection.execute("SELECT added FROM article ORDER BY id DESC LIMIT 1").fetchone()
        self.now = max(int(time.time()), newest[0] if newest else 0)
        """The moment of this transaction, in epoch seconds."""

    def put(
        self, article: PreparedArticle, extraction: Extraction | None, engine: int
    ) -> Stored | None:
        """Store an article as new, or bring the one that is there up to date.

        A changed text becomes a new version: the earlier one is kept with its quotations, and so
        are read mark and star. `engine` is the version of the engine that gave the extraction.
        Without an extraction only a known text is brought up to date: None where it is not known.
        """
        match = find(self._connection, article)
        if match is None:
            if extraction is None:
                return None
            return Stored(self._insert(article, extraction, engine), "new")
        if has_stood(self._connection, match, article.fingerprint):
            if match.is_poorer_than(article):
                self._fill(match.id, article)
            return Stored(match.id, "known")
        if extraction is None:
            return None
        self._tally.without_version(self._connection, match.version)
        self._connection.execute(
            "UPDATE quotation SET current = 0 WHERE version = ?", (match.version,)
        )
        sort = within_a_day(article.moment, self.now)
        if article.published is None and match.published is not None:
            sort = sort_key(parse_iso(match.published), now=self.now)
        self._connection.execute(
            _UPDATE_ARTICLE,
            (sort, article.title, *_described(article), article.fingerprint, engine, match.id),
        )
        self._add_version(match.id, article, extraction, sort)
        self._count(match.id, extraction)
        return Stored(match.id, "changed")

    def extract_again(self, id: ArticleId, extraction: Extraction, engine: int) -> None:
        """Replace what was found in an article's newest text. Quotations whose content is the
        same keep their ids."""
        row = self._connection.execute(
            "SELECT version, sort FROM article WHERE id = ?", (id,)
        ).fetchone()
        if row is None:
            return
        version, sort = row
        self._tally.without_version(self._connection, version)
        kept = {
            content: quotation
            for quotation, content in self._connection.execute(
                "SELECT id, content FROM quotation WHERE version = ?", (version,)
            )
        }
        self._connection.execute("DELETE FROM quotation WHERE version = ?", (version,))
        self._connection.execute("DELETE FROM appearance WHERE version = ?", (version,))
        self._connection.execute(
            "UPDATE article SET engine = ?, indexed = 0 WHERE id = ?", (engine, id)
        )
        self._add_extraction(id, version, extraction, sort, kept)
        self._count(id, extraction)
        self._read_anew.add(id)

    def remove(self, id: ArticleId) -> None:
        """Take an article with all its versions and quotations out of the archive."""
        row = self._connection.execute("SELECT version FROM article WHERE id = ?", (id,)).fetchone()
        if row is None:
            return
        self._tally.without_version(self._connection, row[0])
        self._read_anew |= leave(self._connection, id)
        self._connection.execute("INSERT OR IGNORE INTO removed VALUES (?)", (id,))
        self._connection.execute("DELETE FROM article WHERE id = ?", (id,))

    def finish(self) -> None:
        """Write the counts of the speakers that were touched; before the transaction ends."""
        settle_stories(self._connection, self._tally, self._read_anew)
        self._tally.write(self._connection)

    def _insert(self, article: PreparedArticle, extraction: Extraction, engine: int) -> ArticleId:
        sort = within_a_day(article.moment, self.now)
        cursor = self._connection.execute(
            _INSERT_ARTICLE,
            (
                sort,
                len(extraction.speakers),
                len(extraction.quotations),
                article.title,
                *_described(article),
                article.fingerprint,
                engine,
                self.now,
            ),
        )
        id = ArticleId(cursor.lastrowid or 0)
        self._add_version(id, article, extraction, sort)
        return id

    def _fill(self, id: ArticleId, article: PreparedArticle) -> None:
        # The same text with more around it (a date, an outlet): only what was missing comes in.
        self._connection.execute(
            "UPDATE article SET outlet = coalesce(outlet, ?), published = coalesce(published, ?), "
            "section = coalesce(section, ?), byline = coalesce(byline, ?), url = coalesce(url, ?), "
            "guid = coalesce(guid, ?), feed = coalesce(feed, ?), path = coalesce(path, ?), "
            "address = coalesce(address, ?), indexed = 0 WHERE id = ?",
            (*_described(article), id),
        )
        sort = within_a_day(article.moment, self.now)
        moved = self._connection.execute(
            "UPDATE article SET sort = ? WHERE id = ? AND sort = 0 AND published = ?",
            (sort, id, article.published),
        )
        if moved.rowcount and sort:
            self._connection.execute(
                "UPDATE quotation SET sort = ? WHERE article = ? AND current = 1", (sort, id)
            )
            for (speaker,) in self._connection.execute(
                "SELECT DISTINCT speaker FROM quotation WHERE article = ? AND current = 1 "
                "AND speaker IS NOT NULL",
                (id,),
            ):
                self._tally.touch(speaker)

    def _add_version(
        self, id: ArticleId, article: PreparedArticle, extraction: Extraction, sort: int
    ) -> None:
        cursor = self._connection.execute(
            "INSERT INTO version (article, title, body, blocks, links, fingerprint, added) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                id,
                article.title,
                article.body,
                article.blocks,
                article.links,
                article.fingerprint,
                self.now,
            ),
        )
        version = cursor.lastrowid or 0
        self._connection.execute("UPDATE article SET version = ? WHERE id = ?", (version, id))
        self._add_extraction(id, version, extraction, sort, {})

    def _count(self, id: ArticleId, extraction: Extraction) -> None:
        self._connection.execute(
            "UPDATE article SET speakers = ?, quotations = ? WHERE id = ?",
            (len(extraction.speakers), len(extraction.quotations), id),
        )

    def _add_extraction(
        self,
        id: ArticleId,
        version: int,
        extraction: Extraction,
        sort: int,
        kept: dict[str, int],
    ) -> None:
        ids = [self._speaker(speaker) for speaker in extraction.speakers]
        self._connection.executemany(
            "INSERT INTO appearance VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    version,
                    ordinal,
                    ids[ordinal],
                    speaker.name,
                    speaker.kind.value,
                    speaker.role,
                    strings_out(speaker.aliases),
                    speaker.named,
                    spans_out(speaker.mentions),
                )
                for ordinal, speaker in enumerate(extraction.speakers)
            ],
        )
        rows = []
        for ordinal, quotation in enumerate(extraction.quotations):
            content = spans_out(quotation.content)
            whose = quotation.speaker
            rows.append(
                (
                    kept.pop(content, None),
                    id,
                    version,
                    ordinal,
                    sort,
                    None if whose is None else ids[whose],
                    whose,
                    quotation.kind.value,
                    content,
                    *(quotation.cue or _NOWHERE),
                    *(quotation.mention or _NOWHERE),
                    quotation.confidence,
                    strings_out(quotation.why),
                )
            )
        self._connection.executemany(_INSERT_QUOTATION, rows)
        self._tally.text([row[5] for row in rows], 1)
        for ordinal, speaker in enumerate(extraction.speakers):
            self._tally.forms(ids[ordinal], speaker.aliases, speaker.role, 1)

    def _speaker(self, speaker: Speaker) -> int:
        # Unnamed speakers ("a senior official") have no key and get a row for each article.
        key = speaker_key(speaker)
        if key is not None:
            known = self._speakers.get(key)
            if known is not None:
                return known
            row = self._connection.execute(
                "SELECT id FROM speaker WHERE key = ?", (key,)
            ).fetchone()
            if row is not None:
                self._speakers[key] = row[0]
                return int(row[0])
        cursor = self._connection.execute(
            "INSERT INTO speaker (key, name, kind, named) VALUES (?, ?, ?, ?)",
            (key, speaker.name, speaker.kind.value, speaker.named),
        )
        id = cursor.lastrowid or 0
        if key is not None:
            self._speakers[key] = id
        return id


def _described(article: PreparedArticle) -> tuple[str | None, ...]:
    """From `outlet` to `address`."""
    return article[2:11]
