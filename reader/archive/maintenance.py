"""Looking after an archive: checks, repairs, figures, and saving what a damaged one still holds."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path
from typing import Final

from reader.archive.indexing import Indexing
from reader.core.article import ArticleId
from reader.core.quotation import Extraction
from reader.core.records import Finding, ImportProgress
from reader.errors import SearchIndexError
from reader.storage.store import Store

_BATCH: Final = 200
_NAMED: Final = 5


def check(store: Store, indexing: Indexing, *, repair: bool) -> list[Finding]:
    """What is wrong in store and index; with `repair`, mended as far as that can be."""
    findings = store.check()
    damaged = any(finding.kind == "database" for finding in findings)
    if findings and repair and not damaged:
        store.repair()
        extract_again(store)
        still = {(f.kind, f.message) for f in store.check()}
        findings = [replace(f, repaired=(f.kind, f.message) not in still) for f in findings]
    if damaged:
        return findings
    return findings + _check_index(store, indexing, repair=repair)


def _check_index(store: Store, indexing: Indexing, *, repair: bool) -> list[Finding]:
    try:
        wrong = indexing.backend().verify()
        pending = indexing.pending_count()
        articles = store.count()
    except SearchIndexError as error:
        wrong = [str(error)]
    if wrong:
        return [_index_finding("; ".join(wrong), indexing.rebuild if repair else None)]
    findings = []
    if pending:
        findings.append(
            _index_finding(
                f"{pending:,} of {articles:,} articles are not in the index yet",
                indexing.index_pending if repair else None,
            )
        )
    return findings + _compared(store, indexing, repair=repair)


def _compared(store: Store, indexing: Indexing, *, repair: bool) -> list[Finding]:
    """What the index holds otherwise than the store: articles of other titles, dates or numbers of
    quotations are indexed again; for what does not belong there the index is built again."""
    other, strange = _differences(store, indexing)
    if other or strange:
        # Another program may have been writing between the two looks: only what stays so counts.
        again = _differences(store, indexing)
        other, strange = other & again[0], strange & again[1]
    findings = []
    if other:
        some = ", ".join(map(str, sorted(other)[:_NAMED])) + ", ..." * (len(other) > _NAMED)

        def index_again() -> None:
            store.ledger.lost(other)
            indexing.index_pending()

        findings.append(
            _index_finding(
                f"the index holds {_articles(other)} otherwise than the archive: {some}",
                index_again if repair else None,
            )
        )
    if strange:
        findings.append(
            _index_finding(
                f"the index holds {_articles(strange)} that the archive does not have",
                indexing.rebuild if repair else None,
            )
        )
    return findings


def _differences(store: Store, indexing: Indexing) -> tuple[set[int], set[int]]:
    """The articles that the index holds otherwise than the store believes, and those that the
    store does not have at all."""
    held = {row[0]: row for row in store.ledger.held()}
    quoted = store.ledger.held_quotations()
    found = {row[0]: row for row in indexing.backend().articles()}
    other = {id for id, row in held.items() if found.get(id) != row}
    for pair in quoted.symmetric_difference(indexing.backend().quotations()):
        if pair[1] in held:
            other.add(pair[1])
    known = {*store.article_ids(muted=None), *store.ledger.removed()}
    return other, found.keys() - known


def _articles(ids: Collection[int]) -> str:
    return f"{len(ids):,} article{'s' * (len(ids) != 1)}"


def _index_finding(message: str, mend: Callable[[], object] | None) -> Finding:
    if mend is None:
        return Finding("index", message)
    try:
        mend()
    except SearchIndexError as error:
        return Finding("index", f"{message} ({error})")
    return Finding("index", message, repaired=True)


def extract_again(store: Store, on_progress: Callable[[ImportProgress], None] | None = None) -> int:
    """Ask the engine again about articles that another version of it has read.

    Returns how many that were. Each batch is a transaction, so it can be ended at any time.
    """
    from reader.extraction.engine import VERSION, default_engine

    engine = default_engine()
    ids = store.outdated(VERSION)
    for start in range(0, len(ids), _BATCH):
        batch: list[tuple[ArticleId, Extraction]] = [
            (ArticleId(id), engine.extract(store.body(id))) for id in ids[start : start + _BATCH]
        ]
        store.extract_again(batch, VERSION)
        if on_progress is not None:
            on_progress(ImportProgress(min(start + _BATCH, len(ids)), len(ids)))
    return len(ids)


def stats(store: Store, indexing: Indexing) -> dict[str, int | str]:
    """Figures about the archive, by their names."""
    from reader.extraction.engine import VERSION

    figures: dict[str, int | str] = dict(store.figures())
    figures["not searchable yet"] = indexing.pending_count(look=True)
    figures["read by another engine"] = len(store.outdated(VERSION))
    log = store.path.with_name(f"{store.path.name}-wal")
    figures["database"] = _size(_bytes(store.path) + _bytes(log))
    figures["index"] = _size(_bytes(indexing.path))
    figures["folder"] = str(store.path.parent)
    return figures


def _bytes(path: Path) -> int:
    try:
        if path.is_dir():
            return sum(file.stat().st_size for file in path.iterdir() if file.is_file())
        return path.stat().st_size
    except OSError:
        return 0


def _size(number: float) -> str:
    for unit in ("B", "kB", "MB"):
        if number < 1000:
            return f"{number:.0f} {unit}" if unit == "B" else f"{number:.1f} {unit}"
        number /= 1000
    return f"{number:.1f} GB"
