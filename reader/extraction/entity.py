"""Somebody a text names, and whether two names can be one person's.

Comparison leaves accents and capitals aside, but never letters of another script: a name with a
Cyrillic "a" in it stays a name of its own.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from reader.extraction.names import Gender, is_first_name
from reader.extraction.naming import NameKind, Naming
from reader.extraction.words import (
    DEMONYMS,
    FAMILY_FIRST,
    NICKNAMES,
    PARTICLES,
    ROLE_NOUNS,
    SUFFIXES,
)

_SYLLABLE = re.compile(r"[b-df-hj-np-tw-z]{0,2}[aeiouy]{1,3}(?:ng|[hklmnpt])?")


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody or something named in the text."""

    number: int
    words: list[str]
    """The fullest form so far, as written."""
    keys: list[str]
    kind: NameKind
    name: str
    """The fullest form, as written."""
    namings: list[Naming] = field(default_factory=list)
    men: float = 0.0
    """What speaks for a man."""
    women: float = 0.0
    heard_men: int = 0
    """Pronouns near it that mean a man."""
    heard_women: int = 0

    titles: set[str] = field(default_factory=set)
    """Titles it was given, but for Mr and the like."""

    @property
    def gender(self) -> Gender | None:
        """What the text and the first name say; None if nothing, or if they disagree."""
        if self.men > 1.5 * self.women:
            return "m"
        if self.women > 1.5 * self.men:
            return "f"
        return None

    @property
    def vague(self) -> bool:
        """Whether this may be no name at all: one word that a sentence begins with, or a people."""
        if self.kind is not NameKind.UNKNOWN or len(self.words) > 1:
            return False
        if len(self.namings) == 1 and self.namings[0].starts_sentence:
            return True
        word = self.keys[0]
        return word[-1:] == "s" and (word[:-1] in DEMONYMS or word[:-1] in ROLE_NOUNS)

    @property
    def person(self) -> bool:
        """Whether this is, as far as known, a human being."""
        return self.kind is NameKind.PERSON


@lru_cache(maxsize=8192)
def key(word: str) -> str:
    """A word of a name as it is compared."""
    word = word.lower().rstrip(".")
    if not word.isascii():
        word = unicodedata.normalize("NFD", word.replace("’", "'"))
        word = "".join(c for c in word if not unicodedata.combining(c))
    return word


def split_name(words: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Keys of the given names, the surname (with its particles) and the suffixes."""
    keys: list[str] = []
    particles: set[int] = set()
    for word in words:
        k = key(word).strip("\"“”'’‘,")
        if k:
            if (
                k in PARTICLES
                and not word.endswith(".")
                and not (len(word) == 1 and word.isupper())
            ):
                particles.add(len(keys))
            keys.append(k)
    end = len(keys)
    while end > 1 and keys[end - 1] in SUFFIXES:
        end -= 1
    if 2 <= end <= 3 and keys[0] in FAMILY_FIRST and _family_first(keys[:end]):
        return keys[1:end], keys[:1], keys[end:]
    start = end - 1
    while start > 0 and start - 1 in particles:
        start -= 1
    return keys[:start], keys[start:end], keys[end:]


def _family_first(keys: list[str]) -> bool:
    """Whether a name that begins with a Chinese, Korean or Vietnamese family name has it as such
    ("Kim Jong Un", "Park Seo-yeon", but not "Kim Novak")."""
    if "-" in keys[1]:
        return True
    if keys[0] in ("kim", "lee", "jo", "joo", "law", "min", "mo", "dai", "long"):
        return all(_SYLLABLE.fullmatch(k) for k in keys[1:])
    return not is_first_name(keys[-1]) or len(keys) == 3


def given_fit(one: list[str], other: list[str]) -> bool:
    """Whether two lists of given names can be one person's."""
    if not one or not other:
        return True
    a, b = one[0], other[0]
    if a == b or a in other or b in one:
        return True
    if len(a.replace(".", "")) <= 2 or len(b.replace(".", "")) <= 2:
        return a[0] == b[0] and (len(a) == 1 or len(b) == 1 or "." in a or "." in b)
    if len(a) >= 3 and len(b) >= 3 and (a.startswith(b) or b.startswith(a)):
        return True
    return b in NICKNAMES.get(a, ()) or a in NICKNAMES.get(b, ())
