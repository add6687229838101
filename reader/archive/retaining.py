"""How long articles stay: rules that are off until the reader makes one, and never touch what the
reader has starred, tagged, noted, or quoted in a collection, nor what a rule keeps."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from reader.core.retention import EXAMPLES, Retention, RetentionRow, retention_in
from reader.errors import UsageError

if TYPE_CHECKING:
    from reader.storage.store import Store


class Retaining:
    """The retention rules of one archive. All methods raise ReaderError with one clear line."""

    def __init__(self, store: Store) -> None:
        """Use the store of a library."""
        self._store = store

    def all(self) -> list[RetentionRow]:
        """Every rule, the general one first; nothing where all articles stay for ever."""
        return self._store.desk.retention.all()

    def set(self, text: str, feed: int | None = None) -> Retention:
        """Make the rule that `text` says (`older than 90d`, `read older than 6m`, `never`), for all
        articles whose feeds have no rule of their own, or for those of one feed.

        Nothing is removed before the next refresh or `expire`. Raises UsageError.
        """
        rule = retention_in(text)
        if rule is None:
            raise UsageError(f'"{text}" is no retention rule; write {EXAMPLES}')
        self._store.desk.retention.put(rule, feed)
        return rule

    def unset(self, feed: int | None = None) -> None:
        """Take a rule away."""
        self._store.desk.retention.put(None, feed)

    def expired(self) -> array[int]:
        """The articles that the rules let go just now, the oldest first."""
        return array("q", self._store.desk.retention.expired())

    def expire(self) -> int:
        """Remove what the rules let go, for good; how many articles that were."""
        retention = self._store.desk.retention
        return retention.let_go(retention.expired())
