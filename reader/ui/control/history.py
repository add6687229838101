"""Past searches, kept in the archive and recalled in an empty search line."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from reader.errors import ReaderError

if TYPE_CHECKING:
    from reader.library import Library

HISTORY_KEY = "search.history"
"""The key of the archive's state under which past searches are kept."""

_HISTORY = 100
"""How many past searches are kept."""


class History:
    """The searches that were followed by Enter, the newest last."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._place: int | None = None
        """Which of them has been recalled."""

    def _all(self) -> list[str]:
        try:
            kept = json.loads(self._library.state(HISTORY_KEY) or "[]")
        except (ValueError, ReaderError):
            return []
        return [text for text in kept if isinstance(text, str)] if isinstance(kept, list) else []

    def remember(self, query: str) -> None:
        """Keep a search as the newest."""
        kept = [text for text in self._all() if text != query][-_HISTORY + 1 :]
        with suppress(ReaderError):
            self._library.set_state(HISTORY_KEY, json.dumps([*kept, query]))

    def typed(self) -> None:
        """Words were typed: the next recall begins at the newest again."""
        self._place = None

    @property
    def is_recalling(self) -> bool:
        """Whether what stands in the search line has been recalled."""
        return self._place is not None

    def recall(self, by: int) -> str | None:
        """The search before (-1) or after (1) the one recalled last; None past either end."""
        history = self._all()
        place = (len(history) if self._place is None else self._place) + by
        if not 0 <= place < len(history):
            return None
        self._place = place
        return history[place]
