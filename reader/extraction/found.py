"""What the finder hands to the identity resolver: quotations whose speakers are still words."""

from __future__ import annotations

from dataclasses import dataclass

from reader.core.quotation import QuotationKind
from reader.core.span import Span


@dataclass(frozen=True, slots=True)
class FoundQuotation:
    """A quotation as found in the text, before anyone asked who "he" is."""

    content: tuple[Span, ...]
    """The pieces of what was said, in order, not overlapping, at least one, marks included."""

    kind: QuotationKind

    cue: Span | None = None
    """The reporting words, or None."""

    mention: Span | None = None
    """The words that stand for the speaker ("he", "Ann Lee, the mayor of Oz,"), or None."""

    confidence: float = 1.0
    """The estimated probability that content and mention are right."""

    why: tuple[str, ...] = ()
    """How content and mention were reached, in plain words."""
