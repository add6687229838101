"""`onrecord quotes`: over files, over the archive, and as a filter."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.program import Program
from tests.cli.stories import PIER
from tests.cli.test_search import QUOTATION

TEXT = '"We would rather be late than wrong," said Maria Okafor, the board\'s chair.'


def test_the_quotations_of_a_file_have_the_contracts_keys(onrecord: Program, stories: Path) -> None:
    ran = onrecord("quotes", stories / "pier.txt", "--json")
    assert ran.code == 0
    assert all(set(one) == QUOTATION for one in ran.objects)
    first = next(one for one in ran.objects if "rather" in one["text"])
    assert first["speaker_name"] == "Maria Okafor"
    assert first["article"] == str(stories / "pier.txt")
    body = onrecord("show", stories / "pier.txt", "--json").objects[0]["body"]
    assert "rather be late" in body[slice(*first["content"][0])]


def test_reading_files_does_not_touch_the_archive(onrecord: Program, stories: Path) -> None:
    assert onrecord("quotes", stories).code == 0
    assert onrecord("show", stories / "pier.txt").code == 0
    assert not onrecord.archive.exists()
    assert list(onrecord.home.iterdir()) == []


def test_plain_output_names_speaker_and_words(onrecord: Program) -> None:
    ran = onrecord("quotes", "-", stdin=PIER)
    assert ran.code == 0
    assert "Maria Okafor" in ran.out
    assert "rather be late than wrong" in ran.out


def test_explain_says_how_a_quotation_was_found(onrecord: Program) -> None:
    ran = onrecord("quotes", "-", "--explain", stdin=PIER)
    assert "cue “said”" in ran.out
    assert "mention “Maria Okafor" in ran.out
    assert "confidence 0." in ran.out


def test_without_a_path_the_archive_is_asked(filled: Program) -> None:
    ran = filled("quotes", "--json")
    assert ran.code == 0
    assert {one["title"] for one in ran.objects} == {
        "Pier Opens Two Years Late", "Night Ferry to Return After Strike",
    }  # fmt: skip
    assert all(set(one) == QUOTATION for one in ran.objects)
    some = filled("quotes", "--matching", "islands", "--json")
    assert [one["speaker_name"] for one in some.objects] == ["Peter Lund"]
    assert len(filled("quotes", "--limit", "1", "--json").objects) == 1
    assert filled("quotes", "--sort", "oldest", "--json").objects[0]["date"] == "2026-03-03"


def test_a_file_without_quotations_is_exit_code_1(onrecord: Program, stories: Path) -> None:
    ran = onrecord("quotes", stories / "snow.txt")
    assert ran.code == 1
    assert "nobody is quoted" in ran.err


def test_a_file_that_is_no_article_does_not_hide_the_others(
    onrecord: Program, stories: Path
) -> None:
    (stories / "bad.txt").write_bytes(bytes(range(256)) * 8)
    ran = onrecord("quotes", stories, "--json")
    assert ran.code == 1
    assert any("error" in one for one in ran.objects)
    assert any(one.get("speaker_name") == "Maria Okafor" for one in ran.objects)


@pytest.mark.parametrize(
    "words",
    [
        ["quotes", "x.txt", "--limit", "3"],
        ["quotes", "--explain"],
        ["quotes", "--jsonl", "x.txt"],
        ["quotes", "--jsonl", "--jobs", "0"],
        ["quotes", "--jsonl", "--jobs", "two"],
    ],
)
def test_options_that_do_not_go_together_are_wrong_usage(
    onrecord: Program, words: list[str]
) -> None:
    ran = onrecord(*words)
    assert (ran.code, ran.out) == (2, "")


def lines(*objects: object) -> str:
    return "".join(json.dumps(one) + "\n" for one in objects)


def test_the_filter_answers_every_line_in_order(onrecord: Program) -> None:
    ran = onrecord(
        "quotes", "--jsonl", stdin=lines({"id": "a", "text": TEXT}, {"id": 2, "text": "No."})
    )
    assert ran.code == 0
    first, second = ran.objects
    assert second == {"id": 2, "quotes": []}
    assert set(first) == {"id", "quotes"}
    (quotation,) = first["quotes"]
    assert set(quotation) == {
        "content", "cue", "speaker", "speaker_name", "role", "kind", "confidence",
    }  # fmt: skip
    assert quotation["speaker_name"] == "Maria Okafor"
    assert TEXT[slice(*quotation["speaker"])].startswith("Maria Okafor")
    assert TEXT[slice(*quotation["cue"])] == "said"
    assert "rather be late" in TEXT[slice(*quotation["content"][0])]


def test_offsets_count_characters_of_the_text_as_given(onrecord: Program) -> None:
    text = "\u202e\x1b[2J\U0001f600\tA\u0301\r\n\r\n" + TEXT
    ran = onrecord("quotes", "--jsonl", stdin=lines({"id": 1, "text": text}))
    (quotation,) = ran.objects[0]["quotes"]
    assert text[slice(*quotation["speaker"])].startswith("Maria Okafor")


def test_a_line_that_is_no_such_object_gives_an_error_in_its_place(onrecord: Program) -> None:
    text = 'nonsense\n[1]\n{"id": 1}\n{"text": 3, "id": 1}\n' + lines({"id": "b", "text": "x"})
    ran = onrecord("quotes", "--jsonl", stdin=text.encode() + b'{"id": 1, "text": "\xff"}\n')
    assert ran.code == 1
    *wrong, good, odd = ran.objects
    assert [set(one) for one in wrong] == [{"id", "error"}] * 4
    assert all(one["id"] is None for one in wrong)
    assert good == {"id": "b", "quotes": []}
    assert odd["id"] in (1, None)


def test_several_processes_give_the_same_as_one(onrecord: Program) -> None:
    many = lines(*({"id": number, "text": TEXT * (number % 3)} for number in range(40)))
    one = onrecord("quotes", "--jsonl", stdin=many)
    two = onrecord.apart("quotes", "--jsonl", "--jobs", "2", stdin=many)
    assert one.out == two.out
    assert [each["id"] for each in two.objects] == list(range(40))


def test_the_filter_needs_no_archive_and_makes_none(onrecord: Program) -> None:
    onrecord("quotes", "--jsonl", stdin="")
    assert not onrecord.archive.exists()
