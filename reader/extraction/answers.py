"""Who a mention is: one of the people and bodies on stage, a description, or nobody."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from reader.extraction.descriptions import described
from reader.extraction.entity import Entity
from reader.extraction.names import Gender
from reader.extraction.naming import BODIES, Naming, bare
from reader.extraction.pronouns import HE, SHE
from reader.extraction.reading import Reading, ReadingKind
from reader.extraction.roles import head_noun
from reader.extraction.stage import NOBODY, Answer, Nameless, Stage
from reader.extraction.words import FEMALE_NOUNS, MALE_NOUNS, words_of

REACH = 30
"""Words between a name and the "who" that follows it."""

_MANY = ("ers", "ors", "ists", "ians", "ants", "ents", "ees", "smen", "women")
"""Endings of plurals of people ("Tourists" at the start of a sentence)."""

_APPOSED = words_of("a an the his her their former one")


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
        found = described(stage, reading, sentence, paragraph, token)
        if found is not None:
            return found
    if kind is ReadingKind.NOTHING:
        return NOBODY
    return Answer(
        description=reading.text,
        confidence=0.7 if kind is ReadingKind.DEFINITE else 0.93,
        why=f"the text gives no name for “{reading.text}”",
    )


def nameless(
    stage: Stage, reading: Reading, given: Answer, sentence: int, paragraph: int
) -> Nameless | None:
    """The speaker just found, if it is one person without a name."""
    if given.description is None or given.entity is not None:
        return None
    if reading.kind is ReadingKind.PRONOUN:
        if stage.nameless is None or stage.nameless.description != given.description:
            return None
        return replace(stage.nameless, sentence=sentence, paragraph=paragraph)
    if not reading.singular_person:
        return None
    head = head_noun([bare(w) for w in reading.words])
    gender: Gender | None = "m" if head in MALE_NOUNS else "f" if head in FEMALE_NOUNS else None
    return Nameless(given.description, gender, sentence, paragraph)


def _named(stage: Stage, reading: Reading, naming: Naming) -> Answer:
    entity = stage.cast.entities[naming.entity]
    if entity.vague and entity.words[0].lower().endswith(_MANY) and entity.name != "Reuters":
        why = f"“{reading.text}” may be no name"
        return Answer(description=reading.text, confidence=0.7, why=why)
    if reading.document is not None:
        why = f"the {reading.document} speaks for {entity.name}"
        return Answer(entity, confidence=0.8, why=why)
    if naming.text == entity.name:
        return Answer(entity, confidence=0.98, why=f"named here: {entity.name}")
    shared = {bare(w) for w in naming.words}.intersection(entity.keys)
    form = "the fullest form of that name" if shared else "the same under another name"
    why = f"“{naming.text}” is {entity.name}, {form} in the text"
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
        gender: Gender = "m" if word in HE else "f"
        other = _nameless(stage, gender, sentence, paragraph)
        found = stage.salience.find(gender, sentence, paragraph)
        if stage.nameless is not None and other > (-99.0 if found is None else found.score):
            described = stage.nameless.description
            why = f"“{word}” is {described}, the last to speak"
            return Answer(description=described, confidence=0.8, why=why)
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
    plural = word in ("they", "their", "them", "themselves")
    if plural and stage.last_group is not None and sentence - stage.last_group[1] <= 2:
        group = stage.last_group[0]
        return Answer(group=group, confidence=0.7, why=f"“{word}” are {group}, named before")
    if plural or word in ("it", "its", "itself"):
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


def _nameless(stage: Stage, gender: Gender, sentence: int, paragraph: int) -> float:
    """How likely a pronoun means the one without a name who spoke last, on the scale of
    `Salience.find`; very low if there is nobody such, or of the other gender."""
    last = stage.nameless
    if last is None or last.gender not in (None, gender):
        return -100.0
    return stage.salience.newcomer(last.sentence, last.paragraph, sentence, paragraph)


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
        if naming.entity < 0 or naming.possessive or naming.modifier:
            continue
        entity = stage.cast.entities[naming.entity]
        if word == "who" and (entity.kind in BODIES or (naming.placed and not entity.person)):
            continue
        comma = naming.last + 1 < len(words) and words[naming.last] == ","
        if best is None:
            best = naming
            if token - naming.last > 1 and comma:
                break  # "with Lee, now the port's director, who"
        elif (
            comma
            and words[naming.last + 1].lower() in _APPOSED
            and words[naming.last : token].count(",") == 2
        ):
            best = naming  # "Lee, a former aide to Ray, who"
            break
    if best is None:
        return Answer(confidence=0.6, why=f"the one “{word}” stands for has no name in the text")
    entity = stage.cast.entities[best.entity]
    return Answer(entity, confidence=0.85, why=f"“{word}” follows the name {entity.name}")
