"""What hits can be told apart by: plain values that store, search and screen hand on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Facet(StrEnum):
    """What hits can be told apart by."""

    SPEAKER = "speaker"
    OUTLET = "outlet"
    MONTH = "month"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class FacetRow:
    """What one article counts for."""

    id: int
    speakers: tuple[str, ...] = ()
    outlet: str = ""
    published_key: int = 0
    """Seconds since 1970 (UTC); 0 when unknown, which counts for no month."""

    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetCount:
    """One value, how many hits have it, and the words that narrow a search to it."""

    value: str
    count: int
    narrowing: str
    """To be put behind the query with a blank between."""

    note: str = ""
    """What a speaker is, as the articles say most often."""
