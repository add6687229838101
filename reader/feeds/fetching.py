"""Going out for feeds: fetched side by side by `ingest.net`, each one parsed in a child process."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, TypeVar

from reader.core.feeds import FeedRow, Validators
from reader.errors import ReaderError
from reader.feeds.parsers import Parsers
from reader.feeds.parsing import FeedBytes, FeedRead
from reader.ingest.net.weighing import WeighedQueue

if TYPE_CHECKING:
    from reader.ingest.net.results import FetchLimits, FetchRequest, FetchResult

Item = TypeVar("Item")

_UNREAD: Final = 4 << 20
_UNSTORED: Final = 16 << 20
"""Bytes of feeds that may wait to be parsed, and to be stored: what bounds the memory when the disk
is slow."""


_A_WHILE: Final = 300
"""Seconds for which a host is left alone that asks for that and does not say for how long."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A feed to be fetched."""

    feed: FeedRow
    before: Validators
    since: int | None = None
    """Articles from before this moment are not wanted."""

    address: str | None = None
    """Where to look instead of the feed's own address: the feed that its page has named."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of a visit."""

    visit: Visit
    read: FeedRead | None = None
    """The feed; None where there was none, or nothing new."""

    unchanged: bool = False
    gone: bool = False
    problem: str | None = None
    """Why it failed, or what is worth knowing although it went well."""

    validators: Validators = field(default_factory=Validators)
    moved: str | None = None
    """Where permanent redirects led."""

    retry_after: int | None = None

    @property
    def is_all(self) -> bool:
        """Whether this is the end of the visit, and not only the first articles."""
        return self.read is None or not self.read.more

    @property
    def size(self) -> int:
        """How many articles it has brought."""
        return 0 if self.read is None else len(self.read.articles)


class Visits:
    """The visits of one refresh; a context manager, for one thread that takes what comes."""

    def __init__(self, parsers: Parsers, limits: FetchLimits | None = None) -> None:
        """Parse with `parsers`, which stay the caller's to close."""
        self._parsers = parsers
        self._limits = limits
        self._bodies: queue.Queue[tuple[Fetched, FeedBytes]] = WeighedQueue(_unread, _UNREAD)
        self._came: queue.Queue[Fetched | BaseException] = WeighedQueue(_unstored, _UNSTORED)
        self._again: queue.SimpleQueue[Visit] = queue.SimpleQueue()
        self._ended = threading.Event()
        self._left = 0
        self.in_haste = True
        """Whether the first articles of a feed are to come ahead of the others."""

    def __enter__(self) -> Visits:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def begin(self, visits: Iterable[Visit]) -> None:
        """Start on these visits; once only."""
        todo = list(visits)
        self._left = len(todo)
        if any(visit.before == Validators() for visit in todo):
            self._parsers.begin()
        # Daemons: a thread that hangs in a name server must not keep the program from ending.
        for _ in range(self._parsers.most):
            threading.Thread(target=self._parse, name="parse", daemon=True).start()
        threading.Thread(target=self._fetch, args=(todo,), name="fetch", daemon=True).start()

    def next(self, wait: float | None) -> Fetched | None:
        """The next that came, waiting at most `wait` seconds (None: as long as it takes).

        None where nothing has come, or nothing will come any more.
        """
        if self._left == 0:
            return None
        try:
            came = self._came.get(timeout=wait)
        except queue.Empty:
            return None
        if isinstance(came, BaseException):
            raise came
        self._left -= came.is_all
        return came

    def is_reading(self) -> bool:
        """Whether something has come that is still being parsed."""
        return self._bodies.unfinished_tasks > 0

    def end(self) -> None:
        """Begin nothing more; what is under way is given up."""
        self._ended.set()

    def _fetch(self, visits: list[Visit]) -> None:
        """Fetch all, then the feeds that were named by pages which stood in their place."""
        try:
            while visits and not self._ended.is_set():
                self._round(visits)
                self._bodies.join()
                visits = []
                while not self._again.empty():
                    visits.append(self._again.get())
        except BaseException as error:  # carried to the thread that takes, which raises it again
            self._hand_over(error)

    def _round(self, visits: list[Visit]) -> None:
        from reader.ingest.net.refresh import refresh_all

        asked: dict[int, Visit] = {}
        requests = []
        for visit in visits:
            try:
                request = _request(visit)
            except ReaderError as error:
                self._hand_over(Fetched(visit, problem=str(error)))
                continue
            requests.append(request)
            asked[id(request)] = visit
        if not requests:
            return
        for result in refresh_all(requests, limits=self._limits, stop=self._ended):
            fetched, given = _looked_at(asked[id(result.request)], result)
            if given is None:
                self._hand_over(fetched)
            else:
                self._put(self._bodies, (fetched, given))

    def _parse(self) -> None:
        while not self._ended.is_set():
            try:
                fetched, given = self._bodies.get(timeout=0.5)
            except queue.Empty:
                continue
            try:
                visit = fetched.visit
                read = self._parsers.read(
                    replace(given, in_haste=self.in_haste),
                    partial(self._hand_over_part, fetched),
                )
                if read.feeds and visit.address is None and visit.feed.succeeded is None:
                    self._again.put(replace(visit, address=read.feeds[0]))
                else:
                    self._hand_over(_with_feed(fetched, read))
            except BaseException as error:
                self._hand_over(error)
            finally:
                self._bodies.task_done()

    def _hand_over_part(self, fetched: Fetched, part: FeedRead) -> None:
        self._hand_over(replace(fetched, read=part))

    def _hand_over(self, came: Fetched | BaseException) -> None:
        self._put(self._came, came)

    def _put(self, into: queue.Queue[Item], item: Item) -> None:
        while not self._ended.is_set():
            try:
                into.put(item, timeout=0.2)
                return
            except queue.Full:
                continue


