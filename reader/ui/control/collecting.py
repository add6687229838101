"""Collections of quotations on the screen: putting in, listing, taking out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader.core.marks import Excerpt
from reader.core.records import QuotationRow
from reader.errors import ReaderError
from reader.ui.listing import Listing, View
from reader.ui.tag_line import shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.ui.screens.main import MainScreen


class Collecting:
    """What one does with collections."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def collect(self) -> None:
        """Put the current quotation into a collection; in a collection's list, take it out."""
        from reader.ui.screens.collect_prompt import CollectPrompt

        screen = self._screen
        if screen.listing.view is View.COLLECTION and screen.focus_name == "list":
            self._take_out()
            return
        place = self._quotation()
        if place is None:
            screen.say("No quotation to collect; ] goes to the next one.")
            return
        article, ordinal, said = place
        names = [one.name for one in screen.library.desk.collections()]

        def named(name: str | None) -> None:
            if name is not None:
                self._put_in(name, article, ordinal)

        screen.app.push_screen(CollectPrompt(shortened(said), names), named)

    def _quotation(self) -> tuple[int, int, str] | None:
        """Article, place and words of the quotation that is meant."""
        screen = self._screen
        if screen.focus_name == "list" and screen.listing.lists_quotations:
            at = screen.article_list.cursor
            ordinal = screen.listing.ordinal_at(at)
            if ordinal is None:
                return None
            row = screen.listing.quotations[at]
            return row.article_id, ordinal, row.text
        shown, current = screen.reader.archived, screen.reader.current
        if shown is None or current is None:
            return None
        quotation = shown.extraction.quotations[current]
        return shown.id, current, quotation.content[0].text(shown.article.body)

    def _put_in(self, name: str, article: int, ordinal: int) -> None:
        screen = self._screen
        desk = screen.library.desk
        try:
            new = desk.collect(name, [(article, ordinal)])
        except ReaderError as error:
            screen.say(str(error), error=True)
            return
        if not new:
            screen.say(f"It is in {name} already.")
            return
        screen.marking.done(f"Collected in {name}.", partial(desk.uncollect, name, new))

    def _take_out(self) -> None:
        screen = self._screen
        listing, at = screen.listing, screen.article_list.cursor
        if not 0 <= at < len(listing.excerpts):
            return
        desk = screen.library.desk
        kept = desk.uncollect(listing.title, [listing.excerpts[at].id])

        def put_back() -> None:
            desk.recollect(listing.title, kept)
            self.list_again()

        screen.marking.done(f"Taken out of {listing.title}; u puts it back.", put_back)
        self.list_again()

    # Listing

    def open(self, name: str) -> None:
        """List a collection."""
        screen = self._screen
        screen.searching.leave()
        screen.article_list.advice = (
            f"Nothing is in {name} yet.",
            "C puts the quotation you are at into it.",
        )
        screen.show_listing(self._listing(name))
        screen.arranging.focus_pane("list")

    def list_again(self) -> None:
        """What is in the collection that is listed may have changed."""
        screen = self._screen
        if screen.listing.view is View.COLLECTION:
            cursor = screen.article_list.cursor
            listing = self._listing(screen.listing.title)
            screen.show_listing(listing, cursor=min(cursor, max(0, listing.total - 1)))

    def _listing(self, name: str) -> Listing:
        try:
            held: Sequence[Excerpt] = self._screen.library.desk.collected(name)
        except ReaderError:
            held = ()  # forgotten by another program
        return Listing(
            View.COLLECTION,
            [one.article_id for one in held],
            total=len(held),
            title=name,
            quotations=tuple(map(row_of, held)),
            excerpts=tuple(held),
        )


def row_of(excerpt: Excerpt) -> QuotationRow:
    """A collected quotation as the list draws quotations."""
    quotation, article = excerpt.quotation, excerpt.article
    speaker = excerpt.extraction.speakers[0] if excerpt.extraction.speakers else None
    named = speaker is not None and speaker.named
    return QuotationRow(
        id=excerpt.id,
        article_id=excerpt.article_id,
        ordinal=-1 if excerpt.ordinal is None else excerpt.ordinal,
        article_title=article.title,
        outlet=article.outlet,
        published=article.published,
        url=article.url,
        kind=quotation.kind,
        content=quotation.content,
        cue=quotation.cue,
        mention=quotation.mention,
        text=excerpt.text,
        speaker_id=None,
        speaker_name=speaker.name if speaker is not None and named else None,
        role=None if speaker is None else speaker.role,
        confidence=quotation.confidence,
        described=speaker.name if speaker is not None and not named else None,
    )
