"""How spans, blocks, links and names are written into columns: compact JSON, one list a cell."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final

from reader.core.article import Block, BlockKind, Link
from reader.core.span import Span

_KINDS: Final = tuple(BlockKind)
_CODES: Final = {kind: code for code, kind in enumerate(_KINDS)}
_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def spans_out(spans: Iterable[Span]) -> str:
    """`[start, end, start, end, ...]`"""
    return _dumps(list(chain.from_iterable(spans)))


def spans_in(text: str) -> tuple[Span, ...]:
    """The inverse of `spans_out`. Raises ValueError for anything else."""
    numbers = json.loads(text)
    return tuple(map(Span, numbers[::2], numbers[1::2]))


def content_in(text: str) -> tuple[Span, ...]:
    """The same for what a quotation says: there is some of it, in order. Raises ValueError, or
    TypeError where they are no numbers."""
    numbers = json.loads(text)
    if not numbers or len(numbers) % 2 or {*map(type, numbers)} != {int}:
        raise ValueError("not pairs of numbers")
    spans = tuple(map(Span, numbers[::2], numbers[1::2]))
    if numbers != sorted(numbers) or any(span.start == span.end for span in spans):
        raise ValueError("not in order")
    return spans


def blocks_out(blocks: Iterable[Block]) -> str:
    """`[start, end, kind, ...]`, the kind as its place in `BlockKind` (which only ever grows)."""
    # A quarter of the encoder's time; enumerations are slow to look up, and most are paragraphs.
    codes = [
        f"{b.span[0]},{b.span[1]},{0 if b.kind is _KINDS[0] else _CODES[b.kind]}" for b in blocks
    ]
    return f"[{','.join(codes)}]"


def blocks_in(text: str) -> tuple[Block, ...]:
    """The inverse of `blocks_out`. Raises ValueError, LookupError or TypeError."""
    numbers = json.loads(text)
    triples = zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True)
    return tuple(Block(Span(start, end), _KINDS[code]) for start, end, code in triples)


def links_out(links: Sequence[Link]) -> str | None:
    """`[start, end, address, ...]`, or None where there are none."""
    if not links:
        return None
    return _dumps([part for k in links for part in (k.span.start, k.span.end, k.url)])


def links_in(text: str | None) -> tuple[Link, ...]:
    """The inverse of `links_out`."""
    if text is None:
        return ()
    parts = json.loads(text)
    triples = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    return tuple(Link(Span(start, end), url) for start, end, url in triples)


def strings_out(strings: Sequence[str]) -> str | None:
    """A list of strings, or None where there are none."""
    return _dumps(list(strings)) if strings else None


def strings_in(text: str | None) -> tuple[str, ...]:
    """The inverse of `strings_out`."""
    return tuple(json.loads(text)) if text is not None else ()


def span_in(start: int | None, end: int | None) -> Span | None:
    """The span of two columns, or None where they are empty."""
    return None if start is None or end is None else Span(start, end)
