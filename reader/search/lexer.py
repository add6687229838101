"""Cuts a query into pieces: words, phrases, fields, brackets and operators, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_PIECE = re.compile(
    r"""
      (?P<blank>\s+)
    | (?P<open>\()
    | (?P<close>\))
    | (?P<regex>(?i:(?<=title:))/(?:[^/\\]|\\.)*/(?:i(?![^\s()]))?)
    | (?P<halfregex>(?i:(?<=title:))/.*\Z)
    | (?P<near>(?i:near|pre|w)/\d+(?![^\s()"]))
    | (?P<within>/[sSpP](?![^\s()"]))
    | (?P<atleast>(?i:atleast)/\d+(?![^\s()"]))
    | (?P<halfdistance>(?i:near|atleast)/[^\s()"]*)
    | (?P<ago>-\d+[dwmyDWMY](?![^\s()"]))
    | (?P<minus>-(?=[^\s)]))
    | (?P<exact>=(?=["“„«\w]))
    | (?P<tilde>~(?=["“„«\w]))
    | (?P<phrase>["“”„«][^"“”„«»]*["“”«»](?:\*(?![^\s()]))?)
    | (?P<halfphrase>["“”„«][^"“”„«»]*\Z)
    | (?P<field>[A-Za-z]+:(?!//))
    | (?P<word>[^\s()"“”„«»]+)
    | (?P<stray>.)
    """,
    re.VERBOSE | re.DOTALL,
)


class Piece(NamedTuple):
    """One piece of a query."""

    kind: str
    text: str
    start: int
    """Where it stands in the query, counted from 0."""

    spaced: bool
    """Whether a blank stands before it (or nothing)."""


def pieces(text: str) -> Iterator[Piece]:
    """The pieces of a query, blanks left out. Never fails: what makes no sense is a `stray`."""
    spaced = True
    for match in _PIECE.finditer(text):
        kind = match.lastgroup or "stray"
        if kind == "blank":
            spaced = True
            continue
        yield Piece(kind, match[0], match.start(), spaced)
        spaced = False
