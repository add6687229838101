"""Subscriptions as the screen and the command line see them: plain data, nothing stored here."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from reader.core.article import ArticleId


@dataclass(frozen=True, slots=True)
class FeedAuth:
    """Where the secret of a feed is to be found. The secret itself is never part of it."""

    user: str | None = None
    """The user's name for a password; None where the secret is a token sent as it is."""

    variable: str | None = None
    """The environment variable that holds password or token."""

    command: tuple[str, ...] = ()
    """A program with its arguments that prints the secret, such as a keyring's."""


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """What a reader has set for one feed; everything has a default."""

    headers: tuple[tuple[str, str], ...] = ()
    """Names and values; `${NAME}` in a value stands for that environment variable."""

    user_agent: str | None = None
    auth: FeedAuth | None = None
    proxy: str | None = None
    full_text: bool = False
    """Whether the pages of stories that come as teasers are fetched."""

    interval: int | None = None
    """The least minutes between two refreshes of all feeds; None for whenever one is asked for."""

    keep_days: int | None = None
    """Stories older than this are not taken in, and go once they are read (stars stay)."""

    paused: bool = False
    """Whether it is passed over unless it is named."""


class FeedState(StrEnum):
    """How a feed is doing."""

    NEW = "new"
    """Never asked yet."""

    WELL = "well"
    FAILING = "failing"
    ENDED = "ended"
    """Its publisher says that it is gone for good (410)."""


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One subscription."""

    id: int
    url: str
    """Where it is fetched, http or https, without user and password."""

    origin: str
    """Where it was first fetched; what its articles carry as `Article.feed`, for good."""

    title: str
    """The reader's own name for it, else the feed's, else its address."""

    name: str | None
    """The reader's own name for it, if there is one."""

    folder: str | None
    """The folders it lies in, outermost first, parted by "/"."""

    tags: tuple[str, ...]
    articles: int
    """How many of its articles the archive holds."""

    unread: int
    settings: FeedSettings
    state: FeedState
    checked: int | None
    """When it was last asked, in epoch seconds."""

    succeeded: int | None
    """When it last answered well."""

    failed: int | None
    """When it last failed."""

    reason: str | None
    """Why it failed, in one line; None once it does well again."""

    failures: int
    """How often in a row it has failed."""

    due: int
    """Not to be asked before this (epoch seconds), unless the reader names it."""

    held: int
    """The publisher asked not to be asked before this (Retry-After); 0 for no such wish."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What an answer can be compared with at the next visit."""

    etag: str | None = None
    last_modified: str | None = None
    digest: bytes | None = None
    """A hash of the bytes, for publishers that give neither."""


class RefreshStatus(StrEnum):
    """What became of one feed in a refresh."""

    NEW = "new"
    """Something came in."""

    UNCHANGED = "unchanged"
    FAILED = "failed"
    WAITING = "waiting"
    """It was not asked: its publisher wishes so, or it has failed and its time has not come."""

    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class RefreshOutcome:
    """One feed after a refresh; its articles are stored."""

    feed: FeedRow
    status: RefreshStatus
    new: tuple[ArticleId, ...] = ()
    changed: tuple[ArticleId, ...] = ()
    known: int = 0
    message: str | None = None
    """What went wrong, or is worth knowing, in one line."""

    moved: str | None = None
    """The address that it was fetched from until now, where it has moved for good."""


RefreshPhase = Literal["fetching", "completing", "reading", "indexing"]


@dataclass(frozen=True, slots=True)
class RefreshProgress:
    """How far a refresh has come."""

    done: int
    total: int
    """Feeds; while articles are read and indexed, articles."""

    new: int = 0
    known: int = 0
    failed: int = 0
    """Feeds that failed."""

    feed: str | None = None
    """The title of the feed that came last."""

    phase: RefreshPhase = "fetching"
    """`completing` is fetching the pages of teasers, `reading` asking the engine who said what."""

    without_page: tuple[tuple[str, int], ...] = ()
    """Why pages of teasers could not be had, and of how many stories."""


@dataclass(frozen=True, slots=True)
class SubscriptionList:
    """What became of the lines of a subscription list."""

    added: tuple[FeedRow, ...] = ()
    known: int = 0
    refused: tuple[str, ...] = field(default=())
    """A line for each that was refused, and why."""

    searches: tuple[tuple[str, str], ...] = ()
    """Saved searches that came in: name and query."""
