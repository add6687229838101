"""Bytes to text, whatever the bytes are."""

from __future__ import annotations

import codecs
import re
from typing import Final

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARK_BYTES = tuple(mark for mark, _ in _MARKS)
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})"""
    rb"""|<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{1,40})""",
    re.IGNORECASE,
)

_TEXT_CODEC = re.compile(
    r"iso8859-(?!1\Z)|cp12|cp8|cp9|shift|euc|gb|big5|koi8|mac-|utf-(16|32)|iso2022|hz|tis"
)
"""Codecs that pages are written in; ASCII and Latin-1 are read as Windows-1252, as browsers do."""

_LABELS: Final = {
    "windows-874": "cp874",
    "dos-874": "cp874",
    "x-sjis": "cp932",
    "windows-949": "cp949",
    "x-gbk": "gb18030",
    "x-x-big5": "big5hkscs",
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "x-mac-roman": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
    "iso-8859-8-i": "iso8859-8",
    "logical": "iso8859-8",
}
"""Names of encodings that browsers know and Python does not."""

_WIDER: Final = {
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "big5": "big5hkscs",
}
"""What browsers read instead: the same, with the characters that everybody uses besides."""

_ESCAPED: Final = re.compile(rb"\x1b\$[@B]|\x1b\$\([A-Z]|\x1b\$\)C|~\{")
"""How text begins in encodings that are ASCII to look at."""


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the text that `data` stands for; bytes that fit nothing become U+FFFD.

    In this order: a byte-order mark; UTF-8 if the bytes are valid UTF-8 (text in another encoding
    almost never is, while wrong declarations abound); `declared`, or what an XML declaration or a
    meta element in the first 2 kB declares; UTF-16 and UTF-32 by their zero bytes; Windows-1252.
    ISO-2022 and HZ, which are ASCII to look at, count where they are declared.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    zeros = data[:2000].count(0)
    if zeros * 5 < len(data[:2000]):
        if (escaped := _escaped_codec(data, declared)) is not None:
            return data.decode(escaped, "replace")
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            if _is_broken_utf8(data, error):
                return data.decode("utf-8", "replace")
    else:
        if zeros * 3 > 2 * len(data[:2000]):
            first = data[0:2000:4].count(0) * 8 > len(data[:2000])
            return data.decode("utf-32-be" if first else "utf-32-le", "replace")
        odd = data[1:2000:2].count(0)
        return data.decode("utf-16-le" if odd * 2 > zeros else "utf-16-be", "replace")
    return data.decode(_codec(declared or _declaration(data)), "replace")


def _declaration(data: bytes) -> str | None:
    """The encoding that an XML declaration or a meta element names."""
    found = _DECLARED.search(data[:2048])
    return (found[1] or found[2]).decode("ascii", "replace") if found else None


def _escaped_codec(data: bytes, declared: str | None) -> str | None:
    """The codec of a text that says itself that it is in one of those that escape from ASCII, and
    does; None for all others."""
    if _ESCAPED.search(data) is None:
        return None
    name = _codec(declared or _declaration(data))
    return name if name.startswith(("iso2022", "hz")) else None


def as_utf8(data: bytes, declared: str | None = None) -> bytes:
    """Return what `decode` gives, in UTF-8; most feeds are that as they come."""
    if not data.startswith(_MARK_BYTES) and data[:2000].count(0) * 5 < len(data[:2000]):
        try:
            data.decode("utf-8")
            if _escaped_codec(data, declared) is None:
                return data
        except UnicodeDecodeError:
            pass
    return decode(data, declared).encode("utf-8", "replace")


def _is_broken_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    """Whether most of what is beyond ASCII is valid UTF-8, with a few spoilt bytes in it."""
    if error.start > len(data) - 4 and len(data) > 100:
        return any(byte > 127 for byte in data[: error.start])
    sample = data[:200_000].decode("utf-8", "replace")
    spoilt = sample.count("\ufffd")
    good = sum(1 for character in sample if character > "\x7f") - spoilt
    return good > 3 * spoilt


def _codec(declared: str | None) -> str:
    """The codec for a declared name, Windows-1252 for none and for those that pages never use."""
    if declared is None:
        return "cp1252"
    try:
        name = codecs.lookup(_LABELS.get(declared.lower(), declared)).name
    except (LookupError, ValueError):
        return "cp1252"
    return _WIDER.get(name, name) if _TEXT_CODEC.match(name) else "cp1252"
