"""The pieces of a query one by one, errors that say where, and words and phrases made of them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Final

from reader.errors import QueryError
from reader.search import values
from reader.search.analysis import words
from reader.search.lexer import Piece, pieces
from reader.search.query import ANYWHERE, NAME_FIELDS, How, Node, Phrase, State, Word

SavedSearches = Callable[[str], str | None]
"""The text of the saved search of that name, or None."""

MARKS: Final = '"“”„«»'
_DEEPEST = 40
_HALF_OPERATOR = re.compile(r"(?:pre|w)?/", re.IGNORECASE)
_TYPOS = re.compile(r"~[0-9]?\Z")


class UnfinishedError(Exception):
    """The piece being typed makes no sense yet; it is left out."""


class PieceReader:
    """The pieces of one query, taken one after the other; words and phrases made of them."""

    def __init__(
        self,
        text: str,
        typing: bool,
        saved: SavedSearches | None,
        today: dt.date,
        inside: tuple[str, ...],
    ) -> None:
        self.text = text
        self.pieces = list(pieces(text))
        self.at = 0
        self.typing = typing
        self.saved = saved
        self.today = today
        self.inside = inside
        self.depth = 0
        self.field = ANYWHERE
        self.halves = typing
        """Whether the last word stands for all that begin so."""

    def error(self, piece: Piece | None, message: str) -> QueryError:
        """An error that says where; while one is typing, an unfinished part is none."""
        if self.typing and (piece is None or piece.start + len(piece.text) >= len(self.text)):
            raise UnfinishedError
        where = f" (at character {piece.start + 1})" if piece else " (at the end)"
        return QueryError(message + where)

    @contextmanager
    def deeper(self, piece: Piece) -> Iterator[None]:
        """Around what stands inside something; a query is not as deep as Python's stack."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise QueryError(f"this query is nested too deeply (at character {piece.start + 1})")
        try:
            yield
        finally:
            self.depth -= 1

    def closed(self, piece: Piece) -> None:
        """Refuse a quotation mark without its other one, but while one is typing."""
        if not self.typing:
            raise self.error(piece, "this quotation mark is never closed")

    def peek(self) -> Piece | None:
        """The next piece, left where it is; None at the end."""
        return self.pieces[self.at] if self.at < len(self.pieces) else None

    def take(self) -> Piece:
        """The next piece."""
        piece = self.pieces[self.at]
        self.at += 1
        return piece

    def keyword(self, *names: str) -> bool:
        """Whether the next piece is one of these words; it is taken then."""
        piece = self.peek()
        if piece and piece.kind == "word" and piece.text in names:
            self.at += 1
            return True
        return False

    # Words

    def marked(self, piece: Piece) -> Node | None:
        """What stands behind a `=` or `~`."""
        how = How.TYPO if piece.kind == "tilde" else How.EXACT
        following = self.take()
        if following.kind in ("phrase", "halfphrase"):
            return self.phrase(following, how)
        return self.word(following, how)

    def _usual(self) -> How:
        names = (*NAME_FIELDS, *values.STATE_FIELDS)
        return How.EXACT if self.field in names else How.STEM

    def phrase(self, piece: Piece, how: How | None) -> Node | None:
        """What stands between quotation marks; each of its words may end in a `*`."""
        text = piece.text.strip(MARKS)
        if piece.kind == "halfphrase":
            self.closed(piece)
            unfinished = (
                self.halves and piece.text[-1:] not in MARKS + "'" and text == text.rstrip()
            )
            return self._several(words(text), how, How.UNFINISHED if unfinished else None)
        found: list[str] = []
        beginnings: set[int] = set()
        for part in text.split():
            more = words(part)
            found += more
            if more and part.endswith("*"):
                beginnings.add(len(found) - 1)
        last = How.PREFIX if len(found) - 1 in beginnings else None
        return self._several(found, how, last, beginnings)

    def word(self, piece: Piece, how: How | None) -> Node | None:
        """What a run of characters means: a word, the phrase `no-fly`, or None for signs alone."""
        text = piece.text
        if "*" in text.rstrip("*"):
            raise self.error(piece, "a * can stand at the end of a word only")
        last: How | None = None
        if self.typing and _HALF_OPERATOR.fullmatch(text):
            return None
        if typos := _TYPOS.search(text):
            how, text = How.TYPO, text[: typos.start()]
        elif text.endswith("*"):
            last = How.PREFIX
            if not words(text):
                return None
        elif self.halves and how is not How.TYPO and piece.start + len(text) == len(self.text):
            ends_in_word = re.search(r"[^\W_]['’]?\Z", text)
            last = (How.PREFIX if how else How.UNFINISHED) if ends_in_word else None
        return self._several(words(text), how, last)

    def _several(
        self,
        found: list[str],
        how: How | None,
        last: How | None,
        beginnings: Collection[int] = (),
    ) -> Node | None:
        if not found:
            return None
        usual = how or self._usual()
        if last is How.UNFINISHED and usual is How.EXACT:
            last = How.PREFIX
        ways = [How.PREFIX if at in beginnings else usual for at in range(len(found))]
        ways[-1] = last or usual
        if self.field in values.STATE_FIELDS:
            before, behind = "~" * (how is How.TYPO), "*" * (last is How.PREFIX)
            return State(self.field, before + " ".join(found) + behind)
        made = tuple(Word(w, way, self.field) for w, way in zip(found, ways, strict=True))
        return made[0] if len(made) == 1 else Phrase(made, self.field)
