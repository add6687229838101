"""Where a text names somebody: runs of capitalised words, taken apart into titles and names.

One pass over the tokens. A run is cut at a fixed length, so that a million capitalised words take
time in proportion.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from reader.core.span import Span
from reader.extraction.bodies import is_acronym
from reader.extraction.names import begins_name, is_first_name, is_listed
from reader.extraction.tokens import Tokens
from reader.extraction.words import (
    BODY_WORDS,
    DEMONYMS,
    FUNCTION_WORDS,
    HONOURS,
    OFFICES,
    PARTICLES,
    ROLE_NOUNS,
    SUFFIXES,
    THING_WORDS,
    TITLES,
    is_country,
)

LONGEST_RUN = 14
"""Words. The longest names of people and bodies in news have about ten."""

_OPEN = frozenset(('"', "“", "‘", "''", "``", "'", "‘‘"))
_TRADES = frozenset(
    "airline bank retailer insurer broker brokerage startup start-up charity union watchdog regulator "
    "newspaper magazine website publisher broadcaster supermarket developer builder rival".split()
)
_AFTER_DATELINE = frozenset((":", "(", "-", "—", "–", "--", ",", "―"))
_SMALL_ANYHOW = frozenset("with from over into that than amid after when about".split())
"""Longer words that headlines in Title Case leave small."""

_NEVER_NAMES = frozenset(
    "a an the i in on at and but by for from when while if as that with we he she it they".split()
)
"""Words that begin no name, even after a bracket or a dash."""

_NO_INITIALS = frozenset("u.s u.n u.k d.c e.u n s e w st u.s.s.r no".split())
_AFTER_COMMA = frozenset(("jr.", "sr.", "jr", "sr"))
_POSSESSIVE = frozenset(("'s", "’s", "'", "’"))
_CLOSE = frozenset(('"', "”", "’", "''", "'", "’’"))
_SURNAMES_TOO = frozenset(
    [
        "bank",
        "banks",
        "church",
        "post",
        "house",
        "field",
        "park",
        "media",
        "daily",
        "times",
        "council",
        "force",
        "grove",
        "court",
        "front",
        "watch",
        "group",
        "wire",
        "trust",
        "law",
        "star",
        "cross",
        "price",
        "united",
        "mission",
        "bar",
        "club",
        "hall",
        "college",
    ]
)
"""Words for bodies that people are called as well ("Charlotte Church", "Matt Law")."""


class NameKind(StrEnum):
    """What a run of capitalised words seems to name."""

    PERSON = "person"
    BODY = "body"
    THING = "thing"
    """A place, an event, a law, a product: nobody who speaks."""
    UNKNOWN = "unknown"
    ROLE = "role"
    """Titles only ("Secretary of State", "House Speaker")."""


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
    """Whether it only describes another ("Trump" in "Trump spokesman Jason Miller")."""

    possessive: bool = False
    """Whether 's follows."""

    text: str = ""
    """The name, as written but for line breaks."""

    headline: bool = False
    """Whether it stands in a line set in Title Case, where capitals say nothing."""

    the: bool = False
    """Whether "the" stands before it."""

    bracket: bool = False
    """Whether it stands in brackets."""

    entity: int = -1
    """Whom it names: set by `people.Cast`."""


_COMPOUND_ENDS = frozenset(
    "born based era only led style backed like wide area elect old turned funded owned run friendly "
    "educated trained language speaking controlled held occupied inspired related linked made sized "
    "affiliated aligned leaning lean brokered sponsored bound free type level plus century".split()
)
"""What makes a compound of a name an adjective ("Bremen-based", "Obama-era")."""


def bare(word: str) -> str:
    """A word in small letters, without a final full stop."""
    return word.lower().rstrip(".")


def is_capitalised(word: str) -> bool:
    """Whether a word is written as a name ("Altun", "al-Assad", "d'Estaing", "O'Neill")."""
    if word[0].isupper():
        return "-" not in word or word.rpartition("-")[2] not in _COMPOUND_ENDS
    if len(word) > 3 and not word.isalpha() and not word[0].isdigit():
        for k in (1, 2, 3):
            if k < len(word) - 1 and word[k] in "-'’" and word[k + 1].isupper():
                return word[:k].lower() in PARTICLES or word[:k] in ("d", "l", "al", "el")
    return False


