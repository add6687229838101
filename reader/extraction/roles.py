"""What a text says somebody is: "Ostrian President X", "X, a nurse from Zagreb,", "X, who is ...".

A role is a stretch of the text as written, without its article.
"""

from __future__ import annotations

from bisect import bisect_left

from reader.core.span import Span
from reader.extraction.naming import NameKind, Naming, bare, is_capitalised
from reader.extraction.tokens import Tokens
from reader.extraction.words import (
    DEMONYMS,
    FUNCTION_WORDS,
    PARTICLES,
    ROLE_NOUNS,
    is_role_word,
    words_of,
)

LONGEST_ROLE = 30
"""Words of an apposition that are read."""

LONGEST_TITLE = 12
_NO_ROLE = frozenset((NameKind.BODY, NameKind.THING))
_COURTESY = frozenset(["mr", "mrs", "ms", "miss", "mx", "dr", "sir"])
_VERBS = frozenset(
    [
        "says",
        "said",
        "told",
        "asked",
        "tells",
        "met",
        "called",
        "calls",
        "named",
        "quoted",
        "saw",
        "including",
        "like",
        "wrote",
        "added",
        "interviewed",
        "joined",
        "introduced",
        "endorsed",
        "praised",
        "attacked",
        "backed",
        "accused",
        "and",
        "or",
        "versus",
        "against",
    ]
)
_DETERMINERS = words_of("the a an his her their its our my")
_PARTICIPLES = words_of("""
retired elected appointed renowned noted distinguished convicted accused injured alleged disgraced
ousted exiled jailed celebrated acclaimed experienced wounded unelected suspected married admitted
self-styled detained respected seed united unpaid assigned
""")
_IN_S = words_of("""
sales sports affairs news operations communications relations rights services studies arts systems
resources antics games works programs earnings securities veterans women's human-rights elections
homicide narcotics claims admissions athletics forces years
""")
_BASE_VERBS = words_of("""
show wage left brought involve expect face faced met made told led won lost held took gave knew
said sent put hit let join thank ask urge help support back beat sue prefer find see hear tell
call challenge make quit saw found became become seek want elect
""")
_JOIN = frozenset(["of", "for", "to", "at", "in", "on", "with", "from", "by", "and", "the"])
_ENDS = frozenset((",", ";", ".", ")", "(", "—", "–", "--", ":", '"', "“", "”", "''", "?", "!"))
_STARTS = frozenset(
    [
        "a",
        "an",
        "the",
        "his",
        "her",
        "their",
        "its",
        "our",
        "my",
        "one",
        "another",
        "former",
        "now",
        "then",
        "founding",
    ]
)


_NOT_MEN = frozenset(("german", "roman", "ottoman", "norman", "talisman", "newman", "bowman"))
_ROLE_ENDS = ("ologist", "woman", "person", "ographer", "-old", "keeper", "fighter")


def singular_role(word: str) -> bool:
    """Whether a word, in whatever case, says what one person is."""
    word = bare(word)
    if is_role_word(word):
        return True
    if word.endswith("man") and len(word) > 5:
        return word not in _NOT_MEN
    return len(word) > 6 and word.endswith(_ROLE_ENDS)


def role_before(tokens: Tokens, naming: Naming, limit: int) -> Span | None:
    """The title and description right before a name ("former senior Turkish diplomat X")."""
    words = tokens.words
    end = naming.name
    i = end
    limit = max(limit, end - LONGEST_TITLE)
    while i > limit:
        word = words[i - 1]
        low = word.lower()
        if word in ("'s", "’s"):
            if i - 2 < limit or not is_capitalised(words[i - 2]):
                break
            i -= 1
            continue
        if not (word[0].isalnum()) or low in _VERBS or (i < end and _verb_like(word)):
            break
        if low in FUNCTION_WORDS and low not in ("former", "then", "of", "first", "second", "next"):
            break
        if low in ("of",) and (i - 2 < limit or not singular_role(words[i - 2])):
            break
        if low == "of" and i == end:
            break
        if word[0].isdigit() and not low.endswith("-old"):
            break
        i -= 1
    while i < end and (
        words[i].lower() in ("of", "then", "next", "'s", "’s") or not words[i][0].isalnum()
    ):
        i += 1
    if i >= end or not _ends_role(words, i, end):
        return None
    if all(bare(words[k]) in _COURTESY for k in range(i, end)):
        return None
    while i < end and bare(words[i]) in _COURTESY:
        i += 1
    last = end
    while last > i and bare(words[last - 1]) in _COURTESY:
        last -= 1
    if last <= i or (last - i == 1 and words[i].endswith("-old")):
        return None
    return Span(tokens.starts[i], tokens.ends[last - 1])


def role_turned(tokens: Tokens, naming: Naming) -> Span | None:
    """The description before a name that stands in apposition ("her manager, X,")."""
    words = tokens.words
    end = naming.begin - 1
    if end < 2 or words[end] != "," or naming.last >= len(words) or words[naming.last] != ",":
        return None
    if not (words[end - 1][0].islower() and singular_role(words[end - 1])):
        return None
    for i in range(end - 1, max(end - LONGEST_TITLE, 0) - 1, -1):
        word = words[i].lower()
        if word in _DETERMINERS or word in ("'s", "’s"):
            return Span(tokens.starts[i + 1], tokens.ends[end - 1])
        if not word[0].isalnum() or word in FUNCTION_WORDS:
            return None
    return None


