"""The colours of the screen: two themes of our own, and a colour and a mark for every speaker.

Plain data; `reader.ui.themes` hands it to Textual. Colour never carries meaning alone: the marks
tell direct, mixed and indirect quotations apart, and the ninth speaker from the first.

The eight speaker colours of each theme were found by search: of some 1,500 colours with a contrast
between 5.2 and 10.3 to the background, the eight whose nearest two lie farthest apart (CIEDE2000)
as seen by normal, protanope and deuteranope eyes (Machado, Oliveira and Fernandes 2009). The
nearest two are 10 apart for the colour-blind and 17 otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import starmap

from reader.core.quotation import QuotationKind
from reader.ui.colour import luminance, mix, readable, tint

SPEAKER_COLOURS = 8
"""How many speakers are told apart by colour before the marks change."""


@dataclass(frozen=True, slots=True)
class SpeakerColours:
    """How one speaker is shown."""

    text: str
    """Names and gutter marks; contrast of 4.5 or more on background and selected row."""

    tint: str
    """Behind quoted words; body text on it keeps a contrast of 7."""

    strong: str
    """Behind the words of the current quotation; body text on it keeps a contrast of 4.5."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour of one theme: "#rrggbb", or "ansi_..." where the terminal chooses."""

    name: str
    dark: bool
    background: str
    surface: str
    """Search bar, status line, dialogs: a breath away from the background."""

    selected: str
    """Behind the row where one is."""

    rule: str
    """The thin lines between panes."""

    text: str
    muted: str
    """Second to read: outlet, date, role."""

    faint: str
    """Third to read: counts, hints, marks of the past."""

    accent: str
    """Where I am: the bar of the selected row, the focused pane, the cursor."""

    hit: str
    """Behind words that match the search."""

    hit_text: str
    error: str
    star: str
    speakers: tuple[SpeakerColours, ...]

    def speaker(self, number: int) -> SpeakerColours:
        """The colours of the speaker with this number in the article, counted from 0."""
        return self.speakers[number % len(self.speakers)]


