"""Stories as plain text, scraped from a news site: banner, section, title, byline, body, footer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from reader.core.article import Article, BlockKind, Published
from reader.core.text import clean
from reader.errors import IntakeError
from reader.ingest import furniture, limits
from reader.ingest.build import Part, build_article, trim_site
from reader.ingest.bylines import looks_like_person, read_byline, strip_by
from reader.ingest.chunks import chunks_of, list_item
from reader.ingest.dating import find_date, read_date, without_dates
from reader.ingest.labels import take_labels
from reader.ingest.outlets import names_outlet, outlet_from_banner, outlet_from_copyright

_HEAD: Final = 15
"""How many pieces from the top the byline is looked for in."""

_SENTENCE_END = re.compile(r"[.!?…:;,][”\"’'»)\]]{0,3}\Z")
_STOP_INSIDE = re.compile(r"[a-z]{3}[.?!][”\"’']?\s+\w")
"""A sentence has ended and something follows: a paragraph whose own end is lost, no footer."""

_CALL = re.compile(r"\||[-–—:.] [A-Z ]{6,}\Z|\b(?:JOIN|SUBSCRIBE|LOG ?IN|SIGN)\b")
_DATELINE = re.compile(
    r"[A-Z][A-Z .,'’-]{2,40}(?:,? [A-Z][a-z]{2,8}\.? \d{1,2},?)? ?\(([^()]{2,40})\) ?[-–—]"
)
_DATELINE_ALONE = re.compile(
    r"[A-Z][\w .'’-]{2,30}, (?:[A-Z][a-z]{2,8}\.? \d{1,2}|"
    r"\d{1,2} [A-Z][a-z]{2,8})(?:[, (]+[\w ]{2,30}\)?)?"
)
_CRUMBS = re.compile(r"\s[>›»/]\s")


@dataclass(slots=True)
class _Page:
    """What has been found on the way through a page."""

    outlet: str | None = None
    url: str | None = None
    byline: tuple[str, ...] = ()
    published: Published | None = None
    credit: str | None = None
    chunks: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)


def read_plain(
    text: str, *, outlet: str | None = None, path: str | None = None, url: str | None = None
) -> Article:
    """Return the article in the text of a scraped page.

    The title is the heading above the byline (or above the first paragraph), the section the short
    line above it; banners, buttons, footers and links to other stories are dropped; datelines stay;
    short lines without a full stop between paragraphs are subheads. `outlet` overrides what the
    page says. Raises `IntakeError` if there is no paragraph of text. Takes time linear in the text.
    """
    page = _Page()
    _sort_out(chunks_of(clean(text)), page)
    take_labels(page.chunks, page.labels)
    head, body = _split_head(page)
    title, section, deck = _read_head(head, page)
    parts = _read_body([*deck, *body], page)
    if not any(len(part.text) >= 20 or _is_sentence(part.text) for part in parts):
        raise IntakeError("holds no article text")
    if page.credit and not page.byline:
        page.byline = read_byline(re.split(r"[;.]", page.credit.lstrip("("))[0])
    labels = page.labels
    return build_article(
        title=labels.get("title") or title,
        parts=parts,
        byline=read_byline(labels.get("author", "")) or page.byline,
        published=read_date(labels.get("date")) or page.published,
        outlet=outlet or labels.get("outlet") or page.outlet or _dateline_outlet(parts),
        section=labels.get("section") or section,
        url=url or labels.get("url") or page.url,
        path=path,
    )


def _sort_out(chunks: list[str], page: _Page) -> None:
    """Take out what is no part of the story, noting outlet and address on the way."""
    for chunk in chunks:
        if len(chunk) > limits.AUTHOR:
            page.chunks.append(chunk)
            continue
        address = furniture.lone_address(chunk)
        holder = outlet_from_copyright(chunk) if address is None else None
        if address is not None:
            page.url = page.url or address
        elif holder is not None:
            page.outlet = holder
        elif not furniture.is_furniture(chunk) and any(map(str.isalnum, chunk)):
            page.chunks.append(chunk)


def _split_head(page: _Page) -> tuple[list[str], list[str]]:
    """The pieces above byline and date, and those below; byline and date go to `page`."""
    chunks = page.chunks
    for at, chunk in enumerate(chunks[:_HEAD]):
        if at and _take_byline(chunk, page):
            end = at + 1
            while end < min(len(chunks), at + 6) and _is_about(chunks[end], page):
                end += 1
            return chunks[: at - _take_bare_name(chunks[:at], page)], chunks[end:]
    if len(chunks) > 2 and strip_by(chunks[0]) and _take_byline(chunks[0], page):
        return chunks[1:2], chunks[2:]
    for at, chunk in enumerate(chunks[:_HEAD]):
        if _is_sentence(chunk) or len(chunk) > 150:
            if page.labels.get("title"):
                return [], chunks[at:]
            at = 1 if at == 0 and len(chunks) > 1 and len(chunk) <= 150 else at
            return chunks[: at - _take_bare_name(chunks[:at], page)], chunks[at:]
    return chunks[:1], chunks[1:]


def _take_byline(chunk: str, page: _Page) -> bool:
    """Note author and date if the piece is a byline, a date, or both; False if it is neither."""
    words = strip_by(chunk)
    found = find_date(chunk) if any(map(str.isdigit, chunk[:400])) else None
    if words is None and found is None:
        return False
    if words is None and found is not None:
        rest = without_dates(chunk)
        names = read_byline(chunk, page.outlet) if rest else ()
        plain = not rest or names_outlet(rest) or any(looks_like_person(name) for name in names)
        if len(chunk) > 200 or not plain or len(rest.split()) > 14:
            return False
    else:
        names = read_byline(words or "", page.outlet)
        if not names or (found is None and _is_prose(chunk, names)):
            return False
    page.byline = page.byline or names
    page.published = page.published or (found.published if found else None)
    return True


def _take_bare_name(above: list[str], page: _Page) -> bool:
    """Note the author where the line above the date is a name without "By", below a heading."""
    if page.byline or len(above) < 2 or len(above[-2].split()) < 3 or _is_banner(above[-2]):
        return False
    line = above[-1]
    names = read_byline(line, page.outlet)
    office = line.endswith(
        (" Staff", " staff", " Reporter", " Reporters", " Correspondent", " Desk")
    )
    if not names or not (office or all(looks_like_person(name) for name in names)):
        return False
    page.byline = names
    return True


def _is_prose(chunk: str, names: tuple[str, ...]) -> bool:
    """Whether a piece that begins with "By" is a sentence ("By Tuesday the water had gone.")."""
    if chunk.endswith((".", "?", "!", ":", "”", '"')) and not chunk.endswith(("Jr.", "Sr.")):
        return True
    return (
        not any(looks_like_person(n) or names_outlet(n) for n in names) and len(chunk.split()) > 5
    )


def _is_about(chunk: str, page: _Page) -> bool:
    """Whether a piece below the byline still speaks of the story: a date, an office, the outlet."""
    if len(chunk) > 120:
        return False
    if _take_byline(chunk, page):
        return True
    if _is_sentence(chunk) or furniture.is_caption(chunk):
        return False
    if page.outlet and chunk.lower() == page.outlet.lower():
        return True
    return len(chunk.split()) <= 6 and not read_byline(chunk) and not _CRUMBS.search(chunk)


def _read_head(head: list[str], page: _Page) -> tuple[str, str | None, list[str]]:
    """Title, section and the sentence under the title (in a list, if there is one) from the pieces
    above the byline; a banner's outlet goes to `page`."""
    deck: list[str] = []
    while len(head) > 1:
        if _DATELINE_ALONE.fullmatch(head[-1]):
            deck.insert(0, head[-1])
        elif not any(len(line.split()) > 2 and not _is_banner(line) for line in head[-2:-1]):
            break
        elif _is_deck(head[-1]) and not deck:
            deck = [head[-1]]
        elif outlet_from_banner(head[-1]) and len(head[-2].split()) > 4:
            page.outlet = page.outlet or outlet_from_banner(head[-1])
        else:
            break
        head = head[:-1]
    if not head:
        return "", None, []
    title = head[-1]
    above = []
    for line in head[:-1]:
        if line.startswith(title):
            page.outlet = page.outlet or line.removeprefix(title).strip(" -–—|·•") or None
        else:
            above.append(line)
    for line in above:
        if page.outlet is None and (line is not above[-1] or _is_banner(line) or len(above) == 1):
            page.outlet = outlet_from_banner(line)
    section = above[-1] if above and _is_section(above[-1], title, page.outlet) else None
    crumbs = _CRUMBS.split(section) if section else []
    return trim_site(title, page.outlet), crumbs[-1].strip() if crumbs else section, deck


