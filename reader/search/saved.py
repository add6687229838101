"""Saved searches that keep up with the archive without being run over all of it.

When articles come in, each saved search is asked of these alone (`within`), which costs as much as
the segments they are in; what it has found before stays found. Only searches that look at something
that changes by itself (`is:unread`, `-30d`) have to be run again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from reader.core.records import Sort
from reader.errors import QueryError
from reader.search.backend import SearchBackend, States
from reader.search.parser import SavedSearches, parse
from reader.search.query import And, Node, Not, Or, SameQuotation, State


def changes_by_itself(text: str, saved: SavedSearches | None = None) -> bool:
    """Whether a query can find other articles tomorrow though none came in and none changed.

    Raises `QueryError`.
    """
    node = parse(text, saved=saved, today=dt.date(2001, 1, 1)).node
    return _has_state(node) or node != parse(text, saved=saved, today=dt.date(2002, 6, 30)).node


def _has_state(node: Node) -> bool:
    match node:
        case State():
            return True
        case And(parts) | Or(parts):
            return any(_has_state(part) for part in parts)
        case Not(part) | SameQuotation(part):
            return _has_state(part)
        case _:
            return False


class SavedMatches:
    """Which articles each saved search has found so far. Not safe for several threads at once."""

    def __init__(
        self,
        backend: SearchBackend,
        searches: Mapping[str, str],
        states: States | None = None,
    ) -> None:
        """`searches` are the texts by name; one that is wrong finds nothing (see `errors`)."""
        self._backend = backend
        self._searches = dict(searches)
        self._states = states
        self._found: dict[str, set[int]] = {}
        self.errors: dict[str, str] = {}
        """What is wrong with a saved search, by name."""

    def ids(self, name: str) -> Collection[int]:
        """The articles a saved search finds. Raises `KeyError` where there is no such search."""
        text = self._searches[name]
        if name in self._found and not self._changes(name, text):
            return self._found[name]
        self._found[name] = self._run(name, text, None)
        return self._found[name]

    def unread(self, name: str, unread: Collection[int]) -> int:
        """How many of the articles it finds are unread; `unread` should be a set."""
        return sum(1 for number in self.ids(name) if number in unread)

    def came_in(self, ids: Collection[int]) -> dict[str, list[int]]:
        """Articles are new in the index or changed there; gives which searches find which of them.

        A search that was never asked for its articles is not kept up to date, and not run.
        """
        result: dict[str, list[int]] = {}
        for name, found in self._found.items():
            new = self._run(name, self._searches[name], ids)
            found.difference_update(ids)
            found.update(new)
            if new:
                result[name] = sorted(new)
        return result

    def went(self, ids: Collection[int]) -> None:
        """Articles were deleted."""
        for found in self._found.values():
            found.difference_update(ids)

    def _changes(self, name: str, text: str) -> bool:
        try:
            return changes_by_itself(text, self._searches.get)
        except QueryError:
            return True

    def _run(self, name: str, text: str, within: Collection[int] | None) -> set[int]:
        self.errors.pop(name, None)
        try:
            query = parse(text, saved=self._searches.get)
            answer = self._backend.search(
                query, sort=Sort.NEWEST, limit=None, within=within, states=self._states
            )
        except QueryError as error:
            self.errors[name] = str(error)
            return set()
        return set(answer.ids)
