"""The characters of a text that a query matched, and the best stretch of a text to show them in.

Uses the same words as the index, and no index: any text will do. Time is linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, islice

from reader.core.span import Span
from reader.search.analysis import (
    first_of_stem,
    one_edit,
    paragraphs,
    plain_letters,
    stem,
    word_matches,
    words,
)
from reader.search.places import field_of, places
from reader.search.query import (
    ANYWHERE,
    AtLeast,
    How,
    Query,
    TitlePattern,
    Word,
    positive,
)

_LIT = {
    "title": (ANYWHERE, "title", "about"),
    "body": (ANYWHERE, "body", "said", "about"),
    "quotation": (ANYWHERE, "body", "said", "about"),
    "speaker": (ANYWHERE, "speaker"),
    "role": (ANYWHERE, "role"),
    "section": ("section", "about"),
}
"""Which fields of a query light up words in which text."""

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of a text on one line, and the hits in it."""

    text: str
    spans: tuple[Span, ...] = ()
    """Offsets into `text`."""


def word_test(word: Word) -> Callable[[str], bool]:
    """Whether a word of a text is one that a word of a query stands for."""
    wanted = word.word
    match word.how:
        case How.EXACT:
            return wanted.__eq__
        case How.STEM:
            root = stem(wanted)
            first = first_of_stem(root)
            return lambda other: other.startswith(first) and stem(other) == root
        case How.PREFIX:
            return lambda other: other.startswith(wanted)
        case How.UNFINISHED:
            root = stem(wanted)
            first = first_of_stem(root)
            return lambda other: (
                other.startswith(first) and (other.startswith(wanted) or stem(other) == root)
            )
        case How.TYPO:
            return lambda other: one_edit(wanted, other)


class WordIndex:
    """The words of one text by their numbers, for `places`."""

    def __init__(self, found: Sequence[str], text: str | None = None) -> None:
        self._text = text
        self._found = found
        self._different = frozenset(found)

    def where(self, word: Word) -> list[int]:
        """The numbers of the words that a word of the query stands for."""
        # No ending takes the first letter away: most words need no closer look.
        first = "" if word.how is How.TYPO else word.word[:1]
        possible = [other for other in self._different if other.startswith(first)]
        meant = set(filter(word_test(word), possible))
        return [at for at, other in enumerate(self._found) if other in meant] if meant else []

    def boundaries(self, unit: str) -> list[int]:
        """The numbers of the words that begin a sentence or paragraph."""
        counts = [[len(words(part)) for part in parts] for parts in paragraphs(self._text or "")]
        lengths: Iterable[int] = chain.from_iterable(counts)
        if unit == "paragraph":
            lengths = (sum(part) for part in counts)
        return [0, *accumulate(lengths)]


def find_hits(query: Query, text: str, field: str | None = None) -> list[Span]:
    """Every stretch of `text` that the query matched, in order, not overlapping.

    `field` says what the text is (title, body, quotation, speaker, role, byline, outlet, section,
    tag, url), so that `title:x` lights nothing in a body; None takes every word of the query. Words
    are lit one by one, phrases whole, parts of `near/5` or `/s` only where the distance is kept.
    """
    found = words(text)
    index = WordIndex(found, text)
    wanted = None if field is None else _LIT.get(field, (field,))
    lit: set[tuple[int, int]] = set()
    spans: set[tuple[int, int]] = set()
    for node in positive(query.node):
        if isinstance(node, TitlePattern):
            if field in (None, "title"):
                matches = re.finditer(node.pattern, text, re.IGNORECASE)
                spans |= {match.span() for match in matches if match.end() > match.start()}
            continue
        part = node.word if isinstance(node, AtLeast) else node
        if wanted is not None and field_of(part) not in wanted:
            continue
        here = places(part, index.where, index.boundaries)
        if isinstance(node, AtLeast) and len(here) < node.count:
            continue
        for place in here:
            lit.update(place.leaves)
    spans |= _offsets(text, found, lit)
    return _apart(spans)


