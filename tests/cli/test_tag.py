"""`onrecord tag`: tags put on and taken off in notmuch's manner."""

from __future__ import annotations

from reader.commands.tag import prepared
from tests.cli.program import Program


def numbers(onrecord: Program, *query: str) -> list[int]:
    """The numbers of what matches."""
    return [one["id"] for one in onrecord("search", "--json", *query).objects]


def test_what_matches_is_tagged_and_found_by_its_tag(changing: Program) -> None:
    both = numbers(changing, "pier")
    ran = changing("tag", "pier", "+harbour", "+public works")
    assert (ran.code, ran.out) == (0, "2 stories changed of 2\n")
    assert numbers(changing, "tag:harbour") == both
    assert numbers(changing, 'tag:"public works" -tag:harbour') == []
    assert changing("tag", str(both[0]), "-harbour", "+late", "--json").objects == [
        {"id": both[0], "tags": ["late", "public works"]}
    ]
    assert numbers(changing, "tag:harbour") == both[1:]


def test_a_query_with_a_minus_goes_after_two_dashes(changing: Program) -> None:
    ran = changing("tag", "+seen", "-old", "--", "pier", "-opens")
    assert ran.code == 0
    assert numbers(changing, "tag:seen") == numbers(changing, "--", "pier", "-opens")


def test_the_tags_there_are_are_listed_with_their_numbers(changing: Program) -> None:
    changing("tag", "pier", "+quay")
    changing("tag", "ploughs", "+snow")
    ran = changing("tag")
    listed = [line.split() for line in ran.out.splitlines()]
    assert ["2", "quay", "(2", "unread)"] in listed
    assert ["1", "snow", "(1", "unread)"] in listed
    assert {"tag": "snow", "articles": 1, "unread": 1} in changing("tag", "--json").objects
    assert [one["tag"] for one in changing("tag", "ploughs", "--json").objects] == ["snow"]


def test_what_is_not_there_is_said_and_the_rest_is_done(changing: Program) -> None:
    (one,) = numbers(changing, "ploughs")
    ran = changing("tag", str(one), "99999", "+snow")
    assert ran.code == 1
    assert "there is no article 99999" in ran.err
    assert numbers(changing, "tag:snow") == [one]
    ran = changing("tag", "zebra", "+snow")
    assert (ran.code, ran.out) == (1, "")
    assert "nothing matches" in ran.err


def test_wrong_use_is_told(changing: Program) -> None:
    assert changing("tag", "+snow").code == 2
    ran = changing("tag", "pier", "+++")
    assert ran.code == 2
    assert "neither letter nor digit" in ran.err


def test_without_tags_the_list_says_how_one_is_put_on(onrecord: Program) -> None:
    onrecord("import", "-", stdin='{"title": "One", "body": "Nothing was said."}')
    ran = onrecord("tag")
    assert (ran.code, ran.out) == (1, "")
    assert "nothing is tagged; onrecord tag ID +TAG does" in ran.err


def test_tags_are_told_from_options_and_from_the_query() -> None:
    words = ["+a", "-b", "--json", "-h", "-", "--", "-c", "+d"]
    assert prepared(words) == ["--add=a", "--remove=b", "--json", "-h", "-", "--", "-c", "+d"]
