"""What a saved search means: when its hits can be kept, and when they have to be found anew."""

from __future__ import annotations

import datetime as dt
import json

from reader.search.parser import parse
from reader.search.piecereader import SavedSearches
from reader.search.query import And, Node, Not, Or, SameQuotation, State


def meaning(text: str, saved: SavedSearches) -> str | None:
    """A saved search with all the others it refers to, as one text: hits found for the same text
    stay right while no article comes in or changes. None where the search changes by itself.

    Raises `QueryError`.
    """
    used: dict[str, str | None] = {}

    def looked_up(name: str) -> str | None:
        used[name] = saved(name)
        return used[name]

    if changes_by_itself(text, looked_up):
        return None
    return json.dumps([text, sorted(used.items())], ensure_ascii=False)


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
