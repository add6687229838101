"""What is packaged: the metadata is true, and everything needed is where the wheel takes it from.

The wheel itself is built, looked into, installed and used by `.ci/run`.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

from reader import __version__, sample

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "reader"


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def distribution(requirement: str) -> str:
    """The name in a requirement."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found
    return found[0].lower()


def imported() -> set[str]:
    """The top-level names of everything that the package imports, whenever it does."""
    names = set()
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_bytes())):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.split(".")[0])
    return names - set(sys.stdlib_module_names) - {"reader"}


def test_the_command_is_there() -> None:
    module, _, function = project()["project"]["scripts"]["onrecord"].partition(":")
    assert callable(getattr(import_module(module), function))


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    declared = {distribution(r) for r in project()["project"]["dependencies"]}
    provided = metadata.packages_distributions()
    used = {d.lower() for name in imported() for d in provided.get(name, [name])}
    assert used == declared - {"lxml-html-clean"}  # imported by trafilatura


def test_every_dependency_has_an_upper_bound() -> None:
    for requirement in project()["project"]["dependencies"]:
        assert "<" in requirement or "==" in requirement, requirement


def test_no_index_is_named_anywhere() -> None:
    # A package comes from wherever the user's pip is told to look.
    for file in [*ROOT.glob("*.toml"), *ROOT.glob("*.md"), *(ROOT / ".ci").iterdir()]:
        if file.is_file():
            assert "-".join(("index", "url")) not in file.read_text(), file


def test_the_type_marker_and_the_style_sheet_lie_in_the_package() -> None:
    assert (PACKAGE / "py.typed").is_file()
    assert (PACKAGE / "ui" / "app.tcss").is_file()
    assert (PACKAGE / "extraction" / "model.bin").stat().st_size < 5_000_000


def test_the_sample_is_found_from_a_checkout_and_goes_into_the_wheel() -> None:
    folder = sample.sample_files()
    assert folder is not None
    assert any(folder.rglob("*.txt"))
    wheel = project()["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["force-include"] == {"data": "reader/data"}


def test_the_changelog_begins_with_what_is_to_come_or_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text()
    first = re.search(r"^## \[([^]]+)\]", text, re.MULTILINE)
    assert first and first[1] in ("Unreleased", __version__)
