"""The sidebar: who is on record in this article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.core.quotation import Quotation
from reader.core.records import ArchivedArticle
from reader.core.span import Span
from reader.ui.cells import first_words, fit, pad
from reader.ui.looks import looks_of
from reader.ui.page import text_of
from reader.ui.widgets.line_list import LineList
from reader.ui.widgets.lit import lit
from reader.ui.wrapping import wrap


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of the sidebar: a speaker, or below one a quotation."""

    speaker: int | None
    """An index into the article's speakers; None for words that the text gives to nobody."""

    quotation: int | None = None
    """The quotation's ordinal, or None for the speaker's own entry."""


def entries_of(
    archived: ArchivedArticle, current: int | None, *, by_number: bool
) -> tuple[Entry, ...]:
    """The speakers in order, the unnamed last, the current one's quotations below the name.

    `current` is the ordinal of the current quotation.
    """
    by_speaker: dict[int | None, list[int]] = {}
    for ordinal, quotation in enumerate(archived.extraction.quotations):
        by_speaker.setdefault(quotation.speaker, []).append(ordinal)
    speakers = archived.extraction.speakers

    def rank(speaker: int | None) -> tuple[bool, bool, int, int]:
        ordinals = by_speaker[speaker]
        unnamed = speaker is None or not speakers[speaker].named
        return speaker is None, unnamed, -len(ordinals) if by_number else 0, ordinals[0]

    unfolded = None
    if current is not None:
        unfolded = archived.extraction.quotations[current].speaker
    entries: list[Entry] = []
    for speaker in sorted(by_speaker, key=rank):
        entries.append(Entry(speaker))
        if current is not None and speaker == unfolded:
            entries += [Entry(speaker, ordinal) for ordinal in by_speaker[speaker]]
    return tuple(entries)


