"""How many articles a second come in, and where the time goes.

    python -m tests.benchmarks.import_speed NEWS.jsonl [ARTICLES]

NEWS.jsonl holds an article a line. Prints a Markdown table; CPU seconds of one process, since wall
time says more about what else the machine was doing. The last column is a ratio to reading the same
file and parsing its JSON, in the same run.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from reader.archive.importing import BATCH, Importer, read_all
from reader.archive.indexing import Indexing
from reader.core.article import Article
from reader.core.quotation import Extraction
from reader.core.records import ImportProgress
from reader.extraction.engine import VERSION, default_engine
from reader.library import Library
from reader.storage.store import Store


def main() -> None:
    """Measure each step by itself, then all of them as a user sees them."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        news, count = _cut(Path(sys.argv[1]), int((sys.argv[2:] or ["2000"])[0]), place)
        base = 0.0
        for step, seconds, wall in _steps(news, place):
            base = base or seconds
            print(
                f"| {step:33} | {count / seconds:8,.0f} | {count / wall:8,.0f} "
                f"| {1000 * seconds / count:7.2f} | {seconds / base:6.1f} |"
            )


def _cut(news: Path, count: int, place: Path) -> tuple[Path, int]:
    cut = place / "news.jsonl"
    with news.open(encoding="utf-8") as lines:
        kept = list(islice(lines, count))
    cut.write_text("".join(kept), "utf-8")
    print(f"{len(kept):,} articles, {cut.stat().st_size / 1e6:.1f} MB\n")
    print("| step | articles a CPU second | a second | CPU ms an article | ratio |")
    print("|---|---:|---:|---:|---:|")
    return cut, len(kept)


def _steps(news: Path, place: Path) -> Iterator[tuple[str, float, float]]:
    yield "JSON alone", *_timed(lambda: [json.loads(line) for line in news.open(encoding="utf-8")])

    articles: list[Article] = []
    yield (
        "reading (the gate for text, dates)",
        *_timed(lambda: articles.extend(a for a in read_all([news]) if isinstance(a, Article))),
    )

    engine = default_engine()
    engine.extract("“It works,” said Ana Ruiz.")
    found: list[Extraction] = []
    yield "extraction", *_timed(lambda: found.extend(engine.extract(a.body) for a in articles))

    store = Store.open(place)
    pairs = list(zip(articles, found, strict=True))
    yield (
        f"storing, {BATCH} a transaction",
        *_timed(
            lambda: [
                store.put_many(pairs[n : n + BATCH], VERSION) for n in range(0, len(pairs), BATCH)
            ]
        ),
    )
    yield "indexing", *_timed(lambda: Indexing(store, place).index_pending())
    yield (
        "the same articles again",
        *_timed(lambda: list(Importer(store, engine, VERSION).run(read_all([news])))),
    )
    store.close()

    library = Library.open(place / "all")
    told: list[ImportProgress] = []
    yield (
        "**all of it, as `onrecord import`**",
        *_timed(lambda: list(library.import_paths([news], on_progress=told.append))),
    )
    library.close()


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


if __name__ == "__main__":
    main()
