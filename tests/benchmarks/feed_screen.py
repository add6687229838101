"""The screen while feeds come in behind it: `python -m tests.benchmarks.feed_screen`.

An archive with articles of some feeds is opened in a real pseudo-terminal; `j` is pressed in the
list and `]` in the reader, first at rest, then while 50 feeds of 400 full articles are refreshed
behind the screen from a server on this machine, until they are all stored, and while they are
understood and indexed afterwards. A key's time is from before it is written until the piece of
output after which the row under the cursor (or the quotation that is lit) is another one. Prints a
Markdown table, how long it took from `R` until the first new article stood in the list, and whether
the article under the cursor stayed where it was when no key was pressed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing import Process, Queue
from pathlib import Path
from statistics import median

import pyte

from tests.benchmarks.feeds import ROOT, Server, count, feed
from tests.benchmarks.screen import percentile
from tests.pty_screen import PtyScreen

_KEY_EVERY = 0.25
"""Seconds between two keys: as somebody presses who reads headlines."""


def serve(feeds: int, articles: int, addresses: Queue[list[str]]) -> None:
    """The server, as a process of its own."""
    server = Server([feed(number, articles) for number in range(feeds)])
    addresses.put(server.urls(feeds))
    time.sleep(3600)


def under_cursor(screen: pyte.Screen) -> str:
    """The rows of the list that the cursor is on: they have a bar before them."""
    return "".join(row[:33] for row in screen.display[2:-2] if row[0] in "▌▊▍▎▏")


def lit(screen: pyte.Screen) -> str:
    """Where the bar beside the quotation is that is lit, and which one the status line names."""
    rows = [n for n, row in enumerate(screen.display[2:-2]) if "▊" in row[35:95]]
    return f"{rows} {screen.display[-1][:20]}"


def pressed(screen: PtyScreen, key: str, sign: Callable[[pyte.Screen], str]) -> float | None:
    """Milliseconds until what `sign` reads off the screen is another; None where it stays."""
    screen.read(0)
    before = sign(screen.screen)
    start = screen.send(key)
    until = start + 2
    while time.monotonic() < until:
        if screen.read(0.02):
            for at, shown in screen.replay():
                if sign(shown) != before:
                    return 1000 * (at - start)
    return None


def rest(screen: PtyScreen, until: float) -> None:
    """Read what comes until a moment."""
    while (left := until - time.monotonic()) > 0:
        screen.read(left)


def keys(screen: PtyScreen, go_on: Callable[[int], bool]) -> dict[str, list[float]]:
    """Press j in the list and ] in the reader in turn, twenty times each."""
    times: dict[str, list[float]] = {"j in the list": [], "] in the reader": []}
    number = 0
    in_reader = False
    while go_on(number):
        if in_reader != (number % 40 >= 20):
            in_reader = not in_reader
            screen.send("\r" if in_reader else "q")
            rest(screen, time.monotonic() + 0.4)
        name, key, sign = (
            ("j in the list", "j", under_cursor)
            if number % 40 < 20
            else ("] in the reader", "]", lit)
        )
        begun = time.monotonic()
        taken = pressed(screen, key, sign)
        if taken is not None:
            times[name].append(taken)
        rest(screen, begun + _KEY_EVERY)
        number += 1
    if in_reader:
        screen.send("q")
    return times


def main() -> None:
    """Measure, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=50)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--before", type=int, default=3, help="feeds that are there already")
    args = parser.parse_args()
    addresses: Queue[list[str]] = Queue()
    server = Process(target=serve, args=(args.feeds, args.articles, addresses), daemon=True)
    server.start()
    urls = addresses.get()
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": folder}
        archive = Path(folder) / "archive"
        program = [sys.executable, "-m", "reader", "--archive", str(archive)]
        quiet = {"env": env, "check": True, "stdout": subprocess.DEVNULL}
        subprocess.run([*program, "feeds", "add", *urls[: args.before]], **quiet)  # type: ignore[call-overload]
        subprocess.run([*program, "fetch"], **quiet)  # type: ignore[call-overload]
        measure(program, archive, urls[args.before :], args.articles * args.feeds, env)


def measure(
    program: list[str], archive: Path, urls: list[str], wanted: int, env: dict[str, str]
) -> None:
    """Open the screen, press keys, refresh, press keys again."""
    file = archive / "archive.db"
    with PtyScreen(
        program, columns=120, lines=40, env={"HOME": env["HOME"], "PYTHONPATH": str(ROOT)}
    ) as screen:
        screen.until(lambda s: bool(under_cursor(s.screen)))
        screen.quiet(1)
        at_rest = keys(screen, lambda number: number < 80)
        screen.send("gg")
        screen.quiet(0.5)
        subprocess.run(
            [*program, "feeds", "add", *urls], env=env, check=True, stdout=subprocess.DEVNULL
        )
        screen.quiet(1.5)
        before = count(file, "article")
        place = under_cursor(screen.screen)
        begun = screen.send("R")
        first = screen.until(lambda s: _stories(s) > before) - begun
        rest(screen, time.monotonic() + 0.5)
        kept = under_cursor(screen.screen) == place
        behind = keys(screen, lambda _: count(file, "article") < wanted)
        stored = time.monotonic() - begun
        after = keys(screen, lambda number: number < 80)
    print(f"R to the first new article in the list: {first:.2f} s; all stored: {stored:.1f} s; ")
    print(f"the row under the cursor stayed: {'yes' if kept else 'NO'}\n")
    print("| key | at rest: median | p95 | storing: median | p95 | reading: median | p95 |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name in at_rest:
        cells = [
            f"{value:.0f}"
            for times in (at_rest[name], behind[name], after[name])
            for value in ((median(times), percentile(times, 95)) if times else (0, 0))
        ]
        print(f"| {name} | {' | '.join(cells)} |")


def _stories(screen: PtyScreen) -> int:
    """How many stories the head of the screen speaks of."""
    words = screen.rows[0].split(" stories")[0].split()
    return int(words[-1].replace(",", "")) if words and words[-1][0].isdigit() else 0


if __name__ == "__main__":
    main()
