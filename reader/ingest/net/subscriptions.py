"""Lists of subscriptions: OPML out, and where newsboat and newsraft keep theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final
from xml.sax.saxutils import quoteattr

from reader.core.text import clean_line
from reader.ingest.intake import Subscription

_PLACES: Final = (
    ("newsboat", "{config}/newsboat/urls"),
    ("newsboat", "{home}/.newsboat/urls"),
    ("newsraft", "{config}/newsraft/feeds"),
    ("newsraft", "{home}/.newsraft/feeds"),
    ("liferea", "{config}/liferea/feedlist.opml"),
)
_OPML_FOLDERS: Final = ("", "Documents", "Downloads")
"""Where other readers' exports are looked for, by their ending, below the home folder."""


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
            tags = quoteattr(",".join(tag.replace(",", " ") for tag in feed.tags))
            category = f" category={tags}" if feed.tags else ""
            yield (
                f'{indent}<outline type="rss" text={name} title={name} xmlUrl={address}{category}/>'
            )
        for name, folder in self.folders.items():
            yield f"{indent}<outline text={quoteattr(name)}>"
            yield from folder.lines(indent + "  ")
            yield f"{indent}</outline>"


def found_on_disk(home: Path, environ: Mapping[str, str]) -> list[tuple[str, Path]]:
    """Return which readers' subscription files lie in a home folder, as (reader's name, file): one
    of each reader, and the OPML files in the home folder, its documents and its downloads."""
    config = environ.get("XDG_CONFIG_HOME") or str(home / ".config")
    found: list[tuple[str, Path]] = []
    for reader, pattern in _PLACES:
        path = Path(pattern.format(config=config, home=home))
        if path.is_file() and reader not in dict(found):
            found.append((reader, path))
    for folder in _OPML_FOLDERS:
        found += [("OPML", path) for path in sorted((home / folder).glob("*.opml"))[:20]]
    return [(reader, path) for reader, path in found if path.is_file()]
