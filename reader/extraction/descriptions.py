"""Whom "the Turkish president", "the commission" or "the article" means."""

from __future__ import annotations

from reader.extraction.bodies import standard
from reader.extraction.entity import Entity
from reader.extraction.names import Gender
from reader.extraction.naming import NameKind, bare
from reader.extraction.pronouns import Trace
from reader.extraction.reading import Reading
from reader.extraction.roles import head_noun, singular_role
from reader.extraction.stage import Answer, Stage
from reader.extraction.words import (
    BODY_NOUNS,
    BODY_WORDS,
    DEMONYMS,
    DOCUMENT_WORDS,
    FEMALE_NOUNS,
    MALE_NOUNS,
    ROLE_NOUNS,
    TITLES,
    words_of,
)

MOST_LATER = 150
"""People looked through for one whose description comes before the name."""

LOOK_BACK = 400
"""Words before a description in which one so described may have been brought in."""

_MODIFIERS = words_of("""
former then ex first old young presidential vice prime real estate and outgoing incoming year-old
current retired veteran
""")

_INDEFINITE = words_of("a an one another two three several")

_LINKS = words_of("for at in who from with by on")

_NUMBERS = words_of("two three four five six seven eight nine ten")

_EMPTY = words_of("the a an 's ’s his her their its my our who of that this own")

_PUBLICATIONS = words_of("""
post times journal news herald tribune gazette telegraph magazine review press daily weekly
independent guardian mail mirror sun star chronicle globe inquirer observer standard register
network radio television tv website
""")

_OWN_NAME = words_of("""
court ministry museum police church hospital school university parliament council army college
court tribunal league senate cabinet department prison embassy county city country nation state
""")
"""Bodies that have this noun in their name if they have one."""

_RANKS = words_of("deputy vice assistant shadow junior")
_PRINTED = words_of("""
article piece story editorial column newspaper paper magazine website site network outlet blog
publication daily report
""")

_OFFICE_NOUNS = words_of("""
businessman businesswoman billionaire mogul nominee candidate lawmaker politician republican
democrat congressman congresswoman liberal conservative leader incumbent challenger frontrunner
president governor senator mayor minister premier chancellor secretary lady mother father star
singer actor actress player striker champion author man woman veteran native
""")


def described(
    stage: Stage, reading: Reading, sentence: int, paragraph: int, token: int
) -> Answer | None:
    """The one whom "the Turkish president" or "the commission" means."""
    words = [bare(w) for w in reading.words]
    head = head_noun(words)
    if head is None:
        return None
    heads = {head}
    if "and" in words:  # "the former secretary of state and current nominee"
        heads |= {w for w in words[words.index("and") :] if singular_role(w)}
    gender = "m" if head in MALE_NOUNS else "f" if head in FEMALE_NOUNS else None
    wanted = frozenset(words) - _EMPTY
    owner = None
    if reading.naming is not None and reading.naming.possessive and reading.naming.words:
        owner = bare(reading.naming.words[-1])
    place = frozenset[str]()
    if "of" in words:
        after = reading.words[words.index("of") + 1 :]
        place = frozenset(bare(w) for w in after if w[0].isupper())
    best: Trace | None = None
    best_score = 0.0
    for trace in stage.salience.recent():
        entity = trace.entity
        if gender is not None and entity.gender not in (None, gender):
            continue
        if reading.naming is not None and reading.naming.entity == entity.number:
            continue  # "Lee's family" is not Lee
        score = max(_fit(stage, entity, h, wanted, owner, place) for h in heads)
        if score <= 0:
            continue
        score += 0.25 * stage.salience.score(trace, sentence, paragraph)
        if best is None or score > best_score:
            best, best_score = trace, score
    if best is not None:
        name = best.entity.name
        return Answer(best.entity, confidence=0.82, why=f"“{reading.text}” is {name}: so described")
    if reading.singular_person:
        later = _named_later(stage, reading, heads, wanted, owner, place, gender)
        if later is not None:
            return later
        return _variation(stage, reading, head, wanted, sentence, paragraph, token)
    if head in _PRINTED or head in BODY_NOUNS or head in DOCUMENT_WORDS:
        return _body(stage, reading, head, sentence, paragraph)
    return None


def _named_later(
    stage: Stage,
    reading: Reading,
    heads: set[str],
    wanted: frozenset[str],
    owner: str | None,
    place: frozenset[str],
    gender: str | None,
) -> Answer | None:
    """One whose name comes after the description: "London's Muslim mayor" of a first paragraph."""
    text = stage.tokens.text
    best: Entity | None = None
    most = 1
    for entity in stage.cast.entities[:MOST_LATER]:
        if not entity.person or (gender is not None and entity.gender not in (None, gender)):
            continue
        for naming in entity.namings[:3]:
            for span in naming.roles:
                role = [bare(w) for w in span.text(text).split()]
                if head_noun(role) not in heads or (owner is not None and owner not in role):
                    continue
                if _RANKS & wanted != _RANKS.intersection(role) or not place.issubset(role):
                    continue
                shared = len(wanted.intersection(role))
                if shared > most:
                    best, most = entity, shared
    if best is None:
        return None
    why = f"“{reading.text}” is {best.name}, so described later"
    return Answer(best, confidence=0.7, why=why)


