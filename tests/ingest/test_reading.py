"""Files and folders of every kind: told apart by content, and none of them leads astray."""

from __future__ import annotations

import gzip
import io
import os
import socket
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.core.article import Article
from reader.ingest import Intake, IntakeFailure, limits, read_path, read_stream

STORY = (
    "Harbour News\n\nLocal\n\nPier {} Opens Two Years Late\n\nBy Ann Reed March 3, 2026\n\n"
    "The harbour board said on Tuesday that the new pier would open in the spring.\n"
)
PAGE = (
    "<!doctype html><title>Pier opens</title><article><h1>Pier opens</h1>"
    + "<p>The harbour board said on Tuesday that the new pier would open in the spring.</p>" * 4
    + "</article>"
)
FEED = "<rss><channel><title>N</title><item><title>Pier</title></item></channel></rss>"
MAIL = "From: Ann Reed <a@h.invalid>\nSubject: Pier\nDate: 3 Mar 2026 10:00 +0000\n\nIt opened.\n"


def articles(path: Path) -> list[Article]:
    return [intake for intake in read_path(path) if isinstance(intake, Article)]


def failures(path: Path) -> list[IntakeFailure]:
    return [intake for intake in read_path(path) if isinstance(intake, IntakeFailure)]


@pytest.mark.parametrize(
    ("content", "title"),
    [
        (STORY.format(1), "Pier 1 Opens Two Years Late"),
        (PAGE, "Pier opens"),
        (FEED, "Pier"),
        (MAIL, "Pier"),
        ("From a@h.invalid Tue Mar  3 10:00:00 2026\n" + MAIL, "Pier"),
        ('{"title": "Pier", "body": "It opened."}\n', "Pier"),
        ('[{"title": "Pier", "body": "It opened."}]', "Pier"),
        ('{\n "title": "Pier",\n "text": "It opened."\n}', "Pier"),
        ('{"version": "https://jsonfeed.org/version/1", "items": [{"title": "Pier"}]}', "Pier"),
    ],
)
def test_the_content_tells_the_kind_and_not_the_name(
    content: str, title: str, tmp_path: Path
) -> None:
    for name in ("story.pdf", "noname"):
        path = tmp_path / name
        path.write_text(content, "utf-8")
        [article] = articles(path)
        assert article.title == title
        assert article.path == str(path)
        compressed = tmp_path / f"{name}.bin"
        compressed.write_bytes(gzip.compress(content.encode()))
        assert articles(compressed)[0].title == title


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("../../story.txt", STORY)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \r\n\t\xef\xbb\xbf\n", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "image"),
        (bytes(range(256)) * 40, "binary"),
        (zipped(), "zip"),
        (gzip.compress(gzip.compress(gzip.compress(b"text"))), "compressed"),
        (gzip.compress(STORY.encode())[:-20], "cut short"),
        (b"[" * 100_000, "nested"),
        (b"<?xml version='1.0'?><rss><channel><item><title>\xff\x00", "cut short"),
    ],
)
def test_what_is_no_article_is_one_line(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(content)
    [failure] = failures(path)
    assert failure.path == str(path)
    assert words in failure.message
    assert failure.message.isprintable()


def test_a_bomb_does_not_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILE", 2 << 20)
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"word " * (8 << 20)))
    tracemalloc.start()
    [failure] = failures(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "larger than 2 MB" in failure.message
    assert peak < 16 << 20


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.write(b"Words. " * 20_000)
        file.truncate(limits.FILE + 1)
    [failure] = failures(path)
    assert "larger than" in failure.message


def test_one_bad_file_does_not_keep_the_others_out(tmp_path: Path) -> None:
    for number in (2, 1, 3):
        (tmp_path / f"s{number}.txt").write_text(STORY.format(number), "utf-8")
    (tmp_path / "s0.txt").write_bytes(b"\x00\x01\x02" * 50)
    (tmp_path / ".hidden").write_text(STORY, "utf-8")
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "s4.txt").write_text(STORY.format(4), "utf-8")
    found = [a.title[5] for a in articles(tmp_path)]
    assert found == ["4", "1", "2", "3"]
    assert [f.path for f in failures(tmp_path)] == [str(tmp_path / "s0.txt")]


