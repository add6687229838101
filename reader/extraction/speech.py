"""Whether reporting words tell of an act of saying (and not of a thought, wish or deed)."""

from __future__ import annotations

from reader.extraction.chain import Chain
from reader.extraction.lexicon_verbs import is_reporting
from reader.extraction.lexicon_words import MESSAGES
from reader.extraction.linking import Part

_PHRASES = (
    ("according", "to"), ("went", "on"), ("go", "on"), ("goes", "on"), ("put", "it"), ("puts", "it"), ("putting", "it"),
    ("made", "clear"), ("make", "clear"), ("makes", "clear"), ("making", "clear"), ("made", "it"),
)  # fmt: skip
_OTHER = frozenset(
    ("reportedly", "allegedly", "quoth", "talk", "talks", "talked", "talking", "according")
)


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
    if any(is_reporting(word) or word in MESSAGES or word in _OTHER for word in lower):
        return True
    return any(pair in _PHRASES for pair in zip(lower, lower[1:], strict=False))
