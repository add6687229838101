"""A query as a tree of small frozen nodes. `memory.py` says in twenty lines what each means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

ANYWHERE = "any"
"""Where words without a field are looked for: title and text; of a quotation words, names, role."""

TEXT_FIELDS = ("title", "body", "said", "about")
"""Fields of running text, where a word stands for all its forms."""

NAME_FIELDS = ("byline", "outlet", "section", "speaker", "role", "url", "kind")
"""Fields of names, where a word stands for itself only."""


class How(StrEnum):
    """Which words of a text a word of a query stands for."""

    STEM = "stem"
    """Those with the same stem: `run` for run, runs and running."""

    EXACT = "exact"
    """Only itself (capitals and accents apart)."""

    PREFIX = "prefix"
    """Those that begin so."""

    TYPO = "typo"
    """Those at most one edit away."""

    UNFINISHED = "unfinished"
    """Those that begin so, and those with the same stem: the last word while one is typing."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word, as `analysis.words` gives it."""

    word: str
    how: How = How.STEM
    field: str = ANYWHERE


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other, in one field."""

    words: tuple[Word, ...]
    field: str = ANYWHERE


@dataclass(frozen=True, slots=True)
class Near:
    """Two parts whose nearest ends are at most `distance` words apart, in one field."""

    left: Positional
    right: Positional
    distance: int
    ordered: bool = False
    """Whether `left` has to come first."""


@dataclass(frozen=True, slots=True)
class Within:
    """Two parts in the same sentence or paragraph of the text."""

    left: Positional
    right: Positional
    unit: str
    """sentence or paragraph."""


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of several parts, where words are counted: `(a OR "b c") near/5 d`."""

    parts: tuple[Positional, ...]


Positional = Word | Phrase | Near | Within | AnyOf


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A word that stands there so many times (in one field)."""

    count: int
    word: Word


@dataclass(frozen=True, slots=True)
class And:
    """All parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One part or several."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """All but the part."""

    part: Node


@dataclass(frozen=True, slots=True)
class SameQuotation:
    """Articles with at least one quotation for which the part holds (over quotations: the part)."""

    part: Node


@dataclass(frozen=True, slots=True)
class DateRange:
    """Published from `first` (seconds since 1970, UTC) up to and without `last`; None: no end."""

    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class NumberRange:
    """How many `words` or `quotes` the article has: `low` to `high`, both in."""

    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class State:
    """What only the store knows: `is:unread` is State("unread"), `tag:"air power"` State("tag",
    "air power"): the value is words as `analysis.words` gives them, parted by blanks, with a `*`
    behind them where they are only the beginning, and a `~` before them where a typing mistake may
    be in them."""

    name: str
    value: str = ""


QUOTATION_STATES = ("collection", "collected")
"""States that single quotations are in: of articles, those with such a quotation are meant."""


@dataclass(frozen=True, slots=True)
class TitlePattern:
    """A regular expression somewhere in the title, capitals and small letters alike."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Everything:
    """All there is: the empty query."""


Node = (
    Word
    | Phrase
    | Near
    | Within
    | AnyOf
    | AtLeast
    | And
    | Or
    | Not
    | SameQuotation
    | DateRange
    | NumberRange
    | State
    | TitlePattern
    | Everything
)


@dataclass(frozen=True, slots=True)
class Query:
    """A query as typed and as understood."""

    text: str
    node: Node = field(default_factory=Everything)

    @property
    def is_everything(self) -> bool:
        """Whether nothing was asked for."""
        return isinstance(self.node, Everything)


def words_of(node: Node) -> Iterator[Word]:
    """All words of a query, those it takes away included."""
    match node:
        case Word():
            yield node
        case Phrase(words):
            yield from words
        case AtLeast(_, word):
            yield word
        case Near() | Within():
            yield from words_of(node.left)
            yield from words_of(node.right)
        case And(parts) | Or(parts):
            for part in parts:
                yield from words_of(part)
        case AnyOf(places):
            for place in places:
                yield from words_of(place)
        case Not(part) | SameQuotation(part):
            yield from words_of(part)
        case _:
            return


def asks_for(node: Node, state: str) -> bool:
    """Whether a query asks for a state anywhere."""
    match node:
        case State(name):
            return name == state
        case And(parts) | Or(parts):
            return any(asks_for(part, state) for part in parts)
        case Not(part) | SameQuotation(part):
            return asks_for(part, state)
        case _:
            return False


def positive(node: Node) -> Iterator[Positional | AtLeast | TitlePattern]:
    """The parts of a query that can stand in a text that matches: none that `NOT` takes away."""
    match node:
        case Word() | Phrase() | Near() | Within() | AtLeast() | TitlePattern():
            yield node
        case And(parts) | Or(parts):
            for part in parts:
                yield from positive(part)
        case AnyOf(places):
            for place in places:
                yield from positive(place)
        case SameQuotation(part):
            yield from positive(part)
        case _:
            return


def has_near(node: Node) -> bool:
    """Whether a part of the query counts words (a phrase, a distance): those cost most."""
    match node:
        case Phrase() | Near() | Within() | AtLeast():
            return True
        case And(parts) | Or(parts):
            return any(has_near(part) for part in parts)
        case AnyOf(places):
            return any(has_near(place) for place in places)
        case Not(part) | SameQuotation(part):
            return has_near(part)
        case _:
            return False
