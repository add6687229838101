"""A question that is asked again at every change, and by itself not too often."""

from __future__ import annotations

import asyncio
from time import monotonic

from reader.ui.control.repeating import Repeating
from tests.ui.conftest import Open, settle, until


async def test_of_the_changes_during_an_answer_one_question_is_left_over(open_screen: Open) -> None:
    asked: list[float] = []
    answered = asyncio.Event()

    async def question() -> None:
        asked.append(monotonic())
        await answered.wait()

    async with open_screen() as (screen, pilot):
        repeating = Repeating(screen, question)
        repeating.ask()
        await until(pilot, lambda: len(asked) == 1)
        for _ in range(3):
            repeating.ask()
        await pilot.pause()
        assert len(asked) == 1
        ended = monotonic()
        answered.set()
        await until(pilot, lambda: len(asked) == 2)
        assert asked[1] - ended >= 4 * (ended - asked[0])
        await settle(pilot)
        assert len(asked) == 2
