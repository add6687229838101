"""What the archive is subscribed to: adding, ending, changing, listing, refreshing, OPML.

One of these hangs on every `Library` as `library.subscriptions`.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reader.core.feeds import (
    FeedRow,
    FeedSettings,
    RefreshOutcome,
    SubscriptionList,
)
from reader.errors import ReaderError

if TYPE_CHECKING:
    from reader.archive.indexing import Indexing
    from reader.feeds.refreshing import OnProgress
    from reader.ingest.feeds.lists import Listed
    from reader.storage.store import Store

_LIST_BYTES: Final = 16 << 20


class Subscriptions:
    """The subscriptions of one archive. All methods raise ReaderError with one clear line."""

    def __init__(self, store: Store, indexing: Indexing) -> None:
        """Use the store and the index of a library."""
        self._store = store
        self._indexing = indexing

    def subscribe(
        self,
        url: str,
        *,
        name: str | None = None,
        folder: str | None = None,
        tags: Iterable[str] = (),
        settings: FeedSettings | None = None,
    ) -> tuple[FeedRow, bool]:
        """Subscribe to the address of a feed, or of a page that names one; the feed, and whether
        it is new. Nothing is fetched before the next refresh.

        Understands `feed:` addresses and bare host names. Raises ReaderError for what is no web
        address.
        """
        address = address_of(url)
        return self._store.feeds.add(
            address,
            name=_line(name),
            folder=_folder(folder),
            tags=tuple(filter(None, map(_line, tags))),
            settings=settings,
        )

    def unsubscribe(self, ids: Iterable[int]) -> None:
        """End subscriptions; the articles that they brought stay in the archive."""
        self._store.feeds.remove(ids)

    def all(self) -> list[FeedRow]:
        """Every feed, by folder and title."""
        return self._store.feeds.all()

    def failing(self) -> list[FeedRow]:
        """The feeds that failed when they were last asked, or have ended, in the order of `all`."""
        return self._store.feeds.failing()

    def count(self) -> int:
        """How many feeds there are; quick, whatever the archive's size."""
        return self._store.feeds.count()

    def never_asked(self) -> list[int]:
        """The numbers of the feeds that were not asked yet, without those that are paused."""
        return self._store.feeds.never_asked()

    def of_article(self, article: int) -> list[int]:
        """The numbers of the feeds that brought an article."""
        return self._store.feeds.of_article(article)

    def one(self, id: int) -> FeedRow:
        """One feed. Raises ReaderError where there is none."""
        return self._store.feeds.one(id)

    def named(self, words: Sequence[str]) -> list[FeedRow]:
        """The feeds that words of a reader mean: a number, an address, a title, a folder with a
        slash at its end, or a part of one title only.

        Raises ReaderError for a word that means none, or several by a part of their titles.
        """
        feeds = self.all()
        numbered = {str(feed.id): feed for feed in feeds}
        found: dict[int, FeedRow] = {}
        for word in words:
            meant = [numbered[word]] if word in numbered else _meant(word, feeds)
            found |= {feed.id: feed for feed in meant}
        return list(found.values())

    def change(
        self,
        id: int,
        *,
        name: str | None = None,
        folder: str | None = None,
        tags: Iterable[str] | None = None,
        settings: FeedSettings | None = None,
    ) -> FeedRow:
        """Change what the reader has set for a feed; None leaves a thing as it is, "" takes it
        away."""
        feed = self.one(id)
        self._store.feeds.change(
            id,
            name=feed.name if name is None else _line(name),
            folder=feed.folder if folder is None else _folder(folder),
            tags=feed.tags if tags is None else tuple(filter(None, map(_line, tags))),
            settings=feed.settings if settings is None else settings,
        )
        return self.one(id)

    def article_ids(self, feeds: Iterable[int], *, unread: bool = False) -> list[int]:
        """The ids of the articles that these feeds brought, newest first."""
        return self._store.feeds.article_ids(feeds, unread=unread)

    # Refreshing

    def refresh(
        self, feeds: Sequence[FeedRow] | None = None, *, on_progress: OnProgress | None = None
    ) -> Generator[RefreshOutcome, None, None]:
        """Fetch these feeds, or all of them, and bring in what is new.

        An outcome for each as soon as its articles are stored; then, within the same iteration,
        they are asked who said what, and indexed. Ended early, nothing that was reported is lost,
        and the rest is made up for by the next refresh. See `refreshing.Refresher.run`.
        """
        from reader.feeds.refreshing import Refresher

        refresher = Refresher(self._store, self._indexing, on_progress=on_progress)
        yield from refresher.run(self.all() if feeds is None else feeds, named=feeds is not None)

    # Lists

    def import_list(self, path: Path) -> SubscriptionList:
        """Subscribe to what a list names: OPML, newsboat's `urls`, newsraft's `feeds`.

        Commands are refused. The file is only read. Raises ReaderError for what is no such list.
        """
        from reader.ingest.addresses import site_name
        from reader.ingest.feeds.lists import SavedSearch
        from reader.ingest.intake import Subscription
        from reader.storage.feeds import NewFeed

        feeds: list[NewFeed] = []
        searches: list[SavedSearch] = []
        refused: list[str] = []
        for one in _lines_of(path):
            if isinstance(one, Subscription):
                # A host's name stands where the list has no title: the feed has a better one.
                own = None if one.title in (site_name(one.url), one.url) else one.title
                feeds.append(NewFeed(one.url, None, own, one.folder, one.tags))
            elif isinstance(one, SavedSearch):
                searches.append(one)
            else:
                refused.append(one.message)
        rows = self._store.feeds.add_all(feeds)
        kept: list[tuple[str, str]] = []
        for search in searches:
            if self._store.searches.add(search.name, search.query):
                kept.append((search.name, search.query))
            else:
                refused.append(f"the name {search.name!r} is taken by another search")
        added = tuple(row for row, is_new in rows if is_new)
        return SubscriptionList(added, len(rows) - len(added), tuple(refused), tuple(kept))

    def opml(self) -> str:
        """All subscriptions as an OPML document, in their folders."""
        from reader.ingest.intake import Subscription
        from reader.ingest.net.subscriptions import opml_of

        listed = (Subscription(feed.title, feed.url, feed.folder, feed.tags) for feed in self.all())
        return opml_of(listed, "onrecord subscriptions")


