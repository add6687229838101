"""What a command is: one thing a person can do, by key, palette or shell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Group(StrEnum):
    """The headings of the help screen, in its order."""

    WHO_SAID_WHAT = "Who said what"
    SEARCH = "Search"
    MOVING = "Moving"
    ARTICLES = "Articles"
    DESK = "Your desk"
    PROGRAM = "Program"


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a person can do."""

    id: str
    """Names the command in the settings file and in Textual's bindings: `quotation.next`."""

    keys: tuple[str, ...]
    """The keys as a person writes them: "j", "]", "ctrl+p", "down"; the first one is shown."""

    label: str
    """A few words for footer and palette."""

    help: str
    """One sentence for the help screen, the palette and the README."""

    group: Group

    shell: str = ""
    """The command line that does the same, where the shell has any use for it."""

    @property
    def action(self) -> str:
        """The name of the screen's action method, without `action_`."""
        return self.id.replace(".", "_")
