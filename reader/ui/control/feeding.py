"""Feeds on the screen: subscribing, refreshing behind the screen, what failed and why."""

from __future__ import annotations

import asyncio
import shlex
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import ReaderError
from reader.ui.listing import Listing, View
from reader.ui.work import work

if TYPE_CHECKING:
    from reader.core.feeds import FeedRow
    from reader.ui.screens.main import MainScreen
    from reader.ui.screens.picker import Choice


class Feeding:
    """What one does with feeds."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._failed_at = -1
        self._offered: dict[str, int] = {}
        """The lists of other readers that were found, as one types them, and how many feeds."""

    def subscribe(self, address: str) -> None:
        """Subscribe to a feed, or to a page that names one, and fetch it."""
        feed, is_new = self._screen.library.subscriptions.subscribe(address)
        if not is_new:
            self._screen.say(f"You have that feed already: {feed.title}; refreshing it.")
        self._screen.watching.fetch([feed.id])

    def refresh_one(self) -> None:
        """Refresh the feed that is listed, or the one that brought the article one is on."""
        feeds = self._feeds_here()
        if feeds:
            self._screen.watching.fetch(feeds)
        else:
            self._screen.say("This article came by no feed; R refreshes all feeds.")

    def refresh_all(self) -> None:
        """Refresh every feed whose time has come."""
        if not self._screen.library.subscriptions.count():
            self._screen.say("No feeds yet: press a and paste the address of one.")
            return
        self._screen.watching.fetch()

    def fetch_new(self) -> None:
        """Fetch the feeds that were subscribed to outside of the screen and never asked yet."""
        library = self._screen.library
        if library.is_writable and not library.is_sample:
            new = library.subscriptions.never_asked()
            if new:
                self._screen.watching.fetch(new)

    def _feeds_here(self) -> list[int]:
        screen = self._screen
        if screen.listing.feeds:
            return list(screen.listing.feeds)
        article_id = screen.listing.article_at(screen.article_list.cursor)
        if article_id is None:
            return []
        return screen.library.subscriptions.of_article(article_id)

    def next_failed(self) -> None:
        """Say which feed failed, when and why; again for the next one."""
        failing = self._screen.library.subscriptions.failing()
        if not failing:
            self._screen.say("Every feed did well when it was last asked.")
            return
        self._failed_at = (self._failed_at + 1) % len(failing)
        feed = failing[self._failed_at]
        when = time.strftime("%d %b %H:%M", time.localtime(feed.failed or 0))
        self._screen.say(
            f"{self._failed_at + 1} of {len(failing)} · {feed.title}: {feed.reason} ({when})",
            error=True,
        )

    # Lists of other readers

    def look_for_lists(self) -> None:
        """Offer the subscriptions of other readers, where one has none and no news of one's own."""
        library = self._screen.library
        if not (library.is_sample or library.count() == 0) or library.subscriptions.count():
            return
        work(self._screen, self._look_for_lists, group="lists")

    async def _look_for_lists(self) -> None:
        found = await asyncio.to_thread(_lists_with_feeds)
        # Whoever was quicker than the search of the disk has feeds by now.
        self._offered = {} if self._screen.library.subscriptions.count() else found
        if self._offered:
            places = " and ".join(f"{count:,} in {shown}" for shown, count in self._offered.items())
            total = sum(self._offered.values())
            one = next(iter(self._offered))
            words = f"Found {total:,} feeds in {one}" if len(self._offered) == 1 else ""
            self._screen.notice.offer(words or f"Found {total:,} feeds: {places}")

    @property
    def offered(self) -> str:
        """What `a` proposes to bring in: the lists found, as one types them."""
        names = list(self._offered)
        return names[0] if len(names) == 1 else " ".join(map(shlex.quote, names))

    def take_lists(self, paths: Sequence[Path]) -> None:
        """Subscribe to what lists of other readers name, and fetch it; the files are only read."""
        work(self._screen, partial(self._take_lists, paths), group="lists")

    async def _take_lists(self, paths: Sequence[Path]) -> None:
        from reader.ui.screens.dialogs import Message

        screen = self._screen
        added = known = 0
        refused: list[str] = []
        for path in paths:
            try:
                done = await asyncio.to_thread(screen.library.subscriptions.import_list, path)
            except ReaderError as error:
                refused.append(str(error))
                continue
            added, known = added + len(done.added), known + done.known
            refused += [f"{path.name}: {line}" for line in done.refused]
        self._offered = {}
        screen.notice.offer("")
        there = f", {known:,} were there already" if known else ""
        words = f"{added:,} feeds came in{there}"
        screen.say(f"{words}; fetching them." if added else f"{words}.")
        if added:
            screen.watching.fetch()
        if refused:
            lines = "1 line was" if len(refused) == 1 else f"{len(refused):,} lines were"
            title = f"{words}; {lines} refused"
            screen.app.push_screen(Message(title, ["", *refused[:200]]))

    def edit(self) -> None:
        """Put the subscriptions in order: rename, folder, pause, remove."""
        from reader.ui.screens.subscriptions import SubscriptionsScreen

        subscriptions = self._screen.library.subscriptions
        if not subscriptions.count():
            self._screen.say("No feeds yet: press a and paste the address of one.")
            return

        def answered(feed: FeedRow | None) -> None:
            if feed is not None:
                self._list(feed.title, (feed.id,))
            elif self._screen.listing.view is View.FEED:
                self.list_again()

        self._screen.app.push_screen(SubscriptionsScreen(subscriptions), answered)

    # Choosing what is listed

    def choose(self) -> None:
        """Choose among the views, the saved searches and the feeds."""
        from reader.ui.screens.picker import FolderPicker

        self._screen.app.push_screen(FolderPicker(self._choices()), self._chosen)

    def _choices(self) -> list[Choice]:
        from reader.ui.screens.picker import Choice

        library = self._screen.library
        unread = library.unread_count()
        choices = [
            Choice("All news", "", unread, ("view", View.ALL)),
            Choice("Unread", "", unread, ("view", View.UNREAD)),
            Choice("Starred", "", 0, ("view", View.STARRED)),
        ]
        unread_in = {folder.name: folder.unread for folder in self._screen.folders.all}
        choices += [
            Choice(name, query, unread_in.get(name, 0), ("folder", name))
            for name, query in library.folders.queries().items()
        ]
        choices += self._screen.desk.choices()
        folder = None
        feeds = library.subscriptions.all()
        for feed in feeds:
            if feed.folder and feed.folder != folder:
                inside = [other for other in feeds if other.folder == feed.folder]
                folder = feed.folder
                choices.append(
                    Choice(
                        f"{folder}/",
                        "folder",
                        sum(o.unread for o in inside),
                        ("feeds", (folder, tuple(o.id for o in inside))),
                    )
                )
            choices.append(self._choice(feed))
        return choices

    @staticmethod
    def _choice(feed: FeedRow) -> Choice:
        from reader.ui.screens.picker import Choice

        note = f"failed: {feed.reason}" if feed.reason else feed.folder or "feed"
        return Choice(feed.title, note, feed.unread, ("feeds", (feed.title, (feed.id,))))

    def _chosen(self, choice: Choice | None) -> None:
        if choice is None:
            return
        screen = self._screen
        kind, value = choice.value
        if kind == "view":
            screen.viewing.show_filter(value)
        elif kind == "folder":
            screen.folders.open(value)
        elif kind == "query":
            screen.searching.narrow_to(value, None)
            screen.arranging.focus_pane("list")
        elif kind == "collection":
            screen.desk.collecting.open(value)
        elif kind == "remove":
            screen.folders.remove(value)
        else:
            title, feeds = value
            self._list(title, feeds)

    def _list(self, title: str, feeds: tuple[int, ...]) -> None:
        self._screen.searching.leave()
        library = self._screen.library
        ids = library.fold(library.subscriptions.article_ids(feeds))
        self._screen.article_list.advice = ("Nothing came by this feed yet.", "r refreshes it.")
        self._screen.show_listing(Listing(View.FEED, ids, total=len(ids), feeds=feeds, title=title))

    def list_again(self) -> None:
        """The archive has changed: list the feed's articles anew, nothing moving."""
        screen = self._screen
        before = screen.listing
        ids = screen.library.fold(screen.library.subscriptions.article_ids(before.feeds))
        current = before.article_at(screen.article_list.cursor)
        listing = Listing(View.FEED, ids, total=len(ids), feeds=before.feeds, title=before.title)
        screen.show_listing(listing, cursor=listing.index_of(current) or 0, keep_place=True)


def _lists_with_feeds() -> dict[str, int]:
    """The lists of other readers on this machine that name feeds, as one types them, and how many
    they name."""
    from reader.feeds.subscriptions import feeds_in, lists_found

    found: dict[str, int] = {}
    for _, path in lists_found()[:8]:
        if count := feeds_in(path):
            found[_as_typed(path)] = count
    return found


def _as_typed(path: Path) -> str:
    try:
        return f"~/{path.relative_to(Path.home())}"
    except (ValueError, RuntimeError):
        return str(path)
