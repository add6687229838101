"""Bytes to text, whatever the bytes are."""

from __future__ import annotations

import codecs
import re

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
    r"iso8859-(?!1\Z)|cp12|cp8|cp9|shift|euc|gb|big5|koi8|mac-|utf-(16|32)|iso2022|hz"
)
"""Codecs that pages are written in; ASCII and Latin-1 are read as Windows-1252, as browsers do."""


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the text that `data` stands for; bytes that fit nothing become U+FFFD.

    In this order: a byte-order mark; UTF-8 if the bytes are valid UTF-8 (text in another encoding
    almost never is, while wrong declarations abound); `declared`, or what an XML declaration or a
    meta element in the first 2 kB declares; UTF-16 recognised by its zero bytes; Windows-1252.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    zeros = data[:2000].count(0)
    if zeros * 5 < len(data[:2000]):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            if _is_broken_utf8(data, error):
                return data.decode("utf-8", "replace")
    else:
        odd = data[1:2000:2].count(0)
        return data.decode("utf-16-le" if odd * 2 > zeros else "utf-16-be", "replace")
    found = _DECLARED.search(data[:2048])
    if declared is None and found:
        declared = (found[1] or found[2]).decode("ascii", "replace")
    return data.decode(_codec(declared), "replace")


def as_utf8(data: bytes, declared: str | None = None) -> bytes:
    """Return what `decode` gives, in UTF-8; most feeds are that as they come."""
    if not data.startswith(_MARK_BYTES) and data[:2000].count(0) * 5 < len(data[:2000]):
        try:
            data.decode("utf-8")
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
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):
        return "cp1252"
    return name if _TEXT_CODEC.match(name) else "cp1252"
