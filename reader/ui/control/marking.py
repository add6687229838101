"""Marks, and what one does with quotations: the clipboard, files."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from reader.errors import ReaderError
from reader.ui.listing import Listing, View
from reader.ui.undo import Change, UndoHistory

if TYPE_CHECKING:
    from reader.export.items import Item
    from reader.ui.app import ReaderApp
    from reader.ui.screens.main import MainScreen


_FORMAT_OF = {
    ".md": "markdown",
    ".csv": "csv",
    ".json": "json",
    ".html": "html",
    ".bib": "bibtex",
}


class Marking:
    """Star, read and unread, undo; copy a quotation, write a file."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._history = UndoHistory()

    def star(self) -> None:
        """Star the article, or take the star away."""
        article_id = self._screen.linking.target
        if article_id is None:
            return
        library = self._screen.library
        rows = library.rows([article_id])
        value = not rows[0].starred if rows else True
        changed = library.set_starred([article_id], value)
        words = "Starred." if value else "Star taken away."
        self.done(words, changed and partial(library.set_starred, changed, not value))

    def read(self) -> None:
        """Mark the article read or unread."""
        article_id = self._screen.linking.target
        if article_id is None:
            return
        library = self._screen.library
        rows = library.rows([article_id])
        value = not rows[0].read if rows else True
        changed = library.set_read([article_id], value)
        words = "Marked read." if value else "Marked unread."
        self.done(words, changed and partial(library.set_read, changed, not value))

    def read_all(self) -> None:
        """Mark everything in the list read."""
        screen = self._screen
        library = screen.library
        changed = library.set_read(list(dict.fromkeys(screen.listing.ids)), True)
        if not changed:
            screen.say("Everything in the list has been read.")
            return
        self.done(
            f"{len(changed):,} marked read; u takes it back.",
            partial(library.set_read, changed, False),
        )

    def undo(self) -> None:
        """Take back the last change of marks."""
        change = self._history.take()
        if change is None:
            self._screen.say("Nothing to undo.")
            return
        change.take_back()
        self._show()
        self._screen.say("Taken back: " + change.words.split(";")[0].rstrip("."))

    def done(self, words: str, take_back: Callable[[], object] | Sequence[object]) -> None:
        """A mark has been changed: say so, and keep how to take it back; nothing is kept where
        an empty list says that nothing has really changed."""
        if callable(take_back):
            self._history.did(Change(words, take_back))
        self._show()
        self._screen.say(words)

    def _show(self) -> None:
        """Show the marks as they are now, in the list and over the text."""
        screen = self._screen
        screen.article_list.forget_rows()
        screen.folders.count_soon()
        shown = screen.reader.archived
        if shown is not None:
            with suppress(ReaderError):  # gone meanwhile
                screen.reader.show_marks(screen.library.article(shown.id))

    # Quotations and articles

    def _quotation(self) -> Item | None:
        """The current quotation, or in a speaker's listing the one under the cursor."""
        from reader.export.items import item_of

        screen = self._screen
        listing, at = screen.listing, screen.article_list.cursor
        if screen.focus_name == "list" and listing.view is View.COLLECTION:
            return self._collected(listing, at) if 0 <= at < listing.total else None
        if screen.focus_name == "list" and listing.view is View.SPEAKER:
            row = screen.listing.quotations[screen.article_list.cursor]
            archived = screen.library.article(row.article_id)
            ordinal: int | None = row.ordinal
        else:
            shown = screen.reader.archived
            if shown is None:
                return None
            archived, ordinal = shown, screen.reader.current
        return None if ordinal is None else item_of(archived, ordinal)

    def _collected(self, listing: Listing, at: int) -> Item:
        """A quotation of the listed collection, as it was when it was put in."""
        from reader.export.items import item_of_excerpt

        desk, excerpt = self._screen.library.desk, listing.excerpts[at]
        article = [excerpt.article_id]
        return item_of_excerpt(excerpt, desk.tags_of(article), desk.notes(article))

    def copy(self) -> None:
        """Copy the quotation with speaker, outlet, date and address; with a count, the address of
        that link."""
        from reader.export.citation import with_citation
        from reader.ui.clipboard import copy_sequence

        if not self._screen.linking.is_quotation_meant:
            self._screen.linking.copy_address()
            return
        item = self._quotation()
        if item is None:
            self._screen.say("No quotation to copy; ] goes to the next one.")
            return
        cast("ReaderApp", self._screen.app).write_to_terminal(copy_sequence(with_citation(item)))
        who = item.speaker.name if item.speaker is not None else "no speaker given"
        self._screen.say(f"Copied the quotation with its place: {who}.")

    async def export(self, name: str) -> None:
        """Write what the list shows into a file, with its quotations."""
        from reader.export.file import write_file
        from reader.export.formats import FORMATS

        screen = self._screen
        file = Path(name).expanduser()
        kind = _FORMAT_OF.get(file.suffix.lower())
        if kind is None:
            screen.say("The name must end in " + ", ".join(_FORMAT_OF) + ".", error=True)
            return
        listing = screen.listing
        screen.say(f"Writing {file} …")
        try:
            await asyncio.to_thread(
                lambda: write_file(file, FORMATS[kind](self._items(listing), quotes=True))
            )
        except (OSError, ReaderError) as error:
            screen.say(str(error), error=True)
            return
        screen.say(f"Written: {file}")

    def _items(self, listing: Listing) -> Iterator[Item]:
        from reader.export.items import item_of, items_of

        library = self._screen.library
        if listing.view is View.COLLECTION:
            yield from (self._collected(listing, at) for at in range(listing.total))
            return
        if listing.view is View.SPEAKER:
            for row in listing.quotations:
                yield item_of(library.article(row.article_id), row.ordinal)
            return
        for number in listing.ids:
            yield from items_of(library.article(number), quotes=True)
