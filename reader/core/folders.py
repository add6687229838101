"""A saved search with its counts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchFolder:
    """A search that is kept under a name, as a folder: how much is in it."""

    name: str
    query: str
    total: int = 0
    unread: int = 0
    error: str | None = None
    """What is wrong with the query, in plain words; it then finds nothing."""