def _offsets(text: str, found: Sequence[str], places: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Where the words of some places begin and end; `found` are the words of the text."""
    if not places:
        return set()
    numbers = sorted({number for first, last in places for number in (first, last - 1)})
    spans = _looked_up(text, found, numbers) or _counted_out(text, numbers)
    return {(spans[first][0], spans[last - 1][1]) for first, last in places}


Spans = dict[int, tuple[int, int]]
"""Where words begin and end, by their numbers."""


def _counted_out(text: str, numbers: Sequence[int]) -> Spans:
    """The spans of some words of a text, found by counting its words."""
    matches = word_matches(text)
    spans: Spans = {}
    following = 0
    for number in numbers:
        spans[number] = next(islice(matches, number - following, None)).span(1)
        following = number + 1
    return spans


def _looked_up(text: str, found: Sequence[str], numbers: Sequence[int]) -> Spans | None:
    """The same by looking for the words themselves, a tenth of the work; None where that may go
    wrong: beside an apostrophe, and outside ASCII."""
    letters = plain_letters(text)
    if letters is None:
        return None
    spans: Spans = {}
    for word in {found[number] for number in numbers}:
        size = len(word)
        at = letters.find(word)
        for number in (number for number, other in enumerate(found) if other == word):
            while letters[at - 1 : at].isalnum() or letters[at + size : at + size + 1].isalnum():
                at = letters.find(word, at + 1)
            if at < 0 or "'" in (letters[at - 1 : at], letters[at + size : at + size + 1]):
                return None
            spans[number] = at, at + size
            at = letters.find(word, at + size)
    return spans


def _apart(spans: set[tuple[int, int]]) -> list[Span]:
    """The spans in order, those that overlap made one."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start < result[-1].end:
            result[-1] = Span(result[-1].start, max(end, result[-1].end))
        else:
            result.append(Span(start, end))
    return result


def snippet(query: Query, text: str, width: int, field: str | None = None) -> Snippet:
    """The stretch of at most `width` characters with the most different hits, the first such one.

    Line breaks become blanks, the stretch begins and ends between words, and an ellipsis stands
    where text was left out. Without a hit: the beginning of the text.
    """
    line, hits = _one_line(text, find_hits(query, text, field))
    width = max(width, 1)
    if len(line) <= width:
        return Snippet(line, tuple(hits))
    if width < _NARROW:
        inside = (Span(hit.start, min(hit.end, width)) for hit in hits if hit.start < width)
        return Snippet(line[:width], tuple(inside))
    start = _best_start(hits, [line[s:e].lower() for s, e in hits], width) if hits else 0
    return _cut(line, hits, start, width)


def _one_line(text: str, hits: list[Span]) -> tuple[str, list[Span]]:
    """The text with every run of blanks and line breaks as one blank, and the hits in it."""
    runs = [run.span() for run in _RUNS.finditer(text)]
    if not runs:
        return text, hits
    ends = [0, *(end for _, end in runs)]
    starts = [*(start for start, _ in runs), len(text)]
    line = " ".join([text[end:start] for end, start in zip(ends, starts, strict=True)])
    gone = list(chain.from_iterable(range(start + 1, end) for start, end in runs))
    return line, [
        Span(start - bisect_left(gone, start), end - bisect_left(gone, end)) for start, end in hits
    ]


def _best_start(hits: list[Span], forms: list[str], width: int) -> int:
    """Where to begin: at the run of hits that has most different forms within the width."""
    room = max(1, width * 3 // 4)
    counts: dict[str, int] = {}
    best, best_score, last = 0, (0, 0), 0
    for first, hit in enumerate(hits):
        while last < len(hits) and (last == first or hits[last].end - hit.start <= room):
            counts[forms[last]] = counts.get(forms[last], 0) + 1
            last += 1
        score = (sum(1 for count in counts.values() if count), last - first)
        if score > best_score:
            best, best_score = hit.start, score
        counts[forms[first]] -= 1
    return max(0, best - width // 4)


_BLANK = re.compile(r"\s")
_RUNS = re.compile(r"[^\S ]\s*| \s+")
_NARROW = 8
"""Below that many characters there is no room for ellipses."""


def _cut(line: str, hits: list[Span], start: int, width: int) -> Snippet:
    start = min(start, len(line) - width + 1) if start else 0
    before = ELLIPSIS if start > 0 else ""
    if start:
        first_hit = next((hit.start for hit in hits if hit.start >= start), len(line))
        blank = _BLANK.search(line, start - 1, min(start + 30, first_hit))
        start = blank.end() if blank else start
    end = min(len(line), start + width - len(before))
    after = ""
    if end < len(line):
        after = ELLIPSIS
        end -= 1
        if not (line[end].isspace() or line[end - 1].isspace()):
            blank_at = line.rfind(" ", max(start, end - 30), end)
            inside = bisect_right([hit.start for hit in hits], blank_at)
            crossing = any(hit.start <= blank_at < hit.end for hit in hits[:inside])
            end = blank_at if blank_at > start and not crossing else end
        while end > start and line[end - 1].isspace():
            end -= 1
    shift = len(before) - start
    inner = tuple(
        Span(max(hit.start, start), min(hit.end, end)).shifted(shift)
        for hit in hits
        if hit.end > start and hit.start < end
    )
    return Snippet(before + line[start:end] + after, inner)
