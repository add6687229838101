"""What most commands begin with: the settings in force, and the archive they name."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from reader import paths
from reader.config import Settings, load
from reader.errors import ReaderError, SearchIndexError
from reader.terminal import ProgressBar, say

if TYPE_CHECKING:
    from reader.library import Library


def tell_problems(archive: Library) -> None:
    """Say which rules could not be put to what came in, since their queries are wrong."""
    for problem in archive.desk.rules.problems():
        say(problem)


def settings_of(args: argparse.Namespace) -> Settings:
    """The settings in force. Raises SettingsError."""
    return load(args.config)


def archive_of(args: argparse.Namespace, settings: Settings) -> Path:
    """The folder of the archive to use; it need not be there yet."""
    return paths.archive_folder(args.archive, settings.archive)


@contextmanager
def library(folder: Path, *, make: bool = False) -> Iterator[Library]:
    """The archive in `folder`, closed at the end.

    Raises ReaderError where there is none yet, unless `make` says to make it: a question must not
    leave an empty archive behind.
    """
    from reader.library import Library

    if not make and not (folder / "archive.db").exists():
        raise ReaderError(
            f"{folder}: there is no archive yet; bring news in with: onrecord import PATH"
        )
    opened = Library.open(folder)
    try:
        if opened.warning:
            say(opened.warning)
        yield opened
    finally:
        opened.close()


def make_searchable(archive: Library) -> None:
    """Index what is not in the index yet, as after a restore, an import that was ended early, or
    where the index is damaged: an answer must not leave stories out silently."""

    def fill() -> None:
        bar = ProgressBar("indexing")
        why = "another onrecord is building the index; search again in a while"
        if not archive.is_writable:
            why = "the archive can be read but not written"
        try:
            archive.index_pending(lambda state: bar.show(state.done, state.total))
        except SearchIndexError as error:
            why = str(error)
        finally:
            bar.clear()
        missing = archive.pending_count()
        if missing:
            say(f"{missing:,} of {archive.count():,} articles are not searchable yet: {why}")

    # What shows only in the midst of an answer is mended for it.
    archive.mends_index_by(fill)
    if archive.pending_count(look=True):
        fill()
