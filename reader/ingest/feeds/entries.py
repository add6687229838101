"""What every kind of feed comes down to, and how an entry becomes an article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from reader.core.article import Article
from reader.core.text import clean_line
from reader.ingest import limits
from reader.ingest.addresses import web_address
from reader.ingest.build import Part, build_article
from reader.ingest.bylines import read_byline
from reader.ingest.feeds.odd_dates import read_feed_date
from reader.ingest.intake import Intake, IntakeFailure
from reader.ingest.markup import is_markup, parts_of_markup, parts_of_text, plain_title
from reader.ingest.outlets import names_outlet


@dataclass(slots=True)
class Entry:
    """One entry of a feed, as it was written; "" and [] where it says nothing."""

    title: str = ""
    link: str = ""
    base: str = ""
    """What its addresses are relative to, where it says so itself."""
    guid: str = ""
    authors: list[str] = field(default_factory=list)
    published: str = ""
    updated: str = ""
    content: str = ""
    """The full text, HTML or plain."""
    is_text: bool = False
    """Whether the full text is none in HTML, whatever it looks like."""
    summary: str = ""
    categories: list[str] = field(default_factory=list)
    outlet: str = ""
    """The publisher, where the entry comes from another one's feed."""
    is_empty: bool = True
    """Whether no element of the entry holds anything."""


@dataclass(slots=True)
class Feed:
    """A feed as it was written."""

    title: str = ""
    link: str = ""
    address: str = ""
    """What the feed says its own address is."""
    authors: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    left_out: int = 0
    """How many entries beyond `limits.ITEMS` were not read."""
    problem: str | None = None
    """What is wrong with the feed where it could be read in part only."""


_TITLE_SPLIT: Final = re.compile(r"\s+[-–—|>»:•]+\s+|:\s+")
_TITLE_NOISE: Final = re.compile(
    r"\b(?:rss|atom|feeds?|full[- ]text|latest (?:news|stories) from|all (?:news|stories)|"
    r"latest (?:news|stories|articles|headlines)|top (?:news|stories)|news feed)\b\s*(?:feeds?)?",
    re.IGNORECASE,
)


def articles_of(
    feed: Feed, *, name: str, outlet: str | None = None, address: str | None = None
) -> Iterator[Intake]:
    """Yield the article of each entry that holds anything, in order, then what went wrong.

    `address` is where the feed was fetched from; links are resolved against it. An entry without a
    text gives an article without blocks: its headline. The outlet is `outlet`, or the feed's title.
    A file without entries is a failure, a feed that was fetched may be empty for a while.
    """
    own = web_address(address) or web_address(feed.address)
    base = own or web_address(feed.link)
    home = web_address(feed.link, base)
    publisher = outlet or feed_outlet(feed.title)
    count = 0
    for entry, guid in zip(feed.entries, _identifiers(feed.entries), strict=True):
        if not entry.is_empty:
            count += 1
            yield article_of(
                entry,
                guid=guid,
                outlet=outlet,
                publisher=publisher,
                base=home or base,
                feed=own,
                path=name if address is None else None,
            )
    if feed.left_out:
        yield IntakeFailure(
            name, f"holds more than {limits.ITEMS} entries; the last {feed.left_out} are left out"
        )
    if feed.problem:
        yield IntakeFailure(name, feed.problem)
    elif count == 0 and not feed.left_out and address is None:
        yield IntakeFailure(name, "is a feed without entries")


def _identifiers(entries: Sequence[Entry]) -> list[str]:
    """What tells the entries of a feed apart, "" where that is the link or nothing.

    Their own identifiers, but feeds give one to several stories, and hang all stories on one
    address: stories with such signs are told apart by their titles.
    """
    titles = [
        entry.title.strip() or (entry.summary or entry.content).strip()[:200] for entry in entries
    ]
    signs = [(entry.guid.strip(), entry.link.strip()) for entry in entries]
    of_guid: dict[str, set[str]] = defaultdict(set)
    of_link: dict[str, set[str]] = defaultdict(set)
    for (guid, link), title in zip(signs, titles, strict=True):
        of_guid[guid].add(title)
        of_link[link].add(title)
    found = []
    for (guid, link), title in zip(signs, titles, strict=True):
        own = "" if len(of_guid[guid]) > 1 else guid
        is_shared = bool(guid and not own) or bool(link and len(of_link[link]) > 1)
        if not own and is_shared and (not link or len(of_link[link]) > 1):
            own = f"title:{clean_line(title, 200)}"
        found.append(own)
    return found


def article_of(
    entry: Entry,
    *,
    guid: str,
    outlet: str | None,
    publisher: str | None,
    base: str | None,
    feed: str | None,
    path: str | None,
) -> Article:
    """Return the article of one entry, known by `guid` or else by its link; see `articles_of`."""
    own_base = web_address(entry.base, base) if entry.base else None
    link = web_address(entry.link.strip(), own_base or base)
    name = outlet or clean_line(entry.outlet, limits.AUTHOR) or publisher
    byline = dict.fromkeys(
        one for author in entry.authors[: limits.AUTHORS] for one in read_byline(author, name)
    )
    section = clean_line(entry.categories[0], 80) if entry.categories else ""
    return build_article(
        title=plain_title(entry.title[: limits.TITLE * 16]),
        parts=_parts(entry, own_base or link or base),
        byline=[one for one in byline if one != name],
        published=read_feed_date(entry.published) or read_feed_date(entry.updated),
        outlet=name,
        section=None if section.startswith("http") else section or None,
        url=link,
        guid=guid or link,
        feed=feed,
        path=path,
    )


def feed_outlet(title: str) -> str | None:
    """Return the publisher in a feed's title ("Harbour Wire" in "Harbour Wire - World | RSS")."""
    line = clean_line(plain_title(title[:2000]), 200)
    pieces = [p.strip() for p in _TITLE_SPLIT.split(line) if p.strip()]
    names = [_without_noise(piece) for piece in pieces]
    for name in names:
        if len(name.split()) > 1 and names_outlet(name):
            return name
    return names[0] if names else None


def _without_noise(piece: str) -> str:
    """ "Harbour Wire RSS feed" as "Harbour Wire"; "Atom & Co" and "RSS" as they are."""
    name = _TITLE_NOISE.sub("", piece).strip(" -–|>")
    return name if name and name[0].isalnum() else piece


def _parts(entry: Entry, base: str | None) -> list[Part]:
    """The blocks of the entry's full text, or of its summary."""
    full = entry.content if entry.content.strip() else ""
    text = (full or entry.summary)[: limits.BODY * 2]
    if full and entry.is_text:
        pieces = text.replace("\r\n", "\n").split("\n\n" if "\n\n" in text.strip() else "\n")
        return [Part(piece) for piece in pieces if piece.strip()]
    parts = parts_of_markup(text, base) if is_markup(text) else parts_of_text(text)
    if not parts and full and entry.summary:
        parts = parts_of_text(entry.summary[: limits.BODY])
    return parts