def _is_deck(line: str) -> bool:
    """Whether the piece above the byline is the sentence under the title, not the title."""
    return line.endswith(".") and len(line) > 40 and not line.endswith("...")


def _is_banner(line: str) -> bool:
    """Whether a piece at the top advertises or holds a menu."""
    return bool(_CALL.search(line)) or outlet_from_banner(line) is not None


def _dateline_outlet(parts: list[Part]) -> str | None:
    """The agency that the first paragraph's dateline names ("SABELHAVEN (Harbour Wire) - ...")."""
    for part in parts[:3]:
        if found := _DATELINE.match(part.text[:200]):
            return found[1]
    return None


def _is_section(line: str, title: str, outlet: str | None) -> bool:
    """Whether a piece above the title can be the section's name."""
    if len(line) > 60 or len(line.split()) > 7 or _is_sentence(line) or line.startswith(title):
        return False
    if _CALL.search(line) or (outlet and line.lower() == outlet.lower()):
        return False
    return outlet is None or not line.lower().startswith(outlet.lower())


def _read_body(chunks: list[str], page: _Page) -> list[Part]:
    """The blocks between byline and footer."""
    end = len(chunks)
    for at, chunk in enumerate(chunks):
        if furniture.opens_related(chunk) and not any(map(_is_sentence, chunks[at + 1 :])):
            end = at
            break
    while end and _is_footer(chunks[end - 1], page):
        end -= 1
    kept: list[str] = []
    links_follow = False
    for chunk in chunks[:end]:
        if furniture.opens_related(chunk):
            links_follow = True
        elif not links_follow or _is_sentence(chunk) or len(chunk) > 120:
            links_follow = False
            kept.append(chunk)
    return [_part(chunk, at, kept) for at, chunk in enumerate(kept)]


