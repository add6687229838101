"""The same story in other outlets, and the texts that an article has had."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING

from reader.core.article import Article
from reader.core.records import ArchivedArticle, Copy
from reader.ui.commands import shown_key
from reader.ui.listing import day_of, short_day

if TYPE_CHECKING:
    from reader.ui.screens.comparison import Pair
    from reader.ui.screens.main import MainScreen
    from reader.ui.screens.picker import Choice

_NAMED = 3
"""Outlets that are named above an article; of more, how many there are."""


class Comparing:
    """Where else a story stands, and what is different there."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def note(self, archived: ArchivedArticle) -> str:
        """A line for above the article: where else it stands, and that it has changed."""
        parts = []
        if archived.copies:
            others = self._others(archived)
            names = list(dict.fromkeys(copy.outlet or "another outlet" for copy in others))
            more = len(names) - _NAMED
            shown = ", ".join(names[:_NAMED]) + (f" and {more:,} more" if more > 0 else "")
            parts.append(f"also in {shown} ({self._key('article.copies')})")
        if archived.versions:
            from reader.ui.comparison import change_noted, later

            if (first := change_noted(archived)) is not None:
                since = later(archived.versions[-1].added - first.added)
                parts.append(f"changed {since} · {self._key('article.changes')} shows what changed")
        line = " · ".join(parts)
        return line[:1].upper() + line[1:]

    def _key(self, command: str) -> str:
        keys = self._screen.keymap[command]
        return shown_key(keys[0]) if keys else "palette"

    def _others(self, archived: ArchivedArticle) -> list[Copy]:
        return [c for c in self._screen.library.stories.copies(archived.id) if c.id != archived.id]

    def _here(self) -> ArchivedArticle | None:
        """The article that is shown, or in the list the one under the cursor."""
        screen = self._screen
        if screen.focus_name == "list":
            article_id = screen.listing.article_at(screen.article_list.cursor)
            return None if article_id is None else screen.library.article(article_id)
        return screen.reader.archived

    def show_copies(self) -> None:
        """List the outlets of a story, to open one of them."""
        from reader.ui.screens.picker import Picker

        archived = self._here()
        if archived is None or not archived.copies:
            self._screen.say("Nobody else in the archive has this story.")
            return
        copies = self._screen.library.stories.copies(archived.id)
        choices = [self._choice(copy, archived) for copy in copies]
        self._screen.app.push_screen(Picker(choices), self._chosen)

    @staticmethod
    def _choice(copy: Copy, shown: ArchivedArticle) -> Choice:
        from reader.ui.screens.picker import Choice

        day = short_day(day_of(copy.published))
        if isinstance(copy.published, dt.datetime):
            day += f"{copy.published: %H:%M}"
        here = " · this one" if copy.id == shown.id else ""
        note = f"{day}{here} · {copy.title}"
        return Choice(copy.outlet or "(no outlet)", note, 0, ("copy", copy.id))

    def _chosen(self, choice: Choice | None) -> None:
        if choice is not None:
            self._screen.arranging.focus_pane("reader")
            self._screen.reading.open(choice.value[1])

    def show_changes(self) -> None:
        """What has changed in an article, or what a copy has that the first one has not."""
        from reader.ui.screens.comparison import ComparisonScreen

        screen = self._screen
        archived = self._here()
        pairs, chosen = ([], 0) if archived is None else self._pairs(archived)
        if not pairs:
            screen.say("This article has had one text only, and nobody else has the story.")
            return
        screen.app.push_screen(
            ComparisonScreen(pairs, screen.keymap, chosen=chosen, measure=screen.settings.measure)
        )

    def _pairs(self, archived: ArchivedArticle) -> tuple[list[Pair], int]:
        """All that can be compared with an article, and which pair comes first: the last change,
        else the first article of the story with this one."""
        from reader.ui.comparison import later
        from reader.ui.screens.comparison import Pair

        library = self._screen.library
        pairs = []
        for old, new in pairwise(archived.versions):
            since = later(new.added - archived.versions[0].added)
            name = f"text {old.number} → text {new.number}, {since}"

            def read(old: int = old.id, new: int = new.id) -> tuple[Article, Article]:
                return (
                    library.version(archived.id, old).article,
                    library.version(archived.id, new).article,
                )

            pairs.append(Pair(name, read))
        chosen = max(0, len(pairs) - 1)
        if archived.copies:
            first, *copies = library.stories.copies(archived.id)
            # A copy is held against the first one, the first one against each copy.
            others = [c for c in copies if archived.id in (first.id, c.id)]
            for other in others:
                name = f"{first.outlet or 'the first'} → {other.outlet or 'the other'}"

                def read_copies(other: int = other.id) -> tuple[Article, Article]:
                    return library.article(first.id).article, library.article(other).article

                pairs.append(Pair(name, read_copies))
        return pairs, chosen
