"""`onrecord feeds` and `onrecord fetch`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.cli.program import PROGRAM, ROOT, Program
from tests.feeds.feeds import rss
from tests.ingest.net.loopback import Answer, serving

SUBSCRIPTION = {
    "kind", "id", "title", "url", "folder", "tags", "articles", "unread", "state", "paused",
    "settings",
    "reason",
    "failures", "checked", "succeeded", "failed", "next",
}  # fmt: skip
REFRESH = {
    "kind", "id", "title", "url", "status", "new", "changed", "known", "articles", "message",
    "next",
}  # fmt: skip


def test_a_feed_is_added_fetched_and_searched(onrecord: Program) -> None:
    with serving({"/": Answer(rss("Bridge", "Ferry"))}) as site:
        ran = onrecord("feeds", "add", site.url("/"), "--folder", "news/local")
        assert (ran.code, ran.err) == (0, "")
        assert ran.out == (f"{site.url('/')}: subscribed\nonrecord fetch brings their stories in\n")
        ran = onrecord("fetch")
        assert (ran.code, ran.err) == (0, "")
        assert ran.out == "Harbour Times: 2 new\n1 feed: 2 new stories\n"
        again = onrecord("fetch")
        assert (again.code, again.out) == (0, "1 feed: 0 new stories, 1 with nothing new\n")
    assert onrecord("search", "ferry", "--json").objects[0]["title"] == "Ferry"
    assert "Ana Ruiz" in onrecord("speakers").out


def test_json_lines_have_the_same_keys_whatever_happens(onrecord: Program) -> None:
    with serving({"/": Answer(rss("Bridge"))}) as site:
        added = onrecord("feeds", "add", site.url("/"), site.url("/none"), "--json")
        assert [set(one) for one in added.objects] == [SUBSCRIPTION] * 2
        ran = onrecord("fetch", "--json")
        assert (ran.code, ran.err) == (1, "")
        by_status = {one["status"]: one for one in ran.objects}
        assert set(by_status["new"]) == REFRESH
        assert len(by_status["new"]["articles"]) == 1
        assert set(by_status["failed"]) == REFRESH | {"error", "path"}
        assert by_status["failed"]["path"] == site.url("/none")
        listed = onrecord("feeds", "list", "--json").objects
        assert [set(one) for one in listed] == [SUBSCRIPTION] * 2
        assert {one["state"] for one in listed} == {"well", "failing"}


def test_stories_whose_pages_may_not_be_fetched_are_counted(onrecord: Program) -> None:
    robots = Answer(b"User-agent: *\nDisallow: /\n", headers={"Content-Type": "text/plain"})
    with serving({"/robots.txt": robots}) as site:
        feed = rss("Bridge", "Ferry").replace(b"https://harbour.example", site.url("").encode())
        site.answers["/feed"] = Answer(feed)
        onrecord("feeds", "add", site.url("/feed"), "--full-text")
        ran = onrecord("fetch")
    assert (ran.code, ran.out) == (0, "Harbour Times: 2 new\n1 feed: 2 new stories\n")
    assert ran.err == (
        "onrecord: 2 stories stay as short as in the feed: the page may not be fetched: "
        "the site's robots.txt forbids it\n"
    )


def test_a_failing_feed_is_named_with_reason_and_time(onrecord: Program) -> None:
    with serving({"/": Answer(b"\x1b]0;x\x07", 404)}) as site:
        onrecord("feeds", "add", site.url("/"), "--name", "Harbour")
        ran = onrecord("fetch")
        assert (ran.code, ran.out) == (1, "1 feed: 0 new stories, 1 failed\n")
        assert ran.err == f"onrecord: Harbour ({site.url('/')}): answered 404 Not Found\n"
    listed = onrecord("feeds", "list", "--failing")
    assert listed.code == 0
    assert "answered 404 Not Found" in listed.out
    assert "20" in listed.out.partition("!")[2]


def test_only_the_feeds_that_are_named_are_fetched(onrecord: Program) -> None:
    with serving({"/a": Answer(rss("Bridge")), "/b": Answer(rss("Ferry"))}) as site:
        onrecord("feeds", "add", site.url("/a"), "--name", "Harbour")
        onrecord("feeds", "add", site.url("/b"), "--name", "Wire", "--fetch")
        assert site.paths() == ["/b"]
        assert onrecord("fetch", "harb").code == 0
        assert site.paths() == ["/b", "/a"]
        assert onrecord("fetch", "sport").code == 1


def test_who_asks_to_be_left_alone_is_left_alone(onrecord: Program) -> None:
    with serving({"/": Answer(b"", 503, {"Retry-After": "3000"})}) as site:
        onrecord("feeds", "add", site.url("/"))
        assert onrecord("fetch").code == 1
        ran = onrecord("fetch")
        assert (ran.code, ran.out) == (0, "1 feed: 0 new stories, 1 not asked yet\n")
        named = onrecord("fetch", "1")
        assert named.code == 1
        assert "not asked before 20" in named.err
        assert len(site.asked) == 1


def test_settings_are_kept_changed_and_free_of_secrets(onrecord: Program) -> None:
    url = "https://a.example/feed"
    ran = onrecord("feeds", "add", "https://ann:hunter2@a.example/feed")
    assert "hunter2" not in ran.out + ran.err
    assert "cut off" in ran.err
    ran = onrecord("feeds", "set", url, "--user", "ann", "--password-env", "PW", "--interval", "60")
    assert (ran.code, ran.out) == (0, "")
    assert onrecord("feeds", "set", "1", "--name", "A", "--json").objects[0]["title"] == "A"
    assert onrecord("feeds", "set", "1", "--pause", "--json").objects[0]["paused"]
    assert onrecord("feeds", "list").out.endswith("  (paused)\n")
    assert not onrecord("feeds", "set", "1", "--no-pause", "--json").objects[0]["paused"]
    for words in (
        ("--header", "Authorization: Bearer abc"),
        ("--header", "no colon"),
        ("--password-env", "PW"),
        ("--user", "ann"),
        ("--user", "ann", "--password-env", "$PW"),
        ("--interval", "-1"),
        ("--proxy", "http://ann:hunter2@proxy.example"),
    ):
        ran = onrecord("feeds", "set", url, *words)
        assert ran.code == 2, words
        assert ran.err.count("\n") == 1
        assert "hunter2" not in ran.err


def test_all_settings_of_a_feed_are_used_when_it_is_fetched(
    onrecord: Program,
) -> None:
    address = "http://harbour.invalid/feed"
    # A proxy is asked for the whole address.
    with serving({address: Answer(rss("Bridge"))}) as site:
        settings = (
            *("--name", "Mine", "--folder", "news/local", "--tag", "port"),
            *("--header", "X-Key: ${HARBOUR_KEY}", "--user-agent", "Mine/1"),
            *("--token-command", "printf t0ken", "--proxy", site.url("")),
            *("--interval", "60", "--keep-days", "30000", "--full-text"),
        )
        assert onrecord("feeds", "add", address, *settings).code == 0
        assert onrecord("fetch", "news/local/", env={"HARBOUR_KEY": "k1"}).code == 0
        [(path, headers), *_] = site.asked
        assert path == address
        assert (headers["x-key"], headers["user-agent"]) == ("k1", "Mine/1")
        assert headers["authorization"] == "Bearer t0ken"
        asked = len(site.asked)
        assert onrecord("fetch").out == "1 feed: 0 new stories, 1 not asked yet\n"
        assert len(site.asked) == asked
    [listed] = onrecord("feeds", "list", "--json").objects
    assert (listed["title"], listed["folder"], listed["tags"]) == ("Mine", "news/local", ["port"])
    assert listed["settings"] == {
        "full_text": True,
        "interval": 60,
        "keep_days": 30000,
        "headers": ["X-Key: ${HARBOUR_KEY}"],
        "user_agent": "Mine/1",
        "proxy": site.url(""),
        "secret_from": "printf t0ken",
    }
    [changed] = onrecord("feeds", "set", "Mine", "--no-auth", "--header", "", "--json").objects
    assert not {"secret_from", "headers"} & set(changed["settings"])


def test_a_subscription_ends_and_its_stories_stay(onrecord: Program) -> None:
    with serving({"/": Answer(rss("Bridge"))}) as site:
        onrecord("feeds", "add", site.url("/"), "--fetch")
        ran = onrecord("feeds", "remove", site.url("/"))
        assert ran.code == 0
    assert onrecord("feeds", "list").code == 1
    assert onrecord("search", "bridge").code == 0
    assert onrecord("fetch").code == 1


def test_lists_come_in_and_go_out(onrecord: Program, tmp_path: Path) -> None:
    file = tmp_path / "urls"
    file.write_text('https://a.example/ news "~A"\nexec:~/x.sh\n"query:U:unread = \\"yes\\""\n')
    ran = onrecord("feeds", "import", file)
    assert ran.code == 1
    assert ran.out == f"{file}: 1 feed added, 1 saved search, 1 refused\n"
    assert "line 2 names a command" in ran.err
    assert onrecord("feeds", "import", file).out == (
        f"{file}: 0 feeds added, 1 there already, 1 saved search, 1 refused\n"
    )
    out = onrecord("feeds", "export").out
    assert 'xmlUrl="https://a.example/"' in out
    copy = tmp_path / "copy.opml"
    assert onrecord("feeds", "export", "-o", copy).code == 0
    assert copy.read_text("utf-8") == out
    assert onrecord("feeds", "import", copy).code == 0
    assert onrecord("feeds", "import", tmp_path / "none").code == 1


def test_lists_of_other_readers_are_found_and_only_read(onrecord: Program) -> None:
    assert onrecord("feeds", "import", "--found").code == 1
    file = onrecord.home / ".newsboat" / "urls"
    file.parent.mkdir()
    file.write_text("https://a.example/\n")
    for words in (("feeds",), ("fetch",)):
        ran = onrecord(*words)
        assert ran.code == 1
        assert f"newsboat has some in {file}; take them over" in ran.err
    ran = onrecord("feeds", "import", "--found")
    assert (ran.code, ran.out) == (0, f"{file}: 1 feed added\n")
    assert file.read_text() == "https://a.example/\n"


def test_wrong_usage_is_one_line_and_makes_no_archive(onrecord: Program) -> None:
    for words in (
        ("feeds", "add"),
        ("feeds", "burn"),
        ("feeds", "import"),
        ("feeds", "list", "-x"),
    ):
        ran = onrecord(*words)
        assert (ran.code, ran.err.count("\n")) == (2, 1), words
    for nothing in (("feeds",), ("fetch",), ("feeds", "export"), ("feeds", "remove", "x")):
        ran = onrecord(*nothing)
        assert (ran.code, ran.err.count("\n")) == (1, 1), nothing
    assert not (onrecord.archive / "archive.db").exists()
    assert onrecord("feeds", "add", "file:///etc/passwd").code == 1


def test_the_screens_own_process_fetches_and_tells(onrecord: Program) -> None:
    with serving({"/": Answer(rss("Bridge", "Ferry"))}) as site:
        onrecord("feeds", "add", site.url("/"), site.url("/none"))
        done = subprocess.run(
            [sys.executable, "-m", "reader.background", str(onrecord.archive), "fetch"],
            capture_output=True,
            env=onrecord.environment(),
            cwd=ROOT,
            timeout=60,
        )
    last = json.loads(done.stdout.splitlines()[-1])
    assert done.returncode == 1
    assert (last["new"], last["failed"]) == (2, 1)
    assert last["error"] == f"{site.url('/none')}: answered 404 Not Found"


def test_nothing_shows_progress_where_there_is_no_terminal(onrecord: Program) -> None:
    with serving({"/": Answer(rss("Bridge"))}) as site:
        onrecord("feeds", "add", site.url("/"))
        done = subprocess.run(
            [*PROGRAM, "fetch"],
            capture_output=True,
            env=onrecord.environment(TERM="xterm"),
            cwd=onrecord.home,
            timeout=60,
        )
    assert (done.returncode, done.stderr) == (0, b"")
    assert os.linesep.encode() in done.stdout
