"""From loose fields to a clean `Article`: the door between the parsers and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reader.core.article import Article, Block, BlockKind, Link, Published
from reader.core.span import Span
from reader.core.text import clean, clean_line
from reader.ingest import limits
from reader.ingest.addresses import web_address

SEPARATOR = "\n\n"
_BLANKS = re.compile(r"[ \t]{2,}")
_AROUND_BREAK = re.compile(r" ?\n ?")
_SITE_PARTS = re.compile(r"\s+[-–—|·•:«»‹›]{1,2}\s+|\s*[|»]\s*")


@dataclass(frozen=True, slots=True)
class Part:
    """One block on its way into a body; `links` hold spans of `text` as given."""

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    links: tuple[Link, ...] = ()


def build_article(
    *,
    title: str,
    parts: Iterable[Part],
    byline: Sequence[str] = (),
    published: Published | None = None,
    outlet: str | None = None,
    section: str | None = None,
    url: object = None,
    base: str | None = None,
    guid: str | None = None,
    feed: str | None = None,
    path: str | None = None,
) -> Article:
    """Return the article that these fields make; every string passes the gate here.

    Empty blocks are left out, and what is beyond `limits.BODY` characters. `url` is
    resolved against `base` and dropped unless it is a web address. A title that is missing is taken
    from the beginning of the body.
    """
    body, blocks, links = _join(parts)
    outlet = clean_line(outlet, limits.AUTHOR) or None if outlet else None
    headline = trim_site(clean_line(title, limits.TITLE), outlet)
    names = (clean_line(name, limits.AUTHOR) for name in byline[: limits.AUTHORS])
    return Article(
        title=headline or _first_words(body),
        body=body,
        blocks=blocks,
        byline=tuple(dict.fromkeys(name for name in names if name)),
        published=plausible(published),
        outlet=outlet,
        section=clean_line(section, limits.AUTHOR) or None if section else None,
        url=web_address(url, base),
        links=links,
        guid=clean_line(guid, limits.ADDRESS) or None if guid else None,
        feed=feed,
        path=path,
    )


def plausible(published: Published | None) -> Published | None:
    """Return the date, or None if no newspaper can have it (before 1600 or after 2100).

    A date in the future stays: the clock of this machine may be wrong, and `core.dates.sort_key`
    keeps such articles from staying on top for ever.
    """
    if published is None or not 1600 <= published.year <= 2100:
        return None
    return published


def trim_site(title: str, outlet: str | None) -> str:
    """Return `title` without a last (or first) part that is the outlet's name.

    "Port strike enters second week | Harbour Wire" becomes "Port strike enters second week".
    """
    if not outlet:
        return title
    pieces = list(_SITE_PARTS.finditer(title))
    if not pieces:
        return title
    last, first = title[pieces[-1].end() :], title[: pieces[0].start()]
    if _same_name(last, outlet):
        return trim_site(title[: pieces[-1].start()].rstrip(), outlet) or title
    if _same_name(first, outlet):
        return title[pieces[0].end() :].lstrip() or title
    return title


def _same_name(one: str, other: str) -> bool:
    """Whether two names of an outlet mean the same: "The Harbour Wire", "harbourwire.com"."""

    def bare(name: str) -> str:
        name = name.lower().removeprefix("the ").removeprefix("www.")
        return re.sub(r"\.(?:com|co|org|net|uk|news|example|invalid|[a-z]{2})\b|\W", "", name)

    return bool(bare(one)) and bare(one) == bare(other)


def _join(parts: Iterable[Part]) -> tuple[str, tuple[Block, ...], tuple[Link, ...]]:
    """The body, its blocks and its links, with spans counted in the cleaned text."""
    texts: list[str] = []
    blocks: list[Block] = []
    links: list[Link] = []
    offset = 0
    given = list(parts)
    whole = "".join(part.text for part in given)
    # One look at all of it is five times as quick as one at each block; what is clean and
    # composed as a whole is so in every part.
    is_clean = len(whole) <= 2 * limits.BODY and clean(whole) == whole
    for part in given:
        room = limits.BODY - offset
        if room <= 0:
            break
        tidy = _tidy(part.text if is_clean else clean(part.text))[:room].rstrip()
        if not tidy:
            continue
        if part.links and len(links) < limits.LINKS:
            links.extend(_placed(part, tidy, offset))
        texts.append(tidy)
        blocks.append(Block(Span(offset, offset + len(tidy)), part.kind))
        offset += len(tidy) + len(SEPARATOR)
    return SEPARATOR.join(texts), tuple(blocks), tuple(links[: limits.LINKS])


def _tidy(text: str) -> str:
    """The text of one block: single blanks, no empty line inside, stripped."""
    if "  " in text:
        text = _BLANKS.sub(" ", text)
    if "\n" in text:
        text = _AROUND_BREAK.sub("\n", text)
        while SEPARATOR in text:
            text = text.replace(SEPARATOR, "\n")
    return text.strip()


def _placed(part: Part, tidy: str, offset: int) -> list[Link]:
    """The links of a part where their words stand in the tidied text, found from left to right."""
    placed: list[Link] = []
    cursor = 0
    for link in part.links:
        words = _tidy(clean(link.span.text(part.text)))
        at = tidy.find(words, cursor) if words else -1
        url = web_address(link.url)
        if at < 0 or url is None:
            continue
        cursor = at + len(words)
        placed.append(Link(Span(offset + at, offset + cursor), url))
    return placed


def _first_words(body: str) -> str:
    """The beginning of the body, for stories without a title."""
    line = body.partition("\n")[0]
    if len(line) <= 80:
        return line or "(untitled)"
    return line[:80].rpartition(" ")[0] + " …" if " " in line[:80] else line[:80] + "…"
