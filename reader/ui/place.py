"""Where one was reading, as it is kept over a restart. Pure."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Literal

PLACE_KEY = "place"
"""The key of the archive's state under which the place is kept."""


@dataclass(frozen=True, slots=True)
class Place:
    """An article and a place in it."""

    article: int
    offset: int
    """The body's first character on screen; -1 for the heading."""

    quotation: int | None = None
    focus: Literal["list", "reader"] = "list"

    def to_json(self) -> str:
        """As text for the archive's state."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str | None) -> Place | None:
        """Read back what `to_json` wrote; None for anything else."""
        try:
            kept = json.loads(text or "")
            article, offset = kept["article"], kept["offset"]
            quotation = kept.get("quotation")
            focus: Literal["list", "reader"] = "reader" if kept.get("focus") == "reader" else "list"
        except (ValueError, TypeError, KeyError, AttributeError):
            return None
        if not (type(article) is int and type(offset) is int):
            return None
        return cls(article, offset, quotation if type(quotation) is int else None, focus)
