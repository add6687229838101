"""Numeric character references that stand for what must not pass, turned up before it does harm."""

from __future__ import annotations

import re

from reader.core.text import clean

_REFERENCE = re.compile(r"&#(?:0{0,20}(\d{1,7})|[xX]0{0,20}([0-9a-fA-F]{1,6}))(?![0-9a-fA-F]);?")


def expose_controls(text: str) -> str:
    """Return `text` with its dangerous numeric references as the characters they stand for.

    What comes out must pass `core.text.clean`, which then sees "&#27;[31m" as the sequence that it
    is. Numbers 128 to 159 mean the characters of Windows-1252, as every browser has it; harmless
    references stay as they are.
    """
    return _REFERENCE.sub(_exposed, text) if "&#" in text else text


def _exposed(reference: re.Match[str]) -> str:
    """The character itself where it would not pass the gate."""
    code = int(reference[1]) if reference[1] else int(reference[2], 16)
    if code in (9, 10, 13, 32, 160):
        return " "
    if code > 0x10FFFF:
        return "\ufffd"
    if 128 <= code <= 159:
        return bytes([code]).decode("cp1252", "ignore")
    return reference[0] if clean(chr(code)) else chr(code)
