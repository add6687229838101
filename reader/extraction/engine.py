"""The one door to extraction: text in, quotations with their speakers out."""

from __future__ import annotations

from functools import cache
from typing import Protocol

from reader.core.quotation import Extraction, Quotation, Speaker
from reader.extraction.found import FoundQuotation

VERSION = 1
"""Goes up whenever results change, so that an archive knows which articles to read again."""


class Engine(Protocol):
    """Anything that finds who said what in a text."""

    def extract(self, text: str) -> Extraction:
        """All quotations of `text` and their speakers; offsets into `text` as given. Never raises."""
        ...


class RuleEngine:
    """Quotation marks, reporting verbs and the words next to them."""

    def extract(self, text: str) -> Extraction:
        """See `Engine.extract`."""
        from reader.extraction.skeleton import find

        try:
            from reader.extraction.identity import resolve
        except ImportError:
            return _as_written(text, find(text))

        return resolve(text, find(text))


def _as_written(text: str, found: list[FoundQuotation]) -> Extraction:
    names: dict[str, int] = {}
    quotations = []
    for one in found:
        name = None if one.mention is None else one.mention.text(text)
        number = None if name is None else names.setdefault(name, len(names))
        quotations.append(
            Quotation(one.content, one.kind, one.cue, one.mention, number, one.confidence, one.why)
        )
    return Extraction(tuple(quotations), tuple(Speaker(name) for name in names))


@cache
def default_engine() -> Engine:
    """The engine of this release, made once and kept."""
    return RuleEngine()
