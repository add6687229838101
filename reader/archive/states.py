"""What only the store knows about articles, for queries such as `is:unread` and `tag:syria`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.storage.store import Store


class States:
    """Answers the states of a query; see `reader.search.backend.States`."""

    def __init__(self, store: Store) -> None:
        """Of the articles of `store`, as they are when asked."""
        self._store = store

    def ids(self, state: str, value: str) -> Collection[int] | None:
        """The ids of the articles in a state, or None where the state is not known."""
        store = self._store
        match state:
            case "unread":
                return set(store.article_ids(unread=True))
            case "read":
                return set(store.article_ids()) - set(store.article_ids(unread=True))
            case "starred":
                return set(store.article_ids(starred=True))
            case "tagged":
                return set(store.desk.tags.tagged())
            case "tag":
                return set(store.desk.tags.articles(called(value, store.desk.tags.names())))
        return None


def called(value: str, names: Iterable[str]) -> list[str]:
    """The names that the value of a `State` means: those that are its words, whatever the case and
    the accents."""
    from reader.search.analysis import one_edit, words

    folded = {name: " ".join(words(name)) for name in names}
    if value.endswith("*"):
        return [name for name, plain in folded.items() if plain.startswith(value[:-1])]
    if value.startswith("~"):
        near = value[1:]
        return [name for name, plain in folded.items() if plain == near or one_edit(near, plain)]
    return [name for name, plain in folded.items() if plain == value]
