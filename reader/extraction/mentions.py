"""Where a text names somebody: runs of capitalised words.

One pass over the tokens. A run is cut at a fixed length, so that a million capitalised words take
time in proportion.
"""

from __future__ import annotations

from collections.abc import Set
from itertools import compress, pairwise

from reader.extraction.bodies import is_acronym
from reader.extraction.datelines import places
from reader.extraction.names import begins_name, is_listed
from reader.extraction.naming import NameKind, Naming, bare, is_capitalised, joined
from reader.extraction.titles import parts_of_run
from reader.extraction.tokens import Tokens
from reader.extraction.words import (
    BODY_WORDS,
    DAYS,
    FUNCTION_WORDS,
    PARTICLES,
    is_role_word,
    words_of,
)

LONGEST_RUN = 14
"""Words. The longest names of people and bodies in news have about ten."""

_OPEN = frozenset(('"', "“", "‘", "''", "``", "'", "‘‘"))

_POSSESSIVE = frozenset(("'s", "’s", "'", "’"))

_CLOSE = frozenset(('"', "”", "’", "''", "'", "’’"))

_AFTER_COMMA = frozenset(("jr.", "sr.", "jr", "sr"))


_PLACING = frozenset(("in", "near", "at", "outside", "around", "In", "Near", "At"))
_MANY = frozenset(
    ("people", "women", "men", "children", "fishermen", "workers", "farmers", "teachers", "dockers")
)
_SMALL_ANYHOW = words_of("with from over into that than amid after when about")
"""Longer words that headlines in Title Case leave small."""


def find_namings(tokens: Tokens, sentences: list[tuple[int, int]], small: Set[str]) -> list[Naming]:
    """Every naming of the text, in order. `small`: the words the text has in small letters."""
    out: list[Naming] = []
    words = tokens.words
    headline_ranges = [p for p in tokens.paragraphs if _title_case(tokens, *p)]
    headlines = iter([*headline_ranges, (len(words) + 1, len(words) + 1)])
    h_first, h_last = next(headlines)
    datelines = places(tokens)
    capitals = list(compress(range(len(words)), map(is_capitalised, words)))
    at = done = 0
    for number, (first, last) in enumerate(sentences):
        while first >= h_last:
            h_first, h_last = next(headlines)
        headline = h_first <= first < h_last
        while at < len(capitals) and capitals[at] < last:
            i = capitals[at]
            at += 1
            if i < done or i < first:
                continue
            if i in datelines:
                done = datelines[i]
                continue
            end = _run_end(tokens, i, last)
            begins = i == first or not words[i - 1][0].isalnum()
            if headline:
                parts = _headline_parts(words, i, end)
            else:
                parts = parts_of_run(tokens, i, end, begins, small)
            for naming in parts:
                naming.sentence = number
                naming.begin = naming.first
                if naming.words:
                    a, b = tokens.starts[naming.name], tokens.ends[naming.last - 1]
                    naming.text = " ".join(tokens.text[a:b].split())
                naming.headline = headline
                naming.starts_sentence = naming.first == first
                before = words[naming.first - 1] if naming.first else ""
                naming.the = before in ("the", "The")
                naming.placed = before in _PLACING or (
                    before in ("of", "from") and naming.last < last and words[naming.last] == ","
                )
                naming.bracket = before == "("
                naming.possessive = naming.last < last and words[naming.last] in _POSSESSIVE
                out.append(naming)
            done = max(end, i + 1)
    _couples(words, out)
    return out


