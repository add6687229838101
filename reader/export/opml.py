"""Subscriptions as OPML, which every reader of feeds can take in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from reader.core.feeds import FeedRow


def opml(feeds: Iterable[FeedRow]) -> str:
    """An OPML 2.0 document of the feeds, each in its folders, with its tags as categories.

    Neither passwords nor where they are kept are in it.
    """
    tree: _Folder = _Folder()
    for feed in feeds:
        folder = tree
        for name in (feed.folder or "").split("/"):
            folder = folder.inner.setdefault(name, _Folder()) if name else folder
        folder.feeds.append(feed)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        "  <head><title>onrecord subscriptions</title></head>",
        "  <body>",
        *_outlines(tree, "    "),
        "  </body>",
        "</opml>",
    ]
    return "\n".join(lines) + "\n"


class _Folder:
    """What lies in one folder."""

    def __init__(self) -> None:
        self.inner: dict[str, _Folder] = {}
        self.feeds: list[FeedRow] = []


def _outlines(folder: _Folder, indent: str) -> Iterator[str]:
    for name, inner in folder.inner.items():
        yield f"{indent}<outline text={quoteattr(name)}>"
        yield from _outlines(inner, indent + "  ")
        yield f"{indent}</outline>"
    for feed in folder.feeds:
        title = quoteattr(feed.title)
        tags = ",".join(tag.replace(",", " ") for tag in feed.tags)
        category = f" category={quoteattr(tags)}" if tags else ""
        yield (
            f'{indent}<outline type="rss" text={title} title={title} '
            f"xmlUrl={quoteattr(feed.url)}{category}/>"
        )
