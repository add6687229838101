"""Our reader of feeds against feedparser's own test suite: are the entries counted right?

    pip download --no-deps --no-binary :all: feedparser && tar xzf feedparser-*.tar.gz
    python -m tests.benchmarks.feedparser_suite feedparser-*/tests [--all]

Every file of the suite is read as if it had been fetched (with the headers that the file asks for),
and its articles are counted beside feedparser's entries; feedparser must be installed. Prints a
Markdown table and the files that differ. Without `--all`, files in which feedparser finds no entry
are read for crashes only.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

from reader.feeds.parsing import FeedBytes, read_feed

_HEADER = re.compile(rb"Header:\s+([\w-]+):\s*(.+?)\s*$", re.MULTILINE)
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]+)", re.IGNORECASE)
ADDRESS = "http://127.0.0.1:8097/feed.xml"


def headers_of(data: bytes) -> dict[str, str]:
    """The answer's headers that a file of the suite asks for."""
    found = {name.decode().lower(): value.decode() for name, value in _HEADER.findall(data[:2000])}
    return {"content-type": "application/xml", "content-location": ADDRESS, **found}


def theirs(data: bytes, headers: dict[str, str]) -> int:
    """How many entries feedparser finds."""
    import feedparser

    return len(feedparser.parse(data, response_headers=headers).entries)


def ours(data: bytes, headers: dict[str, str]) -> int:
    """How many articles we find; -1 where we see no feed. Raises for nothing but a crash."""
    charset = _CHARSET.search(headers["content-type"])
    read = read_feed(FeedBytes(data, ADDRESS, ADDRESS, charset[1] if charset else None))
    return len(read.articles) if read.usable else -1


def main() -> None:
    """Read all, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--all", action="store_true")
    args = parser.parse_args()
    counts: Counter[str] = Counter()
    for file in sorted(args.folder.rglob("*.xml")):
        data = file.read_bytes()
        headers = headers_of(data)
        counts["files"] += 1
        expected = theirs(data, headers)
        try:
            found = ours(data, headers)
        except Exception as error:  # whatever it is, it is what is looked for here
            counts["crashes"] += 1
            print(f"{file}: {error!r}")
            continue
        if expected or args.all:
            counts["with entries"] += 1
            if max(found, 0) == expected:
                counts["counted right"] += 1
            else:
                print(f"{file.relative_to(args.folder)}: {expected} entries, {found} articles")
    print("| files | crashes | with entries | counted right |\n|---|---|---|---|")
    print("| {files} | {crashes} | {with entries} | {counted right} |".format_map(counts))


if __name__ == "__main__":
    main()
