"""Markdown (CommonMark): headings for articles, block quotations for what was said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import quote

from reader.core.article import BlockKind
from reader.export.citation import cite_article
from reader.export.items import Item, by_article, note_lines

_SPECIAL = re.compile(r"([\\`*_\[\]<>~&$#])")
_AT_START = re.compile(r"^(?:([-+=:])|(\d{1,9})([.)]))")


def escape(text: str) -> str:
    """Any text as one line that Markdown shows as it is, whatever it holds."""
    line = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _AT_START.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", line)


def address(url: str) -> str:
    """A web address inside `<...>`; what could end it early is percent-encoded."""
    return "<" + quote(url, safe=":/?#[]@!$&'()*+,;=%~") + ">"


def lines(items: Iterable[Item], *, quotes: bool) -> Iterator[str]:
    """The document, a line at a time."""
    for group in by_article(items):
        first = group[0]
        yield f"## {escape(first.article.title)}\n"
        yield "\n"
        yield _cited(first)
        yield from _own(first)
        if quotes:
            for item in group:
                yield from _quotation(item)
        else:
            yield from _body(first)
        yield "\n"


def _cited(item: Item) -> str:
    article = item.article
    citation = cite_article(article)
    if article.url:
        before, _, after = citation.rpartition(article.url)
        return f"{escape(before)} {address(article.url)}{escape(after)}\n"
    return f"{escape(citation)}\n"


def _own(item: Item) -> Iterator[str]:
    """The reader's own tags, and the notes that are not about the quotation itself."""
    if item.tags:
        yield "\n"
        yield " ".join(f"\\#{escape(tag)}" for tag in item.tags) + "\n"
    for note in item.notes:
        if note.said is None or item.quotation is None:
            yield from _note(note_lines(note))


def _note(lines: list[str]) -> Iterator[str]:
    yield "\n"
    yield "\\\n".join(["**Note:** " + escape(lines[0]), *map(escape, lines[1:])]) + "\n"


def _quotation(item: Item) -> Iterator[str]:
    assert item.quotation is not None
    yield "\n"
    yield f"> {escape(item.said)}\n"
    yield ">\n"
    speaker = item.speaker
    who = f"**{escape(speaker.name)}**" if speaker else "nobody named"
    if speaker and speaker.role:
        who += f", {escape(speaker.role)}"
    yield f"> — {who} ({item.quotation.kind})\n"
    for note in item.notes:
        if note.said is not None:
            yield from _note(note_lines(replace(note, said=None)))


def _body(item: Item) -> Iterator[str]:
    article = item.article
    for block in article.blocks:
        text = escape(block.span.text(article.body))
        yield "\n"
        if block.kind is BlockKind.SUBHEAD:
            yield f"### {text}\n"
        elif block.kind is BlockKind.LIST_ITEM:
            yield f"- {text}\n"
        elif block.kind in (BlockKind.BLOCKQUOTE, BlockKind.CAPTION):
            yield f"> {text}\n"
        else:
            yield f"{text}\n"
    if not article.blocks:
        for paragraph in article.body.split("\n\n"):
            yield f"\n{escape(paragraph)}\n"