def _is_footer(chunk: str, page: _Page) -> bool:
    """Whether the last piece still standing is no part of the story."""
    if furniture.is_credit(chunk):
        page.credit = chunk
        return True
    if furniture.is_notice(chunk):
        return True
    if len(chunk) > 200 or furniture.is_caption(chunk) or list_item(chunk) is not None:
        return False
    if page.published is None and (found := find_date(chunk)) and len(chunk) < 80:
        page.published = found.published
        return True
    return not _is_sentence(chunk) and not (len(chunk) > 80 and _STOP_INSIDE.search(chunk))


def _part(chunk: str, at: int, chunks: list[str]) -> Part:
    """One block with its kind, told by its shape and its neighbours."""
    if len(chunk) > limits.AUTHOR:
        return Part(chunk)
    if (item := list_item(chunk)) is not None:
        return Part(item, BlockKind.LIST_ITEM)
    if chunk.startswith("> "):
        return Part(chunk.replace("\n> ", " ").removeprefix("> "), BlockKind.BLOCKQUOTE)
    if furniture.is_caption(chunk):
        return Part(chunk, BlockKind.CAPTION)
    if at + 1 < len(chunks) and _is_subhead(chunk):
        return Part(chunk, BlockKind.SUBHEAD)
    return Part(chunk)


def _is_subhead(chunk: str) -> bool:
    """Whether a piece is a heading: short, no sentence, beginning like one."""
    if len(chunk) > 90 or len(chunk.split()) > 14 or _DATELINE_ALONE.fullmatch(chunk):
        return False
    quoted = chunk[0] in "“\"‘'" and chunk[-1] in "”\"’'" and chunk[-2] not in ".,!?"
    if not quoted and (_SENTENCE_END.search(chunk) and not chunk.endswith("?")):
        return False
    if chunk[0] in '“"' and not quoted:
        return False
    return not chunk[0].islower()


def _is_sentence(chunk: str) -> bool:
    """Whether a piece ends as sentences do."""
    return _SENTENCE_END.search(chunk[-6:]) is not None
