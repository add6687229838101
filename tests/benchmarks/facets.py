"""How long counting facets and folders takes, beside the search that they are counted for.

    python -m tests.benchmarks.facets ARCHIVE QUERY [QUERY ...] [--runs 5]

Prints Markdown tables of CPU milliseconds, the best of the runs; `first` is the first count of a
start, which reads what all articles count for. The archive is copied first: saving searches would
change it.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from reader.core.facets import Facet
from reader.library import Library


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("archive", type=Path)
    parser.add_argument("queries", nargs="+")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "archive"
        shutil.copytree(options.archive, archive)
        measure(archive, options.queries, options.runs)


def measure(archive: Path, queries: list[str], runs: int) -> None:
    """Facets of each query and of everything, then all queries as folders."""
    library = Library.open(archive)
    everything = library.article_ids(fold=True)
    common = library.search(queries[0], limit=None, fold=True).ids
    first = {f: facet(library, f, common, 1) for f in Facet}
    rows = []
    for query in queries:
        search = spent(partial(library.search, query, limit=None, fold=True), runs)
        ids = library.search(query, limit=None, fold=True).ids
        rows.append((query, len(ids), search, {f: facet(library, f, ids, runs) for f in Facet}))
    rows.append(
        ("(all)", len(everything), 0.0, {f: facet(library, f, everything, runs) for f in Facet})
    )
    print(f"| query | stories | search | {' | '.join(Facet)} |\n|---|---|---|---|---|---|---|")
    print(f"| {queries[0]}, first count | {len(common):,} | | {figures(first)} |")
    for query, stories, search, taken in rows:
        print(f"| {query} | {stories:,} | {search:.1f} | {figures(taken)} |")
    for number, query in enumerate(queries):
        library.folders.save(f"folder {number}", query)
    once = spent(library.folders.counts, 1)
    again = spent(library.folders.counts, runs)
    found = sum(folder.total for folder in library.folders.counts())
    library.close()
    library = Library.open(archive)
    start = spent(library.folders.counts, 1)
    library.close()
    print("\n| folders | stories in them | run and kept | counted at a start | counted again |")
    print("|---|---|---|---|---|")
    print(f"| {len(queries)} | {found:,} | {once:.0f} | {start:.0f} | {again:.0f} |")


def facet(library: Library, which: Facet, ids: Sequence[int], runs: int) -> float:
    """Milliseconds of counting one facet of these articles."""
    return spent(partial(library.facets, which, ids, top=200), runs)


def figures(taken: dict[Facet, float]) -> str:
    """The cells of a row."""
    return " | ".join(f"{taken[f]:.1f}" for f in Facet)


def spent(job: Callable[[], object], runs: int) -> float:
    """The CPU milliseconds of the best run."""
    best = float("inf")
    for _ in range(runs):
        begun = time.process_time()
        job()
        best = min(best, time.process_time() - begun)
    return best * 1000


if __name__ == "__main__":
    main()
