"""How quick the screen is: first frame, a key, search as one types. In a real pseudo-terminal.

    python -m tests.benchmarks.screen ARCHIVE [ARCHIVE ...] [--runs 15] [--keys 40] [--words 6]

Prints Markdown tables. The first frame is compared with an empty Textual app started in turn with
ours in the same run. Every figure is measured from outside: bytes are stamped with the clock as
they are read from the terminal, and looked at afterwards with a terminal emulator. Nothing is
subtracted: our own reading, the kernel's scheduling and waits that the program makes on purpose
are all in.

* First frame: from before the fork until a piece of output after which the screen is drawn: for the
  empty app its last row has a background; for ours ten rows hold text.
* A key: from before the write of the key until the last piece of the answer, which is over when
  nothing comes for 30 ms (an article shown beside the list later is not part of it).
* Search: until the first piece after which the list looks as it finally does. Letters that leave
  the list as it is ("governmen", "government") do not count.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pyte

from reader.library import Library
from tests.pty_screen import PtyScreen

ROOT = Path(__file__).resolve().parents[2]
EMPTY = [sys.executable, "-c", "from textual.app import App; App().run()"]
COLUMNS, LINES = 120, 40
CALM = 0.03
SETTLED = 0.35


@dataclass
class Starts:
    """What was measured of the starts of one program."""

    name: str
    argv: Sequence[str | Path]
    drawn: Callable[[pyte.Screen], bool]
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("archives", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=15, help="starts of each program")
    parser.add_argument("--keys", type=int, default=40, help="presses of each key")
    parser.add_argument("--words", type=int, default=6, help="common and rare words to search for")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        programs = [Starts("empty Textual app", EMPTY, painted)]
        programs += [
            Starts(f"onrecord, {count(folder):,} articles", command(folder), ten_rows)
            for folder in options.archives
        ]
        measure_starts(programs, options.runs, home)
        print_starts(programs)
        for folder in options.archives:
            measure_keys(folder, options.keys, home)
            measure_search(folder, options.words, home)


def command(folder: Path) -> list[str | Path]:
    """The reader on one archive."""
    return [sys.executable, "-m", "reader", "--archive", folder.resolve()]


def count(folder: Path) -> int:
    """How many articles the archive holds."""
    library = Library.open(folder)
    try:
        return library.count()
    finally:
        library.close()


def painted(screen: pyte.Screen) -> bool:
    """Whether the last row has been drawn, if only with a background."""
    return bool(screen.buffer[screen.lines - 1][0].bg != "default")


def ten_rows(screen: pyte.Screen) -> bool:
    """Whether there is something to read on the screen."""
    return sum(1 for row in screen.display if row.strip()) >= 10


def start(argv: Sequence[str | Path], home: str) -> PtyScreen:
    """A program on a terminal, nothing of the user's settings in its way."""
    return PtyScreen(argv, columns=COLUMNS, lines=LINES, env={"HOME": home}, cwd=ROOT)


def measure_starts(programs: Sequence[Starts], runs: int, home: str) -> None:
    """Start the programs in turn; the first round fills the caches and does not count."""
    for run in range(runs + 1):
        for program in programs:
            with start(program.argv, home) as screen:
                screen.until(lambda s, drawn=program.drawn: drawn(s.screen))  # type: ignore[misc]
                screen.quiet(SETTLED)
                cpu, memory = screen.cpu_seconds(), screen.peak_kilobytes()
                drawn = next((at for at, shown in screen.replay() if program.drawn(shown)), None)
                if drawn is None:
                    raise SystemExit(f"{program.name}: nothing drawn; screen:\n{screen.text}")
            if run:
                program.wall.append(1000 * (drawn - screen.started))
                program.cpu.append(1000 * cpu)
                program.memory.append(memory)


def print_starts(programs: Sequence[Starts]) -> None:
    """The table of first frames."""
    print(f"First frame, {COLUMNS}x{LINES}, median of {len(programs[0].wall)} (ms; quartiles)\n")
    print(
        "| program | wall | of the empty app | CPU until quiet | peak memory | of the empty app |"
    )
    print("|---|---|---|---|---|---|")
    base = programs[0]
    for program in programs:
        ratios = [mine / its for mine, its in zip(program.wall, base.wall, strict=True)]
        memory = statistics.median(program.memory)
        print(
            f"| {program.name} | {spread(program.wall)} | {statistics.median(ratios):.2f} "
            f"| {statistics.median(program.cpu):.0f} | {memory / 1024:.1f} MB "
            f"| {memory / statistics.median(base.memory):.2f} |"
        )


def measure_keys(folder: Path, presses: int, home: str) -> None:
    """A line down in the list, and to the next quotation in the reader."""
    print(f"\nKey to repaint, {count(folder):,} articles (ms)\n")
    print("| key | median | p95 | bytes | presses |\n|---|---|---|---|---|")
    with start(command(folder), home) as screen:
        screen.until(lambda s: ten_rows(s.screen))
        # An archive whose index is behind is indexed first, and the status line counts along.
        screen.quiet(SETTLED, timeout=900)
        print_key(screen, "j in the list", "j", presses)
        screen.send("gg")
        screen.quiet(SETTLED)
        screen.send("\r")
        screen.quiet(SETTLED)
        print_key(screen, "] in the reader", "]", presses)
        print_key(screen, "j in the reader", "j", presses)
        print(f"\nPeak memory after that: {screen.peak_kilobytes() / 1024:.1f} MB")


