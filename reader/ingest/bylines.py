"""The names in a byline: without "By", roles, places, agencies' suffixes and dates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from reader.core.text import clean_line
from reader.ingest import limits
from reader.ingest.dating import find_date
from reader.ingest.outlets import names_outlet

_BY = re.compile(
    r"\s*(?:(?:exclusive|analysis|opinion|comment|text|words?|stor(?:y|ies)|written|reported|"
    r"reporting|"
    r"interview|posted|published|report|edited|compiled|review(?:ed)?|authored|photographs?|"
    r"gespeichert|geschrieben|verfasst|erstellt|eingestellt|veröffentlicht|publié|écrit|bericht|"
    r"(?:(?:an?|eine?|une?)\s+)?(?:guest\s+|gast-?)?(?:analyse|kommentar|interview|reportage|essay|"
    r"rezension|kolumne|glosse|porträt|beitrag|post|review|column|op-ed|tribune|chronique)|"
    r"(?:propos\s+)?recueillis?)"
    r"(?:\s+and\s+[a-z]{2,12})?\s{1,3})?(?:by|von|par|door|durch|por|di|af|av)\b[:\s]\s*"
    r"|\s*(?:words|text|authors?|autor(?:es|in|en|[/*:]in)?|auteurs?|writers?|reporters?|byline)\s?:\s*",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:,\s*and\b|\band\b|&|\bund\b|\bet\b|\bwith\b|;|\||•|·|,|\n| [-–—] |"
    r"(?-i:(?<=[a-zà-ÿ]))/)\s*",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\s+(?:in|IN|at|AT|for|from|of|is|reports?|reporting|covers)\s+\S.*")
_ROLE = re.compile(
    r"\b(?:editors?|correspondents?|reporters?|writers?|staff|bureau|chief|columnists?|"
    r"contributors?|"
    r"producers?|analysts?|photographers?|journalists?|freelancers?|director|desk|team|newsroom|"
    r"specialist|head|senior|deputy|associate|special|managing|author|intern|fellow|commentator|"
    r"professor|critic|presenter|political|economics|business|health|science|sports?|news|"
    r"politics|environment|technology|education|transport|legal|crime|defence|defense|diplomatic|"
    r"affairs|social|home|foreign|security|investigations?|investigative|data|video|picture|"
    r"agency|agencies|wire|service|updated|published|read|min|"
    r"minutes|share|follow|comments?|email|twitter|posted|contributing|local democracy)\b",
    re.IGNORECASE,
)
_SUFFIXES: Final = re.compile(
    r"(?:Jr|Sr|II|III|IV|MD|M\.D|PhD|Ph\.D|MP|KC|QC|OBE|DC)\.?", re.IGNORECASE
)
_OFFICE = re.compile(
    r"(?:editor|correspondent|reporter|writer|staff|desk|team|newsroom|columnist|contributor|"
    r"journalist|photographer|producer|agencies|published|updated|bureau)s?\Z",
    re.IGNORECASE,
)
_PARTICLES: Final = frozenset(
    (
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "du",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ten",
        "bin",
        "ibn",
        "al",
        "el",
        "zu",
        "af",
        "av",
        "y",
        "e",
        "and",
        "st",
        "d",
    )
)
_TOKEN = re.compile(r"[^\W\d_][\w.'’‘`()-]*\Z")
_HELPERS = re.compile(
    r"\b(?:photo(?:graph)?(?:s|y)?|pictures?|illustrations?|graphics?|video|translat(?:ed|ion)|"
    r"edited|fact.check(?:ed|ing)|(?:additional|further) reporting)\s+by\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]|\S{1,80}@\S{0,80}|https?:\S{1,200}")
_MAIL_AND_NAME = re.compile(r"\s*[^\s@]{1,80}@[^\s@]{1,80}\s+\(([^()]{1,120})\)\s*\Z")
_TRAILING = " ,;:|-–—·•\t"
_NO_NAME: Final = frozenset(
    "about account agreement alert alerts all am an and archive archives are as at back bio "
    "blog by click comment comments contact copy day days download edit editor email "
    "facebook first follow for from full get go have here home hour hours how https in is "
    "join last latest learn like listen live log login mail making menu min mins minute "
    "minutes more new newsletter next no not now of on open or our page photo photos play "
    "please pm posted previous print profile published read register reply report reporting "
    "save search see send share show sign skip social story subscribe support that their "
    "this to today top tweet twitter updated us use video view was watch we what when where "
    "which while who why with you your".split()
)
"""Words that stand on buttons and in sentences and are no part of a name."""

_NOBODY: Final = frozenset({
    "north korea", "south korea", "new york", "new york city", "united states", "united kingdom",
    "united nations", "white house", "middle east", "hong kong", "south africa", "saudi arabia",
    "new zealand", "sri lanka", "los angeles", "san francisco", "european union", "super user",
    "guest author", "guest contributor", "web desk", "staff writer", "site admin",
    "condé nast", "le monde", "le figaro", "le parisien", "la croix", "la presse", "le temps",
    "la repubblica", "el país", "el mundo", "la vanguardia", "google scholar", "pub med",
})  # fmt: skip
"""Two capitalised words that are no person."""

_ACRONYM = re.compile(r"(?:AAP|ABC|AFP|AP|BBC|CBC|CBS|CNBC|CNN|DPA|EFE|ESPN|NBC|NPR|PBS|UPI|USA)\Z")
_SHOUTED = re.compile(
    r"((?:[^\W\d_a-zà-ÿ][^\W\d_a-zà-ÿ.'’-]+\s+){1,3}[^\W\d_a-zà-ÿ][^\W\d_a-zà-ÿ.'’-]+)\s+(?=[^\W\d_]*[a-zà-ÿ])"
)
"""A name in capitals with something in small letters behind it: "LAURE BRETTON Envoyée"."""

_NEVER: Final = frozenset(
    {"by", "null", "none", "undefined", "unknown", "admin", "administrator", "n/a", "anonymous"}
)


def strip_by(line: str) -> str | None:
    """Return what follows "By" (or "Words:", "Reported by" ...) in `line`; None without it."""
    found = _BY.match(line[: limits.AUTHOR])
    return line[found.end() :] if found else None


def read_byline(raw: str, outlet: str | None = None) -> tuple[str, ...]:
    """Return the names in a byline, with or without "By", at most `limits.AUTHORS` of them.

    "By Ann Reed, Political Editor, and Tom Hall in Ankara March 3, 2026" gives ("Ann Reed", "Tom
    Hall"). An organisation counts where it is joined by "and" ("Ann Reed and Harbour Wire") and
    where there is no person ("Harbour Wire Staff"). Names in capitals only are given them at their
    beginnings only. The input is cut before any pattern is run; the name of the `outlet` counts
    for nothing.
    """
    line = clean_line(raw, limits.AUTHOR)
    for _ in range(2):
        line = (strip_by(line) or line).strip(_TRAILING)
    if helper := _HELPERS.search(line, 1):
        line = line[: helper.start()]
    found = find_date(line)
    if found:
        line = line[: found.start]
    if (
        outlet
        and line.endswith(f" {outlet}")
        and looks_like_person(line.removesuffix(outlet).strip())
    ):
        line = line.removesuffix(outlet)
    people: list[str] = []
    others: list[str] = []
    for piece, joined in _pieces(_without_brackets(line)):
        name = _tidy(piece)
        if not name or name.lower() in _NEVER:
            continue
        if looks_like_person(name) or (joined and people and names_outlet(name)):
            people.append(name)
        elif len(name.split()) <= 8 and not is_office(name):
            others.append(name)
    return tuple(dict.fromkeys(people or others[:1]))[: limits.AUTHORS]


def join_bylines(pieces: Iterable[str]) -> tuple[str, ...]:
    """Return the names in several bylines, each once, in order.

    A piece that is a whole name already is kept whole. Organisations go where people are named.
    """
    names = [name for piece in pieces for name in read_byline(piece)]
    people = [name for name in names if looks_like_person(name)]
    seen: dict[str, str] = {}
    for name in people or names[:1]:
        seen.setdefault(name.casefold(), name)
    return tuple(seen.values())[: limits.AUTHORS]


def looks_like_person(name: str) -> bool:
    """Whether `name` has the shape of a person's: two to five capitalised words, no office."""
    words = name.split()
    if not 2 <= len(words) <= 6 or names_outlet(name):
        return False
    if words[0].lower() in ("the", "a", "an", "der", "die", "das") or name.lower() in _NOBODY:
        return False
    # "Will Young" is somebody, "Will you" is not: only all the other words decide.
    if any(word.lower() in _NO_NAME for word in words):
        return False
    capitals = 0
    for word in words:
        if not _TOKEN.match(word):
            return False
        if not word.islower():  # "al-Assad", "ben-Ami" and "d'Ormesson" have their capital inside
            capitals += 1
        elif word not in _PARTICLES:
            return False
    offices = _OFFICE.match(words[-1]) or all(_ROLE.search(end) for end in (words[0], words[-1]))
    return capitals >= 2 and not offices


def _pieces(line: str) -> list[tuple[str, bool]]:
    """The parts of a byline, each with whether "and" stands before it; "Jr." stays with its name.

    What follows a comma or a bar may be where somebody works; what follows "and" is an author.
    """
    pieces: list[tuple[str, bool]] = []
    start, joined = 0, False
    for split in [*_SPLIT.finditer(line), None]:
        piece = line[start : split.start() if split else None].strip()
        if pieces and _SUFFIXES.fullmatch(piece):
            pieces[-1] = (f"{pieces[-1][0]} {piece}", pieces[-1][1])
        else:
            pieces.append((piece, joined))
        if split:
            start = split.end()
            joined = split[0].strip().lower() in ("and", "&", ", and", ",and", "with", "und", "et")
    return pieces


def _without_brackets(line: str) -> str:
    """The line without bracketed words, addresses and handles; "a@b.example (Ann Reed)" is Ann."""
    mail = _MAIL_AND_NAME.match(line)
    return mail[1] if mail else _ASIDE.sub(" ", line)


def _tidy(piece: str) -> str:
    """One name without place, office and shouting."""
    if shouted := _SHOUTED.match(piece):
        piece = shouted[1]
    name = " ".join(_PLACE.sub("", f" {piece}", count=1).split()) if not piece.isupper() else piece
    name = name.strip(_TRAILING)
    name = (strip_by(name) or name).strip()
    words = name.split()
    while words and words[0].lower() in ("print", "share", "email", "follow"):
        words.pop(0)
    while words and words[-1].lower() in ("by", "am", "on", "le", "um", "vom", "at", "-"):
        words.pop()
    if not piece.isupper():
        # "Patti Domm CNBC Executive": where she works, run together with her name.
        cut = next((n for n, word in enumerate(words) if n > 1 and _ACRONYM.match(word)), None)
        words = words[:cut]
    # "Andrea Stone Senior Washington Correspondent" ends where the office begins.
    office = next((n for n, word in enumerate(words) if n > 1 and _ROLE.fullmatch(word)), None)
    words = words[:office]
    while len(words) > 2 and _ROLE.fullmatch(words[-1].rstrip(".:")):
        words.pop()
    shorter = " ".join(words)
    if not _ROLE.sub("", shorter).strip():
        return ""
    name = name if names_outlet(shorter) else shorter
    letters = [c for c in name if c.isalpha()]
    if len(name.split()) > 1 and letters and name.upper() == name:
        name = " ".join(_uncapitalised(word) for word in name.split())
    elif len(name.split()) > 1 and letters and name.lower() == name:
        name = " ".join(word if word in _PARTICLES else word.capitalize() for word in name.split())
    return name


def _uncapitalised(word: str) -> str:
    """ "REED" as "Reed", "O'HARA-KING" as "O'Hara-King"; initials stay."""
    if "." in word[:-1] or (len(word) <= 2 and not set(word) & set("AEIOUY")):
        return word
    shaped = re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word)
    shaped = re.sub(r"['’]S\b", "'s", shaped)
    return re.sub(r"\bMc([a-z])", lambda part: "Mc" + part[1].upper(), shaped)


def is_office(name: str) -> bool:
    """Whether a piece of a byline says what somebody does rather than who it is."""
    return bool(_ROLE.search(name)) and not names_outlet(name)
