"""Finding words in a text that is being read. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from reader.core.span import Span

_MARKS = {"'": "'‘’‚‛′", '"': '"“”„‟«»″', "-": "-‐‑‒–—−"}
_SAME = {mark: plain for plain, marks in _MARKS.items() for mark in marks}


class _Folding(dict[int, str]):
    """What `str.translate` asks for one character at a time; each is worked out once."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        base = _SAME.get(character) or unicodedata.normalize("NFD", character)[0]
        folded = base.casefold()
        # One character for one, so that places in the folded text are places in the text.
        self[code] = found = folded if len(folded) == 1 else base
        return found


_FOLDING = _Folding()


def fold(text: str) -> str:
    """The text without case and accents, with plain quotation marks and dashes; as long as it
    was."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)


@cache
def _pattern(wanted: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(re.escape(word) for word in fold(wanted).split()))


def find(wanted: str, text: str) -> list[Span]:
    """Where the words stand in the text, case, accents and kinds of quotation marks aside; a blank
    stands for any space between words. Nothing for no words."""
    if not wanted.strip():
        return []
    return [Span(*match.span()) for match in _pattern(wanted).finditer(fold(text))]
