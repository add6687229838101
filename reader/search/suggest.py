"""\"Did you mean": another word for one that finds nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from reader.search.query import How, Node, Word, positive, words_of

_SHORTEST = 4

Commonness = Callable[[Word], int]
"""In how many documents a word stands."""

Neighbours = Callable[[Word], Iterable[tuple[str, int]]]
"""Words one edit away from a word, and in how many documents each stands."""


def suggestion(text: str, node: Node, commonness: Commonness, neighbours: Neighbours) -> str | None:
    """The query with its unknown words replaced by the commonest word one edit away, or None.

    Only words that stand in no document are replaced, and only where they stand in the query as
    typed, letter for letter; everything else of the query stays as it is.
    """
    result = text
    changed = False
    for word in dict.fromkeys(word for part in positive(node) for word in words_of(part)):
        if word.how is not How.STEM or len(word.word) < _SHORTEST or commonness(word):
            continue
        best = max(neighbours(word), key=lambda pair: (pair[1], pair[0]), default=None)
        if best is None:
            continue
        replaced = _replace(result, word.word, best[0])
        changed = changed or replaced != result
        result = replaced
    return result if changed else None


def _replace(text: str, old: str, new: str) -> str:
    return re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", new, text, flags=re.IGNORECASE)
