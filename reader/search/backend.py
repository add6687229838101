"""The interface that indexing and searching sit behind, and the plain documents it takes.

`ArchiveIndex` (Whoosh, on this machine) and `MemoryBackend` (lists, for tests) implement it.
Another backend, say a shared archive on OpenSearch, must provide:

* `add` replaces by id: a document added twice is there once, with its quotations; when `add`
  returns, the documents are found by the next search, and stay found after the process is killed;
* words as `analysis.words` cuts and folds them, never stop words left out, since phrases, proximity
  and the lighting up of hits count on the very same words (with OpenSearch: a `pattern` tokenizer
  with the same expression, a `lowercase` and an ASCII-folding filter, positions kept; stems in a
  second subfield, since `=word` asks for the word as written);
* the query tree of `query`, every node of it, over articles and over quotations: `Word` in its four
  ways (stem, exact, prefix, typo), `Phrase`, `Near`, `Within`, `AtLeast`, `And`, `Or`, `Not`,
  `DateRange`, `NumberRange`, `State`, `TitlePattern`. `memory.py` is the definition of what each
  means;
* order: newest first by `published_key`, then by id, highest first (oldest first: the reverse);
  relevance is the backend's own affair and may be a near order (`ranking` scores only the likeliest
  of more than 3,000 hits), but where all are asked for none may be lost by it;
* the first hits at once and `total` exact, or marked as not exact and then near the truth; the
  exact number with `exact`; and an end to it as soon as nobody wants the answer any more;
* states that live in the store (read, starred, collections) are handed in as `States`; the backend
  asks for the ids and must not keep them;
* errors as `SearchIndexError` (the index cannot answer; build it again) or `QueryError` (the query
  is wrong), never the backend's own exceptions."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from reader.core.records import Sort

if TYPE_CHECKING:
    from reader.search.query import Query


def always() -> bool:
    """Whether an answer is still wanted: of those that are asked for to be had."""
    return True


@dataclass(frozen=True, slots=True)
class SearchQuotation:
    """One quotation as the index takes it."""

    id: int
    """The store's number of this quotation; positive, unique over the whole archive."""

    text: str
    """The content, its pieces joined as it is shown away from its article."""

    kind: str = "direct"
    """direct, mixed or indirect."""

    speaker: tuple[str, ...] = ()
    """The speaker's names, the fullest first, then aliases; empty if the text names nobody."""

    role: str = ""
    """Title or description as the text gives it."""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One article as the index takes it. All strings are clean text."""

    id: int
    """The store's number of this article, positive."""

    title: str
    body: str
    byline: tuple[str, ...] = ()
    outlet: str = ""
    section: str = ""
    url: str = ""
    published_key: int = 0
    """Seconds since 1970 (UTC), as `core.dates.sort_key` gives them; 0 when unknown."""

    quotations: tuple[SearchQuotation, ...] = ()
    words: int | None = None
    """How many words the body has; None: the index counts them."""


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """What a search found."""

    ids: array[int]
    """Article ids, or quotation ids from `search_quotations`, in order, at most `limit`."""

    total: int
    """How many there are in all."""

    exact: bool
    """False: `total` is an estimate ("about 19,000")."""

    query: Query
    """The query as understood; hand it to `hits.find_hits` and `hits.snippet`."""

    complete: bool = True
    """False while one types a phrase or distance that is rare among common words: time ran out, and
    older hits are missing. The same search without `as_you_type` finds all."""


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """What is in the index, for comparing it with the store."""

    articles: int
    quotations: int
    segments: int
    version: int
    """The version of the way articles are indexed; another one than the program's means rebuild."""


class States(Protocol):
    """What only the store knows about articles. `ids` is asked during a search, in its thread."""

    def ids(self, state: str, value: str) -> Collection[int] | None:
        """The ids of the articles in a state, or None where the state is not known.

        `("unread", "")`, `("read", "")`, `("starred", "")` for `is:...`, `("tagged", "")` for
        `has:tag`, `("tag", words)` for `tag:...`: see `query.State`. Of a state that single
        quotations are in (`query.QUOTATION_STATES`) those are asked for with "quotations of "
        before its name. `("hidden", "")` are articles to be left out of every answer to a query
        that does not itself ask for `is:muted`.
        """

    def ids_between(self, state: str, value: str, first: int, last: int) -> Collection[int] | None:
        """The same of the articles with ids from `first` to `last` alone, for states that half the
        archive is in: the first screen needs those of a part of it only. None: ask for `ids`."""


class SearchBackend(Protocol):
    """What every backend provides. All methods may raise `SearchIndexError`."""

    def add(self, documents: Iterable[SearchDocument]) -> int:
        """Index documents (each replacing the one with its id), durably; gives their number."""

    def delete(self, ids: Iterable[int]) -> int:
        """Take articles and their quotations out; gives how many were there."""

    def search(
        self,
        query: str | Query,
        *,
        sort: Sort = Sort.NEWEST,
        limit: int | None = 50,
        offset: int = 0,
        as_you_type: bool = False,
        within: Collection[int] | None = None,
        states: States | None = None,
        exact: bool = False,
        wanted: Callable[[], bool] = always,
    ) -> SearchAnswer:
        """Articles that match; `limit=None` gives all. `within` narrows to these article ids.

        The first hits come first: `total` is counted as far as that costs next to nothing, and
        else estimated; `exact` counts to the end, however long that takes. `wanted` is asked in
        between, every few milliseconds: once it says no the search ends, with an answer that is
        empty and not complete.
        `as_you_type`: the last word is unfinished and stands for all words that begin so;
        half-typed syntax is forgiven. Ignored for a `Query` that was parsed already. Raises
        `QueryError`."""

    def search_quotations(
        self,
        query: str | Query,
        *,
        sort: Sort = Sort.NEWEST,
        limit: int | None = 50,
        offset: int = 0,
        as_you_type: bool = False,
        within: Collection[int] | None = None,
        states: States | None = None,
        exact: bool = False,
    ) -> SearchAnswer:
        """The same over quotations: words are looked for in what was said, in the speaker's names
        and role. `within` and `states` are about article ids; the answer's ids are quotations'."""

    def status(self) -> IndexStatus:
        """What is in the index."""

    def close(self) -> None:
        """Let go of files. Searching afterwards opens them again."""
