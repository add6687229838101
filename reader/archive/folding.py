"""Folding what came in into stories: each new text is compared with those of about the same days.

Done behind the storing, as indexing is: an article is in the lists before it is compared. Ended at
any moment, the rest is made up for at the next occasion.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reader.core.records import Sort

if TYPE_CHECKING:
    from reader.storage.store import Store

_FEW: Final = 1000
"""Articles that are looked up one by one; for more, all copies of the archive are read."""

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


@dataclass(frozen=True, slots=True)
class Folding:
    """Folds what a search has found: one article a story."""

    store: Store
    sort: Sort
    """The order of what is found."""

    def folded(
        self,
        ids: Sequence[int],
        which_match: Callable[[Collection[int]], Iterable[int]] | None = None,
    ) -> array[int]:
        """Of each story the first article, or where that was not found the first that was.

        Best first, it stands where the best of its copies stood. `ids` may be only the beginning
        of what is found: `which_match` is asked which articles not among them are found as well,
        so that a copy does not stand on the first page for a story that follows on the second.
        """
        leads = self.store.stories.leads(ids if len(ids) <= _FEW else None)
        there = set(ids)
        later = {leads[id] for id in ids if id in leads} - there
        later = set(which_match(later)) if later and which_match is not None else set()
        shown: dict[int, int] = {}
        # From the oldest to the newest, but best first as they are.
        for id in reversed(ids) if self.sort is Sort.NEWEST else ids:
            story = leads.get(id, id)
            if story not in shown:
                shown[story] = story if story in there or story in later else id
        if self.sort is Sort.RELEVANCE:
            return array("q", shown.values())
        kept = set(shown.values())
        return array("q", (id for id in ids if id in kept))


def said_once(store: Store, quotations: Sequence[int]) -> array[int]:
    """These quotations without those that repeat, in a copy of the story, another one of them."""
    firsts = store.stories.firsts(quotations)
    if not firsts:
        return array("q", quotations)
    there = set(quotations)
    kept = array("q")
    for id in quotations:
        first = firsts.get(id)
        if first is None:
            kept.append(id)
        elif first not in there:
            there.add(first)
            kept.append(id)
    return kept
