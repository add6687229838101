"""Themes for Textual, made from the palettes, and a palette for whatever theme is chosen."""

from __future__ import annotations

from textual.color import Color
from textual.theme import Theme

from reader.ui.palette import ONRECORD_DARK, ONRECORD_LIGHT, Palette, ansi, derived

DEFAULT = ONRECORD_DARK.name
LIGHT = ONRECORD_LIGHT.name

_OURS = {palette.name: palette for palette in (ONRECORD_DARK, ONRECORD_LIGHT)}


def our_themes() -> tuple[Theme, ...]:
    """The two themes of our own, for `App.register_theme`; Textual brings `ansi-dark` itself."""
    return tuple(_theme(palette) for palette in _OURS.values())


def palette_for(theme: Theme) -> Palette:
    """The colours our widgets draw with under `theme`, ours or any other."""
    if theme.name in _OURS:
        return _OURS[theme.name]
    if theme.ansi:
        return ansi(theme.name, dark=theme.dark)
    colours = theme.to_color_system().generate()
    background = _hex(colours["background"], "#000000" if theme.dark else "#ffffff")
    return derived(
        theme.name,
        background,
        _hex(colours["foreground"], "#ffffff" if theme.dark else "#000000"),
        _hex(colours["accent"], "#ef6f5e"),
        _hex(colours["error"], "#ff9088"),
    )


def variables(palette: Palette) -> dict[str, str]:
    """What our style sheet names beyond Textual's own: `$rule`, `$muted`, `$faint`, `$selected` ...

    For `App.get_theme_variable_defaults`, so that the sheet is valid under every theme.
    """
    return {
        "here": palette.accent,
        "selected": palette.selected,
        "rule": palette.rule,
        "muted": palette.muted,
        "faint": palette.faint,
        "hit": palette.hit,
        "hit-text": palette.hit_text,
        "star": palette.star,
    }


def _theme(palette: Palette) -> Theme:
    """A palette in Textual's terms; its own widgets (input, scroll bars) stay quiet too."""
    return Theme(
        name=palette.name,
        dark=palette.dark,
        primary=palette.accent,
        secondary=palette.muted,
        accent=palette.accent,
        warning=palette.star,
        error=palette.error,
        success=palette.speakers[2].text,
        foreground=palette.text,
        background=palette.background,
        surface=palette.surface,
        panel=palette.selected,
        text_alpha=1.0,
        variables={
            **variables(palette),
            "border": palette.rule,
            "border-blurred": palette.rule,
            "block-cursor-background": palette.selected,
            "block-cursor-foreground": palette.text,
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-background": palette.background,
            "block-cursor-blurred-foreground": palette.text,
            "input-cursor-background": palette.accent,
            "input-cursor-foreground": palette.background,
            "input-selection-background": palette.hit,
            "scrollbar": palette.rule,
            "scrollbar-hover": palette.faint,
            "scrollbar-active": palette.accent,
            "scrollbar-background": palette.background,
            "scrollbar-background-hover": palette.background,
            "scrollbar-background-active": palette.background,
            "scrollbar-corner-color": palette.background,
            "footer-background": palette.surface,
            "footer-key-foreground": palette.accent,
            "link-color": palette.text,
            "link-background-hover": palette.selected,
            "link-color-hover": palette.text,
        },
    )


def _hex(value: str, otherwise: str) -> str:
    """A colour of Textual's as "#rrggbb"; one that the terminal chooses becomes `otherwise`."""
    colour = Color.parse(value)
    return otherwise if colour.ansi is not None else colour.hex6.lower()
