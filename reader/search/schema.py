"""The Whoosh schema of both indexes, and the version of the way things are indexed."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

from reader.search.analysis import tokens

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from whoosh import fields, formats
    from whoosh.analysis import Analyzer, Token

VERSION = 5
"""Goes up when words, fields or files change; an index of another version is built again."""

ARTICLES = "articles"
QUOTATIONS = "quotations"

WORD_FIELDS = (
    "title",
    "body",
    "byline",
    "outlet",
    "section",
    "url",
    "said",
    "speaker",
    "role",
    "kind",
)


class WordAnalyzer(Analyzer):  # type: ignore[misc]
    """Our words, for Whoosh's query parser and highlighter."""

    def __call__(self, value: str, **options: Any) -> Iterator[Token]:
        """The words of a text as Whoosh tokens with positions and offsets."""
        token = Token(True, False, True)
        token.mode, token.boost, token.stopped = options.get("mode", ""), 1.0, False
        for position, (word, start, end) in enumerate(tokens(value)):
            token.text = token.original = word
            token.pos, token.startchar, token.endchar = position, start, end
            yield token


class ArrayPositions(formats.Positions):  # type: ignore[misc]
    """Positions of two bytes each, as our segments have them."""

    def decode_positions(self, data: bytes) -> list[int]:
        """The positions in one document."""
        return list(memoryview(data).cast("H"))

    def decode_frequency(self, data: bytes) -> int:
        """How many there are."""
        return len(data) // 2

    def decode_weight(self, data: bytes) -> float:
        """As a weight."""
        return float(len(data) // 2)


class WordField(fields.FieldType):  # type: ignore[misc]
    """A field of words in our segments."""

    scorable = True
    indexed = True
    unique = False
    stored = False
    vector = None
    column_type = None

    def __init__(self) -> None:
        self.analyzer = WordAnalyzer()
        self.format = ArrayPositions()


def schema() -> Any:
    """The schema; both indexes have the same."""
    return fields.Schema(
        id=fields.STORED(),
        **{f"version{VERSION}": fields.STORED()},
        **{name: WordField() for name in WORD_FIELDS},
    )
