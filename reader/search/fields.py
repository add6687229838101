"""Which fields of the index a field of the query means, over articles and over quotations."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from reader.search.places import field_of
from reader.search.query import (
    ANYWHERE,
    And,
    AnyOf,
    AtLeast,
    Everything,
    How,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Positional,
    SameQuotation,
    State,
    Within,
    Word,
)

_ABOUT = 3
"""An article is about a word that its text has so many times."""


class Over(Enum):
    """What is searched."""

    ARTICLES = "articles"
    QUOTATIONS = "quotations"


_CONCRETE: dict[Over, dict[str, tuple[str, ...]]] = {
    Over.ARTICLES: {ANYWHERE: ("title", "body")},
    Over.QUOTATIONS: {ANYWHERE: ("said", "speaker", "role"), "body": ("said",)},
}


def concrete(field: str, over: Over) -> tuple[str, ...]:
    """The fields in which a query's field is looked for; a hit in one is enough."""
    return _CONCRETE[over].get(field, (field,))


def expand(node: Node, over: Over) -> Node:
    """The same query without `about:` (and, over quotations, without `SameQuotation`)."""
    match node:
        case And(parts):
            return And(tuple(expand(part, over) for part in parts))
        case Or(parts):
            return Or(tuple(expand(part, over) for part in parts))
        case Not(part):
            return Not(expand(part, over))
        case SameQuotation(part):
            if over is Over.QUOTATIONS:
                return expand(part, over)
            return SameQuotation(expand(part, Over.QUOTATIONS))
        case AtLeast(count, word) if word.field == "about":
            return AtLeast(count, replace(word, field="body"))
        case Word() | Phrase() | Near() | Within() | AnyOf() if field_of(node) == "about":
            return _about(node, over)
        case _:
            return node


def _about(node: Positional, over: Over) -> Node:
    """Of an article: in its title, section or tags, or three times in its text. Of a quotation: in
    what was said, or in the title, section or tags of its article."""
    parts: list[Node] = [moved(node, field) for field in ("title", "section")]
    if isinstance(node, Word | Phrase):
        parts.append(tagged(node))
    if over is Over.QUOTATIONS:
        parts.append(moved(node, "said"))
    elif isinstance(node, Word):
        parts.append(AtLeast(_ABOUT, replace(node, field="body")))
    return Or(tuple(parts))


def tagged(node: Word | Phrase) -> State:
    """The articles with this very tag."""
    found = node.words if isinstance(node, Phrase) else (node,)
    before = "~" * (found[0].how is How.TYPO)
    behind = "*" * (found[-1].how in (How.PREFIX, How.UNFINISHED))
    return State("tag", before + " ".join(word.word for word in found) + behind)


def moved(node: Positional, field: str) -> Positional:
    """The same part of a query, asked of another field."""
    match node:
        case Word():
            return replace(node, field=field)
        case Phrase(words):
            return Phrase(tuple(replace(word, field=field) for word in words), field)
        case Near() | Within():
            return replace(node, left=moved(node.left, field), right=moved(node.right, field))
        case AnyOf(parts):
            return AnyOf(tuple(moved(part, field) for part in parts))


NOTHING = Not(Everything())
"""A query that nothing fulfils."""
