"""The article's text on a page, in blocks, with its links; nothing of what stands around it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from reader.core.article import BlockKind, Link
from reader.core.span import Span
from reader.ingest import furniture, limits
from reader.ingest.build import Part
from reader.ingest.pages.tree import text_of

_BLOCKS: Final = frozenset(
    ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "dd", "dt", "td", "th", "div",
     "figcaption", "pre", "section", "article")
)  # fmt: skip
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LEAST: Final = 400
"""Characters of text, links counted against it, that a page's paragraphs must have at least."""

_NEAR: Final = 3
"""How many pieces of text may lie between a picture and a paragraph of the article."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A piece of text of the page, in document order."""

    key: str
    """Its characters without blanks, by which it is found again in the extracted text."""

    is_caption: bool
    is_heading: bool
    """A heading, or a paragraph that is short, bold and no sentence."""
    text: str
    links: tuple[tuple[str, str], ...]
    """Words and addresses."""


def read_body(tree: Any, title: str, base: str | None) -> list[Part]:
    """Return the blocks of the page's article: paragraphs, subheads, block quotes, list items,
    captions, with links; [] where there is no article.

    Trafilatura finds the text, with its defaults. Captions, which it drops, are put back where the
    picture stands between paragraphs of the article, and links, which change what it keeps, are
    looked up in the page by the paragraph they stand in. `tree` stays as it is.
    """
    from trafilatura import bare_extraction

    # Without a handler its warnings would go to stderr, in the middle of the screen.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    document = bare_extraction(tree, include_comments=False, with_metadata=False)
    found = document.body if document is not None and not isinstance(document, dict) else None
    blocks = list(_parts(found)) if found is not None else _densest(tree)
    units = list(_units(tree))
    parts = _told_apart(blocks, units)
    return _enriched([part for part in parts if _belongs(part, title)], units, base)


def _parts(body: Any) -> Iterator[Part]:
    """The blocks of what trafilatura found."""
    for element in body:
        tag = element.tag
        if tag == "head":
            yield Part(text_of(element), BlockKind.SUBHEAD)
        elif tag == "list":
            for item in element.iter("item"):
                if next(item.iterancestors("item"), None) is None:
                    yield Part(text_of(item), BlockKind.LIST_ITEM)
        elif tag == "quote":
            inner = list(element.iter("p", "item")) or [element]
            for part in inner:
                yield from _split(_lines(part), BlockKind.BLOCKQUOTE)
        elif tag == "table":
            for row in element.iter("row"):
                cells = [text for cell in row.iter("cell") if (text := text_of(cell))]
                yield Part(" | ".join(cells))
        elif isinstance(tag, str):
            yield from _split(_lines(element), BlockKind.PARAGRAPH)
        if element.tail and element.tail.strip():
            yield Part(" ".join(element.tail.split()))


def _densest(tree: Any) -> list[Part]:
    """The paragraphs that lie together with the most text, where Trafilatura finds no article.

    It gives up on stories in elements whose name or class speaks of comments or asides. [] where
    there are fewer than three paragraphs, or much of their text is links.
    """
    weights: dict[Any, int] = {}
    for paragraph in tree.iter("p"):
        parent = paragraph.getparent()
        linked = sum(len(text_of(link)) for link in paragraph.iter("a"))
        weights[parent] = weights.get(parent, 0) + len(text_of(paragraph)) - 3 * linked
    best = max(weights, key=weights.__getitem__, default=None)
    if best is None or weights[best] < _LEAST:
        return []
    parts = [Part(text_of(p)) for p in best.iterchildren("p")]
    return parts if len(parts) >= 3 else []


def _lines(element: Any) -> str:
    """The text of an element, its line breaks kept."""
    pieces = []
    for piece in element.iter():
        if piece.tag == "lb":
            pieces.append("\n")
        if piece.text:
            pieces.append(re.sub(r"\s+", " ", piece.text))
        if piece is not element and piece.tail:
            pieces.append(re.sub(r"\s+", " ", piece.tail))
    return "".join(pieces)


def _split(text: str, kind: BlockKind) -> Iterator[Part]:
    """A text as one block, or as several where two line breaks part them."""
    for piece in re.split(r"\n\s*\n", text):
        if piece.strip():
            yield Part(re.sub(r" ?\n ?", "\n", piece).strip(), kind)


