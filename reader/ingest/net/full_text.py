"""The whole story where a feed holds a teaser: its page is fetched, if the site allows it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from reader.core.article import Article
from reader.errors import IntakeError
from reader.ingest.net.fetch import USER_AGENT, fetch
from reader.ingest.net.hops import is_private
from reader.ingest.net.results import FetchLimits, FetchRequest, FetchResult, Outcome

if TYPE_CHECKING:
    import httpx

PAGE_LIMITS: Final = FetchLimits(seconds=20.0, size=8 * 1024 * 1024)
_ROBOTS_LIMITS: Final = FetchLimits(seconds=10.0, size=512 * 1024)
_PAGE_ACCEPT: Final = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"


class Robots:
    """What the robots files of the sites asked so far allow; each is fetched once."""

    def __init__(self, agent: str = USER_AGENT) -> None:
        self.agent = agent
        """As whom pages are asked for, and so whose rules are kept to."""

        self._known: dict[str, object | None] = {}

    async def allow(self, client: httpx.AsyncClient, url: str) -> bool:
        """Whether the site allows a page to be fetched.

        As RFC 9309 has it: no robots file (any 4xx) allows everything; one that cannot be fetched
        just now forbids for the time being.
        """
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._known:
            self._known[site] = await self._rules(client, site)
        rules = self._known[site]
        if rules is None:
            return True
        if rules is False:
            return False
        return bool(rules.can_fetch(url, self.agent))  # type: ignore[attr-defined]

    async def _rules(self, client: httpx.AsyncClient, site: str) -> object | None:
        """A site's rules; None where everything is allowed, False where nothing is."""
        from protego import Protego

        request = FetchRequest(f"{site}/robots.txt", accept="text/plain", user_agent=self.agent)
        result = await fetch(client, request, _ROBOTS_LIMITS)
        if result.outcome is Outcome.FRESH:
            rules: object = Protego.parse(result.body.decode("utf-8", "replace"))
            return rules
        missing = result.outcome is Outcome.GONE or 400 <= result.status < 429
        return None if missing else False


def is_teaser(article: Article) -> bool:
    """Whether a feed's entry holds the beginning of a story only, or nothing but its headline."""
    body = article.body.rstrip()
    if len(body) < 400:
        return True
    cut = body.endswith(("…", "...", "[…]", "[...]", "Read more", "Continue reading"))
    return cut or (len(article.blocks) == 1 and len(body) < 900)


async def fetch_page(client: httpx.AsyncClient, article: Article, robots: Robots) -> FetchResult:
    """Fetch an article's page; the result has a body.

    Raises `IntakeError` where there is no address, robots are not wanted, or the page cannot be
    had.
    """
    if article.url is None:
        raise IntakeError("has no address to fetch its text from")
    if article.feed and not await is_private(article.feed) and await is_private(article.url):
        raise IntakeError("points into a private network; not fetched")
    if not await robots.allow(client, article.url):
        raise IntakeError("may not be fetched: the site's robots.txt forbids it")
    request = FetchRequest(article.url, accept=_PAGE_ACCEPT, user_agent=robots.agent)
    result = await fetch(client, request, PAGE_LIMITS)
    if result.outcome is not Outcome.FRESH:
        raise IntakeError(result.message or "has no page now")
    return result


def with_text_of(article: Article, page: Article) -> Article:
    """Return an article with the text of its page, keeping what its feed said of it.

    Raises `IntakeError` where the page holds no more than the feed did.
    """
    if len(page.body) <= len(article.body):
        raise IntakeError("has no more text on its page than in its feed")
    return replace(
        article,
        body=page.body,
        blocks=page.blocks,
        links=page.links,
        byline=article.byline or page.byline,
        published=article.published or page.published,
        outlet=article.outlet or page.outlet,
        section=article.section or page.section,
    )
