"""Taking a mention apart: is it a name, a pronoun, a description, and which of its words is the name?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from reader.extraction.mentions import NameKind, Naming, bare
from reader.extraction.pronouns import PRONOUNS
from reader.extraction.roles import head_noun, singular_role
from reader.extraction.tokens import Tokens
from reader.extraction.words import DEMONYMS, ROLE_NOUNS

_PREPOSITIONS = frozenset(
    ["of", "for", "from", "at", "by", "with", "in", "on", "to", "about", "near", "against", "under", "between", "among", "behind", "outside", "inside"]
)
_CLAUSE = frozenset(["who", "whom", "which", "that", "whose", "where", "when", "while", "as", "after", "before", "said", "told"])
_LEADING = frozenset(["according", "meanwhile", "but", "and", "also", "then"])


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
    group: tuple[Naming, ...] = ()
    singular_person: bool = False


def read_mention(tokens: Tokens, first: int, last: int, namings: Sequence[Naming]) -> Reading:
    """What the tokens first to last (exclusive) are, given the namings that touch them."""
    words = tokens.words
    while first < last and not (words[first][0].isalnum() or words[first][0] == "@"):
        first += 1
    while (
        last > first
        and not words[last - 1][0].isalnum()
        and words[last - 1] not in (")", ".", "'s", "’s")
    ):
        last -= 1
    while last > first and words[last - 1] in ("'s", "’s", "."):
        last -= 1
    if first >= last:
        return Reading(ReadingKind.NOTHING)
    text = tokens.text[tokens.starts[first] : tokens.ends[last - 1]]
    own = tuple(words[first:last])
    low = [w.lower() for w in own]
    if all(w in PRONOUNS for w in low) and len(low) <= 2:
        return Reading(ReadingKind.PRONOUN, low[0], own)
    inside = [
        n for n in namings if n.kind is not NameKind.ROLE and n.last > first and n.name < last
    ]
    if inside:
        found = _name_in(tokens, first, last, inside, text, own)
        if found is not None:
            return found
    return _description(text, own, low)


def _segments(words: list[str], first: int, last: int) -> list[tuple[int, int]]:
    out = []
    begin = first
    depth = 0
    for i in range(first, last):
        if words[i] in ("(", "["):
            depth += 1
        elif words[i] in (")", "]"):
            depth = max(0, depth - 1)
        if (words[i] in (",", ";", "–", "—", "--", ":") and depth == 0) or words[i] == "(":
            if i > begin:
                out.append((begin, i))
            begin = i + 1
    if last > begin:
        out.append((begin, last))
    return out[:8]


def _name_in(
    tokens: Tokens, first: int, last: int, namings: list[Naming], text: str, own: tuple[str, ...]
) -> Reading | None:
    words = tokens.words
    for number, (a, b) in enumerate(_segments(words, first, last)):
        stop = b
        for i in range(a, b):
            if words[i].lower() in _CLAUSE and i > a:
                stop = i
                break
        within = [n for n in namings if n.first < stop and n.last > a]
        head: Naming | None = None
        for n in within:
            start = max(n.first, a)
            if any(words[i].lower() in _PREPOSITIONS for i in range(a, start)):
                break
            head = n
        if head is None:
            if number == 0 and any(words[i][0].isalpha() for i in range(a, stop)):
                if head_noun(list(words[a:stop])) is None:
                    continue
                # "his lawyer, Mark Smith": a name may follow
                nxt = [n for n in namings if n.first >= b and n.first <= b + 2]
                role = head_noun(list(words[a:stop])) or ""
                if nxt and singular_role(role) and nxt[0].kind is not NameKind.BODY:
                    return Reading(ReadingKind.NAME, text, own, nxt[0])
                return None
            continue
        after = head.last
        if after < stop and words[after] == ",":
            after = stop
        rest = [w for w in words[after:stop] if w not in ("'s", "’s", "'", "’", "(", ")")]
        tail = []
        for w in rest:
            if w.lower() in _PREPOSITIONS:
                break
            tail.append(w)
        tail = [w for w in tail if w[0].isalpha()]
        group = [n for n in within if n.first < stop]
        if len(group) >= 2 and "and" in [w.lower() for w in words[a:stop]]:
            pair = _pair(words, group, a, stop)
            if pair is not None:
                return Reading(ReadingKind.GROUP, text, own, None, pair)
        if tail and tail[0].lower() not in (
            "and",
            "or",
            "himself",
            "herself",
            "itself",
            "also",
            "then",
            "both",
            "too",
        ):
            low = tail[-1].lower()
            if low == "campaign":
                return Reading(ReadingKind.CAMPAIGN, text, own, head)
            if number == 0:
                nxt = [n for n in namings if n.first >= b and n.first <= b + 2]
                if nxt and singular_role(low) and nxt[0].kind is not NameKind.BODY:
                    return Reading(ReadingKind.NAME, text, own, nxt[0])
            return Reading(ReadingKind.INDEFINITE, text, own)
        low_last = bare(head.words[-1])
        plural = low_last.endswith("s") and (
            low_last[:-1] in DEMONYMS or low_last[:-1] in ROLE_NOUNS
        )
        plural = plural or low_last in (
            "police",
            "protesters",
            "voters",
            "officials",
            "authorities",
            "women",
            "men",
        )
        if plural and head.title is None:
            return Reading(ReadingKind.INDEFINITE, text, own)
        return Reading(ReadingKind.NAME, text, own, head)
    return None


def _pair(words: list[str], namings: list[Naming], a: int, b: int) -> tuple[Naming, ...] | None:
    """Two names joined by "and"."""
    for one, other in zip(namings, namings[1:], strict=False):
        between = [w.lower() for w in words[one.last : other.first]]
        if (between and between[-1] == "and" and len(between) <= 2) or between == ["and", "the"]:
            return (one, other)
    return None


def _description(text: str, own: tuple[str, ...], low: list[str]) -> Reading:
    head = head_noun(list(own))
    singular = head is not None and singular_role(head)
    if (
        low[0] in ("the", "this", "that", "his", "her", "their", "our", "my", "its")
        or (own[0][0].isupper()
        and singular)
    ):
        return Reading(ReadingKind.DEFINITE, text, own, singular_person=singular)
    return Reading(ReadingKind.INDEFINITE, text, own, singular_person=singular)
