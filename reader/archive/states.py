"""What only the store knows about articles, for queries such as `is:unread` and `tag:syria`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.storage.store import Store


class States:
    """Answers the states of a query; see `reader.search.backend.States`."""

    def __init__(self, store: Store, *, hide: bool = True) -> None:
        """Of the articles of `store`, as they are when asked; muted ones are to be left out of
        searches that do not ask for them, unless `hide` is false."""
        self._store = store
        self._hide = hide

    def ids_between(self, state: str, value: str, first: int, last: int) -> Collection[int] | None:
        """See `reader.search.backend.States`."""
        if state in ("unread", "read"):
            return self._store.ids_between(first, last, read=state == "read")
        return None

    def ids(self, state: str, value: str) -> Collection[int] | None:
        """The ids of the articles in a state, or None where the state is not known."""
        store = self._store
        match state:
            case "unread":
                return set(store.article_ids(unread=True, muted=None))
            case "read":
                unread = store.article_ids(unread=True, muted=None)
                return set(store.article_ids(muted=None)).difference(unread)
            case "starred":
                return set(store.article_ids(starred=True, muted=None))
            case "hidden":
                return store.desk.rules.muted() if self._hide else ()
            case "muted":
                return store.desk.rules.muted()
            case "kept":
                return store.desk.rules.protected()
            case "tagged":
                return set(store.desk.tags.tagged())
            case "tag":
                return store.desk.tags.having(called(value, store.desk.tags.names()))
            case "noted":
                return set(store.desk.notes.noted())
            case "note":
                return {id for id, text in store.desk.notes.texts() if says(text, value)}
            case "collected":
                return set(store.desk.collections.articles())
            case "collection":
                return set(store.desk.collections.articles(self._collections(value)))
            case "quotations of collected":
                return set(store.desk.collections.quotations())
            case "quotations of collection":
                return set(store.desk.collections.quotations(self._collections(value)))
        return None

    def _collections(self, value: str) -> list[str]:
        return called(value, [one.name for one in self._store.desk.collections.all()])


class Remembered:
    """The same, each state asked of the store once: for many articles in a row."""

    def __init__(self, states: States) -> None:
        """Ask `states`."""
        self._states = states
        self._known: dict[tuple[str, str], Collection[int] | None] = {}

    def ids_between(self, state: str, value: str, first: int, last: int) -> None:
        """All are asked for at once."""

    def ids(self, state: str, value: str) -> Collection[int] | None:
        """See `States.ids`."""
        if (state, value) not in self._known:
            self._known[state, value] = self._states.ids(state, value)
        return self._known[state, value]


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


def says(text: str, value: str) -> bool:
    """Whether the words of the value of a `State` follow each other in a text, in any form."""
    from reader.search.analysis import one_edit, stem, words

    wanted = words(value)
    if not wanted:
        return False
    found = _stems(text)
    if value.startswith("~"):
        return any(one_edit(wanted[0], word) for word, _ in found)
    *whole, last = wanted
    stems = [stem(word) for word in whole]
    for at in range(len(found) - len(whole)):
        if any(found[at + n][1] != one for n, one in enumerate(stems)):
            continue
        word, root = found[at + len(whole)]
        if root == stem(last) or (value.endswith("*") and word.startswith(last)):
            return True
    return False


@lru_cache(maxsize=4096)
def _stems(text: str) -> list[tuple[str, str]]:
    """The words of a text and their stems."""
    from reader.search.analysis import stem, words

    return [(word, stem(word)) for word in words(text)]
