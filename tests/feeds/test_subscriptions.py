"""Adding, naming, changing and exchanging subscriptions."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.core.feeds import FeedSettings
from reader.errors import ReaderError
from reader.feeds.subscriptions import address_of, lists_found
from tests.feeds.conftest import Newsroom


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://a.example/feed", "https://a.example/feed"),
        (" <HTTP://A.example/Feed> \n", "http://a.example/Feed"),
        ("a.example", "https://a.example"),
        ("a.example/news?x=1", "https://a.example/news?x=1"),
        ("feed:https://a.example/x", "https://a.example/x"),
        ("feed://a.example/x", "https://a.example/x"),
        ("https://ann:hunter2@a.example/x", "https://a.example/x"),
    ],
)
def test_what_people_type_is_understood_as_an_address(typed: str, address: str) -> None:
    assert address_of(typed) == address


@pytest.mark.parametrize(
    "typed",
    ["", "news", "file:///etc/passwd", "javascript:alert(1)", "./feed.xml", "exec:~/x.sh",
     "|cat ~/x", "ftp://ann:hunter2@a.example/", "https://a example/", "a.b\nc"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused_in_one_line(typed: str) -> None:
    with pytest.raises(ReaderError) as error:
        address_of(typed)
    assert "hunter2" not in str(error.value)


def test_feeds_are_named_by_number_address_title_part_or_folder(newsroom: Newsroom) -> None:
    harbour = newsroom.subscribe("https://a.example/1", name="Harbour Times", folder="News/Local")
    ledger = newsroom.subscribe("https://a.example/2", name="Daily Ledger", folder="news")
    wire = newsroom.subscribe("https://b.example/", name="Wire")
    named = newsroom.library.subscriptions.named
    assert named([str(wire.id)]) == [wire]
    assert named(["https://a.example/2"]) == [ledger]
    assert named(["wire", "b.example"]) == [wire]
    assert named(["harbour"]) == [harbour]
    assert {f.id for f in named(["news/"])} == {harbour.id, ledger.id}
    assert named(["news/local/"]) == [harbour]
    with pytest.raises(ReaderError, match="could be 'Daily Ledger', 'Harbour Times'"):
        named(["a.example"])
    with pytest.raises(ReaderError, match="no such feed"):
        named(["sport"])


def test_a_change_leaves_the_rest_as_it_is(newsroom: Newsroom) -> None:
    feed = newsroom.subscribe("https://a.example/", name="Harbour", folder="News", tags=["a"])
    subscriptions = newsroom.library.subscriptions
    changed = subscriptions.change(feed.id, settings=FeedSettings(full_text=True))
    assert (changed.name, changed.folder, changed.tags) == ("Harbour", "News", ("a",))
    assert changed.settings.full_text
    changed = subscriptions.change(feed.id, name="", folder="", tags=[])
    assert (changed.title, changed.folder, changed.tags) == ("https://a.example/", None, ())
    assert changed.settings.full_text


def test_names_and_folders_pass_the_gate(newsroom: Newsroom) -> None:
    feed = newsroom.subscribe(
        "https://a.example/", name="A\x1b[31m\nB", folder="/x//\u202ey/", tags=["t\x9b1m", " "]
    )
    assert (feed.title, feed.folder, feed.tags) == ("A B", "x/y", ("t",))


def test_what_is_exported_comes_back_the_same(newsroom: Newsroom, tmp_path: Path) -> None:
    subscribe = newsroom.subscribe
    subscribe("https://a.example/?a=1&b=2", name='Q "&" <A>', folder="One/Two", tags=["x", "y z"])
    subscribe("https://b.example/", folder="One")
    subscribe("https://c.example/", name="C")
    subscriptions = newsroom.library.subscriptions
    before = [(f.url, f.title, f.folder, f.tags) for f in subscriptions.all()]
    file = tmp_path / "feeds.opml"
    file.write_text(subscriptions.opml(), "utf-8")
    again = subscriptions.import_list(file)
    assert (len(again.added), again.known, again.refused) == (0, 3, ())
    subscriptions.unsubscribe(f.id for f in subscriptions.all())
    assert len(subscriptions.import_list(file).added) == 3
    assert [(f.url, f.title, f.folder, f.tags) for f in subscriptions.all()] == before


def test_a_list_of_another_reader_comes_in_with_its_searches(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    file = tmp_path / "urls"
    text = (
        'https://a.example/ news "~The A"\nexec:~/x.sh\nhttps://a.example/ other\n'
        '"query:Unread:unread = \\"yes\\""\n"query:Unread:unread = \\"no\\""\n'
    )
    file.write_text(text)
    done = newsroom.library.subscriptions.import_list(file)
    assert [(f.title, f.folder, f.tags) for f in done.added] == [("The A", "news", ("news",))]
    assert (done.known, done.searches) == (1, (("Unread", "is:unread"),))
    assert len(done.refused) == 2
    assert "x.sh" not in " ".join(done.refused)
    assert newsroom.library.folders.queries() == {"Unread": "is:unread"}
    assert file.read_text() == text


@pytest.mark.parametrize("text", ["", "Dear diary\n", "<html></html>"])
def test_a_file_that_is_no_list_is_one_line(newsroom: Newsroom, tmp_path: Path, text: str) -> None:
    file = tmp_path / "list"
    file.write_text(text)
    with pytest.raises(ReaderError, match="list: "):
        newsroom.library.subscriptions.import_list(file)
    with pytest.raises(ReaderError, match="nothing-here: "):
        newsroom.library.subscriptions.import_list(tmp_path / "nothing-here")


def test_lists_of_other_readers_are_found_at_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME")
    assert lists_found() == []
    (tmp_path / ".newsboat").mkdir()
    (tmp_path / ".newsboat" / "urls").write_text("https://a.example/\n")
    assert lists_found() == [("newsboat", tmp_path / ".newsboat" / "urls")]
