"""Processes that work through a batch chunk by chunk; one that dies takes one item with it at most.

What they are given goes out again in the same order, and no more than a few chunks are held at a
time, however many there are.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

HELD = 16_000_000
"""Characters that may be under way, beyond one chunk."""
AHEAD = 3
"""Chunks a process that may be under way: so many hide the cost of handing them over."""

Asked = TypeVar("Asked", bound=Sized)
Answer = TypeVar("Answer")
Rest = TypeVar("Rest")


class Workers(Generic[Asked, Answer]):
    """A context manager; when it is left by an exception the processes are ended at once."""

    def __init__(
        self,
        work: Callable[[Sequence[Asked]], list[Answer]],
        jobs: int,
        lost: Callable[[Asked], Answer],
        ahead: int = AHEAD,
    ) -> None:
        """`work` is a function of a module, which the processes import, and never raises; `lost`
        makes the answer to what a process died of. `ahead`: chunks a process under way."""
        self._most = ahead * jobs
        self._lost = lost
        self._many = _Processes(work, jobs)
        self._one = _Processes(work, 1)

    def __enter__(self) -> Workers[Asked, Answer]:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for processes in (self._many, self._one):
            processes.close(at_once=kind is not None)

    def answers(self, chunks: Iterable[Sequence[Asked]]) -> Iterator[Answer]:
        """What the processes answer to everything in the chunks, in order."""
        for answers, _ in self.answers_with((chunk, None) for chunk in chunks):
            yield from answers

    def answers_with(
        self, chunks: Iterable[tuple[Sequence[Asked], Rest]]
    ) -> Iterator[tuple[list[Answer], Rest]]:
        """The answers to each chunk, in order, and what came with the chunk. An empty one asks
        nothing of the processes."""
        waiting: deque[tuple[Future[list[Answer]] | None, Sequence[Asked], Rest]] = deque()
        held = 0
        for chunk, rest in chunks:
            held += sum(map(len, chunk))
            waiting.append((self._many.begin(chunk) if chunk else None, chunk, rest))
            while waiting and (
                waiting[0][0] is None
                or waiting[0][0].done()
                or len(waiting) >= self._most
                or (held > HELD and len(waiting) > 1)
            ):
                future, asked, rest = waiting.popleft()
                held -= sum(map(len, asked))
                yield self._answered(future, asked), rest
        for future, asked, rest in waiting:
            yield self._answered(future, asked), rest

    def _answered(
        self, future: Future[list[Answer]] | None, chunk: Sequence[Asked]
    ) -> list[Answer]:
        try:
            return future.result() if future is not None else []
        except BrokenProcessPool:
            return self._again(chunk)

    def _again(self, chunk: Sequence[Asked]) -> list[Answer]:
        """Something under way was too much for a process: halving what there was shows what."""
        try:
            return self._one.begin(chunk).result()
        except BrokenProcessPool:
            if len(chunk) == 1:
                return [self._lost(chunk[0])]
            half = len(chunk) // 2
            return [*self._again(chunk[:half]), *self._again(chunk[half:])]


class _Processes(Generic[Asked, Answer]):
    """So many processes, begun when there is something to do, and again when one has died."""

    def __init__(self, work: Callable[[Sequence[Asked]], list[Answer]], jobs: int) -> None:
        self._work = work
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None
        self._others: set[BaseProcess] = set()
        self._begun: set[BaseProcess] = set()

    def begin(self, chunk: Sequence[Asked]) -> Future[list[Answer]]:
        """Give a chunk to them."""
        if self._pool is not None:
            try:
                return self._submitted(self._pool, chunk)
            except BrokenProcessPool:
                self._pool.shutdown()
        self._others = set(active_children())
        self._begun = set()
        self._pool = ProcessPoolExecutor(
            self._jobs, mp_context=get_context("spawn"), initializer=_stay_to_the_end
        )
        return self._submitted(self._pool, chunk)

    def _submitted(self, pool: ProcessPoolExecutor, chunk: Sequence[Asked]) -> Future[list[Answer]]:
        if len(self._begun) == self._jobs:
            return pool.submit(self._work, chunk)
        # The pool begins its processes one by one, as it is given work.
        with _uninterrupted():
            future = pool.submit(self._work, chunk)
        self._begun = set(active_children()) - self._others
        return future

    def close(self, *, at_once: bool) -> None:
        """End them, `at_once` or when they have done what they were given."""
        if at_once:
            # All of them: one that is left would wait for a lock that another died with.
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
