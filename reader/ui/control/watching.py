"""What happens behind the screen: imports in a process of their own, and what others wrote."""

from __future__ import annotations

import asyncio
import json
import os
import shlex
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import reader
from reader.ui.browser import is_web_address
from reader.ui.work import work

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen

_INDEX_EVERY = 20.0
"""Seconds between two tries to index what the index lacks."""

POLL = 1.0
"""Seconds between looks at whether another process has written: one PRAGMA, 20 microseconds."""

LOOK_APART = 0.9
"""Least seconds between two looks while a child tells of its work: listing 20,000 stories anew
takes 30 ms, which one key in eight felt when it was done twice a second."""

_FETCHING = {"completing": "Fetching pages", "reading": "Finding out who said what in"}
"""What a refresh is at after the feeds have come, by its phase."""


class Watching:
    """Starts imports as child processes and follows what they bring in."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._version = 0
        self._children: set[asyncio.subprocess.Process] = set()
        self._busy: set[asyncio.subprocess.Process] = set()
        """Those children that are at work, and do not only watch."""
        self._watcher: asyncio.Task[None] | None = None
        self._index_again = 0.0
        self._looked = 0.0
        self.is_fetching = False
        self._next: list[int] = []
        """Feeds to be refreshed after those that are being refreshed."""

        self.progress = ""
        """One quiet line about what is coming in, or nothing."""

    def begin(self) -> None:
        """Start looking."""
        self._version = self._screen.library.data_version()
        self._screen.set_interval(POLL, self.look)
        library = self._screen.library
        if library.pending_count() or library.stories.uncompared_count():
            self.index()
        folders = [str(folder) for folder in self._screen.settings.watch]
        library = self._screen.library
        if folders and library.is_writable and not library.is_sample:
            words = ["reader.background", str(library.folder), "watch", *folders]
            # No worker of the screen: those are waited for, and this one never ends by itself.
            self._watcher = asyncio.create_task(self._follow("watch", words))

    def index(self) -> None:
        """Index what the index lacks, in a child process, unless some work is going on already:
        an import indexes what it brings in. Not again within a while: another program may be at
        it, and then the child has nothing to do."""
        now = time.monotonic()
        if self._screen.library.is_writable and not self._busy and now > self._index_again:
            self._index_again = now + _INDEX_EVERY
            self._start("index", ["reader.background", str(self._screen.library.folder), "index"])

    def look(self) -> None:
        """Show what another process wrote since the last look."""
        self._looked = time.monotonic()
        version = self._screen.library.data_version()
        if version != self._version:
            self._version = version
            self._screen.archive_changed()

    def import_words(self, text: str) -> None:
        """Bring in what a person typed: a path, or several as a shell would part them."""
        if is_web_address(text.strip()):
            self._screen.open_own_archive(lambda screen: screen.feeding.subscribe(text.strip()))
            return
        path = Path(text).expanduser()
        paths = [str(path)]
        if not path.exists():
            try:
                paths = [str(Path(word).expanduser()) for word in shlex.split(text)]
            except ValueError:
                paths = [str(path)]
        missing = [name for name in paths if not Path(name).exists()]
        if missing:
            self._screen.say(f"{missing[0]}: there is no such file or folder", error=True)
            return
        if all(_is_list(Path(name)) for name in paths):
            lists = [Path(name) for name in paths]
            self._screen.open_own_archive(lambda screen: screen.feeding.take_lists(lists))
        else:
            self._screen.open_own_archive(lambda screen: screen.watching.import_paths(paths))

    def import_paths(self, paths: Sequence[str]) -> None:
        """Bring files and folders in, in a child process; the screen stays usable."""
        self._start(
            "import", ["reader.background", str(self._screen.library.folder), "import", *paths]
        )

    def fetch(self, feeds: Sequence[int] = ()) -> None:
        """Refresh these feeds, or all that are due, in a child process."""
        if self.is_fetching:
            self._next += (feed for feed in feeds if feed not in self._next)
            more = "; what you asked for comes next" if feeds else ""
            self._screen.say(f"The feeds are being refreshed already{more}.")
            return
        self.is_fetching = True
        words = [str(number) for number in feeds]
        self._start(
            "fetch", ["reader.background", str(self._screen.library.folder), "fetch", *words]
        )

    def rebuild(self) -> None:
        """Build the index again, in a child process."""
        self._start("rebuild", ["reader.background", str(self._screen.library.folder), "rebuild"])

    def build_sample(self) -> None:
        """Make the archive of the bundled sample, in a child process."""
        self._start("sample", ["reader.sample"])

    def _start(self, what: str, module: Sequence[str]) -> None:
        work(self._screen, partial(self._follow, what, module), group=f"child-{what}")

    async def _follow(self, what: str, module: Sequence[str]) -> None:
        root = str(Path(reader.__file__).resolve().parent.parent)
        path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
        try:
            child = await asyncio.create_subprocess_exec(
                sys.executable,
                # Never a module from the folder that one happens to be in.
                "-P",
                "-m",
                *module,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
            )
        except BaseException:
            self.is_fetching = self.is_fetching and what != "fetch"
            raise
        self._children.add(child)
        if what != "watch":
            self._busy.add(child)
        last: dict[str, object] = {}
        had_new = False
        try:
            assert child.stdout is not None
            async for line in child.stdout:
                try:
                    last = json.loads(line)
                except ValueError:
                    continue
                if last.get("ended"):
                    self.progress = ""
                    if last.get("new") or last.get("failed"):
                        self._say_end("import", int(bool(last.get("error"))), last)
                else:
                    self._say_progress(what, last)
                # The very first articles are shown as soon as they are there.
                is_first, had_new = bool(last.get("new")) > had_new, bool(last.get("new"))
                if is_first or time.monotonic() - self._looked >= LOOK_APART:
                    self.look()
            code = await child.wait()
        finally:
            self._children.discard(child)
            self._busy.discard(child)
            self.progress = ""
            if what == "fetch":
                self.is_fetching = False
        self.look()
        if what != "watch":
            self._say_end(what, code, last)
        if what == "fetch" and self._next:
            asked, self._next = self._next, []
            self.fetch(asked)

    def _say_progress(self, what: str, last: dict[str, object]) -> None:
        done, total = last.get("done", 0), last.get("total")
        verb = "Refreshing feeds" if what == "fetch" else "Bringing in"
        if last.get("phase") == "indexing":
            verb = "Indexing"
        elif what == "fetch":
            verb = _FETCHING.get(str(last.get("phase")), verb)
        of = f" of {total:,}" if isinstance(total, int) else ""
        self.progress = f"{verb} {done:,}{of} …"
        self._screen.update_where()

    def _say_end(self, what: str, code: int, last: dict[str, object]) -> None:
        screen = self._screen
        screen.update_where()
        if what == "fetch" and code and last.get("error") and not last.get("failed"):
            screen.say(f"The feeds were not refreshed: {last['error']}", error=True)
        elif what == "fetch":
            trouble = f"; {last['failed']:,} failed (e says why)" if last.get("failed") else ""
            screen.say(f"Feeds refreshed: {last.get('new', 0):,} new{trouble}.")
        elif what == "sample":
            if code:
                screen.say("The sample could not be made; a brings in your own news.", error=True)
        elif what in ("rebuild", "index"):
            trouble = f"The index could not be built: {last.get('error')}"
            screen.say(trouble if code else "The index is ready.", error=bool(code))
            screen.searching.again()
        else:
            failed = last.get("failed", 0)
            words = f"{last.get('new', 0):,} new, {last.get('known', 0):,} known"
            trouble = f"; {failed:,} could not be read: {last.get('error')}" if failed else ""
            screen.say(f"Came in: {words}{trouble}", error=bool(code) and not last.get("new"))

    def end(self) -> None:
        """Ask the children to end; what they stored stays."""
        for child in self._children:
            if child.returncode is None:
                child.terminate()


def _is_list(path: Path) -> bool:
    """Whether a file is a subscription list, by how those of other readers are called."""
    is_named_so = path.suffix.lower() == ".opml" or path.name in ("urls", "feeds")
    return is_named_so and path.is_file()
