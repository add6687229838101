"""What a reader does at the desk: putting tags on articles, writing notes, gathering quotations.

One of these hangs on every `Library` as `library.desk`.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from reader.archive.retaining import Retaining
from reader.archive.ruling import Rules
from reader.core.marks import (
    Collection,
    Excerpt,
    Note,
    TagChange,
    TagCount,
    distinct,
    tag_key,
    tag_name,
)
from reader.core.text import clean
from reader.errors import ArchiveError, UsageError

if TYPE_CHECKING:
    from reader.archive.indexing import Indexing
    from reader.storage.store import Store

_LONGEST_NOTE: Final = 100_000


class Desk:
    """The reader's own marks in one archive. All methods raise ReaderError with one clear line."""

    def __init__(self, store: Store, indexing: Indexing) -> None:
        """Use the store and the index of a library."""
        self._store = store
        self.rules = Rules(store, indexing)
        """Mute, keep and automatic tags, by queries."""
        self.retention = Retaining(store)
        """How long articles stay."""

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

    # Muting by hand

    def muted(self) -> array[int]:
        """The muted articles, newest first."""
        return self._store.article_ids(muted=True)

    def is_muted(self, article: int) -> bool:
        """Whether an article is muted, by hand or by a rule."""
        return article in self._store.desk.rules.muted()

    def mute(self, ids: Iterable[int]) -> list[int]:
        """Take articles out of lists, counts and searches; gives those that were not muted."""
        return self._store.desk.rules.mute(ids)

    def unmute(self, ids: Iterable[int]) -> list[int]:
        """Show articles again, whatever the rules say; gives those that were muted."""
        return self._store.desk.rules.unmute(ids)

    # Notes

    def notes(self, ids: Iterable[int] | None = None) -> list[Note]:
        """All notes, or those on these articles and on quotations in them, newest article first."""
        return self._store.desk.notes.all(ids)

    def note(self, article: int, ordinal: int | None = None) -> str:
        """The note on an article, or on the quotation `ordinal` in it; empty without one."""
        return self._store.desk.notes.text(article, ordinal)

    def write_note(self, article: int, text: str, ordinal: int | None = None) -> str:
        """Write a note in the place of the one that was there, which is returned; an empty text
        takes it away. Raises ArchiveError where there is no such article or quotation."""
        return self._store.desk.notes.write(article, clean(text).strip()[:_LONGEST_NOTE], ordinal)

    # Collections

    def collections(self) -> list[Collection]:
        """Every collection of quotations, the last used first."""
        return self._store.desk.collections.all()

    def collect(self, name: str, quotations: Iterable[tuple[int, int]]) -> list[int]:
        """Put quotations (article, place in it) into a collection, made if need be; gives the
        excerpts that were not in it before. Raises UsageError for a name without a letter, and
        ArchiveError where there is no such quotation."""
        return self._store.desk.collections.put(_collection(name), quotations)

    def collected(self, name: str) -> list[Excerpt]:
        """What a collection holds, as it was when it was put in. Raises ArchiveError where there is
        no collection of that name."""
        found = self._store.desk.collections.excerpts(name)
        if not found and tag_key(name) not in (tag_key(one.name) for one in self.collections()):
            raise ArchiveError(f'there is no collection "{name}"; onrecord collect lists them')
        return found

    def uncollect(self, name: str, excerpts: Iterable[int]) -> list[tuple[int, int]]:
        """Take excerpts out of a collection; gives what `recollect` needs to undo it."""
        return self._store.desk.collections.take(name, excerpts)

    def recollect(self, name: str, kept: Iterable[tuple[int, int]]) -> None:
        """Undo `uncollect`."""
        self._store.desk.collections.put_back(name, kept)

    def rename_collection(self, name: str, new: str) -> bool:
        """Give a collection another name; False where there is none, or the new name is taken."""
        return self._store.desk.collections.rename(name, _collection(new))

    def remove_collection(self, name: str) -> bool:
        """Forget a collection; whether there was one. Its quotations stay in their articles."""
        return self._store.desk.collections.remove(name)


def _collection(text: str) -> str:
    name = tag_name(text)
    if name is None:
        raise UsageError(f'"{text}" is no name for a collection: it has neither letter nor digit')
    return name


def _names(given: Sequence[str]) -> tuple[str, ...]:
    names = []
    for text in given:
        name = tag_name(text)
        if name is None:
            raise UsageError(f'"{text}" is no tag: it has neither letter nor digit')
        names.append(name)
    return distinct(names)
