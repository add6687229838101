"""What a reader does at the desk: putting tags on articles.

One of these hangs on every `Library` as `library.desk`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from reader.core.marks import TagChange, TagCount, distinct, tag_name
from reader.errors import UsageError

if TYPE_CHECKING:
    from reader.storage.store import Store


class Desk:
    """The reader's own marks in one archive. All methods raise ReaderError with one clear line."""

    def __init__(self, store: Store) -> None:
        """Use the store of a library."""
        self._store = store

    # Tags

    def tags(self) -> list[TagCount]:
        """Every tag that some article has, by name."""
        return self._store.desk.tags.all()

    def tags_of(self, ids: Iterable[int] | None = None) -> dict[int, tuple[str, ...]]:
        """The tags of these articles, or of all that have any."""
        return self._store.desk.tags.of(ids)

    def tag(
        self, ids: Iterable[int], add: Sequence[str] = (), remove: Sequence[str] = ()
    ) -> TagChange:
        """Put tags on articles and take others off; what really changed, for `undo_tags`.

        Raises UsageError for a tag that has neither letter nor digit.
        """
        return self._store.desk.tags.change(ids, _names(add), _names(remove))

    def undo_tags(self, change: TagChange) -> None:
        """Take back a change of tags."""
        self._store.desk.tags.put_back(change)


def _names(given: Sequence[str]) -> tuple[str, ...]:
    names = []
    for text in given:
        name = tag_name(text)
        if name is None:
            raise UsageError(f'"{text}" is no tag: it has neither letter nor digit')
        names.append(name)
    return distinct(names)
