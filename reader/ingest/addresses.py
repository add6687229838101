"""Web addresses from outside: only http and https, one word, without user and password."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit, urlunsplit

from reader.core.text import clean
from reader.ingest import limits

_HOST = re.compile(r"[^\s/@\\?#<>\"'`|^{}\x00-\x20]+\Z")
_UNSAFE = re.compile(r"[\s\\<>\"`{}|^]")


def web_address(raw: object, base: str | None = None) -> str | None:
    """Return `raw` as an absolute http or https address, or None if it is none.

    Relative addresses are resolved against `base`. User and password are cut off, blanks inside and
    characters that no address may hold are percent-encoded. An address with a line break or another
    control character inside, another scheme, or more than `limits.ADDRESS` characters is none.
    """
    return _absolute(raw[: limits.ADDRESS + 100], base) if isinstance(raw, str) else None


# The same address passes here when its entry is read, and again when the article is built.
@lru_cache(maxsize=1024)
def _absolute(raw: str, base: str | None) -> str | None:
    """See `web_address`."""
    text = raw.strip()
    if not text or len(text) > limits.ADDRESS or not text.isprintable() or clean(text) != text:
        return None
    try:
        if base is not None:
            text = urljoin(base, text)
        parts = urlsplit(text)
        _ = parts.port  # raises for what is no port
    except ValueError:
        return None
    host = parts.netloc.rpartition("@")[2]
    if parts.scheme.lower() not in ("http", "https") or not _HOST.match(host):
        return None
    if host.startswith("-") or not (parts.hostname or "").strip(".-_"):
        return None
    tail = urlunsplit(("", "", parts.path, parts.query, parts.fragment))
    tail = _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", tail)
    if tail and tail[0] not in "/?#":
        return None
    address = f"{parts.scheme.lower()}://{host.lower()}{tail}"
    return address if len(address) <= limits.ADDRESS else None


def feed_address(raw: str) -> str | None:
    """Return the web address of a feed, written as such or as ``feed:`` (``feed://host/path``,
    ``feed:https://host/path``), or None if it is none."""
    word = raw.strip()
    for prefix in ("feed:", "feeds:"):
        if word.lower().startswith(prefix):
            rest = word[len(prefix) :]
            word = rest if "://" in rest else f"https://{rest.lstrip('/')}"
    return web_address(word)


def site_name(address: str) -> str | None:
    """Return the host of `address` without "www.", for want of a better name of the outlet."""
    host = urlsplit(address).hostname or ""
    return host.removeprefix("www.") or None
