"""Invented stories as files, for the tests of the command line."""

from __future__ import annotations

from pathlib import Path

PIER = """Harbour News

Local

Pier Opens Two Years Late

By Ann Reed March 3, 2026

The harbour board said on Tuesday that the new pier would open in the spring, two years later than \
first planned, after engineers found soft ground under the old wall.

"We would rather be late than wrong," said Maria Okafor, the board's chair. "Nobody thanks you for \
a pier that sinks."

A bigger bill

Okafor said the delay had cost nine million crowns, and that the town would not have to pay it.

Join the mailing list
"""

FERRY = """Coast Herald

Transport

Night Ferry to Return After Strike

By Tom Hale and Ida Brandt March 9, 2026

The night ferry will sail again from Monday, its owner said, after crews accepted a new contract.

"This is a good day for the islands," said Peter Lund, the head of Isles Line. "We are sorry that \
it took so long."

Lund said that tickets would be cheaper until June, and that the old pier would be used meanwhile.
"""

PLAIN = """Valley Post

Weather

Snow Closes the Pass Road

By Eva Stern March 11, 2026

The pass road was closed for the second day on Wednesday, and lorries stood in a line that reached \
back to the village, while ploughs worked from both ends of the valley.

The road is one of two that lead to the coast. The other one is longer by ninety kilometres.
"""

STORIES = {"pier.txt": PIER, "ferry.txt": FERRY, "snow.txt": PLAIN}


def write_stories(folder: Path) -> Path:
    """Write the three stories into `folder`; returns it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in STORIES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
