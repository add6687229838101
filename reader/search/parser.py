"""What people type -> the tree of `query`. Errors are `QueryError`s that say where and what.

AND (or nothing) binds more tightly than OR, near/5 more than AND, NOT and - most."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from reader.errors import QueryError
from reader.search import values
from reader.search.analysis import words
from reader.search.joining import both, joined, same_quotation
from reader.search.lexer import Piece, pieces
from reader.search.query import (
    ANYWHERE,
    NAME_FIELDS,
    TEXT_FIELDS,
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
    Query,
    SameQuotation,
    State,
    Within,
    Word,
    finished,
    words_of,
)

SavedSearches = Callable[[str], str | None]
"""The text of the saved search of that name, or None."""

_FIELDS = {name: name for name in (*TEXT_FIELDS, *NAME_FIELDS, *values.STATE_FIELDS)} | {
    "text": "body",
    "author": "byline",
    "source": "outlet",
    "feed": "outlet",
    "site": "url",
}
FIELD_NAMES = (*_FIELDS, "by", *values.VALUE_FIELDS, "search")
_DEEPEST = 40
_LONGEST_CHAIN = 20
_HALF_OPERATOR = re.compile(r"(?:near|pre|w|atleast)?/", re.IGNORECASE)


class _UnfinishedError(Exception):
    """The piece being typed makes no sense yet; it is left out."""


def parse(
    text: str,
    *,
    as_you_type: bool = False,
    saved: SavedSearches | None = None,
    today: dt.date | None = None,
) -> Query:
    """Understand a query.

    With `as_you_type` the last word (if no blank follows it) is unfinished and stands for all words
    that begin so, and half-typed syntax is forgiven. `saved` gives the text of saved searches for
    `search:name`; `today` is what `yesterday` and `-30d` are counted from. Raises `QueryError`.
    """
    day = today or dt.datetime.now(dt.UTC).date()
    node = _Parser(text, as_you_type, saved, day, ()).whole()
    return Query(text, node)


class _Parser:
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

    # Errors and pieces

    def error(self, piece: Piece | None, message: str) -> QueryError:
        """An error that says where; while one is typing, an unfinished part is none."""
        if self.typing and (piece is None or piece.start + len(piece.text) >= len(self.text)):
            raise _UnfinishedError
        where = f" (at character {piece.start + 1})" if piece else " (at the end)"
        return QueryError(message + where)

    def peek(self) -> Piece | None:
        return self.pieces[self.at] if self.at < len(self.pieces) else None

    def take(self) -> Piece:
        piece = self.pieces[self.at]
        self.at += 1
        return piece

    def keyword(self, *names: str) -> bool:
        piece = self.peek()
        if piece and piece.kind == "word" and piece.text in names:
            self.at += 1
            return True
        return False

    # Grammar

    def whole(self) -> Node:
        node = self.any_of()
        while (piece := self.peek()) is not None:
            if piece.kind == "close" and self.typing:
                self.at += 1
                node = both(node, self.any_of())
                continue
            raise self.error(piece, 'there is a ")" too many')
        return node or Everything()

    def any_of(self) -> Node | None:
        parts = [self.all_of()]
        while (piece := self.peek()) and self.keyword("OR", "|", "||"):
            part = self.all_of()
            if not self.typing and (part is None or parts[-1] is None):
                raise self.error(piece, "OR needs something to search for on both sides")
            parts.append(part)
        found = [part for part in parts if part is not None]
        return joined(Or, found)

    def all_of(self) -> Node | None:
        parts: list[Node] = []
        while (piece := self.peek()) is not None:
            if piece.kind == "close" or (piece.kind == "word" and piece.text in ("OR", "|", "||")):
                break
            if self.keyword("AND", "&&", "&"):
                if not self.typing and not (parts and self._more()):
                    raise self.error(piece, "AND needs something to search for on both sides")
                continue
            part = self.near()
            if part is not None:
                parts.append(part)
        return joined(And, same_quotation(parts))

    def _more(self) -> bool:
        piece = self.peek()
        return piece is not None and piece.kind != "close"

    def near(self) -> Node | None:
        left = self.unary()
        chained = 0
        while (piece := self.peek()) is not None and piece.kind in ("near", "within"):
            self.take()
            chained += 1
            if chained > _LONGEST_CHAIN:
                raise QueryError("too many distances one after the other")
            try:
                if not self._more():
                    raise self.error(None, f"{piece.text} needs a word on both sides")
                right = self.unary()
                if left is None or right is None:
                    raise self.error(piece, f"{piece.text} needs a word on both sides")
                left = self._pair(piece, left, right)
            except _UnfinishedError:
                continue
        return left

    def _pair(self, piece: Piece, left: Node, right: Node) -> Node:
        first, second = self._positional(piece, left), self._positional(piece, right)
        if len({word.field for part in (first, second) for word in words_of(part)}) > 1:
            raise self.error(piece, f"{piece.text} needs both sides in the same field")
        if piece.kind == "within":
            if next(words_of(first)).field in NAME_FIELDS:
                raise self.error(piece, f"{piece.text} is for text: title:, body:, said:")
            return Within(first, second, "sentence" if piece.text[1] in "sS" else "paragraph")
        name, _, number = piece.text.partition("/")
        distance = int(number[:6])
        if not 1 <= distance <= 100:
            raise self.error(piece, f"{name}/ takes a number from 1 to 100")
        return Near(first, second, distance, ordered=name.lower() == "pre")

    def _positional(self, piece: Piece, node: Node) -> Positional:
        match node:
            case Word() | Phrase() | Near() | Within() | AnyOf():
                return node
            case Or(parts):
                return AnyOf(tuple(self._positional(piece, part) for part in parts))
            case _:
                raise self.error(piece, f'{piece.text} joins words, "phrases" and (a OR b) only')

    def unary(self) -> Node | None:
        piece = self.peek()
        if piece is None:
            return None
        if self.keyword("NOT") or piece.kind == "minus":
            if piece.kind == "minus":
                self.take()
            self.depth += 1
            if self.depth > _DEEPEST:
                raise QueryError("this query is nested too deeply")
            try:
                part = self.unary() if self._more() else None
                if part is None and not self.typing:
                    raise self.error(piece, f"{piece.text} needs something to leave out")
            finally:
                self.depth -= 1
            # Half a word would take away far too much: "-t" on the way to "-truce".
            return Not(finished(part)) if part is not None else None
        try:
            return self.primary(self.take())
        except _UnfinishedError:
            return None

    def primary(self, piece: Piece) -> Node | None:
        match piece.kind:
            case "open":
                return self._group(piece)
            case "field":
                return self._in_field(piece)
            case "atleast":
                return self._at_least(piece)
            case "ago":
                return values.date_node("date", piece.text, self.today)
            case "phrase" | "halfphrase":
                return self._phrase(piece, None)
            case "exact" | "tilde":
                return self._marked(piece)
            case "word":
                return self._word(piece, None)
            case "regex" | "halfregex":
                raise self.error(piece, "a regular expression needs title: before it")
            case "near" | "within":
                raise self.error(piece, f"{piece.text} needs a word on both sides")
            case _:
                if self.typing or not words(piece.text):
                    if piece.text in '"“”„«»':
                        raise self.error(piece, "this quotation mark is never closed")
                    return None
                raise self.error(piece, f"{piece.text!r} is not understood here")

    def _group(self, piece: Piece) -> Node | None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise QueryError("this query is nested too deeply")
        node = self.any_of()
        self.depth -= 1
        closing = self.peek()
        if closing is not None and closing.kind == "close":
            self.take()
        elif not self.typing:
            raise self.error(piece, 'this "(" is never closed')
        return node

    def _in_field(self, piece: Piece) -> Node | None:
        name = piece.text[:-1].lower()
        following = self.peek()
        if name not in FIELD_NAMES:
            if following is None or following.spaced:
                return self._word(piece, None)
            known = ", ".join(sorted(FIELD_NAMES))
            raise self.error(piece, f'there is no field "{name}:"; there are {known}')
        if following is None or following.spaced or following.kind == "close":
            raise self.error(
                None if following is None else piece, f"{name}: needs a value right after it"
            )
        if name in values.VALUE_FIELDS:
            value = self.take()
            raw = value.text.strip('"“”„«»')
            if value.kind == "exact":
                raw = self.take().text
            self._forgiving(value, lambda: values.value_node(name, raw, self.today))
            return values.value_node(name, raw, self.today)
        if name == "search":
            return self._saved(self.take())
        if following.kind in ("regex", "halfregex"):
            return self._pattern(self.take())
        outer, self.field = self.field, "speaker" if name == "by" else _FIELDS[name]
        try:
            node = self.primary(self.take())
        finally:
            self.field = outer
        return SameQuotation(node) if name == "by" and node is not None else node

    def _forgiving(self, piece: Piece, check: Callable[[], Node]) -> None:
        try:
            check()
        except QueryError as error:
            raise self.error(piece, str(error)) from None

    def _pattern(self, piece: Piece) -> Node:
        if piece.kind == "halfregex":
            raise self.error(piece, 'this regular expression is never closed with a "/"')
        self._forgiving(piece, lambda: values.pattern_node(piece.text[1:-1]))
        return values.pattern_node(piece.text[1:-1])

    def _saved(self, piece: Piece) -> Node:
        name = piece.text.strip('"“”„«»')
        text = self.saved(name) if self.saved else None
        if text is None:
            raise self.error(piece, f'there is no saved search "{name}"')
        if name in self.inside or len(self.inside) > 8:
            raise self.error(piece, f'the saved search "{name}" uses itself')
        inner = _Parser(text, False, self.saved, self.today, (*self.inside, name))
        try:
            return inner.whole()
        except QueryError as error:
            raise QueryError(f'in the saved search "{name}": {error}') from None

    # Words

    def _at_least(self, piece: Piece) -> Node:
        count = int(piece.text.partition("/")[2][:6])
        if not 1 <= count <= 1000:
            raise self.error(piece, "atleast/ takes a number from 1 to 1000")
        node = self.primary(self.take()) if self._more() else None
        if not isinstance(node, Word):
            raise self.error(piece, f"{piece.text} needs one word after it")
        return AtLeast(count, node)

    def _marked(self, piece: Piece) -> Node | None:
        following = self.take()
        if piece.kind == "tilde":
            return self._word(following, How.TYPO)
        if following.kind in ("phrase", "halfphrase"):
            return self._phrase(following, How.EXACT)
        return self._word(following, How.EXACT)

    def _usual(self) -> How:
        names = (*NAME_FIELDS, *values.STATE_FIELDS)
        return How.EXACT if self.field in names else How.STEM

    def _phrase(self, piece: Piece, how: How | None) -> Node | None:
        half = piece.kind == "halfphrase"
        if half and not self.typing:
            raise self.error(piece, "this quotation mark is never closed")
        if half:
            unfinished = not piece.text[-1:].isspace() and piece.text[-1:] not in "\"“”„«»'"
            return self._several(words(piece.text), how, How.UNFINISHED if unfinished else None)
        prefix = How.PREFIX if piece.text.endswith("*") or piece.text[-2:-1] == "*" else None
        return self._several(words(piece.text), how, prefix)

    def _word(self, piece: Piece, how: How | None) -> Node | None:
        text = piece.text
        if "*" in text.rstrip("*"):
            raise self.error(piece, "a * can stand at the end of a word only")
        last: How | None = None
        if self.typing and _HALF_OPERATOR.fullmatch(text):
            return None
        if text.endswith("~"):
            how = How.TYPO
        elif text.endswith("*"):
            last = How.PREFIX
            if not words(text):
                return None
        elif self.typing and how is not How.TYPO and piece.start + len(text) == len(self.text):
            ends_in_word = re.search(r"[^\W_]['’]?\Z", text)
            last = (How.PREFIX if how else How.UNFINISHED) if ends_in_word else None
        return self._several(words(text), how, last)

    def _several(self, found: list[str], how: How | None, last: How | None) -> Node | None:
        if not found:
            return None
        usual = how or self._usual()
        if last is How.UNFINISHED and usual is How.EXACT:
            last = How.PREFIX
        ways = [usual] * (len(found) - 1) + [last or usual]
        if self.field in values.STATE_FIELDS:
            before, behind = "~" * (how is How.TYPO), "*" * (last is How.PREFIX)
            return State(self.field, before + " ".join(found) + behind)
        made = tuple(Word(w, way, self.field) for w, way in zip(found, ways, strict=True))
        return made[0] if len(made) == 1 else Phrase(made, self.field)
