"""What is exported: an article, or a quotation with the article it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from reader.core.article import Article
from reader.core.marks import Excerpt, Note
from reader.core.quotation import Extraction, Quotation, Speaker
from reader.core.records import ArchivedArticle

_SAID: Final = 60
"""Characters of a quotation before a note on it."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to export."""

    number: int | None
    """The article's id in the archive, or None where it is in none."""

    article: Article
    extraction: Extraction
    quotation: Quotation | None = None
    """The quotation, where quotations are exported."""

    tags: tuple[str, ...] = ()
    """The reader's own tags on the article."""

    notes: tuple[Note, ...] = ()
    """The reader's own notes: on the article, and on its quotations or on this one."""

    @property
    def speaker(self) -> Speaker | None:
        """Whose words the quotation is, or None."""
        if self.quotation is None or self.quotation.speaker is None:
            return None
        return self.extraction.speakers[self.quotation.speaker]

    @property
    def said(self) -> str:
        """The quotation's words on one line, its pieces joined by an ellipsis."""
        if self.quotation is None:
            return ""
        pieces = (span.text(self.article.body) for span in self.quotation.content)
        return " […] ".join(" ".join(piece.split()) for piece in pieces)


def item_of(archived: ArchivedArticle, ordinal: int | None = None) -> Item:
    """An article of the archive, or one of its quotations."""
    quotation = None if ordinal is None else archived.extraction.quotations[ordinal]
    notes = tuple(
        note
        for note in archived.notes
        if ordinal is None or note.said is None or note.ordinal == ordinal
    )
    return Item(archived.id, archived.article, archived.extraction, quotation, archived.tags, notes)


def items_of(archived: ArchivedArticle, *, quotes: bool) -> Iterator[Item]:
    """An article of the archive, or its quotations one after the other."""
    if not quotes:
        yield item_of(archived)
        return
    for ordinal in range(len(archived.extraction.quotations)):
        yield item_of(archived, ordinal)


def item_of_excerpt(
    excerpt: Excerpt, tags: Mapping[int, tuple[str, ...]], notes: Iterable[Note]
) -> Item:
    """A quotation of a collection, as it was when it was put in; `tags` by article, and of the
    `notes` those on its article and on itself."""
    number = excerpt.article_id
    own = tuple(
        note
        for note in notes
        if note.article_id == number and (note.said is None or note.said == excerpt.text)
    )
    return Item(
        number, excerpt.article, excerpt.extraction, excerpt.quotation, tags.get(number, ()), own
    )


def note_lines(note: Note) -> list[str]:
    """A note line by line, with the words of the quotation that it is about."""
    first, *others = note.text.splitlines() or [""]
    said = "" if note.said is None else f"“{_shortened(note.said)}”: "
    return [said + first, *others]


def _shortened(said: str) -> str:
    plain = said.strip('“”"„«» ')
    return plain if len(plain) <= _SAID else plain[: _SAID - 1].rstrip() + "…"


def by_article(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items, those that follow each other from one article together."""
    for _, group in groupby(items, key=lambda item: (item.number, id(item.article))):
        yield list(group)
