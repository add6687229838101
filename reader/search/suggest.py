"""\"Did you mean": another word for one that stands nowhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from reader.search.fields import Over, concrete
from reader.search.query import How, Node, Word, positive, words_of
from reader.search.segment import Segment, typos

_SHORTEST = 4
"""Of shorter words nearly every one is a mistake away from some other."""


def suggestion(text: str, node: Node, segments: Sequence[Segment], over: Over) -> str | None:
    """The query with its unknown words replaced by the commonest word one edit away, or None.

    Only words that no document has are replaced, where they stand in the query as typed; all else
    of the query stays.
    """
    changed = text
    for word in dict.fromkeys(word for part in positive(node) for word in words_of(part)):
        if len(word.word) < _SHORTEST or word.how in (How.PREFIX, How.TYPO):
            continue
        better = _better(word, segments, concrete(word.field, over))
        if better is not None:
            pattern = rf"(?<![^\W_]){re.escape(word.word)}(?![^\W_])"
            changed = re.sub(pattern, better, changed, flags=re.IGNORECASE)
    return None if changed == text else changed


def _better(word: Word, segments: Sequence[Segment], fields: Iterable[str]) -> str | None:
    counted: Counter[str] = Counter()
    for field in fields:
        for segment in segments:
            if segment.with_word(word, field):
                return None
            found = segment.words(field)
            for number in typos(found, word.word):
                counted[found.word(number)] += found.found(number)
    return max(counted, key=lambda other: (counted[other], other), default=None)
