"""The walk through a text that keeps up to date who is on stage, and asks who each mention is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from reader.core.quotation import QuotationKind
from reader.extraction.answers import answer, nameless
from reader.extraction.found import FoundQuotation
from reader.extraction.naming import BODIES, Naming, bare
from reader.extraction.people import Cast
from reader.extraction.pronouns import HE, SHE, vote_on_gender
from reader.extraction.reading import LONGEST_MENTION, ReadingKind, read_mention
from reader.extraction.roles import head_noun
from reader.extraction.stage import NOBODY, Answer, Stage
from reader.extraction.tokens import Tokens
from reader.extraction.words import words_of

MOST_ROLES = 8
"""Roles of one person that are remembered."""

_PREPOSITIONS = words_of("""
of for to by with from at in on against about than like between under over
""")
_OPEN = frozenset(('"', "“", "‘", "''", "``", "«", "„"))
_CLOSE = frozenset(('"', "”", "’", "''", "’’", "»"))
_SAYING = words_of("""
said says noted added wrote writes asked replied explained argued told tweeted recalled continued
insisted warned joked admitted adds concluded declared observed quipped
""")
_NAME, _PRONOUN, _MENTION = range(3)


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
        self._tokens = tokens
        self._sentences = sentences
        self._namings = namings
        self._found = found
        self._ranges = ranges
        self._starts = [n.first for n in namings]
        self._paragraph_starts = [s for s, _ in tokens.paragraphs]
        self._quoted = self._mark_quoted()
        self._first_naming = self._first_namings()
        self._begins = [first for first, _ in sentences]
        quoted = self._quoted
        self._pronouns = [
            t for t, word in enumerate(tokens.words) if word in _WATCHED and not quoted[t]
        ]
        vote_on_gender(tokens.words, self._pronouns, self._begins, namings, cast.entities, quoted)
        self._stage = Stage(tokens, sentences, namings, self._starts, cast, self._clock())

    def _mark_quoted(self) -> bytearray:
        """Which tokens stand in quotation marks that belong to a quotation."""
        words = self._tokens.words
        mark = bytearray(len(self._tokens) + 1)
        for item in self._found:
            if item.kind is QuotationKind.INDIRECT:
                continue
            for span in item.content:
                a = bisect_left(self._tokens.ends, span.start + 1)
                b = min(bisect_left(self._tokens.starts, span.end), len(mark))
                if item.kind is QuotationKind.DIRECT:
                    if b > a:
                        mark[a:b] = b"\x01" * (b - a)
                    continue
                inside = False
                for t in range(a, b):
                    if words[t] in _OPEN or words[t] in _CLOSE:
                        inside = words[t] in _OPEN and not (inside and words[t] in _CLOSE)
                    elif inside:
                        mark[t] = 1
        return mark

    def _clock(self) -> list[int]:
        """For each sentence, the number of those before it that are not wholly quoted."""
        out: list[int] = []
        time = 0
        for begin, end in self._sentences:
            out.append(time)
            if not (self._quoted[begin] and self._quoted[end - 1]):
                time += 1
        return out

    def _first_namings(self) -> set[int]:
        """The numbers of the namings that come first, outside quotations, in their sentence."""
        out: set[int] = set()
        last = -1
        for k, naming in enumerate(self._namings):
            if naming.modifier:
                continue
            if naming.sentence != last and naming.entity >= 0 and not self._quoted[naming.first]:
                out.add(k)
                last = naming.sentence
        return out

    def run(self) -> list[Answer]:
        """An answer for each quotation, in the order given."""
        answers: list[Answer] = [NOBODY] * len(self._found)
        events = [(n.last - 1, _NAME, k) for k, n in enumerate(self._namings)]
        spoken = {a for a, b in self._ranges if b > a}
        events.extend((t, _PRONOUN, t) for t in self._pronouns if t not in spoken)
        events.extend((b - 1, _MENTION, k) for k, (a, b) in enumerate(self._ranges) if b > a)
        events.sort()
        sentence = 0
        begins = self._begins
        for token, what, k in events:
            while sentence + 1 < len(begins) and begins[sentence + 1] <= token:
                sentence += 1
            if what == _NAME:
                self._name(k, sentence)
            elif what == _PRONOUN:
                self._pronoun(token, sentence)
            else:
                answers[k] = self._mention(k, sentence)
        return answers

    def _paragraph(self, token: int) -> int:
        return bisect_right(self._paragraph_starts, token) - 1

    def _name(self, k: int, sentence: int) -> None:
        naming = self._namings[k]
        if naming.entity < 0:
            return
        stage = self._stage
        entity = stage.cast.entities[naming.entity]
        words = self._tokens.words
        begin = naming.begin
        if begin >= 3 and words[begin - 1] in ("'s", "’s"):
            begin -= 2  # "noted the Herald's Ann Lee"
        before = words[begin - 1].lower() if begin else ""
        paragraph = self._paragraph(naming.first)
        after = words[naming.last + naming.possessive] if naming.last + 1 < len(words) else ""
        if after.lower() == "campaign":
            stage.salience.seen(
                stage.cast.campaign(entity), naming.first, sentence, paragraph, subject=True
            )
            return
        stage.salience.seen(
            entity,
            naming.first,
            sentence,
            paragraph,
            subject=not naming.modifier
            and not naming.possessive
            and before not in _PREPOSITIONS
            and (k in self._first_naming or before in _SAYING),
            possessive=naming.possessive or naming.modifier,
            quoted=bool(quoted_at(self._quoted, naming.first)) or naming.headline,
        )
        if entity.kind in BODIES:
            return
        for span in naming.roles:
            text = [bare(w) for w in span.text(self._tokens.text).split()]
            held = stage.roles.setdefault(entity.number, [])
            if len(held) < MOST_ROLES:
                held.append((frozenset(text), head_noun(text)))

    def _pronoun(self, token: int, sentence: int) -> None:
        word = self._tokens.words[token].lower()
        stage = self._stage
        gender = "m" if word in HE else "f"
        paragraph = self._paragraph(token)
        found = stage.salience.find("m" if gender == "m" else "f", sentence, paragraph, within=True)
        if found is None:
            return
        entity = found.entity
        if entity.gender is None and found.margin > 0.5 and entity.person:
            if gender == "m":
                entity.men += 0.6
            else:
                entity.women += 0.6
        stage.salience.seen(
            entity,
            token,
            sentence,
            paragraph,
            subject=word in ("he", "she"),
            pronoun=True,
            possessive=word in ("his", "her"),
        )

    def _mention(self, k: int, sentence: int) -> Answer:
        a, b = self._ranges[k]
        lo = bisect_left(self._starts, a)
        while lo > 0 and self._namings[lo - 1].last > a:
            lo -= 1
        hi = bisect_left(self._starts, min(b, a + LONGEST_MENTION))
        reading = read_mention(self._tokens, a, b, self._namings[lo:hi])
        paragraph = self._paragraph(a)
        salience = self._stage.salience
        result = answer(self._stage, reading, a, sentence, paragraph)
        if reading.text in ("i", "me", "my"):
            return result
        if result.entity is not None:
            anew = reading.kind is not ReadingKind.NAME
            token = a if anew or reading.naming is None else reading.naming.first
            salience.seen(result.entity, token, sentence, paragraph, subject=True, pronoun=anew)
        salience.spoke(result.entity)
        self._stage.nameless = nameless(self._stage, reading, result, sentence, paragraph)
        return result


def quoted_at(mark: bytearray, token: int) -> int:
    """Whether the token stands in quoted content."""
    return mark[token]


_WATCHED = frozenset(w for p in HE | SHE for w in (p, p.capitalize()))
