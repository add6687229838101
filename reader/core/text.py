"""The one gate for text: every string from outside passes here before it is stored or drawn.

Terminals obey what is written to them, and no toolkit filters it: escape sequences in a title can
write the clipboard, move the cursor or type at the shell. What comes out of this module holds no
control character but, in bodies, the line feed; nothing that reorders or hides text; and is NFC.
Both functions are idempotent and take time linear in their input.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MAX_MARKS: Final = 8
"""Combining marks kept in a row; no living language needs more, towers of them hide other lines."""

_SPACES = "\u00a0\u2000-\u200a\u202f\u205f"
_BREAKS = "\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_INVISIBLE = (
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e00ff"
)
"""Bidi controls, zero-width blanks, soft hyphens and tag characters. U+200C and U+200D stay:
Persian, the Indic scripts and emoji are spelt with them."""

_FILLERS: Final = "\u115f\u1160\u3164\uffa0"
"""Hangul fillers: letters that print as nothing."""

_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17)
)
_DROPPED = "\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff" + _INVISIBLE + _FILLERS + _NONCHARACTERS

_CONTROL_STRING = re.compile(
    # OSC, DCS, SOS, PM, APC. The body ends at any control character, so a lone introducer costs one
    # pass and cannot swallow the article behind it.
    "(?:\x1b[\\]PX^_]|[\x90\x98\x9d-\x9f])[^\x00-\x1f\x7f-\x9f\u2028\u2029]*(?:\x07|\x1b\\\\|\x9c)"
)
_SEQUENCE = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI
    "|\x1b[ -/]*[0-~]"  # two characters, and character set shifts
)
_INTRODUCER = re.compile("[\x1b\x90\x98\x9b\x9d-\x9f]")
_UNSAFE = re.compile(f"(?P<break>\r\n?|[{_BREAKS}])|(?P<space>[\t{_SPACES}])|[{_DROPPED}]+")
_INSTEAD: Final = {"break": "\n", "space": " ", None: ""}
_PLAIN_ASCII: Final = bytes([10, *range(32, 127)])
_WESTERN: Final = frozenset(
    c for c in bytes(range(128, 256)).decode("cp1252", "ignore") if c.isprintable()
)
_MARK_RUN = re.compile(rf"[^\w\s\x00-\u02ff]{{{MAX_MARKS + 1},}}")
_BLANKS = re.compile(r"\s+")


def clean(text: str) -> str:
    """Return `text` made safe for storing and drawing: the gate for bodies.

    Escape sequences go as a whole; every kind of line break becomes a line feed; tabs and fixed
    or no-break blanks become one blank each; other control characters, lone surrogates,
    noncharacters, bidi controls, invisible blanks and tag characters go; at most `MAX_MARKS`
    combining marks stay in a row; the rest is in Normalization Form C. Offsets must be counted in
    what is returned.
    """
    if _is_plain(text):
        return text
    # isprintable is twenty times as quick as any pattern, and false for all that must go (but
    # fillers, which count as letters).
    if not text.replace("\n", "").isprintable() or any(map(text.__contains__, _FILLERS)):
        if _INTRODUCER.search(text):
            text = _CONTROL_STRING.sub("", text)
            text = _SEQUENCE.sub("", text)
        text = _UNSAFE.sub(lambda found: _INSTEAD[found.lastgroup], text)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return _MARK_RUN.sub(_cap_marks, text)


def clean_line(text: str, limit: int = 1000) -> str:
    """Return `text` made safe for a field of one line: titles, names, addresses, messages.

    As `clean`, and then every run of blanks and line breaks becomes one blank, the ends are
    stripped, and what is longer than `limit` characters is cut. Only the first 16 x `limit`
    characters of the input are looked at, so a title of a gigabyte costs nothing.
    """
    line = _BLANKS.sub(" ", clean(text[: limit * 16])).strip()
    return line if len(line) <= limit else line[:limit].rstrip()


def _is_plain(text: str) -> bool:
    """Whether a text holds printable characters of Windows-1252 and line feeds only: no marks, and
    composed already.

    Most news is such text. What is ASCII is taken out in bytes, at a nanosecond a character; the
    few that are left are looked up.
    """
    rest = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN_ASCII)
    return not rest or _WESTERN.issuperset(rest.decode("utf-8", "surrogatepass"))


def _cap_marks(run: re.Match[str]) -> str:
    """Drop what is above `MAX_MARKS` in each stretch of combining marks; joiners count as marks."""
    kept = []
    marks = 0
    for character in run[0]:
        joins = character in "\u200c\u200d" or unicodedata.category(character).startswith("M")
        marks = marks + 1 if joins else 0
        if marks <= MAX_MARKS:
            kept.append(character)
    return "".join(kept)
