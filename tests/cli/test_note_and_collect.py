"""`onrecord note` and `onrecord collect`."""

from __future__ import annotations

import json

from tests.cli.program import Program


def number(onrecord: Program, query: str) -> str:
    """The number of the one article that matches."""
    (one,) = onrecord("search", query, "--json").objects
    return str(one["id"])


def test_a_note_is_written_read_added_to_and_taken_away(changing: Program) -> None:
    article = number(changing, "ploughs")
    assert changing("note", article, "Call", "the", "mayor.").code == 0
    assert changing("note", article).out == f"{article:>6}\n        Call the mayor.\n"
    assert changing("note", article, "--append", "-", stdin="Tomorrow.\n").code == 0
    assert [one["text"] for one in changing("note", "--json").objects] == [
        "Call the mayor.\nTomorrow."
    ]
    assert number(changing, "note:tomorrow") == article
    ran = changing("note", article, "--delete", "--json")
    assert ran.objects[0]["before"] == "Call the mayor.\nTomorrow."
    ran = changing("note", article)
    assert (ran.code, ran.out) == (1, "")
    assert "there is no note" in ran.err


def test_a_note_can_be_about_a_quotation(changing: Program) -> None:
    (one,) = changing("search", "late", "--quotes", "--json").objects
    article = str(one["article"])
    quotes = changing("export", "--quotes", "--format", "json").out
    ordinals = [q["text"] for q in json.loads(quotes) if q["article"] == one["article"]]
    at = str(ordinals.index(one["text"]) + 1)
    assert changing("note", article, "--quote", at, "Is that so?").code == 0
    (note,) = changing("note", article, "--quote", at, "--json").objects
    assert (note["quotation"], note["quote"], note["text"]) == (one["text"], int(at), "Is that so?")
    assert "99" in changing("note", article, "--quote", "99", "x").err


def test_wrong_use_of_notes_is_told(changing: Program) -> None:
    assert changing("note", "mayor").code == 2
    assert changing("note", "--delete").code == 2
    assert changing("note", "1", "--quote", "0", "x").code == 2
    assert changing("note", "1", "--delete", "x").code == 2
    ran = changing("note", "99999", "x")
    assert ran.code == 1
    assert "there is no article 99999" in ran.err
    assert changing("note", "99999").code == 1


def test_quotations_are_collected_shown_and_written_out(changing: Program) -> None:
    ran = changing("collect", "add", "The Pier", "--matching", "late")
    assert (ran.code, ran.out) == (0, "1 quotation added to The Pier\n")
    (one,) = changing("search", "late", "--quotes", "--json").objects
    assert changing("collect", "add", "the pier", f"{one['article']}:1").code == 0
    assert changing("collect", "--json").objects[0]["collection"] == "The Pier"
    shown = changing("collect", "show", "the pier", "--json").objects
    assert shown[0]["text"] == one["text"]
    assert shown[0]["current"] is True
    assert one["text"].split()[0] in changing("collect", "show", "the pier").out
    found = changing("search", "--quotes", "--json", "collection:pier*").objects
    assert {q["text"] for q in found} <= {q["text"] for q in shown}
    for name in ("json", "csv", "markdown", "html", "bibtex", "csl-json"):
        ran = changing("collect", "export", "the pier", "--format", name)
        assert ran.code == 0
        assert "Pier" in ran.out
    file = changing.home / "quotes.md"
    assert changing("collect", "export", "The Pier", "--format", "markdown", "-o", file).code == 0
    assert "late" in file.read_text("utf-8")


def test_a_collection_is_emptied_renamed_and_deleted(changing: Program) -> None:
    changing("collect", "add", "one", "--matching", "late")
    assert changing("collect", "remove", "one", "1").code == 0
    assert changing("collect", "--json").objects == [{"collection": "one", "quotations": 0}]
    assert changing("collect", "rename", "one", "two").code == 0
    assert changing("collect", "delete", "two").code == 0
    ran = changing("collect")
    assert ran.code == 1
    assert "nothing is collected" in ran.err


def test_wrong_use_of_collections_is_told(changing: Program) -> None:
    changing("collect", "add", "one", "--matching", "late")
    changing("collect", "add", "two", "--matching", "late")
    for words, code, told in (
        (("grab",), 2, "no such action"),
        (("show",), 2, "needs the name"),
        (("show", "zebra"), 1, 'no collection "zebra"'),
        (("add", "one"), 2, "ID:N, or --matching"),
        (("add", "one", "12"), 2, "is written ID:N"),
        (("add", "one", "1:0"), 2, "is written ID:N"),
        (("add", "one", "99999:1"), 1, "has no quotation"),
        (("add", "one", "--matching", "zebra"), 1, "no quotation matches"),
        (("add", "*", "--matching", "late"), 2, "no name for a collection"),
        (("remove", "one", "7"), 2, "numbers from 1 to 1"),
        (("export", "one"), 2, "needs --format"),
        (("rename", "one"), 2, "old name and the new one"),
        (("rename", "one", "two"), 1, "already"),
    ):
        ran = changing("collect", *words)
        assert (ran.code, told in ran.err) == (code, True), (words, ran)


def test_tags_and_notes_are_printed_with_their_article(changing: Program) -> None:
    article = number(changing, "title:late")
    plain = changing("show", article).out
    changing("tag", article, "+snow", "+two words")
    changing("note", article, "Call\nthem")
    changing("note", article, "--quote", "1", "Really?")
    ran = changing("show", article)
    assert ran.out.startswith(plain)
    assert "#snow #two words\n" in ran.out
    assert "> Call\n> them\n> “" in ran.out and "”: Really?" in ran.out
    (shown,) = changing("show", article, "--json").objects
    assert shown["tags"] == ["snow", "two words"]
    assert [(note["text"], note["quote"]) for note in shown["notes"]] == [
        ("Call\nthem", None),
        ("Really?", 1),
    ]
    assert "#snow #two words (noted)" in changing("search", "title:late").out
