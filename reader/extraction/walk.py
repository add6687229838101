"""The walk through a text that decides, mention by mention, who is meant."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from reader.core.quotation import QuotationKind
from reader.extraction.found import FoundQuotation
from reader.extraction.mentions import NameKind, Naming, bare
from reader.extraction.people import Cast, Entity
from reader.extraction.pronouns import HE, PRONOUNS, SHE, Salience
from reader.extraction.reading import Reading, ReadingKind, read_mention
from reader.extraction.roles import head_noun, role_after, role_before
from reader.extraction.tokens import Tokens
from reader.extraction.words import DEMONYMS, FEMALE_NOUNS, MALE_NOUNS

_PREPOSITIONS = frozenset(
    ["of", "for", "to", "by", "with", "from", "at", "in", "on", "against", "about", "than", "like", "between", "under", "over"]
)
_SPEECH_MARKS = frozenset(('"', "“", "”", "''", "``"))


@dataclass(frozen=True, slots=True)
class Answer:
    """Who speaks, as far as the text says."""

    entity: Entity | None = None
    description: str | None = None
    """For those without a name: the words that describe them."""
    group: str | None = None
    """For two or more named together: both names."""
    confidence: float = 1.0
    why: str = ""


NOBODY = Answer(confidence=0.9, why="the text does not say who speaks")


class Walk:
    """Names, pronouns and quotations of a text, taken in order."""

    def __init__(
        self,
        tokens: Tokens,
        sentences: list[tuple[int, int]],
        namings: list[Naming],
        cast: Cast,
        found: Sequence[FoundQuotation],
        ranges: Sequence[tuple[int, int]],
    ) -> None:
        self.tokens = tokens
        self.sentences = sentences
        self.namings = namings
        self.cast = cast
        self.found = found
        self.ranges = ranges
        self.starts = [n.first for n in namings]
        self.salience = Salience()
        self._sentence_starts = [s for s, _ in sentences]
        self._paragraph_starts = [s for s, _ in tokens.paragraphs]
        self._quoted = self._mark_quoted()
        self.roles: dict[int, list[tuple[int, frozenset[str], str | None]]] = {}
        """Of each entity: where, with which words and head noun the text describes it."""
        self._last_described: tuple[str, str] | None = None

    def _mark_quoted(self) -> bytearray:
        mark = bytearray(len(self.tokens) + 1)
        for item in self.found:
            if item.kind is QuotationKind.INDIRECT:
                continue
            for span in item.content:
                a = bisect_left(self.tokens.ends, span.start + 1)
                b = bisect_left(self.tokens.starts, span.end)
                mark[a:b] = b"\x01" * max(0, min(b, len(mark)) - a)
        return mark

    def run(self) -> list[Answer]:
        """An answer for each quotation, in the order given."""
        answers: list[Answer] = [NOBODY] * len(self.found)
        events: list[tuple[int, int, int]] = []
        for k, naming in enumerate(self.namings):
            events.append((naming.last - 1, 0, k))
        words = self.tokens.words
        for t, word in enumerate(words):
            if len(word) <= 7 and (low := word.lower()) in HE | SHE and not self._quoted[t]:
                events.append((t, 1, 0 if low in HE else 1))
        for k, (a, b) in enumerate(self.ranges):
            if b > a:
                events.append((b - 1, 2, k))
        events.sort()
        last_sentence = 0
        for token, what, k in events:
            while (
                last_sentence + 1 < len(self.sentences)
                and self._sentence_starts[last_sentence + 1] <= token
            ):
                last_sentence += 1
            if what == 0:
                self._name(self.namings[k], last_sentence)
            elif what == 1:
                self._pronoun(token, "m" if k == 0 else "f", last_sentence)
            else:
                answers[k] = self._mention(k, last_sentence)
        return answers

    def _paragraph(self, token: int) -> int:
        return bisect_right(self._paragraph_starts, token) - 1

    def _name(self, naming: Naming, sentence: int) -> None:
        if naming.entity < 0:
            return
        entity = self.cast.entities[naming.entity]
        words = self.tokens.words
        before = words[naming.first - 1].lower() if naming.first else ""
        subject = not naming.possessive and before not in _PREPOSITIONS
        quoted = bool(self._quoted[naming.first])
        self.salience.seen(
            entity,
            naming.first,
            sentence,
            self._paragraph(naming.first),
            subject=subject and self._first_in(naming, sentence),
            possessive=naming.possessive,
            quoted=quoted or naming.headline,
        )
        if entity.kind is not NameKind.BODY:
            begin, end = self.sentences[sentence]
            for span in (
                role_before(self.tokens, naming, begin),
                role_after(self.tokens, naming, end),
            ):
                if span is not None:
                    text = [bare(w) for w in span.text(self.tokens.text).split()]
                    held = self.roles.setdefault(entity.number, [])
                    if len(held) < 8:
                        held.append((naming.first, frozenset(text), head_noun(text)))

    def _first_in(self, naming: Naming, sentence: int) -> bool:
        begin = self.sentences[sentence][0]
        at = bisect_left(self.starts, begin)
        while at < len(self.namings) and self._quoted[self.namings[at].first]:
            at += 1
            if self.starts[min(at, len(self.starts) - 1)] > naming.first:
                return True
        return at < len(self.namings) and self.namings[at] is naming

    def _pronoun(self, token: int, gender: str, sentence: int) -> None:
        answer = self.salience.find("m" if gender == "m" else "f", sentence, self._paragraph(token))
        if answer is None:
            return
        entity = answer.entity
        if entity.gender is None and answer.margin > 0.5 and entity.person:
            if gender == "m":
                entity.men += 0.6
            else:
                entity.women += 0.6
        low = self.tokens.words[token].lower()
        self.salience.seen(
            entity,
            token,
            sentence,
            self._paragraph(token),
            subject=low in ("he", "she"),
            possessive=low in ("his", "her"),
        )

    # ---------------------------------------------------------------- mentions

    def _mention(self, k: int, sentence: int) -> Answer:
        a, b = self.ranges[k]
        lo = bisect_left(self.starts, a)
        while lo > 0 and self.namings[lo - 1].last > a:
            lo -= 1
        hi = bisect_left(self.starts, b)
        reading = read_mention(self.tokens, a, b, self.namings[lo:hi])
        answer = self._answer(reading, a, b, sentence)
        if answer.entity is not None and reading.kind is not ReadingKind.NAME:
            subject = True
            self.salience.seen(answer.entity, a, sentence, self._paragraph(a), subject=subject)
        self.salience.spoke(answer.entity)
        return answer

    def _answer(self, reading: Reading, a: int, b: int, sentence: int) -> Answer:
        if (
            reading.kind is ReadingKind.NAME
            and reading.naming is not None
            and reading.naming.entity >= 0
        ):
            entity = self.cast.entities[reading.naming.entity]
            said = " ".join(reading.naming.words)
            if said == entity.name:
                return Answer(entity, confidence=0.98, why=f"named in full: {said}")
            return Answer(
                entity,
                confidence=0.94,
                why=f"“{said}” is {entity.name}, the fullest form of that name here",
            )
        if reading.kind is ReadingKind.GROUP:
            return Answer(
                group=self._group_name(reading), confidence=0.85, why="two are named together"
            )
        if reading.kind is ReadingKind.PRONOUN:
            return self._answer_pronoun(reading.text.lower(), a, sentence)
        if reading.kind is ReadingKind.CAMPAIGN and reading.naming is not None:
            owner = " ".join(reading.naming.words)
            name = f"{owner} campaign"
            return Answer(
                description=name, confidence=0.8, why=f"the campaign of {owner}", group=name
            )
        if reading.kind is ReadingKind.DEFINITE:
            found = self._by_role(reading, sentence)
            if found is not None:
                return found
        if reading.kind is ReadingKind.NOTHING:
            return NOBODY
        return Answer(
            description=reading.text, confidence=0.9, why=f"the text names nobody: “{reading.text}”"
        )

    def _group_name(self, reading: Reading) -> str:
        names = []
        for naming in reading.group:
            if naming.entity >= 0:
                name = self.cast.entities[naming.entity].name
                if name not in names:
                    names.append(name)
        return " and ".join(names)

    def _answer_pronoun(self, word: str, token: int, sentence: int) -> Answer:
        paragraph = self._paragraph(token)
        if word in HE or word in SHE:
            gender = "m" if word in HE else "f"
            found = self.salience.find("m" if gender == "m" else "f", sentence, paragraph)
            if found is None:
                return Answer(description=None, confidence=0.5, why=f"nobody before “{word}” fits")
            entity = found.entity
            if entity.gender is None:
                entity.men += gender == "m"
                entity.women += gender == "f"
            return Answer(
                entity,
                confidence=0.6 + 0.35 * min(found.margin, 3.0) / 3.0,
                why=f"“{word}” is {entity.name}: {found.why}",
            )
        if word in ("who", "whom", "which", "that"):
            return self._relative(word, token, sentence)
        if word in ("it", "its", "itself", "they", "their", "them", "themselves"):
            found = self.salience.find(None, sentence, paragraph, body=True)
            if found is not None:
                return Answer(
                    found.entity,
                    confidence=0.55,
                    why=f"“{word}” is {found.entity.name}: {found.why}",
                )
        return Answer(confidence=0.6, why=f"the text does not say who “{word}” is")

    def _relative(self, word: str, token: int, sentence: int) -> Answer:
        begin = self.sentences[sentence][0]
        at = bisect_left(self.starts, token) - 1
        best: Naming | None = None
        while at >= 0 and self.namings[at].last > begin and token - self.namings[at].last < 30:
            naming = self.namings[at]
            at -= 1
            if naming.entity < 0 or naming.possessive:
                continue
            entity = self.cast.entities[naming.entity]
            if word == "who" and entity.kind is NameKind.BODY:
                continue
            before = self.tokens.words[naming.first - 1].lower() if naming.first else ""
            if best is None:
                best = naming
            if before not in _PREPOSITIONS and before != "the":
                best = naming
                break
        if best is None:
            return Answer(confidence=0.6, why=f"the text does not name the one “{word}” stands for")
        entity = self.cast.entities[best.entity]
        return Answer(entity, confidence=0.85, why=f"“{word}” follows {entity.name}")

    def _by_role(self, reading: Reading, sentence: int) -> Answer | None:
        """The one whom "the Turkish president" or "the commission" means."""
        words = [bare(w) for w in reading.words]
        head = head_noun(words)
        if head is None:
            return None
        wanted = set(words) - {"the", "a", "an", "'s", "’s", "his", "her", "their", "who", "of"}
        best: Entity | None = None
        best_score = 0.0
        for trace in self.salience.recent():
            entity = trace.entity
            score = 0.0
            for _, described, noun in self.roles.get(entity.number, ()):
                if noun == head or head in described:
                    score = max(
                        score,
                        2.0 + len(wanted & described) - 0.5 * len(wanted - described - {head}),
                    )
            if not entity.person and head in entity.keys:
                score = max(score, 2.5)
            if score <= 0:
                continue
            if (
                (head in MALE_NOUNS
                and entity.gender == "f")
                or (head in FEMALE_NOUNS
                and entity.gender == "m")
            ):
                continue
            score += 0.2 * self.salience.score(trace, sentence, -1)
            if best is None or score > best_score:
                best, best_score = entity, score
        if best is None and reading.singular_person:
            gender = "f" if head in FEMALE_NOUNS else "m" if head in MALE_NOUNS else None
            if len(wanted) <= 1 or wanted & DEMONYMS:
                found = self.salience.find(
                    "f" if gender == "f" else "m" if gender == "m" else None, sentence, -1
                )
                if (
                    found is not None
                    and found.entity.person
                    and found.entity.number == self.salience.last_speaker
                ):
                    best = found.entity
                    return Answer(
                        best,
                        confidence=0.6,
                        why=f"“{reading.text}” is probably {best.name}: {found.why}",
                    )
        if best is None:
            return None
        return Answer(
            best, confidence=0.8, why=f"“{reading.text}” is {best.name}, so described in the text"
        )


__all__ = ["PRONOUNS", "Answer", "Walk"]
