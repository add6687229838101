"""Tags on the screen: put on and taken off, several at once, on one article or the whole list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from reader.core.marks import tags_in
from reader.errors import ReaderError
from reader.ui.tag_line import tag_line

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen
    from reader.ui.screens.tag_prompt import TagAnswer

_HINT = 'Several are parted by blanks, "two words" in quotation marks; -TAG takes one off.'


class Tagging:
    """What one does with tags."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def tag(self, count: int) -> None:
        """Ask for tags, and put them on the article or on so many from the cursor on."""
        ids = self._meant(count)
        if ids:
            known = [tag.name for tag in self._screen.library.desk.tags()]
            self._ask("Tag", ids, known, lambda answer: tags_in(answer.line))

    def untag(self, count: int) -> None:
        """Take the only tag off at once; ask where there are several."""
        ids = self._meant(count)
        tags = self._screen.library.desk.tags_of(ids)
        known = sorted({name for names in tags.values() for name in names}, key=str.casefold)
        if not known:
            self._screen.say("Nothing to take off; t puts tags on.")
        elif len(known) == 1:
            self._change(ids, (), known)
        else:
            self._ask("Untag", ids, known, lambda answer: ((), sum(tags_in(answer.line), ())))

    def _meant(self, count: int) -> list[int]:
        """The article under the cursor with those that follow it, or the one being read."""
        screen = self._screen
        if count > 1 and screen.focus_name == "list":
            at = screen.article_list.cursor
            return list(dict.fromkeys(screen.listing.ids[at : at + count]))
        article_id = screen.linking.target
        return [] if article_id is None else [article_id]

    def _ask(
        self,
        verb: str,
        ids: Sequence[int],
        known: Sequence[str],
        read: Callable[[TagAnswer], tuple[Sequence[str], Sequence[str]]],
    ) -> None:
        from reader.ui.screens.tag_prompt import TagPrompt

        screen = self._screen
        listed = list(dict.fromkeys(screen.listing.ids))
        rows = screen.library.rows(ids[:1])
        what = stories(len(ids)) if len(ids) > 1 or not rows else f"“{rows[0].title}”"

        def answered(answer: TagAnswer | None) -> None:
            if answer is None:
                return
            try:
                self._change(listed if answer.whole_list else ids, *read(answer))
            except ReaderError as error:
                screen.say(str(error), error=True)

        hint = f"{_HINT} Tab completes; Ctrl-L: the whole list."
        prompt = TagPrompt(verb, what, stories(len(listed)), hint, known)
        screen.app.push_screen(prompt, answered)

    def _change(self, ids: Sequence[int], add: Sequence[str], remove: Sequence[str]) -> None:
        desk = self._screen.library.desk
        change = desk.tag(ids, add, remove)
        if not change:
            self._screen.say("No tag has changed.")
            return
        said = " ".join(
            part
            for part in (
                tag_line(list(dict.fromkeys(name for _, name in change.added))),
                "".join(f"-#{n}" for n in dict.fromkeys(name for _, name in change.removed)),
            )
            if part
        )
        where = "" if change.articles == 1 else f" on {stories(change.articles)}"
        self._screen.marking.done(
            f"{said}{where}; u takes it back.", partial(desk.undo_tags, change)
        )


def stories(number: int) -> str:
    """ "1 story", "12 stories"."""
    return "1 story" if number == 1 else f"{number:,} stories"
