"""Taking a mention apart: is it a name, a pronoun or a description, and where is the name?

"Ann Lee, spokeswoman of the port" is a name; "his lawyer, Mark Smith" is one too; "Bob Ray's
doctor" and "a spokesman for Mr. Ray" are descriptions; "a Port Authority memo" speaks for the
Port Authority.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from reader.extraction.naming import NameKind, Naming, bare
from reader.extraction.pronouns import PRONOUNS
from reader.extraction.roles import head_noun, singular_role
from reader.extraction.tokens import Tokens
from reader.extraction.words import DEMONYMS, DOCUMENT_WORDS, ROLE_NOUNS, words_of

MOST_SEGMENTS = 8
LONGEST_MENTION = 80
"""Words of a mention that are read; what follows is a relative clause without end."""

_PREPOSITIONS = words_of("""
of for from at by with in on to about near against under between among behind outside inside off
after before during since over
""")
_CLAUSE = words_of("who whom which that whose where when while as said told")
_AND = frozenset(("and", "or", "&"))
_AFTER_NAME = words_of("himself herself itself also then both too jointly alike")
_VERBAL = words_of("""
often further also then later once again too still now reports reported said says was is were had
has who which wrote and but asked told tweeted adds added
""")
_ORGANS = words_of("magazine newspaper website network television radio newswire")
_NOUNS_IN_LY = words_of("family ally assembly daily weekly monthly monopoly elderly")
_ARTICLES = frozenset(("the", "a", "an"))
_OWNERS = words_of("publisher owner employer insurer sponsor rival supplier maker operator")
_LEADING = words_of("and but that as because while according to")
_DETERMINERS = words_of("the this that his her their our my its")
_MARKS = frozenset(("'s", "’s", "'", "’", "(", ")"))
_PEOPLE = words_of("""
police protesters voters officials authorities women men people americans aides
""")


class ReadingKind(StrEnum):
    """What a mention is."""

    NAME = "name"
    GROUP = "group"
    PRONOUN = "pronoun"
    CAMPAIGN = "campaign"
    DEFINITE = "definite description"
    INDEFINITE = "indefinite description"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Reading:
    """A mention, taken apart."""

    kind: ReadingKind
    text: str = ""
    words: tuple[str, ...] = ()
    naming: Naming | None = None
    """Its name, if it has one."""
    group: tuple[Naming, ...] = ()
    """The names, if two are joined."""
    document: str | None = None
    """What speaks for the one named ("memo")."""
    singular_person: bool = False


def read_mention(tokens: Tokens, first: int, last: int, namings: Sequence[Naming]) -> Reading:
    """What the tokens first to last (exclusive) are, given the namings that touch them."""
    words = tokens.words
    last = min(last, first + LONGEST_MENTION)
    while first < last and not (words[first][0].isalnum() or words[first][0] == "@"):
        first += 1
    while last > first and not (words[last - 1][0].isalnum() or words[last - 1] == ")"):
        last -= 1
    first, last = _trimmed(words, first, last)
    if first >= last:
        return Reading(ReadingKind.NOTHING)
    text = tokens.text[tokens.starts[first] : tokens.ends[last - 1]]
    text = " ".join(text.split())
    own = tuple(words[first:last])
    low = [w.lower() for w in own]
    if all(w in PRONOUNS for w in low) and len(low) <= 2:
        return Reading(ReadingKind.PRONOUN, low[0], own)
    if low[0] in ("his", "her", "its", "their") and len(low) <= 4:
        if low[-1] == "campaign":
            return Reading(ReadingKind.CAMPAIGN, low[0], own)
        if low[-1] in DOCUMENT_WORDS:
            return Reading(ReadingKind.PRONOUN, low[0], own, document=low[-1])
    if low[0] in ("who", "which") and len(low) > 1:
        return Reading(ReadingKind.PRONOUN, low[0], own)
    inside = [n for n in namings if n.words and n.last > first and n.name < last]
    if inside:
        found = _name_in(tokens, first, last, inside, text, own)
        if found is not None:
            return found
    return _description(text, own, low)


def _trimmed(words: list[str], first: int, last: int) -> tuple[int, int]:
    """Without words that belong to the verb: "my father often", "The New York Times reports"."""
    while last - first > 1:
        word = words[last - 1]
        adverb = word.endswith("ly") and word[0].islower() and word not in _NOUNS_IN_LY
        mark = not word[0].isalnum() and word != ")"
        if not (word in _VERBAL or adverb or mark or word == "s"):
            break
        last -= 1
    while last - first > 1 and (words[first].lower() in _LEADING or not words[first][0].isalnum()):
        if words[first][0] == "@":
            break
        first += 1
    cut_short = first < last < len(words) and words[last].islower() and singular_role(words[last])
    if cut_short and words[first].lower() in _ARTICLES and words[last - 1][0].isupper():
        last += 1  # "The New York" of "The New York businessman"
    return first, last


def _segments(words: list[str], first: int, last: int) -> list[tuple[int, int]]:
    """The stretches between commas, brackets and dashes."""
    out: list[tuple[int, int]] = []
    begin = first
    for i in range(first, last):
        if words[i] in (",", ";", "–", "—", "--", ":", "(", ")"):
            if words[i] == "," and i + 1 < last and words[i + 1].lower() in ("jr.", "sr.", "jr"):
                continue
            if i > begin:
                out.append((begin, i))
                if len(out) == MOST_SEGMENTS:
                    return out
            begin = i + 1
    if last > begin:
        out.append((begin, last))
    return out


def _name_in(
    tokens: Tokens,
    first: int,
    last: int,
    namings: list[Naming],
    text: str,
    own: tuple[str, ...],
) -> Reading | None:
    words = tokens.words
    a, b = _segments(words, first, last)[0]
    stop = b
    for i in range(a + 1, b):
        if words[i].lower() in _CLAUSE:
            stop = i
            break
    within = [n for n in namings if n.first < stop]
    if words[a].lower() in _CLAUSE and namings[-1].last == last and namings[-1].first > a + 2:
        # The end of another's clause, then the speaker: "who works for the port and, Mr. Lee"
        return Reading(ReadingKind.NAME, text, own, namings[-1])
    head: Naming | None = None
    at = a
    for naming in within:
        if any(words[i].lower() in _PREPOSITIONS for i in range(at, max(naming.first, at))):
            break
        head, at = naming, naming.last
        if naming.headline and not singular_role(words[min(naming.last, b - 1)]):
            return Reading(ReadingKind.NAME, text, own, head)
    if head is None:
        noun = head_noun(list(words[a:stop]))
        following = next((n for n in namings if n.first >= b and n.begin <= b + 2), None)
        # In "a spokeswoman for the minister, Ole Berg," the name is the minister's.
        nearer = words[b - 1] != noun and singular_role(words[b - 1])
        fits = following is not None and (following.kind is not NameKind.BODY or noun in _OWNERS)
        named = fits and not nearer
        if noun is not None and named and singular_role(noun):
            return Reading(ReadingKind.NAME, text, own, following)  # "his lawyer, Mark Smith"
        if noun in DOCUMENT_WORDS and within:
            return _document(words, a, stop, within, noun or "", text, own)
        return None
    tail = [w for w in words[head.last : stop] if w not in _MARKS]
    for k, word in enumerate(tail):
        if word.lower() in _PREPOSITIONS:
            tail = tail[:k]
            break
    tail = [w for w in tail if w[0].isalpha()]
    if len(within) >= 2:
        pair = _pair(words, within)
        if pair is not None and all(n.title is None and _is_plural(n.words[-1]) for n in pair):
            return Reading(ReadingKind.INDEFINITE, text, own)
        if pair is not None:
            return Reading(ReadingKind.GROUP, text, own, None, pair)
    if tail and tail[0].lower() not in _AFTER_NAME and tail[0].lower() not in _AND:
        return _compound(words, head, tail, b, last, namings, text, own)
    if head.kind is not NameKind.BODY and head.title is None and _is_plural(head.words[-1]):
        return Reading(ReadingKind.INDEFINITE, text, own)
    return Reading(ReadingKind.NAME, text, own, head)


def _compound(
    words: list[str],
    head: Naming,
    tail: list[str],
    end: int,
    stop: int,
    namings: list[Naming],
    text: str,
    own: tuple[str, ...],
) -> Reading:
    """A name that only describes the noun after it: "Lee campaign", "Lee's doctor"."""
    noun = tail[-1].lower()
    last = namings[-1]
    if last is not head and last.last == stop and words[last.begin - 1] == ",":
        return Reading(ReadingKind.NAME, text, own, last)  # what precedes belongs to another
    if noun == "campaign":
        return Reading(ReadingKind.CAMPAIGN, text, own, head)
    if len(tail) == 1 and not head.possessive and noun in _ORGANS:
        return Reading(ReadingKind.NAME, text, own, head)  # "Time magazine"
    following = next((n for n in namings if end <= n.first <= end + 2), None)
    if following is not None and singular_role(noun) and following.kind is not NameKind.BODY:
        return Reading(ReadingKind.NAME, text, own, following)
    for k, word in enumerate(tail):
        if word.lower() in DOCUMENT_WORDS:
            if head.kind is NameKind.PERSON and not head.possessive:
                break
            if k == len(tail) - 1 or tail[k + 1].lower().endswith(("ed", "ing")):
                return Reading(ReadingKind.NAME, text, own, head, document=word.lower())
    definite = own[0].lower() in _DETERMINERS or (head.possessive and head.name < head.last)
    kind = ReadingKind.DEFINITE if definite else ReadingKind.INDEFINITE
    return Reading(kind, text, own, head, singular_person=singular_role(noun))


def _document(
    words: list[str],
    a: int,
    stop: int,
    within: list[Naming],
    noun: str,
    text: str,
    own: tuple[str, ...],
) -> Reading | None:
    """A document whose issuer follows: "a report by the WHO", "a complaint filed by X and Y"."""
    for naming in within:
        k = naming.begin - 1
        while k > max(a, naming.begin - 4) and words[k][-1:] == "s" and words[k][0].islower():
            k -= 1  # "by economists Peter Lee"
        before = words[max(k, a)].lower()
        if before == "the" and naming.first - 2 >= a:
            before = words[naming.first - 2].lower()
        if before in ("by", "from") or (before == "of" and naming.kind is NameKind.BODY):
            pair = _pair(words, within) if len(within) > 1 else None
            if pair is not None and pair[0] is naming:
                return Reading(ReadingKind.GROUP, text, own, None, pair, noun)
            return Reading(ReadingKind.NAME, text, own, naming, document=noun)
    return None


def _is_plural(word: str) -> bool:
    """Whether a capitalised word is a plural of people ("Democrats", "Mexicans", "Police")."""
    low = bare(word)
    if low in _PEOPLE:
        return True
    return low.endswith("s") and (low[:-1] in DEMONYMS or low[:-1] in ROLE_NOUNS)


def _pair(words: list[str], namings: list[Naming]) -> tuple[Naming, ...] | None:
    """Two names joined by "and"."""
    namings = [n for n in namings if not n.modifier]
    for k, other in enumerate(namings):
        if k == 0 or words[other.begin - 1].lower() not in ("and", "the"):
            continue
        if "and" not in (words[other.begin - 1].lower(), words[other.begin - 2].lower()):
            continue
        for one in reversed(namings[:k]):
            if words[one.first - 1].lower() not in _PREPOSITIONS or one is namings[0]:
                between = words[one.last : other.begin]
                return (one, other) if len(between) <= 6 and "who" not in between else None
    return None


def _description(text: str, own: tuple[str, ...], low: list[str]) -> Reading:
    head = head_noun(list(own))
    singular = head is not None and (singular_role(head) or head in DEMONYMS)
    if low[0] in _DETERMINERS or (own[0][0].isupper() and singular):
        return Reading(ReadingKind.DEFINITE, text, own, singular_person=singular)
    return Reading(ReadingKind.INDEFINITE, text, own, singular_person=singular)
