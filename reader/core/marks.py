"""What a reader puts on articles besides star and read mark: plain data, nothing stored here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from reader.core.text import clean_line

LONGEST_TAG: Final = 60
"""Characters of a tag."""

_WORD: Final = re.compile(r'"([^"]*)"|“([^”]*)”|[^\s,"“”]+')


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag, and how many articles have it."""

    name: str
    articles: int
    unread: int = 0


@dataclass(frozen=True, slots=True)
class TagChange:
    """What was really changed: pairs of an article's id and a tag. Handed back to undo it."""

    added: tuple[tuple[int, str], ...] = ()
    removed: tuple[tuple[int, str], ...] = ()

    @property
    def articles(self) -> int:
        """How many articles were changed."""
        return len({article for article, _ in (*self.added, *self.removed)})

    def __bool__(self) -> bool:
        """Whether anything was changed."""
        return bool(self.added or self.removed)


def tag_name(text: str) -> str | None:
    """The tag that somebody wrote, on one line and without what a query could not ask for again;
    None where nothing is left that has a letter or digit."""
    name = clean_line(re.sub(r'["“”„«»*,]', " ", text), LONGEST_TAG).lstrip("+-#~=( ").strip()
    return name if any(map(str.isalnum, name)) else None


def tags_in(line: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The tags to be added and to be taken off that a line names, such as `syria "air power" -old`.

    They are parted by blanks or commas; those of several words stand in quotation marks; a `-`
    before one takes it off, a `+` changes nothing.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    sign = ""
    for found in _WORD.finditer(line):
        quoted = found[1] if found[1] is not None else found[2]
        word = found[0] if quoted is None else quoted
        if quoted is None and word in ("+", "-"):
            sign = word
            continue
        takes_off = sign == "-" or (quoted is None and word.startswith("-"))
        sign = ""
        name = tag_name(word)
        if name is not None:
            (unwanted if takes_off else wanted).append(name)
    return distinct(wanted), distinct(unwanted)


def tag_key(name: str) -> str:
    """What two spellings of one tag share: the name, whatever its capitals."""
    return " ".join(name.casefold().split())


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """The names, each tag once, in the order of the first of each."""
    return tuple({tag_key(name): name for name in reversed(list(names))}.values())[::-1]
