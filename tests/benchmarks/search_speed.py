"""How quickly the index answers and is built, beside FTS5 on the same articles and queries.

    python -m tests.benchmarks.search_speed NEWS.jsonl [ARTICLES] [--keep FOLDER]

NEWS.jsonl holds an article a line, oldest first, with its quotations under "quotes". With --keep
the index and the FTS5 table are left in FOLDER, and taken from there the next time. Queries are
drawn from the articles (seeded). Times are CPU milliseconds of the asking thread, each query asked
once, in mixed order. "newest" is the first 50 newest first, for our index with a total that may be
an estimate; "counted" is the exact total by itself. What phrases need is loaded before, as the
screen does; what that costs is told apart.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from reader.core.records import Sort
from reader.search.analysis import words
from reader.search.backend import SearchDocument, SearchQuotation
from reader.search.index import ArchiveIndex

EACH = 25
Question = tuple[str, str, str, bool]
"""Kind, our query, the same for FTS5 (or empty), whether the last word is unfinished."""


def main() -> None:
    """Build both (or find them), ask everything, print the tables."""
    options = argparse.ArgumentParser()
    options.add_argument("news", type=Path)
    options.add_argument("articles", type=int, nargs="?", default=20_000)
    options.add_argument("--keep", type=Path)
    options.add_argument("--build-only", action="store_true")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = given.keep or Path(folder)
        place.mkdir(exist_ok=True)
        _build(given.news, given.articles, place)
        if given.build_only:
            return
        _opening(place)
        _ask(given.news, given.articles, place)


def documents(news: Path, count: int) -> Iterator[SearchDocument]:
    """The articles of the file as the index takes them."""
    number = 0
    with news.open(encoding="utf-8") as lines:
        for at, line in enumerate(islice(lines, count), start=1):
            article = json.loads(line)
            quotations = []
            for speaker, text, kind in article.get("quotes", ()):
                number += 1
                names = (speaker,) if speaker else ()
                kind = kind if kind == "indirect" else "direct"
                quotations.append(SearchQuotation(number, text, kind, names))
            yield SearchDocument(
                at,
                article["title"],
                article["body"],
                byline=(article["byline"],) if article["byline"] else (),
                outlet=article["source"],
                url=article["url"],
                published_key=int(dt.datetime.fromisoformat(article["date"]).timestamp()),
                quotations=tuple(quotations),
            )


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _build(news: Path, count: int, place: Path) -> None:
    def ours() -> None:
        with ArchiveIndex.create(place / "index") as index:
            index.add(documents(news, count))

    def fts() -> None:
        table = sqlite3.connect(place / "fts.db")
        table.execute(
            "CREATE VIRTUAL TABLE news USING fts5(title, body, outlet, speakers, content='', "
            "prefix='2 3 4', tokenize='porter unicode61')"
        )
        rows = (
            (d.id, d.title, d.body, d.outlet, " ".join(n for q in d.quotations for n in q.speaker))
            for d in documents(news, count)
        )
        table.executemany(
            "INSERT INTO news(rowid, title, body, outlet, speakers) VALUES (?,?,?,?,?)", rows
        )
        table.execute("CREATE TABLE dates(id INTEGER PRIMARY KEY, day INTEGER)")
        table.executemany(
            "INSERT INTO dates VALUES (?,?)",
            ((d.id, d.published_key) for d in documents(news, count)),
        )
        table.commit()
        table.close()

    print(f"{count:,} articles\n")
    both = (("onrecord", ours, "index"), ("FTS5, prefix='2 3 4'", fts, "fts.db"))
    missing = [part for part in both if not (place / part[2]).exists()]
    if not missing:
        return
    reading = _cpu(lambda: sum(1 for _ in documents(news, count)))
    print("| built | articles a CPU second | size, MB |\n|---|---:|---:|")
    for name, work, path in missing:
        seconds = _cpu(work) - reading * (1 if name == "onrecord" else 2)
        files = [place / path, *(place / path).glob("*")] if path == "index" else [place / path]
        size = sum(file.stat().st_size for file in files if file.is_file())
        print(f"| {name} | {count / seconds:,.0f} | {size / 1e6:,.0f} |")
    print()


OPENING = """
import resource, sys, time
from pathlib import Path
import reader.search.parser
def now():
    with open("/proc/self/statm") as numbers:
        return int(numbers.read().split()[1]) * 4096 / 1e6
before, start = now(), time.process_time()
from reader.search.index import ArchiveIndex
loaded = time.process_time()
index = ArchiveIndex.open(Path(sys.argv[1]))
total = index.search("minister").total
answered, memory = time.process_time(), now()
index.prepare()
print(f"| {1000 * (loaded - start):.0f} | {1000 * (answered - loaded):.0f} | {memory - before:.0f} "
      f"| {1000 * (time.process_time() - answered):.0f} | {now() - memory:.0f} |")
