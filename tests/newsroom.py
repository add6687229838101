"""A handful of short stories as files, for tests that need a whole archive."""

from __future__ import annotations

import json
from pathlib import Path

STORIES = [
    {
        "title": "Council approves the harbour bridge",
        "date": "2026-03-01T10:00:00Z",
        "outlet": "Harbour Times",
        "url": "https://harbour.example/bridge",
        "body": "The council approved the new bridge on Sunday after a long debate.\n\n"
        "“We will open it in the spring,” said Mayor Ana Ruiz.\n\n"
        "Ruiz added that the budget was sound.\n\n"
        "“The money is not there,” said Bo Lindqvist, leader of the opposition.",
    },
    {
        "title": "Ferry workers vote to strike",
        "date": "2026-03-02T10:00:00Z",
        "outlet": "Daily Ledger",
        "url": "https://ledger.example/strike",
        "body": "Ferry workers voted on Monday to walk out.\n\n"
        "“Nobody wanted this strike,” said Carla Mendes.\n\n"
        "Mayor Ana Ruiz said the strike would hurt the harbour.",
    },
    {
        "title": "Storm closes the coast road",
        "date": "2026-03-03T10:00:00Z",
        "outlet": "Harbour Times",
        "url": "https://harbour.example/storm",
        "body": "A storm closed the coast road on Tuesday and kept the ferries in port.\n\n"
        "“Stay at home,” said a police officer.",
    },
]
"""Three stories; Ana Ruiz speaks in two of them, about a bridge and about a strike."""


def write(folder: Path) -> list[Path]:
    """Write each of the stories into a file of its own; the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for number, story in enumerate(STORIES):
        file = folder / f"{number}.jsonl"
        file.write_text(json.dumps(story) + "\n", "utf-8")
        files.append(file)
    return files