def address_of(text: str) -> str:
    """The web address in what a reader typed or pasted. Raises ReaderError where there is none."""
    from reader.ingest.addresses import feed_address

    word = text.strip().strip("<>")
    if (
        not word.lower().startswith(("feed:", "feeds:"))
        and "://" not in word
        and "." in word.split("/")[0]
        and not word.startswith((".", "/"))
    ):
        word = f"https://{word}"
    address = feed_address(word)
    if address is None:
        raise ReaderError(f"{_without_secret(text)}: no http or https address")
    return address


def lists_found() -> list[tuple[str, Path]]:
    """The subscription lists of other readers on this machine: the reader's name and the file."""
    from reader.ingest.net.subscriptions import found_on_disk

    try:
        return found_on_disk(Path.home(), os.environ)
    except RuntimeError:  # there is no home
        return []


def feeds_in(path: Path) -> int:
    """How many feeds a subscription list names; 0 for what is no such list. It is only read."""
    from reader.ingest.intake import Subscription

    try:
        return sum(isinstance(one, Subscription) for one in _lines_of(path))
    except ReaderError:
        return 0


def _lines_of(path: Path) -> list[Listed]:
    """What a subscription list holds. Raises ReaderError for what is no such list."""
    from reader.errors import IntakeError
    from reader.ingest.feeds.lists import read_list
    from reader.ingest.opening import open_regular, printable

    name = printable(path)
    try:
        with open_regular(path) as file:
            data = file.read(_LIST_BYTES + 1)
        if len(data) > _LIST_BYTES:
            raise IntakeError(f"is larger than {_LIST_BYTES >> 20} MB")
        return list(read_list(data, name=name))
    except IntakeError as error:
        raise ReaderError(f"{name}: {error}") from error
    except OSError as error:
        raise ReaderError(f"{name}: {error.strerror or error}") from error


def _meant(word: str, feeds: list[FeedRow]) -> list[FeedRow]:
    if word.isdecimal():
        numbered = [feed for feed in feeds if feed.id == int(word)]
        if numbered:
            return numbered
    try:
        address = address_of(word)
    except ReaderError:
        address = None
    lower = word.casefold()
    exact = [
        feed
        for feed in feeds
        if (address is not None and address in (feed.url, feed.origin))
        or feed.title.casefold() == lower
    ]
    if exact:
        return exact
    if word.endswith("/"):
        inside = [f for f in feeds if ((f.folder or "") + "/").casefold().startswith(lower)]
        if inside:
            return inside
    partly = [feed for feed in feeds if lower in feed.title.casefold() or lower in feed.url]
    if len(partly) == 1:
        return partly
    if partly:
        names = ", ".join(repr(feed.title) for feed in partly[:3])
        raise ReaderError(f"{_without_secret(word)}: could be {names}; give more of the name")
    raise ReaderError(f"{_without_secret(word)}: no such feed; onrecord feeds list shows them")


def _without_secret(text: str) -> str:
    """A typed address without what stands before its @."""
    scheme, mark, rest = text.strip().partition("://")
    host, slash, tail = rest.partition("/")
    return f"{scheme}{mark}{host.rpartition('@')[2]}{slash}{tail}" if mark else text.strip()


def _line(text: str | None) -> str | None:
    from reader.core.text import clean_line

    return clean_line(text, 200) or None if text else None


def _folder(text: str | None) -> str | None:
    parts = [_line(part) for part in (text or "").split("/")]
    return "/".join(part.strip() for part in parts if part and part.strip()) or None
