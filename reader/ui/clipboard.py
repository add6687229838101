"""Copying through the terminal (OSC 52), which works over ssh and needs no program of its own."""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping

from reader.errors import ReaderError

LONGEST = 74_994
"""Bytes of text. Several terminals drop a sequence of more than 100,000 bytes: this still fits."""

_SCREEN_PIECE = 240
"""GNU screen cuts strings at 256 bytes."""


def copy_sequence(text: str, environ: Mapping[str, str] = os.environ) -> str:
    """What to write to the terminal so that it puts `text` on the clipboard.

    In tmux it comes twice: as it is, for those who have `set-clipboard on`, and wrapped, so that it
    reaches the terminal outside where `allow-passthrough` is on. Inside GNU screen it is wrapped.
    Raises ReaderError if `text` is longer than terminals take.
    """
    data = text.encode(errors="replace")
    if len(data) > LONGEST:
        raise ReaderError(f"Too long to copy: {len(data):,} bytes, terminals take {LONGEST:,}.")
    sequence = f"\x1b]52;c;{base64.b64encode(data).decode('ascii')}\x07"
    if environ.get("TMUX"):
        return sequence + "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    if environ.get("STY"):
        pieces = range(0, len(sequence), _SCREEN_PIECE)
        return "".join(f"\x1bP{sequence[at : at + _SCREEN_PIECE]}\x1b\\" for at in pieces)
    return sequence
