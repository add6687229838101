"""Folding what came in into stories: each new text is compared with those of about the same days.

Done behind the storing, as indexing is: an article is in the lists before it is compared. Ended at
any moment, the rest is made up for at the next occasion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from reader.storage.store import Store

_BATCH: Final = 200
"""Texts a transaction: 0.1 s, so that nobody waits for the lock."""


def fold(store: Store) -> int:
    """Compare all texts that were not compared yet; how many of them are copies of a story."""
    if not store.is_writable:
        return 0
    from reader.core.likeness import likeness
    from reader.storage.stories import Keys

    copies = 0
    while batch := store.stories.uncompared(_BATCH):
        taken_apart = []
        for text in batch:
            alike = likeness(text.body)
            taken_apart.append(Keys(text.id, text.version, alike, alike.keys()))
        copies += store.stories.compare(taken_apart)
    return copies
