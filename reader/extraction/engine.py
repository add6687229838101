"""The one door to extraction: text in, quotations with their speakers out."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Protocol

from reader.core.quotation import Extraction
from reader.extraction.arrays import without_collection
from reader.extraction.finder import Finder
from reader.extraction.identity import resolve
from reader.extraction.model import Model
from reader.extraction.tokens import tokenize

VERSION = 16
"""Goes up whenever results change, so that an archive knows which articles to read again."""

MODEL = Path(__file__).with_name("model.bin")


class Engine(Protocol):
    """Anything that finds who said what in a text."""

    def extract(self, text: str) -> Extraction:
        """All quotations of `text` and their speakers; offsets into it as given. Never raises."""
        ...


class ChainEngine:
    """The trained chain model for what was said, and the resolver for who that is."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder

    def extract(self, text: str) -> Extraction:
        """See `Engine.extract`."""
        tokens = tokenize(text)
        return resolve(text, self._finder.find(tokens), tokens)


@cache
def default_engine() -> Engine:
    """The engine of this release; its model is read at the first call and kept."""
    with without_collection():
        return ChainEngine(Finder(Model(MODEL)))
