"""A plain text cut into the pieces a reader sees: headings, paragraphs, list items."""

from __future__ import annotations

import re
from itertools import groupby, pairwise

_BULLET = re.compile(r"(?:[•*◦▪‣·●○–—-]|\(?\d{1,2}[.)])\s+(?=\S)")
_HEADER_LIKE = re.compile(
    r"©|https?:|(?:by|published|updated|posted|copyright)\b|.{0,30}\b\d{4}\Z", re.IGNORECASE
)
_LONE_DATELINE = re.compile(r"[A-Z][A-Z'’.-]+(?:[ ,/][A-Za-z'’.,/ -]{1,40})?\s?[—–-]{1,2}")
_NARROWEST, _WIDEST = 40, 100


def chunks_of(text: str) -> list[str]:
    """Return the paragraphs of clean `text`, in order, without blanks around them.

    An empty line parts paragraphs. Lines that stand together are put together where they look like
    one paragraph that was wrapped (all but the last about equally long); otherwise each is its own.
    """
    lines = [line.strip() for line in text.split("\n")]
    chunks: list[str] = []
    for is_text, group in groupby(lines, key=bool):
        if is_text:
            together = list(group)
            chunks.extend([" ".join(together)] if _is_wrapped(together) else together)
    return _with_datelines(chunks)


def _with_datelines(chunks: list[str]) -> list[str]:
    """The chunks, a dateline on a line of its own ("KARSHOLM —") put before its paragraph."""
    joined: list[str] = []
    for chunk in chunks:
        if joined and len(joined[-1]) <= 60 and _LONE_DATELINE.fullmatch(joined[-1]):
            joined[-1] = f"{joined[-1]} {chunk}"
        else:
            joined.append(chunk)
    return joined


def list_item(chunk: str) -> str | None:
    """Return the words behind a bullet or number; None if there is neither."""
    found = _BULLET.match(chunk)
    return chunk[found.end() :] if found and not chunk[0].isdigit() else None


def _is_wrapped(lines: list[str]) -> bool:
    """Whether lines that stand together are one paragraph broken at a margin."""
    if len(lines) < 2:
        return True
    widths = [len(line) for line in lines[:-1]]
    widest = max(widths)
    if not _NARROWEST <= widest <= _WIDEST or len(lines[-1]) > widest + 10:
        return False
    for line, following in pairwise(lines):
        if list_item(following) is not None or any(map(_HEADER_LIKE.match, (line, following))):
            return False
        # A wrapped line ends where the next word no longer fits.
        if len(line) + 1 + len(following.partition(" ")[0]) <= widest - 1:
            return False
    return True