def _belongs(part: Part, title: str) -> bool:
    """Whether a block is part of the story: not its title again, a button or an invitation."""
    text = part.text
    if not text or (part.kind is BlockKind.SUBHEAD and _key(text) == _key(title)):
        return False
    return not (furniture.is_furniture(text) and len(text) < 160)


def _units(tree: Any) -> Iterator[_Unit]:
    """The pieces of text of the page that hold no other pieces, in order."""
    for element in tree.iter():
        tag = element.tag
        if tag not in _BLOCKS:
            continue
        is_caption = tag == "figcaption" or "wp-caption-text" in (element.get("class") or "")
        if not is_caption and any(child.tag in _BLOCKS for child in element.iterdescendants()):
            continue
        text = text_of(element)
        if not text:
            continue
        links = tuple(
            (words, link.get("href"))
            for link in element.iter("a")
            if link.get("href") and (words := text_of(link))
        )
        is_heading = tag in _HEADINGS or (tag in ("p", "div") and _is_bold_label(element, text))
        yield _Unit(_key(text), is_caption, is_heading, text, links)


def _is_bold_label(element: Any, text: str) -> bool:
    """Whether an element holds nothing but one bold stretch that reads like a subhead."""
    if len(element) != 1 or len(text) > 80 or element[0].tag not in ("strong", "b"):
        return False
    return text[-1] not in ".,:;?!…”\"'’" and text_of(element[0]) == text and text[0].isupper()


def _enriched(parts: list[Part], units: list[_Unit], base: str | None) -> list[Part]:
    """The blocks with links and captions."""
    places: dict[str, int] = {}
    for at, part in enumerate(parts):
        places.setdefault(_key(part.text), at)
    captions: dict[int, list[Part]] = {}
    seen: set[str] = set()
    for at, unit in enumerate(units):
        place = places.get(unit.key)
        if place is not None:
            if unit.is_caption:
                parts[place] = replace(parts[place], kind=BlockKind.CAPTION)
            elif unit.is_heading and parts[place].kind is BlockKind.PARAGRAPH:
                parts[place] = replace(parts[place], kind=BlockKind.SUBHEAD)
            if unit.links and not parts[place].links:
                parts[place] = _with_links(parts[place], unit.links, base)
        elif unit.is_caption and unit.key not in seen and 10 < len(unit.text) < 1500:
            seen.add(unit.key)
            before = _neighbour(units[max(0, at - _NEAR) : at][::-1], places)
            after = _neighbour(units[at + 1 : at + 1 + _NEAR], places)
            target = after if after is not None else None if before is None else before + 1
            if target is not None:
                captions.setdefault(target, []).append(Part(unit.text, BlockKind.CAPTION))
    result: list[Part] = []
    for at, part in enumerate(parts):
        result.extend(captions.get(at, ()))
        result.append(part)
    result.extend(captions.get(len(parts), ()))
    return result


def _told_apart(parts: list[Part], units: list[_Unit]) -> list[Part]:
    """The blocks of a very short page, which Trafilatura runs together into one, as the page has
    them; other pages' blocks as they are."""
    if len(parts) != 1 or any(unit.key == _key(parts[0].text) for unit in units):
        return parts
    rest = _key(parts[0].text)
    found: list[Part] = []
    for unit in units:
        if not unit.is_caption and unit.key and rest.startswith(unit.key):
            rest = rest[len(unit.key) :]
            kind = BlockKind.SUBHEAD if unit.is_heading else BlockKind.PARAGRAPH
            found.append(Part(unit.text, kind))
    return found if not rest else parts


def _neighbour(units: Iterable[_Unit], places: dict[str, int]) -> int | None:
    """The place in the article of the first of these units that is in it."""
    return next((places[unit.key] for unit in units if unit.key in places), None)


def _with_links(part: Part, links: tuple[tuple[str, str], ...], base: str | None) -> Part:
    """The block with those links whose words are found in it, from left to right."""
    from reader.ingest.addresses import web_address

    placed: list[Link] = []
    cursor = 0
    for words, target in links[: limits.LINKS]:
        start = part.text.find(words, cursor)
        address = web_address(target, base) if start >= 0 and not target.startswith("#") else None
        if address is not None:
            cursor = start + len(words)
            placed.append(Link(Span(start, cursor), address))
    return replace(part, links=tuple(placed))


def _key(text: str) -> str:
    """A text without its blanks."""
    return "".join(text.split())
