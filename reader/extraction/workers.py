"""Processes that work through a batch chunk by chunk; one that dies takes one line with it at most.

What they are given goes out again in the same order, and no more than a few chunks are held at a
time, however many there are.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.process import BaseProcess

HELD = 16_000_000
"""Characters that may be under way, beyond one chunk."""
AHEAD = 3
"""Chunks a process that may be under way: so many hide the cost of handing them over."""

Chunk = Sequence[str]
Work = Callable[[Chunk], list[str]]


class Workers:
    """A context manager; when it is left by an exception the processes are ended at once."""

    def __init__(self, work: Work, jobs: int, lost: Callable[[str], str]) -> None:
        """`work` is a function of a module, which the processes import, and never raises; `lost`
        makes the answer to a line that its process died of."""
        self._most = AHEAD * jobs
        self._lost = lost
        self._many = _Processes(work, jobs)
        self._one = _Processes(work, 1)

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for processes in (self._many, self._one):
            processes.close(at_once=kind is not None)

    def answers(self, chunks: Iterable[Chunk]) -> Iterator[str]:
        """What the processes answer to each line of the chunks, in order."""
        waiting: deque[tuple[Future[list[str]], Chunk, int]] = deque()
        held = 0
        for chunk in chunks:
            size = sum(map(len, chunk))
            held += size
            waiting.append((self._many.begin(chunk), chunk, size))
            while len(waiting) >= self._most or (held > HELD and len(waiting) > 1):
                future, asked, size = waiting.popleft()
                held -= size
                yield from self._answered(future, asked)
        while waiting:
            future, asked, _ = waiting.popleft()
            yield from self._answered(future, asked)

    def _answered(self, future: Future[list[str]], chunk: Chunk) -> list[str]:
        try:
            return future.result()
        except BrokenProcessPool:
            return self._again(chunk)

    def _again(self, chunk: Chunk) -> list[str]:
        """Some line under way was too much for a process: halving what there was shows which."""
        try:
            return self._one.begin(chunk).result()
        except BrokenProcessPool:
            if len(chunk) == 1:
                return [self._lost(chunk[0])]
            half = len(chunk) // 2
            return [*self._again(chunk[:half]), *self._again(chunk[half:])]


class _Processes:
    """So many processes, begun when there is something to do, and again when one has died."""

    def __init__(self, work: Work, jobs: int) -> None:
        self._work = work
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None
        self._begun: set[BaseProcess] = set()

    def begin(self, chunk: Chunk) -> Future[list[str]]:
        """Give a chunk to them."""
        if self._pool is not None:
            try:
                return self._pool.submit(self._work, chunk)
            except BrokenProcessPool:
                self._pool.shutdown()
        self._pool = ProcessPoolExecutor(
            self._jobs, mp_context=get_context("spawn"), initializer=_stay_to_the_end
        )
        others = set(active_children())
        with _uninterrupted():
            future = self._pool.submit(self._work, chunk)
        self._begun = set(active_children()) - others
        return future

    def close(self, *, at_once: bool) -> None:
        """End them, `at_once` or when they have done what they were given."""
        if at_once:
            for process in self._begun:
                process.kill()
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Within, processes are begun that a Ctrl-C does not reach: it is for the one that began them,
    which then ends them. Does nothing outside the main thread, which alone may do it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _stay_to_the_end() -> None:
    """A process's first act: see to it that it does not outlive the one that began it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
