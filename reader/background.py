"""The work that the screen leaves to a process of its own: imports, feeds, building the index.

    python -m reader.background FOLDER import PATH...
    python -m reader.background FOLDER fetch [FEED...]
    python -m reader.background FOLDER watch FOLDER...
    python -m reader.background FOLDER rebuild
    python -m reader.background FOLDER index

Prints one JSON object a line on stdout, at most five a second: `done`, `total` (or null), `new`,
`known`, `failed`, `phase`, and in the last line `error`, what went wrong first (or null). Exit code
0, or 1 where something could not be read. Ended by SIGTERM, it keeps what it has stored. `watch`
goes on until it is ended; the last line of each of its imports has `"ended": true`.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

from reader.core.records import ImportProgress
from reader.errors import ReaderError

if TYPE_CHECKING:
    from reader.library import Library

_AT_ONCE = 500
"""Files that one import of a watched folder is given: a command line has its limits."""

_POLITE = 10
"""How nice it is: it gets a tenth of a processor that the screen wants too. With three such on two
processors, work of 40 ms took 45 (95 %: 68), and 53 (95 %: 96) beside ones of 5."""

_EVERY = 0.2
"""Seconds between two lines: as often as a person can read."""


def main(words: Sequence[str]) -> int:
    """Do what `words` say; return the exit code."""
    from reader.library import Library

    def end(_number: int, _frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    # An article leaves thousands of small objects: looking for garbage after every 700 takes 3 %.
    gc.set_threshold(20_000, 20, 50)
    if sys.platform != "win32":
        # The screen, and whatever else a person waits for, goes first.
        os.nice(_POLITE)
    folder, task, *paths = words
    tell = _Teller()
    error: str | None = None
    try:
        library = Library.open(Path(folder))
        try:
            if task == "rebuild":
                library.rebuild(tell)
            elif task == "fetch":
                error = _fetch(library, paths, tell)
            elif task == "index":
                library.index_pending(tell)
            elif task == "watch":
                _watch(library, [Path(path) for path in paths])
            else:
                for outcome in library.import_paths([Path(p) for p in paths], on_progress=tell):
                    if outcome.status == "failed" and error is None:
                        error = getattr(outcome.intake, "message", None)
        finally:
            library.close()
    except ReaderError as wrong:
        error = str(wrong)
    except KeyboardInterrupt:
        return 143
    tell.end(error)
    return 1 if error else 0


def _watch(library: Library, folders: Sequence[Path]) -> NoReturn:
    """Look at folders, and bring in what comes into them.

    The imports are children again: what they need (the page parser, the engine, 80 MB) goes with
    them, and this process stays as small as looking is.
    """
    parent = os.getppid()
    watch = library.watch(folders)
    while os.getppid() == parent:
        ready = watch.look()
        for start in range(0, len(ready), _AT_ONCE):
            files = ready[start : start + _AT_ONCE]
            _import_apart(library.folder, files)
            watch.done(files)
        time.sleep(watch.pause)
    sys.exit(0)  # the screen is gone without having said so


def _import_apart(folder: Path, files: Sequence[Path]) -> None:
    """Import files in a child, and pass on what it tells; its end is told as `ended`."""
    words = [sys.executable, "-P", "-m", "reader.background", str(folder), "import"]
    last: dict[str, object] = {}
    with subprocess.Popen([*words, *map(str, files)], stdout=subprocess.PIPE) as child:
        try:
            assert child.stdout is not None
            for line in child.stdout:
                last = json.loads(line)
                print(json.dumps(last), flush=True)
        except BaseException:
            child.terminate()
            raise
    print(json.dumps({**last, "ended": True}), flush=True)


def _fetch(library: Library, words: Sequence[str], tell: _Teller) -> str | None:
    """Refresh the feeds that the words name (numbers, addresses, titles), or all; what went wrong
    first, or None. While feeds come in, `done` and `total` count them; later, articles."""
    from reader.core.feeds import RefreshProgress, RefreshStatus

    def told(progress: RefreshProgress) -> None:
        tell(
            ImportProgress(
                progress.done,
                progress.total,
                new=progress.new,
                known=progress.known,
                failed=progress.failed,
                phase=progress.phase,
            )
        )

    feeds = library.subscriptions.named(words) if words else None
    error = None
    for outcome in library.subscriptions.refresh(feeds, on_progress=told):
        if outcome.status is RefreshStatus.FAILED and error is None:
            error = f"{outcome.feed.title}: {outcome.message}"
    return error


class _Teller:
    """Prints how far it has come."""

    def __init__(self) -> None:
        self._at = 0.0
        self._last = ImportProgress(0, None)

    def __call__(self, progress: ImportProgress) -> None:
        self._last = progress
        now = time.monotonic()
        if now - self._at >= _EVERY:
            self._at = now
            self._print(None)

    def end(self, error: str | None) -> None:
        self._print(error)

    def _print(self, error: str | None) -> None:
        last = self._last
        print(
            json.dumps(
                {
                    "done": last.done,
                    "total": last.total,
                    "new": last.new,
                    "known": last.known,
                    "failed": last.failed,
                    "phase": last.phase,
                    "error": error,
                }
            ),
            flush=True,
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
