"""Adding to the index, taking out of it, and keeping the number of segments small."""

from __future__ import annotations

import contextlib
from collections.abc import Container, Iterable
from pathlib import Path
from typing import Any

from reader.errors import SearchIndexError
from reader.search import bits, schema
from reader.search.backend import SearchDocument
from reader.search.codec import EXTENSION, ArchiveStorage, ArraySegment, ArrayWriter
from reader.search.inverter import Inverter, Prepared, name, running_text
from reader.search.segmentfile import MOST_DOCUMENTS, SegmentFile
from reader.search.snapshot import Snapshots

SEGMENT_ARTICLES = 10_000
"""A commit takes so many articles at most: some 100 MB of memory while they are collected."""

SEGMENT_QUOTATIONS = 60_000
SMALL = 8
"""So many segments of one size become one of the next."""


class _Source:
    """Documents one after the other; one that cannot be used yet is given again next time."""

    def __init__(self, documents: Iterable[SearchDocument]) -> None:
        self._documents = iter(documents)
        self._waiting: SearchDocument | None = None

    def take(self, known: Container[int]) -> SearchDocument | None:
        """The next document, or None at the end or when its id is known."""
        document = self._waiting or next(self._documents, None)
        self._waiting = None
        if document is not None and document.id in known:
            self._waiting, document = document, None
        return document


class Updater:
    """Writes to both indexes of a folder. Quotations are committed before their articles, so that
    an article in the index has all of its quotations there."""

    def __init__(self, storage: ArchiveStorage, timeout: float) -> None:
        self._storage = storage
        self._timeout = timeout
        self._articles = Snapshots(storage, schema.ARTICLES)
        self._quotations = Snapshots(storage, schema.QUOTATIONS)

    def add(self, documents: Iterable[SearchDocument]) -> int:
        """Index documents, each replacing the one with its id."""
        count = 0
        source = _Source(documents)
        while batch := self._collect(source):
            articles, quotations, ids = batch
            for number, part in enumerate(quotations):
                self._commit(self._quotations, part, ids if number == 0 else set())
            if not quotations:
                self._commit(self._quotations, Inverter(), ids)
            self._commit(self._articles, articles, ids)
            count += len(articles)
        return count

    def _collect(self, source: _Source) -> tuple[Inverter, list[Inverter], set[int]] | None:
        """The next segment of articles with its quotations; ends before an id that it has
        already, and where a segment of quotations is full."""
        articles = Inverter()
        quotations: list[Inverter] = []
        ids: set[int] = set()
        while len(ids) < SEGMENT_ARTICLES and not (quotations and _full(quotations[-1])):
            document = source.take(ids)
            if document is None:
                break
            ids.add(document.id)
            cut = _Cut(document)
            _add_article(articles, cut)
            for number in range(len(document.quotations)):
                if not quotations or len(quotations[-1]) >= MOST_DOCUMENTS:
                    quotations.append(Inverter())
                _add_quotation(quotations[-1], cut, number)
        return (articles, quotations, ids) if ids else None

    def delete(self, ids: Iterable[int]) -> int:
        """Take articles and their quotations out."""
        wanted = set(ids)
        self._commit(self._quotations, Inverter(), wanted)
        return self._commit(self._articles, Inverter(), wanted)

    def _commit(self, snapshots: Snapshots, inverter: Inverter, replaced: set[int]) -> int:
        """Add a segment and delete what it replaces, in one commit; gives how many were deleted."""
        doomed = _doomed(snapshots, replaced)
        if not len(inverter) and not doomed:
            return 0
        writer = ArrayWriter(snapshots.index(), self._timeout)
        try:
            # Another program may have committed while the lock was waited for.
            doomed = _doomed(snapshots, replaced)
            writer.inverter = inverter
            count = 0
            for segment in writer.segments:
                for document in doomed.get(segment.segment_id(), ()):
                    segment.delete_document(document)
                    count += 1
            writer.commit_with(_not_empty)
        except BaseException:
            _let_go(writer)
            raise
        return count

    def tidy(self) -> None:
        """Make one segment of many small ones, so that every search has few to look into."""
        for snapshots, most in (
            (self._articles, SEGMENT_ARTICLES),
            (self._quotations, SEGMENT_QUOTATIONS),
        ):
            while chosen := _too_many(snapshots.index()._segments(), most):
                self._merge(snapshots, chosen)

    def _merge(self, snapshots: Snapshots, chosen: set[str]) -> None:
        writer = ArrayWriter(snapshots.index(), self._timeout)
        try:
            for segment in writer.segments:
                if segment.segment_id() in chosen:
                    path = Path(self._storage.folder) / segment.make_filename(EXTENSION)
                    file = SegmentFile(path)
                    deleted = bits.from_numbers(segment.deleted_docs(), file.documents)
                    keep = ((1 << file.documents) - 1) & ~deleted
                    writer.inverter.take_over(file, keep)
                    file.close()
            writer.commit_with(lambda old: [s for s in old if s.segment_id() not in chosen])
        except BaseException:
            _let_go(writer)
            raise


