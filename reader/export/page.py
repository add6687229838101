"""One HTML page that needs nothing else: no script, no font, no request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape

from reader.core.article import Block, BlockKind
from reader.core.marks import Note
from reader.core.span import Span
from reader.export.citation import cite_article
from reader.export.items import Item, by_article, note_lines

_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>onrecord export</title>
<style>
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 1.05rem/1.55 Georgia, serif;
  color: #1b1b1b; background: #fdfdfb; }
h2 { line-height: 1.25; margin: 3rem 0 .3rem; }
.citation, cite { color: #5a5a5a; font-size: .9rem; font-style: normal; }
.note { padding: .3rem .8rem; background: #fff3c4; color: #1b1b1b; }
blockquote { margin: 1.2rem 0; padding-left: 1rem; border-left: 3px solid #0072b2; }
blockquote.mixed { border-left-style: dashed; }
blockquote.indirect { border-left-style: dotted; }
mark { background: #e5eff7; color: inherit; border-bottom: 2px solid #0072b2; }
mark.mixed { border-bottom-style: dashed; }
mark.indirect { border-bottom-style: dotted; }
@media (prefers-color-scheme: dark) {
  body { color: #e6e6e2; background: #17181a; }
  .citation, cite { color: #a5a5a0; }
  mark { background: #1d3040; }
}
</style>
</head>
<body>
"""


def lines(items: Iterable[Item], *, quotes: bool) -> Iterator[str]:
    """The page, piece by piece."""
    yield _HEAD
    for group in by_article(items):
        first = group[0]
        yield f"<article>\n<h2>{escape(first.article.title)}</h2>\n"
        yield f'<p class="citation">{_cited(first)}</p>\n'
        yield from _own(first)
        if quotes:
            for item in group:
                yield _quotation(item)
        else:
            yield from _body(first)
        yield "</article>\n"
    yield "</body>\n</html>\n"


def _cited(item: Item) -> str:
    url = item.article.url
    text = cite_article(item.article)
    if not url or not url.startswith(("http://", "https://")):
        return escape(text)
    before, _, after = text.rpartition(url)
    link = f'<a rel="noreferrer noopener" href="{escape(url)}">{escape(url)}</a>'
    return f"{escape(before)}{link}{escape(after)}"


def _own(item: Item) -> Iterator[str]:
    """The reader's own tags, and the notes that are not about the quotation itself."""
    if item.tags:
        tags = " ".join(f"#{escape(tag)}" for tag in item.tags)
        yield f'<p class="citation">{tags}</p>\n'
    for note in item.notes:
        if note.said is None or item.quotation is None:
            yield _note(note)


def _note(note: Note) -> str:
    return f'<p class="note">{"<br>".join(map(escape, note_lines(note)))}</p>\n'


def _quotation(item: Item) -> str:
    assert item.quotation is not None
    speaker = item.speaker
    who = f"<b>{escape(speaker.name)}</b>" if speaker else "nobody named"
    if speaker and speaker.role:
        who += f", {escape(speaker.role)}"
    return (
        f'<blockquote class="{item.quotation.kind}">\n<p>{escape(item.said)}</p>\n'
        f"<cite>{who} · {item.quotation.kind}</cite>\n</blockquote>\n"
        + "".join(_note(replace(note, said=None)) for note in item.notes if note.said is not None)
    )


def _body(item: Item) -> Iterator[str]:
    body = item.article.body
    marks = sorted(
        (span.start, span.end, str(quotation.kind), _name(item, quotation.speaker))
        for quotation in item.extraction.quotations
        for span in quotation.content
    )
    blocks = item.article.blocks or (Block(Span(0, len(body))),)
    for block in blocks:
        tag = {BlockKind.SUBHEAD: "h3", BlockKind.BLOCKQUOTE: "blockquote"}.get(block.kind, "p")
        yield f"<{tag}>{_marked(body, block.span, marks)}</{tag}>\n"


def _marked(body: str, block: Span, marks: list[tuple[int, int, str, str]]) -> str:
    parts, at = [], block.start
    for start, end, kind, name in marks:
        start, end = max(start, at), min(end, block.end)
        if start >= end:
            continue
        parts.append(escape(body[at:start]))
        said = escape(body[start:end])
        parts.append(f'<mark class="{kind}" title="{escape(name)}">{said}</mark>')
        at = end
    parts.append(escape(body[at : block.end]))
    return "".join(parts)


def _name(item: Item, speaker: int | None) -> str:
    return "" if speaker is None else item.extraction.speakers[speaker].name
