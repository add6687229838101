"""Paragraphs whose layout alone says who speaks: transcripts, interviews, `"..." - Name`, tweets.

SMITH: We are ready.            Q: Are you ready?            "We are ready." - Ann Smith, Leeds
We are ready. - Ann Smith (@ann) May 1, 2016                 He said in a letter:  / We are ready.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from reader.core.quotation import QuotationKind
from reader.extraction.lexicon_verbs import is_reporting
from reader.extraction.lexicon_words import CLOSED_WORDS, MESSAGES, TITLES
from reader.extraction.marks import MARKS
from reader.extraction.tokens import Tokens

DASHES = frozenset(("—", "–", "-", "--", "---", "―", "~", "‒"))
_LABEL_LENGTH = 8
"""Most tokens of a name before a colon ("FORMER SEN. ANN LEE (voice-over):")."""
_SIGNATURE_LENGTH = 24
_FIRST_PERSON = frozenset(
    ("i", "we", "my", "our", "me", "us", "i'm", "we're", "i've", "we've", "i'll", "we'll")
)
_NOT_SPEAKERS = frozenset(
    [
        "note",
        "update",
        "editor's",
        "photo",
        "photos",
        "image",
        "video",
        "watch",
        "read",
        "related",
        "more",
        "source",
        "sources",
        "correction",
        "warning",
        "where",
        "when",
        "what",
        "who",
        "why",
        "how",
        "cost",
        "price",
        "tickets",
        "contact",
        "email",
        "phone",
        "website",
        "address",
        "date",
        "time",
        "location",
        "results",
        "result",
        "score",
        "scores",
        "breaking",
        "exclusive",
        "live",
        "analysis",
        "opinion",
        "review",
        "subject",
        "re",
        "caption",
        "credit",
        "here",
        "headline",
        "summary",
        "location",
        "clarification",
        "disclaimer",
        "disclosure",
        "stat",
        "quote",
        "fact",
        "verdict",
        "rating",
        "summary",
        "tip",
        "tips",
        "ingredients",
        "method",
    ]
)


class Block(NamedTuple):
    """Token ranges (half-open) of one turn: what is said, the mark that says so, and the name."""

    content: tuple[tuple[int, int], ...]
    cue: tuple[int, int] | None
    mention: tuple[int, int] | None
    paragraphs: tuple[int, ...]
    """Numbers of the paragraphs that the block uses up."""
    why: str
    kind: QuotationKind = QuotationKind.DIRECT


def blocks(tokens: Tokens) -> list[Block]:
    """All such turns of a text, in order; no paragraph is in two of them. Linear."""
    turns = _turns(tokens)
    out: list[Block] = []
    used: set[int] = set()
    for number in range(len(tokens.paragraphs)):
        if number in used:
            continue
        block = (
            turns.get(number)
            or _signed(tokens, number, used)
            or _after_colon(tokens, number, turns)
        )
        if block is not None and not used.intersection(block.paragraphs):
            out.append(block)
            used.update(block.paragraphs)
    return out


def _label(tokens: Tokens, first: int, last: int) -> tuple[int, int] | None:
    """The token range of a speaker's name that a paragraph opens with, before its colon."""
    words = tokens.words
    begin = first + (words[first] in MARKS)
    capital = False
    depth = 0
    for i in range(begin, min(begin + _LABEL_LENGTH + 1, last)):
        word = words[i]
        if word == ":":
            if i == begin or i + 1 >= last or not capital or depth:
                return None
            return begin, i
        if word == "(":
            depth += 1
        elif word == ")":
            depth -= 1
        elif depth:
            continue
        elif word[0].isalpha():
            if word[0].isupper():
                capital = True
            elif word.lower() not in ("of", "de", "van", "von", "al", "bin", "the", "'s", "’s"):
                return None
            if word.lower() in _NOT_SPEAKERS or is_reporting(word.lower()):
                return None
        elif word not in (".", ",", "-", "&", "/", "#") and not word[0].isdigit():
            return None
    return None


def _name(words: list[str], begin: int, end: int) -> str:
    stop = next((i for i in range(begin, end) if words[i] == "("), end)
    return " ".join(words[begin:stop])


def _turns(tokens: Tokens) -> dict[int, Block]:
    words = tokens.words
    found: dict[int, tuple[int, int]] = {}
    names: Counter[str] = Counter()
    for number, (first, last) in enumerate(tokens.paragraphs):
        label = _label(tokens, first, last)
        if label is not None and number > 0:
            found[number] = label
            names[_name(words, *label)] += 1
    shouted = sum(count for name, count in names.items() if name.isupper())
    repeated = sum(count for name, count in names.items() if count > 1)
    out: dict[int, Block] = {}
    for number, (begin, end) in found.items():
        name = _name(words, begin, end)
        upper = name.isupper()
        if upper and (shouted >= 2 or len(name) > 3):
            pass
        elif not (repeated >= 3 and len(names) >= 2 and (names[name] > 1 or repeated >= 6)):
            continue
        last = tokens.paragraphs[number][1]
        first = tokens.paragraphs[number][0]
        if first < begin and words[last - 1] in MARKS:
            last -= 1
        if not any(word[0].isalpha() for word in words[end + 1 : min(last, end + 50)]):
            continue
        mention_end = next((i for i in range(begin, end) if words[i] in ("(", ",")), end)
        out[number] = Block(
            ((end + 1, last),),
            (end, end + 1),
            (begin, mention_end),
            (number,),
            "a turn of a transcript",
        )
    return out


