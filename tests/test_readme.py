"""The README says what the program does."""

from __future__ import annotations

import re
from pathlib import Path

from tests.readme import README, with_parts


def test_the_tables_of_keys_and_queries_are_those_of_the_program() -> None:
    text = README.read_text(encoding="utf-8")
    assert text == with_parts(text), "run: python -m tests.readme"


def test_every_picture_and_file_it_points_to_is_there() -> None:
    text = README.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if not target.startswith("http"):
            assert (README.parent / target).exists(), target


def test_it_names_the_two_commands() -> None:
    text = README.read_text(encoding="utf-8")
    assert "python3 -m pip install . && onrecord\n" in text
    assert "python3 -m pytest\n" in text
    assert Path(README.parent / ".ci" / "run").exists()
