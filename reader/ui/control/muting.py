"""Muting on the screen: one article by hand, or a rule for more of its kind."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from reader.core.rules import RuleKind
from reader.errors import ReaderError
from reader.ui.work import work

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen
    from reader.ui.screens.picker import Choice


class Muting:
    """What one does with what one does not want to see."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def mute(self) -> None:
        """Offer to mute the article, or more of its kind; a muted one is shown again at once."""
        from reader.ui.screens.picker import Picker

        screen = self._screen
        article = screen.linking.target
        if article is None:
            return
        desk = screen.library.desk
        if desk.is_muted(article):
            desk.unmute([article])
            self._done("Shown again, whatever the rules say.", partial(desk.mute, [article]))
            return
        screen.app.push_screen(Picker(self._choices(article)), partial(self._chosen, article))

    def _choices(self, article: int) -> list[Choice]:
        from reader.ui.screens.picker import Choice

        known = self._screen.library.article(article).article
        choices = [Choice("This article", known.title, 0, ("hand", None))]
        outlet = f'outlet:"{_plain(known.outlet)}"' if known.outlet else ""
        if outlet:
            choices.append(Choice(f"All of {known.outlet}", outlet, 0, ("rule", outlet)))
        if known.section:
            section = f'section:"{_plain(known.section)}" {outlet}'.strip()
            where = f" in {known.outlet}" if known.outlet else ""
            choices.append(Choice(f"All of {known.section}{where}", section, 0, ("rule", section)))
        choices.append(Choice("All with certain words …", "a query", 0, ("words", known.title)))
        return choices

    def _chosen(self, article: int, choice: Choice | None) -> None:
        from reader.ui.screens.dialogs import Prompt

        if choice is None:
            return
        screen = self._screen
        kind, value = choice.value
        if kind == "hand":
            desk = screen.library.desk
            muted = desk.mute([article])
            words = "Muted; u shows it again, and f goes round to the muted."
            self._done(words, partial(desk.unmute, muted))
        elif kind == "rule":
            self._make(value)
        else:
            screen.app.push_screen(
                Prompt("Mute what matches", "A query as you search, such as title:lottery"),
                lambda query: self._make(query) if query else None,
            )

    # Rules

    def list_rules(self) -> None:
        """List the rules; the one that is chosen is removed."""
        from reader.ui.screens.picker import Choice, Picker

        screen = self._screen
        rows = screen.library.desk.rules.all()
        if not rows:
            screen.say("No rules yet: M mutes by one, onrecord rules makes others.")
            return
        choices = []
        for row in rows:
            rule = row.rule
            what = f"tag {rule.tag}" if rule.tag else rule.kind.value
            note = row.error or f"{row.articles:,} articles · Enter removes the rule"
            choices.append(Choice(f"{what}  {rule.query}", note, 0, ("rule", rule)))
        screen.app.push_screen(Picker(choices), self._remove)

    def _remove(self, choice: Choice | None) -> None:
        if choice is None:
            return
        rules = self._screen.library.desk.rules
        rule = choice.value[1]
        rules.remove(rule.id)

        def again() -> None:
            rules.add(rule.kind, rule.query, rule.tag)
            rules.apply()

        self._done(f"Removed: {rule}. u makes it again.", again)

    def _make(self, query: str) -> None:
        work(self._screen, partial(self._made, query), group="rule", exclusive=True)

    async def _made(self, query: str) -> None:
        """Make the rule and put it to what is there."""
        screen = self._screen
        rules = screen.library.desk.rules
        screen.say("Applying the rule …")
        try:
            rule = await asyncio.to_thread(rules.add, RuleKind.MUTE, query)
            await asyncio.to_thread(rules.apply)
        except ReaderError as error:
            screen.say(str(error), error=True)
            return
        number = next((row.articles for row in rules.all() if row.rule.id == rule.id), 0)
        words = f"Rule {rule.id} mutes {number:,} articles and what comes in; u takes it back."
        self._done(words, partial(rules.remove, rule.id))

    def _done(self, words: str, take_back: Callable[[], object]) -> None:
        def back() -> None:
            take_back()
            self._screen.archive_changed()

        self._screen.marking.done(words, back)
        self._screen.archive_changed()


def _plain(name: str | None) -> str:
    return (name or "").replace('"', " ").strip()
