"""Who a mention is: one of the people and bodies on stage, a description, or nobody."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from reader.extraction.bodies import standard
from reader.extraction.mentions import NameKind, Naming, bare
from reader.extraction.names import Gender
from reader.extraction.people import BODIES, Cast, Entity
from reader.extraction.pronouns import HE, SHE, Salience, Trace
from reader.extraction.reading import Reading, ReadingKind
from reader.extraction.roles import head_noun, singular_role
from reader.extraction.tokens import Tokens
from reader.extraction.words import (
    BODY_NOUNS,
    BODY_WORDS,
    DEMONYMS,
    DOCUMENT_WORDS,
    FEMALE_NOUNS,
    MALE_NOUNS,
    ROLE_NOUNS,
    TITLES,
)

LOOK_BACK = 400
"""Words before a description in which one so described may have been brought in."""

REACH = 30
"""Words between a name and the "who" that follows it."""

_MODIFIERS = frozenset(
    "former then ex first old young presidential vice prime real estate and outgoing incoming "
    "year-old current retired veteran".split()
)
_INDEFINITE = frozenset("a an one another two three several".split())
_LINKS = frozenset("for at in who from with by on".split())
_NUMBERS = frozenset("two three four five six seven eight nine ten".split())
_EMPTY = frozenset("the a an 's ’s his her their its my our who of that this own".split())
_APPOSED = frozenset("a an the his her their former one".split())
_PUBLICATIONS = frozenset(
    "post times journal news herald tribune gazette telegraph magazine review press daily weekly "
    "independent guardian mail mirror sun star chronicle globe inquirer observer standard register "
    "network radio television tv website".split()
)
_PRINTED = frozenset(
    "article piece story editorial column newspaper paper magazine website site network outlet "
    "blog publication daily report".split()
)
_OFFICES = frozenset(
    "businessman businesswoman billionaire mogul nominee candidate lawmaker politician republican "
    "democrat congressman congresswoman liberal conservative leader incumbent challenger frontrunner "
    "president governor senator mayor minister premier chancellor secretary lady mother father "
    "star singer actor actress player striker champion author man woman veteran native".split()
)


@dataclass(frozen=True, slots=True)
class Answer:
    """Who speaks, as far as the text says."""

    entity: Entity | None = None
    description: str | None = None
    """For those without a name: the words that describe them."""
    group: str | None = None
    """For two or more named together: their names."""
    confidence: float = 1.0
    why: str = ""


NOBODY = Answer(confidence=0.9, why="the text does not say who speaks")


class Stage:
    """What the walk has seen so far."""

    def __init__(
        self,
        tokens: Tokens,
        sentences: list[tuple[int, int]],
        namings: list[Naming],
        starts: list[int],
        cast: Cast,
        clock: list[int],
    ) -> None:
        self.tokens = tokens
        self.sentences = sentences
        self.namings = namings
        self.starts = starts
        self.cast = cast
        self.salience = Salience(clock)
        self.roles: dict[int, list[tuple[frozenset[str], str | None]]] = {}
        """How the text describes each entity: the words, and the noun they are about."""
        self.last_group: tuple[str, int] | None = None
        """The last two to speak together, and in which sentence."""


def answer(stage: Stage, reading: Reading, token: int, sentence: int, paragraph: int) -> Answer:
    """Who the mention that begins at `token` is."""
    kind = reading.kind
    if kind is ReadingKind.NAME and reading.naming is not None and reading.naming.entity >= 0:
        return _named(stage, reading, reading.naming)
    if kind is ReadingKind.GROUP:
        return _group(stage, reading, sentence)
    if kind is ReadingKind.PRONOUN:
        return _pronoun(stage, reading, token, sentence, paragraph)
    if kind is ReadingKind.CAMPAIGN:
        return _campaign(stage, reading, sentence, paragraph)
    if kind is ReadingKind.DEFINITE:
        found = _described(stage, reading, sentence, paragraph, token)
        if found is not None:
            return found
    if kind is ReadingKind.NOTHING:
        return NOBODY
    return Answer(
        description=reading.text,
        confidence=0.7 if kind is ReadingKind.DEFINITE else 0.93,
        why=f"the text gives no name for “{reading.text}”",
    )


def _named(stage: Stage, reading: Reading, naming: Naming) -> Answer:
    entity = stage.cast.entities[naming.entity]
    if reading.document is not None:
        why = f"the {reading.document} speaks for {entity.name}"
        return Answer(entity, confidence=0.8, why=why)
    if naming.text == entity.name:
        return Answer(entity, confidence=0.98, why=f"named here: {entity.name}")
    why = f"“{naming.text}” is {entity.name}, the fullest form of that name in the text"
    return Answer(entity, confidence=0.95, why=why)


def _group(stage: Stage, reading: Reading, sentence: int) -> Answer:
    names: list[str] = []
    for naming in reading.group:
        if naming.entity >= 0:
            name = stage.cast.entities[naming.entity].name
            if name not in names:
                names.append(name)
    if not names:
        return Answer(description=reading.text, confidence=0.8, why="several are named together")
    group = " and ".join(names)
    stage.last_group = (group, sentence)
    return Answer(group=group, confidence=0.85, why=f"named together: {group}")


def _campaign(stage: Stage, reading: Reading, sentence: int, paragraph: int) -> Answer:
    owner: Entity | None = None
    if reading.naming is not None and reading.naming.entity >= 0:
        owner = stage.cast.entities[reading.naming.entity]
    elif reading.text in HE | SHE:
        gender = "m" if reading.text in HE else "f"
        found = stage.salience.find("m" if gender == "m" else "f", sentence, paragraph)
        owner = found.entity if found else None
    if owner is None:
        return Answer(
            description=reading.text, confidence=0.8, why="a campaign nobody is named for"
        )
    campaign = stage.cast.campaign(owner)
    return Answer(campaign, confidence=0.85, why=f"the campaign of {owner.name}")


def _pronoun(stage: Stage, reading: Reading, token: int, sentence: int, paragraph: int) -> Answer:
    word = reading.text
    if word in HE or word in SHE:
        gender = "m" if word in HE else "f"
        found = stage.salience.find("m" if gender == "m" else "f", sentence, paragraph)
        if found is None:
            return Answer(confidence=0.5, why=f"nobody named before fits “{word}”")
        entity = found.entity
        if entity.gender is None:
            entity.men += gender == "m"
            entity.women += gender == "f"
        confidence = 0.97 * found.probability
        return Answer(entity, confidence=confidence, why=f"“{word}” is {entity.name}: {found.why}")
    if word in ("who", "whom", "which", "that", "whose"):
        return _relative(stage, word, token, sentence)
    if word in ("they", "their", "them", "themselves"):
        if stage.last_group is not None and sentence - stage.last_group[1] <= 2:
            group = stage.last_group[0]
            return Answer(group=group, confidence=0.7, why=f"“{word}” are {group}, named before")
    if word in ("it", "its", "itself", "they", "their", "them", "themselves"):
        found = stage.salience.find(None, sentence, paragraph, body=True)
        if found is not None:
            why = f"“{word}” is {found.entity.name}: {found.why}"
            return Answer(found.entity, confidence=0.6, why=why)
    if word in ("i", "me", "my"):
        author = _author(stage)
        if author is not None:
            why = f"“{word}” is the author, {author.name}"
            return Answer(author, confidence=0.75, why=why)
    if word in ("i", "me", "my", "we", "us", "our", "you"):
        return Answer(confidence=0.7, why=f"“{word}” is the author, whom the text does not name")
    return Answer(confidence=0.6, why=f"the text does not say who “{word}” is")


def _author(stage: Stage) -> Entity | None:
    """The author of a piece in the first person: named in a line "By ..." above it, or in a note
    below it ("Ann Lee is a playwright.") and nowhere else."""
    paragraphs = stage.tokens.paragraphs
    words = stage.tokens.words
    for a, _ in paragraphs[:4]:
        if words[a].lower() == "by" and (named := _naming_at(stage, a + 1)) is not None:
            return named
    for a, b in paragraphs[-3:]:
        entity = _naming_at(stage, a)
        if (
            entity is None
            or len(entity.namings) > 4
            or not all(a <= n.first < b for n in entity.namings)
        ):
            continue
        after = entity.namings[0].last
        if after < b and words[after] in ("is", "was", ",", "teaches", "writes", "lives"):
            return entity
    return None


def _naming_at(stage: Stage, token: int) -> Entity | None:
    """The person whose full name begins at a token."""
    k = bisect_left(stage.starts, token)
    if k < len(stage.namings) and stage.starts[k] == token:
        naming = stage.namings[k]
        if naming.entity >= 0 and len(naming.words) > 1:
            entity = stage.cast.entities[naming.entity]
            return entity if entity.person else None
    return None


def _relative(stage: Stage, word: str, token: int, sentence: int) -> Answer:
    """The one before "who": the nearest name that no preposition makes part of another's role."""
    begin = stage.sentences[sentence][0]
    words = stage.tokens.words
    best: Naming | None = None
    for k in range(bisect_left(stage.starts, token) - 1, -1, -1):
        naming = stage.namings[k]
        if naming.first < begin or token - naming.last > REACH:
            break
        if naming.entity < 0 or naming.possessive:
            continue
        entity = stage.cast.entities[naming.entity]
        if word == "who" and entity.kind in BODIES:
            continue
        comma = words[naming.last] == ","
        if best is None:
            best = naming
            if token - naming.last > 1 and comma:
                break  # "with McConnell, now the majority leader, who"
        elif (
            comma
            and words[naming.last + 1].lower() in _APPOSED
            and words[naming.last : token].count(",") == 2
        ):
            best = naming  # "Murphy, a former aide to Clinton, who"
            break
    if best is None:
        return Answer(confidence=0.6, why=f"the one “{word}” stands for has no name in the text")
    entity = stage.cast.entities[best.entity]
    return Answer(entity, confidence=0.85, why=f"“{word}” follows the name {entity.name}")


