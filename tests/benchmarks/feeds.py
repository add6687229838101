"""Feeds in bulk: 50 of 400 full articles each, from a server on this machine.

    python -m tests.benchmarks.feeds [--feeds 50] [--articles 400] [--newsboat PATH]

Prints a Markdown table: until the first article can be read, until all are stored, and how long
it takes to hear that nothing has changed; beside newsboat, where it is installed, run in the same
minute on the same feeds. What goes on behind (who said what, the index) is measured too with
`--to-the-end`.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
_WORDS = (
    "the harbour council board ferry strike budget bridge mayor minister storm coast village "
    "talks deal union vote inquiry report station railway school hospital river festival court "
    "was is had has will said after before during against over under of to in on at by with for "
    "new old first last long short large small local national early late public private"
).split(" ")
_NAMES = ("Ana Ruiz", "Bo Lindqvist", "Carla Mendes", "Dan Okafor", "Eva Novak", "Finn Aalto")


def story(chance: random.Random) -> str:
    """An article of some 3,900 characters with six quotations, as HTML."""
    paragraphs = []
    for number in range(12):
        words = " ".join(chance.choices(_WORDS, k=45)).capitalize()
        if number % 2:
            said = " ".join(chance.choices(_WORDS, k=14)).capitalize()
            words = f"“{said},” said {chance.choice(_NAMES)}. {words}"
        paragraphs.append(f"<p>{words}.</p>")
    return "".join(paragraphs)


def feed(number: int, articles: int) -> bytes:
    """One RSS feed."""
    chance = random.Random(number)
    items = "".join(
        f"<item><title>Story {number}-{n} {' '.join(chance.choices(_WORDS, k=6))}</title>"
        f"<link>https://f{number}.example/{n}</link><guid>urn:{number}:{n}</guid>"
        f"<pubDate>Tue, 03 Mar 2026 {n // 60 % 24:02}:{n % 60:02}:00 GMT</pubDate>"
        f"<description>{escape(story(chance))}</description></item>"
        for n in range(articles)
    )
    return (
        f'<rss version="2.0"><channel><title>Feed {number}</title>{items}</channel></rss>'
    ).encode()


class Server:
    """Serves the feeds, each with an ETag."""

    def __init__(self, bodies: list[bytes]) -> None:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                number = int(self.path.strip("/"))
                tag = f'"{number}"'
                same = self.headers.get("If-None-Match") == tag
                body = b"" if same else bodies[number]
                self.send_response(304 if same else 200)
                self.send_header("ETag", tag)
                self.send_header("Content-Type", "application/rss+xml")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def urls(self, feeds: int) -> list[str]:
        """The feeds' addresses."""
        port = self._server.server_address[1]
        return [f"http://127.0.0.1:{port}/{n}" for n in range(feeds)]


def count(file: Path, table: str) -> int:
    """How many rows there are, seen from outside."""
    try:
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=1) as database:
            return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    except sqlite3.Error:
        return 0


def watched(
    command: list[str], env: dict[str, str], file: Path, table: str, wanted: int, *, to_end: bool
) -> tuple[float | None, float | None, float]:
    """Run a command; after how many seconds there was a first row, all rows, and the end."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    first = every = None
    while process.poll() is None:
        rows = count(file, table)
        now = time.perf_counter() - begun
        if rows and first is None:
            first = now
        if rows >= wanted and every is None:
            every = now
            if not to_end:
                process.terminate()
        time.sleep(0.02 if first is None else 0.1)
    return first, every, time.perf_counter() - begun


def onrecord(
    urls: list[str], wanted: int, folder: Path, *, to_end: bool
) -> dict[str, float | None]:
    """Our own times."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(folder)}
    program = [sys.executable, "-m", "reader", "--archive", str(folder / "archive")]
    subprocess.run(
        [*program, "feeds", "add", *urls], env=env, check=True, stdout=subprocess.DEVNULL
    )
    used = cpu()
    file = folder / "archive" / "archive.db"
    first, every, end = watched([*program, "fetch"], env, file, "article", wanted, to_end=to_end)
    used = cpu() - used
    # A check of unchanged feeds is timed without what the first fetch has left to be understood
    # and indexed: the articles are marked as understood, and a fetch that is not timed indexes.
    with sqlite3.connect(file) as database:
        database.execute("UPDATE article SET engine = 1000000 WHERE engine = 0")
    known = count(file, "article")
    subprocess.run([*program, "fetch"], env=env, check=True, stdout=subprocess.DEVNULL)
    begun = time.perf_counter()
    subprocess.run([*program, "fetch"], env=env, check=True, stdout=subprocess.DEVNULL)
    unchanged = time.perf_counter() - begun
    return {"first": first, "all": every, "end": end if to_end else None, "unchanged": unchanged,
            "rows": float(known), "cpu": used}  # fmt: skip


def newsboat(program: str, urls: list[str], folder: Path) -> dict[str, float | None]:
    """newsboat's times."""
    home = folder / ".newsboat"
    home.mkdir(parents=True)
    (home / "urls").write_text("\n".join(urls) + "\n")
    (home / "config").write_text("reload-threads 8\nmax-items 0\n")
    env = {**os.environ, "HOME": str(folder), "TERM": "xterm"}
    command = [program, "-x", "reload"]
    # Not watched: a look into its database while it writes makes it lose articles.
    used, begun = cpu(), time.perf_counter()
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
    end, used = time.perf_counter() - begun, cpu() - used
    rows = count(home / "cache.db", "rss_item")
    begun = time.perf_counter()
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
    return {"first": None, "all": end, "end": end, "unchanged": time.perf_counter() - begun,
            "rows": float(rows), "cpu": used}  # fmt: skip


def cpu() -> float:
    """The processor seconds of all processes that were begun here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=50)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--newsboat", default=shutil.which("newsboat"))
    parser.add_argument("--to-the-end", action="store_true")
    args = parser.parse_args()
    server = Server([feed(n, args.articles) for n in range(args.feeds)])
    urls, wanted = server.urls(args.feeds), args.feeds * args.articles
    rows = {}
    with tempfile.TemporaryDirectory() as folder:
        rows["onrecord"] = onrecord(urls, wanted, Path(folder) / "o", to_end=args.to_the_end)
        if args.newsboat:
            rows["newsboat"] = newsboat(args.newsboat, urls, Path(folder) / "n")
    of = f"{args.feeds} feeds, {wanted:,} articles"
    print(f"| {of} | first | all stored | CPU | unchanged | to the end |")
    print("|---|---|---|---|---|---|")
    for name, times in rows.items():
        cells = [
            "-" if times[key] is None else f"{times[key]:.2f} s"
            for key in ("first", "all", "cpu", "unchanged", "end")
        ]
        print(f"| {name} ({times['rows']:,.0f} stored) | {' | '.join(cells)} |")
    theirs = rows.get("newsboat", {}).get("all")
    ours = rows["onrecord"]["all"]
    if theirs and ours:
        print(f"\nStored in {ours / theirs:.2f} of newsboat's time.")


if __name__ == "__main__":
    main()
