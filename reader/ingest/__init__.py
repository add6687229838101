"""Getting articles in: files, folders, feeds, mail and web archives, whatever strangers send.

`read_path` and `read_stream` are the way in. Everything they yield is clean (`core.text`).
"""

from __future__ import annotations

from reader.ingest.intake import Intake, IntakeFailure, Subscription
from reader.ingest.reading import read_path, read_stream

__all__ = ["Intake", "IntakeFailure", "Subscription", "read_path", "read_stream"]
