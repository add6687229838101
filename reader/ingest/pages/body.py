"""The article's text on a page, in blocks, with its links; nothing of what stands around it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
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

_MANY: Final = 6_000
"""Blocks from which on the quick way is taken; a story has some hundred."""

_LONGEST_CREDIT: Final = 120
"""Characters of a line that says who took a picture and nothing of what is on it."""

_NEAR: Final = 3
"""How many pieces of text may lie between a picture and a paragraph of the article."""

_TAKEN_BY: Final = (
    r"(?:(?:photo(?:graph)?|foto|image|picture|credit|illustration|video|crédits?|bild|screenshot)s?"
    r"(?:\s+(?:credit|courtesy|by|from|photo|of)s?)*\s*(?::|/|by\b|©|\|)|©|\(c\))"
)
_CREDIT = re.compile(rf"\s*[(\[|·–-]?\s*(?<=[\s.(\[|]){_TAKEN_BY}.{{2,120}}\Z", re.IGNORECASE)
_CREDIT_ALONE = re.compile(
    rf"{_TAKEN_BY}.{{2,150}}|[^.,;:]{{2,40}}(?:\s?/\s?[^.,;:/]{{2,40}}){{1,3}}|"
    r"(?:\S+\s){0,5}(?:Getty Images|Shutterstock|Reuters|AFP|Alamy|EPA|AP(?: Photo)?)\)?",
    re.IGNORECASE,
)


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

    Trafilatura finds the text, with its defaults. Captions, which it drops, are put at the end if
    the picture stands among paragraphs of the article, and links, which change what it keeps, are
    looked up in the page by the paragraph they stand in. `tree` stays as it is.
    """
    from trafilatura import bare_extraction

    # Without a handler its warnings would go to stderr, in the middle of the screen.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    # Its second opinions take the square of the number of blocks: 400 s for 2 MB of short ones.
    is_long = sum(1 for _ in tree.iter("p", "div", "li", "td", "br", "figcaption")) > _MANY
    document = bare_extraction(tree, include_comments=False, with_metadata=False, fast=is_long)
    found = document.body if document is not None and not isinstance(document, dict) else None
    blocks = list(_parts(found)) if found is not None else _densest(tree)
    blocks = blocks or _unmarked(tree)
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
        # Asked for once: a tail of thousands of pieces takes lxml a second to put together.
        if words := " ".join((element.tail or "").split()):
            yield Part(words)


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


def _unmarked(tree: Any) -> list[Part]:
    """The paragraphs of a page that is text without any marks for them, parted by empty lines; []
    where it has marks, or is too little."""
    body = tree.find("body")
    if body is None or next(body.iter(*_BLOCKS, "a"), None) is not None:
        return []
    pieces = [" ".join(piece.split()) for piece in re.split(r"\n\s*\n", body.text_content())]
    parts = [Part(piece) for piece in pieces if piece]
    return parts if sum(len(part.text) for part in parts) >= _LEAST else []


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
        if is_caption and _is_teaser(element):
            continue
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


def _is_teaser(caption: Any) -> bool:
    """Whether a caption leads to another story: it is a link, or in one, or the figure is one."""
    if any(above.tag == "a" for above in caption.iterancestors()):
        return True
    linked = sum(len(text_of(link)) for link in caption.iter("a"))
    return linked > 20 and linked * 10 > 9 * len(text_of(caption))


def _is_bold_label(element: Any, text: str) -> bool:
    """Whether an element holds nothing but one bold stretch that reads like a subhead."""
    if len(element) != 1 or len(text) > 80 or element[0].tag not in ("strong", "b"):
        return False
    return text[-1] not in ".,:;?!…”\"'’" and text_of(element[0]) == text and text[0].isupper()


def _enriched(parts: list[Part], units: list[_Unit], base: str | None) -> list[Part]:
    """The blocks with links and kinds, and behind them the captions of the story's pictures.

    Captions stand last: without its picture a caption only interrupts, and what reads the text by
    itself can leave them off.
    """
    places: dict[str, int] = {}
    for at, part in enumerate(parts):
        places.setdefault(_key(part.text), at)
    captions: dict[str, Part] = {}
    moved: set[int] = set()
    for at, unit in enumerate(units):
        place = places.get(unit.key)
        if unit.is_caption:
            text = _without_credit(unit.text[:2000])
            if place is not None:
                moved.add(place)
            elif not _is_beside(units, at, places):
                continue
            if len(text) < 1500 and len(text.split()) > 1:
                captions.setdefault(_key(text), Part(text, BlockKind.CAPTION))
        elif place is not None:
            if unit.is_heading and parts[place].kind is BlockKind.PARAGRAPH:
                parts[place] = replace(parts[place], kind=BlockKind.SUBHEAD)
            if unit.links and not parts[place].links:
                parts[place] = _with_links(parts[place], unit.links, base)
    for at, part in enumerate(parts):
        if at not in moved and part.kind is BlockKind.PARAGRAPH and furniture.is_caption(part.text):
            moved.add(at)
            if len(part.text) > _LONGEST_CREDIT:
                captions.setdefault(_key(part.text), Part(part.text, BlockKind.CAPTION))
    story = [part for at, part in enumerate(parts) if at not in moved]
    return [*story, *captions.values()] if story else parts


def _is_beside(units: list[_Unit], at: int, places: dict[str, int]) -> bool:
    """Whether a caption stands between, before or behind paragraphs of the article."""
    around = [*units[max(0, at - _NEAR) : at], *units[at + 1 : at + 1 + _NEAR]]
    return any(unit.key in places for unit in around)


def _without_credit(caption: str) -> str:
    """A caption without who took the picture; "" where it says nothing else."""
    if _CREDIT_ALONE.fullmatch(caption) or furniture.is_caption(caption):
        return ""
    return _CREDIT.sub("", caption).strip()


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