def _unread(item: tuple[Fetched, FeedBytes]) -> int:
    return len(item[1].data)


def _unstored(came: Fetched | BaseException) -> int:
    if isinstance(came, BaseException) or came.read is None:
        return 0
    return sum(len(one.body) + 1000 for one in came.read.articles)


def _request(visit: Visit) -> FetchRequest:
    """What to ask for a visit. Raises ReaderError where a secret cannot be had."""
    from reader.feeds.credentials import expanded, secret
    from reader.ingest.net.results import FetchRequest

    settings = visit.feed.settings
    found = secret(settings.auth) if settings.auth is not None else None
    user, password = found if isinstance(found, tuple) else (None, None)
    return FetchRequest(
        visit.address or visit.feed.url,
        etag=visit.before.etag,
        modified=visit.before.last_modified,
        headers={name: expanded(value) for name, value in settings.headers},
        user_agent=settings.user_agent,
        user=user,
        password=password,
        token=found if isinstance(found, str) else None,
        proxy=None if settings.proxy is None else expanded(settings.proxy),
    )


def _looked_at(visit: Visit, result: FetchResult) -> tuple[Fetched, FeedBytes | None]:
    """What the host answered, and the bytes to parse, if there are any."""
    from reader.ingest.net.results import Outcome

    if result.outcome is Outcome.GONE:
        return Fetched(visit, gone=True, problem=result.message), None
    if result.outcome is Outcome.UNCHANGED:
        same = Fetched(visit, unchanged=True, validators=visit.before, moved=result.moved)
        return same, None
    if result.outcome is not Outcome.FRESH:
        wait = result.retry_after
        if result.outcome is Outcome.LATER:
            wait = wait or _A_WHILE
        return Fetched(visit, problem=result.message, retry_after=wait), None
    digest = blake2b(result.body, digest_size=16).digest()
    now = Validators(result.etag, result.modified, digest)
    fetched = Fetched(visit, validators=now, moved=result.moved)
    if digest == visit.before.digest:
        return replace(fetched, unchanged=True), None
    return fetched, FeedBytes(
        result.body,
        result.url,
        visit.address or visit.feed.origin,
        result.charset,
        since=visit.since,
        teasers=visit.feed.settings.full_text,
    )


def _with_feed(fetched: Fetched, read: FeedRead) -> Fetched:
    """What came, with the feed that was found in it, if it is one."""
    if read.usable:
        seen = fetched.validators if read.whole else Validators()
        return replace(fetched, read=read, problem=read.problem, validators=seen)
    named = fetched.visit.address
    where = "" if named is None else f"is a page that names {named}, which "
    return Fetched(fetched.visit, problem=f"{where}{read.problem}")
