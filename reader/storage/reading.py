"""Articles and quotations out of the archive, as the records of `reader.core.records`."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Final

from reader.core.article import Article, ArticleId
from reader.core.dates import parse_iso
from reader.core.marks import Note
from reader.core.quotation import Extraction, Quotation, QuotationKind, Speaker, SpeakerKind
from reader.core.records import GAP, ArchivedArticle, ArticleRow, QuotationRow, TextVersion
from reader.core.span import Span
from reader.storage.encoding import blocks_in, links_in, span_in, spans_in, strings_in

_first = itemgetter(0)

_TAGS = """(SELECT group_concat(t.name, char(10)) FROM article_tag x JOIN tag t ON t.id = x.tag
        WHERE x.article = a.id)"""
"""The tags of article `a`, a line each; `_tags_in` reads them."""

_COPIES = """CASE a.copy_of WHEN 0 THEN a.copies
        ELSE (SELECT f.copies FROM article f WHERE f.id = a.copy_of) END"""
"""How many other articles are copies of the story of article `a`."""

_NOTED = "EXISTS (SELECT 1 FROM note n WHERE n.article = a.id)"

_ROWS = f"""
    SELECT a.id, a.title, a.outlet, a.published, a.speakers, a.quotations, a.read, a.starred,
        a.section, {_TAGS}, {_COPIES}, {_NOTED}
    FROM json_each(?) AS wanted JOIN article a ON a.id = wanted.value
"""
_ARTICLE = f"""
    SELECT a.id, a.version, a.title, v.body, v.blocks, a.byline, a.published, a.outlet, a.section,
        a.url, v.links, a.guid, a.feed, a.path, a.read, a.starred, a.sort,
        {_TAGS}, {_COPIES}, {_NOTED}
    FROM article a JOIN version v ON v.id = a.version
"""
_EARLIER = _ARTICLE.replace("a.version, a.title", "v.id, v.title").replace("a.version", "?")
_QUOTATIONS = """
    SELECT q.id, q.article, q.ordinal, a.title, a.outlet, a.published, a.url, q.kind, q.content,
        q.cue_start, q.cue_end, q.mention_start, q.mention_end, q.speaker, p.name, p.named, p.role,
        q.confidence, q.version
    FROM quotation q JOIN article a ON a.id = q.article
    LEFT JOIN appearance p ON p.version = q.version AND p.ordinal = q.appearance
