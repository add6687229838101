"""What the keys of the reader's desk do, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ui.control.collecting import Collecting
from reader.ui.control.muting import Muting
from reader.ui.control.noting import Noting
from reader.ui.control.tagging import Tagging
from reader.ui.listing import View

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen
    from reader.ui.screens.picker import Choice


class DeskControl:
    """Tags, notes, collections, muting."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self.tagging = Tagging(screen)
        self.noting = Noting(screen)
        self.collecting = Collecting(screen)
        self.muting = Muting(screen)

    def choices(self) -> list[Choice]:
        """What there is to list: collections, tags, the noted and the muted articles."""
        from reader.ui.screens.picker import Choice

        desk = self._screen.library.desk
        choices = []
        if desk.notes():
            choices.append(Choice("Noted", "has:note", 0, ("query", "has:note")))
        if desk.muted():
            choices.append(Choice("Muted", "is:muted", 0, ("view", View.MUTED)))
        choices += [
            Choice(one.name, f"collection of {one.quotations:,}", 0, ("collection", one.name))
            for one in desk.collections()
        ]
        choices += [
            Choice(f"#{tag.name}", "tag", tag.unread, ("query", f'tag:"{tag.name}"'))
            for tag in desk.tags()
        ]
        return choices
