"""Where an article's words lead: its address and its links, the browser, the clipboard, a pipe."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from reader.ui.work import work

if TYPE_CHECKING:
    from reader.core.article import Article
    from reader.ui.app import ReaderApp
    from reader.ui.screens.main import MainScreen
    from reader.ui.screens.picker import Choice

_PIPE_KEY = "pipe"
"""Where the archive remembers the last command."""


class Linking:
    """Opens, lists and copies addresses; hands the text to a command."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    @property
    def target(self) -> int | None:
        """The article that the keys mean: under the list's cursor, or the one being read."""
        screen = self._screen
        if screen.focus_name == "list" or screen.reader.archived is None:
            return screen.listing.article_at(screen.article_list.cursor)
        return screen.reader.archived.id

    def _article(self) -> Article | None:
        article_id = self.target
        return None if article_id is None else self._screen.library.article(article_id).article

    # Addresses

    def browse(self) -> None:
        """Open the article's address in the browser, or with a count that link of its text."""
        article = self._article()
        if article is None:
            return
        url = self._address(article, self._screen.count_typed)
        if url is not None:
            self._open(url)

    def browse_and_mark(self) -> None:
        """Open the article's address in the browser, and mark the article read."""
        article_id = self.target
        if article_id is None:
            return
        url = self._address(self._screen.library.article(article_id).article, None)
        if url is None or not self._open(url):
            return
        changed = tuple(self._screen.library.set_read([article_id], True))
        if changed:
            back = partial(self._screen.library.set_read, changed, False)
            self._screen.marking.done(f"Opened {url}, and marked read.", back)

    def copy_address(self) -> None:
        """Copy the address of the link that the count names."""
        article = self._article()
        if article is None:
            return
        url = self._address(article, self._screen.count_typed)
        if url is not None:
            self._copy(url)

    def _address(self, article: Article, number: int | None) -> str | None:
        """The article's own address, or that of one of its links; None once it has been said why
        there is none."""
        if number is None:
            if article.url is None:
                self._screen.say("This article came without an address.")
            return article.url
        addresses = article.addresses
        if not 1 <= number <= len(addresses):
            count = len(addresses)
            have = f"{count} link{'s' * (count != 1)}" if count else "no links"
            self._screen.say(f"There is no link {number}: the text has {have}.")
            return None
        return addresses[number - 1]

    def _open(self, url: str) -> bool:
        from reader.ui.browser import open_address

        trouble = open_address(url, self._screen.settings.browser)
        self._screen.say(trouble or f"Opened {url}", error=trouble is not None)
        return trouble is None

    def _copy(self, url: str) -> None:
        from reader.ui.clipboard import copy_sequence

        cast("ReaderApp", self._screen.app).write_to_terminal(copy_sequence(url))
        self._screen.say(f"Copied {url}")

    def choose(self) -> None:
        """List the links of the article: Enter opens one, Ctrl-Y copies its address."""
        from reader.ui.screens.picker import Choice, LinkPicker

        article = self._article()
        if article is None:
            return
        if not article.links:
            self._screen.say("The text has no links.")
            return
        choices = [
            Choice(f"{number:>2}  {words}", url, 0, ("open", url))
            for number, (url, words) in enumerate(article.linked_words.items(), 1)
        ]
        self._screen.app.push_screen(LinkPicker(choices), self._chosen)

    def _chosen(self, choice: Choice | None) -> None:
        if choice is None:
            return
        what, url = choice.value
        if what == "copy":
            self._copy(url)
        else:
            self._open(url)

    # A pipe

    def ask_for_command(self) -> None:
        """Ask for a command, and hand it the article's text."""
        from reader.ui.screens.dialogs import Prompt

        screen = self._screen
        article = self._article()
        if article is None:
            return

        def answered(command: str | None) -> None:
            if command:
                work(screen, partial(self._pipe, article, command), group="pipe")

        screen.app.push_screen(
            Prompt(
                "Give the article's text to a command",
                "It is run without a shell: words may be quoted; |, > and * mean nothing.",
                value=screen.library.state(_PIPE_KEY) or "",
            ),
            answered,
        )

    async def _pipe(self, article: Article, command: str) -> None:
        from reader.ui.pipe import pipe, text_of, words_of

        screen = self._screen
        try:
            words = words_of(command)
        except ValueError:
            screen.say("A quotation mark is not closed.", error=True)
            return
        if not words:
            return
        screen.library.set_state(_PIPE_KEY, command)
        screen.say(f"Running {words[0]} …")
        piped = await pipe(text_of(article), words)
        screen.say(piped.message, error=piped.failed)

    @property
    def is_quotation_meant(self) -> bool:
        """Whether y means the quotation: no count was typed, or the list lists quotations."""
        return self._screen.count_typed is None or self._screen.listing.lists_quotations
