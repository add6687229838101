"""Kill the program at random moments, again and again, and look whether anything is lost.

    python -m tests.benchmarks.kill [KILLS]

A child (`kill_child`) imports, fetches, marks, removes and rebuilds the index in one archive; it
says on stdout what is done. After each SIGKILL a new process opens the archive and checks: all
that was acknowledged is there, the database is sound, the marks are right, no helper process is
left behind; every tenth time also that index and store agree once what was pending is indexed.
Every fifth kill is of a process that brings an archive of the first version up to date. Prints a
Markdown table; exit code 1 on any loss.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

from reader.errors import ReaderError
from reader.library import Library

ROOT = Path(__file__).resolve().parents[2]
STORIES = 3000
FILES = 100
OLD_STORIES = 4000
"""Articles of the archive of the first version: bringing them up to date takes a while."""

LONGEST = 3.0
"""Seconds that a child has at the most."""

GOOD = (
    "kills",
    *(f"while {job}" for job in ("importing", "fetching", "marking", "removing", "rebuilding")),
    "before or while migrating",
    "after migrating",
    "articles acknowledged",
    "marks acknowledged",
)
BAD = (
    "articles lost",
    "marks lost",
    "archives that did not open",
    "findings in the database",
    "findings in the index",
    "processes left behind",
)
_FIRST_VERSION = ROOT / "tests" / "storage" / "archive-v1.sql"
_MARK = "ONRECORD_KILL"


def main() -> None:
    """Kill as often as the command line says; print what was found."""
    counts = killed_again_and_again(int((sys.argv[1:] or ["100"])[0]))
    print("| what | times |\n|---|---:|")
    for name in (*GOOD, *BAD):
        print(f"| {name} | {counts[name]:,} |")
    sys.exit(any(counts[name] for name in BAD))


def killed_again_and_again(kills: int, longest: float = LONGEST) -> Counter[str]:
    """Kill a child so many times, each within so many seconds; what was found, by name."""
    counts: Counter[str] = Counter()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Feed)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        news = place / "news"
        news.mkdir()
        for part in range(FILES):
            _write(news / f"{part}.jsonl", part)
        _old_archive(place / "old.db")
        expected: dict[int, bool] = {}
        feed = f"http://127.0.0.1:{server.server_port}"
        for number in range(kills):
            if number % 5 == 4:
                _migration(place, number, counts)
                continue
            work = ["work", str(place / "archive"), str(news), feed, str(number)]
            _understood(_killed(work, number, longest, counts), expected, counts)
            _look(place / "archive", expected, counts, deep=number % 10 == 0)
        _look(place / "archive", expected, counts, deep=True)
    server.shutdown()
    server.server_close()
    return counts


def _story(n: int) -> tuple[str, str]:
    return f"Story {n}", (
        f"The council of town number {n} met on Monday about the bridge.\n\n"
        f"“It is closed {n} times a year,” said Ana Ruiz{n % 40}.\n\n"
        f"Mayor Bo Lind said that town {n} would wait."
    )


def _write(file: Path, part: int) -> None:
    with file.open("w", encoding="utf-8") as lines:
        for n in range(part, STORIES, FILES):
            title, body = _story(n)
            lines.write(json.dumps({"title": title, "body": body}) + "\n")


class _Feed(BaseHTTPRequestHandler):
    """Forty feeds of thirty stories that are in no file; each visit finds ten others in it."""

    visits: ClassVar[Counter[str]] = Counter()

    def do_GET(self) -> None:
        number = int(self.path.strip("/") or 0)
        first = 100_000 + 10_000 * number + 10 * self.visits[self.path]
        self.visits[self.path] += 1
        items = ""
        for n in range(first, first + 30):
            title, body = _story(n)
            items += f"<item><guid>urn:{n}</guid><title>{title}</title>"
            items += f"<description>{body}</description></item>"
        body = f'<rss version="2.0"><channel><title>F{number}</title>{items}</channel></rss>'
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def _old_archive(file: Path) -> None:
    """Make an archive as the first version of the program left it, with many articles."""
    with closing(sqlite3.connect(file)) as database:
        database.executescript(_FIRST_VERSION.read_text("utf-8"))
        columns = {}
        for table in ("article", "version"):
            names = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
            columns[table] = ", ".join(name for name in names if name != "id")
        for n in range(2, OLD_STORIES + 1):
            for table, taken in columns.items():
                database.execute(
                    f"INSERT INTO {table} (id, {taken}) SELECT {1000 + n}, {taken} FROM {table} "
                    "ORDER BY id LIMIT 1"
                )
            database.execute(
                "UPDATE article SET version = id, quotations = 0, speakers = 0 WHERE id = ?",
                (1000 + n,),
            )
            database.execute("UPDATE version SET article = id WHERE id = ?", (1000 + n,))
        database.commit()


def _killed(words: list[str], number: int, longest: float, counts: Counter[str]) -> list[str]:
    """Start a child, kill it at random; gives the whole lines that it said.

    Killed after some lines and some time: by the clock alone a busy machine would always kill it
    while it starts.
    """
    chance = random.Random(number)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.kill_child", *words],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, _MARK: str(number)},
    )
    assert process.stdout is not None
    most = 1 if words[0] == "open" else chance.randrange(1, 80)
    lines = [line for _, line in zip(range(most), process.stdout, strict=False)]
    timer = threading.Timer(chance.uniform(0.0, longest), process.kill)
    timer.start()
    lines += process.stdout.readlines()
    process.wait()
    timer.cancel()
    process.stdout.close()
    counts["kills"] += 1
    until = time.monotonic() + 10
    while (left := _left_behind(number)) and time.monotonic() < until:
        time.sleep(0.05)
    counts["processes left behind"] += left
    return [line for line in lines if line.endswith("\n")]


def _left_behind(number: int) -> int:
    mark = f"{_MARK}={number}".encode()
    found = 0
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            found += mark in environment.read_bytes().split(b"\0")
        except OSError:
            continue
    return found


def _understood(lines: list[str], expected: dict[int, bool], counts: Counter[str]) -> None:
    """Note what was acknowledged: which articles are there, and whether they are read."""
    job = "importing"
    for line in lines:
        what, *words = line.split()
        if what == "begin":
            job = words[0]
        elif what == "stored":
            counts["articles acknowledged"] += int(words[0]) not in expected
            expected.setdefault(int(words[0]), False)
        elif what == "marked" and int(words[0]) in expected:
            counts["marks acknowledged"] += 1
            expected[int(words[0])] = bool(int(words[1]))
        elif what == "removing":
            for word in words:
                expected.pop(int(word), None)
    counts[f"while {job.replace('work', 'importing')}"] += 1


def _opened(archive: Path, counts: Counter[str]) -> Library | None:
    try:
        return Library.open(archive)
    except ReaderError as error:
        print(error, file=sys.stderr)
        counts["archives that did not open"] += 1
        return None


def _migration(place: Path, number: int, counts: Counter[str]) -> None:
    """Kill a process that opens an archive of the first version; then open it to the end."""
    archive = place / f"old-{number}"
    archive.mkdir(mode=0o700)
    (archive / "archive.db").write_bytes((place / "old.db").read_bytes())
    lines = _killed(["open", str(archive)], number, 0.05, counts)
    done = "opened\n" in lines
    counts["after migrating" if done else "before or while migrating"] += 1
    library = _opened(archive, counts)
    if library is not None:
        counts["articles lost"] += OLD_STORIES - library.count()
        _sound(library, counts)
        library.close()


def _sound(library: Library, counts: Counter[str]) -> None:
    findings = [finding for finding in library.check() if finding.kind != "index"]
    counts["findings in the database"] += len(findings)
    for finding in findings[:3]:
        print(finding.message, file=sys.stderr)


def _look(archive: Path, expected: dict[int, bool], counts: Counter[str], *, deep: bool) -> None:
    """Open the archive anew and hold it against what was acknowledged."""
    library = _opened(archive, counts)
    if library is None:
        return
    there = set(library.article_ids())
    read = there - set(library.article_ids(unread=True))
    counts["articles lost"] += len(expected.keys() - there)
    # A mark that was set but not yet acknowledged may be there: at most one a kill.
    wrong = [id for id, on in expected.items() if id in there and (id in read) != on]
    counts["marks lost"] += max(0, len(wrong) - 1)
    for id in {*wrong, *(there - expected.keys())}:
        expected[id] = id in read
    for id in expected.keys() - there:
        del expected[id]
    _sound(library, counts)
    if deep:
        library.index_pending()
        for finding in library.check():
            counts["findings in the index"] += 1
            print(finding.message, file=sys.stderr)
        if library.search("bridge", limit=None).total != library.count():
            counts["findings in the index"] += 1
    library.close()


if __name__ == "__main__":
    main()