"""


def ids_out(ids: Iterable[int]) -> str:
    """Ids as one parameter for `json_each`: no limit on their number, and one cached statement."""
    return f"[{','.join(map(str, ids))}]"


def article_ids(
    connection: sqlite3.Connection,
    *,
    unread: bool,
    starred: bool,
    limit: int | None,
    stories: bool = False,
    muted: bool | None = False,
) -> array[int]:
    """The ids of the articles, newest first; with `stories` without those that are copies; the
    muted ones left out, or (with `muted` true) these alone, or (None) all."""
    listed = _listed(connection, unread=unread, starred=starred, stories=stories, muted=muted)
    rows = connection.execute(
        f"{listed} ORDER BY sort DESC, id DESC LIMIT ?", (-1 if limit is None else limit,)
    )
    return array("q", map(_first, rows))


def count_articles(
    connection: sqlite3.Connection, *, unread: bool = False, stories: bool = False
) -> int:
    """How many `article_ids` there are."""
    listed = _listed(connection, unread=unread, starred=False, stories=stories, muted=False)
    return int(connection.execute(f"SELECT count(*) FROM ({listed})").fetchone()[0])


SHOWN: Final = "NOT IN (SELECT article FROM muted)"
"""What is true of the id of an article that is not muted."""


def _listed(
    connection: sqlite3.Connection,
    *,
    unread: bool,
    starred: bool,
    stories: bool,
    muted: bool | None,
) -> str:
    marks = [name for name, on in (("read = 0", unread), ("starred = 1", starred)) if on]
    wanted = [*marks, "copy_of = 0"] if stories and not muted else marks
    # Mostly nothing is muted, and then 200,000 looks into an empty table are spared.
    if muted is False and connection.execute("SELECT 1 FROM muted LIMIT 1").fetchone() is None:
        muted = None
    if muted is not None:
        wanted = [*wanted, "id IN (SELECT article FROM muted)" if muted else f"id {SHOWN}"]
    where = f" WHERE {' AND '.join(wanted)}" if wanted else ""
    statement = f"SELECT id, sort FROM article{where}"
    if stories and muted is False:
        # Where the first of a story is muted, the first of its copies that is not stands for it.
        others = " AND ".join([*(f"c.{mark}" for mark in marks), f"c.id {SHOWN}"])
        statement += (
            " UNION ALL SELECT c.id, min(c.sort) FROM muted m JOIN article c "
            f"ON c.copy_of = m.article AND c.copy_of > 0 WHERE {others} GROUP BY m.article"
        )
    return statement


def article_rows(connection: sqlite3.Connection, ids: Sequence[int]) -> list[ArticleRow]:
    """The rows of the list for `ids`, in that order; those that are not there are left out."""
    found = {row[0]: row for row in connection.execute(_ROWS, (ids_out(ids),))}
    rows = []
    for id in ids:
        row = found.get(id)
        if row is None:
            continue
        rows.append(
            ArticleRow(
                ArticleId(id),
                row[1],
                row[2],
                parse_iso(row[3]) if row[3] else None,
                row[4],
                row[5],
                bool(row[6]),
                bool(row[7]),
                row[8],
                _tags_in(row[9]),
                row[10],
                bool(row[11]),
            )
        )
    return rows


def archived_articles(
    connection: sqlite3.Connection, ids: Iterable[int]
) -> Iterator[ArchivedArticle]:
    """The articles with all that was found in them; those that are not there are left out.

    Raises ValueError, LookupError or TypeError where a row does not make sense.
    """
    for id in ids:
        row = connection.execute(_ARTICLE + "WHERE a.id = ?", (id,)).fetchone()
        if row is not None:
            yield _archived(connection, row)


def article_of(
    title: object,
    body: object,
    blocks: object,
    byline: object,
    published: object,
    outlet: object,
    section: object,
    url: object,
    links: object,
    guid: object,
    feed: object,
    path: object,
) -> Article:
    """An article from its columns. Raises ValueError, LookupError or TypeError where they do not
    make sense."""
    return Article(
        title=_text(title),
        body=_text(body),
        blocks=blocks_in(_text(blocks)),
        byline=strings_in(_optional(byline)),
        published=parse_iso(_text(published)) if published else None,
        outlet=_optional(outlet),
        section=_optional(section),
        url=_optional(url),
        links=links_in(_optional(links)),
        guid=_optional(guid),
        feed=_optional(feed),
        path=_optional(path),
    )


def _archived(connection: sqlite3.Connection, row: Sequence[object]) -> ArchivedArticle:
    (id, version, title, body, blocks, byline, published, outlet, section) = row[:9]
    (url, links, guid, feed, path, read, starred, sort, tags, copies, noted) = row[9:]
    described = (byline, published, outlet, section, url, links, guid, feed, path)
    article = article_of(title, body, blocks, *described)
    speakers, speaker_ids = [], []
    for speaker, name, kind, role, aliases, named, mentions in connection.execute(
        "SELECT speaker, name, kind, role, aliases, named, mentions FROM appearance "
        "WHERE version = ? ORDER BY ordinal",
        (version,),
    ):
        speakers.append(
            Speaker(
                name, SpeakerKind(kind), role, strings_in(aliases), bool(named), spans_in(mentions)
            )
        )
        speaker_ids.append(speaker)
    quotations = [
        Quotation(
            spans_in(content),
            QuotationKind(kind),
            span_in(cue_start, cue_end),
            span_in(mention_start, mention_end),
            appearance,
            confidence,
            strings_in(why),
        )
        for (
            content,
            kind,
            cue_start,
            cue_end,
            mention_start,
            mention_end,
            appearance,
            confidence,
            why,
        ) in connection.execute(
            "SELECT content, kind, cue_start, cue_end, mention_start, mention_end, appearance, "
            "confidence, why FROM quotation WHERE version = ? ORDER BY ordinal",
            (version,),
        )
    ]
    return ArchivedArticle(
        id=ArticleId(_number(id)),
        article=article,
        extraction=Extraction(tuple(quotations), tuple(speakers)),
        speaker_ids=tuple(speaker_ids),
        read=bool(read),
        starred=bool(starred),
        sort=_number(sort),
        tags=_tags_in(_optional(tags)),
        copies=_number(copies),
        notes=_notes_on(connection, _number(id)) if noted else (),
        versions=versions(connection, _number(id)),
    )


def versions(connection: sqlite3.Connection, article: int) -> tuple[TextVersion, ...]:
    """The texts that an article has had, the oldest first; nothing where it has had but one."""
    rows = connection.execute(
        "SELECT id, title, added, length(body) FROM version WHERE article = ? ORDER BY id",
        (article,),
    )
    found = tuple(TextVersion(number, *row) for number, row in enumerate(rows, 1))
    return found if len(found) > 1 else ()


def archived_version(
    connection: sqlite3.Connection, article: int, version: int
) -> ArchivedArticle | None:
    """An article with another of its texts, and with what was found in that one."""
    row = connection.execute(
        _EARLIER + "WHERE a.id = ? AND v.article = a.id", (version, article)
    ).fetchone()
    return None if row is None else _archived(connection, row)


def quotations_of(
    connection: sqlite3.Connection, speaker: int, *, limit: int | None, offset: int
) -> list[QuotationRow]:
    """A speaker's quotations, newest article first, in each article from top to bottom."""
    ids = connection.execute(
        f"SELECT id FROM quotation WHERE article {SHOWN} AND speaker = ? AND current = 1 "
        "ORDER BY sort DESC, article DESC, ordinal LIMIT ? OFFSET ?",
        (speaker, -1 if limit is None else limit, offset),
    )
    return quotation_rows(connection, list(map(_first, ids)))


