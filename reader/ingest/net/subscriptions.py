"""Lists of subscriptions: OPML out, and what newsboat and newsraft keep, read and never written."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final
from xml.sax.saxutils import quoteattr

from reader.core.text import clean_line
from reader.ingest import limits
from reader.ingest.addresses import site_name, web_address
from reader.ingest.feeds.opml import command_in
from reader.ingest.intake import IntakeFailure, Subscription

_PLACES: Final = (
    ("newsboat", "{config}/newsboat/urls"),
    ("newsboat", "{home}/.newsboat/urls"),
    ("newsraft", "{config}/newsraft/feeds"),
    ("newsraft", "{home}/.newsraft/feeds"),
)


def opml_of(subscriptions: Iterable[Subscription], title: str = "onrecord") -> str:
    """Return an OPML 2.0 document of the subscriptions, in their folders, which may be nested.

    Reading it again with `read_opml` gives the same subscriptions, folder by folder.
    """
    tree: _Folder = _Folder()
    for one in subscriptions:
        place = tree
        for name in (one.folder or "").split("/"):
            place = place.folders.setdefault(name, _Folder()) if name else place
        place.feeds.append(one)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"  <head><title>{quoteattr(clean_line(title))[1:-1]}</title></head>",
        "  <body>",
        *tree.lines("    "),
        "  </body>",
        "</opml>",
    ]
    return "\n".join(lines) + "\n"


class _Folder:
    """One folder of an OPML document."""

    def __init__(self) -> None:
        self.folders: dict[str, _Folder] = {}
        self.feeds: list[Subscription] = []

    def lines(self, indent: str) -> Iterator[str]:
        """The folder as lines of XML."""
        for feed in self.feeds:
            name = quoteattr(feed.title)
            address = quoteattr(feed.url)
            yield f'{indent}<outline type="rss" text={name} title={name} xmlUrl={address}/>'
        for name, folder in self.folders.items():
            yield f"{indent}<outline text={quoteattr(name)}>"
            yield from folder.lines(indent + "  ")
            yield f"{indent}</outline>"


def read_newsboat(text: str, *, name: str) -> Iterator[Subscription | IntakeFailure]:
    """Yield the subscriptions of a newsboat `urls` file; the first tag becomes the folder.

    A tag with a tilde before it is the feed's title. Query feeds are saved searches, not feeds:
    each gives a line that says how to have it here. Commands ("exec:", "filter:") are refused.
    """
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        try:
            words = shlex.split(line[:8_000])
        except ValueError:
            words = line[:8_000].replace('"', " ").split()
        address = words[0] if words else ""
        tags = [clean_line(word, 100) for word in words[1:] if not word.startswith("!")]
        title = next((tag[1:] for tag in tags if tag.startswith("~")), "")
        folder = next((tag for tag in tags if not tag.startswith("~")), None)
        if address.startswith("query:"):
            label = clean_line(address.split(":")[1] if address.count(":") else "", 60)
            message = f'line {number}: "{label}" is a query feed; save it as a search instead'
            yield IntakeFailure(name, message)
            continue
        yield _subscription(address, title, folder, name, number)


def read_newsraft(text: str, *, name: str) -> Iterator[Subscription | IntakeFailure]:
    """Yield the subscriptions of a newsraft `feeds` file; a line "@ Name" opens a folder.

    A line is an address and a title in quotation marks; settings behind it in braces or after ">"
    are not taken over. Commands ("$(...)") are refused.
    """
    folder: str | None = None
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("@"):
            folder = clean_line(re.split(r"[{<>]", line[1:])[0].strip(' "'), 100) or None
            continue
        address, _, rest = line[:8_000].partition(" ")
        title = re.search(r'"([^"]{0,300})"', rest)
        if address.startswith("$("):
            address = "exec:"
        yield _subscription(address, title[1] if title else "", folder, name, number)


def found_on_disk(home: Path, environ: Mapping[str, str]) -> list[tuple[str, Path]]:
    """Return which readers' subscription files lie in a home folder, as (reader's name, file)."""
    config = environ.get("XDG_CONFIG_HOME") or str(home / ".config")
    found: list[tuple[str, Path]] = []
    for reader, pattern in _PLACES:
        path = Path(pattern.format(config=config, home=home))
        if path.is_file() and reader not in dict(found):
            found.append((reader, path))
    return found


def _subscription(
    address: str, title: str, folder: str | None, name: str, number: int
) -> Subscription | IntakeFailure:
    """One line's subscription, or why it is none."""
    problem = command_in(address)
    url = None if problem else web_address(address)
    if url is None:
        reason = problem or "has no http or https address"
        return IntakeFailure(name, f"line {number} {reason}; left out")
    label = clean_line(title, limits.TITLE) or site_name(url) or url
    return Subscription(label, url, folder.replace("/", "-") if folder else None)
