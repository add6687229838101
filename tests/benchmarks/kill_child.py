"""What `tests.benchmarks.kill` kills: a process that changes an archive in every way, at random.

    python -m tests.benchmarks.kill_child work ARCHIVE NEWS FEED SEED
    python -m tests.benchmarks.kill_child open ARCHIVE

It says on stdout, a line each, what it begins and what is done.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path

from reader.library import Library


def work(archive: Path, news: Path, feed: str, seed: int) -> None:
    """Import, fetch, mark, rebuild and remove in random order, without end."""
    from reader.archive import importing, indexing

    # Small batches: more moments between two of them.
    setattr(importing, "BATCH", 20)  # noqa: B010
    setattr(indexing, "CHUNK", 100)  # noqa: B010
    rng = random.Random(seed)
    library = Library.open(archive)

    def import_some() -> None:
        for outcome in library.import_paths([news / f"{rng.randrange(100)}.jsonl"]):
            print("stored", outcome.id, flush=True)

    def fetch() -> None:
        part = library.subscriptions.subscribe(f"{feed}/{rng.randrange(40)}")[0]
        for outcome in library.subscriptions.refresh([part]):
            for id in outcome.new:
                print("stored", id, flush=True)

    def mark() -> None:
        for id in rng.choices(list(library.article_ids()) or [0], k=40):
            on = rng.random() < 0.5
            library.set_read([id], on)
            print("marked", id, int(on), flush=True)

    def remove() -> None:
        ids = rng.choices(list(library.article_ids()) or [0], k=5)
        print("removing", *ids, flush=True)
        library.remove(ids)

    jobs: dict[str, Callable[[], object]] = {
        "importing": import_some,
        "fetching": fetch,
        "marking": mark,
        "rebuilding": library.rebuild,
        "removing": remove,
    }
    while True:
        name = rng.choice(["importing", *jobs])
        print("begin", name, flush=True)
        jobs[name]()


def main() -> None:
    """Do what the command line says."""
    what, archive, *more = sys.argv[1:]
    print("begin", what, flush=True)
    if what == "open":
        Library.open(Path(archive)).close()
        print("opened", flush=True)
    else:
        news, feed, seed = more
        work(Path(archive), Path(news), feed, int(seed))


if __name__ == "__main__":
    main()