def _title_case(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a paragraph is a headline in Title Case: short, no full stop, mostly capitals."""
    if last - first > 40 or (tokens.words[last - 1] == "." and first > 0):
        return False
    words = [w for w in tokens.words[first:last] if w[0].isalpha()]
    if len(words) < 4:
        return False
    plain = sum(1 for w in words if w[0].islower() and w not in FUNCTION_WORDS)
    if plain and tokens.words[last - 1] == ".":
        return False
    capitals = sum(1 for w in words if w[0].isupper())
    small_long = sum(1 for w in words if w[0].islower() and len(w) > 3 and w not in _SMALL_ANYHOW)
    return capitals >= 0.6 * len(words) and small_long <= 0.15 * len(words)


def _couples(words: list[str], namings: list[Naming]) -> None:
    """ "Brian and Pauline Thistlewood": the first has the surname too."""
    for one, other in pairwise(namings):
        if len(one.words) != 1 or len(other.words) != 2 or other.first - one.last != 1:
            continue
        if words[one.last] not in ("and", "&") or other.title is not None:
            continue
        if begins_name(one.words[0]) and begins_name(other.words[0]):
            one.words = [one.words[0], other.words[1]]
            one.text = " ".join(one.words)
            one.kind = other.kind = NameKind.PERSON


def _headline_parts(words: list[str], first: int, last: int) -> list[Naming]:
    """Possible names in a line where every word has a capital: a first name with the word after
    it, else single words. Only those the body of the text knows will count."""
    out: list[Naming] = []
    i = first
    while i < last:
        word = words[i]
        pair = i + 1 < last and is_listed(word) and words[i + 1].lower() not in FUNCTION_WORDS
        if pair and is_capitalised(words[i + 1]):
            pair_words = words[i : i + 2]
            out.append(Naming(i, i, i + 2, NameKind.PERSON, 0, pair_words, word))
            i += 2
            continue
        if word.lower() not in FUNCTION_WORDS and is_capitalised(word):
            out.append(Naming(i, i, i + 1, NameKind.UNKNOWN, 0, [word], word))
        i += 1
    return out


def _run_end(tokens: Tokens, i: int, limit: int) -> int:
    words = tokens.words
    limit = min(limit, i + LONGEST_RUN)
    end = i + 1
    has_body = bare(words[i]) in BODY_WORDS
    while end < limit:
        word = words[end]
        if not joined(tokens, end):
            break
        if word in DAYS:
            break
        if is_capitalised(word) or (word[0].isdigit() and has_body and len(word) <= 4):
            has_body = has_body or bare(word) in BODY_WORDS
            end += 1
        elif word.lower() in PARTICLES and (
            (end + 1 < limit and is_capitalised(words[end + 1]))
            or (end + 2 < limit and words[end + 1] in PARTICLES and is_capitalised(words[end + 2]))
        ):
            end += 1
        elif word == "." and len(words[end - 1]) == 1 and end + 1 < len(words):
            # An initial before a nickname in quotation marks looks like a sentence's end.
            if words[end + 1] not in _OPEN:
                break
            limit = min(limit + 5, i + LONGEST_RUN, len(words) - 1)
            end += 1
        elif (
            word in _OPEN
            and end + 3 < limit + 1
            and end + 2 < len(words)
            and words[end + 2] in _CLOSE
        ):
            if (
                end + 3 < len(words)
                and is_capitalised(words[end + 1])
                and is_capitalised(words[end + 3])
            ):
                end += 3
            else:
                break
        elif word == "," and end + 1 < limit and words[end + 1].lower() in _AFTER_COMMA:
            end += 2
        elif word in _POSSESSIVE and end + 1 < limit and _owned_by_many(words, end, limit):
            has_body = True
            end += 1
        elif word == "&" and end + 1 < limit and is_capitalised(words[end + 1]):
            has_body = True
            end += 2
        elif word == "and" and end == i + 1 and _ministry_of_two(words, i, limit):
            has_body = True
            end += 1
        elif word in ("of", "for", "on", "to", "in", "and") and end + 1 < limit:
            step = 2 if words[end + 1] in ("the", "our", "Our") and end + 2 < limit else 1
            before = bare(words[end - 1])
            office = word == "of" and is_role_word(before)
            person = word == "of" and not office and bare(words[end - 1]) not in BODY_WORDS
            if person and any(is_role_word(bare(w)) for w in words[i:end]):
                break  # "House Speaker Bob Ray of Utah"
            if not (has_body or office) or not is_capitalised(words[end + step]):
                break
            if words[end + step].lower() in FUNCTION_WORDS:
                break
            if word == "in" and not _defined(words, end + step, limit):
                break
            if word == "and" and bare(words[end - 1]) in BODY_WORDS:
                break
            if word == "and" and not any(
                bare(w) in BODY_WORDS
                for w in words[end + 1 : min(end + 5, limit)]
                if is_capitalised(w)
            ):
                break
            end += step
        else:
            break
    return end


def _ministry_of_two(words: list[str], i: int, limit: int) -> bool:
    """Whether "the Food and Drug Administration" stands at its second word."""
    if i == 0 or words[i - 1].lower() not in ("the", "federal", "u.s.", "national"):
        return False
    k = i + 2
    while k < min(limit, i + 6) and is_capitalised(words[k]):
        k += 1
    return k > i + 3 and bare(words[k - 1]) in BODY_WORDS


def _owned_by_many(words: list[str], end: int, limit: int) -> bool:
    """Whether a possessive is part of a body's name: "Dockers' Federation", "People's Party"."""
    owner = bare(words[end - 1])
    many = owner in _MANY or (owner[-1:] == "s" and is_role_word(owner[:-1]))
    if not many or not is_capitalised(words[end + 1]):
        return False
    k = end + 1
    while k < min(limit, end + 4) and is_capitalised(words[k]):
        k += 1
    return any(bare(w) in BODY_WORDS for w in words[end + 1 : k])


def _defined(words: list[str], i: int, limit: int) -> bool:
    """Whether the capitalised words from i on are followed by an acronym in brackets."""
    while i < limit and is_capitalised(words[i]):
        i += 1
    return i + 1 < limit and words[i] == "(" and is_acronym(words[i + 1])
