"""One place where a text names somebody, and how words of names are told by their shape."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from reader.core.span import Span
from reader.extraction.tokens import Tokens
from reader.extraction.words import PARTICLES, words_of


class NameKind(StrEnum):
    """What a run of capitalised words seems to name."""

    PERSON = "person"
    BODY = "body"
    THING = "thing"
    """A place, an event, a law, a product: nobody who speaks."""
    UNKNOWN = "unknown"
    ROLE = "role"
    """Titles only ("Secretary of State", "House Speaker")."""


BODIES = frozenset((NameKind.BODY, NameKind.THING))
"""What is no human being."""


@dataclass(slots=True, eq=False)
class Naming:
    """One place where the text names somebody or something."""

    first: int
    """The first token, titles included."""

    name: int
    """The first token of the name itself; equal to `last` if there is none."""

    last: int
    """Just past the last token."""

    kind: NameKind
    sentence: int
    words: list[str] = field(default_factory=list)
    """The name, as written."""

    source: str = ""
    """Its first word, as written."""

    title: str | None = None
    """The word right before the name if it is a title or role ("mrs", "president"), small."""

    begin: int = 0
    """The first token of the description before it, if there is one: set with the roles."""

    roles: tuple[Span, ...] = ()
    """What the text says here that the named one is: set by `roles.note_roles`."""

    modifier: bool = False
    """Whether it only describes another ("Lee" in "Lee spokesman Bob Ray")."""

    starts_sentence: bool = False
    """Whether its sentence begins with it."""

    possessive: bool = False
    """Whether 's follows."""

    text: str = ""
    """The name, as written but for line breaks."""

    headline: bool = False
    """Whether it stands in a line set in Title Case, where capitals say nothing."""

    the: bool = False
    """Whether "the" stands before it."""

    placed: bool = False
    """Whether "in", "near" or the like stands before it, as before a place."""

    bracket: bool = False
    """Whether it stands in brackets."""

    entity: int = -1
    """Whom it names: set by `people.Cast`."""


_COMPOUND_ENDS = words_of("""
born based era only led style backed like wide area elect old turned funded owned run friendly
educated trained language speaking controlled held occupied inspired related linked made sized
affiliated aligned leaning lean brokered sponsored bound free type level plus century
""")
"""What makes a compound of a name an adjective ("Bremen-based", "Lee-era")."""


@lru_cache(maxsize=8192)
def bare(word: str) -> str:
    """A word in small letters, without a final full stop."""
    return word.lower().rstrip(".")


@lru_cache(maxsize=8192)
def is_capitalised(word: str) -> bool:
    """Whether a word is written as a name ("Lee", "al-Aswad", "d'Estaing", "O'Neill")."""
    if word[0].isupper():
        return "-" not in word or word.rpartition("-")[2] not in _COMPOUND_ENDS
    if len(word) > 3 and not word.isalpha() and not word[0].isdigit():
        for k in (1, 2, 3):
            if k < len(word) - 1 and word[k] in "-'’" and word[k + 1].isupper():
                return word[:k].lower() in PARTICLES or word[:k] in ("d", "l", "al", "el")
    return False


def joined(tokens: Tokens, i: int) -> bool:
    """Whether only blanks part token i from the one before."""
    gap = tokens.starts[i] - tokens.ends[i - 1]
    return gap <= 2 and "\n" not in tokens.text[tokens.ends[i - 1] : tokens.starts[i]]
