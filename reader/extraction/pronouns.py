"""Whom "he", "she", "it" and "they" mean: salience, kept up to date while the text is walked.

Each person or body that was named lately is a candidate; what speaks for it is added up. The
features are those of centering and of Lappin and Leass (1994): recency, subject before object, the
last speaker, number of namings; a name inside somebody's quotation counts less.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log1p

from reader.extraction.entity import Entity
from reader.extraction.names import Gender
from reader.extraction.naming import BODIES, NameKind, Naming
from reader.extraction.words import is_country, words_of

MOST_CANDIDATES = 10
SPOKE_LAST = 1.3
NOBODY = Entity(-2, [], [], NameKind.PERSON, "")
"""Stands in for a person without a name."""

HE = frozenset(("he", "him", "his", "himself"))
SHE = frozenset(("she", "her", "hers", "herself"))
_PREPOSITIONS = words_of("of for to by with from at in on against about than like and")
_OTHERS = """
it its itself they them their theirs themselves i me my we us our you your who which that whom
"""
PRONOUNS = HE | SHE | words_of(_OTHERS)


@dataclass(slots=True, eq=False)
class Trace:
    """What is remembered of one entity while walking."""

    entity: Entity
    token: int = -1
    sentence: int = -99
    paragraph: int = -99
    subject: bool = False
    possessive: bool = False
    quoted: bool = False
    count: int = 0
    named: int = -99
    """The last sentence that has the name itself."""
    spoke: int = -1
    """The number of the last quotation it spoke, or -1."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Whom a pronoun means."""

    entity: Entity
    margin: float
    """By how much the best candidate beats the second."""
    score: float
    """In nats."""
    probability: float
    """How sure that is, among the candidates."""
    why: str


def vote_on_gender(
    words: Sequence[str],
    pronouns: Sequence[int],
    sentence_starts: Sequence[int],
    namings: Sequence[Naming],
    entities: Sequence[Entity],
    quoted: Sequence[int],
) -> None:
    """Let the "he", "his", "she", "her" at these tokens say what the names do not.

    A pronoun votes where its sentence, up to it, names one person only.
    """
    k = sentence = 0
    place = -1
    alone: Entity | None = None
    several = False
    for t in pronouns:
        while sentence + 1 < len(sentence_starts) and sentence_starts[sentence + 1] <= t:
            sentence += 1
        while k < len(namings) and namings[k].first < t:
            naming = namings[k]
            k += 1
            if naming.sentence != place:
                place, alone, several = naming.sentence, None, False
            if naming.entity < 0 or naming.modifier or quoted[naming.first]:
                continue
            entity = entities[naming.entity]
            if entity.kind not in BODIES:
                before = words[naming.begin - 1] if naming.begin else ""
                object_of = naming.possessive or before in _PREPOSITIONS or before == ","
                several = several or object_of or (alone is not None and alone is not entity)
                alone = entity
        if alone is None or several or place != sentence:
            continue
        if words[t].lower() in HE:
            alone.heard_men += 1
        else:
            alone.heard_women += 1
    for entity in entities:
        men, women = entity.heard_men, entity.heard_women
        if men >= 2 * women + 1:
            entity.men += min(men, 4) * (0.7 if entity.women == 0.0 else 0.5)
        elif women >= 2 * men + 1:
            entity.women += min(women, 4) * (0.7 if entity.men == 0.0 else 0.5)


