"""The processes that read feeds and pages: begun when needed, ended when they take too long.

What they do is in `reader.feeds.parsing`; here is the side of the program that asks them.
"""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from reader.core.quotation import Extraction
from reader.feeds.parsing import (
    Ahead,
    Asked,
    FeedBytes,
    FeedRead,
    PageBytes,
    PageRead,
    Texts,
    unpacked,
)

SECONDS: Final = 20.0
"""The longest that one feed may take: 5,000 entries of 10 kB take four."""

_POLITE: Final = 10
"""How nice a process is that works behind: it takes a tenth of a processor somebody else wants."""

_POLITER: Final = 15
"""The same where the program is that nice itself, as it is behind the screen."""


class Parsers:
    """A few processes that read feeds. Safe for several threads; a context manager."""

    def __init__(self, most: int | None = None, seconds: float = SECONDS) -> None:
        """At most `most` processes, begun when they are needed (one a processor, at most four)."""
        self._seconds = seconds
        self.most = most or min(os.cpu_count() or 1, 4)
        """How many there are at most."""

        self._free: queue.SimpleQueue[_Child | None] = queue.SimpleQueue()
        for _ in range(self.most):
            self._free.put(None)
        self._lock = threading.Lock()
        self._children: set[_Child] = set()
        self._closed = self._stands_back = False

    def __enter__(self) -> Parsers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes, whatever they are at."""
        with self._lock:
            self._closed = True
            children, self._children = self._children, set()
        for child in children:
            child.end()

    def begin(self) -> None:
        """Begin the first process now, so that it is ready when the first feed is there."""
        threading.Thread(target=self._warm, name="parse", daemon=True).start()

    def _warm(self) -> None:
        with self._one():
            pass

    def stand_back(self) -> None:
        """From now on the processes leave the processor to whatever else wants it."""
        with self._lock:
            self._stands_back = True
            for child in self._children:
                child.stand_back()

    def read(self, given: FeedBytes, ahead: Ahead | None = None) -> FeedRead:
        """Read a feed; waits for a free process. Never raises for what is in it.

        With `ahead`, a long feed, and one that is asked for in haste, comes in parts: that is
        handed all but the last one.
        """
        with self._one() as child:
            begun = time.monotonic()
            answer = child.ask(replace(given, in_parts=ahead is not None), self._seconds)
            left = self._seconds - (time.monotonic() - begun)
            while ahead is not None and isinstance(answer, FeedRead) and answer.more:
                try:
                    ahead(answer)
                except BaseException:
                    child.end()  # the rest would be taken for the answer to the next question
                    raise
                begun = time.monotonic()
                answer = child.answer(max(left, 0.01))
                left -= time.monotonic() - begun
        if isinstance(answer, FeedRead):
            return answer
        return FeedRead(problem=str(answer), usable=False)

    def read_page(self, given: PageBytes) -> PageRead:
        """Read a page; waits for a free process. Never raises for what is in it."""
        with self._one() as child:
            answer = child.ask(given, self._seconds)
        return answer if isinstance(answer, PageRead) else PageRead(problem=str(answer))

    def extract(self, texts: Sequence[str]) -> list[Extraction] | None:
        """Ask who said what in some texts; None where the process could not say."""
        with self._one() as child:
            answer = child.ask(Texts(tuple(texts)), self._seconds)
        return list(answer) if isinstance(answer, tuple) else None

    @contextmanager
    def _one(self) -> Iterator[_Child]:
        child = self._free.get()
        try:
            if child is None or not child.alive:
                child = self._begun(child)
            yield child
        finally:
            self._free.put(child)

    def _begun(self, instead_of: _Child | None) -> _Child:
        with self._lock:
            self._children.discard(instead_of) if instead_of else None
            child = _Child()
            if self._closed:
                child.end()
            else:
                self._children.add(child)
                if self._stands_back:
                    child.stand_back()
        return child


class _Child:
    """One process."""

    def __init__(self) -> None:
        root = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "reader.feeds.parsing"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
            # Ctrl-C is for the parent, which then ends its children.
            start_new_session=True,
        )
        self.alive = True

    def ask(self, given: Asked, seconds: float) -> object:
        """What the process answers, or a line that says why it does not."""
        return self._exchange(given, seconds)

    def answer(self, seconds: float) -> object:
        """What the process answers further, as `ask`."""
        return self._exchange(None, seconds)

    def _exchange(self, given: Asked | None, seconds: float) -> object:
        late = threading.Event()

        def end() -> None:
            late.set()
            self.end()

        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            if given is not None:
                pickle.dump(given, self._process.stdin, pickle.HIGHEST_PROTOCOL)
                self._process.stdin.flush()
            return unpacked(pickle.load(self._process.stdout))
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):
            self.end()
            what = "takes too long to read" if late.is_set() else "cannot be read"
            return FeedRead(problem=f"{what}", usable=False)
        finally:
            timer.cancel()

    def stand_back(self) -> None:
        """Lower its priority for good."""
        if sys.platform != "win32" and self.alive:
            with suppress(OSError):  # it may have ended this moment
                own = os.getpriority(os.PRIO_PROCESS, 0)
                nice = _POLITE if own < _POLITE else _POLITER
                os.setpriority(os.PRIO_PROCESS, self._process.pid, nice)

    def end(self) -> None:
        """Kill the process; what it was reading is lost."""
        self.alive = False
        self._process.kill()
        self._process.wait()