def _name_range(tokens: Tokens, first: int, last: int) -> tuple[int, int] | None:
    """The capitalised words that a signature opens with."""
    words = tokens.words
    i = first
    while i < last and (
        words[i][0].isupper()
        or words[i][0] == "@"
        or words[i] in ("-", "&", "’", "'")
        or (
            i > first
            and words[i] in ("de", "van", "von", "al", "bin", "of", "and", "la", "der", "the")
        )
    ):
        i += 1
    while i > first and not words[i - 1][0].isupper() and words[i - 1][0] != "@":
        i -= 1
    return (first, i) if i > first and words[first].lower() not in CLOSED_WORDS else None


def _signed(tokens: Tokens, number: int, used: set[int]) -> Block | None:
    """A quoted paragraph and a dash and a name; or any text and the signature of a tweet."""
    words = tokens.words
    first, last = tokens.paragraphs[number]
    for i in range(max(first, last - _SIGNATURE_LENGTH), last - 1):
        if words[i] not in DASHES or not (i == first or tokens.starts[i] >= tokens.ends[i - 1]):
            continue
        name = _name_range(tokens, i + 1, last)
        if name is None or name[1] - name[0] > 8:
            continue
        rest = words[name[1] : last]
        handle = any(word[0] == "@" for word in words[i:last])
        plain = not rest or rest[0] in (",", "(", ".") or handle
        if not plain or any(word in MARKS or is_reporting(word.lower()) for word in rest):
            continue
        if i == first:
            before = number - 1
            if before < 0 or before in used:
                return None
            begin, end = tokens.paragraphs[before]
            if not (handle or _all_quoted(words, begin, end)):
                return None
            return Block(((begin, end),), (i, i + 1), name, (before, number), "signed with a name")
        if (handle and i > first + 2) or _all_quoted(words, first, i):
            return Block(((first, i),), (i, i + 1), name, (number,), "signed with a name")
        return None
    return None


def _all_quoted(words: list[str], first: int, last: int) -> bool:
    if last - first < 4 or words[first] not in MARKS or words[first] in ("’",):
        return False
    return words[last - 1] in MARKS or (words[last - 2] in MARKS and words[last - 1] in ".,")


def _after_colon(tokens: Tokens, number: int, turns: dict[int, Block]) -> Block | None:
    """Unquoted paragraphs in the first person after one that ends with a cue and a colon."""
    words = tokens.words
    first, last = tokens.paragraphs[number]
    if words[last - 1] != ":" or number + 1 in turns:
        return None
    sentence = max(
        (i + 1 for i in range(max(first, last - 40), last) if words[i] == "."),
        default=max(first, last - 40),
    )
    cues = [i for i in range(sentence, last) if is_reporting(words[i].lower())]
    told = bool(cues) or any(words[i].lower() in MESSAGES for i in range(sentence, last))
    if not told:
        return None
    taken: list[int] = []
    for k in range(number + 1, min(number + 13, len(tokens.paragraphs))):
        begin, end = tokens.paragraphs[k]
        window = words[begin : min(end, begin + 400)]
        if (
            any(word in MARKS and word not in ("’", "'") for word in window)
            or words[end - 1] == ":"
            or k in turns
        ):
            break
        if not any(word.lower().replace("’", "'") in _FIRST_PERSON for word in window):
            break
        taken.append(k)
    if not taken or not cues:
        return None
    cue = cues[-1]
    name = _subject(tokens, sentence, cue)
    if name is None:
        return None
    content = ((tokens.paragraphs[taken[0]][0], tokens.paragraphs[taken[-1]][1]),)
    return Block(content, (cue, cue + 1), name, tuple(taken), "a block quotation after a colon")


def _subject(tokens: Tokens, first: int, cue: int) -> tuple[int, int] | None:
    words = tokens.words
    end = cue
    while end > first and not (
        words[end - 1][0].isupper() or words[end - 1].lower() in ("he", "she", "they", "it", "i")
    ):
        end -= 1
        if cue - end > 6:
            return None
    begin = end
    while begin > first and (
        words[begin - 1][0].isupper()
        or words[begin - 1].lower() in TITLES
        or words[begin - 1] == "."
    ):
        begin -= 1
    return (begin, end) if end > begin else None
