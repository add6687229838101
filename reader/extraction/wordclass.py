"""What a word looks like to the model: a fine and a coarse class, never the word of an open class.

Fine: the word itself if it is of a closed class, verb and form if it reports, else its shape,
ending and list memberships. Coarse: about forty classes.
"""

from __future__ import annotations

from functools import lru_cache

from reader.extraction.common_words import sort_of
from reader.extraction.lexicon_verbs import VERBS
from reader.extraction.lexicon_words import (
    ADVERBS,
    AUXILIARIES,
    BODIES,
    CLOSED_WORDS,
    CONJUNCTIONS,
    CONTRACTED,
    DETERMINERS,
    LIGHT_VERBS,
    MESSAGES,
    NUMBERS,
    PEOPLE,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBJECT_PRONOUNS,
    TIMES,
    TITLES,
)
from reader.extraction.names import is_first_name

_ENDINGS = [
    "tion",
    "ment",
    "ness",
    "ship",
    "ence",
    "ance",
    "ists",
    "able",
    "ible",
    "less",
    "ical",
    "ting",
    "ning",
    "ring",
    "king",
    "ling",
    "ding",
    "sing",
    "ies",
    "ied",
    "ity",
    "ism",
    "ist",
    "ing",
    "ers",
    "ors",
    "ous",
    "ful",
    "ive",
    "ial",
    "ual",
    "ish",
    "ian",
    "ans",
    "ese",
    "est",
    "ed",
    "er",
    "or",
    "ly",
    "al",
    "ic",
    "es",
    "en",
    "ss",
    "s",
    "y",
    "e",
]
_CUED = frozenset(("a", "an", "the"))


@lru_cache(maxsize=16_000)
def word_class(word: str) -> tuple[str, str]:
    """(fine, coarse) class of a token as written."""
    first = word[0]
    if not (first.isalnum() or first == "@" or first in "'’"):
        return (word if len(word) < 4 else word[:2]), _punctuation(word)
    lower = word.lower().replace("’", "'")
    upper = first.isupper()
    if lower in ("'s",):
        return "'s", "'s"
    if lower in CLOSED_WORDS:
        return _closed(lower, upper)
    if lower in CONTRACTED:
        return ("^" if upper else "") + lower, "PRA"
    verb = VERBS.get(lower)
    if verb is not None and not (upper and len(word) > 1 and word[1].isupper()):
        lemma, form, sort = verb
        if lower in MESSAGES or lower in PEOPLE:
            return f"{lemma}.{form}.n", f"V{sort}{form}n"
        return f"{lemma}.{form}", f"V{sort}{form}"
    light = LIGHT_VERBS.get(lower)
    if light is not None:
        return f"{light[0]}.{light[1]}", f"VL{light[1]}"
    if lower in TIMES:
        return "TIME" + ("D" if lower.endswith("day") else ""), "TIME"
    if lower in MESSAGES:
        return ("^" if upper else "") + lower, "MSG"
    if lower in TITLES:
        return ("^T" if upper else "t") + (
            "." if word[-1] == "." else ""
        ), "TITLE" if upper else "ROLE"
    if lower in PEOPLE:
        return ("^P" if upper else "p") + (
            "s" if lower[-1] == "s" else ""
        ), "NAME" if upper else "ROLE"
    if lower in BODIES:
        return ("^B" if upper else "b") + (
            "s" if lower[-1] == "s" else ""
        ), "ORG" if upper else "BODY"
    if first.isdigit():
        return ("YEAR" if len(word) == 4 and word.isdigit() else "NUM"), "NUM"
    if lower in NUMBERS:
        return "NUMw", "NUM"
    if first == "@":
        return "@", "NAME"
    if upper:
        if len(word) > 1 and word.isupper():
            return ("ABBR" if len(word) < 7 else "CAPS"), "ORG" if len(word) > 2 else "NAME"
        if is_first_name(word):
            return "FIRST", "NAME"
        return ("Ab." if word[-1] == "." else "Name"), "NAME"
    known = sort_of(lower)
    if known is not None:
        return known
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return "-" + ending, _open(ending)
    return "-", "w"


def _punctuation(word: str) -> str:
    if word in ("—", "–", "--", "-", "---"):
        return "DASH"
    if word in ("?", "!"):
        return "?"
    return word if word in (",", ".", ":", ";", "(", ")", "$", "'", "’", "&", "/") else "PCT"


def _closed(lower: str, upper: bool) -> tuple[str, str]:
    if lower == "i":
        return "i", "PRS"
    fine = ("^" if upper else "") + lower
    if lower in RELATIVES:
        return fine, "THAT" if lower == "that" else ("WHO" if lower in ("who", "which") else "WH")
    if lower in SUBJECT_PRONOUNS:
        return fine, "PRS"
    if lower in POSSESSIVES:
        return fine, "POS"
    if lower in PRONOUNS:
        return fine, "PRO"
    if lower in DETERMINERS:
        return fine, "DET"
    if lower in AUXILIARIES:
        return fine, "AUX"
    if lower in PREPOSITIONS:
        return fine, lower.upper() if lower in ("to", "of", "in", "for", "by", "as") else "PREP"
    if lower in CONJUNCTIONS:
        return fine, "CC" if lower in ("and", "or", "but") else "CS"
    if lower in ADVERBS:
        return fine, "ADV"
    return fine, lower.upper() if lower in ("according", "told") else "CW"


def _open(ending: str) -> str:
    if ending in ("ed", "ied"):
        return "wed"
    if ending.endswith("ing"):
        return "wing"
    if ending == "ly":
        return "wly"
    return "ws" if ending in ("s", "es", "ers", "ors", "ists", "ies", "ans") else "w"
