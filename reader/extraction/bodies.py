"""Organisations under several names: acronyms, short forms, turned-round forms, seats for bodies.

"WHO" is the World Health Organization if the text has both, "Department of Defense" the Defense
Department, and "the Pentagon" either. What the text does not spell out stays apart.
"""

from __future__ import annotations

from collections.abc import Iterable

from reader.extraction.words import words_of

_SMALL = words_of("of the for and on to in & de la du des")
_SPELLED = {
    "u.s": ("united", "states"),
    "us": ("united", "states"),
    "u.n": ("united", "nations"),
    "un": ("united", "nations"),
    "u.k": ("united", "kingdom"),
    "uk": ("united", "kingdom"),
    "e.u": ("european", "union"),
    "eu": ("european", "union"),
}
_COUNTRY = frozenset(
    (("united", "states"), ("united", "kingdom"), ("united", "nations"), ("european", "union"))
)
SEATS: dict[str, frozenset[str]] = {
    "pentagon": frozenset(("defense department", "defence department")),
    "foggy bottom": frozenset(("state department",)),
    "scotland yard": frozenset(
        ("metropolitan police", "met police", "metropolitan police service")
    ),
    "the fed": frozenset(("federal reserve", "federal reserve board")),
    "fed": frozenset(("federal reserve", "federal reserve board")),
    "bundeswehr": frozenset(("german army", "german armed forces")),
    "interpol": frozenset(("international criminal police organization",)),
    "holy see": frozenset(("vatican",)),
    "élysée": frozenset(("french presidency",)),
    "elysee": frozenset(("french presidency",)),
    "kremlin": frozenset(("russian presidency", "russian government")),
    "downing street": frozenset(("prime minister's office",)),
}
"""Bodies known by the place they sit in or by a nickname, with their sober names."""

COMPANY_WORDS = words_of("""
energy inc corp group holdings airlines airways motors foods bank capital partners systems
technologies pharmaceuticals industries co company corporation ltd llc plc records studios
entertainment petroleum oil gas mining steel electric stores foundation institute
""")
"""Last words that are left off when a company is named again ("Nordal Energy", "Nordal")."""


def standard(keys: Iterable[str]) -> tuple[str, ...]:
    """A body's name in a form that two ways of writing it share: country names spelled out and
    left off in front, "Department of Defense" turned round."""
    words: list[str] = []
    for key in keys:
        words.extend(_SPELLED.get(key, (key,)))
    if words and words[0] == "the":
        words = words[1:]
    if len(words) > 3 and (words[0], words[1]) in _COUNTRY:
        words = words[2:]
    if (
        len(words) >= 3
        and words[1] == "of"
        and words[0] in ("department", "ministry", "bank", "university")
    ):
        rest = [w for w in words[2:] if w != "the"]
        words = [*rest, words[0]]
    return tuple(words)


def initials(words: Iterable[str]) -> str:
    """The first letters of the words that have a capital ("International Monetary Fund": imf)."""
    return "".join(w[0] for w in words if w[0].isupper() and w.lower() not in _SMALL).lower()


def is_acronym(word: str) -> bool:
    """Whether a word is two to eight capitals, with or without full stops."""
    letters = word.replace(".", "")
    return 2 <= len(letters) <= 8 and letters.isupper() and letters.isalpha()