"""


def _opening(place: Path) -> None:
    print(
        "| importing the index, CPU ms | opening and first answer, CPU ms | memory more, MB "
        "| getting ready for phrases, CPU ms | memory more, MB |"
    )
    print("|---:|---:|---:|---:|---:|")
    subprocess.run([sys.executable, "-c", OPENING, str(place / "index")], check=True)
    print()


def questions(news: Path, count: int) -> list[Question]:
    """Queries of each kind, drawn from the articles."""
    chance = random.Random(1)
    counted: Counter[str] = Counter()
    sample = []
    for document in documents(news, count):
        if document.id % max(1, count // 3000) == 0:
            sample.append(document)
            counted.update(set(words(document.body)))
    ranked = [word for word, _ in counted.most_common() if word.isalpha() and len(word) > 2]
    common, rare = ranked[20:400], [word for word in ranked[5000:] if counted[word] <= 3]
    found: list[Question] = []

    def add(kind: str, ours: str, fts: str, typing: bool = False) -> None:
        found.append((kind, ours, fts, typing))

    for _ in range(EACH):
        document = chance.choice(sample)
        one, two, three = chance.sample(common, 3)
        add("1 common word", one, one)
        add("1 rare word", (word := chance.choice(rare)), word)
        add("2 words", f"{one} {two}", f"{one} AND {two}")
        add("3 common words", f"{one} {two} {three}", f"{one} AND {two} AND {three}")
        body = words(document.body)
        at = chance.randrange(len(body) - 3)
        phrase = " ".join(body[at : at + chance.choice((2, 3))])
        add("phrase", f'"{phrase}"', f'"{phrase}"')
        for letters in (1, 2, 3, 5):
            start = chance.choice(common)[:letters]
            add(f"beginning, {letters} letters", start, f"{start}*", typing=True)
        wrong = chance.choice([word for word in common if len(word) > 5])
        spot = chance.randrange(1, len(wrong) - 1)
        add("typing mistake", f"~{wrong[:spot]}{wrong[spot + 1 :]}", "")
        title = chance.choice([word for word in words(document.title) if len(word) > 3] or ["war"])
        add("title:", f"title:{title}", f"title:{title}")
        speakers = [name for q in document.quotations for name in q.speaker] or ["Smith"]
        speaker = chance.choice(speakers).split()[-1]
        add("speaker:", f"speaker:{speaker}", f'speakers:"{speaker}"')
        month = dt.datetime.fromtimestamp(document.published_key, dt.UTC)
        add("word and month", f"{one} date:{month:%Y-%m}", one + "\n" + f"{month:%Y-%m}")
        outlet = document.outlet
        add("word and outlet", f'{one} outlet:"{outlet}"', f'{one} AND outlet:"{outlet}"')
        add("near/5", f"{one} near/5 {two}", f"NEAR({one} {two}, 4)")
        add("same sentence", f"{one} /s {two}", "")
        add("not", f"{one} -{two}", f"{one} NOT {two}")
    chance.shuffle(found)
    return found


def _months(table: sqlite3.Connection, month: str) -> tuple[int, int]:
    first = dt.datetime.fromisoformat(month + "-01").replace(tzinfo=dt.UTC)
    last = (first + dt.timedelta(days=32)).replace(day=1)
    rows = table.execute(
        "SELECT min(id), max(id) FROM dates WHERE day >= ? AND day < ?",
        (int(first.timestamp()), int(last.timestamp())),
    )
    low, high = rows.fetchone()
    return low or 0, high or 0


def _ask(news: Path, count: int, place: Path) -> None:
    index = ArchiveIndex.open(place / "index")
    table = sqlite3.connect(place / "fts.db")
    asked = questions(news, count)
    index.search("warming up")
    index.prepare()
    times: dict[str, dict[str, list[float]]] = {}

    def measure(kind: str, column: str, work: Callable[[], object]) -> None:
        start = time.thread_time()
        work()
        spent = 1000 * (time.thread_time() - start)
        for name in (kind, "all"):
            times.setdefault(name, {}).setdefault(column, []).append(spent)

    for kind, ours, fts, typing in asked:
        measure(kind, "newest", lambda: index.search(ours, as_you_type=typing))  # noqa: B023
        measure(
            kind,
            "counted",
            lambda: index.search(ours, as_you_type=typing, limit=0, exact=True),  # noqa: B023
        )
        measure(
            kind,
            "best",
            lambda: index.search(ours, as_you_type=typing, sort=Sort.RELEVANCE),  # noqa: B023
        )
        measure(kind, "quotations", lambda: index.search_quotations(ours, as_you_type=typing))  # noqa: B023
        if fts:
            match, _, month = fts.partition("\n")
            low, high = _months(table, month) if month else (0, 1 << 40)
            between = "rowid BETWEEN ? AND ?"
            for column, order in (("FTS5 newest", "rowid DESC"), ("FTS5 best", "rank")):
                where = f"news MATCH ? AND {between}"
                query = f"SELECT rowid FROM news WHERE {where} ORDER BY {order} LIMIT 50"
                measure(kind, column, lambda: table.execute(query, (match, low, high)).fetchall())  # noqa: B023
    columns = ("newest", "FTS5 newest", "counted", "best", "FTS5 best", "quotations")
    print("CPU ms, median / 95 % / worst\n")
    print("| query | " + " | ".join(columns) + " |")
    print("|---|" + "---:|" * len(columns))
    for kind in (*dict.fromkeys(kind for kind, *_ in sorted(asked)), "all"):
        row = [kind]
        for column in columns:
            found = sorted(times[kind].get(column, []))
            if found:
                worst = found[int(len(found) * 0.95)]
                row.append(f"{found[len(found) // 2]:.1f} / {worst:.1f} / {found[-1]:.0f}")
            else:
                row.append("-")
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
