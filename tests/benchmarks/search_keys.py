"""From a key to its first hits on the screen, in a real pseudo-terminal, by kind of query.

    python -m tests.benchmarks.search_keys ARCHIVE NEWS.jsonl ARTICLES [--each 4] [--import NEW]

ARCHIVE holds the first ARTICLES of NEWS.jsonl (see `tests.benchmarks.archive`); the queries are
those of `search_speed`. A query is typed behind a word that nothing has; then, with the program at
rest, one key (Ctrl-W at the beginning) takes that word away, and the time is taken until the list
looks as it does when nothing more comes for 0.2 s. Between two queries the same is done with
another word that nothing has: that is what a key costs by itself, and "over" is the difference to
its median. CPU is that of the whole
program for that key, drawing included. With --import the same is asked while `onrecord import`
brings that file into the archive.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks.screen import ROOT, command, list_part, percentile, start, ten_rows
from tests.benchmarks.search_speed import questions
from tests.pty_screen import PtyScreen

SETTLED = 0.2
"""Less than the 0.25 s after which the screen fetches the other hits by itself."""

NOTHING = "zzqxw"
HOME, CTRL_RIGHT, CTRL_W = "\x1b[H", "\x1b[1;5C", "\x17"
Taken = tuple[float, float]
"""Milliseconds from the key to the hits, and of CPU."""


def main() -> None:
    """Ask, and print the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("archive", type=Path)
    options.add_argument("news", type=Path)
    options.add_argument("articles", type=int)
    options.add_argument("--each", type=int, default=4, help="queries of each kind")
    options.add_argument("--import", dest="new", type=Path)
    given = options.parse_args()
    asked = chosen(given.news, given.articles, given.each)
    with (
        tempfile.TemporaryDirectory() as home,
        start(command(given.archive), home) as screen,
    ):
        screen.until(lambda s: ten_rows(s.screen))
        screen.quiet(1, timeout=900)
        one_key(screen, "government")  # opens the index
        importing = _import(given.archive, given.new, home) if given.new else None
        found: dict[str, list[Taken]] = {}
        empty: list[Taken] = []
        for kind, query in asked:
            if importing is not None and importing.poll() is not None:
                print("(the import is over)")
                break
            empty += one_key(screen, NOTHING[::-1])
            found.setdefault(kind, []).extend(one_key(screen, query))
        memory = screen.peak_kilobytes()
        if importing is not None:
            importing.terminate()
            importing.wait()
    print_table(found, empty)
    print(f"\nPeak memory: {memory / 1024:.1f} MB")


def chosen(news: Path, articles: int, each: int) -> Iterator[tuple[str, str]]:
    """Some queries of each kind, in mixed order."""
    seen: dict[str, int] = {}
    for kind, query, _, _ in questions(news, articles):
        seen[kind] = seen.get(kind, 0) + 1
        if seen[kind] <= each:
            yield kind, query


def one_key(screen: PtyScreen, query: str) -> list[Taken]:
    """Type the query behind a word that nothing has, and measure the key that takes it away."""
    screen.send("/")
    screen.quiet(SETTLED)
    screen.send(f"{NOTHING} {query}")
    screen.quiet(2 * SETTLED)
    screen.send(HOME + CTRL_RIGHT)
    screen.quiet(SETTLED)
    before, spent = list_part(screen.rows), screen.cpu_seconds()
    pressed = screen.send(CTRL_W)
    screen.quiet(SETTLED)
    spent = screen.cpu_seconds() - spent
    frames = [(at, list_part(shown.display)) for at, shown in screen.replay()]
    after = list_part(screen.rows)
    taken: list[Taken] = []
    if after != before:
        drawn = next(at for at, part in frames if part == after)
        taken.append((1000 * (drawn - pressed), 1000 * spent))
    for _ in range(2):
        screen.send("\x1b")
        screen.quiet(2 * SETTLED)
    return taken


def _import(archive: Path, new: Path, home: str) -> subprocess.Popen[bytes]:
    argv = [*command(archive)[:3], "import", "--archive", archive.resolve(), new.resolve()]
    return subprocess.Popen(
        argv, cwd=ROOT, env={"HOME": home}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def print_table(found: dict[str, list[Taken]], empty: Sequence[Taken]) -> None:
    """Kinds of query, and what the same costs where nothing is found."""
    base = [statistics.median(column) for column in zip(*empty, strict=True)]
    print("| query | ms, median / 95 % / worst | over an empty answer | CPU ms, median | keys |")
    print("|---|---:|---:|---:|---:|")
    found["all"] = [taken for some in found.values() for taken in some]
    for kind, taken in (("nothing found", list(empty)), *sorted(found.items())):
        if not taken:
            continue
        wall, cpu = ([one[column] for one in taken] for column in (0, 1))
        middle, high = statistics.median(wall), percentile(wall, 95)
        print(
            f"| {kind} | {middle:.0f} / {high:.0f} / {max(wall):.0f} "
            f"| {middle - base[0]:+.0f} / {high - base[0]:+.0f} / {max(wall) - base[0]:+.0f} "
            f"| {statistics.median(cpu):.0f} | {len(taken)} |"
        )


if __name__ == "__main__":
    main()
