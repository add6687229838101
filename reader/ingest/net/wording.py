"""What keeps a host from being reached, in words that say what to do about it."""

from __future__ import annotations

import re
from typing import Final

_CERTIFICATE: Final = (
    ("self-signed", "its certificate is signed by itself"),
    ("self signed", "its certificate is signed by itself"),
    ("expired", "its certificate has expired"),
    ("not yet valid", "its certificate is not valid yet (is the clock right?)"),
    ("mismatch", "its certificate is for another name"),
    ("local issuer", "nobody trusted has signed its certificate"),
)
_CODES = re.compile(r"\[(?:Errno -?\d+|SSL[^\]]{0,80})\]\s*|\s*\(_ssl\.c:\d+\)")


def why_unreachable(text: str) -> str:
    """Return why a connection failed, from the words of the libraries below; "" for none."""
    low = text.lower()
    if "certificate" in low:
        for word, reason in _CERTIFICATE:
            if word in low:
                return f"not trusted: {reason}"
        return "not trusted: its certificate cannot be verified"
    if "wrong_version_number" in low or "http_request" in low or "record layer" in low:
        return "it does not speak https there; http may do"
    if "ssl" in low or "tls" in low:
        return "it refuses to speak https with us"
    if "name or service" in low or "nodename" in low or "getaddrinfo" in low:
        return "no such name is known"
    if "name resolution" in low:
        return "names cannot be looked up just now"
    if "all connection attempts" in low or "refused" in low:
        return "nobody answers there"
    return _CODES.sub("", text)
