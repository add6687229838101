"""How much memory feeds take, whatever they send: `python -m tests.benchmarks.feed_memory`.

Ten thousand small feeds from eight hosts, a bomb of a gigabyte in gzip, a body without an end, a
slow drip, a feed of 100,000 entries, and eight feeds of 15 MB at once, each fetched by
`onrecord fetch` into an archive of its own. Prints a Markdown table: how long it took until every
feed had been asked and what it brought was stored, the most memory that the program and the largest
of its helpers had until then (Linux only), and what came of it.
"""

from __future__ import annotations

import argparse
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
_HEAD = b'<rss version="2.0"><channel><title>Feed</title>'
_TAIL = b"</channel></rss>"
_MB = 1 << 20
_HOSTS = 8

Body = Callable[[], Iterator[bytes]]


def item(feed: int, number: int, words: int = 40) -> bytes:
    """One entry of a feed."""
    text = f"It rained in ward {number}. " * (words // 5)
    return (
        f"<item><title>Story {feed}-{number}</title><guid>urn:{feed}:{number}</guid>"
        f"<link>https://f{feed}.example/{number}</link>"
        f"<pubDate>Tue, 03 Mar 2026 10:{number % 60:02}:00 GMT</pubDate>"
        f"<description>{text}</description></item>"
    ).encode()


def items(feed: int, count: int, words: int = 40) -> Iterator[bytes]:
    """A whole feed."""
    yield _HEAD
    for number in range(count):
        yield item(feed, number, words)
    yield _TAIL


def bomb() -> Iterator[bytes]:
    """A gigabyte of blanks in gzip, inside a feed."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    yield squeeze.compress(_HEAD)
    for _ in range(1024):
        yield squeeze.compress(b" " * _MB)
    yield squeeze.compress(_TAIL) + squeeze.flush()


def endless() -> Iterator[bytes]:
    """A feed that goes on for ever."""
    yield _HEAD
    number = 0
    while True:
        number += 1
        yield item(0, number)


def drip() -> Iterator[bytes]:
    """A byte every tenth of a second."""
    for byte in _HEAD * 1000:
        time.sleep(0.1)
        yield bytes([byte])


class Server:
    """Eight hosts (ports) that give what `body` makes of a path's number."""

    def __init__(self, body: Callable[[int], Iterator[bytes]], *, gzip: bool = False) -> None:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self.send_response(200)
                if gzip:
                    self.send_header("Content-Encoding", "gzip")
                self.send_header("Connection", "close")
                self.end_headers()
                try:
                    for piece in body(int(self.path.strip("/"))):
                        self.wfile.write(piece)
                except OSError:
                    pass
                self.close_connection = True

            def log_message(self, *args: object) -> None:
                pass

        self._ports = []
        for _ in range(_HOSTS):
            server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
            server.daemon_threads = True
            self._ports.append(server.server_address[1])
            threading.Thread(target=server.serve_forever, daemon=True).start()

    def urls(self, feeds: int) -> list[str]:
        """The addresses of so many feeds, spread over the hosts."""
        return [f"http://127.0.0.1:{self._ports[n % _HOSTS]}/{n}" for n in range(feeds)]


def most(pid: int) -> int:
    """The most memory that a process has had so far, in bytes."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) * 1024 if found else 0


def helpers(pid: int) -> list[int]:
    """The processes that a process has begun."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(n) for task in tasks for n in (task / "children").read_text().split()]
    except OSError:
        return []


def fetched(urls: list[str], folder: Path) -> tuple[float, int, int, str]:
    """Seconds, the most bytes of the program and of its helpers, and what came of it."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(folder)}
    program = [sys.executable, "-m", "reader", "--archive", str(folder / "archive")]
    listed = folder / "urls"
    listed.write_text("\n".join(urls) + "\n")
    subprocess.run(
        [*program, "feeds", "import", str(listed)], env=env, check=True, stdout=subprocess.DEVNULL
    )
    process = subprocess.Popen([*program, "fetch"], env=env, stdout=subprocess.DEVNULL)
    begun = time.perf_counter()
    program_most = helper_most = 0
    while process.poll() is None and unasked(folder / "archive" / "archive.db"):
        program_most = max(program_most, most(process.pid))
        helper_most = max([helper_most, *map(most, helpers(process.pid))])
        time.sleep(0.25)
    seconds = time.perf_counter() - begun
    process.terminate()
    process.wait()
    with sqlite3.connect(folder / "archive" / "archive.db") as database:
        [articles] = database.execute("SELECT count(*) FROM article").fetchone()
        said = database.execute("SELECT DISTINCT reason FROM subscription").fetchall()
    reasons = "; ".join(reason for (reason,) in said if reason)
    return seconds, program_most, helper_most, f"{articles:,} articles; {reasons}".rstrip("; ")


def unasked(file: Path) -> bool:
    """Whether some feed has not been asked yet."""
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=5) as database:
        row = database.execute("SELECT 1 FROM subscription WHERE checked IS NULL LIMIT 1")
        return row.fetchone() is not None


def main() -> None:
    """Measure, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=10_000)
    parser.add_argument("--only", help="a word of the row wanted")
    args = parser.parse_args()
    count = args.feeds
    cases: list[tuple[str, int, Callable[[int], Iterator[bytes]], bool]] = [
        (f"{count:,} feeds of 5 articles", count, lambda n: items(n, 5), False),
        ("a gigabyte in gzip", 1, lambda n: bomb(), True),
        ("no end", 1, lambda n: endless(), False),
        ("a slow drip", 1, lambda n: drip(), False),
        ("100,000 entries", 1, lambda n: items(n, 100_000, 0), False),
        ("8 feeds of 15 MB at once", 8, lambda n: items(n, 3_000, 950), False),
        ("8 feeds of 20 MB at once", 8, lambda n: items(n, 4_000, 950), False),
    ]
    print("| what comes | seconds | program | largest helper | what came of it |")
    print("|---|---:|---:|---:|---|")
    for name, feeds, body, gzip in cases:
        if args.only and args.only not in name:
            continue
        with tempfile.TemporaryDirectory() as folder:
            urls = Server(body, gzip=gzip).urls(feeds)
            seconds, program, helper, said = fetched(urls, Path(folder))
        cells = (f"{seconds:.1f}", f"{program // _MB} MB", f"{helper // _MB} MB", said)
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
