"""What is asked of the network, and what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from reader.ingest import limits


class Outcome(StrEnum):
    """How a fetch ended."""

    FRESH = "fresh"
    """There is a body."""
    UNCHANGED = "unchanged"
    """The server says that nothing is new since `etag` or `modified`."""
    GONE = "gone"
    """Status 410: the feed has ended and should not be asked for again."""
    LATER = "later"
    """Status 429 or 503: the server wants to be left alone for `retry_after` seconds."""
    FAILED = "failed"
    """Anything else; the message says what."""


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How much one fetch may take."""

    seconds: float = 30.0
    """In all, from the name's resolution to the last byte; a drip trips no time-out per read."""

    read_seconds: float = 15.0
    """Between two pieces of an answer."""

    size: int = 20 * 1024 * 1024
    """Bytes of the body, counted after decompression."""

    hops: int = 10
    """Redirects followed."""


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """One thing to fetch."""

    url: str
    """An http or https address, without user and password."""

    etag: str | None = None
    """What the last answer carried as ETag; with `modified` it makes the request conditional."""

    modified: str | None = None
    """What the last answer carried as Last-Modified."""

    headers: Mapping[str, str] = field(default_factory=dict)
    """Further headers; sent to the first host only."""

    user_agent: str | None = None
    user: str | None = None
    password: str | None = None
    """For basic authentication; sent to the first host only."""

    token: str | None = None
    """A bearer token; sent to the first host only."""

    proxy: str | None = None
    accept: str | None = None


@dataclass(frozen=True, slots=True)
class FetchResult:
    """How one fetch ended; every string is clean."""

    request: FetchRequest
    outcome: Outcome
    message: str = ""
    """What went wrong, one line that continues the feed's name ("answered 404 Not Found")."""

    body: bytes = b""
    url: str = ""
    """The address that answered in the end."""

    moved: str | None = None
    """Where the feed has moved to, if every hop said that the move is for good."""

    status: int = 0
    etag: str | None = None
    modified: str | None = None
    charset: str | None = None
    content_type: str = ""
    retry_after: int | None = None
    """Seconds, at most a day."""

    seconds: float = 0.0


LONGEST_VALIDATOR = min(1_024, limits.ADDRESS)
"""Characters of an ETag that are kept; a longer one is forgotten, and the feed fetched in full."""
