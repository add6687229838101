"""Saved pages: title, byline, date and text, ours and trafilatura's alone, against what is right.

    python -m tests.benchmarks.pages PAGES EXPECTED [--errors]

PAGES is a folder of pages (.html or .html.gz), EXPECTED says what should come of them, in one of
these forms:

- a JSON object by file name: `{"a.html": {"title", "byline": [..] or null, "date": "2026-03-01",
  "text", "with": [..], "without": [..]}}`; a key that is left out is not judged;
- `ground-truth.json` of scrapinghub's article-extraction-benchmark (texts, by file stem);
- `evaldata.py` of trafilatura's tests (title, author, date, snippets with and without);
- a folder of folders with `source.html` and `expected-metadata.json`, as Readability's test pages
  (then PAGES is not looked at).

Ours is what `onrecord import PATH... --json` prints, 40 pages a call; theirs is `bare_extraction`
with its defaults and metadata. A byline is right when the names are the same, in any order and
case; a date when the day is. Texts are compared by runs of four words.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import gzip
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Expected = Mapping[str, Any]
_A_CALL = 40


@dataclass(frozen=True, slots=True)
class Page:
    """A page and what should come of it."""

    name: str
    data: bytes
    expected: Expected


@dataclass(slots=True)
class Score:
    """How often one system was right, by field: right and judged."""

    right: Counter[str] = field(default_factory=Counter)
    judged: Counter[str] = field(default_factory=Counter)
    shares: list[tuple[float, float, float]] = field(default_factory=list)
    """True positive, false positive and false negative shares of each text."""

    exact: int = 0
    errors: list[str] = field(default_factory=list)

    def judge(self, page: Page, found: Expected) -> None:
        """Count one page."""
        expected = page.expected
        for key in ("title", "date"):
            if expected.get(key):
                self._count(page, key, _plain(expected[key]), _plain(str(found.get(key) or "")))
        if "byline" in expected:
            names, ours = _names(expected["byline"]), _names(found.get("byline"))
            self._count(page, "byline" if names else "no byline", names, ours)
        body = str(found.get("body") or "")
        if expected.get("text"):
            self._compare(str(expected["text"]), body)
        for key, wanted in (("with", True), ("without", False)):
            flat = _plain(body)
            for snippet in expected.get(key, ()):
                self._count(page, key, wanted, _plain(snippet) in flat, snippet)

    def _count(self, page: Page, key: str, wanted: Any, got: Any, about: str = "") -> None:
        self.judged[key] += 1
        self.right[key] += wanted == got
        if wanted != got:
            self.errors.append(f"{page.name} {key}: {about or wanted!r} / {got!r}")

    def _compare(self, wanted: str, got: str) -> None:
        one, other = _runs(wanted), _runs(got)
        both = sum((one & other).values())
        extra, missing = sum(other.values()) - both, sum(one.values()) - both
        total = max(1, both + extra + missing)
        self.shares.append((both / total, extra / total, missing / total))
        self.exact += one == other

    def row(self, name: str, seconds: float, pages: int) -> str:
        """A line of the table."""
        cells = [name]
        for key in ("title", "byline", "no byline", "date", "with", "without"):
            judged = self.judged[key]
            cells.append(f"{self.right[key] / judged:.1%} of {judged}" if judged else "-")
        if self.shares:
            both, extra, missing = (sum(share) for share in zip(*self.shares, strict=True))
            f1 = 2 * both / max(1e-9, 2 * both + extra + missing)
            cells.append(f"{f1:.3f}, {self.exact / len(self.shares):.0%} exact")
        else:
            cells.append("-")
        cells.append(f"{seconds * 1000 / max(1, pages):.1f}")
        return f"| {' | '.join(cells)} |"


def _plain(text: str) -> str:
    """A title, a day or a text for comparing: quotation marks and blanks made alike."""
    if found := re.match(r"(\d{4}-\d\d-\d\d)(?:[T ]|\Z)", text):
        return found[1]
    text = re.sub("[‘’´`]", "'", text)
    text = re.sub("[“”„«»]", '"', text)
    return " ".join(text.replace("…", "...").split()).casefold()


def _names(given: object) -> frozenset[str]:
    """The names in a byline given as a list, or as one text with separators."""
    pieces = given if isinstance(given, list | tuple) else [given] if given else []
    split = [part for piece in pieces for part in re.split(r"\s*[;,]\s*|\s+and\s+", str(piece))]
    return frozenset(re.sub(r"[\W_]+", " ", part).strip().casefold() for part in split if part)


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    if len(words) < 4:
        return Counter([tuple(words)] if words else [])
    return Counter(tuple(words[at : at + 4]) for at in range(len(words) - 3))


def load(pages: Path, expected: Path) -> list[Page]:
    """The pages that have expectations, in the order of their names."""
    if expected.is_dir():
        return [_readability(folder) for folder in sorted(expected.iterdir()) if folder.is_dir()]
    if expected.suffix == ".py":
        table = dict(_evaldata(expected.read_text(encoding="utf-8")))
    else:
        table = json.loads(expected.read_text(encoding="utf-8"))
        if all("articleBody" in one for one in table.values()):
            table = {f"{name}.html": {"text": one["articleBody"]} for name, one in table.items()}
    found = ((name, _read(pages / name)) for name in sorted(table))
    return [Page(name, data, table[name]) for name, data in found if data is not None]


def _read(file: Path) -> bytes | None:
    packed = file.with_name(file.name + ".gz")
    if packed.is_file():
        return gzip.decompress(packed.read_bytes())
    return file.read_bytes() if file.is_file() else None


def _readability(folder: Path) -> Page:
    about = json.loads((folder / "expected-metadata.json").read_text(encoding="utf-8"))
    expected = {
        "title": about.get("title"),
        "byline": about.get("byline"),
        "date": (about.get("publishedTime") or "")[:10],
    }
    return Page(folder.name, (folder / "source.html").read_bytes(), expected)


def _evaldata(source: str) -> Iterator[tuple[str, Expected]]:
    """The pages of trafilatura's evaluation that have a file; "" means not annotated there."""
    for node in ast.parse(source).body:
        if not isinstance(node, ast.Assign):
            continue
        for one in ast.literal_eval(node.value).values():
            fields = {"title": one.get("title"), "date": one.get("date")}
            if one.get("author"):
                fields["byline"] = one["author"]
            parts = {key: one.get(key, []) for key in ("with", "without")}
            yield one["file"], {**fields, **parts}


