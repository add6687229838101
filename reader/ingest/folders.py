"""The files below a folder, in the order of their names, without being led astray."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from reader.ingest.intake import IntakeFailure
from reader.ingest.opening import printable, reason_of

_PAGE_FOLDERS: Final = ("_files", "-files", ".files", "_dateien", "_fichiers", "_archivos")
"""What browsers append to a saved page's name for the folder of its pictures and scripts."""

_MAIL_FOLDERS: Final = frozenset(("cur", "new", "tmp"))
"""What every maildir holds; a message in tmp is not there yet."""

_OF_MAIL_PROGRAMS: Final = re.compile(r"dovecot|courier|maildir|subscriptions\Z")


def files_below(folder: Path) -> Iterator[Path | IntakeFailure]:
    """Yield every regular file below `folder`, and a failure for each thing that is none.

    Names that begin with a dot are passed over, but for a maildir's own folders. A link is never
    followed: what it points to inside the folder comes in by its own name, and a link that leads
    out of the folder, nowhere or in a circle is a failure. Pipes, sockets and devices are failures.
    """
    root = Path(os.path.realpath(folder))
    found = False
    for path in _walk(folder):
        found = True
        if isinstance(path, IntakeFailure):
            yield path
            continue
        try:
            mode = path.lstat().st_mode
        except OSError as error:
            yield IntakeFailure(printable(path), reason_of(error))
            continue
        if stat.S_ISLNK(mode):
            problem = _problem_of_link(path, root)
            if problem:
                yield IntakeFailure(printable(path), problem)
        else:
            yield path  # what is not regular is refused, with its kind, when it is opened
    if not found:
        yield IntakeFailure(printable(folder), "holds no files")


def _walk(folder: Path) -> Iterator[Path | IntakeFailure]:
    """Files and links below a folder, depth first; deep trees need no deep stack."""
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        try:
            is_folder = current is folder or stat.S_ISDIR(current.lstat().st_mode)
            names = sorted(os.listdir(current)) if is_folder else None  # noqa: PTH208
        except OSError as error:
            yield IntakeFailure(printable(current), reason_of(error))
            continue
        if names is None:
            yield current
            continue
        known = set(names)
        is_mail = known >= _MAIL_FOLDERS
        waiting.extend(
            current / name
            for name in reversed(names)
            if not _is_passed_over(current, name, is_mail=is_mail)
            and not _keeps_page_parts(name, known)
        )


def _is_passed_over(folder: Path, name: str, *, is_mail: bool) -> bool:
    """Whether a name stands for nothing to read: hidden, or how a mail program keeps a maildir.
    The folders within a maildir have names that begin with a dot."""
    if name.startswith("."):
        return not (is_mail and (folder / name / "cur").is_dir())
    return is_mail and (name == "tmp" or bool(_OF_MAIL_PROGRAMS.match(name)))


def _keeps_page_parts(name: str, siblings: set[str]) -> bool:
    """Whether a folder holds the parts of a saved page that lies beside it."""
    for ending in _PAGE_FOLDERS:
        if name.endswith(ending):
            page = name.removesuffix(ending)
            return f"{page}.html" in siblings or f"{page}.htm" in siblings
    return False


def _problem_of_link(link: Path, root: Path) -> str | None:
    """Why a link counts for nothing, or None if it leads to a place inside `root`."""
    try:
        target = link.resolve(strict=True)
    except FileNotFoundError:
        return "is a link that leads nowhere"
    except (OSError, RuntimeError):
        return "is a link that leads in a circle"
    if not target.is_relative_to(root):
        return "is a link that leads out of the folder"
    return None
