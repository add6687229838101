"""Headlines that quote: `'We had no choice': farmers on the winter`, `Orr: taxes will rise`."""

from __future__ import annotations

from reader.core.quotation import QuotationKind
from reader.extraction.blocks import Block, blocks
from reader.extraction.common_words import sort_of
from reader.extraction.lexicon_verbs import is_reporting
from reader.extraction.lexicon_words import CLOSED_WORDS, PEOPLE, TITLES
from reader.extraction.marks import quotation_runs
from reader.extraction.tokens import Tokens
from reader.extraction.wordclass import word_class

_LONGEST = 40
_LABEL = 5
_WHY = "a headline with a colon"


def headline(tokens: Tokens) -> Block | None:
    """What the first paragraph quotes, if a colon stands between the words and the speaker."""
    if len(tokens.paragraphs) < 2:
        return None
    first, last = tokens.paragraphs[0]
    words = tokens.words
    if last - first > _LONGEST or ":" not in words[first:last]:
        return None
    colon = words.index(":", first, last)
    end = last - 1 if words[last - 1] == "." else last
    runs = [run for run in quotation_runs(_only(tokens, first, last)) if run.last - run.first > 3]
    if runs and runs[0].first == first and runs[0].last == colon:
        return _quoted_first(tokens, colon, end)
    if colon - first > _LABEL or colon + 2 >= end:
        return None
    quoted = bool(runs) and runs[0].first == colon + 1 and runs[0].last >= end - 1
    if quoted or _known(tokens, first, colon, last):
        if any(is_reporting(word.lower()) for word in words[first:colon]):
            return None
        kind = QuotationKind.INDIRECT
        if any(run.first > colon for run in runs):
            kind = QuotationKind.DIRECT if quoted else QuotationKind.MIXED
        return Block(((colon + 1, end),), (colon, colon + 1), (first, colon), (0,), _WHY, kind)
    return None


def _only(tokens: Tokens, first: int, last: int) -> Tokens:
    return Tokens(
        tokens.text, tokens.words[:last], tokens.starts[:last], tokens.ends[:last], [(first, last)]
    )


def _quoted_first(tokens: Tokens, colon: int, end: int) -> Block | None:
    words = tokens.words
    stop = colon + 1
    while (
        stop < end
        and stop - colon <= _LABEL
        and words[stop].lower() not in CLOSED_WORDS - {"the", "a"}
    ):
        if is_reporting(words[stop].lower()) or not words[stop][0].isalnum():
            break
        stop += 1
    if stop == colon + 1:
        return None
    start = colon + 1 + (words[colon + 1].lower() in ("the", "a"))
    if start >= stop:
        return None
    if not (words[start][0].isupper() or any(_person(w.lower()) for w in words[colon + 1 : stop])):
        return None
    begin = tokens.paragraphs[0][0]
    return Block(((begin, colon),), (colon, colon + 1), (colon + 1, stop), (0,), _WHY)


def _person(word: str) -> bool:
    known = sort_of(word)
    return word in PEOPLE or (known is not None and known[0].endswith("/person"))


def _verbal(word: str) -> bool:
    coarse = word_class(word)[1]
    return coarse[0] == "V" or coarse in ("AUX", "TOLD", "wed", "wVs", "'s", "PRS", "PRA")


def _known(tokens: Tokens, first: int, colon: int, last: int) -> bool:
    """Whether the words before the colon are a role, or a name that the body has beside a verb."""
    words = tokens.words
    if not any(_verbal(word) for word in words[colon + 1 : last]):
        return False
    name = words[colon - 1]
    if not name[0].isupper() or not all(
        w[0].isupper() or w in (".", "'s", "’s") for w in words[first:colon]
    ):
        return False
    if name.lower() in PEOPLE or name.lower() in TITLES:
        return colon - first <= 2
    if name.isupper() and len(name) > 3:
        return False
    at = last
    for _ in range(20):
        try:
            at = words.index(name, at) + 1
        except ValueError:
            return False
        around = words[max(last, at - 3) : at + 2]
        if any(is_reporting(word) for word in around if word != name):
            return True
    return False


def laid_out(tokens: Tokens) -> list[Block]:
    """Everything whose layout says who speaks: a headline with a colon, transcripts, signatures."""
    first = headline(tokens)
    rest = blocks(tokens)
    if first is None or any(0 in block.paragraphs for block in rest):
        return rest
    return [first, *rest]
