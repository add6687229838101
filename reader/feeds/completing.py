"""Bringing the whole stories of teasers into the archive; the pages come by `full_texts`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Final

from reader.core.article import Article
from reader.core.quotation import Extraction
from reader.errors import ReaderError
from reader.storage.tasks import UNHEARD

if TYPE_CHECKING:
    from reader.feeds.full_texts import WantedPage
    from reader.feeds.parsers import Parsers
    from reader.storage.store import Store
    from reader.storage.writing import Stored

_PAGES: Final = 200
"""Pages fetched in one refresh; the others are left to the next."""


def want_pages(
    store: Store, teasers: Collection[int], start: int, stored: Iterable[Stored]
) -> None:
    """Note which of a feed's stories, from number `start` on, are only begun in it."""
    store.feeds.tasks.want_pages(
        one.id
        for number, one in enumerate(stored, start)
        if one.status != "known" and number in teasers
    )


def complete(
    store: Store, parsers: Parsers, without_page: Counter[str], show: Callable[[int, int], None]
) -> None:
    """Fetch the pages of stories that are only begun in their feeds.

    `without_page` is told why pages could not be had; `show` how many are done, and of how many.
    """
    ids = store.feeds.tasks.wanted_pages(_PAGES)
    if not ids:
        return
    from reader.feeds.full_texts import full_texts

    found = (_wanted(store, one.id, one.article) for one in store.articles(ids))
    wanted = [page for page in found if page is not None]
    for done, page in enumerate(full_texts(wanted, parsers), 1):
        if page.article is not None:
            store.put_many([(page.article, Extraction())], UNHEARD)
        if page.article is None and page.can_come:
            store.feeds.tasks.page_failed(page.id)
        else:
            store.feeds.tasks.page_came(page.id)
        if page.problem is not None:
            without_page[page.problem] += 1
        show(done, len(wanted))


def _wanted(store: Store, id: int, article: Article) -> WantedPage | None:
    """How an article's page is asked for: as its feed is, but without the feed's secrets. None
    where that cannot be done just now."""
    from reader.feeds.credentials import expanded
    from reader.feeds.full_texts import WantedPage

    for feed in map(store.feeds.one, store.feeds.of_article(id)):
        settings = feed.settings
        if settings.full_text:
            try:
                proxy = None if settings.proxy is None else expanded(settings.proxy)
            except ReaderError:
                return None  # Not past the proxy: a variable is not set.
            return WantedPage(id, article, settings.user_agent, proxy)
    return WantedPage(id, article)
