"""The sample's own archive: made once, marked, and made anew when the sample changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader import sample
from reader.errors import ArchiveError
from reader.library import Library
from tests.cli.stories import write_stories


@pytest.fixture(autouse=True)
def _small_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three stories as the sample, an empty cache."""
    stories = write_stories(tmp_path / "stories")
    monkeypatch.setattr(sample, "sample_files", lambda: stories)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def test_it_is_made_complete_and_marked(capsys: pytest.CaptureFixture[str]) -> None:
    folder = sample.sample_archive_folder()
    assert not folder.exists()
    assert not sample.is_complete(folder)
    assert sample.main() == 0
    assert sample.is_complete(folder)
    library = Library.open(folder)
    assert library.is_sample
    assert library.count() == 3
    library.close()
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert all(set(one) == {"done", "total", "phase"} for one in told)


def test_it_is_made_only_once() -> None:
    folder = sample.build()
    before = (folder / "archive.db").stat().st_mtime_ns
    assert sample.build() == folder
    assert (folder / "archive.db").stat().st_mtime_ns == before


def test_a_changed_sample_gets_a_new_archive_and_the_old_one_goes(tmp_path: Path) -> None:
    old = sample.build()
    (tmp_path / "stories" / "snow.txt").unlink()
    new = sample.build()
    assert new != old
    assert not old.exists()
    assert sample.is_complete(new)


def test_one_that_was_begun_is_completed(tmp_path: Path) -> None:
    folder = sample.sample_archive_folder()
    library = Library.open(folder, is_sample=True)
    list(library.import_paths([tmp_path / "stories" / "pier.txt"]))
    library.close()
    assert not sample.is_complete(folder)
    sample.build()
    library = Library.open(folder)
    assert library.count() == 3
    library.close()


def test_without_a_sample_there_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "sample_files", lambda: None)
    with pytest.raises(ArchiveError, match="missing from this installation"):
        sample.build()
    assert sample.main() == 1
