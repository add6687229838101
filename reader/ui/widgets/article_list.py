"""The list pane: articles grouped by day, hits with snippets, or one speaker's quotations."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.core.records import ArticleRow, QuotationRow, Snippet
from reader.core.span import Span
from reader.ui.cells import fit, pad
from reader.ui.listing import Listing, View, day_of, short_day
from reader.ui.looks import looks_of
from reader.ui.tag_line import tag_line
from reader.ui.widgets.line_list import LineList
from reader.ui.widgets.lit import lit
from reader.ui.wrapping import wrap

_CHUNK = 64
"""Rows fetched at once: more than a screenful, and 0.3 ms in the store."""

_KEPT_ROWS = 4096
_LEFT = 3
"""Cells before the words: the cursor's bar, the unread dot, a blank."""


class ArticleList(LineList):
    """Shows a `Listing`. Rows and snippets are fetched as they come into view."""

    def __init__(
        self,
        fetch_rows: Callable[[Sequence[int]], list[ArticleRow]],
        fetch_snippet: Callable[[str, int, int], Snippet],
        find_hits: Callable[[str, str], list[Span]],
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.listing = Listing()
        self.advice: tuple[str, ...] = ()
        """What an empty list says: one line or several, what to do next."""
        self._fetch_rows = fetch_rows
        self._fetch_snippet = fetch_snippet
        self._find_hits = find_hits
        self._rows: dict[int, ArticleRow] = {}
        self.snippets: dict[int, Snippet] = {}
        """The lines around the hits that have been made so far."""

    def show(
        self,
        listing: Listing,
        *,
        cursor: int = 0,
        keep_place: bool = False,
        snippets: dict[int, Snippet] | None = None,
    ) -> None:
        """List something else, or the same thing again after the archive changed."""
        if listing.query != self.listing.query or snippets is not None:
            self.snippets = dict(snippets or {})
        row = self.row_of_cursor() if keep_place else None
        self.listing = listing
        self._rows.clear()
        self.contents_changed(cursor, at_row=row if keep_place else -1)

    def forget_rows(self) -> None:
        """Marks have changed: fetch what is on screen again."""
        self._rows.clear()
        self.items_changed()

    def row(self, index: int) -> ArticleRow | None:
        """The article of an item, or None where it is gone from the archive."""
        article_id = self.listing.article_at(index)
        if article_id is None:
            return None
        if article_id not in self._rows:
            if len(self._rows) > _KEPT_ROWS:
                self._rows.clear()
            first = max(0, index - _CHUNK // 4)
            chunk = list(self.listing.ids[first : first + _CHUNK])
            self._rows |= {row.id: row for row in self._fetch_rows(chunk)}
        return self._rows.get(article_id)

    @property
    def count(self) -> int:
        """How many items the listing has."""
        return len(self.listing.ids)

    # Drawing

    def lay_out(self, index: int, width: int) -> list[Strip]:
        """The day where it changes, then the item, then a blank line."""
        looks = looks_of(self)
        lines: list[Strip] = []
        if self._starts_day(index):
            lines.append(Strip([Segment(pad(f" {self._day(index)}", width), looks.heading)]))
        if self.listing.lists_quotations:
            lines += self._quotation(self.listing.quotations[index], width)
        else:
            row = self.row(index)
            lines += self._article(row, width) if row else [_line("   (gone)", looks.faint)]
        lines.append(Strip([]))
        return lines

    def cursor_lines(self, index: int) -> tuple[int, int]:
        """All but the day and the blank line."""
        return int(self._starts_day(index)), len(self.item(index)) - 1

    def mark_cursor(self, strip: Strip, line: int) -> Strip:
        """A bar at the left edge and a background; the accent only while the pane has the keys."""
        return looks_of(self).under_cursor(strip, focused=self.has_focus)

    def empty_lines(self, width: int) -> list[Strip]:
        """What to do next."""
        looks = looks_of(self)
        lines = [Strip([])]
        for sentence in self.advice:
            wrapped = wrap(sentence, max(8, width - 4))
            lines += [
                _line("  " + wrapped.line(sentence, row), looks.muted)
                for row in range(len(wrapped))
            ]
            lines.append(Strip([]))
        return lines

    def _starts_day(self, index: int) -> bool:
        if self.listing.sort == "relevance":
            return False
        return index == 0 or self._day(index - 1) != self._day(index)

    def _day(self, index: int) -> str:
        if self.listing.lists_quotations:
            return short_day(day_of(self.listing.quotations[index].published))
        row = self.row(index)
        return short_day(day_of(row.published)) if row else ""

    def _article(self, row: ArticleRow, width: int) -> list[Strip]:
        looks = looks_of(self)
        room = max(8, width - _LEFT - 1)
        query = self.listing.query
        title = row.title or "(no title)"
        style = looks.text if row.read else looks.strong
        hits = self._find_hits(query, title) if query else []
        lines = []
        for number, (start, text) in enumerate(_title_lines(title, room)):
            dot = Segment("●", looks.unread) if not row.read and number == 0 else Segment(" ")
            lines.append(
                Strip([Segment(" "), dot, Segment(" "), *lit(text, start, hits, style, looks.hit)])
            )
        lines.append(self._outlet_line(row, width))
        if query:
            lines += self._snippet_lines(query, row.id, room)
        return lines

    def _outlet_line(self, row: ArticleRow, width: int) -> Strip:
        looks = looks_of(self)
        quoted = f"{row.speakers} ❝ {row.quotations}" if row.quotations else ""
        quoted = f"✎ {quoted}".rstrip() if row.noted else quoted
        room = max(1, width - _LEFT - len(quoted) - 2)
        star = Segment("★", looks.star) if row.starred else Segment(" ")
        # The other outlets of the story are told by their number; D lists them.
        outlet = f"{row.outlet or ''} + {row.copies}".lstrip() if row.copies else row.outlet
        place = "  ".join(filter(None, (outlet, tag_line(row.tags))))
        if self.listing.sort == "relevance":
            place = " · ".join(filter(None, (place, short_day(day_of(row.published)))))
        return Strip(
            [
                Segment(" "),
                star,
                Segment(" "),
                Segment(pad(place, room), looks.muted),
                Segment(f" {quoted}", looks.faint),
            ]
        )

    def _snippet_lines(self, query: str, article_id: int, room: int) -> list[Strip]:
        looks = looks_of(self)
        snippet = self.snippets.get(article_id)
        if snippet is None:
            snippet = self._fetch_snippet(query, article_id, room * 2 - 8)
            self.snippets[article_id] = snippet
        if not snippet.text:
            return []
        wrapped = wrap(snippet.text, room)
        return [
            Strip(
                [
                    Segment(" " * _LEFT),
                    *lit(
                        wrapped.line(snippet.text, number),
                        wrapped.starts[number],
                        snippet.hits,
                        looks.muted,
                        looks.hit,
                    ),
                ]
            )
            for number in range(min(2, len(wrapped)))
        ]

    def _quotation(self, quotation: QuotationRow, width: int) -> list[Strip]:
        looks = looks_of(self)
        room = max(8, width - _LEFT - 1)
        text = " ".join(quotation.text.split())
        wrapped = wrap(text, room)
        lines = []
        for number in range(min(3, len(wrapped))):
            words = wrapped.line(text, number)
            if number == 2 and len(wrapped) > 3:
                words = fit(text[wrapped.starts[2] :], room)
            mark = looks.mark(0, quotation.kind, False)
            lines.append(
                Strip(
                    [
                        Segment(" "),
                        Segment(mark, looks.speaker(0)),
                        Segment(" "),
                        Segment(words, looks.text),
                    ]
                )
            )
        who = None
        if self.listing.view is View.COLLECTION:
            who = quotation.speaker_name or quotation.described
        place = " · ".join(filter(None, (who, quotation.outlet, quotation.article_title)))
        lines.append(Strip([Segment(" " * _LEFT), Segment(fit(place, room), looks.muted)]))
        return lines


def _title_lines(title: str, room: int) -> list[tuple[int, str]]:
    """At most two lines of a title, each with the offset it starts at."""
    wrapped = wrap(title, room)
    if len(wrapped) == 1:
        return [(0, title)]
    second = title[wrapped.starts[1] :]
    return [(0, wrapped.line(title, 0)), (wrapped.starts[1], fit(second, room))]


def _line(text: str, style: Style) -> Strip:
    return Strip([Segment(text, style)])