class Salience:
    """Who is on stage."""

    def __init__(self, clock: Sequence[int]) -> None:
        """`clock`: for each sentence, how many sentences outside quotations went before."""
        self._clock = clock
        self._traces: dict[int, Trace] = {}
        self._recent: list[Trace] = []
        self.last_speaker: int = -1
        self.spoken = 0

    def seen(
        self,
        entity: Entity,
        token: int,
        sentence: int,
        paragraph: int,
        *,
        subject: bool,
        possessive: bool = False,
        quoted: bool = False,
        pronoun: bool = False,
    ) -> None:
        """Somebody was named (or meant by a pronoun) here."""
        trace = self._traces.get(entity.number)
        if trace is None:
            trace = self._traces[entity.number] = Trace(entity)
        trace.count += trace.token != token
        if not pronoun:
            trace.named = sentence
        sentence = self._clock[sentence]
        if quoted and trace.sentence >= sentence - 3 and not trace.quoted:
            return
        on_top = trace.sentence == sentence and trace.subject
        subject, possessive = subject or on_top, possessive and not on_top
        trace.token, trace.sentence, trace.paragraph = token, sentence, paragraph
        trace.subject, trace.possessive, trace.quoted = subject, possessive, quoted
        if self._recent and self._recent[-1] is trace:
            return
        if trace in self._recent:
            self._recent.remove(trace)
        self._recent.append(trace)
        if len(self._recent) > 2 * MOST_CANDIDATES:
            del self._recent[:MOST_CANDIDATES]

    def recent(self) -> list[Trace]:
        """Those named lately, oldest first."""
        return self._recent

    def spoke(self, entity: Entity | None) -> None:
        """A quotation was given to somebody."""
        self.spoken += 1
        self.last_speaker = entity.number if entity is not None else -1
        if entity is not None and entity.number in self._traces:
            self._traces[entity.number].spoke = self.spoken

    def away(self, trace: Trace, sentence: int) -> int:
        """How many sentences ago, not counting quoted ones, somebody was last meant."""
        return self._clock[sentence] - trace.sentence

    def score(self, trace: Trace, sentence: int, paragraph: int) -> float:
        """How likely somebody is meant by a pronoun of this sentence, in nats.

        The weights lie between those of a conditional logit model and those first set by hand. The
        model was fitted to the 186 pronouns with a choice of candidates that the engine found in
        the PolNeAR dev split and the test stories; these weights put 180 of them right (the
        model's own, in six-fold cross-validation, 179).
        """
        away = self.away(trace, sentence)
        score = -0.85 * min(away, 8) if away > 0 else -0.2
        here = trace.paragraph == paragraph
        if here:
            score += 0.3
        score += 0.4 * log1p(trace.count)
        if trace.subject:
            score += 0.65
        if trace.possessive:
            score -= 0.1
        if trace.quoted:
            score -= 0.8
        if trace.entity.number == self.last_speaker:
            score += SPOKE_LAST + (0.5 if here else 0.0)
        elif trace.spoke >= 0:
            score -= 0.4
        return score

    def newcomer(self, spoke: int, in_paragraph: int, sentence: int, paragraph: int) -> float:
        """The score of somebody who is not named, and has just spoken in that sentence."""
        trace = Trace(NOBODY, sentence=self._clock[spoke], paragraph=in_paragraph)
        trace.count, trace.subject = 1, True
        return self.score(trace, sentence, paragraph) + SPOKE_LAST

    def _newest_subject(self, gender: Gender | None) -> int:
        """The token where somebody of this gender was last the subject of a sentence."""
        newest = -1
        for trace in self._recent[-MOST_CANDIDATES:]:
            if trace.token > newest and trace.subject and not (trace.quoted or trace.possessive):
                entity = trace.entity
                if entity.kind not in BODIES and (
                    gender is None or entity.gender in (None, gender)
                ):
                    newest = trace.token
        return newest

    def find(
        self,
        gender: Gender | None,
        sentence: int,
        paragraph: int,
        *,
        body: bool = False,
        prefer_speaker: bool = False,
        within: bool = False,
    ) -> Answer | None:
        """The likeliest candidate of this gender (or, for "it" and "they", body).

        `within`: the pronoun is inside a sentence and no speaker's, so likely its subject's.
        """
        best: Trace | None = None
        first = second = -1e9
        scores: list[float] = []
        newest = -1 if body else self._newest_subject(gender)
        for trace in self._recent[-MOST_CANDIDATES:]:
            entity = trace.entity
            bonus = 0.0
            if body:
                if entity.person or entity.kind is NameKind.THING:
                    continue
                if (entity.vague and trace.spoke < 0) or (
                    trace.quoted and entity.kind is NameKind.UNKNOWN
                ):
                    continue
                if entity.kind is NameKind.UNKNOWN:
                    bonus -= 0.8
                if trace.spoke < 0 and entity.namings and entity.namings[0].placed:
                    continue
                if trace.spoke < 0 and is_country(entity.keys):
                    continue
            else:
                if entity.kind in BODIES:
                    continue
                known = entity.gender
                if known is not None and gender is not None and known != gender:
                    continue
                if not entity.person:
                    bonus -= 0.3 if trace.spoke >= 0 and len(entity.words) == 1 else 1.2
                elif known == gender:
                    bonus += 0.8
                if len(entity.words) == 1:
                    bonus -= 0.8
                if within and trace.subject and self.away(trace, sentence) <= 0:
                    bonus += 1.0
                if trace.token == newest:
                    bonus += 0.7
                elif entity.number == self.last_speaker and trace.token < newest:
                    bonus -= 0.5  # somebody else has come on stage since
            if prefer_speaker and entity.number == self.last_speaker:
                bonus += 2.0 if self.away(trace, sentence) <= 1 else 0.0
            score = self.score(trace, sentence, paragraph) + bonus
            scores.append(score)
            if score > first:
                best, second, first = trace, first, score
            elif score > second:
                second = score
        if best is None:
            return None
        where = sentence - best.named
        how = (
            "named in the same sentence"
            if where <= 0
            else (
                "named in the sentence before"
                if where == 1
                else f"last named {where} sentences before"
            )
        )
        if best.entity.number == self.last_speaker:
            how = "the last to speak, " + how
        probability = 1.0 / sum(exp(max(score - first, -30.0)) for score in scores)
        return Answer(best.entity, min(first - second, 9.0), first, probability, how)
