"""What a reader puts on articles besides star and read mark: plain data, nothing stored here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from reader.core.article import Article, ArticleId
from reader.core.quotation import Extraction, Quotation
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


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quotation as it was when it was taken up, whatever has become of its article since."""

    id: int
    article_id: ArticleId
    article: Article
    """The article with title and text as they were then."""

    extraction: Extraction
    """That quotation alone, with its speaker."""

    text: str
    """What was said, its pieces joined."""

    added: int
    """When it was taken up, in epoch seconds."""

    is_current: bool
    """Whether the article still has that text."""

    ordinal: int | None
    """Its place among the quotations that the article has now; None where it is none of them."""

    @property
    def quotation(self) -> Quotation:
        """The quotation; its offsets are those of `article.body`."""
        return self.extraction.quotations[0]


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader has written about an article, or about a quotation in it."""

    article_id: ArticleId
    text: str
    """One line or several, parted by line feeds."""

    changed: int
    """When it was last written, in epoch seconds."""

    said: str | None = None
    """What the quotation that it is about says; None for a note on the whole article."""

    ordinal: int | None = None
    """The place of that quotation among those that the article has now; None where it is none of
    them, since the text has changed or the engine has found others."""


@dataclass(frozen=True, slots=True)
class Collection:
    """Quotations that a reader has gathered under a name."""

    name: str
    quotations: int


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
