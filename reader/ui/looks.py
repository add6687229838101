"""The palette in force, as Rich styles ready to draw with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

from rich.color import Color, ColorType
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.core.quotation import QuotationKind
from reader.ui.palette import SPEAKER_COLOURS, Palette, mark, rich_name

if TYPE_CHECKING:
    from textual.widget import Widget


@dataclass(frozen=True)
class Looks:
    """Every style of the screen, from one palette; made anew when the theme changes."""

    palette: Palette

    def _ink(self, colour: str, *, bold: bool = False, italic: bool = False) -> Style:
        return Style(color=_rich(colour), bold=bold or None, italic=italic or None)

    @cached_property
    def ground(self) -> Style:
        """Under everything: lines that a widget draws itself get no background from Textual."""
        return Style(color=_rich(self.palette.text), bgcolor=_rich(self.palette.background))

    def on_ground(self, strip: Strip, width: int) -> Strip:
        """A line filled up to `width` cells, on the ground."""
        if strip.cell_length > width:
            strip = strip.crop(0, width)
        # One new strip a line, not one for each step: a Strip is seven caches, 15 microseconds.
        ground = self.ground
        segments = [Segment(text, ground + style) for text, style, _ in strip]
        if missing := width - strip.cell_length:
            segments.append(Segment(" " * missing, ground))
        return Strip(segments, width)

    @cached_property
    def text(self) -> Style:
        """The article's words."""
        return self._ink(self.palette.text)

    @cached_property
    def strong(self) -> Style:
        """Unread titles, messages."""
        return self._ink(self.palette.text, bold=True)

    @cached_property
    def muted(self) -> Style:
        """Second to read: outlet, date, role."""
        return self._ink(self.palette.muted)

    @cached_property
    def faint(self) -> Style:
        """Third to read: counts and hints."""
        return self._ink(self.palette.faint)

    @cached_property
    def heading(self) -> Style:
        """Days in the list, the titles of panes."""
        return self._ink(self.palette.muted, bold=True)

    @cached_property
    def headline(self) -> Style:
        """The article's title."""
        return self._ink(self.palette.text, bold=True)

    @cached_property
    def subhead(self) -> Style:
        """Subheads within the article."""
        return self._ink(self.palette.text, bold=True)

    @cached_property
    def note(self) -> Style:
        """What the reader has written."""
        return self._ink(self.palette.star, italic=True)

    @cached_property
    def caption(self) -> Style:
        """Captions of pictures."""
        return self._ink(self.palette.muted, italic=True)

    @cached_property
    def rule(self) -> Style:
        """The thin lines between panes."""
        return self._ink(self.palette.rule)

    @cached_property
    def brand(self) -> Style:
        """The program's name."""
        return self._ink(self.palette.accent, bold=True)

    @cached_property
    def key(self) -> Style:
        """A key in a hint."""
        return self._ink(self.palette.accent, bold=True)

    @cached_property
    def unread(self) -> Style:
        """The dot before an unread title."""
        return self._ink(self.palette.accent)

    @cached_property
    def star(self) -> Style:
        """The star."""
        return self._ink(self.palette.star)

    @cached_property
    def error(self) -> Style:
        """What went wrong."""
        return self._ink(self.palette.error, bold=True)

    @cached_property
    def field(self) -> Style:
        """The search while one types it."""
        return Style(
            color=_rich(self.palette.text), bgcolor=_rich(self.palette.selected), bold=True
        )

    @cached_property
    def field_wrong(self) -> Style:
        """The same while it cannot be understood."""
        return self.field + Style(color=_rich(self.palette.error))

    @cached_property
    def field_key(self) -> Style:
        """The / before it."""
        return self.field + Style(color=_rich(self.palette.accent))

    @cached_property
    def field_scope(self) -> Style:
        """In the search line, what the search is within."""
        return self.field + Style(color=_rich(self.palette.muted), bold=False)

    @cached_property
    def field_cursor(self) -> Style:
        """The cursor in it."""
        return Style(color=_rich(self.palette.accent), reverse=True)

    @cached_property
    def notice(self) -> Style:
        """The line that marks the sample."""
        return Style(color=_rich(self.palette.star), bgcolor=_rich(self.palette.surface))

    @cached_property
    def bar(self) -> Style:
        """How much somebody speaks."""
        return self._ink(self.palette.speakers[0].text)

    @cached_property
    def hit(self) -> Style:
        """Behind what was searched for; underlined too, so that it shows without colours."""
        return Style(
            color=_rich(self.palette.hit_text), bgcolor=_rich(self.palette.hit), underline=True
        )

    @cached_property
    def hit_current(self) -> Style:
        """The hit that n and N have come to."""
        return self.hit + Style(reverse=True, bold=True)

    @cached_property
    def cursor(self) -> Style:
        """Behind the item one is on."""
        return Style(bgcolor=_rich(self.palette.selected))

    @cached_property
    def cursor_blurred(self) -> Style:
        """The same in a pane without the keys."""
        return Style(bgcolor=_rich(self.palette.surface))

    @cached_property
    def cursor_bar(self) -> Style:
        """The bar at the left edge of the item one is on."""
        return self._ink(self.palette.accent)

    @cached_property
    def cursor_bar_blurred(self) -> Style:
        """The same in a pane without the keys."""
        return self._ink(self.palette.faint)

    @cached_property
    def underline(self) -> Style:
        """Cue and mention of the current quotation."""
        return Style(underline=True)

    @cached_property
    def added(self) -> Style:
        """Words that only the newer text has; underlined, so that it shows without colours."""
        return self._ink(self.palette.accent) + Style(underline=True)

    @cached_property
    def removed(self) -> Style:
        """Words that a text has no more; struck out for the same reason."""
        return self._ink(self.palette.error) + Style(strike=True)

    @cached_property
    def unnamed(self) -> Style:
        """Speakers known by description only."""
        return self._ink(self.palette.muted, italic=True)

    def speaker(self, number: int | None) -> Style:
        """A speaker's colour, for marks; without a speaker the second grey."""
        return self.muted if number is None else self._inks[number % SPEAKER_COLOURS]

    @cached_property
    def _inks(self) -> list[Style]:
        return [self._ink(self.palette.speaker(n).text) for n in range(SPEAKER_COLOURS)]

    def name(self, number: int | None) -> Style:
        """A speaker's name."""
        return self.speaker(number) + Style(bold=True)

    def mark(self, number: int | None, kind: QuotationKind, current: bool) -> str:
        """The gutter mark of one cell: solid for direct, halved for mixed, dotted for indirect."""
        return mark(number or 0, kind, current=current)

    def words(self, number: int | None, marked: bool, current: bool) -> Style:
        """The ground behind quoted words: tinted where they stand in quotation marks, and stronger
        in the current quotation. Ink stays the text's own, so that long reading stays easy."""
        key = (None if number is None else number % SPEAKER_COLOURS, marked, current)
        if key not in self._words:
            self._words[key] = self._make_words(*key)
        return self._words[key]

    @cached_property
    def _words(self) -> dict[tuple[int | None, bool, bool], Style]:
        return {}

    def _make_words(self, number: int | None, marked: bool, current: bool) -> Style:
        if number is None:
            ground = self.palette.selected if marked or current else None
        elif self.palette.background.startswith("ansi"):
            # The terminal's own colours have no tints: the words take the speaker's ink instead.
            ink = self.speaker(number) if marked else Style()
            return ink + Style(bold=True, reverse=marked) if current else ink
        else:
            colours = self.palette.speaker(number)
            if current:
                ground = colours.strong if marked else colours.tint
            else:
                ground = colours.tint if marked else None
        style = Style() if ground is None else Style(bgcolor=_rich(ground))
        return style + Style(bold=True) if current and marked else style

    def under_cursor(self, strip: Strip, *, focused: bool) -> Strip:
        """A line of a list under its cursor: a bar at the left edge and a ground, in the accent
        only while the list has the keys."""
        bar = self.cursor_bar if focused else self.cursor_bar_blurred
        ground = self.cursor if focused else self.cursor_blurred
        segments = [Segment("▌", ground + bar)]
        rest = strip.crop(1, strip.cell_length)
        segments += [Segment(text, ground + style if style else ground) for text, style, _ in rest]
        return Strip(segments, strip.cell_length)


def _rich(colour: str) -> Color:
    name = rich_name(colour)
    if name == "default":
        return Color("default", ColorType.DEFAULT)
    if name.startswith("#"):
        return Color.from_triplet(ColorTriplet(*bytes.fromhex(name[1:7])))
    return Color.parse(name)


def looks_of(widget: Widget) -> Looks:
    """The looks in force for the application that `widget` is part of."""
    return cast("Looks", widget.app.looks)  # type: ignore[attr-defined]
