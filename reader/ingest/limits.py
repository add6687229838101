"""How much of an input is read; what is longer is cut or refused."""

from __future__ import annotations

from typing import Final

FILE: Final = 64 * 1024 * 1024
"""Bytes of a file that must be held in memory, also after decompression."""

PAGE: Final = 2 * 1024 * 1024
"""Bytes of an HTML page; the parsers' trees take some thirty times as much."""

JSON_LINE: Final = 16 * 1024 * 1024
"""Bytes of one line of JSON Lines."""

ITEMS: Final = 5_000
"""Entries of one feed."""

NESTING: Final = 256
"""Levels of elements, objects or mail parts."""

TITLE: Final = 1_000
AUTHOR: Final = 500
ADDRESS: Final = 4_096
BODY: Final = 2_000_000
AUTHORS: Final = 20
LINKS: Final = 500
