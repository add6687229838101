"""Words as the index, the queries and the lighting up of hits all see them.

A word is a run of letters and digits, lower-cased, accents folded (`Erdoğan` and `Erdogan` are one
word), apostrophes kept inside (`o'brien`) but the possessive 's left off; hyphens part words
(`no-fly` is two). Chinese and Japanese characters are words of their own, so that text without
blanks can be searched by phrases. No word is left out as too common: phrases and distances count on
all.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Vowel signs and joiners that Python does not count as letters, though they stand inside words.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1-\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e\u0eb1-\u0ece\u102b-\u103e"
    "\u17b4-\u17d3\u200c\u200d"
)
_ASCII = re.compile(r"([a-z0-9]+(?:'(?!s(?![a-z0-9]))[a-z0-9]+)*)(?:'s(?![a-z0-9]))?")
_LETTER = rf"[^\W_{_CJK}]"
_RUN = rf"{_LETTER}(?:{_LETTER}|[{_MARKS}])*"
_ANY = re.compile(rf"([{_CJK}]|{_RUN}(?:'(?![sS](?![^\W_])){_RUN})*)(?:'[sS](?![^\W_]))?")
_POINTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u200c\u200d]+")
_LIGATURES = str.maketrans({"æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ŋ": "n"})


def _one_to_one() -> dict[int, str]:
    """Typographic signs and accented Latin letters, each with the one ASCII character meant.

    One for one, so that offsets stay; after it nearly all Western text is ASCII, which is cut
    three times as quickly.
    """
    table = {ord(sign): "'" for sign in "‘’ʼ′＇"}
    table |= {ord(sign): " " for sign in "“”„«»‹›–—…•·\u00a0\u2009\u202f£€§©®™°"}
    table |= {ord(a): b for a, b in zip("øØđĐłŁıİħĦŧŦ", "oOdDlLiIhHtT", strict=True)}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            table.setdefault(code, base)
    return table


_PLAIN = _one_to_one()
_MANY_SIGNS = 20


def _plain(text: str) -> str:
    """The text with what `_PLAIN` has an ASCII character for.

    A text of 4,000 characters takes `translate` 200 us; it mostly has but two or three signs that
    are not ASCII, and putting others in their place takes 30 us.
    """
    signs = [sign for sign in set(text) if sign > "\x7f"]
    if len(signs) > _MANY_SIGNS:
        return text.translate(_PLAIN)
    for sign in signs:
        meant = _PLAIN.get(ord(sign))
        if meant is not None:
            text = text.replace(sign, meant)
    return text


class Token(NamedTuple):
    """One word of a text and the characters it stands at."""

    word: str
    start: int
    end: int


@lru_cache(maxsize=1 << 16)
def _fold(word: str) -> str:
    """A word outside ASCII, lower-cased and without accents and points."""
    spread = unicodedata.normalize("NFKD", word.casefold().translate(_LIGATURES))
    return unicodedata.normalize("NFC", _POINTS.sub("", spread)).translate(_PLAIN) or word


def plain_letters(text: str) -> str | None:
    """A text as its words are cut from it, character for character; None where it has letters
    that no ASCII character stands for."""
    if not text.isascii():
        text = _plain(text)
    return text.lower() if text.isascii() else None


def words(text: str) -> list[str]:
    """The words of a text, in order."""
    letters = plain_letters(text)
    if letters is None:
        return [_fold(word) for word in _ANY.findall(_plain(text))]
    found: list[str] = _ASCII.findall(letters)
    return found


def word_matches(text: str) -> Iterator[re.Match[str]]:
    """A match for each word that `words` gives, in order; its group 1 is where the word stands."""
    if not text.isascii():
        text = _plain(text)
    pattern, text = (_ASCII, text.lower()) if text.isascii() else (_ANY, text)
    return pattern.finditer(text)


def tokens(text: str) -> Iterator[Token]:
    """The same words with their offsets in `text`."""
    for match in word_matches(text):
        start, end = match.span(1)
        yield Token(match[1] if match.re is _ASCII else _fold(match[1]), start, end)


@lru_cache(maxsize=1)
def _porter2() -> Callable[[str], str]:
    # Whoosh's own StemmingAnalyzer does not undouble (running -> runn); its Porter2 does.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from whoosh.lang import porter2
    stemmer: Callable[[str], str] = porter2.stem
    return stemmer


_LEFT_ALONE = "abfhjkopquvwxz"
"""No ending that Porter2 takes off ends in these (a word in eight)."""


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """The stem that a word shares with its other forms: `running`, `runs` -> `run` (Porter2).

    Words with digits, apostrophes or letters outside a-z stand for themselves.
    """
    if len(word) < 3 or word[-1] in _LEFT_ALONE or not (word.isascii() and word.isalpha()):
        return word
    return _porter2()(word) or word


def first_of_stem(root: str) -> str:
    """What every word begins with that has this stem.

    Porter2 changes two letters before an ending at most (`skies` -> `sky`, `dying` -> `die`), and a
    stem takes 60 us: of the words of a text that begin with the same letter most need none.
    """
    return root[: max(1, len(root) - 2)]


_TITLES = ("Mr", "Mrs", "Ms", "Dr", "Prof", "Gen", "Sen", "Rep", "Gov", "Lt", "Col", "Sgt")
_ABBREVIATED = "".join(rf"(?<!\b{title}\.)" for title in _TITLES)
_SENTENCE_END = re.compile(
    rf"[.!?…][\"'”’)\]]?{_ABBREVIATED}(?<!\b[A-Z]\.)([^\S\n]+)(?=[\"'“‘(\[]?[^\Wa-z_])"
)
"""Group 1 is the gap. A pattern that begins with a set of characters is looked for four times as
quickly as one that begins by looking back."""

_PARAGRAPH_END = re.compile(r"\n+")


def paragraphs(text: str) -> list[list[str]]:
    """A text as paragraphs of sentences; their words together are those of the whole text."""
    return [_sentences(paragraph) for paragraph in _PARAGRAPH_END.split(text)]


def _sentences(paragraph: str) -> list[str]:
    ends = list(_SENTENCE_END.finditer(paragraph))
    starts = [0, *(end.end() for end in ends)]
    stops = [*(end.start(1) for end in ends), len(paragraph)]
    return [paragraph[start:stop] for start, stop in zip(starts, stops, strict=True)]


def whole_name(name: Sequence[str]) -> str:
    """The words of a name as one word, which no text and no query can contain: a phrase that is a
    whole name (`outlet:"daily ledger"`) is found by it without looking at positions."""
    return "\x01" + " ".join(name)


LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789'"
SHORTEST_TYPO = 3


@lru_cache(maxsize=64)
def one_edit_away(word: str) -> tuple[tuple[str, int], ...]:
    """Every word that `one_edit` accepts for an ASCII word, whether it exists or not, and the
    CRC-32 of each."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    near = {head + tail[1:] for head, tail in cuts}
    near |= {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    near |= {head + letter + tail[1:] for head, tail in cuts if tail for letter in LETTERS}
    near |= {head + letter + tail for head, tail in cuts for letter in LETTERS}
    return tuple((other, crc32(other.encode())) for other in sorted(near))


def one_edit(word: str, other: str) -> bool:
    """Whether two words are equal but for at most one letter left out, put in, changed or swapped
    with its neighbour; words of one or two letters only if they are equal."""
    if word == other:
        return True
    if len(word) < SHORTEST_TYPO or (word.isascii() and not other.isascii()):
        return False
    if len(word) > len(other):
        word, other = other, word
    gap = len(other) - len(word)
    if gap > 1:
        return False
    start = 0
    while start < len(word) and word[start] == other[start]:
        start += 1
    if gap:
        return word[start:] == other[start + 1 :]
    if word[start + 1 :] == other[start + 1 :]:
        return True
    return (
        word[start : start + 2] == other[start : start + 2][::-1]
        and word[start + 2 :] == other[start + 2 :]
    )
