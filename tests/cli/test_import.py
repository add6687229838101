"""`onrecord import`: what goes in, what it says about it."""

from __future__ import annotations

import os
from pathlib import Path

from tests.cli.program import Program
from tests.cli.stories import FERRY, PIER

ARTICLE = {
    "id", "title", "byline", "date", "outlet", "source", "url", "body", "path", "section",
    "subheads", "quotes", "speakers", "snippet",
}  # fmt: skip


def test_each_article_is_a_line_of_json_with_the_contracts_keys(
    onrecord: Program, stories: Path
) -> None:
    ran = onrecord("import", stories, "--json")
    assert ran.code == 0
    assert ran.err == ""
    assert [set(one) for one in ran.objects] == [ARTICLE] * 3
    by_title = {one["title"]: one for one in ran.objects}
    pier = by_title["Pier Opens Two Years Late"]
    assert pier["byline"] == "Ann Reed"
    assert pier["date"] == "2026-03-03"
    assert pier["outlet"] == pier["source"] == "Harbour News"
    assert pier["section"] == "Local"
    assert pier["subheads"] == ["A bigger bill"]
    assert pier["url"] is None
    assert pier["path"] == str(stories / "pier.txt")
    assert pier["body"].startswith("The harbour board said")
    assert "Maria Okafor" in pier["speakers"]
    assert pier["quotes"] > 0
    assert by_title["Night Ferry to Return After Strike"]["byline"] == ["Tom Hale", "Ida Brandt"]
    assert by_title["Snow Closes the Pass Road"]["speakers"] == []


def test_a_second_import_makes_no_second_copy(onrecord: Program, stories: Path) -> None:
    first = onrecord("import", stories)
    assert (first.code, first.out) == (0, "3 stories imported\n")
    second = onrecord("import", stories / "pier.txt", "--json")
    assert second.code == 0
    assert second.objects[0]["id"] is not None
    third = onrecord("import", stories)
    assert (third.code, third.out) == (0, "0 stories imported, 3 there already\n")


def test_a_file_that_is_no_article_is_one_line_and_the_others_come_in(
    onrecord: Program, stories: Path
) -> None:
    (stories / "a-picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    ran = onrecord("import", stories)
    assert ran.code == 1
    assert ran.out == "3 stories imported, 1 refused\n"
    assert ran.err.startswith(f"onrecord: {stories / 'a-picture.txt'}: ")
    assert ran.err.count("\n") == 1
    told = onrecord("import", stories, "--json")
    assert told.code == 1
    (refused,) = [one for one in told.objects if "error" in one]
    assert set(refused) == {"error", "path"}
    assert refused["path"] == str(stories / "a-picture.txt")


def test_a_missing_file_is_one_line(onrecord: Program) -> None:
    ran = onrecord("import", "no-such-file.txt")
    assert ran.code == 1
    assert ran.err.startswith("onrecord: no-such-file.txt: ")


def test_stdin_is_read_for_a_dash(onrecord: Program) -> None:
    ran = onrecord("import", "-", "--json", stdin=PIER)
    assert ran.code == 0
    assert ran.objects[0]["title"] == "Pier Opens Two Years Late"


def test_the_outlet_can_be_given(onrecord: Program) -> None:
    ran = onrecord("import", "-", "--outlet", "Evening Mail", "--json", stdin=PIER)
    assert ran.objects[0]["source"] == "Evening Mail"


def test_the_sample_can_be_brought_in(onrecord: Program) -> None:
    ran = onrecord("import", "--sample")
    assert " imported" in ran.out
    assert int(ran.out.split()[0]) > 10


def test_a_list_of_subscriptions_is_no_article_and_no_error(onrecord: Program) -> None:
    opml = (
        '<?xml version="1.0"?><opml version="2.0"><head/><body>'
        '<outline text="Ledger" type="rss" xmlUrl="https://ledger.example/feed.xml"/></body></opml>'
    )
    ran = onrecord("import", "-", "--json", stdin=opml)
    assert ran.code == 0
    assert ran.objects == [
        {"kind": "subscription", "title": "Ledger", "url": "https://ledger.example/feed.xml"}
    ]
    assert "1 subscription left aside" in onrecord("import", "-", stdin=opml).out


def test_nothing_to_import_is_wrong_usage(onrecord: Program) -> None:
    ran = onrecord("import")
    assert ran.code == 2
    assert not onrecord.archive.exists()


def test_hostile_file_names_do_no_harm(onrecord: Program, tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    names = [
        b"a\x1b[31mred.txt", b"two\nlines.txt", b"--json.txt", b"bad\xff\xfe.txt",
        b"[bold]x[-] :bomb:.txt", "caf\u00e9 \u202etxt.txt".encode(), b"\xc2\x9b2J.txt",
    ]  # fmt: skip
    for number, name in enumerate(names):
        story = (PIER if number % 2 else FERRY).replace("Night", f"Night {number}")
        story = story.replace("Pier Opens", f"Pier {number} Opens")
        (folder / os.fsdecode(name)).write_text(story)
    (folder / os.fsdecode(b"none\x1b]0;x\x07\xff.txt")).write_bytes(b"\x00\x01\x02" * 400)
    ran = onrecord("import", folder, "--json")
    assert ran.code == 1
    assert len([one for one in ran.objects if "title" in one]) == len(names)
    assert not set("\x1b\x9b\x07\x7f\u202e") & set(ran.out)
    assert str(folder / "[bold]x[-] :bomb:.txt") in [one["path"] for one in ran.objects]
    told = onrecord("import", folder)
    assert not set("\x1b\x9b\x07\x7f\u202e") & set(told.out + told.err)


def test_a_file_named_like_an_option_goes_after_two_dashes(onrecord: Program) -> None:
    (onrecord.home / "--json").write_text(PIER)
    ran = onrecord("import", "--", "--json")
    assert (ran.code, ran.out) == (0, "1 story imported\n")


def test_what_cannot_be_kept_is_no_success(onrecord: Program, stories: Path) -> None:
    (onrecord.home / "file").write_text("no folder")
    ran = onrecord("import", stories, "--archive", onrecord.home / "file" / "archive")
    assert ran.code == 1
    assert "nothing is kept when onrecord ends" in ran.err
