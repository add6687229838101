"""Whether reporting words tell of an act of saying (and not of a thought, wish or deed)."""

from __future__ import annotations

from itertools import pairwise

from reader.extraction.chain import Chain
from reader.extraction.lexicon_verbs import is_reporting
from reader.extraction.lexicon_words import MESSAGES
from reader.extraction.linking import Part
from reader.extraction.words import COUNTRIES

_PHRASES = (
    ("according", "to"), ("went", "on"), ("go", "on"), ("goes", "on"),
    ("put", "it"), ("puts", "it"), ("putting", "it"),
    ("made", "clear"), ("make", "clear"), ("makes", "clear"), ("making", "clear"), ("made", "it"),
)  # fmt: skip
_OTHER = frozenset(("quoth", "talk", "talks", "talked", "talking", "according"))


_ASSERTING = frozenset(
    [
        "say",
        "tell",
        "add",
        "claim",
        "warn",
        "deny",
        "insist",
        "announce",
        "confirm",
        "report",
        "note",
        "argue",
        "acknowledge",
        "maintain",
        "declare",
        "state",
        "inform",
        "describe",
        "accuse",
        "criticise",
        "criticize",
        "condemn",
        "explain",
        "predict",
        "estimate",
        "stress",
        "suggest",
        "according",
    ]
)
_CAPITALS = frozenset(
    [
        "moscow",
        "beijing",
        "tehran",
        "ankara",
        "damascus",
        "london",
        "paris",
        "berlin",
        "brussels",
        "washington",
        "kyiv",
        "kiev",
        "jerusalem",
        "riyadh",
        "cairo",
        "delhi",
        "islamabad",
        "kabul",
        "baghdad",
        "pyongyang",
        "seoul",
        "tokyo",
        "madrid",
        "rome",
        "athens",
        "warsaw",
        "budapest",
        "canberra",
        "ottawa",
        "havana",
        "caracas",
        "doha",
    ]
)


def is_deed(chain: Chain, cue: Part, mention: Part) -> bool:
    """Whether a country or its capital does something ("Turkey called for", "Moscow rejected").

    States act by speaking; without words in marks that is news of a deed, not a quotation.
    """
    words = chain.tokens.words
    names = [words[chain.first[i]].lower() for i in range(mention.first, mention.last)]
    if names and names[0] == "the":
        del names[0]
    if len(names) != 1 or names[0] not in COUNTRIES | _CAPITALS:
        return False
    lemmas = {chain.fine[i].split(".")[0].strip("^") for i in range(cue.first, cue.last)}
    return not lemmas & _ASSERTING


def is_asked(chain: Chain, cue: Part) -> bool:
    """`Asked whether he would go, X said ...`: a question that nobody is said to have put."""
    at = cue.first
    if chain.fine[at] not in ("ask.d", "press.d", "question.d"):
        return False
    before = chain.coarse[at - 1] if at else "¶"
    return before in ("¶", ".", "?", "GAP", "WH", "CS") or before[0] == "R"


def is_formula(chain: Chain, content: Part) -> bool:
    """`... spoke on condition of anonymity`, `asked not to be named`: no words of anybody's."""
    words = chain.tokens.words
    first = chain.first[content.first]
    said = [word.lower() for word in words[first : first + 3]]
    if said[0] in ("not", "to") and words[first : first + 4][-1].lower() in ("named", "identified"):
        return True
    return "condition" in said and (said[0] in ("on", "condition") or words[first - 1] == "on")


def is_speech(chain: Chain, cue: Part) -> bool:
    """A verb or noun of saying, "according to", "went on", or a bare colon or dash."""
    words = chain.tokens.words
    lower = [
        words[k].lower()
        for i in range(cue.first, cue.last)
        for k in range(chain.first[i], chain.last[i])
    ]
    if not any(word[0].isalnum() for word in lower if word):
        return True
    if lower[-1] == "at" and lower[0].startswith("point"):
        return False
    if any(is_reporting(word) or word in MESSAGES or word in _OTHER for word in lower):
        return True
    return any(pair in _PHRASES for pair in pairwise(lower))
