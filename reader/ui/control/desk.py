"""What the keys of the reader's desk do, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ui.control.noting import Noting
from reader.ui.control.tagging import Tagging

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen


class DeskControl:
    """Tags and notes."""

    def __init__(self, screen: MainScreen) -> None:
        self.tagging = Tagging(screen)
        self.noting = Noting(screen)
