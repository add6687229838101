"""`onrecord show` and `onrecord export`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.program import Program
from tests.cli.test_import import ARTICLE


def number_of(program: Program, query: str) -> str:
    return str(program("search", query, "--json").objects[0]["id"])


def test_show_prints_the_whole_story(filled: Program) -> None:
    ran = filled("show", number_of(filled, "ploughs"))
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0] == "Snow Closes the Pass Road"
    assert lines[1] == "Eva Stern · Valley Post · 11 Mar 2026 · Weather"
    assert "longer by ninety kilometres." in ran.out
    assert max(map(len, lines)) <= 100


def test_show_with_quotes_says_who_said_what_below(filled: Program) -> None:
    number = number_of(filled, "wall")
    assert "\nMaria Okafor," in filled("show", number, "--quotes").out
    assert "\nMaria Okafor," not in filled("show", number).out


def test_show_json_has_the_contracts_keys(filled: Program) -> None:
    (one,) = filled("show", number_of(filled, "wall"), "--json").objects
    assert set(one) == ARTICLE
    assert one["subheads"] == ["A bigger bill"]


def test_show_with_links_says_where_they_lead_below(onrecord: Program, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    text = "The board met on Tuesday evening and read all of the report before it voted on it. "
    page.write_text(
        f"<h1>The Board Met</h1><article><p>{text * 3}</p><p>{text * 2}"
        '<a href="https://board.example/report">the report</a> <a href="javascript:x()">no</a> '
        f'<a href="https://board.example/report">again</a></p><p>{text * 2}</p></article>',
        "utf-8",
    )
    ran = onrecord("show", page, "--links")
    assert ran.out.endswith("\n[1] the report\n    https://board.example/report\n")
    (one,) = onrecord("show", page, "--links", "--json").objects
    assert one["links"] == [
        {"number": 1, "text": "the report", "url": "https://board.example/report"}
    ]
    assert "links" not in onrecord("show", page, "--json").objects[0]


def test_show_takes_a_file(onrecord: Program, stories: Path) -> None:
    ran = onrecord("show", stories / "pier.txt")
    assert ran.code == 0
    assert ran.out.startswith("Pier Opens Two Years Late\n")


@pytest.mark.parametrize("word", ["999", "9" * 40, "no-such-file.txt"])
def test_what_is_not_there_is_one_line_and_exit_code_1(filled: Program, word: str) -> None:
    ran = filled("show", word)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.count("\n") == 1


def test_the_whole_archive_as_json(filled: Program) -> None:
    ran = filled("export", "--format", "json")
    assert ran.code == 0
    found = json.loads(ran.out)
    assert [set(one) for one in found] == [ARTICLE | {"citation", "tags", "notes"}] * 3
    assert [one["date"] for one in found] == ["2026-03-11", "2026-03-09", "2026-03-03"]
    assert found[2]["citation"] == (
        "Ann Reed, “Pier Opens Two Years Late,” Harbour News, 3 March 2026."
    )


def test_quotations_as_csv(filled: Program) -> None:
    ran = filled("export", "late", "--format", "csv", "--quotes")
    (row,) = csv.DictReader(io.StringIO(ran.out, newline=""))
    assert row["speaker_name"] == "Maria Okafor"
    assert row["citation"].startswith("Maria Okafor, ")


@pytest.mark.parametrize("form", ["markdown", "html", "bibtex", "csl-json"])
@pytest.mark.parametrize("quotes", [[], ["--quotes"]])
def test_every_format_holds_what_matches_and_nothing_else(
    filled: Program, form: str, quotes: list[str]
) -> None:
    ran = filled("export", "late", "--format", form, *quotes)
    assert ran.code == 0
    assert "Pier Opens Two Years Late" in ran.out
    assert "Snow Closes" not in ran.out


def test_a_file_is_written_in_one_go_and_only_when_it_is_complete(
    filled: Program, tmp_path: Path
) -> None:
    file = tmp_path / "out.json"
    file.write_text("before")
    assert filled("export", '"unclosed', "--format", "json", "-o", file).code == 2
    assert file.read_text() == "before"
    ran = filled("export", "pier", "--format", "json", "-o", file)
    assert (ran.code, ran.out) == (0, "")
    assert len(json.loads(file.read_text())) == 2
    assert file.stat().st_mode & 0o600 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]


def test_nothing_to_export_is_exit_code_1(filled: Program) -> None:
    ran = filled("export", "zebra", "--format", "json")
    assert ran.code == 1
    assert json.loads(ran.out) == []
    assert "nothing matches" in ran.err


def test_a_format_must_be_named(filled: Program) -> None:
    assert filled("export").code == 2
    assert filled("export", "--format", "docx").code == 2


def test_an_export_can_be_limited(filled: Program) -> None:
    assert len(json.loads(filled("export", "--format", "json", "--limit", "2").out)) == 2
