"""Who may import what: seen in fresh interpreters, since a deferred import shows only there."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "reader"
THIRD_PARTY = {
    "textual",
    "rich",
    "whoosh",
    "trafilatura",
    "lxml",
    "feedparser",
    "dateparser",
    "httpx",
    "selectolax",
    "pycrfsuite",
    "numpy",
}
PARTS = {"ingest", "extraction", "storage", "search", "core", "errors"}
MAY_IMPORT = {
    "core": {"core", "errors"},
    "extraction": {"extraction", "core", "errors"},
    "storage": {"storage", "core", "errors"},
    "search": {"search", "core", "errors"},
    "ingest": {"ingest", "core", "errors"},
    "archive": {"archive", *PARTS},
    "feeds": {"feeds", "archive", *PARTS},
}
"""Parts of the package by folder, and the parts whose names they may mention in an import."""


def modules_after(code: str) -> set[str]:
    """The modules that are loaded in a new interpreter after `code` has run."""
    script = f"{code}\nimport json, sys\nprint('modules', json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    [line] = [line for line in done.stdout.splitlines() if line.startswith("modules ")]
    return set(json.loads(line.removeprefix("modules ")))


def third_party(modules: set[str]) -> set[str]:
    """The heavy libraries among the modules."""
    return {name.split(".")[0] for name in modules} & THIRD_PARTY


def part_of(path: Path) -> str:
    """The folder or file of the package that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def files() -> list[Path]:
    """Every Python file of the package."""
    return sorted(PACKAGE.rglob("*.py"))


def test_the_core_imports_the_standard_library_alone() -> None:
    names = [f"reader.core.{path.stem}" for path in sorted((PACKAGE / "core").glob("[a-z]*.py"))]
    loaded = modules_after("".join(f"import {name}\n" for name in names))
    ours = {m for m in loaded if m.startswith("reader.")}
    assert {m for m in ours if not m.startswith("reader.core")} <= {"reader.errors"}
    outside = {m.split(".")[0] for m in loaded} - set(sys.stdlib_module_names) - {"reader"}
    # What a site's own startup files load is not our affair.
    assert outside <= {m.split(".")[0] for m in modules_after("pass")}


@pytest.mark.parametrize("part", sorted(MAY_IMPORT))
def test_the_parts_do_not_reach_into_each_other(part: str) -> None:
    wrong = []
    for path in sorted((PACKAGE / part).rglob("*.py")):
        for line in path.read_text("utf-8").splitlines():
            match = re.match(r"\s*(?:from|import) reader(?:\.(\w+))?", line)
            if match and match[1] and match[1] not in MAY_IMPORT[part]:
                wrong.append(f"{path.relative_to(ROOT)}: {line.strip()}")
    assert wrong == []


@pytest.mark.parametrize(
    ("library", "part"), [("textual", "ui"), ("whoosh", "search"), ("sqlite3", "storage")]
)
def test_a_library_is_used_in_one_place_only(library: str, part: str) -> None:
    pattern = re.compile(rf"^\s*(?:from|import) {library}\b", re.MULTILINE)
    users = {part_of(path) for path in files() if pattern.search(path.read_text("utf-8"))}
    assert users <= {part}


def test_only_storage_writes_sql() -> None:
    pattern = re.compile(
        r"[\"'\s](?:SELECT\s.+\sFROM\s|INSERT INTO\s|UPDATE \w+ SET\s|DELETE FROM\s|PRAGMA )"
    )
    users = {part_of(path) for path in files() if pattern.search(path.read_text("utf-8"))}
    assert users == {"storage"}


def test_the_version_costs_nothing() -> None:
    loaded = modules_after("from reader.cli import main\nmain(['--version'])")
    assert third_party(loaded) == set()
    assert "sqlite3" not in loaded


def test_opening_an_archive_loads_neither_screen_nor_index_nor_engine(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path\nfrom reader.library import Library\n"
        f"library = Library.open(Path({str(tmp_path / 'archive')!r}))\n"
        "library.rows(library.article_ids())\nlibrary.unread_count()\nlibrary.close()"
    )
    loaded = modules_after(code)
    assert third_party(loaded) == set()
    parts = {name.split(".")[1] for name in loaded if name.startswith("reader.")}
    assert not parts & {"ui", "search", "extraction", "ingest"}


def test_searching_loads_no_screen_and_no_engine(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path\nfrom reader.library import Library\n"
        f"library = Library.open(Path({str(tmp_path / 'archive')!r}))\n"
        "library.search('word')\nlibrary.close()"
    )
    loaded = modules_after(code)
    assert third_party(loaded) == {"whoosh"}
    assert not [name for name in loaded if name.startswith(("reader.ui", "reader.extraction"))]


def test_no_file_is_long() -> None:
    # Two hundred lines are a file, four hundred a question, and this many are two files.
    long = {
        str(path.relative_to(ROOT)): lines
        for path in files()
        if (lines := len(path.read_text("utf-8").splitlines())) > 550
    }
    assert long == {}


def test_every_file_begins_with_what_it_is_for() -> None:
    import ast

    assert [
        str(path.relative_to(ROOT))
        for path in files()
        if not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ] == []