def _fit(
    stage: Stage,
    entity: Entity,
    head: str,
    wanted: frozenset[str],
    owner: str | None,
    place: frozenset[str],
) -> float:
    """How well a description fits what the text calls somebody; 0 for not at all."""
    if not entity.person and head in entity.keys:
        return 2.5 + len(wanted.intersection(entity.keys))
    best = 0.0
    if not singular_role(head) and head not in DEMONYMS:
        return best
    for described, noun in stage.roles.get(entity.number, ()):
        if owner is not None and owner not in described:
            continue  # "Lee's spokeswoman" is not Ray's
        if described & _RANKS != wanted & _RANKS:
            continue  # the deputy prime minister is not the prime minister
        if place and "of" in described and not place <= described:
            continue  # the governor of Upper Tesse is not that of Lower Tesse
        if noun == head or head in described:
            score = 2.0 + len(wanted & described) - 0.5 * len(wanted - described - {head})
            best = max(best, score)
    return best


def _variation(
    stage: Stage,
    reading: Reading,
    head: str,
    wanted: frozenset[str],
    sentence: int,
    paragraph: int,
    token: int,
) -> Answer | None:
    """ "The New York businessman" right after the name, of one the text never calls so.

    Only for descriptions that speak of somebody as known (an office, an origin, an age) and without
    "of" or "for", which would introduce somebody new.
    """
    words = reading.words
    if words[0].lower() not in ("the", "this", "that"):
        return None
    inner = words[1:-1]
    if "of" in inner and words[-1].lower() not in _NUMBERS:
        return None
    if any(w.lower() in _LINKS for w in inner):
        return None
    if any(
        w[0].islower()
        and w != "of"
        and w not in _MODIFIERS
        and w not in ROLE_NOUNS
        and bare(w) not in DEMONYMS
        for w in inner
    ):
        return None
    if wanted & _RANKS:
        return None
    aged = any(w.endswith("-old") for w in inner) or words[-1].lower() in _NUMBERS
    origin = any(w[0].isupper() for w in words[1:]) or any(w in DEMONYMS for w in wanted)
    known = origin or aged or head in _OFFICE_NOUNS or head in TITLES
    gender: Gender | None = "m" if head in MALE_NOUNS else "f" if head in FEMALE_NOUNS else None
    found = stage.salience.find(gender, sentence, paragraph, prefer_speaker=True)
    if found is None or found.margin < 0.2:
        return None
    entity = found.entity
    if not entity.person and entity.men == entity.women == 0.0:
        return None
    if not known and (
        found.entity.number != stage.salience.last_speaker or _introduced(stage, head, token)
    ):
        return None
    why = f"“{reading.text}” is probably {found.entity.name}: {found.why}"
    return Answer(found.entity, confidence=0.55 + 0.1 * min(found.margin, 2.0), why=why)


def _introduced(stage: Stage, head: str, token: int) -> bool:
    """Whether the text has already brought in somebody as "a" or "one" such."""
    words = stage.tokens.words
    for k in range(max(0, token - LOOK_BACK), token):
        if words[k].lower() == head and k > 0:
            i = k - 1
            while i > 0 and i > k - 4 and words[i][0].islower() and words[i] not in _INDEFINITE:
                i -= 1
            if words[i].lower() in _INDEFINITE:
                return True
    return False


def _body(
    stage: Stage, reading: Reading, head: str, sentence: int, paragraph: int
) -> Answer | None:
    """ "The union", "the article": the body on stage that can be called so."""
    if head in _OWN_NAME:
        return None
    again = stage.called.get(head)
    if again is not None:
        why = f"“{reading.text}” is probably {again.name}, as before"
        return Answer(again, confidence=0.65, why=why)
    best: Trace | None = None
    best_score = -5.0
    for trace in stage.salience.recent():
        entity = trace.entity
        if (
            entity.person
            or (entity.vague and trace.spoke < 0)
            or entity.kind is NameKind.THING
            or stage.salience.away(trace, sentence) > 6
        ):
            continue
        score = stage.salience.score(trace, sentence, paragraph)
        if head in _PRINTED:
            if not _PUBLICATIONS.intersection(entity.keys) and trace.spoke < 0:
                continue
        elif head in DOCUMENT_WORDS:
            if entity.number != stage.salience.last_speaker:
                continue
        elif entity.kind is not NameKind.BODY:
            if trace.spoke < 0 and not trace.subject:
                continue
            score -= 1.0
        elif not BODY_WORDS.intersection(standard(entity.keys)) and trace.spoke < 0:
            continue
        if score > best_score:
            best, best_score = trace, score
    if best is None:
        return None
    if head in BODY_NOUNS:
        stage.called[head] = best.entity
    why = f"“{reading.text}” is probably {best.entity.name}, named before"
    return Answer(best.entity, confidence=0.6, why=why)
