"""What is known, at one point of a text, of those who may be meant."""

from __future__ import annotations

from dataclasses import dataclass

from reader.extraction.entity import Entity
from reader.extraction.names import Gender
from reader.extraction.naming import Naming
from reader.extraction.people import Cast
from reader.extraction.pronouns import Salience
from reader.extraction.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Answer:
    """Who speaks, as far as the text says."""

    entity: Entity | None = None
    description: str | None = None
    """For those without a name: the words that describe them."""
    group: str | None = None
    """For two or more named together: their names."""
    confidence: float = 1.0
    why: str = ""


NOBODY = Answer(confidence=0.9, why="the text does not say who speaks")


@dataclass(frozen=True, slots=True)
class Nameless:
    """A single person known by a description only, who has just spoken."""

    description: str
    gender: Gender | None
    sentence: int
    paragraph: int


class Stage:
    """What the walk has seen so far."""

    def __init__(
        self,
        tokens: Tokens,
        sentences: list[tuple[int, int]],
        namings: list[Naming],
        starts: list[int],
        cast: Cast,
        clock: list[int],
    ) -> None:
        self.tokens = tokens
        self.sentences = sentences
        self.namings = namings
        self.starts = starts
        self.cast = cast
        self.salience = Salience(clock)
        self.roles: dict[int, list[tuple[frozenset[str], str | None]]] = {}
        """How the text describes each entity: the words, and the noun they are about."""
        self.called: dict[str, Entity] = {}
        """Whom "the company", "the lawmaker" meant last, by the noun."""
        self.nameless: Nameless | None = None
        """The one without a name who spoke last, if nobody has spoken since."""
        self.last_group: tuple[str, int] | None = None
        """The last two to speak together, and in which sentence."""
