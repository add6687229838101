"""Who said what: quotations, and the speakers they belong to.

The words are those of quotation research (Pareti 2015; Newell et al., LREC 2018): a quotation has
*content* (what was said), a *cue* (the reporting verb or phrase) and a *speaker*; the words that
stand for the speaker in the text are *mentions*. All offsets count characters of the text that was
read, which for an archived article is `Article.body`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reader.core.span import Span


class QuotationKind(StrEnum):
    """How much of the content stands in quotation marks: all, some or none of its words."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class SpeakerKind(StrEnum):
    """What sort of speaker: one human being, a body that speaks as one, or several people."""

    PERSON = "person"
    ORGANISATION = "organisation"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody quoted in one text."""

    name: str
    """The fullest form of the name found in the text, without title or role ("Recep Tayyip
    Erdogan"); for an unnamed speaker the description as written ("a senior official")."""

    kind: SpeakerKind = SpeakerKind.PERSON

    role: str | None = None
    """The title or description as the text gives it ("communications director at ..."), or None."""

    aliases: tuple[str, ...] = ()
    """Other forms of the same name in the text, in order of first appearance, without `name`."""

    named: bool = True
    """False for those known by description only ("analysts", "a senior official")."""

    mentions: tuple[Span, ...] = ()
    """Where the text names or means this speaker, in order; pronouns and roles included."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """One thing said, in one or several pieces (`"A," X said. "B."` is one, with two pieces)."""

    content: tuple[Span, ...]
    """The pieces of what was said, in order, not overlapping, at least one."""

    kind: QuotationKind

    cue: Span | None = None
    """The reporting words ("said", "according to"), or None if there are none."""

    mention: Span | None = None
    """The words for the speaker next to the quotation ("he", "Erdogan"), or None."""

    speaker: int | None = None
    """Whose words: an index into `Extraction.speakers`, or None where the text does not say."""

    confidence: float = 1.0
    """The estimated probability, 0 to 1, that content and speaker are right."""

    why: tuple[str, ...] = ()
    """How the attribution was reached, step by step, in plain words for the sidebar's "why?"."""

    @property
    def start(self) -> int:
        """The offset of the first character of the content."""
        return self.content[0].start

    @property
    def end(self) -> int:
        """The offset just past the last character of the content."""
        return self.content[-1].end


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything found in one text."""

    quotations: tuple[Quotation, ...] = ()
    """In order of their first character."""

    speakers: tuple[Speaker, ...] = ()
    """Each speaker of at least one quotation, in order of their first quotation."""
