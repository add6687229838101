"""The list of speakers of a text, each entered once, with role, aliases and mentions."""

from __future__ import annotations

from dataclasses import dataclass, field

from reader.core.quotation import Speaker, SpeakerKind
from reader.core.span import Span
from reader.extraction.entity import Entity
from reader.extraction.naming import BODIES, NameKind, Naming
from reader.extraction.stage import Answer
from reader.extraction.tokens import Tokens

MOST_READ = 40
"""Namings of one person whose surroundings are searched for a role."""


@dataclass(slots=True)
class _Entry:
    name: str
    kind: SpeakerKind
    named: bool
    entity: Entity | None = None
    mentions: set[Span] = field(default_factory=set)


class Roll:
    """Speakers in order of their first quotation."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._entries: list[_Entry] = []
        self._by_key: dict[object, int] = {}

    def enter(self, answer: Answer, mention: Span | None) -> int | None:
        """The number of the speaker of this answer; None for nobody."""
        entry = self._entry(answer)
        if entry is None:
            return None
        number, item = entry
        if mention is not None:
            item.mentions.add(mention)
        return number

    def _entry(self, answer: Answer) -> tuple[int, _Entry] | None:
        entity = answer.entity
        if entity is not None:
            where: object = entity.number
        elif answer.group is not None:
            where = ("group", answer.group)
        elif answer.description:
            where = ("described", _plain(answer.description))
        else:
            return None
        if where in self._by_key:
            number = self._by_key[where]
            return number, self._entries[number]
        if entity is not None:
            kind = SpeakerKind.PERSON if _is_person(entity) else SpeakerKind.ORGANISATION
            item = _Entry(entity.name, kind, True, entity)
        elif answer.group is not None:
            kind = SpeakerKind.GROUP if " and " in answer.group else SpeakerKind.ORGANISATION
            item = _Entry(answer.group, kind, True)
        else:
            item = _Entry(
                answer.description or "",
                SpeakerKind.GROUP if _plural(answer.description or "") else SpeakerKind.PERSON,
                False,
            )
        self._by_key[where] = len(self._entries)
        self._entries.append(item)
        return len(self._entries) - 1, item

    def speakers(self) -> tuple[Speaker, ...]:
        """Everybody entered."""
        return tuple(self._speaker(item) for item in self._entries)

    def _speaker(self, item: _Entry) -> Speaker:
        entity = item.entity
        mentions = item.mentions
        aliases: tuple[str, ...] = ()
        role = None
        if entity is not None:
            tokens = self._tokens
            namings = sorted(entity.namings, key=lambda n: n.first)
            forms = dict.fromkeys(n.text for n in namings)
            aliases = tuple(form for form in forms if form != item.name)
            for naming in namings:
                mentions.add(Span(tokens.starts[naming.name], tokens.ends[naming.last - 1]))
            role = self._role(entity, namings)
        return Speaker(item.name, item.kind, role, aliases, item.named, tuple(sorted(mentions)))

    def _role(self, entity: Entity, namings: list[Naming]) -> str | None:
        if entity.kind in BODIES:
            return None
        best: str | None = None
        for naming in namings[:MOST_READ]:
            for span in naming.roles:
                role = " ".join(span.text(self._tokens.text).split())
                if " " in role:
                    return role
                best = best or role
        return best


def _is_person(entity: Entity) -> bool:
    if entity.kind is NameKind.PERSON:
        return True
    if entity.kind in BODIES:
        return False
    if entity.men + entity.women > 0.0:
        return True
    if entity.words[-1].endswith(("ism", "tion", "ics", "ing", "ogy", ".com", ".org")):
        return False
    return len(entity.words) >= 2 and not all(w.isupper() for w in entity.words)


def _plain(text: str) -> str:
    words = text.lower().split()
    if len(words) > 1 and words[0] in ("the", "a", "an"):
        words = words[1:]
    return " ".join(words)


def _plural(text: str) -> bool:
    words = text.split()
    return bool(words) and (
        words[0].lower()
        in ("several", "many", "some", "two", "three", "both", "few", "most", "other")
        or (words[-1].endswith("s") and not words[-1].endswith("ss"))
    )
