"""Words and punctuation with their offsets, sentence and paragraph borders. One pass, linear.

The word pattern keeps abbreviations with their full stop ("U.S.", "Mr.", "J."), so that a "." token
nearly always ends a sentence; it splits off the possessive 's and nothing else from a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

ABBREVIATIONS = (
    "Mr Mrs Ms Mx Dr Prof Sen Sens Rep Reps Gov Govs Lt Col Gen Maj Capt Cmdr Sgt Cpl Adm Rev "
    "Hon Pres St Ft Mt Jr Sr Esq Messrs Supt Insp Det Const Pvt Amb Sec Atty Jan Feb Aug Sept "
    "Oct Nov Dec Inc Corp Ltd Co Bros vs Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky "
    "La Mass Md Mich Minn Mo Mont Neb Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo Ph"
)
"""Words that keep a following full stop: titles, months, companies, American states."""

_PATTERN = re.compile(
    # Two in three are plain words before a blank or comma, or stops: asked first, a third faster.
    r"[A-Z]?[a-z]++(?![^ ,\n])|[.,](?![^ \n])"
    r"|[A-Z]-(?:[A-Z]\.){2,}|[A-Z]-[A-Z][a-z]{1,4}\.(?=\))"  # (D-N.Y.)  (R-Calif.)
    r"|(?:[^\W\d_]\.){2,}"  # U.S.  p.m.  J.K.
    r"|(?:" + "|".join(sorted(ABBREVIATIONS.split(), key=len, reverse=True)) + r")\.(?!\.)"
    r"|[A-Z]\.(?=[ \u00a0]?[A-Z])"  # an initial before a name
    r"|['’]s(?!\w)"  # possessive, or "is"; a mark before "s" alone is the same to us
    r"|\d+(?:[.,:/]\d+)*\w*%?"
    r"|@?\w+(?:(?:['’](?!s(?!\w))|[-‑&@_]|\.(?=[a-z0-9]))\w+)*"
    r"|''|``|’’|‘‘|--+|\.\.+"
    r"|[^\w\s]"
)
_ENDERS = frozenset((".", "?", "!", "…", "..", "...", "...."))
_CLOSERS = frozenset(('"', "”", "’", "'", "''", "’’", ")", "]", "»", "›"))
_SOFT_LINE = 50
"""A line of at least this many characters that stops in mid-sentence was wrapped, not ended."""


@dataclass(slots=True)
class Tokens:
    """A text cut into tokens. Parallel lists: token objects cost three times as much."""

    text: str
    words: list[str] = field(default_factory=list)
    """The token itself, as written."""
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    paragraphs: list[tuple[int, int]] = field(default_factory=list)
    """Half-open ranges of token numbers, none empty; the first is mostly the headline."""

    def __len__(self) -> int:
        return len(self.words)

    def sentences(self) -> list[tuple[int, int]]:
        """Half-open token ranges of the sentences, in order; none crosses a paragraph border.

        A full stop (with closing marks after it) ends one when the next token is capitalised, a
        digit or an opening mark; a question or exclamation mark inside a quotation does not,
        because `"Why?" Lee said` is one sentence.
        """
        out: list[tuple[int, int]] = []
        words = self.words
        for first, last in self.paragraphs:
            begin = i = first
            while i < last:
                if words[i] in _ENDERS:
                    k = i + 1
                    while k < last and words[k] in _CLOSERS and self.starts[k] == self.ends[k - 1]:
                        k += 1
                    plain = words[i] == "." or k == i + 1
                    if (
                        plain
                        and k < last
                        and not words[k][0].islower()
                        and words[k] not in ",;:)-–—"
                    ):
                        out.append((begin, k))
                        begin = k
                    i = k
                else:
                    i += 1
            if begin < last:
                out.append((begin, last))
        return out


def tokenize(text: str) -> Tokens:
    """Cut `text` into tokens and paragraphs.

    A paragraph ends at a line break, unless the line was plainly wrapped: a single break, and the
    next line goes on in lower case or this one is long and stops without final punctuation.
    """
    tokens = Tokens(text)
    words, starts, ends = tokens.words, tokens.starts, tokens.ends
    begin = 0
    for first, last in _paragraph_ranges(text):
        for match in _PATTERN.finditer(text, first, last):
            words.append(match.group())
            starts.append(match.start())
            ends.append(match.end())
        if len(words) > begin:
            tokens.paragraphs.append((begin, len(words)))
            begin = len(words)
    return tokens


def _paragraph_ranges(text: str) -> list[tuple[int, int]]:
    # Line by line, without a pattern: one that looks for white space around a line break takes
    # quadratic time on a long run of blanks.
    out: list[tuple[int, int]] = []
    begin = end = line_start = -1
    blank = True
    at = 0
    for line in text.split("\n"):
        core = line.strip()
        if not core:
            blank = True
        else:
            first = at + line.index(core[0])
            last = first + len(core)
            if begin < 0:
                begin = first
            elif blank or not _wrapped(text[end - 1], end - line_start, core[0]):
                out.append((begin, end))
                begin = first
            end, line_start, blank = last, first, False
        at += len(line) + 1
    if begin >= 0:
        out.append((begin, end))
    return out


def _wrapped(last: str, length: int, following: str) -> bool:
    if not (last.isalnum() or last in ",-–—"):
        return False
    return following.islower() or (length >= _SOFT_LINE and following.isalnum())
