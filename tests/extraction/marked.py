"""Stories with their speakers marked, and the quotations a finder would find in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reader.core.quotation import Extraction, QuotationKind
from reader.core.span import Span
from reader.extraction.found import FoundQuotation

STORIES = Path(__file__).with_name("identity_stories.txt")

_MARK = re.compile(r"\[\[(@?)(.*?)\|(.*?)\]\]")
_QUOTED = re.compile(r'"[^"\n]*"|“[^”\n]*”|(?<!\w)‘[^‘\n]*?’(?!\w)')


@dataclass(frozen=True, slots=True)
class MarkedStory:
    """A story, its quotations, and for each the name that ought to come out (None: unnamed)."""

    title: str
    text: str
    found: tuple[FoundQuotation, ...]
    names: tuple[str | None, ...]


def marked(title: str, source: str) -> MarkedStory:
    """Take the marks out of a story. A mention belongs to the nearest quotation in its paragraph,
    else to the rest of the paragraph."""
    text = ""
    mentions: list[tuple[Span, str | None]] = []
    end = 0
    for match in _MARK.finditer(source):
        text += source[end : match.start()]
        end = match.end()
        before, words, name = match.groups()
        if before:
            at = text.rindex(words)
            text = text.rstrip(" ")
        else:
            at = len(text)
            text += words
        mentions.append((Span(at, at + len(words)), None if name == "-" else name))
    text += source[end:]
    quoted = [Span(*m.span()) for m in _QUOTED.finditer(text)]
    found = []
    for mention, _ in mentions:
        begin = text.rfind("\n\n", 0, mention.start)
        stop = text.find("\n\n", mention.end)
        stop = len(text) if stop < 0 else stop
        near = [q for q in quoted if q.start >= begin and q.end <= stop]
        if near:
            content = min(
                near, key=lambda q: min(abs(q.end - mention.start), abs(q.start - mention.end))
            )
            kind = QuotationKind.DIRECT
        else:
            content, kind = Span(mention.end, stop), QuotationKind.INDIRECT
        found.append(FoundQuotation((content,), kind, None, mention))
    return MarkedStory(title, text, tuple(found), tuple(name for _, name in mentions))


def stories() -> Iterator[MarkedStory]:
    """Every story of `identity_stories.txt`."""
    for block in re.split(r"^# ", STORIES.read_text(encoding="utf-8"), flags=re.M)[1:]:
        title, _, source = block.partition("\n")
        yield marked(title.strip(), source.strip())


def names(story: MarkedStory, extraction: Extraction) -> dict[Span, str | None]:
    """The name given to each mention."""
    out: dict[Span, str | None] = {}
    for quotation in extraction.quotations:
        speaker = None
        if quotation.speaker is not None:
            speaker = extraction.speakers[quotation.speaker]
        if quotation.mention is not None:
            out[quotation.mention] = speaker.name if speaker and speaker.named else None
    return out
