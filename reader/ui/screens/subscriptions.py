"""The subscriptions as a list to put in order: rename, folder, pause, remove."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from reader.core.feeds import FeedRow
from reader.core.text import clean_line
from reader.errors import ReaderError
from reader.ui.cells import fit
from reader.ui.screens.dialogs import Prompt, step

if TYPE_CHECKING:
    from reader.feeds.subscriptions import Subscriptions

_KEYS = "r rename  f folder  p pause  t full text  x remove  Enter stories  Esc close"


class SubscriptionsScreen(ModalScreen[FeedRow | None]):
    """Answers the feed whose stories are to be listed, or None when it is closed."""

    BINDINGS = [  # noqa: RUF012
        Binding("escape,q,E", "close", show=False),
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
        Binding("g", "end(0)", show=False),
        Binding("G", "end(-1)", show=False),
        Binding("r", "rename", show=False),
        Binding("f", "folder", show=False),
        Binding("p", "pause", show=False),
        Binding("t", "full_text", show=False),
        Binding("x", "remove", show=False),
    ]

    def __init__(self, subscriptions: Subscriptions) -> None:
        super().__init__()
        self._subscriptions = subscriptions
        self._feeds: list[FeedRow] = []
        self._doomed: int | None = None
        """The feed that a second x removes."""

    def compose(self) -> ComposeResult:
        """Heading, list, one line for keys and answers."""
        with Vertical(classes="dialog help"):
            yield Static(id="heading")
            yield OptionList(markup=False)
            yield Static(id="answer")

    def on_mount(self) -> None:
        """Everything, the first feed under the cursor."""
        self._show(None)
        self._say(_KEYS)

    @property
    def _feed(self) -> FeedRow | None:
        """The feed under the cursor."""
        at = self.query_one(OptionList).highlighted
        return self._feeds[at] if at is not None and at < len(self._feeds) else None

    def _show(self, current: int | None) -> None:
        """List the feeds anew, the cursor on the feed of that number, or where it was."""
        options = self.query_one(OptionList)
        before = options.highlighted or 0
        self._feeds = self._subscriptions.all()
        options.clear_options()
        options.add_options([Option(self._row(feed)) for feed in self._feeds])
        numbers = [feed.id for feed in self._feeds]
        if self._feeds:
            at = numbers.index(current) if current in numbers else before
            options.highlighted = min(at, len(self._feeds) - 1)
        self._head()

    def _head(self) -> None:
        """How many feeds there are, and where the one under the cursor comes from."""
        count = f"{len(self._feeds):,} feed{'s' * (len(self._feeds) != 1)}"
        feed = self._feed
        about = (feed.reason or feed.url) if feed is not None else ""
        room = max(10, self.query_one(OptionList).size.width - len(count) - 4)
        self.query_one("#heading", Static).update(
            Content.assemble((count, "bold"), (f"  {fit(clean_line(about), room)}", "$muted"))
        )

    def _row(self, feed: FeedRow) -> Content:
        wide = max(20, min(56, self.app.size.width - 40))
        state = "paused" if feed.settings.paused else "failing" if feed.reason else ""
        return Content.assemble(
            (f"{feed.unread or '':>6}  ", "$here"),
            (fit(feed.title, wide).ljust(wide), ""),
            (f"  {state:<8}", "$error" if state == "failing" else "$muted"),
            (fit(feed.folder or "", 16), "$muted"),
        )

    def _say(self, words: str) -> None:
        self.query_one("#answer", Static).update(Content.styled(clean_line(words), "$muted"))

    def _change(self, feed: FeedRow, words: str, **what: object) -> None:
        """Change a feed, and say so; a refusal is said instead."""
        try:
            self._subscriptions.change(feed.id, **what)  # type: ignore[arg-type]
        except ReaderError as error:
            self._say(str(error))
            return
        self._show(feed.id)
        self._say(words)

    # Keys

    def action_move(self, by: int) -> None:
        """Up and down."""
        step(self.query_one(OptionList), by)

    def action_end(self, which: int) -> None:
        """To the first or the last feed."""
        if self._feeds:
            self.query_one(OptionList).highlighted = len(self._feeds) - 1 if which else 0

    def action_rename(self) -> None:
        """Ask for one's own name for the feed."""
        feed = self._feed
        if feed is not None:
            hint = f"{feed.url} · a single - gives the feed its own name back"
            self.app.push_screen(
                Prompt("Your name for the feed", hint, value=feed.name or feed.title),
                lambda name: self._renamed(feed, name),
            )

    def _renamed(self, feed: FeedRow, name: str | None) -> None:
        if name:
            own = "" if name == "-" else name
            self._change(feed, f"Called {name} now." if own else "It has its own name.", name=own)

    def action_folder(self) -> None:
        """Ask for the feed's folder."""
        feed = self._feed
        if feed is not None:
            hint = "Folders inside folders are parted by /; a single - takes it out of its folder."
            self.app.push_screen(
                Prompt("Its folder", hint, value=feed.folder or ""),
                lambda folder: self._moved(feed, folder),
            )

    def _moved(self, feed: FeedRow, folder: str | None) -> None:
        if folder:
            to = "" if folder == "-" else folder
            self._change(feed, f"Now in {folder}." if to else "In no folder now.", folder=to)

    def action_pause(self) -> None:
        """Refresh the feed no more with the others, or again."""
        feed = self._feed
        if feed is not None:
            resting = not feed.settings.paused
            words = f"{feed.title} is refreshed with the others again."
            if resting:
                words = f"{feed.title} rests: R passes it over, r on its stories still asks it."
            self._change(feed, words, settings=replace(feed.settings, paused=resting))

    def action_full_text(self) -> None:
        """Fetch the pages of stories that the feed only begins, or no more."""
        feed = self._feed
        if feed is None:
            return
        if feed.settings.full_text:
            words = f"Stories of {feed.title} stay as the feed has them."
        else:
            words = f"Stories that {feed.title} only begins are fetched in full from now on."
        settings = replace(feed.settings, full_text=not feed.settings.full_text)
        self._change(feed, words, settings=settings)

    def action_remove(self) -> None:
        """End the subscription, when the key is pressed twice; the stories stay."""
        feed = self._feed
        if feed is None:
            return
        if self._doomed != feed.id:
            self._doomed = feed.id
            self._say(f"x again ends the subscription to {feed.title}; its stories stay.")
            return
        self._subscriptions.unsubscribe([feed.id])
        self._doomed = None
        self._show(None)
        self._say(f"No longer subscribed: {feed.url}")

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another feed: what a second x would do is forgotten."""
        event.stop()
        self._doomed = None
        self._head()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """List the stories of the feed."""
        event.stop()
        self.dismiss(self._feeds[event.option_index])

    def action_close(self) -> None:
        """Back to the main screen."""
        self.dismiss(None)
