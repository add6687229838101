"""Rules that are applied to articles as they come in: plain data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RuleKind(StrEnum):
    """What a rule does to the articles that its query matches."""

    MUTE = "mute"
    """They are out of lists, counts and searches; they can be seen, and are not deleted."""

    KEEP = "keep"
    """No rule mutes them, and retention never removes them."""

    TAG = "tag"
    """They get a tag."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the reader's."""

    id: int
    kind: RuleKind
    query: str
    """In the language of searches."""

    tag: str | None = None
    """The tag that a rule of that kind gives."""

    def __str__(self) -> str:
        """The rule as messages name it: `rule 3 (mute outlet:x)`."""
        what = f"tag {self.tag}" if self.tag else self.kind.value
        return f"rule {self.id} ({what} {self.query})"


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule with how it is doing."""

    rule: Rule
    articles: int
    """How many articles it mutes, keeps, or (for a tag) how many have that tag."""

    error: str | None = None
    """What is wrong with its query, in one line."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What all rules together say of one article."""

    article: int
    muted_by: int | None = None
    """The first rule that mutes it."""

    kept_by: int | None = None
    """The first rule that keeps it, whatever others say."""

    tags: tuple[str, ...] = ()
