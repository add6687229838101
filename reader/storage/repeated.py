"""What is said in several copies of one story, counted once.

Who is quoted by a news agency and printed by five outlets has said it once. Of the quotations with
the same words in one story that of the first article counts (`current` 1); the others keep their
place in their own articles, and get `current` 2 and in `again` the number of the first. Words that
only one copy has count as they are, whoever printed them.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable
from typing import Final

from reader.storage.encoding import spans_in
from reader.storage.tally import Tally

_QUOTATIONS: Final = """
    SELECT q.id, q.article, q.speaker, q.current, q.again, q.content, q.version
    FROM article a JOIN quotation q ON q.version = a.version
    WHERE a.id = :story OR (a.copy_of > 0 AND a.copy_of = :story)
    ORDER BY a.copy_of, a.sort, a.id, q.ordinal
"""
_BODIES: Final = """
    SELECT v.id, v.body FROM article a JOIN version v ON v.id = a.version
    WHERE a.id = :story OR (a.copy_of > 0 AND a.copy_of = :story)
"""
_WORD: Final = re.compile(r"[^\W_]+")

_PART: Final = 4
"""Words from which a quotation that stands within a longer one is that one, cut."""

_ALIKE: Final = 0.8
"""The share of words that two quotations of one story have in common if one is the other, edited:
measured in words of either, from `_EDITABLE` on."""

_EDITABLE: Final = 6


def settle_stories(connection: sqlite3.Connection, tally: Tally, articles: Iterable[int]) -> None:
    """Find out which quotations of these articles and of their stories count; the changes of the
    speakers' counts go into `tally`."""
    stories = set()
    for id in articles:
        row = connection.execute(
            "SELECT copy_of, copies FROM article WHERE id = ?", (id,)
        ).fetchone()
        if row is None or (row == (0, 0) and not _has_repeated(connection, id)):
            continue
        stories.add(row[0] or id)
    for story in sorted(stories):
        _settle(connection, tally, story)


def _settle(connection: sqlite3.Connection, tally: Tally, story: int) -> None:
    # An article that is no story of several is one, too: all of its own count.
    rows = connection.execute(_QUOTATIONS, {"story": story}).fetchall()
    if not rows:
        return
    bodies = dict(connection.execute(_BODIES, {"story": story}).fetchall())
    counting = Counter((article, speaker) for _, article, speaker, now, *_ in rows if now == 1)
    before = +counting
    seen: list[tuple[int, int, _Said]] = []
    changes: list[tuple[int, int | None, int]] = []
    for id, article, speaker, current, again, content, version in rows:
        said = _Said(" ".join(bodies[version][start:end] for start, end in spans_in(content)))
        first = next((i for i, a, other in seen if a != article and said.is_of(other)), None)
        if first is None:
            seen.append((id, article, said))
        becomes = 1 if first is None else 2
        if (becomes, first) == (current, again):
            continue
        changes.append((becomes, first, id))
        if becomes != current:
            by = 1 if becomes == 1 else -1
            counting[article, speaker] += by
            if speaker is not None:
                tally.count(speaker, by, 0)
    connection.executemany("UPDATE quotation SET current = ?, again = ? WHERE id = ?", changes)
    for place in counting.keys() | before.keys():
        by = (counting[place] > 0) - (before[place] > 0)
        if by and place[1] is not None:
            tally.count(place[1], 0, by)


def _has_repeated(connection: sqlite3.Connection, article: int) -> bool:
    """Whether quotations of an article do not count, as those of one that has left its story."""
    row = connection.execute(
        "SELECT 1 FROM quotation WHERE article = ? AND current = 2 LIMIT 1", (article,)
    ).fetchone()
    return row is not None


class _Said:
    """The words of a quotation, for comparing."""

    __slots__ = ("counts", "line", "number")

    def __init__(self, text: str) -> None:
        words = _WORD.findall(text.casefold())
        self.line = f" {' '.join(words)} "
        self.counts = Counter(words)
        self.number = len(words)

    def is_of(self, other: _Said) -> bool:
        """Whether these are the words of `other`, all, some, or edited."""
        if self.line == other.line:
            return True
        few, many = sorted((self, other), key=lambda said: said.number)
        if few.number >= _PART and few.line in many.line:
            return True
        if few.number < max(_EDITABLE, _ALIKE * many.number):
            return False
        return (few.counts & many.counts).total() >= _ALIKE * many.number
