"""The reader pane: one article, every quotation lit in its speaker's colour."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from reader.core.records import ArchivedArticle
from reader.core.span import Span
from reader.ui.listing import day_of, long_day
from reader.ui.looks import looks_of
from reader.ui.page import GUTTER, MEASURE, Page, PageRow, RowKind, Voice, lay_out, voices
from reader.ui.tag_line import tag_line
from reader.ui.widgets.drawn import Drawn
from reader.ui.widgets.lit import lit
from reader.ui.wrapping import wrap

_ABOVE = 3
"""Rows kept above a place that is jumped to: enough to see what it answers to."""


class ReaderPane(Drawn, can_focus=True):
    """Shows an article from `top` on. The current quotation, if any, is brighter."""

    @dataclass
    class Scrolled(Message):
        """The place has changed, by the user's doing."""

    @dataclass
    class QuotationClicked(Message):
        """The words of a quotation were clicked on."""

        ordinal: int

    def __init__(self, *, measure: int = MEASURE, id: str | None = None) -> None:
        super().__init__(id=id)
        self.archived: ArchivedArticle | None = None
        self.current: int | None = None
        """The current quotation: an index into the extraction's quotations."""
        self.hits: list[Span] = []
        self.title_hits: list[Span] = []
        self._hit_ends: list[int] = []
        self.current_hit: int | None = None
        self.top = 0
        """The first row on screen."""
        self.advice: tuple[str, ...] = ()
        self.note = ""
        """A line below that of outlet and date, or several; set before the article is shown."""
        self._measure = measure
        self._page: Page | None = None
        self._voices: tuple[Voice, ...] = ()
        self._starts: list[int] = []

    # Contents

    def show(self, archived: ArchivedArticle | None, *, offset: int = -1) -> None:
        """Show an article with the body's character `offset` on the top row (-1: the heading)."""
        self.archived = archived
        self.current = None
        self.hits, self.title_hits, self.current_hit = [], [], None
        self._page = None
        self._voices = (
            voices(archived.article.body, archived.extraction) if archived is not None else ()
        )
        self._starts = [voice.start for voice in self._voices]
        self.top = 0
        if archived is not None and offset >= 0:
            self.top = min(self.page.row_of(offset), self.last_top)
        self.refresh()

    def show_marks(self, archived: ArchivedArticle) -> None:
        """The same article, of which only the reader's own marks have changed; nothing moves."""
        self.archived = archived
        self._lay_out_again()
        self.refresh()

    def show_hits(self, title_hits: list[Span], hits: list[Span]) -> None:
        """Light the matched characters of title and body."""
        self.title_hits, self.hits, self.current_hit = title_hits, hits, None
        self._hit_ends = [hit.end for hit in hits]
        self.refresh()

    @property
    def page(self) -> Page:
        """The article as rows for the present width."""
        if self._page is None:
            width = max(1, self.size.width)
            if self.archived is None:
                self._page = Page((), 0)
            else:
                self._page = lay_out(
                    self.archived.article,
                    "\n".join(filter(None, (meta_line(self.archived), self.note))),
                    width,
                    self._measure,
                    tags=tag_line(self.archived.tags),
                    notes=_note_lines(self.archived),
                )
        return self._page

    @property
    def last_top(self) -> int:
        """The greatest `top`: the end of the article stays on screen."""
        return max(0, len(self.page.rows) - max(1, self.size.height))

    @property
    def place(self) -> int:
        """The body's first character on screen; -1 while the heading is."""
        return self.page.offset_of(self.top) if self.archived else -1

    # Moving

    def scroll_rows(self, rows: int) -> bool:
        """Scroll by rows; whether there was anywhere to go."""
        return self._scroll_top(self.top + rows)

    def scroll_pages(self, pages: float) -> bool:
        """Scroll by pages, two rows of which overlap; whether there was anywhere to go."""
        rows = max(1, round(abs(pages) * self.size.height) - 2)
        return self.scroll_rows(rows if pages > 0 else -rows)

    def return_to(self, row: int) -> None:
        """To that row of the page, silently: it is where one was."""
        self.top = max(0, min(row, self.last_top))
        self.refresh()

    def scroll_start(self) -> None:
        """To the heading."""
        self._scroll_top(0)

    def scroll_finish(self) -> None:
        """To the last row."""
        self._scroll_top(self.last_top)

    def _scroll_top(self, top: int) -> bool:
        top = max(0, min(top, self.last_top))
        if top == self.top:
            return False
        self.top = top
        self.refresh()
        self.post_message(self.Scrolled())
        return True

    def go_to_quotation(self, ordinal: int | None) -> None:
        """Make a quotation the current one and bring it into view."""
        before, self.current = self.current, ordinal
        if self.archived is None:
            return
        quotations = self.archived.extraction.quotations
        if ordinal is not None and self._reveal(quotations[ordinal].start, quotations[ordinal].end):
            return
        for number in {before, ordinal} - {None}:
            assert number is not None
            quotation = quotations[number]
            spans = [*quotation.content, quotation.cue, quotation.mention]
            for span in spans:
                if span is not None:
                    self._refresh_rows(span)

    def restore(self, ordinal: int) -> None:
        """Make a quotation the current one without moving."""
        self.current = ordinal
        self.refresh()

    def go_to_hit(self, number: int) -> None:
        """Make a hit of the body the current one and bring it into view."""
        self.current_hit = number
        hit = self.hits[number]
        if not self._reveal(hit.start, hit.end):
            self.refresh()

    def _reveal(self, start: int, end: int) -> bool:
        """Scroll so that [start, end) can be read; not at all when it can. Whether it scrolled."""
        height = max(1, self.size.height)
        first, last = self.page.row_of(start), self.page.row_of(max(start, end - 1))
        fits = last - first < height - _ABOVE
        seen = self.top <= first and (last if fits else first + 1) < self.top + height
        if seen and (first - self.top >= 1 or self.top == 0):
            return False
        top = max(0, min(first - _ABOVE, self.last_top))
        if top == self.top:
            return False
        self.top = top
        self.refresh()
        return True

    def _refresh_rows(self, span: Span) -> None:
        first = self.page.row_of(span.start) - self.top
        last = self.page.row_of(max(span.start, span.end - 1)) - self.top
        first, last = max(0, first), min(self.size.height - 1, last)
        if first <= last:
            self.refresh(Region(0, first, self.size.width, last - first + 1))

    # Drawing

    def draw_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.size.width
        if self.archived is None:
            return self._empty_line(y, width)
        number = self.top + y
        if number >= len(self.page.rows):
            return Strip([])
        row = self.page.rows[number]
        if row.kind is RowKind.BLANK:
            return self._gutter_only(number, width)
        mark, segments = self._drawn(row)
        left = " " * self.page.left
        parts = [Segment(left), mark, Segment(" " * (GUTTER - 1 + row.indent)), *segments]
        if row.links:
            used = row.indent + sum(segment.cell_length for segment in segments)
            space = " " * max(1, self.page.width + 1 - used)
            parts.append(Segment(space + row.links, looks_of(self).faint))
        return Strip(parts)

    def _drawn(self, row: PageRow) -> tuple[Segment, list[Segment]]:
        looks = looks_of(self)
        blank = Segment(" ")
        assert self.archived is not None
        if row.kind is RowKind.HEADLINE:
            return blank, lit(row.text, row.start, self.title_hits, looks.headline, looks.hit)
        if row.kind is RowKind.NOTE:
            return blank, [Segment(row.text, looks.note)]
        if row.kind is RowKind.META:
            return blank, [Segment(row.text, looks.muted)]
        base = {RowKind.SUBHEAD: looks.subhead, RowKind.CAPTION: looks.caption}.get(
            row.kind, looks.text
        )
        return self._mark(row.start, row.end), self._painted(row, base)

    def _gutter_only(self, number: int, width: int) -> Strip:
        """A blank row: the mark goes on where one quotation runs over the paragraph break."""
        rows = self.page.rows
        if not 0 < number < len(rows) - 1 or self.archived is None:
            return Strip([])
        above, below = rows[number - 1], rows[number + 1]
        if above.kind is not RowKind.TEXT or below.kind is not RowKind.TEXT:
            return Strip([])
        around = {voice.quotation for voice in self._touching(above.end - 1, above.end)} & {
            voice.quotation for voice in self._touching(below.start, below.start + 1)
        }
        if not around:
            return Strip([])
        mark = self._mark(above.end - 1, above.end)
        return Strip([Segment(" " * self.page.left), mark])

    def _touching(self, start: int, end: int) -> list[Voice]:
        # Contents lie apart from each other but for the odd nested one: a few back is enough.
        first = max(0, bisect_right(self._starts, start) - 8)
        last = bisect_left(self._starts, end)
        return [voice for voice in self._voices[first:last] if voice.end > start]

    def _mark(self, start: int, end: int) -> Segment:
        """The gutter's mark for [start, end): the current quotation's before any other's."""
        touching = self._touching(start, end)
        if not touching or self.archived is None:
            return Segment(" ")
        looks = looks_of(self)
        is_current = any(voice.quotation == self.current for voice in touching)
        ordinal = self.current if is_current and self.current is not None else touching[0].quotation
        quotation = self.archived.extraction.quotations[ordinal]
        mark = looks.mark(quotation.speaker, quotation.kind, is_current)
        return Segment(mark, looks.speaker(quotation.speaker))

    def _painted(self, row: PageRow, base: Style) -> list[Segment]:
        """A body row in segments of one style each."""
        start, end = row.start, row.start + len(row.text)
        layers = self._layers(start, end)
        cuts = sorted({start, end, *(c for span, _ in layers for c in span if start < c < end)})
        segments = []
        for first, last in pairwise(cuts):
            style = base
            for (layer_start, layer_end), look in layers:
                if layer_start <= first and last <= layer_end:
                    style += look
            segments.append(Segment(row.text[first - start : last - start], style))
        return segments

    def _layers(self, start: int, end: int) -> list[tuple[tuple[int, int], Style]]:
        """What lies over the plain text of [start, end), the topmost last."""
        if self.archived is None:
            return []
        looks = looks_of(self)
        quotations = self.archived.extraction.quotations
        layers: list[tuple[tuple[int, int], Style]] = [
            ((link.span.start, link.span.end), looks.underline)
            for link in self.archived.article.links
            if link.span.start < end and link.span.end > start
        ]
        for voice in self._touching(start, end):
            speaker = quotations[voice.quotation].speaker
            current = voice.quotation == self.current
            layers.append(((voice.start, voice.end), looks.words(speaker, voice.marked, current)))
        if self.current is not None:
            current_quotation = quotations[self.current]
            around = (current_quotation.cue, current_quotation.mention)
            layers += [((span.start, span.end), looks.underline) for span in around if span]
        # Of one letter there are thousands: only those that touch the row are looked at.
        number = bisect_right(self._hit_ends, start)
        while number < len(self.hits) and self.hits[number].start < end:
            look = looks.hit_current if number == self.current_hit else looks.hit
            layers.append(((self.hits[number].start, self.hits[number].end), look))
            number += 1
        return layers

    def _empty_line(self, y: int, width: int) -> Strip:
        looks = looks_of(self)
        lines: list[str] = []
        for sentence in self.advice:
            wrapped = wrap(sentence, max(8, min(60, width - 8)))
            lines += [wrapped.line(sentence, row) for row in range(len(wrapped))]
            lines.append("")
        place = y - max(1, (self.size.height - len(lines)) // 3)
        if not 0 <= place < len(lines):
            return Strip([])
        left = max(1, (width - min(60, width - 8)) // 2)
        return Strip([Segment(" " * left + lines[place], looks.muted)])

    # Events

    def on_resize(self, event: events.Resize) -> None:
        """Lay out anew; the same words stay on the top row."""
        self._lay_out_again()

    def _lay_out_again(self) -> None:
        """Lay out anew; the same words stay on the top row."""
        if self.archived is None or self._page is None:
            return
        offset = self.place
        self._page = None
        self.top = 0 if offset < 0 else self.page.row_of(offset)
        self.top = min(self.top, self.last_top)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Three rows a notch, as terminals do."""
        event.stop()
        self.scroll_rows(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Three rows a notch, as terminals do."""
        event.stop()
        self.scroll_rows(-3)

    def on_click(self, event: events.Click) -> None:
        """A click on quoted words makes them the current quotation."""
        number = self.top + event.y
        if self.archived is None or number >= len(self.page.rows):
            return
        row = self.page.rows[number]
        if row.kind is RowKind.TEXT:
            place = row.start + max(0, event.x - self.page.left - GUTTER - row.indent)
            touching = self._touching(place, place + 1) or self._touching(row.start, row.end)
            if touching:
                self.post_message(self.QuotationClicked(touching[0].quotation))


def meta_line(archived: ArchivedArticle) -> str:
    """Byline, outlet, date and section, as far as they are known."""
    article = archived.article
    parts: Sequence[str | None] = (
        _names(article.byline),
        article.outlet,
        long_day(day_of(article.published)),
        article.section,
    )
    return " · ".join(part for part in parts if part)


def _note_lines(archived: ArchivedArticle) -> str:
    """The reader's notes, the one on the article first."""
    from reader.export.items import note_lines

    return "\n".join("✎ " + "\n".join(note_lines(note)) for note in archived.notes)


def _names(names: tuple[str, ...]) -> str:
    if len(names) > 3:
        return f"{names[0]} and {len(names) - 1} others"
    return ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else "".join(names)