def _ends_role(words: list[str], first: int, last: int) -> bool:
    """Whether the words before a name end with what one person is ("Secretary of State" does)."""
    while last - first > 1 and bare(words[last - 1]) in _COURTESY:
        last -= 1
    word = bare(words[last - 1])
    if singular_role(word) or word in DEMONYMS or word in _COURTESY:
        return True
    if not words[last - 1][0].isupper():
        return False
    return any(
        singular_role(words[k]) and words[k + 1] in ("of", "for") for k in range(first, last - 1)
    )


def _verb_like(word: str) -> bool:
    """Whether a word in small letters is more likely a verb than part of a title: "polls show",
    "mocked". Modifiers of nouns seldom end in s or ed."""
    if not word[0].islower() or "-" in word:
        return False
    if word.endswith("ed"):
        return word not in _PARTICIPLES
    if word.endswith("s"):
        return not (word.endswith(("ss", "ics", "ous")) or word in _IN_S)
    return word in _BASE_VERBS


def role_after(tokens: Tokens, naming: Naming, limit: int) -> Span | None:
    """The apposition after a name ("X, 43, a nurse from Zagreb,")."""
    words = tokens.words
    i = naming.last
    if i < limit and words[i] == "(":
        k = i
        while k < min(limit, i + 8) and words[k] != ")":
            k += 1
        i = k + 1
    if i + 1 >= limit or words[i] != ",":
        return None
    i += 1
    if words[i][0].isdigit() and i + 1 < limit and words[i + 1] == ",":
        i += 2
    if i + 1 >= limit:
        return None
    limit = min(limit, i + LONGEST_ROLE)
    low = words[i].lower()
    if low == "who":
        k = i + 1
        if k + 1 < limit and words[k] in ("is", "was"):
            k += 1
            while k < limit and words[k].lower() in ("now", "also", "currently", "then"):
                k += 1
        else:
            return None
        i = k
        low = words[i].lower()
    begin = i
    if low in _DETERMINERS:
        begin = i + 1
    end = i
    head = low in ("a", "an") and naming.kind is NameKind.PERSON
    while end < limit and words[end] not in _ENDS:
        word = words[end]
        if word in ("who", "which", "whose", "where", "said", "says", "told", "tweeted", "wrote"):
            break
        if not head and word.lower() in _JOIN and end > i and word.lower() not in ("the", "and"):
            return None
        if not head and singular_role(word):
            head = True
        end += 1
    if not head or end <= begin:
        return None
    if low not in _STARTS and not words[i][0].isalpha():
        return None
    capitals = words[i][0].isupper() and words[end - 1][0].isupper() and low not in _STARTS
    if capitals and not any(w in _JOIN for w in words[i:end]):
        return None  # "..., Mayor Ann Lee said": another person
    if low not in _STARTS and (low in FUNCTION_WORDS or low.endswith("ly") or _verb_like(words[i])):
        return None
    return Span(tokens.starts[begin], tokens.ends[end - 1])


def _is_people(word: str) -> bool:
    """Whether a word in small letters means people ("U.S. senator", "NATO allies")."""
    if not word[0].islower():
        return False
    return word in ROLE_NOUNS or (word[-1] == "s" and word[:-1] in ROLE_NOUNS)


def _age_follows(words: list[str], at: int, limit: int) -> bool:
    """Whether ", 43," or ", aged 43," comes next."""
    if at + 2 >= limit or words[at] != ",":
        return False
    if words[at + 1] == "aged":
        at += 1
    word = words[at + 1]
    return word.isdigit() and len(word) <= 2 and words[at + 2] in (",", ".", ")")


def note_roles(tokens: Tokens, sentences: list[tuple[int, int]], namings: list[Naming]) -> None:
    """Find the roles of all namings, and which namings only belong to another's role."""
    for k, naming in enumerate(namings):
        if naming.last < len(tokens) and _is_people(tokens.words[naming.last]):
            naming.modifier = True
        if naming.kind in _NO_ROLE or not naming.words or naming.headline:
            continue
        begin, end = sentences[naming.sentence]
        before = role_before(tokens, naming, begin)
        alone = naming.the and naming.name == naming.first  # "the Lantern" is nobody
        after = None if alone else role_after(tokens, naming, end)
        turned = None if before is not None or after is not None else role_turned(tokens, naming)
        naming.roles = tuple(span for span in (before, after, turned) if span is not None)
        full = naming.kind is NameKind.UNKNOWN and 2 <= len(naming.words) <= 4 and not naming.the
        if full and (naming.roles or _age_follows(tokens.words, naming.last, end)):
            naming.kind = NameKind.PERSON
        if before is not None:
            naming.begin = min(naming.first, bisect_left(tokens.starts, before.start))
            j = k - 1
            while j >= 0 and tokens.starts[namings[j].first] >= before.start:
                namings[j].modifier = True
                j -= 1


def head_noun(words: list[str]) -> str | None:
    """The noun a description is about: the last word before its first preposition or clause."""
    head = None
    for word in words:
        low = bare(word)
        if low in (
            "of",
            "for",
            "from",
            "at",
            "in",
            "on",
            "with",
            "to",
            "by",
            "who",
            "which",
            "that",
            ",",
        ):
            if head is not None:
                break
            continue
        if low[:1].isalpha() and low not in PARTICLES:
            head = low
    return head
