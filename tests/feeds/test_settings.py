"""What a reader can set for a feed, and where its secrets come from."""

from __future__ import annotations

import base64
import datetime as dt
import sys

import pytest

from reader.core.feeds import FeedAuth, FeedSettings, RefreshStatus
from reader.errors import ReaderError
from reader.feeds.credentials import expanded, secret
from tests.feeds.conftest import Newsroom
from tests.feeds.feeds import rss
from tests.ingest.net.loopback import Answer, serving


def test_a_secret_comes_from_the_environment_or_from_a_command() -> None:
    assert secret(FeedAuth("ann", "PW"), {"PW": "x y"}) == ("ann", "x y")
    assert secret(FeedAuth(None, "TOKEN"), {"TOKEN": "t"}) == "t"
    command = (sys.executable, "-c", "print('s3cret'); print('more')")
    assert secret(FeedAuth("ann", None, command)) == ("ann", "s3cret")


@pytest.mark.parametrize(
    "auth",
    [
        FeedAuth("ann", "NOT_SET"),
        FeedAuth("ann"),
        FeedAuth("ann", None, ("/no/such/program",)),
        FeedAuth("ann", None, (sys.executable, "-c", "print('s3cret'); raise SystemExit(3)")),
        FeedAuth("ann", None, (sys.executable, "-c", "")),
    ],
)
def test_a_secret_that_cannot_be_had_is_one_line_without_it(auth: FeedAuth) -> None:
    with pytest.raises(ReaderError) as error:
        secret(auth, {})
    assert "\n" not in str(error.value)
    assert "s3cret" not in str(error.value)


def test_a_commands_words_meet_no_shell() -> None:
    command = (sys.executable, "-c", "import sys; print(sys.argv[1])", "$HOME; echo `id`")
    assert secret(FeedAuth(None, None, command)) == "$HOME; echo `id`"


def test_headers_are_filled_in_from_the_environment() -> None:
    assert expanded("key ${KEY}!", {"KEY": "1"}) == "key 1!"
    with pytest.raises(ReaderError, match="KEY is not set"):
        expanded("${KEY}", {})


def test_what_is_set_is_sent_and_no_secret_is_stored(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARBOUR_PW", "hunter2hunter2")
    monkeypatch.setenv("HARBOUR_KEY", "kkkk1111")
    settings = FeedSettings(
        headers=(("X-Key", "${HARBOUR_KEY}"),),
        user_agent="Mine/1",
        auth=FeedAuth("ann", "HARBOUR_PW"),
    )
    with serving({"/": Answer(rss("Bridge"))}) as site:
        newsroom.subscribe(site.url("/"), settings=settings)
        assert newsroom.status() is RefreshStatus.NEW
        [(_, headers)] = site.asked
    assert headers["x-key"] == "kkkk1111"
    assert headers["user-agent"] == "Mine/1"
    sent = base64.b64decode(headers["authorization"].removeprefix("Basic ")).decode()
    assert sent == "ann:hunter2hunter2"
    newsroom.library.close()
    for file in newsroom.library.folder.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert b"hunter2hunter2" not in data
            assert b"kkkk1111" not in data


def test_a_secret_that_is_missing_is_the_reason_of_a_failure(newsroom: Newsroom) -> None:
    with serving({"/": Answer(rss("Bridge"))}) as site:
        newsroom.subscribe(site.url("/"), settings=FeedSettings(auth=FeedAuth(None, "NOT_SET")))
        [outcome] = newsroom.refresh().values()
        assert site.asked == []
    assert outcome.message == "the environment variable NOT_SET is not set"


def test_an_interval_keeps_a_feed_from_being_asked_too_often(newsroom: Newsroom) -> None:
    with serving({"/": Answer(rss("Bridge"))}) as site:
        feed = newsroom.subscribe(site.url("/"), settings=FeedSettings(interval=60))
        newsroom.refresh()
        assert newsroom.status() is RefreshStatus.WAITING
        assert newsroom.status(feed) is RefreshStatus.UNCHANGED
        newsroom.now += 3_600
        assert newsroom.status() is RefreshStatus.UNCHANGED
        assert len(site.asked) == 3


def test_old_stories_are_not_kept_and_do_not_come_back(newsroom: Newsroom) -> None:
    newsroom.now = dt.datetime(2026, 3, 10, tzinfo=dt.UTC).timestamp()
    with serving({"/": Answer(rss("Bridge", "Ferry", "Storm"))}) as site:
        newsroom.subscribe(site.url("/"), settings=FeedSettings(keep_days=30))
        [outcome] = newsroom.refresh().values()
        newsroom.library.set_read(outcome.new[:2], True)
        newsroom.library.set_starred(outcome.new[:1], True)
        newsroom.now += 60 * 86_400
        site.answers["/"] = Answer(rss("Bridge", "Ferry", "Storm", "Late"))
        newsroom.refresh()
        newsroom.refresh()
    assert set(newsroom.library.article_ids()) == {outcome.new[0], outcome.new[2]}
