"""How far apart two colours look, to any eyes: CIEDE2000 after a simulation of colour blindness.

Simulation: Machado, Oliveira, Fernandes, "A physiologically-based model for simulation of color
vision deficiency", IEEE TVCG 15 (2009), severity 1.0, on linear light. Difference: Sharma, Wu,
Dalal, "The CIEDE2000 color-difference formula", Color Research and Application 30 (2005).
"""

from __future__ import annotations

import math

from reader.ui.colour import parse

SIGHT: dict[str, tuple[tuple[float, float, float], ...]] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanope": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranope": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanope": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}

_TO_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE = (0.95047, 1.0, 1.08883)


def lab(colour: str, sight: str = "normal") -> tuple[float, float, float]:
    """CIELAB (D65) of "#rrggbb" as seen with `sight`."""
    light = parse(colour)
    seen = [
        min(1.0, max(0.0, sum(map(math.prod, zip(row, light, strict=True)))))
        for row in SIGHT[sight]
    ]
    xyz = [
        sum(map(math.prod, zip(row, seen, strict=True))) / white
        for row, white in zip(_TO_XYZ, _WHITE, strict=True)
    ]
    x, y, z = (math.cbrt(v) if v > 216 / 24389 else (24389 / 27 * v + 16) / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: str, other: str, sight: str = "normal") -> float:
    """CIEDE2000 between two colours as seen with `sight`; 1 is just noticeable side by side."""
    return ciede2000(lab(one, sight), lab(other, sight))


def ciede2000(p: tuple[float, float, float], q: tuple[float, float, float]) -> float:
    """The difference of two CIELAB colours; variable names as in Sharma's paper."""
    (l1, a1, b1), (l2, a2, b2) = p, q
    c_mean = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    g = 0.5 * (1 - math.sqrt(c_mean**7 / (c_mean**7 + 25**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = math.degrees(math.atan2(b1, a1)) % 360, math.degrees(math.atan2(b2, a2)) % 360
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    d_l, d_c = l2 - l1, c2 - c1
    d_h = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    l_mean, c_mean = (l1 + l2) / 2, (c1 + c2) / 2
    h_mean = h1 + h2 if c1 * c2 == 0 else (h1 + turn / 2) % 360
    t = (
        1
        - 0.17 * math.cos(math.radians(h_mean - 30))
        + 0.24 * math.cos(math.radians(2 * h_mean))
        + 0.32 * math.cos(math.radians(3 * h_mean + 6))
        - 0.20 * math.cos(math.radians(4 * h_mean - 63))
    )
    s_l = 1 + 0.015 * (l_mean - 50) ** 2 / math.sqrt(20 + (l_mean - 50) ** 2)
    s_c, s_h = 1 + 0.045 * c_mean, 1 + 0.015 * c_mean * t
    bend = 60 * math.exp(-(((h_mean - 275) / 25) ** 2))
    r = -2 * math.sqrt(c_mean**7 / (c_mean**7 + 25**7)) * math.sin(math.radians(bend))
    return math.sqrt(
        (d_l / s_l) ** 2 + (d_c / s_c) ** 2 + (d_h / s_h) ** 2 + r * (d_c / s_c) * (d_h / s_h)
    )
