"""`onrecord rules`, `onrecord retention` and `onrecord expire`."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

from tests.cli.program import Program


def titles(onrecord: Program, query: str) -> list[str]:
    """The titles of what matches."""
    return [one["title"] for one in onrecord("search", "--json", "--", query).objects]


def test_a_rule_is_for_what_comes_in_and_with_apply_for_what_is_there(changing: Program) -> None:
    assert len(titles(changing, "pier")) == 2
    ran = changing("rules", "add", "mute", "pier", "title:late")
    assert (ran.code, ran.out) == (0, "rule 1 (mute pier title:late)\n")
    assert "onrecord rules apply" in ran.err
    assert len(titles(changing, "pier")) == 2
    assert changing("rules", "apply").out == "1 story matched; 1 muted in all\n"
    assert len(titles(changing, "pier")) == 1
    assert titles(changing, "is:muted") == ["Pier Opens Two Years Late"]
    ran = changing("import", "-", stdin=json.dumps({"title": "Late pier", "body": "Old."}))
    assert ran.code == 0
    assert len(titles(changing, "is:muted")) == 2
    assert "1  mute  pier title:late  (2)" in changing("rules").out
    assert changing("rules", "remove", "1").code == 0
    assert titles(changing, "is:muted") == []
    assert json.loads(changing("stats", "--json").out)["muted"] == 0


def test_rules_tag_and_keep(changing: Program) -> None:
    ran = changing("rules", "add", "tag", "snow news", "ploughs", "--apply", "--json")
    assert ran.objects == [{"id": 1, "kind": "tag", "query": "ploughs", "tag": "snow news"}]
    changing("rules", "add", "keep", "--apply", "--", "pier", "-late")
    assert titles(changing, 'tag:"snow news"') == titles(changing, "ploughs")
    assert titles(changing, "is:kept") == titles(changing, "pier -late")
    assert [one["articles"] for one in changing("rules", "--json").objects] == [1, 1]
    assert changing("rules", "add", "mute", "pier", "--dry-run").out == "2 stories would match\n"
    assert len(changing("rules", "--json").objects) == 2


def test_wrong_rules_are_told_and_named(changing: Program) -> None:
    for words, code, told in (
        (("make",), 2, "no such action"),
        (("add", "hide", "x"), 2, "one of mute, keep, tag"),
        (("add", "mute"), 2, "needs a query"),
        (("add", "tag", "x"), 2, "needs a query"),
        (("add", "tag", "+", "pier"), 2, "no tag"),
        (("add", "mute", '"pier'), 2, "never closed"),
        (("add", "mute", "search:nothing"), 2, 'no saved search "nothing"'),
        (("remove",), 2, "numbers of rules"),
        (("remove", "7"), 1, "no rule 7"),
        ((), 1, "there are no rules"),
    ):
        ran = changing("rules", *words)
        assert (ran.code, told in ran.err) == (code, True), (words, ran)
    changing("rules", "add", "mute", "pier")
    with closing(sqlite3.connect(changing.archive / "archive.db")) as database:
        database.execute("UPDATE rule SET query = 'pier OR'")
        database.commit()
    ran = changing("rules")
    assert ran.code == 1
    assert "rule 1 (mute pier OR): OR needs something" in ran.out
    assert "rule 1 (mute pier OR)" in changing("rules", "apply").err
    ran = changing("import", "-", stdin=json.dumps({"title": "New pier", "body": "Old."}))
    assert (ran.code, "rule 1 (mute pier OR)" in ran.err) == (0, True), "said where it matters"


def test_articles_stay_until_a_rule_lets_them_go(changing: Program) -> None:
    assert "every article stays" in changing("retention").err
    assert changing("expire", "--json").objects == [{"removed": 0}]
    with closing(sqlite3.connect(changing.archive / "archive.db")) as database:
        database.execute("UPDATE article SET added = added - 4000 * 86400, sort = sort - 4e8")
        database.commit()
    changing("tag", "ploughs", "+safe")
    ran = changing("retention", "set", "older", "than", "90d")
    assert ran.code == 0
    assert "2 stories may go now" in ran.err
    assert changing("retention", "--json").objects == [
        {"feed": None, "title": None, "rule": "older than 90d", "days": 90, "read": False}
    ]
    ran = changing("expire", "--dry-run")
    assert "Pier Opens Two Years Late" in ran.out
    assert "2 stories would go" in ran.err
    assert len(titles(changing, "pier")) == 2
    assert changing("expire").out == "2 stories removed\n"
    assert titles(changing, "pier") == []
    assert len(titles(changing, "ploughs")) == 1
    # The one that stayed was moved by hand above, which is all there is to say.
    said = changing("check").out
    assert "article 3: it does not stand at its date" in said
    changing("check", "--repair")
    assert changing("check").code == 0


def test_a_feed_can_have_a_rule_of_its_own(changing: Program) -> None:
    changing("feeds", "add", "https://harbour.example/feed", "--name", "Harbour")
    assert changing("retention", "set", "never", "--feed", "Harbour").code == 0
    assert changing("retention").out == "never  Harbour\n"
    assert changing("retention", "unset", "--feed", "Harbour").code == 0
    assert changing("retention").out == ""
    for words, told in (
        (("set", "soon"), "no retention rule"),
        (("keep",), "no such action"),
    ):
        ran = changing("retention", *words)
        assert (ran.code, told in ran.err) == (2, True), ran