class Sidebar(LineList):
    """The people quoted in the article, in order of appearance or by number."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.archived: ArchivedArticle | None = None
        self.current: int | None = None
        self.by_number = False
        self._find: Callable[[str], Sequence[Span]] | None = None
        self.entries: tuple[Entry, ...] = ()

    def show(self, archived: ArchivedArticle | None) -> None:
        """Show another article's speakers."""
        self.archived = archived
        self.current = None
        self.entries = (
            entries_of(archived, None, by_number=self.by_number) if archived is not None else ()
        )
        self.contents_changed(0, at_row=-1)

    def light(self, find: Callable[[str], Sequence[Span]] | None) -> None:
        """Light what `find` finds in the names and words; nothing with None."""
        if find is not None or self._find is not None:
            self._find = find
            self.items_changed()

    def _lit(self, shown: str, style: Style) -> list[Segment]:
        """Words as they are shown, with the hits in them lit."""
        hits = self._find(shown) if self._find is not None else ()
        return lit(shown, 0, hits, style, looks_of(self).hit)

    def show_current(self, ordinal: int | None, *, on_speaker: bool = False) -> None:
        """Unfold the speaker of a quotation and put the cursor on it (or on the speaker)."""
        if self.archived is None:
            return
        self.current = ordinal
        entries = entries_of(self.archived, ordinal, by_number=self.by_number)
        cursor = 0
        if ordinal is not None:
            speaker = self.archived.extraction.quotations[ordinal].speaker
            wanted = Entry(speaker, None if on_speaker else ordinal)
            cursor = entries.index(wanted)
        if entries == self.entries:
            self.items_changed(self.cursor, cursor)
            self.move_to(cursor, by_user=False)
            return
        row = self.row_of_cursor()
        self.entries = entries
        # The cursor stays at the height it was at, but never so high that its name is out of sight.
        name = entries.index(Entry(entries[cursor].speaker)) if entries else 0
        self.forget()
        below_name = sum(len(self.item(index)) for index in range(name, cursor))
        self.contents_changed(cursor, at_row=max(row or 0, below_name))

    def set_order(self, by_number: bool) -> None:
        """Order by number of quotations, or by appearance."""
        self.by_number = by_number
        on_speaker = bool(self.entries) and self.entries[self.cursor].quotation is None
        self.show_current(self.current, on_speaker=on_speaker)

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        return self.entries[self.cursor] if self.entries else None

    @property
    def count(self) -> int:
        """How many entries."""
        return len(self.entries)

    def first_quotation(self, speaker: int | None) -> int:
        """The ordinal of a speaker's first quotation."""
        assert self.archived is not None
        return next(
            ordinal
            for ordinal, quotation in enumerate(self.archived.extraction.quotations)
            if quotation.speaker == speaker
        )

    # Drawing

    def lay_out(self, index: int, width: int) -> list[Strip]:
        """A speaker: name, number, role. A quotation: its first words."""
        entry = self.entries[index]
        assert self.archived is not None
        if entry.quotation is not None:
            quotation = self.archived.extraction.quotations[entry.quotation]
            lines = [self._quotation_line(entry, quotation, width)]
        else:
            lines = self._speaker_lines(entry, width)
        following = self.entries[index + 1 : index + 2]
        if not following or following[0].quotation is None:
            lines.append(Strip([]))
        return lines

    def cursor_lines(self, index: int) -> tuple[int, int]:
        """All lines with words."""
        lines = self.item(index)
        return 0, len(lines) - (1 if len(lines) > 1 and not lines[-1].cell_length else 0)

    def mark_cursor(self, strip: Strip, line: int) -> Strip:
        """A background; the accent's bar while the pane has the keys."""
        return looks_of(self).under_cursor(strip, focused=self.has_focus)

    def empty_lines(self, width: int) -> list[Strip]:
        """Nobody is quoted."""
        words = "" if self.archived is None else "Nobody is quoted here."
        wrapped = wrap(words, max(8, width - 3))
        return [
            Strip([Segment("  " + wrapped.line(words, row), looks_of(self).faint)])
            for row in range(len(wrapped))
        ]

    def _speaker_lines(self, entry: Entry, width: int) -> list[Strip]:
        looks = looks_of(self)
        assert self.archived is not None
        total = sum(q.speaker == entry.speaker for q in self.archived.extraction.quotations)
        speaker = (
            self.archived.extraction.speakers[entry.speaker] if entry.speaker is not None else None
        )
        named = speaker is not None and speaker.named
        name = speaker.name if speaker is not None else "no speaker given"
        room = max(4, width - 4 - len(str(total)) - 1)
        mark = "▍" if named else "┆"
        name_style = looks.name(entry.speaker) if named else looks.unnamed
        lines = [
            Strip(
                [
                    Segment(" "),
                    Segment(mark, looks.speaker(entry.speaker)),
                    Segment(" "),
                    *self._lit(pad(name, room), name_style),
                    Segment(f" {total} ", looks.muted),
                ]
            ).adjust_cell_length(width)
        ]
        role = speaker.role if speaker is not None else None
        if role:
            wrapped = wrap(role, max(8, width - 4))
            shown = [wrapped.line(role, row) for row in range(min(2, len(wrapped)))]
            if len(wrapped) > 2:
                shown[-1] = fit(shown[-1] + " " + role[wrapped.starts[2] :], max(8, width - 4))
            lines += [
                Strip([Segment("   "), Segment(words, looks.muted)]).adjust_cell_length(width)
                for words in shown
            ]
        return lines

    def _quotation_line(self, entry: Entry, quotation: Quotation, width: int) -> Strip:
        looks = looks_of(self)
        assert self.archived is not None
        is_current = entry.quotation == self.current
        text = text_of(self.archived.article.body, quotation)
        words = first_words(text, max(4, width - 6))
        colour = looks.speaker(entry.speaker)
        style = looks.name(entry.speaker) if is_current else looks.muted
        return Strip(
            [
                Segment(" "),
                Segment(looks.mark(entry.speaker, quotation.kind, is_current), colour),
                Segment(" › " if is_current else "   ", colour),
                *self._lit(words, style),
            ]
        ).adjust_cell_length(width)
