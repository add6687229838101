"""Opening articles, and the jumps from quotation to quotation, speaker to speaker, hit to hit."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from reader.core.article import ArticleId
from reader.core.records import ArchivedArticle
from reader.errors import ReaderError
from reader.ui.jumps import Jump, entry_point, next_in_article
from reader.ui.listing import View

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen

_CHUNK = 500
"""Articles asked about at once when a jump looks for the next one that quotes somebody."""

_VISITED = 200


class Reading:
    """The article in the reader pane, and how one moves through it and out of it."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._visited: list[tuple[ArticleId, int]] = []
        self._opened: ArticleId | None = None
        """The last article that was opened, not only shown in passing."""
        self._left: tuple[ArticleId, int] | None = None
        """That article and the place in it, once another one is shown."""
        self._marked: ArticleId | None = None
        """The last article that was marked read: once is enough: a write waits for the disk."""
        self._lit: str | None = None
        """The search whose hits are lit in the article that is shown."""

    @property
    def archived(self) -> ArchivedArticle | None:
        """The article being shown."""
        return self._screen.reader.archived

    # Opening

    def open(
        self,
        article_id: int,
        *,
        ordinal: int | None = None,
        offset: int = -1,
        read: bool = True,
    ) -> bool:
        """Show an article, at a quotation or at an offset; whether it is there.

        `read` marks it read. Opening the one that is shown already only moves in it.
        """
        screen = self._screen
        if self.archived is None or self.archived.id != article_id:
            try:
                archived = screen.library.article(ArticleId(article_id))
            except ReaderError as error:
                screen.say(str(error), error=True)
                return False
            self._leave()
            screen.reader.note = screen.comparing.note(archived)
            screen.reader.show(archived, offset=offset)
            screen.sidebar.show(archived)
            self._lit = None
        self.light_hits()
        if read:
            self._arrive(ArticleId(article_id))
        if ordinal is not None:
            self.go_to(ordinal)
        elif self.archived is not None and offset < 0 and read and screen.search_words:
            self._first_hit()
        screen.update_where()
        screen.arranging.place_changed()
        return True

    def mark_read(self) -> None:
        """Mark the article that is shown as read, if it is not."""
        archived = self.archived
        if archived is None or archived.id == self._marked:
            return
        try:
            changed = self._screen.library.set_read([archived.id], True)
        except ReaderError as error:
            self._screen.say(str(error), error=True)
            return
        self._marked = archived.id
        if changed:
            self._screen.article_list.forget_rows()
            self._screen.folders.count_soon()

    def light_hits(self) -> None:
        """Light what was searched for in the article that is shown."""
        screen, archived = self._screen, self.archived
        if screen.finding.wanted:
            if self._lit is None:
                self._lit = ""
                screen.finding.light()
            return
        query = screen.listing.query
        if archived is None or self._lit == query:
            return
        self._lit = query
        screen.sidebar.light(partial(screen.find_hits, query) if query else None)
        if not query:
            screen.reader.show_hits([], [])
            return
        find = screen.find_hits
        screen.reader.show_hits(
            find(query, archived.article.title), find(query, archived.article.body)
        )

    def light_anew(self) -> None:
        """Other hits than those of the search were lit: light those again."""
        self._lit = None
        self.light_hits()

    def _leave(self) -> None:
        """Another article is about to be shown."""
        reader = self._screen.reader
        if reader.archived is not None and reader.archived.id == self._opened:
            self._left = (reader.archived.id, reader.place)

    def _arrive(self, article_id: ArticleId) -> None:
        """An article has been opened: mark it, and remember where one was before."""
        if self._left is not None and self._left[0] != article_id:
            self._visited = [*self._visited[-_VISITED:], self._left]
            self._left = None
        self._opened = article_id
        self.mark_read()

    def back(self) -> None:
        """To the article one was in before, at the place one was at."""
        if not self._visited:
            self._screen.say("There is nothing to go back to.")
            return
        article_id, offset = self._visited.pop()
        kept = list(self._visited)
        self.open(article_id, offset=offset)
        self._visited = kept
        self._follow_in_list(article_id)

    # Quotations

    def go_to(self, ordinal: int, *, from_sidebar: bool = False) -> None:
        """Make a quotation of this article the current one, in reader and sidebar."""
        screen = self._screen
        screen.reader.go_to_quotation(ordinal)
        if not from_sidebar:
            screen.sidebar.show_current(ordinal)
        screen.update_where()
        screen.arranging.place_changed()

    def jump(self, jump: Jump, by: int, count: int = 1) -> None:
        """Jump `count` times; on into the next article of the list at the end of this one."""
        screen = self._screen
        if screen.focus_name in ("list", "search"):
            # The article under the list's cursor is meant, though its preview may still be due.
            article_id = screen.listing.article_at(screen.article_list.cursor)
            if article_id is not None and (self.archived is None or self.archived.id != article_id):
                self.open(article_id, read=False)
            screen.arranging.focus_pane("reader")
        for _ in range(count):
            if not self._jump_once(jump, by):
                break

    def _jump_once(self, jump: Jump, by: int) -> bool:
        screen = self._screen
        if self.archived is None:
            screen.say("No article is open.")
            return False
        extraction = self.archived.extraction
        ordinal = next_in_article(
            extraction, screen.reader.current, jump, by, at=screen.reader.place
        )
        if ordinal is not None:
            self.mark_read()
            self.go_to(ordinal)
            return True
        speaker = None
        if jump == "same":
            current = screen.reader.current
            index = extraction.quotations[current].speaker if current is not None else None
            speaker = self.archived.speaker_ids[index] if index is not None else None
            if speaker is None:
                screen.say("The text does not say who speaks here.")
                return False
        start = screen.listing.index_of(self.archived.id, screen.reader.current)
        at = screen.article_list.cursor if start is None else start
        return self._jump_out(jump, by, start=at, speaker=speaker)

    def _jump_out(self, jump: Jump, by: int, *, start: int, speaker: int | None) -> bool:
        """Jump into the nearest other article of the list that has what the jump wants."""
        screen = self._screen
        shown = self.archived.id if self.archived is not None else None
        wanted: set[int] | None = None
        if speaker is not None:
            wanted = {row.article_id for row in screen.library.quoted.said_by(speaker)}
        for article_id in self._articles_from(start, by, wanted):
            if article_id == shown:
                continue
            archived = screen.library.article(article_id)
            index = None
            if speaker is not None:
                if speaker not in archived.speaker_ids:
                    continue
                index = archived.speaker_ids.index(speaker)
            ordinal = entry_point(archived.extraction, jump, by, speaker=index)
            if ordinal is not None:
                self.open(article_id, ordinal=ordinal)
                self._follow_in_list(article_id, ordinal)
                return True
        way = "after" if by > 0 else "before"
        what = "of this speaker " if jump == "same" else ""
        screen.say(f"No quotation {what}in the articles {way} this one.")
        return False

    def _articles_from(self, start: int, by: int, wanted: set[int] | None) -> Iterable[ArticleId]:
        """The articles of the list from item `start` on (not it), that have quotations."""
        screen = self._screen
        ids = screen.listing.ids
        places = range(start + 1, len(ids)) if by > 0 else range(start - 1, -1, -1)
        if wanted is not None:
            yield from (ArticleId(ids[at]) for at in places if ids[at] in wanted)
            return
        for first in range(0, len(places), _CHUNK):
            chunk = array("q", (ids[at] for at in places[first : first + _CHUNK]))
            counts = screen.library.quotation_counts(chunk)
            yield from (ArticleId(number) for number in chunk if counts.get(ArticleId(number)))

    def _follow_in_list(self, article_id: int, ordinal: int | None = None) -> None:
        index = self._screen.listing.index_of(article_id, ordinal)
        if index is not None:
            self._screen.article_list.move_to(index, by_user=False)

    # Hits and unread articles

    def next_hit(self, by: int, count: int = 1) -> None:
        """To the next matched words, across the articles found; without a search to the next
        unread article."""
        if self._screen.finding.wanted and self._screen.focus_name != "list":
            self._screen.finding.step(by, count)
            return
        for _ in range(count):
            moved = self._next_hit(by) if self._screen.search_words else self.next_unread(by)
            if not moved:
                break

    def _next_hit(self, by: int) -> bool:
        screen = self._screen
        reader = screen.reader
        if self.archived is not None and reader.hits:
            number = reader.current_hit
            if number is None:
                starts = [hit.start for hit in reader.hits]
                number = bisect_right(starts, reader.place) - (1 if by > 0 else 0)
            number += by
            if 0 <= number < len(reader.hits):
                self.mark_read()
                reader.go_to_hit(number)
                screen.update_where()
                screen.arranging.place_changed()
                return True
        index = screen.listing.index_of(self.archived.id) if self.archived is not None else None
        at = screen.article_list.cursor - by if index is None else index
        article_id = screen.listing.article_at(at + by)
        if article_id is None:
            screen.say("No more hits." if by > 0 else "No hits before this one.")
            return False
        screen.article_list.move_to(at + by, by_user=False)
        self.open(article_id)
        if by < 0 and reader.hits:
            reader.go_to_hit(len(reader.hits) - 1)
            screen.update_where()
        return True

    def _first_hit(self) -> None:
        reader = self._screen.reader
        is_search = self._screen.listing.view is View.HITS and not self._screen.finding.wanted
        if reader.hits and reader.current_hit is None and is_search:
            reader.go_to_hit(0)

    def next_unread(self, by: int = 1) -> bool:
        """Open the next unread article of the list; whether there is one."""
        screen = self._screen
        ids = screen.listing.ids
        at = screen.article_list.cursor + by
        while 0 <= at < len(ids):
            last = at + (_CHUNK if by > 0 else -_CHUNK)
            chunk = [ids[n] for n in range(at, max(-1, min(len(ids), last)), by)]
            read = {row.id: row.read for row in screen.library.rows(chunk)}
            for step, number in enumerate(chunk):
                if not read.get(ArticleId(number), True):
                    screen.article_list.move_to(at + step * by, by_user=False)
                    return self.open(number)
            at = last
        screen.say("Nothing unread " + ("after" if by > 0 else "before") + " this one.")
        return False
