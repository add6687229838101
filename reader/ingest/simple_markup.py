"""HTML as most feeds write it, read without a tree: four times as quick as with one.

Only what every parser reads in the same way is read here: a few elements, each closed where it was
opened, attributes in double quotes, references of HTML 4 with their semicolons. At anything else
this gives up, and the tree has its turn; a test holds both to the same blocks.
"""

from __future__ import annotations

import html
import html.entities
import re
from typing import Final

from reader.core.article import BlockKind
from reader.ingest.block_writer import BlockWriter, squeezed
from reader.ingest.build import Part

_TAG = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z1-6]{0,11})((?:\s+[a-z][a-z-]{0,30}=\"[^\"<>]*\"){0,20}\s*/?)>"
)
_HREF = re.compile(r'\shref="([^"]*)"')
_REFERENCE = re.compile(
    f"&(?:{'|'.join(sorted(html.entities.name2codepoint))}|#[0-9]{{2,5}}|#x[0-9a-fA-F]{{2,4}});"
)
_CONTAINERS: Final = frozenset(("div", "section", "article", "blockquote", "figure", "li"))
"""What may hold both words and blocks."""

_LISTS: Final = frozenset(("ul", "ol"))
_OF_WORDS: Final = frozenset(("p", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6"))
_INLINE: Final = frozenset(
    ("a", "b", "i", "em", "strong", "u", "span", "small", "sub", "sup", "code", "cite", "abbr")
)
_HIDING: Final = (
    "hidden", "style", "sr-only", "screen-reader", "screenreader", "d-none", "offscreen",
)  # fmt: skip
"""Words in attributes by which an element may be hidden; finding that out takes a tree."""

_DEEPEST: Final = 30


def simple_parts(text: str, base: str | None) -> list[Part] | None:
    """Return the blocks of a piece of HTML that has passed `clean`; None where it is not simple.

    As `markup.parts_of_markup` does, but that lines of furniture are still there.
    """
    pieces = _TAG.split(text)
    count = len(pieces) // 4
    if text.count("<") != count or text.count(">") != count:
        return None
    if any(pieces[3::4]) and any(map(text.__contains__, _HIDING)):
        return None
    if "&" in text:
        if text.count("&") != len(_REFERENCE.findall(text)):
            return None
        pieces[::4] = map(html.unescape, pieces[::4])
    flat = _paragraphs(pieces)
    return _walked(pieces, BlockWriter(base)) if flat is None else flat


def _paragraphs(pieces: list[str]) -> list[Part] | None:
    """The blocks of what is nothing but paragraphs without any markup inside; else None."""
    tags = len(pieces) // 4
    if pieces[2::4] != ["p"] * tags or pieces[1::4] != ["", "/"] * (tags // 2):
        return None
    if "".join(pieces[::8]).strip():
        return None
    return [
        Part(squeezed(words) + " " * words[-1].isspace())
        for words in pieces[4::8]
        if words and not words.isspace()
    ]


def _walked(pieces: list[str], writer: BlockWriter) -> list[Part] | None:
    """The blocks of words and tags in turn: words, slash, name, attributes, words, ..."""
    open_: list[tuple[str, BlockKind | None, int, str | None]] = []
    top = "div"
    if pieces[0]:
        writer.write(pieces[0])
    for at in range(1, len(pieces), 4):
        slash, tag, attributes, words = pieces[at : at + 4]
        tag = tag.lower()
        if tag == "br" and not slash:
            writer.line_break()
        elif tag == "img" and not slash:
            pass
        elif attributes.endswith("/"):
            return None
        elif slash:
            if tag != top or not open_ or attributes:
                return None
            _, outer, start, target = open_.pop()
            if outer is not None:
                writer.end(outer)
            elif tag == "a":
                writer.link(start, target)
            top = open_[-1][0] if open_ else "div"
        elif tag in _INLINE:
            if top in _LISTS or len(open_) > _DEEPEST:
                return None
            target = None
            if tag == "a":
                if any(one[0] == "a" for one in open_):
                    return None
                found = _HREF.search(attributes)
                target = html.unescape(found[1]) if found else None
            open_.append((tag, None, writer.length, target))
            top = tag
        elif tag in _OF_WORDS or tag in _CONTAINERS or tag in _LISTS:
            fits = top in _LISTS if tag == "li" else top in _CONTAINERS
            if not fits or len(open_) > _DEEPEST:
                return None
            open_.append((tag, writer.begin(tag), 0, None))
            top = tag
        else:
            return None
        if words:
            if top in _LISTS and not words.isspace():
                return None
            writer.write(words)
    if open_:
        return None
    writer.end(BlockKind.PARAGRAPH)
    return writer.parts
