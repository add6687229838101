"""Work behind the screen."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from textual.screen import Screen

Job = Callable[[], Coroutine[Any, Any, None]]


def work(screen: Screen[Any], job: Job, *, group: str, exclusive: bool = False) -> None:
    """Do a job behind the screen; `exclusive` ends the others of its group.

    The job is called when its turn comes. A coroutine that was made before would, if the program
    ends first, print on the terminal that it was never awaited.
    """
    screen.run_worker(cast("Callable[[], None]", job), group=group, exclusive=exclusive)
