"""What people type -> the tree of `query`. Errors are `QueryError`s that say where and what.

AND (or nothing) binds more tightly than OR, near/5 more than AND, NOT and - most."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from reader.errors import QueryError
from reader.search import values
from reader.search.analysis import words
from reader.search.fieldnames import FIELD_NAMES, FIELDS, check_regex, closest
from reader.search.joining import both, joined, same_quotation
from reader.search.lexer import Piece
from reader.search.piecereader import MARKS, PieceReader, SavedSearches, UnfinishedError
from reader.search.query import (
    NAME_FIELDS,
    And,
    AnyOf,
    AtLeast,
    Everything,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Positional,
    Query,
    SameQuotation,
    Within,
    Word,
    words_of,
)

_LONGEST_CHAIN = 20


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


class _Parser(PieceReader):
    """The grammar."""

    def whole(self) -> Node:
        node = self.any_of()
        while (piece := self.peek()) is not None:
            if piece.kind == "close" and self.typing:
                self.at += 1
                node = both(node, self.any_of())
                continue
            raise self.error(piece, 'there is a ")" too many')
        if node is None and self.pieces and not self.typing:
            # A rule that mutes "🎉" must not mute everything.
            raise self.error(self.pieces[0], "here is no word or number to look for")
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
                raise self.error(piece, "too many distances one after the other")
            try:
                if not self._more():
                    raise self.error(None, f"{piece.text} needs a word on both sides")
                right = self.unary()
                if left is None or right is None:
                    raise self.error(piece, f"{piece.text} needs a word on both sides")
                left = self._pair(piece, left, right)
            except UnfinishedError:
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
            # Half a word would take away far too much: "-t" on the way to "-truce".
            halves, self.halves = self.halves, False
            try:
                with self.deeper(piece):
                    part = self.unary() if self._more() else None
            finally:
                self.halves = halves
            if part is None and not self.typing:
                raise self.error(piece, f"{piece.text} needs something to leave out")
            return Not(part) if part is not None else None
        try:
            return self.primary(self.take())
        except UnfinishedError:
            return None

    def primary(self, piece: Piece) -> Node | None:
        if self.field in values.VALUE_FIELDS and piece.kind not in ("open", "field"):
            return self._value(self.field, piece)
        match piece.kind:
            case "open":
                return self._group(piece)
            case "field":
                return self._in_field(piece)
            case "atleast":
                return self._at_least(piece)
            case "ago":
                return self._value("date", piece)
            case "phrase" | "halfphrase":
                return self.phrase(piece, None)
            case "exact" | "tilde":
                return self.marked(piece)
            case "word":
                return self.word(piece, None)
            case "regex" | "halfregex":
                raise self.error(piece, "a regular expression needs title: before it")
            case "near" | "within":
                raise self.error(piece, f"{piece.text} needs a word on both sides")
            case "halfdistance":
                name = piece.text.partition("/")[0]
                raise self.error(piece, f"{name}/ takes a number, such as {name}/5")
            case _:
                if self.typing or not words(piece.text):
                    if piece.text in MARKS:
                        raise self.error(piece, "this quotation mark is never closed")
                    return None
                raise self.error(piece, f"{piece.text!r} is not understood here")

    def _group(self, piece: Piece) -> Node | None:
        with self.deeper(piece):
            node = self.any_of()
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
                return self.word(piece, None)
            if self.typing and following.text == "/":
                raise UnfinishedError  # on the way to http://
            raise self.error(piece, f'there is no field "{name}:"; {closest(name, following.text)}')
        if following is None or following.spaced or following.kind == "close":
            raise self.error(
                None if following is None else piece, f"{name}: needs a value right after it"
            )
        if following.kind == "minus" and name not in values.VALUE_FIELDS:
            raise self.error(piece, f"to leave something out, the - comes first: -{name}:")
        if name == "search":
            return self._saved(self.take())
        if following.kind in ("regex", "halfregex"):
            return self._pattern(self.take())
        check_regex(name, following)
        field = "speaker" if name == "by" else FIELDS.get(name, name)
        outer, self.field = self.field, field
        try:
            with self.deeper(piece):
                node = self.primary(self.take())
        finally:
            self.field = outer
        if node is None and not self.typing:
            raise self.error(piece, f"{name}: needs a word or number right after it")
        return SameQuotation(node) if name == "by" and node is not None else node

    def _value(self, name: str, piece: Piece) -> Node:
        """The value of a field that takes no words: all up to the next blank or bracket."""
        raw = piece.text
        if piece.kind in ("phrase", "halfphrase"):
            if piece.kind == "halfphrase":
                self.closed(piece)
            raw = raw.strip(MARKS)
        else:
            while (more := self.peek()) and not more.spaced and more.kind not in ("open", "close"):
                raw += self.take().text
            piece = piece._replace(text=raw)
        return self._forgiving(piece, lambda: values.value_node(name, raw, self.today))

    def _forgiving(self, piece: Piece, made: Callable[[], Node]) -> Node:
        try:
            return made()
        except QueryError as error:
            raise self.error(piece, str(error)) from None

    def _pattern(self, piece: Piece) -> Node:
        if piece.kind == "halfregex":
            raise self.error(piece, 'this regular expression is never closed with a "/"')
        pattern = piece.text[1:].removesuffix("i").removesuffix("/")
        return self._forgiving(piece, lambda: values.pattern_node(pattern))

    def _saved(self, piece: Piece) -> Node:
        name = piece.text.strip(MARKS)
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

    def _at_least(self, piece: Piece) -> Node:
        count = int(piece.text.partition("/")[2][:6])
        if not 1 <= count <= 1000:
            raise self.error(piece, "atleast/ takes a number from 1 to 1000")
        with self.deeper(piece):
            node = self.primary(self.take()) if self._more() else None
        if not isinstance(node, Word):
            raise self.error(piece, f"{piece.text} needs one word after it")
        return AtLeast(count, node)
