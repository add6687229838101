"""What the tests of the command line start from."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.program import Program
from tests.cli.stories import write_stories


@pytest.fixture
def onrecord(tmp_path: Path) -> Program:
    """The program, with nothing in its archive."""
    return Program(tmp_path)


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    """A folder of three stories."""
    return write_stories(tmp_path / "stories")


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The program with three stories in its archive, for tests that only ask."""
    folder = tmp_path_factory.mktemp("filled")
    program = Program(folder)
    ran = program("import", write_stories(folder / "stories"))
    assert ran.code == 0, ran
    return program


@pytest.fixture
def changing(filled: Program, onrecord: Program) -> Program:
    """The program with the same three stories, for tests that do something with them."""
    shutil.copytree(filled.archive, onrecord.archive)
    return onrecord
