"""Colours that can be read, and told apart by everybody."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from reader.core.quotation import QuotationKind
from reader.ui.colour import contrast, luminance, mix, readable, tint
from reader.ui.palette import (
    ONRECORD_DARK,
    ONRECORD_LIGHT,
    Palette,
    ansi,
    derived,
    mark,
    speaker_colours,
)
from reader.ui.themes import our_themes, palette_for, variables
from tests.ui.colour_vision import ciede2000, difference

OURS = pytest.mark.parametrize("palette", [ONRECORD_DARK, ONRECORD_LIGHT], ids=lambda p: p.name)
COLOURS = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


def test_contrast_is_that_of_the_web_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_difference_agrees_with_the_published_pairs() -> None:
    assert ciede2000((50, 2.6772, -79.7751), (50, 0, -82.7485)) == pytest.approx(2.0425, abs=1e-4)
    assert ciede2000((50, 2.5, 0), (73, 25, -18)) == pytest.approx(27.1492, abs=1e-4)
    assert ciede2000((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514)) == pytest.approx(
        0.9082, abs=1e-4
    )


@OURS
def test_text_is_readable_on_every_ground(palette: Palette) -> None:
    for ground in (palette.background, palette.surface, palette.selected):
        assert contrast(palette.text, ground) >= 7
        assert contrast(palette.muted, ground) >= 4.5
        assert contrast(palette.faint, ground) >= 3
        assert contrast(palette.accent, ground) >= 4.5
        assert contrast(palette.error, ground) >= 4.5
        assert contrast(palette.star, ground) >= 4.5
    assert contrast(palette.hit_text, palette.hit) >= 4.5


@OURS
def test_the_grounds_and_rules_can_be_seen_but_stay_quiet(palette: Palette) -> None:
    assert 1.1 <= contrast(palette.selected, palette.background) <= 1.3
    assert 1.3 <= contrast(palette.rule, palette.background) <= 2


@OURS
def test_speakers_are_readable_and_so_is_what_they_say(palette: Palette) -> None:
    for speaker in palette.speakers:
        for ground in (palette.background, palette.surface, palette.selected):
            assert contrast(speaker.text, ground) >= 4.5
        assert contrast(palette.text, speaker.tint) >= 7
        assert contrast(palette.text, speaker.strong) >= 4.5
        assert contrast(speaker.tint, palette.background) >= 1.14
        assert contrast(speaker.strong, speaker.tint) >= 1.25


@OURS
def test_our_tints_are_those_that_the_rule_for_other_themes_gives(palette: Palette) -> None:
    computed = speaker_colours(palette.background, palette.text, palette.selected)
    assert palette.speakers == computed


@OURS
@pytest.mark.parametrize(
    ("sight", "least"), [("normal", 17), ("protanope", 10), ("deuteranope", 10), ("tritanope", 10)]
)
def test_every_two_speakers_look_different(palette: Palette, sight: str, least: float) -> None:
    for one, other in combinations([speaker.text for speaker in palette.speakers], 2):
        assert difference(one, other, sight) >= least, (one, other)


@OURS
def test_nobody_speaks_in_the_colour_of_the_cursor_or_the_text(palette: Palette) -> None:
    for speaker in palette.speakers:
        assert difference(speaker.text, palette.accent) >= 8
        assert difference(speaker.text, palette.text) >= 10


@OURS
def test_a_hit_shows_on_quoted_words_too(palette: Palette) -> None:
    for speaker in palette.speakers:
        assert difference(palette.hit, speaker.tint) >= 12
        assert difference(palette.hit, speaker.strong) >= 8


@given(COLOURS, COLOURS)
def test_any_colour_can_be_made_readable_on_any_ground(colour: str, background: str) -> None:
    assert contrast(readable(colour, background, 4.5), background) >= 4.5


@given(COLOURS, COLOURS)
def test_a_tint_never_costs_the_text_its_contrast(colour: str, background: str) -> None:
    text = readable("#808080", background, 4.5)
    assert contrast(text, tint(background, colour, text, 1.9, 4.4)) >= 4.4


def test_a_readable_colour_is_left_alone() -> None:
    assert readable("#ffffff", "#000000", 4.5) == "#ffffff"
    assert mix("#000000", "#ffffff", 0.5) == "#808080"


@given(COLOURS, COLOURS, COLOURS, COLOURS)
def test_any_theme_gets_readable_speakers(ground: str, text: str, accent: str, error: str) -> None:
    if 0.10 < luminance(ground) < 0.30:
        return  # On a middle grey not even black and white reach a contrast of seven.
    palette = derived("any", ground, text, accent, error)
    assert contrast(palette.text, ground) >= 7
    assert all(contrast(speaker.text, ground) >= 4.5 for speaker in palette.speakers)
    assert contrast(palette.muted, ground) >= 4.5


@pytest.mark.parametrize("theme", BUILTIN_THEMES.values(), ids=lambda theme: theme.name)
def test_every_theme_of_textual_has_a_palette(theme: object) -> None:
    palette = palette_for(theme)  # type: ignore[arg-type]
    assert len(palette.speakers) == 8
    for value in variables(palette).values():
        Color.parse(value)
    for speaker in palette.speakers:
        Color.parse(speaker.text)


def test_our_themes_carry_our_colours() -> None:
    dark, light = our_themes()
    assert (dark.name, light.name) == ("onrecord-dark", "onrecord-light")
    assert dark.dark and not light.dark
    assert palette_for(dark) is ONRECORD_DARK
    assert dark.to_color_system().generate()["background"].lower() == ONRECORD_DARK.background


def test_the_sixteen_colours_of_the_terminal_leave_its_background_alone() -> None:
    palette = ansi("ansi-dark", dark=True)
    assert palette.background == "ansi_default"
    assert all(speaker.tint == "ansi_default" for speaker in palette.speakers)


def test_kinds_of_quotation_have_marks_of_their_own() -> None:
    for number in (0, 8):
        marks = {mark(number, kind, current=now) for kind in QuotationKind for now in (False, True)}
        assert len(marks) == 6
        assert all(cell_len(one) == 1 for one in marks)


def test_the_ninth_speaker_has_the_first_colour_and_another_mark() -> None:
    assert ONRECORD_DARK.speaker(8) == ONRECORD_DARK.speaker(0)
    for kind in QuotationKind:
        assert mark(8, kind) != mark(0, kind)
        assert mark(7, kind) == mark(0, kind)
