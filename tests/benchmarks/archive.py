"""An archive of generated articles for the benchmarks, made without asking the engine.

    python -m tests.benchmarks.archive NEWS.jsonl ARTICLES FOLDER [--index INDEX]

NEWS.jsonl holds an article a line, oldest first, with its quotations under "quotes": [speaker,
text, kind]. Those whose words stand in the text as they are become the archive's quotations. The
index is built as always, or copied from INDEX, which `search_speed --keep` has built of the very
same articles (its quotations have other numbers: searching quotations there is not to be judged).
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from itertools import islice
from pathlib import Path
from typing import Any

from reader.archive.indexing import FOLDER, Indexing
from reader.core.article import Article, Block
from reader.core.dates import parse_iso
from reader.core.quotation import Extraction, Quotation, QuotationKind, Speaker
from reader.core.span import Span
from reader.extraction.engine import VERSION
from reader.library import Library
from reader.storage.store import Store

BATCH = 2000


def main() -> None:
    """Build the archive and say how long the parts of it took."""
    options = argparse.ArgumentParser()
    options.add_argument("news", type=Path)
    options.add_argument("articles", type=int)
    options.add_argument("folder", type=Path)
    options.add_argument("--index", type=Path)
    given = options.parse_args()
    given.folder.mkdir(mode=0o700, parents=True)
    began = time.process_time()
    store = Store.open(given.folder)
    with given.news.open(encoding="utf-8") as lines:
        wanted = islice(lines, given.articles)
        while batch := list(islice(wanted, BATCH)):
            store.put_many((article_of(json.loads(line)) for line in batch), VERSION)
    print(f"{store.count():,} articles stored: {time.process_time() - began:.0f} s of CPU")
    if given.index:
        _take_over(store, given.folder, given.index)
    store.close()
    began = time.process_time()
    library = Library.open(given.folder)
    done = library.index_pending()
    print(f"{done:,} articles indexed, copies folded: {time.process_time() - began:.0f} s of CPU")
    library.close()


def article_of(read: dict[str, Any]) -> tuple[Article, Extraction]:
    """A generated article, and its quotations as far as they stand in the text in one piece."""
    body = read["body"]
    blocks, at = [], 0
    for paragraph in body.split("\n\n"):
        blocks.append(Block(Span(at, at + len(paragraph))))
        at += len(paragraph) + 2
    article = Article(
        read["title"],
        body,
        tuple(blocks),
        byline=(read["byline"],) if read["byline"] else (),
        published=parse_iso(read["date"]),
        outlet=read["source"],
        url=read["url"],
    )
    numbers: dict[str, int] = {}
    quotations, at = [], 0
    for speaker, text, kind in read.get("quotes", ()):
        start = body.find(text, at)
        if start < 0 or not text:
            continue
        at = start + len(text)
        quotations.append(
            Quotation(
                (Span(start, at),),
                QuotationKind.INDIRECT if kind == "indirect" else QuotationKind.DIRECT,
                speaker=numbers.setdefault(speaker, len(numbers)) if speaker else None,
            )
        )
    return article, Extraction(tuple(quotations), tuple(Speaker(name) for name in numbers))


def _take_over(store: Store, folder: Path, index: Path) -> None:
    """Give the archive an index of the same articles, numbered alike from one."""
    ids = store.article_ids()
    if sorted(ids) != list(range(1, len(ids) + 1)):
        raise SystemExit("the articles are not numbered as in the index")
    indexing = Indexing(store, folder)
    indexing.backend()
    indexing.close()
    for file in (folder / FOLDER).iterdir():
        if file.suffix in (".toc", ".dat"):
            file.unlink()
    for file in index.iterdir():
        shutil.copy2(file, folder / FOLDER / file.name)
    store.ledger.mark_indexed(store.ledger.versions(ids), store.ledger.generation())


if __name__ == "__main__":
    main()
