"""Taking a run of capitalised words apart: what is title, what is name, and whose name it is.

"Ostrian President X" is a title and a person, "Secretary of State" a title only, "Citizens for Tax
Justice" a body, "Election Day" a thing.
"""

from __future__ import annotations

from collections.abc import Set

from reader.extraction.names import begins_name, is_first_name, is_listed
from reader.extraction.naming import NameKind, Naming, bare, is_capitalised, joined
from reader.extraction.tokens import Tokens
from reader.extraction.words import (
    BODY_WORDS,
    DAYS,
    DEMONYMS,
    FUNCTION_WORDS,
    HONOURS,
    OFFICES,
    SUFFIXES,
    THING_WORDS,
    TITLES,
    is_country,
    is_role_word,
    words_of,
)

COURTESY = words_of("mr mrs ms miss mx dr sen rep gov sir dame lady lord rev prof")

_ADDRESSED = words_of("""
president speaker chairman secretary ambassador mayor justice minister
""")

_PLURAL_TITLES = words_of("sens reps govs drs messrs profs gens senators presidents ministers")

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

_TRADES = words_of("""
airline bank retailer insurer broker brokerage startup start-up charity union watchdog regulator
newspaper magazine website publisher broadcaster supermarket developer builder rival
""")

_NEVER_NAMES = words_of("""
a an the i in on at and but by for from when while if as that with we he she it they
""")
"""Words that begin no name, even after a bracket or a dash."""

_PLACE_FIRST = words_of("""
new north south east west great united saint san los las el la central royal national white
supreme high black big first old upper lower little long red green blue grand free open world
federal general
""")
"""Adjectives that are often part of a name."""

_NAMES_TOO = frozenset(("christian", "german", "scot"))
"""Peoples and faiths that are first names as well ("Capt. Christian Lee")."""

_NO_INITIALS = words_of("u.s u.n u.k d.c e.u n s e w st u.s.s.r no")

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

_OPEN_Q = frozenset(('"', "“", "‘", "''", "``", "'", "‘‘"))


def parts_of_run(
    tokens: Tokens, first: int, last: int, begins: bool, small: Set[str]
) -> list[Naming]:
    """Take a run apart: drop words capitalised by position, split off titles, say what it is."""
    words = tokens.words
    if begins:
        # After "The" or "When" the next capital is a name's own: "The Port Authority".
        only = FUNCTION_WORDS if words[first].lower() in FUNCTION_WORDS else frozenset[str]()
        while first < last and _by_position(words, first, last, small):
            first += 1
            while first < last and not is_capitalised(words[first]):
                first += 1
            if first < last and words[first].lower() not in only:
                break
    else:
        while first < last and words[first].lower() in _NEVER_NAMES:
            first += 1
            while first < last and not is_capitalised(words[first]):
                first += 1
    while first < last and (words[first] in DAYS or _is_contraction(words[first])):
        first += 1  # "In January Wahlen said"
    if first >= last:
        return []
    short = last - first == 1 and len(words[first]) <= 6 and words[first].find(".") > 0
    if short and words[first].count(".") == 1 and bare(words[max(first - 1, 0)]) not in TITLES:
        return []  # "Md.", "Sept.", "Okla."
    if last - first == 1 and words[first].lower() in FUNCTION_WORDS:
        if begins or not is_listed(words[first]):
            return []
        return [Naming(first, last, last, NameKind.ROLE, 0, [], words[first])]
    while last - first > 2 and words[last - 1].lower() in HONOURS:
        last -= 1 + (words[last - 2] == ",")
    if last - first > 2 and all(w.isupper() and len(w) > 1 for w in words[first:last]):
        return []  # a heading in capitals
    company = last - first > 1 and begins and _is_trade(words[first])
    if company:
        first += 1  # "Drugmaker Biovanta", "Airline Nordair"
    name = _name_start(words, first, last, small)
    title = bare(words[name - 1]) if name > first else None
    if title is None and first > 0 and joined(tokens, first):
        before = bare(words[first - 1])
        if is_role_word(before):
            title = before
    kind = _kind(words, name, last, title)
    if company and kind is NameKind.UNKNOWN:
        kind = NameKind.BODY
    if kind is NameKind.ROLE:
        name = last
    return [Naming(first, name, last, kind, 0, words[name:last], words[first], title)]


def _is_contraction(word: str) -> bool:
    """Whether a word is "They're", "I've" or the like."""
    head, mark, tail = word.lower().replace("’", "'").partition("'")
    return bool(mark) and tail in ("re", "ve", "ll", "d", "m", "t") and head in FUNCTION_WORDS


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
    if is_role_word(bare(word)) or word in DEMONYMS or word in BODY_WORDS:
        return False
    if word in _PLACE_FIRST:
        return False
    return word in small and not begins_name(word) and not words[first].isupper()


def _name_start(words: list[str], first: int, last: int, small: Set[str]) -> int:
    """Where, after titles and descriptions, the name itself begins (`last`: titles only)."""
    begin = first
    body = _is_body(words, first, last)
    for i in range(first, last):
        word = bare(words[i])
        if i < begin or not (is_role_word(word) or word in _PLURAL_TITLES):
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
        if body and bare(words[last - 1]) in BODY_WORDS and not begins_name(rest[0]):
            continue  # "National Marine Safety Board"
        named = len(rest) >= 2 and begins_name(rest[0])
        if i == begin and not named and word not in TITLES and is_listed(word):
            continue  # "Marine Le Pen"
        inside = i == begin + 1 and is_first_name(words[begin]) and not named
        if inside and word not in _PLAIN_TITLES:
            continue  # "Stephen King Jones": a name that holds a role word
        if len(rest) == 1 and bare(rest[0]) in ("general", "major", "executive", "officer"):
            continue
        begin = i + 1
    while begin < last - 1 and _is_demonym(bare(words[begin])):
        if _is_body(words, begin, last) or (
            last - begin == 2 and bare(words[begin]) in _NAMES_TOO and begin > first
        ):
            break
        begin += 1
    while last - begin >= 3 and not is_listed(words[begin]) and is_first_name(words[begin + 1]):
        if words[begin].lower() not in small or _is_body(words, begin, last):
            break
        begin += 1  # "Lucky Ann Lee"
    while begin < last and (words[begin] in (",", "the") or words[begin] in _OPEN_Q):
        begin += 1
    return begin


def _after_office(words: list[str], at: int, last: int, begin: int, body: bool) -> int:
    """The name after "Secretary of State", or `begin` if the office is part of a body's name."""
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
    thing = length >= 2 and bare(words[last - 1]) in THING_WORDS
    if thing and (length > 2 or not is_first_name(first)):
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
