"""A watched folder: what is new or changed comes once, and only when it is whole."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.ingest.watching import FolderWatch, pause_after, without_nested

NOW = 1_800_000_000.0


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file into the watched folder, so many seconds ago."""

    def written(name: str, text: str = "x", ago: float = 60) -> Path:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        os.utime(file, (NOW - ago, NOW - ago))
        return file

    return written


def watch_of(folder: Path, remembered: str = "") -> FolderWatch:
    """A watch whose clock stands still at `NOW`."""
    return FolderWatch(folder, remembered, clock=lambda: NOW)


def test_a_file_comes_once_and_again_when_it_has_changed(
    tmp_path: Path, write: Callable[..., Path]
) -> None:
    file, watch = write("a/story.txt"), watch_of(tmp_path)
    assert watch.look() == [file]
    watch.done([file])
    assert watch.look() == []
    write("a/story.txt", "longer")
    assert watch.look() == [file]


def test_a_file_that_could_not_be_taken_in_comes_again(
    tmp_path: Path, write: Callable[..., Path]
) -> None:
    file, watch = write("story.txt"), watch_of(tmp_path)
    assert watch.look() == watch.look() == [file]


def test_a_file_that_is_being_written_is_waited_for(
    tmp_path: Path, write: Callable[..., Path]
) -> None:
    watch = watch_of(tmp_path)
    file = write("story.txt", "half", ago=0)
    assert watch.look() == []
    write("story.txt", "half of it", ago=0)
    assert watch.look() == []
    assert watch.look() == [file]


def test_a_file_from_the_future_comes_when_it_looks_the_same_twice(
    tmp_path: Path, write: Callable[..., Path]
) -> None:
    file, watch = write("story.txt", ago=-1e6), watch_of(tmp_path)
    assert watch.look() == []
    assert watch.look() == [file]


def test_unfinished_downloads_and_hidden_files_are_passed_over(
    tmp_path: Path, write: Callable[..., Path]
) -> None:
    for name in ("a.html.part", "b.crdownload", "c.txt~", ".d.txt.swp", ".hidden"):
        write(name)
    watch = watch_of(tmp_path)
    assert watch.look() == []
    file = tmp_path / "a.html"
    (tmp_path / "a.html.part").rename(file)
    assert watch.look() == [file]


def test_what_was_taken_in_is_remembered_over_a_restart(
    tmp_path: Path, write: Callable[..., Path]
) -> None:
    watch = watch_of(tmp_path)
    kept, gone = write("kept.txt"), write("gone.txt")
    watch.done(watch.look())
    gone.unlink()
    watch.look()
    later = watch_of(tmp_path, watch.memory)
    new = write("moved/in.txt", ago=1e8)  # moved there meanwhile, with its old date
    assert later.look() == [new]
    assert len(watch.memory) < len(watch_of(tmp_path).memory) + 11
    write(kept.name, "changed")
    assert kept in later.look()


@pytest.mark.parametrize("remembered", ["not base85: \x00", "abc", "ÿ"])
def test_a_memory_that_cannot_be_read_is_none(
    tmp_path: Path, write: Callable[..., Path], remembered: str
) -> None:
    file = write("story.txt")
    assert watch_of(tmp_path, remembered).look() == [file]


def test_a_problem_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    watch = watch_of(tmp_path)
    watch.look()
    assert len(watch.problems) == 1 and "circle" in watch.problems[0]
    watch.look()
    assert watch.problems == []


def test_a_folder_that_is_not_there_is_waited_for(
    tmp_path: Path, write: Callable[..., Path]
) -> None:
    folder = tmp_path / "drive"
    watch = watch_of(folder)
    assert watch.look() == [] and len(watch.problems) == 1
    file = write("drive/story.txt")
    assert watch.look() == [file]


def test_an_empty_folder_is_no_problem(tmp_path: Path) -> None:
    watch = watch_of(tmp_path)
    assert watch.look() == [] and watch.problems == []


def test_looking_takes_a_twentieth_of_the_time_at_most() -> None:
    assert pause_after(0.001) == 2.0
    assert pause_after(3.0) == 60.0


def test_a_folder_inside_another_is_watched_with_it(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "same").symlink_to(tmp_path / "a")
    folders = without_nested([inner, tmp_path / "a", tmp_path / "same", tmp_path / "ab"])
    assert folders == [tmp_path / "a", tmp_path / "ab"]