def _full(quotations: Inverter) -> bool:
    return len(quotations) >= SEGMENT_QUOTATIONS


def _let_go(writer: ArrayWriter) -> None:
    """Give back the write lock after a failed commit (2.7.4 keeps it, and `cancel` may fail
    too), and the room that was taken on what may be a full disk."""
    if writer.is_closed:
        return
    with contextlib.suppress(OSError, SearchIndexError):
        _sweep(writer)
    try:
        writer.cancel()
    except OSError:
        if writer.writelock and writer.writelock.fd is not None:
            writer.writelock.release()


def _sweep(writer: ArrayWriter) -> None:
    """Remove what no commit names; while the lock is held nobody else is writing."""
    from whoosh.index import TOC, clean_files

    toc = TOC.read(writer.storage, writer.indexname)
    clean_files(writer.storage, writer.indexname, toc.generation, toc.segments)


def _not_empty(segments: list[ArraySegment]) -> list[ArraySegment]:
    return [segment for segment in segments if segment.doc_count()]


def _tier(count: int) -> int:
    tier = 0
    while count >= SMALL:
        count //= SMALL
        tier += 1
    return tier


def _too_many(segments: list[ArraySegment], most: int) -> set[str]:
    """The segments to be made one: eight of one size, or any with more deleted than living."""
    tiers: dict[int, list[Any]] = {}
    for segment in segments:
        if segment.doc_count() * 2 < segment.doc_count_all():
            return {segment.segment_id()}
        if segment.doc_count() * SMALL <= most:
            tiers.setdefault(_tier(segment.doc_count()), []).append(segment)
    for _, alike in sorted(tiers.items()):
        if len(alike) >= SMALL:
            return {segment.segment_id() for segment in alike[:SMALL]}
    return set()


def _doomed(snapshots: Snapshots, articles: set[int]) -> dict[str, list[int]]:
    """The living documents of some articles, by segment."""
    if not articles:
        return {}
    lowest, highest = min(articles), max(articles)
    doomed: dict[str, list[int]] = {}
    for open_segment in snapshots.current():
        segment = open_segment.segment
        first, last = segment.range("article")
        if first > highest or last < lowest:
            continue
        members = segment.of_articles(articles) & open_segment.live
        if members:
            name = Path(segment.file.path).name.removesuffix(EXTENSION)
            doomed[name] = list(bits.ascending(members))
    return doomed


class _Cut:
    """An article with its quotations, every text cut into words once."""

    def __init__(self, document: SearchDocument) -> None:
        self.document = document
        self.body = running_text(document.body)
        self.words = len(self.body.words) if document.words is None else document.words
        self.shared = {
            "title": [running_text(document.title)],
            "byline": [name(author) for author in document.byline],
            "outlet": [name(document.outlet)],
            "section": [name(document.section)],
            "url": [name(document.url)],
        }
        names: dict[str, Prepared] = {}
        self.quotations: list[dict[str, list[Prepared]]] = []
        for quotation in document.quotations:
            for value in (*quotation.speaker, quotation.role, quotation.kind):
                if value not in names:
                    names[value] = name(value)
            self.quotations.append(
                {
                    "said": [running_text(quotation.text)],
                    "speaker": [names[value] for value in quotation.speaker],
                    "role": [names[quotation.role]],
                    "kind": [names[quotation.kind]],
                }
            )
        every = document.quotations
        self.article = {
            "said": [part for fields in self.quotations for part in fields["said"]],
            "speaker": [names[v] for v in dict.fromkeys(n for q in every for n in q.speaker)],
            "role": [names[value] for value in dict.fromkeys(q.role for q in every)],
            "kind": [names[value] for value in dict.fromkeys(q.kind for q in every)],
        }

    def numbers(self, number: int) -> dict[str, int]:
        """The columns of the article or of one of its quotations."""
        document = self.document
        return {
            "id": number,
            "article": document.id,
            "published": document.published_key,
            "words": self.words,
            "quotes": len(document.quotations),
        }


def _add_article(inverter: Inverter, cut: _Cut) -> None:
    at = inverter.start(cut.numbers(cut.document.id), cut.document.title)
    inverter.put(at, "body", [cut.body])
    for field, values in (*cut.article.items(), *cut.shared.items()):
        if values:
            inverter.put(at, field, values)


def _add_quotation(inverter: Inverter, cut: _Cut, number: int) -> None:
    at = inverter.start(cut.numbers(cut.document.quotations[number].id))
    for field, values in (*cut.quotations[number].items(), *cut.shared.items()):
        if values:
            inverter.put(at, field, values)