def print_key(screen: PtyScreen, name: str, key: str, presses: int) -> None:
    """One row: the same key again and again, each time when the screen has come to rest."""
    times, sizes = [], []
    for _ in range(presses):
        before = len(screen.chunks)
        pressed = screen.send(key)
        while len(screen.chunks) == before and time.monotonic() < pressed + 5:
            screen.read(1)
        if len(screen.chunks) == before:
            continue
        screen.quiet(CALM)
        times.append(1000 * (screen.chunks[-1][0] - pressed))
        sizes.append(sum(len(data) for _, data in screen.chunks[before:]))
        screen.quiet(SETTLED)
    if times:
        print(
            f"| {name} | {statistics.median(times):.1f} | {percentile(times, 95):.1f} "
            f"| {statistics.median(sizes):,.0f} | {len(times)} |"
        )
    else:
        print(f"| {name} | no answer | | | 0 |")


def measure_search(folder: Path, words: int, home: str) -> None:
    """Type words letter by letter, each letter when the hits of the last one are there."""
    common, rare = vocabulary(folder, words)
    kinds: dict[str, list[float | None]] = {
        "one letter": [],
        "beginning of a common word": [],
        "common word": [],
        "beginning of a rare word": [],
        "rare word": [],
        "two common words": [],
    }
    with start(command(folder), home) as screen:
        screen.until(lambda s: ten_rows(s.screen))
        # An archive whose index is behind is indexed first, and the status line counts along.
        screen.quiet(SETTLED, timeout=900)
        # The first search opens the index; it is told apart.
        first = type_word(screen, common[0])
        if not any(first):
            raise SystemExit(f"the list never shows hits; screen:\n{screen.text}")
        for kind, chosen in (("common", common), ("rare", rare)):
            for word in chosen:
                letters = type_word(screen, word)
                kinds["one letter"] += letters[:1]
                kinds[f"beginning of a {kind} word"] += letters[1:-1]
                kinds[f"{kind} word"] += letters[-1:]
        for one, other in pairwise(common):
            kinds["two common words"] += type_word(screen, f"{one} {other}")[-len(other) :]
        memory = screen.peak_kilobytes()
    print(f"\nKey to hits while typing, {count(folder):,} articles (ms)\n")
    print("| typed | median | p95 | worst | letters | not counted |\n|---|---|---|---|---|---|")
    kinds["all"] = [taken for some in kinds.values() for taken in some]
    for name, all_times in kinds.items():
        times = [taken for taken in all_times if taken is not None]
        figures = (
            f"{statistics.median(times):.0f} | {percentile(times, 95):.0f} | {max(times):.0f}"
            if times
            else " | | "
        )
        print(f"| {name} | {figures} | {len(times)} | {len(all_times) - len(times)} |")
    opened = next(taken for taken in first if taken is not None)
    print(f"\nVery first hits, index not yet open: {opened:.0f} ms. Words: ", end="")
    print(", ".join([*common, *rare]) + f". Peak memory after that: {memory / 1024:.1f} MB")


def type_word(screen: PtyScreen, word: str) -> list[float | None]:
    """Open the search, type `word`, close the search; milliseconds from each letter to its hits,
    None for one that leaves the list as it is."""
    screen.send("/")
    screen.quiet(SETTLED)
    times: list[float | None] = []
    for letter in word:
        before = list_part(screen.rows)
        pressed = screen.send(letter)
        screen.quiet(SETTLED)
        frames = [(at, list_part(shown.display)) for at, shown in screen.replay()]
        after = list_part(screen.rows)
        if after == before:
            times.append(None)
        else:
            times.append(1000 * (next(at for at, part in frames if part == after) - pressed))
    screen.send("\x1b")
    screen.quiet(SETTLED)
    screen.send("\x1b")
    screen.quiet(SETTLED)
    return times


def list_part(rows: Sequence[str]) -> list[str]:
    """The list: the rows between header and status line, up to the first rule."""
    return [row.split("│")[0].rstrip() for row in rows[1:-1]]


def vocabulary(folder: Path, words: int) -> tuple[list[str], list[str]]:
    """Common and rare words of the archive, found in 400 articles evenly spread over it."""
    library = Library.open(folder)
    try:
        ids = list(library.article_ids())
        seen: Counter[str] = Counter()
        for number in ids[:: max(1, len(ids) // 400)]:
            body = library.article(number).article.body.lower()
            seen.update(set(re.findall(r"[a-z]{4,12}", body)))
    finally:
        library.close()
    once = sorted(word for word, times in seen.items() if times == 1 and len(word) > 6)
    return [word for word, _ in seen.most_common(words)], once[:: max(1, len(once) // words)][
        :words
    ]


def percentile(values: Iterable[float], percent: int) -> float:
    """The smallest value that at least `percent` per cent do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def spread(values: Sequence[float]) -> str:
    """Median and quartiles."""
    low, high = percentile(values, 25), percentile(values, 75)
    return f"{statistics.median(values):.0f} ({low:.0f}-{high:.0f})"


if __name__ == "__main__":
    main()
