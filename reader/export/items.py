"""What is exported: an article, or a quotation with the article it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from reader.core.article import Article
from reader.core.quotation import Extraction, Quotation, Speaker


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to export."""

    number: int | None
    """The article's id in the archive, or None where it is in none."""

    article: Article
    extraction: Extraction
    quotation: Quotation | None = None
    """The quotation, where quotations are exported."""

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


def by_article(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items, those that follow each other from one article together."""
    for _, group in groupby(items, key=lambda item: (item.number, id(item.article))):
        yield list(group)