def mark(number: int, kind: QuotationKind, *, current: bool = False) -> str:
    """The gutter mark, one cell, of a quotation by speaker `number` (counted from 0).

    Solid for direct, halved for mixed, dotted for indirect; thicker in the current quotation. From
    the ninth speaker on the marks are of another make, from the seventeenth the first come again.
    """
    return _MARKS[number // SPEAKER_COLOURS % len(_MARKS)][kind][current]


_MARKS: tuple[dict[QuotationKind, tuple[str, str]], ...] = (
    {
        QuotationKind.DIRECT: ("▍", "▊"),
        QuotationKind.MIXED: ("▖", "▄"),
        QuotationKind.INDIRECT: ("┊", "┋"),
    },
    {
        QuotationKind.DIRECT: ("║", "▓"),
        QuotationKind.MIXED: ("╻", "▚"),
        QuotationKind.INDIRECT: ("╎", "╏"),
    },
)

_ANSI_HUES = ("blue", "yellow", "green", "magenta", "cyan", "red", "bright_blue", "bright_magenta")


def speaker_colours(background: str, text: str, selected: str) -> tuple[SpeakerColours, ...]:
    """Eight speakers' colours for any theme, adjusted until they are readable on it."""
    dark = luminance(background) < 0.18
    grounds = sorted((background, selected), key=luminance)
    ground = grounds[1] if dark else grounds[0]
    shown = []
    for ours in (ONRECORD_DARK if dark else ONRECORD_LIGHT).speakers:
        name = readable(ours.text, ground, 4.5)
        quiet = tint(background, name, text, 1.28 if dark else 1.16, 7)
        loud = tint(background, name, text, 1.9 if dark else 1.5, 4.5)
        shown.append((name, quiet, loud))
    return tuple(starmap(SpeakerColours, shown))


def derived(name: str, background: str, text: str, accent: str, error: str) -> Palette:
    """A palette for a theme that is not ours, from the few colours every theme has."""
    dark = luminance(background) < 0.18
    text = readable(text, background, 7)
    selected = mix(background, text, 0.08)
    return Palette(
        name=name,
        dark=dark,
        background=background,
        surface=mix(background, text, 0.04),
        selected=selected,
        rule=mix(background, text, 0.22),
        text=text,
        muted=readable(mix(background, text, 0.65), selected, 4.5),
        faint=readable(mix(background, text, 0.45), selected, 3),
        accent=readable(accent, selected, 4.5),
        hit=(hit := "#6b5410" if dark else "#ffdf6e"),
        hit_text=readable(text, hit, 4.5),
        error=readable(error, background, 4.5),
        star=readable("#e6b94f" if dark else "#8a5f00", selected, 4.5),
        speakers=speaker_colours(background, text, selected),
    )


ONRECORD_DARK = Palette(
    name="onrecord-dark",
    dark=True,
    background="#15171b",
    surface="#1b1e23",
    selected="#20252d",
    rule="#363b44",
    text="#e5e0d5",
    muted="#a39f95",
    faint="#777570",
    accent="#ef6f5e",
    hit="#6b5410",
    hit_text="#fff3cf",
    error="#ff9088",
    star="#e6b94f",
    speakers=(
        SpeakerColours("#5b8ef3", "#222c42", "#314771"),  # blue
        SpeakerColours("#dc711a", "#3b281b", "#673c1b"),  # orange
        SpeakerColours("#66da85", "#203029", "#2c4e39"),  # green
        SpeakerColours("#f2afbb", "#322b30", "#534248"),  # pink
        SpeakerColours("#bac12e", "#2c2f1e", "#464a21"),  # lime
        SpeakerColours("#aa82af", "#302a36", "#514256"),  # mauve
        SpeakerColours("#bebdf7", "#2b2d38", "#444559"),  # lavender
        SpeakerColours("#7e9660", "#282e27", "#3f4a37"),  # sage
    ),
)
"""Newsprint by lamplight: warm paper-white on ink, a rubric red for where one is."""

ONRECORD_LIGHT = Palette(
    name="onrecord-light",
    dark=False,
    background="#faf7f0",
    surface="#f3eee3",
    selected="#ece6d8",
    rule="#d3cbba",
    text="#23211d",
    muted="#5f5b52",
    faint="#837d70",
    accent="#b3261e",
    hit="#ffdf6e",
    hit_text="#23211d",
    error="#a11212",
    star="#8a5f00",
    speakers=(
        SpeakerColours("#2b60ce", "#e3e6ec", "#becbe6"),  # blue
        SpeakerColours("#796006", "#ece6d6", "#d5cbac"),  # ochre
        SpeakerColours("#0a553d", "#e4e8e0", "#c0d0c5"),  # green
        SpeakerColours("#b72856", "#f3e2e1", "#e9c1c8"),  # crimson
        SpeakerColours("#384307", "#e9e7db", "#cbccb8"),  # olive
        SpeakerColours("#6c2151", "#ede4e2", "#d9c6cb"),  # plum
        SpeakerColours("#40239b", "#e9e4e8", "#d1c8dd"),  # violet
        SpeakerColours("#6a588a", "#e9e4e4", "#d0c9d2"),  # lilac
    ),
)
"""The morning paper: ink on warm white."""


def ansi(name: str, *, dark: bool) -> Palette:
    """The terminal's own sixteen colours; its background stays as it is, so nothing is tinted."""
    default = "ansi_default"
    return Palette(
        name=name,
        dark=dark,
        background=default,
        surface=default,
        selected="ansi_black" if dark else "ansi_white",
        rule="ansi_bright_black" if dark else "ansi_white",
        text=default,
        muted=default,
        faint="ansi_bright_black",
        accent="ansi_bright_red" if dark else "ansi_red",
        hit="ansi_yellow",
        hit_text="ansi_black",
        error="ansi_red",
        star="ansi_yellow",
        speakers=tuple(SpeakerColours(f"ansi_{hue}", default, default) for hue in _ANSI_HUES),
    )


def rich_name(colour: str) -> str:
    """The same colour as Rich writes it ("ansi_blue" is "blue" there)."""
    return colour.removeprefix("ansi_")