def _described(
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
    best: Trace | None = None
    best_score = 0.0
    for trace in stage.salience.recent():
        entity = trace.entity
        if gender is not None and entity.gender not in (None, gender):
            continue
        if reading.naming is not None and reading.naming.entity == entity.number:
            continue  # "Scott's family" is not Scott
        score = max(_fit(stage, entity, h, wanted) for h in heads)
        if score <= 0:
            continue
        score += 0.25 * stage.salience.score(trace, sentence, paragraph)
        if best is None or score > best_score:
            best, best_score = trace, score
    if best is not None:
        name = best.entity.name
        return Answer(best.entity, confidence=0.82, why=f"“{reading.text}” is {name}: so described")
    if reading.singular_person:
        return _variation(stage, reading, head, wanted, sentence, paragraph, token)
    if head in _PRINTED or head in BODY_NOUNS or head in DOCUMENT_WORDS:
        return _body(stage, reading, head, sentence, paragraph)
    return None


def _fit(stage: Stage, entity: Entity, head: str, wanted: frozenset[str]) -> float:
    """How well a description fits what the text calls somebody; 0 for not at all."""
    if not entity.person and head in entity.keys:
        return 2.5 + len(wanted.intersection(entity.keys))
    best = 0.0
    if not singular_role(head) and head not in DEMONYMS:
        return best
    for described, noun in stage.roles.get(entity.number, ()):
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
    aged = any(w.endswith("-old") for w in inner) or words[-1].lower() in _NUMBERS
    origin = any(w[0].isupper() for w in words[1:]) or any(w in DEMONYMS for w in wanted)
    known = origin or aged or head in _OFFICES or head in TITLES
    gender: Gender | None = "m" if head in MALE_NOUNS else "f" if head in FEMALE_NOUNS else None
    found = stage.salience.find(gender, sentence, paragraph, prefer_speaker=True)
    if found is None or not found.entity.person or found.margin < 0.2:
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
    best: Trace | None = None
    best_score = -5.0
    for trace in stage.salience.recent():
        entity = trace.entity
        if (
            entity.person
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
    why = f"“{reading.text}” is probably {best.entity.name}, named before"
    return Answer(best.entity, confidence=0.6, why=why)
