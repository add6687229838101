"""Rules: mute, keep and automatic tags, by queries, applied to articles as they come in.

What comes in is asked about alone, whoever brings it: each new article, and each that has changed,
is read once for all rules. `apply` puts the rules to the whole archive by way of the index.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from reader.core.marks import tag_key, tag_name
from reader.core.rules import Rule, RuleKind, RuleRow, Verdict
from reader.errors import QueryError, UsageError

if TYPE_CHECKING:
    from reader.archive.indexing import Indexing
    from reader.archive.states import Remembered
    from reader.search.backend import SearchDocument
    from reader.search.query import Node, Query
    from reader.storage.store import Store

_BATCH: Final = 200
"""Articles a transaction."""

_QUOTED: Final = ("said", "speaker", "role", "kind")


class Rules:
    """The rules of one archive. All methods raise ReaderError with one clear line."""

    def __init__(self, store: Store, indexing: Indexing) -> None:
        """Use the store and the index of a library."""
        self._store = store
        self._indexing = indexing

    def all(self) -> list[RuleRow]:
        """Every rule in the order in which they were made, with how it is doing."""
        table = self._store.desk.rules
        counts = table.counts()
        tagged = {tag_key(tag.name): tag.articles for tag in self._store.desk.tags.all()}
        rows = []
        for rule in table.all():
            number = tagged.get(tag_key(rule.tag), 0) if rule.tag else counts.get(rule.id, 0)
            rows.append(RuleRow(rule, number, _problem(self._store, rule)))
        return rows

    def problems(self) -> list[str]:
        """What is wrong with rules, a line each that names the rule."""
        return [p for rule in self._store.desk.rules.all() if (p := _problem(self._store, rule))]

    def add(self, kind: RuleKind, query: str, tag: str | None = None) -> Rule:
        """Make a rule for what comes in from now on; `apply` puts it to what is there.

        Raises QueryError for a query that cannot be understood or asks for nothing, UsageError for
        a tag that is none.
        """
        name = None
        if kind is RuleKind.TAG:
            name = tag_name(tag or "")
            if name is None:
                raise UsageError(f'"{tag or ""}" is no tag: it has neither letter nor digit')
        if _parsed(self._store, query).is_everything:
            raise QueryError("a rule needs something to look for: this query matches everything")
        return self._store.desk.rules.add(kind, query.strip(), name)

    def remove(self, id: int) -> bool:
        """Forget a rule; what only it muted is shown again, the tags that it gave stay. Whether
        there was one."""
        gone = self._store.desk.rules.remove(id)
        judge_waiting(self._store)
        return gone

    def apply(self) -> int:
        """Put all rules to all that is in the index; gives how many articles any of them meant.

        Raises QueryError, naming the rule, for one that cannot be understood; nothing has changed
        then. Raises SearchIndexError.
        """
        verdicts: dict[int, Verdict] = {}
        for rule in self._store.desk.rules.all():
            for id in self._matches(rule):
                verdicts[id] = _with(verdicts.get(id, Verdict(id)), rule)
        self._store.desk.rules.judge(verdicts.values(), everything=True)
        return len(verdicts)

    def matches(self, query: str) -> int:
        """How many articles a query would mean as a rule. Raises QueryError, SearchIndexError."""
        return len(self._matches(Rule(0, RuleKind.MUTE, query)))

    def _matches(self, rule: Rule) -> Collection[int]:
        from reader.archive.states import States

        try:
            parsed = _parsed(self._store, rule.query)
            states = States(self._store, hide=False)
            answer = self._indexing.ask(
                lambda index: index.search(parsed, limit=None, states=states)
            )
        except QueryError as error:
            raise QueryError(f"{rule}: {error}" if rule.id else str(error)) from None
        return answer.ids


def judge_waiting(store: Store) -> int:
    """Put the rules to the articles that wait for it; how many they were.

    Quick where none do: a look into an empty table. A rule whose query cannot be understood any
    more (a saved search in it is gone) is passed over; `Rules.all` says so.
    """
    if not store.is_writable or not store.desk.rules.is_anything_waiting():
        return 0
    from reader.archive.states import Remembered, States

    judged = 0
    judges = list(_judges(store))
    while waiting := store.desk.rules.waiting(_BATCH):
        states = Remembered(States(store, hide=False))
        heard = dict(waiting)
        verdicts = []
        for document in _documents(store, heard):
            verdict = Verdict(document.id)
            found_by = _finds(document, states)
            for rule, query, asks_who in judges:
                # Nobody has been asked yet who says what in it: it will come again.
                if asks_who and not heard[document.id]:
                    continue
                if found_by(query):
                    verdict = _with(verdict, rule)
            verdicts.append(verdict)
        unread = heard.keys() - {verdict.article for verdict in verdicts}
        store.desk.rules.judge([*verdicts, *map(Verdict, unread)])
        judged += len(verdicts)
    return judged


def _documents(store: Store, ids: Iterable[int]) -> Iterator[SearchDocument]:
    from reader.archive.documents import document
    from reader.errors import ArchiveError

    for id in ids:
        try:
            for archived in store.articles((id,)):
                yield document(archived, store.quoted.quotation_ids((id,)))
        except ArchiveError:
            continue  # A damaged article; `check` names it.


def _judges(store: Store) -> Iterator[tuple[Rule, Query, bool]]:
    for rule in store.desk.rules.all():
        try:
            query = _parsed(store, rule.query)
        except QueryError:
            continue
        yield rule, query, _asks_who(query.node)


def _finds(document: SearchDocument, states: Remembered) -> Callable[[Query], bool]:
    from reader.search.memory import finds

    return finds(document, states)


def _with(verdict: Verdict, rule: Rule) -> Verdict:
    """A verdict after one more rule has matched; the first of a kind is the one that is named."""
    from dataclasses import replace

    if rule.kind is RuleKind.TAG:
        return replace(verdict, tags=(*verdict.tags, rule.tag or ""))
    if rule.kind is RuleKind.KEEP:
        return verdict if verdict.kept_by is not None else replace(verdict, kept_by=rule.id)
    return verdict if verdict.muted_by is not None else replace(verdict, muted_by=rule.id)


def _parsed(store: Store, query: str) -> Query:
    from reader.search.parser import parse

    return parse(query, saved=store.searches.all().get)


def _problem(store: Store, rule: Rule) -> str | None:
    try:
        _parsed(store, rule.query)
    except QueryError as error:
        return f"{rule}: {error}"
    return None


def _asks_who(node: Node) -> bool:
    """Whether a query is about who says what."""
    from reader.search import query as q

    match node:
        case q.SameQuotation():
            return True
        case q.NumberRange(field):
            return field == "quotes"
        case q.State(name):
            return name in q.QUOTATION_STATES
        case q.And(parts) | q.Or(parts):
            return any(map(_asks_who, parts))
        case q.Not(part):
            return _asks_who(part)
        case _:
            return any(word.field in _QUOTED for word in q.words_of(node))