def ours(pages: Sequence[Page]) -> Iterator[Expected]:
    """What `onrecord import --json` prints for each page; {} for one that is refused."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, page in enumerate(pages):
            file = Path(folder, f"{number:05}.html")
            file.write_bytes(page.data)
            files.append(file)
        for start in range(0, len(files), _A_CALL):
            call = files[start : start + _A_CALL]
            words = [sys.executable, "-m", "reader", "--archive", f"{folder}/archive{start}"]
            words += ["import", "--json", *map(str, call)]
            done = subprocess.run(words, capture_output=True, text=True, check=False)
            found = {one["path"]: one for one in map(json.loads, done.stdout.splitlines())}
            yield from (found.get(str(file), {}) for file in call)


def theirs(page: Page) -> Expected:
    """What trafilatura makes of a page by itself."""
    from trafilatura import bare_extraction

    found = bare_extraction(page.data, include_comments=False, with_metadata=True)
    if found is None or isinstance(found, dict):
        return {}
    return {"title": found.title, "byline": found.author, "date": found.date, "body": found.text}


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pages", type=Path)
    parser.add_argument("expected", type=Path)
    parser.add_argument("--errors", action="store_true", help="list what was wrong")
    args = parser.parse_args()
    from reader.errors import IntakeError
    from reader.ingest.pages.page import read_page

    pages = load(args.pages, args.expected)
    mine, other = Score(), Score()
    for page, found in zip(pages, ours(pages), strict=True):
        mine.judge(page, found)
    spent = [0.0, 0.0]
    for page in pages:
        began = time.process_time()
        other.judge(page, theirs(page))
        between = time.process_time()
        with contextlib.suppress(IntakeError):
            read_page(page.data)
        spent[0] += time.process_time() - between
        spent[1] += between - began
    print("| | title | byline | no byline | date | with | without | text F1 | CPU ms a page |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    print(mine.row("onrecord", spent[0], len(pages)))
    print(other.row("trafilatura alone", spent[1], len(pages)))
    if args.errors:
        print("\n".join(["", *mine.errors]))


if __name__ == "__main__":
    main()
