"""Which articles a command is about: those whose numbers it is given, or those that match."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.commands.opening import make_searchable
from reader.terminal import safe, say

if TYPE_CHECKING:
    from reader.library import Library

_LONGEST_NUMBER = 18


def are_numbers(words: Sequence[str]) -> bool:
    """Whether all words are article numbers (and there is one at least)."""
    return bool(words) and all(
        word.isascii() and word.isdigit() and len(word) <= _LONGEST_NUMBER for word in words
    )


def chosen(archive: Library, words: Sequence[str]) -> tuple[list[int], bool]:
    """The articles that `12 15` or a query name, and whether all that was asked for is there; what
    is not is said on stderr. Without words: all articles. Raises QueryError."""
    if are_numbers(words):
        wanted = [int(word) for word in words]
        there = {row.id for row in archive.rows(wanted)}
        missing = [number for number in wanted if number not in there]
        for number in missing:
            say(f"there is no article {number} in this archive")
        return [number for number in wanted if number in there], not missing
    query = safe(" ".join(words))
    if not query:
        return list(archive.article_ids()), True
    make_searchable(archive)
    found = list(archive.search(query, limit=None).ids)
    if not found:
        say("nothing matches")
    return found, bool(found)
