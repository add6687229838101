"""What is shown: listings, filters, a speaker's archive, the theme, dialogs, start and end."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from reader.core.article import ArticleId
from reader.errors import ReaderError
from reader.ui.listing import FILTERS, Listing, View
from reader.ui.place import PLACE_KEY, Place
from reader.ui.work import work

if TYPE_CHECKING:
    from array import array

    from reader.ui.screens.main import MainScreen

_FIRST_ROWS = 200
"""Articles listed before the first frame; the others follow right after it."""

_PATIENCE = 0.3
"""So many seconds a key waits for another program that is writing; a batch of an import takes a
fraction of that. Then it says so: the screen must not stand still."""

_NO_ARTICLE = ("Enter opens the article under the cursor.",)


class Viewing:
    """Listings and dialogs of the main screen."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._stack: list[tuple[Listing, int]] = []
        self._filter = View.ALL

    # Start and end

    def begin(self) -> None:
        """The first screenful, and the place where one left off."""
        screen = self._screen
        screen.library.wait_at_most(_PATIENCE)
        screen.notice.show(screen.library.is_sample)
        screen.sidebar.by_number = screen.settings.sidebar == "number"
        screen.article_list.advice = self.empty_advice()
        screen.reader.advice = _NO_ARTICLE
        first = self._ids(View.ALL, _FIRST_ROWS)
        total = screen.library.story_count() if len(first) == _FIRST_ROWS else len(first)
        listing = Listing(View.ALL, first, total=total)
        place = Place.from_json(screen.library.state(PLACE_KEY))
        cursor = (listing.index_of(place.article) if place is not None else None) or 0
        screen.show_listing(listing, cursor=cursor)

    def finish_start(self) -> None:
        """After the first frame: the whole list, the place, and the watch for changes."""
        screen = self._screen
        place = Place.from_json(screen.library.state(PLACE_KEY))
        if not screen.listing.complete:
            work(screen, partial(self._list_all, place), group="list")
        if place is not None and screen.library.rows([place.article]):
            screen.reading.open(place.article, offset=place.offset, read=False)
            archived = screen.reader.archived
            if (
                place.quotation is not None
                and archived is not None
                and 0 <= place.quotation < len(archived.extraction.quotations)
            ):
                screen.reader.restore(place.quotation)
                screen.sidebar.show_current(place.quotation)
            if place.focus == "reader":
                screen.arranging.focus_pane("reader")
        screen.update_where()
        screen.watching.begin()
        screen.folders.count()
        screen.feeding.look_for_lists()
        screen.feeding.fetch_new()

    async def _list_all(self, place: Place | None) -> None:
        screen = self._screen
        ids = await asyncio.to_thread(self._ids, View.ALL, None)
        if screen.listing.view is not View.ALL:
            return
        listing = Listing(View.ALL, ids, total=len(ids))
        current = screen.listing.article_at(screen.article_list.cursor)
        if place is not None and screen.article_list.cursor == 0:
            current = ArticleId(place.article)
        screen.show_listing(listing, cursor=listing.index_of(current) or 0, keep_place=True)

    def leave(self) -> None:
        """Leave the program; the place is kept, and what is coming in stays as far as it came."""
        self._screen.arranging.save_place()
        self._screen.watching.end()
        self._screen.app.exit(return_code=0)

    # Listings

    def _ids(self, view: View, limit: int | None) -> array[int]:
        if view is View.MUTED:
            return self._screen.library.desk.muted()
        return self._screen.library.article_ids(
            unread=view is View.UNREAD, starred=view is View.STARRED, limit=limit, fold=True
        )

    def next_filter(self) -> None:
        """All articles, the unread, the starred, the muted if there are any, and round again."""
        screen = self._screen
        if screen.listing.view not in FILTERS:
            screen.narrowing.toggle_unread()
            return
        view = FILTERS[(FILTERS.index(self._filter) + 1) % len(FILTERS)]
        if view is View.MUTED and not screen.library.desk.muted():
            view = View.ALL
        self.show_filter(view)

    def show_all(self) -> None:
        """All articles again."""
        self.show_filter(View.ALL)

    def show_filter(self, view: View) -> None:
        """All articles, the unread or the starred; the cursor stays on its article if it can."""
        screen = self._screen
        self._filter = view
        screen.searching.leave()
        current = screen.listing.article_at(screen.article_list.cursor)
        ids = self._ids(view, None)
        listing = Listing(view, ids, total=len(ids))
        screen.article_list.advice = self.empty_advice()
        screen.show_listing(listing, cursor=listing.index_of(current) or 0)

    def archive_changed(self) -> None:
        """Another process wrote: list what is there now, nothing under the eye moving."""
        screen = self._screen
        screen.folders.count_soon()
        view = screen.listing.view
        if view is View.HITS:
            screen.searching.again()
        elif view is View.FEED:
            screen.feeding.list_again()
        elif view is View.FOLDER:
            screen.folders.list_again()
        elif view is View.COLLECTION:
            screen.desk.collecting.list_again()
        elif view in FILTERS:
            work(screen, partial(self._list_again, view), group="list", exclusive=True)

    async def _list_again(self, view: View) -> None:
        screen = self._screen
        ids = await asyncio.to_thread(self._ids, view, None)
        if screen.listing.view is not view:
            return
        cursor = screen.article_list.cursor
        current = screen.listing.article_at(cursor)
        listing = Listing(view, ids, total=len(ids))
        index = listing.index_of(current)
        screen.show_listing(
            listing, cursor=cursor if index is None else index, keep_place=current is not None
        )
        if screen.reader.archived is None:
            screen.arranging.preview_soon()

    def empty_advice(self) -> tuple[str, ...]:
        """What an empty list says."""
        if self._filter is View.UNREAD:
            return ("Everything has been read.", "f shows the starred, and then all.")
        if self._filter is View.STARRED:
            return ("Nothing is starred yet.", "s stars an article; f shows all again.")
        if self._filter is View.MUTED:
            return ("Nothing is muted.", "M mutes an article, or all of its kind; f shows all.")
        if self._screen.library.is_sample:
            return ("The sample is being made ready …",)
        return (
            "No news yet. Press a and name a file or folder: saved pages, texts or feeds.",
            "Or from the shell: onrecord import PATH...",
        )

    # Speakers

    def show_speaker(self, index: int | None = None) -> None:
        """Everything a speaker said, newest first. Without `index` (into the article's speakers)
        the speaker of the current quotation, or the one under the sidebar's cursor."""
        screen = self._screen
        archived = screen.reader.archived
        if archived is None:
            screen.say("Open an article first.")
            return
        if index is None and screen.reader.current is None and screen.focus_name != "sidebar":
            screen.say("Whose words? Go to a quotation first (]), or to a name (Tab).")
            return
        if index is None:
            index = self._speaker_here()
        speaker_id = archived.speaker_ids[index] if index is not None else None
        if speaker_id is None:
            screen.say("The text does not say who speaks here.")
            return
        speaker = screen.library.quoted.speaker(speaker_id)
        rows = tuple(screen.library.quoted.said_by(speaker_id))
        ordinal = screen.reader.current
        self._stack.append((screen.listing, screen.article_list.cursor))
        listing = Listing(
            View.SPEAKER,
            [row.article_id for row in rows],
            total=len(rows),
            speaker=speaker,
            quotations=rows,
        )
        if ordinal is None or archived.extraction.quotations[ordinal].speaker != index:
            ordinal = screen.sidebar.first_quotation(index)
        screen.show_listing(listing, cursor=listing.index_of(archived.id, ordinal) or 0)
        screen.arranging.focus_pane("list")

    def _speaker_here(self) -> int | None:
        screen = self._screen
        if screen.focus_name == "sidebar" and screen.sidebar.entry is not None:
            return screen.sidebar.entry.speaker
        archived, current = screen.reader.archived, screen.reader.current
        if archived is None or current is None:
            return None
        return archived.extraction.quotations[current].speaker

    def leave_speaker(self) -> None:
        """Back to what was listed before."""
        if self._stack:
            listing, cursor = self._stack.pop()
            self._screen.show_listing(listing, cursor=cursor)

    def next_order(self) -> None:
        """Speakers by appearance or by number."""
        screen = self._screen
        screen.sidebar.set_order(not screen.sidebar.by_number)
        order = "number of quotations" if screen.sidebar.by_number else "appearance"
        screen.say(f"Speakers in order of {order}.")

    def why(self) -> None:
        """How the current quotation was attributed."""
        from reader.ui.screens.dialogs import Message

        screen = self._screen
        archived, current = screen.reader.archived, screen.reader.current
        if archived is None or current is None:
            screen.say("No current quotation; ] goes to the next one.")
            return
        quotation = archived.extraction.quotations[current]
        who = "no speaker given"
        if quotation.speaker is not None:
            who = archived.extraction.speakers[quotation.speaker].name
        lines = [
            f"{who} · {quotation.kind} · {quotation.confidence:.0%} sure",
            "",
            *(f"· {step}" for step in quotation.why or ("The engine gave no reasons.",)),
        ]
        screen.app.push_screen(Message("Why this speaker?", lines))

    # Dialogs and the program

    def help(self) -> None:
        """All keys."""
        from reader.ui.screens.help import HelpScreen

        self._screen.app.push_screen(HelpScreen(self._screen.keymap))

    def toggle_zen(self) -> None:
        """Only the article, or all panes."""
        screen = self._screen
        screen.zen = not screen.zen
        screen.arranging.focus_pane("reader")

    def next_theme(self) -> None:
        """Dark, light, the terminal's own colours."""
        from reader.ui.themes import DEFAULT, LIGHT

        order = (DEFAULT, LIGHT, "ansi-dark")
        app = self._screen.app
        place = order.index(app.theme) if app.theme in order else -1
        app.theme = order[(place + 1) % len(order)]
        self._screen.library.set_state("theme", app.theme)
        self._screen.say(f"Theme: {app.theme}")

    def check(self) -> None:
        """Look the archive over."""
        self._screen.say("Looking the archive over …")
        work(self._screen, self._check, group="check", exclusive=True)

    async def _check(self) -> None:
        from reader.ui.screens.dialogs import Message

        screen = self._screen
        try:
            findings = await asyncio.to_thread(screen.library.check)
        except ReaderError as error:
            screen.say(str(error), error=True)
            return
        screen.quiet()
        if not findings:
            screen.say("The archive is sound.")
            return
        lines = [finding.message for finding in findings[:200]]
        lines += ["", "From the shell, `onrecord check --repair` mends what can be mended."]
        screen.app.push_screen(Message(f"{len(findings):,} things are wrong", lines))

    def ask_for_news(self) -> None:
        """Ask for files or folders, and bring them in."""
        from reader.ui.screens.dialogs import Prompt

        def answered(text: str | None) -> None:
            if text:
                self._screen.watching.import_words(text)

        self._screen.app.push_screen(
            Prompt(
                "Bring in news",
                "A file, a folder, a list of feeds, or the address of a feed or a site. "
                "Tab completes names.",
                value=self._screen.feeding.offered,
                paths=True,
            ),
            answered,
        )

    def ask_for_file(self) -> None:
        """Ask for a file's name, and write what is listed into it."""
        from reader.ui.screens.dialogs import Prompt

        def answered(text: str | None) -> None:
            if text:
                work(
                    self._screen,
                    partial(self._screen.marking.export, text),
                    group="export",
                    exclusive=True,
                )

        self._screen.app.push_screen(
            Prompt(
                "Write to a file",
                "What the list shows, with its quotations. The ending says how: .md .csv .json",
                paths=True,
            ),
            answered,
        )
