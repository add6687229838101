"""How often each speaker is quoted, kept up to date by the transaction that changes it.

Counting anew costs a pass over a speaker's quotations, tens of thousands for a head of state; so
a transaction adds up what it brings and takes away, and writes each speaker once at its end.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable

from reader.storage.encoding import strings_in

_FIRST_AND_LAST = """
    UPDATE speaker SET (first, first_sort) = (
        SELECT a.published, q.sort FROM quotation q JOIN article a ON a.id = q.article
        WHERE q.speaker = :id AND q.current = 1 AND q.sort > 0
        ORDER BY q.sort, q.id LIMIT 1
    ), (last, last_sort) = (
        SELECT a.published, q.sort FROM quotation q JOIN article a ON a.id = q.article
        WHERE q.speaker = :id AND q.current = 1 AND q.sort > 0
        ORDER BY q.sort DESC, q.id DESC LIMIT 1
    ), quotations = quotations + :quotations, articles = articles + :articles
    WHERE id = :id
"""


class Tally:
    """What one transaction changes in the speakers' counts."""

    def __init__(self) -> None:
        """Begin with no change."""
        self._quotations: Counter[int] = Counter()
        self._articles: Counter[int] = Counter()
        self._forms: Counter[tuple[int, str, str]] = Counter()

    def text(self, speakers: Iterable[int | None], by: int) -> None:
        """One article comes (`by` 1) or goes (-1) whose quotations have these speakers."""
        found = Counter(s for s in speakers if s is not None)
        for speaker, times in found.items():
            self._quotations[speaker] += by * times
            self._articles[speaker] += by

    def forms(self, speaker: int, aliases: Iterable[str], role: str | None, by: int) -> None:
        """A text comes (`by` 1) or goes (-1) that calls the speaker so."""
        for alias in aliases:
            self._forms[speaker, "alias", alias] += by
        if role:
            self._forms[speaker, "role", role] += by

    def count(self, speaker: int, quotations: int, articles: int) -> None:
        """So many quotations and articles more count, or with a minus fewer, where they stand."""
        self._quotations[speaker] += quotations
        self._articles[speaker] += articles

    def touch(self, speaker: int) -> None:
        """Look up anew when the speaker was first and last quoted."""
        self._articles[speaker] += 0

    def without_version(self, connection: sqlite3.Connection, version: int) -> None:
        """Take away what the version of an article has brought."""
        rows = connection.execute(
            "SELECT speaker FROM quotation WHERE version = ? AND current = 1", (version,)
        )
        self.text([row[0] for row in rows], -1)
        for speaker, aliases, role in connection.execute(
            "SELECT speaker, aliases, role FROM appearance WHERE version = ?", (version,)
        ):
            self.forms(speaker, strings_in(aliases), role, -1)

    def write(self, connection: sqlite3.Connection) -> None:
        """Write the changes, at the end of the transaction; speakers that are left nowhere go."""
        touched = self._articles.keys() | {speaker for speaker, _, _ in self._forms}
        connection.executemany(
            _FIRST_AND_LAST,
            [
                {"id": s, "quotations": self._quotations[s], "articles": self._articles[s]}
                for s in sorted(touched)
            ],
        )
        connection.executemany(
            "INSERT INTO speaker_form VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET times = times + excluded.times",
            [(*key, times) for key, times in self._forms.items() if times],
        )
        fewer = [key for key, times in self._forms.items() if times < 0]
        connection.executemany(
            "DELETE FROM speaker_form WHERE speaker = ? AND sort = ? AND form = ? AND times <= 0",
            fewer,
        )
        gone = {s for s, by in self._articles.items() if by <= 0} | {key[0] for key in fewer}
        connection.executemany(
            "DELETE FROM speaker WHERE id = :id "
            "AND NOT EXISTS (SELECT 1 FROM appearance WHERE speaker = :id) "
            "AND NOT EXISTS (SELECT 1 FROM quotation WHERE speaker = :id)",
            [{"id": s} for s in sorted(gone)],
        )


def count_anew(connection: sqlite3.Connection) -> None:
    """Count every speaker again from the quotations: for repairs, a pass over the whole archive."""
    connection.execute(
        "UPDATE speaker SET quotations = (SELECT count(*) FROM quotation q "
        "WHERE q.speaker = speaker.id AND q.current = 1), articles = (SELECT count(DISTINCT "
        "article) FROM quotation q WHERE q.speaker = speaker.id AND q.current = 1)"
    )
    connection.execute(
        "UPDATE article SET quotations = (SELECT count(*) FROM quotation q "
        "WHERE q.version = article.version), speakers = (SELECT count(*) FROM appearance p "
        "WHERE p.version = article.version)"
    )
    connection.execute("DELETE FROM speaker_form")
    tally = Tally()
    for speaker, aliases, role in connection.execute(
        "SELECT speaker, aliases, role FROM appearance "
        "WHERE version IN (SELECT version FROM article)"
    ):
        tally.forms(speaker, strings_in(aliases), role, 1)
    for (speaker,) in connection.execute("SELECT id FROM speaker"):
        tally.touch(speaker)
    tally.write(connection)
