"""What comes out of an input: articles, subscriptions, and one line for each thing refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from reader.core.article import Article


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed that a subscription list names; every string is clean."""

    title: str
    url: str
    """An http or https address, with user and password cut off."""

    folder: str | None = None
    """The folders it lies in, outermost first, parted by "/"; None at the top."""

    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IntakeFailure:
    """An input, or a part of one, that gave no article."""

    path: str
    """The input's name as it can be printed."""

    message: str
    """One clean line: what is wrong and, where there is something to do, what to do."""


Intake: TypeAlias = Article | Subscription | IntakeFailure
