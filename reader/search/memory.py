"""A search backend of plain lists that reads every article for every query.

It is what each kind of query *means*: the tests put the same questions to it and to the index. Good
enough for a handful of articles; nothing is kept on disk.
"""

from __future__ import annotations

import datetime as dt
import re
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from reader.core.records import Sort
from reader.errors import QueryError
from reader.search.analysis import words
from reader.search.backend import (
    IndexStatus,
    SearchAnswer,
    SearchDocument,
    SearchQuotation,
    States,
    always,
)
from reader.search.fields import Over, concrete, expand
from reader.search.hits import WordIndex
from reader.search.parser import parse
from reader.search.piecereader import SavedSearches
from reader.search.places import field_of, places
from reader.search.query import (
    QUOTATION_STATES,
    And,
    AtLeast,
    DateRange,
    Everything,
    Node,
    Not,
    NumberRange,
    Or,
    Positional,
    Query,
    SameQuotation,
    State,
    TitlePattern,
    asks_for,
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """An article or a quotation, ready to be asked."""

    id: int
    document: SearchDocument
    fields: dict[str, tuple[str, ...]]
    over: Over


def article_fields(document: SearchDocument) -> dict[str, tuple[str, ...]]:
    """The values of every field of an article; a phrase never runs from one value into the next."""
    quotations = document.quotations
    return {
        "title": (document.title,),
        "body": (document.body,),
        "byline": document.byline,
        "outlet": (document.outlet,),
        "section": (document.section,),
        "url": (document.url,),
        "said": tuple(quotation.text for quotation in quotations),
        "speaker": tuple(dict.fromkeys(chain.from_iterable(q.speaker for q in quotations))),
        "role": tuple(dict.fromkeys(q.role for q in quotations)),
        "kind": tuple(dict.fromkeys(q.kind for q in quotations)),
    }


def quotation_fields(document: SearchDocument, q: SearchQuotation) -> dict[str, tuple[str, ...]]:
    """The values of every field of a quotation: its own, and those of its article."""
    own = {"said": (q.text,), "speaker": q.speaker, "role": (q.role,), "kind": (q.kind,)}
    article = article_fields(document)
    return {name: article[name] for name in SHARED_FIELDS} | own


SHARED_FIELDS = ("title", "byline", "outlet", "section", "url")
"""What a quotation has from its article."""


class MemoryBackend:
    """A `SearchBackend` without an index."""

    def __init__(self, saved: SavedSearches | None = None, today: dt.date | None = None) -> None:
        self._documents: dict[int, SearchDocument] = {}
        self._saved = saved
        self._today = today

    def add(self, documents: Iterable[SearchDocument]) -> int:
        """Keep documents; see `SearchBackend`."""
        count = 0
        for document in documents:
            self._documents[document.id] = document
            count += 1
        return count

    def delete(self, ids: Iterable[int]) -> int:
        """Forget documents; see `SearchBackend`."""
        return sum(self._documents.pop(number, None) is not None for number in set(ids))

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
        """Articles that match; see `SearchBackend`."""
        entries = (
            _Entry(document.id, document, article_fields(document), Over.ARTICLES)
            for document in self._documents.values()
        )
        return self._answer(
            query, entries, sort, limit, offset, as_you_type, within, states, wanted
        )

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
        """Quotations that match; see `SearchBackend`."""
        entries = (
            _Entry(q.id, document, quotation_fields(document, q), Over.QUOTATIONS)
            for document in self._documents.values()
            for q in document.quotations
        )
        return self._answer(query, entries, sort, limit, offset, as_you_type, within, states)

    def status(self) -> IndexStatus:
        """How many articles and quotations there are."""
        quotations = sum(len(document.quotations) for document in self._documents.values())
        return IndexStatus(len(self._documents), quotations, 1, 0)

    def close(self) -> None:
        """Nothing is open."""

    def _answer(
        self,
        query: str | Query,
        entries: Iterator[_Entry],
        sort: Sort,
        limit: int | None,
        offset: int,
        as_you_type: bool,
        within: Collection[int] | None,
        states: States | None,
        wanted: Callable[[], bool] = always,
    ) -> SearchAnswer:
        if isinstance(query, str):
            query = parse(query, as_you_type=as_you_type, saved=self._saved, today=self._today)
        if not wanted():
            return SearchAnswer(array("q"), 0, exact=False, query=query, complete=False)
        hidden = (states.ids("hidden", "") if states else None) or ()
        if asks_for(query.node, "muted"):
            hidden = ()
        found = [
            (entry.document.published_key, entry.id)
            for entry in entries
            if (within is None or entry.document.id in within)
            and entry.document.id not in hidden
            and matches(expand(query.node, entry.over), entry, states)
        ]
        found.sort(reverse=sort is not Sort.OLDEST)
        last = None if limit is None else offset + limit
        ids = array("q", (number for _, number in found[offset:last]))
        return SearchAnswer(ids, len(found), True, query)


def finds(document: SearchDocument, states: States | None) -> Callable[[Query], bool]:
    """Tells of any query whether it finds an article, which need not be in any index."""
    entry = _Entry(document.id, document, article_fields(document), Over.ARTICLES)
    return lambda query: matches(expand(query.node, Over.ARTICLES), entry, states)


def matches(node: Node, entry: _Entry, states: States | None) -> bool:
    """Whether an article or quotation is what an expanded query asks for."""
    document = entry.document
    match node:
        case Everything():
            return True
        case And(parts):
            return all(matches(part, entry, states) for part in parts)
        case Or(parts):
            return any(matches(part, entry, states) for part in parts)
        case Not(part):
            return not matches(part, entry, states)
        case SameQuotation(part):
            return any(
                matches(
                    part,
                    _Entry(q.id, document, quotation_fields(document, q), Over.QUOTATIONS),
                    states,
                )
                for q in document.quotations
            )
        case DateRange(first, last):
            key = document.published_key
            return (first is None or key >= first) and (last is None or key < last)
        case NumberRange(field, low, high):
            count = len(document.quotations) if field == "quotes" else word_count(document)
            return (low is None or count >= low) and (high is None or count <= high)
        case State(name, value):
            own = entry.over is Over.QUOTATIONS and name in QUOTATION_STATES
            asked = f"quotations of {name}" if own else name
            ids = states.ids(asked, value) if states else None
            if ids is None:
                raise QueryError(f"is:{name} cannot be answered here")
            return (entry.id if own else document.id) in ids
        case TitlePattern(pattern):
            return re.search(pattern, document.title, re.IGNORECASE) is not None
        case AtLeast(count, word):
            return _stands(word, entry, count)
        case _:
            return _stands(node, entry, 1)


def _stands(node: Positional, entry: _Entry, times: int) -> bool:
    """Whether a part stands so often in one of its fields (all values of it together)."""
    for field in concrete(field_of(node), entry.over):
        count = 0
        for value in entry.fields[field]:
            index = _word_index(value)
            count += len(places(node, index.where, index.boundaries))
        if count >= times:
            return True
    return False


@lru_cache(maxsize=64)
def _word_index(value: str) -> WordIndex:
    # A text is asked for each word of each query that is put to its article.
    return WordIndex(words(value), value)


def word_count(document: SearchDocument) -> int:
    """How many words an article has."""
    return len(words(document.body)) if document.words is None else document.words
