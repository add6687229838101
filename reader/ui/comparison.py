"""Two texts as one page: what was removed and what was added, as stretches of a body. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.core.article import Article, Block
from reader.core.records import ArchivedArticle, TextVersion
from reader.core.span import Span

if TYPE_CHECKING:
    # Not needed for the first frame.
    from reader.core.differences import Differences

_TEASER = 700
"""Characters up to which a text may have been the beginning of the next one, cut by a feed."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the page shows."""

    article: Article
    """Both texts as one, under the newer one's title."""

    added: tuple[Span, ...]
    removed: tuple[Span, ...]
    changes: tuple[Span, ...]
    """Where the texts differ: what was removed with what came in its place is one."""

    summary: str
    """How much that is, in a few words."""


def compare(old: Article, new: Article) -> Comparison:
    """Lay two texts over each other; titles that differ are the first paragraph."""
    from reader.core.differences import Kind, differences

    both = [old.body, new.body]
    if old.title != new.title:
        both = [f"{article.title}\n\n{article.body}" for article in (old, new)]
    found = differences(*both)
    spans: dict[Kind, list[Span]] = {kind: [] for kind in Kind}
    changes: list[Span] = []
    blocks: list[Block] = []
    parts: list[str] = []
    at = 0
    for paragraph in found.paragraphs:
        start = at
        for kind, text in paragraph:
            # Blanks at the end belong to no change: they are not underlined.
            span = Span(at, at + len(text.rstrip()))
            spans[kind].append(span)
            if kind is not Kind.SAME:
                follows = changes and span.start - changes[-1].end <= 1
                changes[-1:] = (
                    [changes[-1]._replace(end=span.end)]
                    if follows
                    else [
                        *changes[-1:],
                        span,
                    ]
                )
            parts.append(text)
            at += len(text)
        blocks.append(Block(Span(start, at)))
        parts.append("\n\n")
        at += 2
    return Comparison(
        Article(title=new.title, body="".join(parts), blocks=tuple(blocks)),
        tuple(spans[Kind.ADDED]),
        tuple(spans[Kind.REMOVED]),
        tuple(changes),
        _summary(found),
    )


def _summary(found: Differences) -> str:
    if found.is_empty:
        return "the texts are the same"
    added, removed = found.counts()
    words = f"{_words(added)} added, {_words(removed)} removed"
    if not found.is_complete:
        words += "; parts are too long and too different to be compared word by word"
    return words


def _words(number: int) -> str:
    return "1 word" if number == 1 else f"{number:,} words"


def change_noted(archived: ArchivedArticle) -> TextVersion | None:
    """The first text of an article that has changed since in a way worth a note: a teaser whose
    whole story was fetched has not."""
    if not archived.versions:
        return None
    before, now = archived.versions[-2:]
    is_teaser = before.length < _TEASER and before.length * 3 < now.length
    if is_teaser and len(archived.versions) == 2:
        return None
    return archived.versions[0]


def later(seconds: int) -> str:
    """ "2 h later", "3 days later"."""
    for unit, length in (("day", 86_400), ("h", 3600), ("min", 60)):
        number = seconds // length
        if number:
            return f"{number:,} {unit}{'s' if unit == 'day' and number > 1 else ''} later"
    return "moments later"
