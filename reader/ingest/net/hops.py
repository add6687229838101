"""Redirects: which may be followed, and what may be sent along."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from typing import Final
from urllib.parse import urlsplit

from reader.errors import IntakeError
from reader.ingest.addresses import web_address

PERMANENT: Final = frozenset({301, 308})
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_LOCAL_NAMES: Final = (".localhost", ".local", ".internal", ".lan", ".home.arpa")


def next_address(location: str | None, current: str) -> str:
    """Return where a redirect leads, an http or https address without user and password.

    Raises `IntakeError` where it leads nowhere or to another scheme.
    """
    if not location:
        raise IntakeError("redirects without saying where to")
    address = web_address(location, current)
    if address is None:
        raise IntakeError("redirects to something that is no web address")
    return address


def is_for_good(status: int, current: str, target: str) -> bool:
    """Whether a redirect says that the move is permanent, and may be believed: nobody on the way
    can send a subscription from https to http for good."""
    return status in PERMANENT and not (current.startswith("https:") and target.startswith("http:"))


def same_site(one: str, other: str) -> bool:
    """Whether two addresses have the same host and port, and the second is no less secret."""
    first, second = urlsplit(one), urlsplit(other)
    if first.scheme == "https" and second.scheme == "http":
        return False
    ports = {"http": 80, "https": 443}
    return first.hostname == second.hostname and (
        (first.port or ports[first.scheme]) == (second.port or ports[second.scheme])
        or (first.scheme, second.scheme) == ("http", "https")
    )


async def is_private(address: str) -> bool:
    """Whether an address lies on this machine or in a private network, by name or by resolving it.

    A name that cannot be resolved is not private; the fetch will fail on it.
    """
    host = (urlsplit(address).hostname or "").rstrip(".").lower()
    if host.endswith(_LOCAL_NAMES) or not set(host) & {".", ":"}:
        return True
    try:
        return _is_inside(ipaddress.ip_address(host))
    except ValueError:
        pass
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False
    return any(_is_inside(ipaddress.ip_address(str(entry[4][0]).split("%")[0])) for entry in found)


def _is_inside(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an IP address is one that the internet at large cannot reach."""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return not address.is_global or address.is_multicast