def quotation_rows(connection: sqlite3.Connection, ids: Sequence[int]) -> list[QuotationRow]:
    """The quotations with these ids, in that order; those that are not there are left out."""
    found = {
        row[0]: row
        for row in connection.execute(
            _QUOTATIONS + "WHERE q.id IN (SELECT value FROM json_each(?))", (ids_out(ids),)
        )
    }
    # A body once, not once for each quotation from it: a speech gives dozens.
    bodies = dict(
        connection.execute(
            "SELECT id, body FROM version WHERE id IN (SELECT value FROM json_each(?))",
            (ids_out({row[18] for row in found.values()}),),
        )
    )
    return [_quotation_row(found[id], bodies[found[id][18]]) for id in ids if id in found]


def _quotation_row(row: Sequence[object], body: str) -> QuotationRow:
    content = spans_in(_text(row[8]))
    name, named = _optional(row[14]), bool(row[15])
    return QuotationRow(
        id=_number(row[0]),
        article_id=ArticleId(_number(row[1])),
        ordinal=_number(row[2]),
        article_title=_text(row[3]),
        outlet=_optional(row[4]),
        published=parse_iso(_text(row[5])) if row[5] else None,
        url=_optional(row[6]),
        kind=QuotationKind(_text(row[7])),
        content=content,
        cue=_span(row[9], row[10]),
        mention=_span(row[11], row[12]),
        text=joined(content, body),
        speaker_id=None if row[13] is None else _number(row[13]),
        speaker_name=name if named else None,
        role=_optional(row[16]),
        confidence=float(row[17]) if isinstance(row[17], float) else 0.0,
        described=None if named else name,
    )


def _notes_on(connection: sqlite3.Connection, article: int) -> tuple[Note, ...]:
    from reader.storage.notes import notes_on

    return tuple(notes_on(connection, (article,)))


def _tags_in(lines: str | None) -> tuple[str, ...]:
    return tuple(sorted(lines.split("\n"), key=str.casefold)) if lines else ()


def joined(content: Iterable[Span], body: str) -> str:
    """What was said, in one line: the pieces of `content`, joined by `GAP`."""
    return GAP.join(" ".join(body[start:end].split()) for start, end in content)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"text expected, {type(value).__name__} found")
    return value


def _optional(value: object) -> str | None:
    return None if value is None else _text(value)


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"a number expected, {type(value).__name__} found")
    return value


def _span(start: object, end: object) -> Span | None:
    return span_in(None if start is None else _number(start), None if end is None else _number(end))


def counts_by_article(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, int]:
    """How many quotations each of the articles has; those that are not there are left out."""
    return dict(
        connection.execute(
            "SELECT id, quotations FROM article WHERE id IN (SELECT value FROM json_each(?))",
            (ids_out(ids),),
        )
    )