def make_pipe(folder: Path) -> None:
    os.mkfifo(folder / "odd.txt")


def make_socket(folder: Path) -> None:
    here = Path.cwd()
    os.chdir(folder)  # the path of a socket may not be long
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind("odd.txt")
    finally:
        os.chdir(here)


def make_link_out(folder: Path) -> None:
    secret = folder.parent / "secret.txt"
    secret.write_text(STORY.format("secret"), "utf-8")
    (folder / "odd.txt").symlink_to("../secret.txt")


def make_loop(folder: Path) -> None:
    (folder / "odd.txt").symlink_to("odd2.txt")
    (folder / "odd2.txt").symlink_to("odd.txt")


def make_device(folder: Path) -> None:
    (folder / "odd.txt").symlink_to("/dev/zero")


def make_dangling(folder: Path) -> None:
    (folder / "odd.txt").symlink_to("nowhere.txt")


@pytest.mark.parametrize(
    "make", [make_pipe, make_socket, make_link_out, make_loop, make_device, make_dangling]
)
def test_what_is_no_file_is_named_and_never_opened(
    make: Callable[[Path], None], tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text(STORY.format(1), "utf-8")
    make(folder)
    assert [a.title for a in articles(folder)] == ["Pier 1 Opens Two Years Late"]
    assert str(folder / "odd.txt") in [f.path for f in failures(folder)]


def test_a_link_to_the_folder_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(STORY, "utf-8")
    (tmp_path / "loop").symlink_to(".")
    assert len(list(read_path(tmp_path))) == 1


@pytest.mark.parametrize(
    ("path", "words"),
    [("/dev/null", "device"), ("/no/such/file", "does not exist"), ("/tmp/\0x", "")],
)
def test_paths_that_lead_to_no_file_are_one_line(path: str, words: str) -> None:
    [failure] = read_path(Path(path))
    assert isinstance(failure, IntakeFailure)
    assert words in failure.message


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    [failure] = failures(tmp_path)
    assert "no files" in failure.message


def test_names_come_out_printable(tmp_path: Path) -> None:
    for name in (b"a\x1b[31mred.txt", b"two\nlines.txt", b"bad\xff.txt", "é\u202e.txt".encode()):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(STORY, "utf-8")
    paths = [article.path or "" for article in articles(tmp_path)]
    assert len(paths) == 4
    assert all(path.isprintable() and path.encode() for path in paths)


def test_the_parts_of_a_saved_page_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "story.html").write_text(PAGE, "utf-8")
    (tmp_path / "story_files").mkdir()
    (tmp_path / "story_files" / "frame.html").write_text(PAGE, "utf-8")
    (tmp_path / "other_files").mkdir()
    (tmp_path / "other_files" / "own.txt").write_text(STORY, "utf-8")
    assert [Path(a.path or "").name for a in articles(tmp_path)] == ["own.txt", "story.html"]


def test_a_stream_is_read_as_a_file_is() -> None:
    results: list[Intake] = list(read_stream(io.BytesIO(PAGE.encode()), outlet="Wire"))
    [article] = results
    assert isinstance(article, Article)
    assert (article.path, article.outlet) == ("-", "Wire")


def test_a_maildir_is_read_without_what_its_program_keeps_there(tmp_path: Path) -> None:
    for folder in ("cur", "new", "tmp", ".Wires/cur", ".cache/x"):
        (tmp_path / folder).mkdir(parents=True)
    places = ("cur/1.M1.host:2,S", "new/2.M2.host", "tmp/3.M3.host", ".Wires/cur/4.M4.host:2,")
    for number, name in enumerate((*places, ".cache/x/5")):
        (tmp_path / name).write_text(MAIL.replace("Pier", f"Pier {number}"), "utf-8")
    for name in ("dovecot-uidlist", "maildirfolder", "subscriptions", "courierimapuiddb"):
        (tmp_path / name).write_text("3 V1 N5\n", "utf-8")
    assert not failures(tmp_path)
    assert {article.title for article in articles(tmp_path)} == {"Pier 0", "Pier 1", "Pier 3"}
