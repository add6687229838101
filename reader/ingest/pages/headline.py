"""A page's headline and its outlet: what headings, metadata and browser title agree on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from reader.core.text import clean_line
from reader.ingest import limits
from reader.ingest.build import trim_site
from reader.ingest.outlets import outlet_from_copyright
from reader.ingest.pages.hidden import looks_hidden
from reader.ingest.pages.tree import text_of

_SEPARATOR = re.compile(r"\s+[-–—|·•»«‹›]{1,2}\s+|\s*\|\s*")
_COLON = re.compile(r"\s*[:：]\s+|\s+[:：]\s*")
AGREED: Final = 0.4
"""From this agreement on two titles are taken for one."""

_LEAST_SHARE: Final = 0.4
"""A title inside a longer one says the same from this share of its letters on."""

_FEW: Final = 2
_OUTLET_WORDS: Final = 6
_GAP: Final = "\x1f"
"""Where one element of a heading ends and another begins; no page's text holds it."""

_BEFORE_STOP = re.compile(rf"\s*{_GAP}[\s{_GAP}]*(?=[.,;:!?…)’”](?:[\s{_GAP}]|\Z))")
_STOP = re.compile(r"[:|–—-]")
_BLOCKS: Final = frozenset(("br", "div", "p", "span", "small", "section", "h2", "h3", "li"))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the page."""

    element: Any
    text: str


def headings_of(tree: Any, *levels: str) -> list[Heading]:
    """The level-one headings that can be seen, at most ten; without any, those of level two; or
    those of the first of the `levels` that there is."""
    for tag in levels or ("h1", "h2"):
        found = []
        for element in list(tree.iter(tag))[:20]:
            text = clean_line(title_text(element), limits.TITLE)
            if text and not _is_hidden(element):
                found.append(Heading(element, text))
        if found:
            return found[:10]
    return []


def title_text(element: Any) -> str:
    """The words of a heading: blanks between its blocks, none inside words that are partly bold or
    before a stop, nothing hidden."""
    pieces: list[str] = []

    def add(part: Any) -> None:
        if not isinstance(part.tag, str) or part.tag in ("script", "style", "svg"):
            return
        # A stop between a kicker and the title is hidden from those who see the space there.
        if part is not element and looks_hidden(part) and not _STOP.fullmatch(text_of(part)):
            return
        gap = _GAP if part.tag in _BLOCKS else ""
        pieces.append(gap + (part.text or ""))
        for child in part:
            add(child)
            pieces.append(child.tail or "")
        pieces.append(gap)

    add(element)
    text = "".join(pieces)
    if _GAP in text:
        text = _BEFORE_STOP.sub("", text).replace(_GAP, " ")
    return " ".join(text.split())


def choose_title(
    headings: list[Heading], stated: str, headline: str, page_title: str, outlet: str | None
) -> str:
    """The heading that the other sources agree with, else the best of the others.

    `stated` is what meta elements say, `headline` what JSON-LD says. Where a heading holds the
    stated title and something else beside it (a kicker, a badge), the stated one is the title.
    """
    stated = trim_site(stated, outlet)
    others = [text for text in (clean_line(headline, limits.TITLE), stated, page_title) if text]
    best, agreement = "", 0.0
    for heading in headings:
        if outlet and _bare(heading.text) == _bare(outlet):
            continue
        agrees = max((agreement_of(heading.text, other) for other in others), default=0.5)
        if agrees > agreement:
            best, agreement = heading.text, agrees
    if best and agreement >= AGREED:
        return stated if _is_core_of(stated, best) else best
    if not others:
        return best or next((heading.text for heading in headings), "")
    if others == [page_title]:
        title = longest_piece(page_title)
        if len(title.split()) > _FEW:
            return title
        # A browser title that names the site alone says nothing of the story.
        return next((h.text for h in headings if len(h.text.split()) > _FEW), title)
    return others[0]


def agreement_of(one: str, other: str) -> float:
    """How much two titles say the same, 0 to 1: one within the other, or words in common."""
    short, long = sorted((_bare(one), _bare(other)), key=len)
    if not short:
        return 0.0
    if short in long:
        share = len(short) / len(long)
        is_title = share >= 0.6 or min(len(one.split()), len(other.split())) > _FEW
        return 0.5 + share / 2 if share >= _LEAST_SHARE and is_title else 0.0
    words, others = (set(re.findall(r"\w+", text.lower())) for text in (one, other))
    common = words & others
    # The same words in one order say more.
    return 0.95 * len(common) / min(len(words), len(others)) if len(common) >= _FEW else 0.0


def longest_piece(title: str) -> str:
    """The headline in a browser title whose outlet is not known ("Home | Gale hits coast | HW")."""
    pieces = _SEPARATOR.split(title)
    return max(pieces, key=len) if len(pieces) > 1 else title


def choose_outlet(
    tree: Any,
    stated: tuple[str, str],
    page_title: str,
    headings: list[Heading],
    title: str,
) -> str | None:
    """The publisher's name: stated, or the end of the browser title, or the copyright line.

    `stated` holds the most and the least trustworthy metadata, `title` the title they state.
    """
    if stated[0] and not stated[0].startswith("http"):
        return stated[0]
    if (name := _end_of(page_title, headings, title)) is not None:
        return name
    if stated[1] and not stated[1].startswith("http"):
        return stated[1]
    for element in list(tree.iter("footer", "small"))[-5:]:
        for line in re.split(r"(?=©|\(c\)|[Cc]opyright)", text_of(element)[:3000])[1:]:
            if holder := outlet_from_copyright(line):
                return holder
    return None


def _end_of(page_title: str, headings: list[Heading], stated: str) -> str | None:
    """What stands behind the headline in the browser title, if that is not the headline's own."""
    whole = _bare(page_title)
    bare = [_bare(heading.text) for heading in headings]
    if whole in bare:
        return None
    titles = [title for title in (*bare, _bare(stated)) if title]
    for separator in (_SEPARATOR, _COLON):
        pieces = separator.split(page_title)
        first = _bare(pieces[0])
        if len(pieces) < 2 or not first or len(pieces[-1].split()) > _OUTLET_WORDS:
            continue
        is_headline = any(title.startswith(first) for title in titles if title != whole)
        if is_headline or (separator is _SEPARATOR and whole in titles):
            return pieces[-1]
    return None


def _is_core_of(stated: str, heading: str) -> bool:
    """Whether a title is the beginning or the end of a heading, and most of it."""
    one, other = _bare(stated), _bare(heading)
    if not one or one == other or len(one) < len(other) / 2 or stated.endswith(("...", "…")):
        return False
    return other.startswith(one) or other.endswith(one)


def _is_hidden(element: Any) -> bool:
    for _ in range(4):
        if element is None or element.tag in ("body", "html"):
            return False
        if looks_hidden(element):
            return True
        element = element.getparent()
    return False


def _bare(text: str) -> str:
    """A title's letters and digits."""
    return re.sub(r"[\W_]", "", text).casefold()
