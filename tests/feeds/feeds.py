"""Feeds written for a test."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

SAID = "“We will open it in the spring,” said Mayor Ana Ruiz. The council had met on Sunday."


def rss(
    *titles: str, guid: str = "urn:{}", title: str = "Harbour Times", said: str = SAID
) -> bytes:
    """An RSS feed with a story of each title; `guid` makes their identifiers."""
    items = "".join(
        f"<item><title>{escape(one)}</title><link>https://harbour.example/{quote(one)}</link>"
        f'<guid isPermaLink="false">{guid.format(one)}</guid>'
        f"<pubDate>Tue, 03 Mar 2026 10:00:00 GMT</pubDate>"
        f"<description>{escape(f'{one}. {said}')}</description></item>"
        for one in titles
    )
    return f'<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'.encode()


PAGE = (
    b"<!doctype html><html><head><title>Harbour Times</title>"
    b'<link rel="alternate" type="application/rss+xml" href="/feed">'
    b'<link rel="alternate" type="application/rss+xml" href="file:///etc/passwd">'
    b"</head><body><p>Front page.</p></body></html>"
)
