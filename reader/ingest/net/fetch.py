"""One fetch: conditional, bounded in time and size, redirects looked at before followed."""

from __future__ import annotations

import asyncio
import importlib.util
import re
import time
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Final

from reader import __version__
from reader.core.text import clean_line
from reader.errors import IntakeError
from reader.ingest.addresses import web_address
from reader.ingest.net.bounded import Body, accepted
from reader.ingest.net.hops import (
    REDIRECTS,
    is_for_good,
    is_private,
    next_address,
    same_site,
)
from reader.ingest.net.results import (
    LONGEST_VALIDATOR,
    FetchLimits,
    FetchRequest,
    FetchResult,
    Outcome,
)
from reader.ingest.net.retry import retry_after
from reader.ingest.net.room import Room
from reader.ingest.net.wording import why_unreachable

if TYPE_CHECKING:
    import ssl

    import httpx

USER_AGENT: Final = f"onrecord/{__version__} (news reader)"
ACCEPT: Final = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, text/html;q=0.5, */*;q=0.1"
)
_CHARSET = re.compile(r"charset\s{0,3}=\s{0,3}[\"']?([\w.:-]{1,40})", re.IGNORECASE)


def new_client(limits: FetchLimits, proxy: str | None = None) -> httpx.AsyncClient:
    """Return a client that follows no redirects, keeps no cookies and speaks HTTP/2 if it can."""
    from http.cookiejar import CookieJar, DefaultCookiePolicy

    import httpx

    return httpx.AsyncClient(
        follow_redirects=False,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        timeout=httpx.Timeout(limits.read_seconds),
        http2=importlib.util.find_spec("h2") is not None,
        verify=_trust(),
        proxy=proxy,
        trust_env=proxy is None,
        limits=httpx.Limits(max_connections=16, max_keepalive_connections=8),
    )


@cache
def _trust() -> ssl.SSLContext:
    """What tells which certificates are trusted: read once, since that takes 24 ms."""
    import httpx

    return httpx.create_ssl_context()


async def fetch(
    client: httpx.AsyncClient,
    request: FetchRequest,
    limits: FetchLimits | None = None,
    room: Room | None = None,
) -> FetchResult:
    """Fetch one address and return how that ended; never raises for what the network does.

    The whole takes at most `limits.seconds`, the body at most `limits.size` bytes after
    decompression. At most `limits.hops` redirects are followed, each to an http or https address;
    one from outside to this machine or a private network is refused. User, password, token and
    further headers go to the first host only. A body that breaks off is a failure, not half a
    feed. With `room`, a large body waits until there is some; that time does not count.
    """
    import httpx

    bounds = limits or FetchLimits()
    started = time.monotonic()
    message = ""
    result: FetchResult | None = None
    try:
        async with asyncio.timeout(bounds.seconds) as clock:
            result = await _follow(client, request, bounds, room, clock)
    except TimeoutError:
        message = f"took longer than {bounds.seconds:g} seconds"
    except httpx.TimeoutException:
        message = "did not answer in time"
    except httpx.HTTPError as error:
        message = _reason(error)
    except httpx.InvalidURL:  # it looks at a redirect's address even where it does not follow it
        message = "redirects to something that is no web address"
    except IntakeError as error:
        message = str(error)
    except (ValueError, OSError, UnicodeError) as error:
        message = f"cannot be fetched: {error}"
    if result is None:
        result = FetchResult(request, Outcome.FAILED, clean_line(message, 200))
    elapsed = time.monotonic() - started
    return _replace(result, seconds=elapsed)


async def _follow(
    client: httpx.AsyncClient,
    request: FetchRequest,
    limits: FetchLimits,
    room: Room | None,
    clock: asyncio.Timeout,
) -> FetchResult:
    """Go from address to address until one answers."""
    address = web_address(request.url)
    if address is None:
        raise IntakeError("is not an http or https address")
    first = address
    from_inside: bool | None = None
    moved: str | None = None
    is_permanent = True
    for _ in range(limits.hops + 1):
        headers = _headers(request, address, is_first=same_site(first, address))
        response, data = await _asked(client, address, headers, limits, room, clock)
        if response.status_code not in REDIRECTS:
            return _answer(request, response, address, moved, data)
        target = next_address(response.headers.get("location"), address)
        if from_inside is None:
            from_inside = await is_private(first)
        if not from_inside and await is_private(target):
            raise IntakeError("redirects to this machine or a private network; not followed")
        is_permanent = is_permanent and is_for_good(response.status_code, address, target)
        moved = target if is_permanent else moved
        address = target
    raise IntakeError(f"redirects more than {limits.hops} times")


def _headers(request: FetchRequest, address: str, *, is_first: bool) -> dict[str, str]:
    """The headers for one hop; secrets stay with the site they were meant for."""
    headers = {
        "User-Agent": request.user_agent or USER_AGENT,
        "Accept": request.accept or ACCEPT,
        "Accept-Encoding": accepted(),
    }
    # Whatever it is called, a header that a reader has set may be a secret between two.
    headers |= request.headers if is_first else {}
    if request.etag:
        headers["If-None-Match"] = request.etag
    if request.modified:
        headers["If-Modified-Since"] = request.modified
    if is_first and request.token:
        headers["Authorization"] = f"Bearer {request.token}"
    elif is_first and request.user is not None:
        import base64

        pair = f"{request.user}:{request.password or ''}".encode()
        headers["Authorization"] = "Basic " + base64.b64encode(pair).decode("ascii")
    return headers


async def _asked(
    client: httpx.AsyncClient,
    address: str,
    headers: Mapping[str, str],
    limits: FetchLimits,
    room: Room | None,
    clock: asyncio.Timeout,
) -> tuple[httpx.Response, bytes]:
    """One answer, with its body where that is wanted.

    A connection that was used before may be spoilt by what was sent on it, or have been hung up:
    that is not this feed's fault, which is then asked on a new one.
    """
    import httpx

    while True:
        is_new = False

        async def trace(event: str, _: object) -> None:
            nonlocal is_new
            is_new = is_new or event.startswith("connection.connect")

        try:
            async with client.stream(
                "GET", address, headers=headers, extensions={"trace": trace}
            ) as response:
                data = b""
                if response.status_code == 200:
                    data = await _body(response, limits, room, clock)
                return response, data
        except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
            if is_new:
                raise


async def _body(
    response: httpx.Response, limits: FetchLimits, room: Room | None, clock: asyncio.Timeout
) -> bytes:
    """All of the body, decompressed; never more of it than is allowed."""
    body = Body(response.headers.get("content-encoding", ""), limits.size)
    async for piece in response.aiter_raw(1 << 16):
        body.add(piece)
        if room is not None:
            await room.make(body.size, clock)
    return body.whole()


def _answer(
    request: FetchRequest,
    response: httpx.Response,
    address: str,
    moved: str | None,
    data: bytes,
) -> FetchResult:
    """What the last hop said."""
    status = response.status_code
    headers = response.headers
    known = {"url": address, "moved": moved, "status": status}
    if status == 304:
        if not (request.etag or request.modified):
            raise IntakeError("says that nothing has changed, but was not asked that")
        return _result(
            request, Outcome.UNCHANGED, known, etag=request.etag, modified=request.modified
        )
    if status == 410:
        return _result(request, Outcome.GONE, known, message="is gone for good (410)")
    if status in (429, 503):
        wait = retry_after(headers.get("retry-after"))
        text = f"asks to be left alone for a while ({status})"
        return _result(request, Outcome.LATER, known, message=text, retry_after=wait)
    if status != 200:
        text = f"answered {status} {clean_line(response.reason_phrase or '', 40)}".rstrip()
        text = "asks for a user name and password (401)" if status == 401 else text
        return _result(request, Outcome.FAILED, known, message=text)
    if not data.strip():
        raise IntakeError("answered with nothing in it")
    content = clean_line(headers.get("content-type", ""), 200)
    charset = _CHARSET.search(content)
    return _result(
        request,
        Outcome.FRESH,
        known,
        body=data,
        etag=_validator(headers.get("etag")),
        modified=_validator(headers.get("last-modified")),
        content_type=content.partition(";")[0].strip().lower(),
        charset=charset[1] if charset else None,
    )


def _result(
    request: FetchRequest, outcome: Outcome, known: Mapping[str, object], **more: object
) -> FetchResult:
    """A result from what all answers have and what this one has besides."""
    return FetchResult(request, outcome, **{**known, **more})  # type: ignore[arg-type]


def _replace(result: FetchResult, **changes: object) -> FetchResult:
    """The result with some fields changed."""
    import dataclasses

    return dataclasses.replace(result, **changes)  # type: ignore[arg-type]


def _validator(value: str | None) -> str | None:
    """An ETag or date that can be sent back as it is, None for one that is too long or odd."""
    if (
        not value
        or len(value) > LONGEST_VALIDATOR
        or not value.isascii()
        or not value.isprintable()
    ):
        return None
    return value


def _reason(error: httpx.HTTPError) -> str:
    """What went wrong on the way, in words."""
    import httpx

    text = clean_line(str(error), 120)
    if isinstance(error, httpx.ConnectError):
        reason = why_unreachable(text)
        return "cannot be reached" + (f": {reason}" if reason else "")
    if isinstance(error, httpx.RemoteProtocolError):
        if "without" in text:
            return "broke off before its end"
        return "answered something that is no proper HTTP"
    if isinstance(error, httpx.ProxyError):
        return f"cannot be reached through the proxy: {text}"
    return f"cannot be fetched: {text or type(error).__name__}"