def _title_case(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a paragraph is a headline in Title Case: short, no full stop, most words capitalised."""
    if last - first > 40 or (tokens.words[last - 1] == "." and first > 0):
        return False
    words = [w for w in tokens.words[first:last] if w[0].isalpha()]
    if len(words) < 4:
        return False
    capitals = sum(1 for w in words if w[0].isupper())
    small_long = sum(1 for w in words if w[0].islower() and len(w) > 3 and w not in _SMALL_ANYHOW)
    return capitals >= 0.6 * len(words) and small_long <= 0.15 * len(words)


def find_namings(tokens: Tokens, sentences: list[tuple[int, int]], small: Set[str]) -> list[Naming]:
    """Every naming of the text, in order. `small`: the words the text has in small letters."""
    out: list[Naming] = []
    words = tokens.words
    headline_ranges = [p for p in tokens.paragraphs if _title_case(tokens, *p)]
    headlines = iter([*headline_ranges, (len(words) + 1, len(words) + 1)])
    h_first, h_last = next(headlines)
    datelines = _datelines(tokens)
    done = 0
    for number, (first, last) in enumerate(sentences):
        while first >= h_last:
            h_first, h_last = next(headlines)
        headline = h_first <= first < h_last
        i = max(first, done)
        while i < last:
            word = words[i]
            if not word[0].isupper() if word.isalpha() else not is_capitalised(word):
                i += 1
                continue
            end = _run_end(tokens, i, last)
            begins = i == first or not words[i - 1][0].isalnum()
            if headline:
                parts = _headline_parts(words, i, end)
            else:
                parts = _parts(tokens, i, end, begins, small)
            for naming in parts:
                naming.sentence = number
                naming.begin = naming.first
                if naming.words:
                    a, b = tokens.starts[naming.name], tokens.ends[naming.last - 1]
                    naming.text = " ".join(tokens.text[a:b].split())
                naming.headline = headline
                before = words[naming.first - 1] if naming.first else ""
                naming.the = before in ("the", "The")
                naming.bracket = before == "("
                naming.possessive = naming.last < last and words[naming.last] in _POSSESSIVE
                out.append(naming)
            i = done = max(end, i + 1)
    _couples(words, out)
    return out


def _datelines(tokens: Tokens) -> dict[int, int]:
    """Where a paragraph opens with a place in capitals ("NEW DELHI:", "BEIRUT (Wire) -"): its first
    token, and the token after it. A single word with a colon may be a speaker ("SMITH: Yes.")."""
    out: dict[int, int] = {}
    words = tokens.words
    for first, last in tokens.paragraphs:
        k = first
        while k < min(last, first + 4) and words[k].isupper() and len(words[k]) > 1:
            k += 1
        if not first < k < last or words[k] not in _AFTER_DATELINE:
            continue
        if words[k] == ":" and (k - first == 1 or is_listed(words[first])):
            continue
        out[first] = k
    return out


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


def _joined(tokens: Tokens, i: int) -> bool:
    """Whether only blanks part token i from the one before."""
    gap = tokens.starts[i] - tokens.ends[i - 1]
    return gap <= 2 and "\n" not in tokens.text[tokens.ends[i - 1] : tokens.starts[i]]


def _run_end(tokens: Tokens, i: int, limit: int) -> int:
    words = tokens.words
    limit = min(limit, i + LONGEST_RUN)
    end = i + 1
    has_body = bare(words[i]) in BODY_WORDS
    while end < limit:
        word = words[end]
        if not _joined(tokens, end):
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
        elif word == "&" and end + 1 < limit and is_capitalised(words[end + 1]):
            has_body = True
            end += 2
        elif word in ("of", "for", "on", "to", "in", "and") and end + 1 < limit:
            step = 2 if words[end + 1] in ("the", "our", "Our") and end + 2 < limit else 1
            before = bare(words[end - 1])
            office = word == "of" and (before in TITLES or before in ROLE_NOUNS)
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


def _defined(words: list[str], i: int, limit: int) -> bool:
    """Whether the capitalised words from i on are followed by an acronym in brackets."""
    while i < limit and is_capitalised(words[i]):
        i += 1
    return i + 1 < limit and words[i] == "(" and is_acronym(words[i + 1])


def _parts(tokens: Tokens, first: int, last: int, begins: bool, small: Set[str]) -> list[Naming]:
    """Take a run apart: drop words capitalised by position, split off titles, say what it is."""
    words = tokens.words
    if begins:
        while first < last and _by_position(words, first, last, small):
            first += 1
            while first < last and not is_capitalised(words[first]):
                first += 1
    else:
        while first < last and words[first].lower() in _NEVER_NAMES:
            first += 1
            while first < last and not is_capitalised(words[first]):
                first += 1
    if first >= last:
        return []
    if last - first == 1 and words[first].endswith(".") and len(words[first]) <= 6:
        if "." not in words[first][:-1] and not (first and bare(words[first - 1]) in TITLES):
            return []  # "Md.", "Sept.", "Okla."
    if last - first == 1 and words[first].lower() in FUNCTION_WORDS:
        if begins or not is_listed(words[first]):
            return []
        return [Naming(first, last, last, NameKind.ROLE, 0, [], words[first])]
    while last - first > 2 and words[last - 1].lower() in HONOURS:
        last -= 1 + (words[last - 2] == ",")
    company = last - first > 1 and begins and _is_trade(words[first])
    if company:
        first += 1  # "Drugmaker Biovanta", "Airline Nordair"
    name = _name_start(words, first, last, small)
    title = bare(words[name - 1]) if name > first else None
    if title is None and first > 0 and _joined(tokens, first):
        before = bare(words[first - 1])
        if before in ROLE_NOUNS or before in TITLES:
            title = before
    kind = _kind(words, name, last, title)
    if company and kind is NameKind.UNKNOWN:
        kind = NameKind.BODY
    if kind is NameKind.ROLE:
        name = last
    return [Naming(first, name, last, kind, 0, words[name:last], words[first], title)]


def _is_trade(word: str) -> bool:
    """Whether a word says what a company does ("Drugmaker", "Airline")."""
    word = word.lower()
    return word in _TRADES or (len(word) > 6 and word.endswith(("maker", "giant", "startup")))


def _by_position(words: list[str], first: int, last: int, small: Set[str]) -> bool:
    """Whether the first word of a run has its capital from the sentence only."""
    word = words[first].lower()
    if word in FUNCTION_WORDS:
        return not (last - first > 1 and is_first_name(word) and word not in small)
    if last - first == 1:
        return word in small and bare(word) not in TITLES
    if bare(word) in TITLES or word in ROLE_NOUNS or word in DEMONYMS or word in BODY_WORDS:
        return False
    return word in small and not is_first_name(word) and not words[first].isupper()


def _name_start(words: list[str], first: int, last: int, small: Set[str]) -> int:
    """Where, after titles and descriptions, the name itself begins (`last`: titles only)."""
    begin = first
    body = _is_body(words, first, last)
    for i in range(first, last):
        word = bare(words[i])
        if i < begin or not (word in TITLES or word in ROLE_NOUNS or word in _PLURAL_TITLES):
            continue
        rest = words[i + 1 : last]
        if not rest:
            if i - begin == 1 and is_first_name(words[begin]):
                continue  # "Stephen King"
            if (
                i > begin
                and i - begin <= 2
                and bare(words[begin - 1]) in COURTESY
                and begin > first
            ):
                continue
            if body and any(w in ("of", "for") for w in words[begin:last]):
                continue  # "Citizens for Tax Justice"
            return last
        if word in COURTESY and bare(rest[0]) not in _ADDRESSED:
            begin = i + 1
            if len(rest) == 1:
                return begin
            continue
        if rest[0] in ("of", "for", "to", "in", "on", "and", "&"):
            begin = _after_office(words, i + 1, last, begin, body and i == begin)
            continue
        if all(bare(w) in SUFFIXES for w in rest):
            continue
        named = len(rest) >= 2 and begins_name(rest[0])
        if i == begin and not named and word not in TITLES and is_listed(word):
            continue  # "Marine Le Pen"
        if i == begin + 1 and is_first_name(words[begin]) and not named:
            if word not in _PLAIN_TITLES:
                continue  # "Stephen King Jones": a name that holds a role word
        if len(rest) == 1 and bare(rest[0]) in ("general", "major", "executive", "officer"):
            continue
        begin = i + 1
    while begin < last - 1 and _is_demonym(bare(words[begin])):
        if _is_body(words, begin, last):
            break
        begin += 1
    while last - begin >= 3 and not is_listed(words[begin]) and is_first_name(words[begin + 1]):
        if words[begin].lower() not in small or _is_body(words, begin, last):
            break
        begin += 1  # "Crooked Hillary Clinton"
    while begin < last and (words[begin] in (",", "the") or words[begin] in _OPEN):
        begin += 1
    return begin


def _after_office(words: list[str], at: int, last: int, begin: int, body: bool) -> int:
    """The name after "Secretary of State", or where it began if the office is part of a body's name."""
    for k in range(at + 2, last):
        if is_first_name(words[k]) and bare(words[k - 1]) not in ("of", "for", "the", "and"):
            return k
    k = at + 1
    while k < last and (words[k] in ("the", "of", "and", "&", ",") or bare(words[k]) in OFFICES):
        k += 1
    if at + 1 < k < last and words[k - 1] not in ("the", "of", "and", "&"):
        return k
    return begin if body else last


def _is_demonym(word: str) -> bool:
    return word in DEMONYMS or (word[-1:] == "s" and word[:-1] in DEMONYMS)


_PLURAL_TITLES = frozenset(
    "sens reps govs drs messrs profs gens senators presidents ministers".split()
)
COURTESY = frozenset("mr mrs ms miss mx dr sen rep gov sir dame lady lord rev prof".split())
_ADDRESSED = frozenset(
    "president speaker chairman secretary ambassador mayor justice minister".split()
)
_PLAIN_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "sen",
        "rep",
        "gov",
        "lt",
        "col",
        "gen",
        "capt",
        "sgt",
        "adm",
        "rev",
        "prof",
        "president",
        "minister",
        "secretary",
        "senator",
        "congressman",
        "congresswoman",
        "governor",
        "chairman",
        "chairwoman",
        "spokesman",
        "spokeswoman",
    ]
)


