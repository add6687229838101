"""The names of fields as people type them, and what to say of one that does not exist."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Final

from reader.errors import QueryError
from reader.search import values
from reader.search.lexer import Piece
from reader.search.query import NAME_FIELDS, TEXT_FIELDS

FIELDS: Final = {name: name for name in (*TEXT_FIELDS, *NAME_FIELDS, *values.STATE_FIELDS)} | {
    "text": "body",
    "author": "byline",
    "source": "outlet",
    "feed": "outlet",
    "site": "url",
}
"""The field that each name of one with words in it stands for."""

FIELD_NAMES: Final = (*FIELDS, "by", *values.VALUE_FIELDS, "search")
_REGEX = re.compile(r"/.+/i?")


def closest(name: str, following: str) -> str:
    """What to write in the place of `name:following`, where there is no such field."""
    words = f'for the words write "{name}:{following}"'
    near = get_close_matches(name, FIELD_NAMES, 1, 0.7)
    if near:
        return f"write {near[0]}:, or {words}"
    return f"{words}; the fields are {', '.join(sorted(FIELD_NAMES))}"


def check_regex(name: str, following: Piece) -> None:
    """Refuse a regular expression for any field but the title. Raises `QueryError`."""
    if name in FIELDS and FIELDS[name] != "url" and _REGEX.fullmatch(following.text):
        where = following.start + 1
        raise QueryError(f"a regular expression is for title: only (at character {where})")
