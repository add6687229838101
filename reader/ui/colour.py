"""Arithmetic on colours: contrast, mixing, and making a colour readable on a background.

Colours are strings "#rrggbb". Contrast is that of WCAG 2.1 (1 to 21). Lightness is changed in Oklab
(Björn Ottosson, 2020), where hue stays put while a colour becomes lighter or darker.
"""

from __future__ import annotations

import math

Triple = tuple[float, float, float]


def parse(colour: str) -> Triple:
    """The linear-light red, green and blue of "#rrggbb", each 0 to 1."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = map(_decoded, channels)
    return red, green, blue


def _decoded(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def written(linear: Triple) -> str:
    """The "#rrggbb" nearest to linear-light red, green and blue; out of range is clipped."""
    bounded = (min(1.0, max(0.0, c)) for c in linear)
    encoded = (12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in bounded)
    return "#" + "".join(f"{round(255 * c):02x}" for c in encoded)


def luminance(colour: str) -> float:
    """Relative luminance, 0 for black to 1 for white."""
    red, green, blue = parse(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 (alike) to 21 (black and white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mix(base: str, colour: str, share: float) -> str:
    """`base` with `share` (0 to 1) of `colour` in it, as paint over paper (encoded values)."""
    pairs = ((int(base[at : at + 2], 16), int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(paper * (1 - share) + ink * share):02x}" for paper, ink in pairs)


def readable(colour: str, background: str, ratio: float) -> str:
    """`colour`, no lighter or darker than needed for a contrast of `ratio` against `background`.

    One that is readable already comes back unchanged. Towards the end of the scale colours fade to
    white or black; where even these are not enough (a middle grey), the better of the two is given.
    """
    if contrast(colour, background) >= ratio:
        return colour
    goal = max(("#ffffff", "#000000"), key=lambda end: contrast(end, background))
    lightness, a, b = _oklab(parse(colour))
    near, far = lightness, 1.0 if goal == "#ffffff" else 0.0
    best = goal
    for _ in range(18):
        middle = (near + far) / 2
        tried = written(_in_gamut(middle, a, b))
        if contrast(tried, background) >= ratio:
            far, best = middle, tried
        else:
            near = middle
    return best


def tint(background: str, colour: str, text: str, level: float, ratio: float) -> str:
    """`background` with so much of `colour` in it that the two grounds have a contrast of `level`.

    Less where `text` on it would fall below a contrast of `ratio`. Going by contrast and not by
    share makes the tints of a pale and of a deep colour equally quiet.
    """
    found = background
    for percent in range(1, 101):
        tinted = mix(background, colour, percent / 100)
        if contrast(text, tinted) < ratio:
            break
        found = tinted
        if contrast(tinted, background) >= level:
            break
    return found


def _oklab(linear: Triple) -> Triple:
    red, green, blue = linear
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _linear(lightness: float, a: float, b: float) -> Triple:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _in_gamut(lightness: float, a: float, b: float) -> Triple:
    """Linear light for an Oklab colour, paler where the screen cannot show it at that lightness."""
    share = 1.0
    while share > 0:
        linear = _linear(lightness, a * share, b * share)
        if all(-0.001 <= c <= 1.001 for c in linear):
            return linear
        share -= 0.05
    return _linear(lightness, 0.0, 0.0)
