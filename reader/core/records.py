"""What an archive hands to the screen and to the command line: plain data, already joined.

`reader.library.Library` fills these; nothing here knows how they are stored or found.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from reader.core.article import Article, ArticleId, Published
from reader.core.marks import Note
from reader.core.quotation import Extraction, QuotationKind, SpeakerKind
from reader.core.span import Span

GAP = " [...] "
"""What stands between the pieces of a quotation that is shown away from its article."""


class Sort(StrEnum):
    """In which order a search answers."""

    NEWEST = "newest"
    OLDEST = "oldest"
    RELEVANCE = "relevance"


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One row of the article list."""

    id: ArticleId
    title: str
    outlet: str | None
    published: Published | None
    speakers: int
    """How many people, bodies and groups are quoted in it."""

    quotations: int
    read: bool
    starred: bool
    section: str | None = None
    tags: tuple[str, ...] = ()
    """The reader's own, by name."""

    copies: int = 0
    """How many other articles of the archive are copies of the same story."""

    noted: bool = False
    """Whether the reader has written a note on it, or on a quotation in it."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One of the articles that are copies of one story."""

    id: ArticleId
    title: str
    outlet: str | None
    published: Published | None
    url: str | None


@dataclass(frozen=True, slots=True)
class TextVersion:
    """A text of an article as it once stood."""

    number: int
    """From 1, the oldest."""

    id: int
    """Its number in the archive, which quotations point at."""

    title: str
    added: int
    """When it came in, in seconds since 1970."""

    length: int
    """Its characters."""


@dataclass(frozen=True, slots=True)
class ArchivedArticle:
    """One article with everything that was found in it."""

    id: ArticleId
    article: Article
    extraction: Extraction
    speaker_ids: tuple[int | None, ...]
    """The archive-wide id of each of `extraction.speakers`, in the same order."""

    read: bool
    starred: bool
    sort: int = 0
    """Its place in the order of time: `core.dates.sort_key` as it was when the article came in."""

    tags: tuple[str, ...] = ()
    """The reader's own, by name."""

    copies: int = 0
    """How many other articles of the archive are copies of the same story."""

    versions: tuple[TextVersion, ...] = ()
    """The texts it has had, the oldest first, where it has had several."""

    notes: tuple[Note, ...] = ()
    """What the reader has written about it and about quotations in it."""


@dataclass(frozen=True, slots=True)
class ArchivedSpeaker:
    """Somebody quoted somewhere in the archive."""

    id: int
    name: str
    kind: SpeakerKind
    aliases: tuple[str, ...]
    """Other forms of the name in any article, the most frequent first."""

    roles: tuple[str, ...]
    """Titles and descriptions in any article, the most frequent first."""

    named: bool
    quotations: int
    articles: int
    first: Published | None
    """When the oldest article that quotes them appeared."""

    last: Published | None
    """When the newest article that quotes them appeared."""


@dataclass(frozen=True, slots=True)
class QuotationRow:
    """A quotation with what is needed to show and cite it away from its article."""

    id: int
    article_id: ArticleId
    ordinal: int
    """Its index in the `Extraction.quotations` of its article."""

    article_title: str
    outlet: str | None
    published: Published | None
    url: str | None
    kind: QuotationKind
    content: tuple[Span, ...]
    """The pieces of what was said, as ranges of the article's body."""

    cue: Span | None
    mention: Span | None
    text: str
    """What was said: the pieces of the content, joined by `GAP`."""

    speaker_id: int | None
    speaker_name: str | None
    """The fullest form of the speaker's name in this article; None for unnamed speakers."""

    role: str | None
    """The speaker's title or description as this article gives it."""

    confidence: float
    described: str | None = None
    """The words for an unnamed speaker ("a senior official"); None for named ones."""


@dataclass(frozen=True, slots=True)
class Hits:
    """The answer to a search over articles."""

    ids: Sequence[int] | array[int]
    """The ids of the articles that match, in the order asked for; at most as many as asked for."""

    total: int
    """How many match in all."""

    exact: bool = True
    """False where `total` is an estimate ("about 19,000")."""

    query: str = ""
    """The query that was answered, as typed."""

    pending: int = 0
    """How many articles of the archive were not searched, since the index lacks them as yet."""

    complete: bool = True
    """False while one types a costly phrase: there was no time for the older hits."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A line of an article's body around what was searched for."""

    text: str
    hits: tuple[Span, ...] = ()
    """The matched characters, as ranges of `text`."""


ImportStatus = Literal["new", "known", "changed", "failed", "subscription"]


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What became of one thing that was read from the input."""

    intake: object
    """What was read: an `Article`, or a `Subscription` or `IntakeFailure` of `reader.ingest`."""

    id: ArticleId | None
    """The article's id in the archive; None for what is no article."""

    status: ImportStatus
    """`known`: it was there already, word for word; `changed`: it was there with another text."""

    quotations: int = 0
    speakers: tuple[str, ...] = ()
    """The names of those quoted, in order of their first quotation."""


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import or a rebuild has come."""

    done: int
    """Articles dealt with so far, whatever became of them."""

    total: int | None
    """How many there will be (files where the input is a folder), or None while that is unknown."""

    failed: int = 0
    new: int = 0
    known: int = 0
    path: str | None = None
    """The input that is being read."""

    per_second: float = 0.0
    """Articles a second since the start."""

    phase: Literal["fetching", "completing", "reading", "indexing"] = "reading"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that `Library.check` found wrong."""

    kind: Literal["database", "orphan", "offset", "count", "value", "index"]
    message: str
    """One line in plain words, with the article's number where there is one."""

    article_id: ArticleId | None = None
    repaired: bool = False
    """Whether it has been put right."""