def _is_body(words: list[str], first: int, last: int) -> bool:
    found = [k for k in range(first, last) if bare(words[k]) in BODY_WORDS]
    if not found:
        return False
    if is_first_name(words[first]) and last - first == 2:
        return not (found == [last - 1] and bare(words[last - 1]) in _SURNAMES_TOO)
    return True


def _kind(words: list[str], name: int, last: int, title: str | None) -> NameKind:
    if name >= last:
        return NameKind.ROLE
    if _is_body(words, name, last):
        return NameKind.BODY
    length = last - name
    first = words[name]
    if length <= 2 and title is None and is_country([bare(w) for w in words[name:last]]):
        return NameKind.BODY
    if length >= 2 and bare(words[last - 1]) in THING_WORDS:
        if length > 2 or not is_first_name(first):
            return NameKind.THING
    if title is not None and not (length == 1 and bare(first) in DEMONYMS):
        return NameKind.PERSON
    if length >= 2:
        if any(w[0].isdigit() for w in words[name:last]):
            return NameKind.THING
        if all(w.isupper() and len(w) > 1 for w in words[name:last]):
            return NameKind.PERSON if is_first_name(first) else NameKind.UNKNOWN
        if is_first_name(first):
            return NameKind.PERSON
        if any((len(w) == 2 and w[1] == ".") or w.count(".") > 1 for w in words[name:last]):
            return NameKind.PERSON if bare(first) not in _NO_INITIALS else NameKind.UNKNOWN
        if words[last - 1].lower() in SUFFIXES and words[last - 1] not in ("I", "V"):
            return NameKind.PERSON
        return NameKind.UNKNOWN
    if any(c.isdigit() for c in first):
        return NameKind.THING
    return NameKind.ROLE if bare(first) in DEMONYMS else NameKind.UNKNOWN
