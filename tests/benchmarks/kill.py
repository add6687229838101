"""Kill the program at random moments, again and again, and look whether anything is lost.

    python -m tests.benchmarks.kill [KILLS]

A child imports, marks, rebuilds the index, changes and removes articles in one archive; it says on
stdout what is done. After each SIGKILL a new process opens the archive and checks: all that was
acknowledged is there, the database is sound, the marks are right; every tenth time also that index
and store agree once what was pending is indexed. Prints a Markdown table; exit code 1 on any loss.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from reader.errors import ReaderError
from reader.library import Library

ROOT = Path(__file__).resolve().parents[2]
STORIES = 3000


def main() -> None:
    """Run the child when called as one, else the whole test."""
    if sys.argv[1:2] == ["child"]:
        child(Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
        return
    kills = int((sys.argv[1:] or ["100"])[0])
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        news = place / "news"
        news.mkdir()
        for part in range(10):
            _write(news / f"{part}.jsonl", part)
        expected: dict[int, bool] = {}
        for number in range(kills):
            _round(place / "archive", news, number, expected, counts)
            _look(place / "archive", expected, counts, deep=number % 10 == 9 or number == kills - 1)
    print("| what | times |\n|---|---:|")
    for name in (
        "kills", "while importing", "while marking", "while rebuilding", "while removing",
        "articles acknowledged", "marks acknowledged", "articles lost", "marks lost",
        "archives that did not open", "findings in the database", "findings in the index",
    ):  # fmt: skip
        print(f"| {name} | {counts[name]:,} |")
    bad = ("articles lost", "marks lost", "archives that did not open", "findings in the database")
    sys.exit(any(counts[name] for name in (*bad, "findings in the index")))


def _write(file: Path, part: int) -> None:
    with file.open("w", encoding="utf-8") as lines:
        for n in range(part, STORIES, 10):
            body = (
                f"The council of town number {n} met on Monday about the bridge.\n\n"
                f"“It is closed {n} times a year,” said Ana Ruiz{n % 40}.\n\n"
                f"Mayor Bo Lind said that town {n} would wait."
            )
            lines.write(json.dumps({"title": f"Story {n}", "body": body}) + "\n")


def child(archive: Path, news: Path, seed: int) -> None:
    """Do all that changes an archive, in random order, and say so when it is done."""
    from reader.archive import importing, indexing

    importing.BATCH = 20
    indexing.CHUNK = 100
    rng = random.Random(seed)
    library = Library.open(archive)
    while True:
        job = rng.choice(["import", "import", "mark", "rebuild", "remove"])
        print("begin", job, flush=True)
        if job == "import":
            for outcome in library.import_paths([news / f"{rng.randrange(10)}.jsonl"]):
                print("stored", outcome.id, flush=True)
        elif job == "mark":
            for id in rng.choices(list(library.article_ids()) or [0], k=40):
                on = rng.random() < 0.5
                library.set_read([id], on)
                print("marked", id, int(on), flush=True)
        elif job == "rebuild":
            library.rebuild()
        else:
            ids = rng.choices(list(library.article_ids()) or [0], k=5)
            print("removing", *ids, flush=True)
            library.remove(ids)


def _round(
    archive: Path, news: Path, number: int, expected: dict[int, bool], counts: Counter[str]
) -> None:
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.benchmarks.kill",
            "child",
            str(archive),
            str(news),
            str(number),
        ],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    # The moment is random, and never waited for by looking at the clock of this process alone.
    until = time.monotonic() + random.Random(number).uniform(0.0, 2.5)
    lines = [first]
    while time.monotonic() < until:
        lines.append(process.stdout.readline())
    process.kill()
    lines += process.stdout.readlines()
    process.wait()
    process.stdout.close()
    job = ""
    for line in lines:
        if not line.endswith("\n"):
            continue
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
    counts["kills"] += 1
    doing = {"import": "importing", "mark": "marking", "rebuild": "rebuilding"}
    counts[f"while {doing.get(job, 'removing')}"] += 1


def _look(archive: Path, expected: dict[int, bool], counts: Counter[str], *, deep: bool) -> None:
    try:
        library = Library.open(archive)
    except ReaderError as error:
        print(error, file=sys.stderr)
        counts["archives that did not open"] += 1
        return
    there = set(library.article_ids())
    read = there - set(library.article_ids(unread=True))
    counts["articles lost"] += len(expected.keys() - there)
    # A mark that was set but not yet acknowledged may be there: at most one a kill.
    wrong = [id for id, on in expected.items() if id in there and (id in read) != on]
    counts["marks lost"] += max(0, len(wrong) - 1)
    for id in wrong:
        expected[id] = id in read
    for id in there - expected.keys():
        expected[id] = id in read
    findings = [f for f in library.check() if f.kind != "index"]
    counts["findings in the database"] += len(findings)
    for finding in findings:
        print(finding.message, file=sys.stderr)
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
