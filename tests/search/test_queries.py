"""What each kind of query finds, over articles and over quotations, in both backends."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from reader.core.records import Sort
from reader.errors import QueryError
from reader.search.backend import SearchBackend, SearchDocument, SearchQuotation


class Marks:
    """The store's part: which articles are read, starred."""

    def ids_between(self, state: str, value: str, first: int, last: int) -> None:
        """All are asked for at once."""

    def ids(self, state: str, value: str) -> Collection[int] | None:
        if state == "tag":
            return [1] if value in ("syria", "air power", "ai*", "s*") else []
        if state in ("collection", "collected"):
            return [1, 2]
        if state in ("quotations of collection", "quotations of collected"):
            return [12, 21]
        return {"unread": {1, 3}, "read": {2, 4}, "starred": [2], "tagged": [1]}.get(state)


@pytest.mark.parametrize(
    ("query", "articles"),
    [
        ("minister", [1, 2]),
        ("ministers", [1, 2]),
        ("=minister", [1]),
        ("=MINISTERS", [2]),
        ("run", [1, 2]),
        ('"no-fly zone"', [1]),
        ("no-fly", [1]),
        ('"zone no fly"', []),
        ("war -refugees", [2]),
        ("war NOT refugees", [2]),
        ("war AND refugees", [1]),
        ("refugees OR harbour", [3, 1]),
        ("(refugees OR budget) AND war", [1, 2]),
        ("refugees | harbour", [3, 1]),
        ("-war", [3, 4]),
        ("harb*", [3]),
        ("ref* OR bud*", [1, 2]),
        ('"harbour mas*"', [3]),
        ("~harbor", [3]),
        ("refugess~", [1]),
        ("erdogan", [2]),
        ("ERDOĞAN", [2]),
        ("strasse", [4]),
        ("cafe", [4]),
        ("東京", [4]),
        ("京東", []),
        ("title:run", [2]),
        ("body:run", [1, 2][:1]),
        ("title:(minister OR markets)", [1, 2]),
        ('title:"a no-fly zone"', [1]),
        ("byline:baker", [1, 2]),
        ("byline:yilmaz", [1]),
        ('byline:"yilmaz tom"', []),
        ("outlet:harbour", [3, 1]),
        ('outlet:"daily ledger"', [2]),
        ("section:world", [1]),
        ("url:harbourpost.example", [1]),
        ("tag:syria", [1]),
        ('tag:"air power"', [1]),
        ('tag:"syria air"', []),
        ("tag:(nothing OR Syria)", [1]),
        ("tag:ai*", [1]),
        ("-tag:syria war", [2]),
        ("has:tag", [1]),
        ("collection:war -has:collection", []),
        ("collection:war", [1, 2]),
        ("speaker:altun", [1]),
        ('speaker:"selin ak"', [2]),
        ("by:altun", [1]),
        ("role:adviser", [2]),
        ("said:war", [1, 2]),
        ("said:refugees", [1]),
        ("by:altun said:refugees", [1]),
        ("by:altun said:declared", []),
        ("by:altun kind:indirect", []),
        ("kind:indirect", [1]),
        ("kind:direct", [1, 2]),
        ("about:harbour", [3]),
        ("about:syria", [1]),
        ("about:war", []),
        ("date:2020", [3, 1]),
        ("date:2020-02", [1]),
        ("date:2020-02-28", [1]),
        ("date:2019..2020-02", [1, 2]),
        ("date:..2019", [2, 4]),
        ("date:>2020-02", [3]),
        ("after:2020-02-28", [3, 1]),
        ("before:2020-02-28", [2, 4]),
        ("-30d", [3, 1]),
        ("date:-30d", [3, 1]),
        ("date:yesterday", [3]),
        ("date:today", []),
        ("after:-2w", [3, 1]),
        ("words:>20", [1, 2]),
        ("words:<=9", [4]),
        ("quotes:2", [1]),
        ("quotes:>0", [1, 2]),
        ("has:quotes", [1, 2]),
        ("-has:quotes", [3, 4]),
        ("minister near/3 said", [1]),
        ("said near/3 minister", [1]),
        ("said pre/3 minister", []),
        ("minister pre/3 said", [1]),
        ("minister near/1 said", [1]),
        ("defence near/1 said", []),
        ('(refugees OR "far away") near/3 said', [2]),
        ('"no zone" near/4 monday', [1]),
        ("monday near/3 zone near/4 declared", [1]),
        ("war /s refugees", []),
        ("war /p refugees", [1]),
        ("monday /p refugees", []),
        ("shares /s tuesday", [2]),
        ("atleast/3 harbour", [3]),
        ("atleast/4 harbour", []),
        ("atleast/2 quiet", []),
        ("title:/^mar.*s\\b/", [2]),
        ("title:/Caf[eé]/", [4]),
        ("search:war", [1, 2]),
        ('search:"recent war"', [1]),
        ("search:war -refugees", [2]),
        ("is:unread", [3, 1]),
        ("is:starred war", [2]),
        ("-is:read", [3, 1]),
        ("", [3, 1, 2, 4]),
        ('"harb* mas*"', [3]),
        ('"* the harbour"', [3, 1, 2, 4][:1]),
        ("=“ministers”", [2]),
        ('~"harbor"', [3]),
        ("refugess~1", [1]),
        ("title:/MARKETS/i", [2]),
        ("date:(2019-12 OR 2020-02)", [1]),
        ("is:(unread OR starred) date:(2018..2019)", [2]),
        ("is:UNREAD", [3, 1]),
        ("words:(<=9 OR >20)", [1, 2, 4]),
        ("words:<1,000", [3, 1, 2, 4]),
        ("date:-30d..-2d", [1]),
        ("date:<=-2d date:>-30d", [1]),
        ("date:-2d..", [3]),
        ('war – & 🎉 () ""', [1, 2]),
        ("nothingsuch", []),
        ("the", [3, 1, 2]),
    ],
)
def test_a_query_finds_these_articles_newest_first(
    asked: SearchBackend, query: str, articles: list[int]
) -> None:
    answer = asked.search(query, states=Marks())
    assert list(answer.ids) == articles
    assert answer.total == len(articles)
    assert answer.exact


@pytest.mark.parametrize(
    ("query", "quotations"),
    [
        ("war", [11, 21]),
        ("altun", [11]),
        ("minister", [12]),
        ("said:minister", []),
        ('"far away"', [21]),
        ("by:altun", [11]),
        ("speaker:fahrettin refugees", [11]),
        ("kind:indirect", [12]),
        ("title:markets", [21]),
        ("outlet:harbour -kind:direct", [12]),
        ("about:markets", [21]),
        ("about:syria", [12, 11]),
        ("date:2020", [12, 11]),
        ("role:director", [11]),
        ("quotes:2", [12, 11]),
        ("words:>10000", []),
        ("title:/markets/", [21]),
        ("is:starred", [21]),
        ("collection:war", [12, 21]),
        ("-has:collection", [11]),
        ("war near/5 running", [11]),
        ("", [12, 11, 21]),
    ],
)
def test_a_query_finds_these_quotations(
    asked: SearchBackend, query: str, quotations: list[int]
) -> None:
    answer = asked.search_quotations(query, states=Marks())
    assert list(answer.ids) == quotations
    assert answer.total == len(quotations)


class Hiding(Marks):
    """The same, and the second article is muted."""

    def ids(self, state: str, value: str) -> Collection[int] | None:
        return {2} if state in ("hidden", "muted") else super().ids(state, value)


@pytest.mark.parametrize(
    ("query", "articles"),
    [
        ("war", [1]),
        ("", [3, 1, 4]),
        ('"the war"', []),
        ("war is:muted", [2]),
        ("war -is:muted", [1]),
        ("war OR is:muted", [1, 2]),
        ("-war", [3, 4]),
        ("is:starred", []),
        ("is:starred is:muted", [2]),
        ("by:ak", []),
        ("by:ak is:muted", [2]),
    ],
)
def test_what_is_hidden_is_found_only_by_asking_for_it(
    asked: SearchBackend, query: str, articles: list[int]
) -> None:
    assert list(asked.search(query, states=Hiding()).ids) == articles
    assert asked.search(query, states=Hiding(), limit=0, exact=True).total == len(articles)
    best = asked.search(query, states=Hiding(), sort=Sort.RELEVANCE)
    assert sorted(best.ids) == sorted(articles)
    found = asked.search_quotations(query, states=Hiding()).ids
    assert (21 in found) <= ("is:muted" in query or 2 in articles)


@pytest.mark.parametrize(
    ("typed", "articles"),
    [
        ("mini", [1, 2]),
        ("ministers", [1, 2]),
        ("mini ", []),
        ("harbou war", []),
        ("war mini", [1, 2]),
        ('"no-fly z', [1]),
        ('"no-fly zone', [1]),
        ("war AND", [1, 2]),
        ("war OR", [1, 2]),
        ("war -r", [1, 2]),
        ("war -refugees", [2]),
        ("(war", [1, 2]),
        ("war near/", [1, 2]),
        ("title:", [3, 1, 2, 4]),
        ("title:mar", [2]),
        ("date:", [3, 1, 2, 4]),
        ("war date:20", [1, 2]),
        ("war is:un", [1, 2]),
        ("title:/mar", [3, 1, 2, 4]),
        ("war search:w", [1, 2]),
        ("speaker:alt", [1]),
        ("=harb", [3]),
        ("war date:-3", [1, 2]),
        ("war -by:alt", [1, 2]),
        ("war -by:altun", [2]),
        ("war -(minister near/3 sai", [1, 2]),
        ("war http:/", [1, 2]),
        ("🎉", [3, 1, 2, 4]),
    ],
)
def test_while_one_types_the_last_word_is_a_beginning_and_halves_are_forgiven(
    asked: SearchBackend, typed: str, articles: list[int]
) -> None:
    assert list(asked.search(typed, as_you_type=True).ids) == articles


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("(war", 'this "(" is never closed (at character 1)'),
        ("war)", 'there is a ")" too many (at character 4)'),
        ('"war', "this quotation mark is never closed (at character 1)"),
        ("war AND", "AND needs something to search for on both sides (at character 5)"),
        ("OR war", "OR needs something to search for on both sides"),
        ("war NOT", "NOT needs something to leave out"),
        ("near/5 war", "near/5 needs a word on both sides"),
        ("war near/5", "near/5 needs a word on both sides"),
        ("war near/5 date:2020", "near/5 joins words"),
        ("title:war near/5 peace", "near/5 needs both sides in the same field"),
        ("war near/500 peace", "near/ takes a number from 1 to 100"),
        ("colour:red", 'there is no field "colour:"; for the words write "colour:red"; the'),
        ("titel:war", 'there is no field "titel:"; write title:, or for the words write "titel:w'),
        ("🎉", "here is no word or number to look for (at character 1)"),
        ('""', "here is no word or number to look for (at character 1)"),
        ("!!! ()", "here is no word or number to look for (at character 1)"),
        ('war title:""', "title: needs a word or number right after it (at character 5)"),
        ("outlet:*", "outlet: needs a word or number right after it (at character 1)"),
        ("title:-war", "to leave something out, the - comes first: -title: (at character 1)"),
        ("war near/ peace", "near/ takes a number, such as near/5 (at character 5)"),
        ("war near/x peace", "near/ takes a number, such as near/5 (at character 5)"),
        ("atleast/ war", "atleast/ takes a number, such as atleast/5 (at character 1)"),
        ("body:/war/", "a regular expression is for title: only (at character 6)"),
        ("war -99999d", '"-99999d" is no date'),
        ("date:2021..2019", '"2021..2019" ends before it begins (at character 6)'),
        ("words:800..300", '"800..300" ends before it begins (at character 7)'),
        ("date:(2019 OR x)", '"x" is no date'),
        ('date:"2019', "this quotation mark is never closed"),
        ("title:" * 3000 + "war", "nested too deeply (at character 241)"),
        ("atleast/2 " * 3000 + "war", "nested too deeply"),
        ("by:" * 3000 + "war", "nested too deeply"),
        ("date:never", '"never" is no date; write 2020'),
        ("date:2020-13", "is no date"),
        ("words:many", '"many" is no number'),
        ("is:green", "is: knows unread, read, starred, muted and kept"),
        ("has:legs", "has: knows quotes, tag, note and collection"),
        ("title:/(/", "the regular expression is wrong"),
        ("title:/(a+)+b/", "repeating a part that repeats"),
        ("wa*r", "a * can stand at the end of a word only"),
        ("search:nosuch", 'there is no saved search "nosuch"'),
        ("search:loop", 'the saved search "loop" uses itself'),
        ("search:wrong", 'in the saved search "wrong": this "(" is never closed'),
        ("(" * 60 + "war" + ")" * 60, "nested too deeply"),
        ("war near/2 " * 30 + "war", "too many distances"),
        ("is:unread", "cannot be answered here"),
        ("atleast/3 (a b)", "atleast/3 needs one word after it"),
        ("title: war", "title: needs a value right after it"),
    ],
)
def test_a_wrong_query_is_told_in_plain_words(
    asked: SearchBackend, query: str, message: str
) -> None:
    with pytest.raises(QueryError) as caught:
        asked.search(query)
    assert message in str(caught.value)


def test_results_are_cut_into_pages_and_turned_round(asked: SearchBackend) -> None:
    assert list(asked.search("", limit=2).ids) == [3, 1]
    assert list(asked.search("", limit=2, offset=2).ids) == [2, 4]
    assert list(asked.search("", limit=None).ids) == [3, 1, 2, 4]
    assert list(asked.search("", sort=Sort.OLDEST, limit=3).ids) == [4, 2, 1]
    assert asked.search("", limit=2).total == 4
    assert list(asked.search("", limit=0).ids) == []


def test_an_answer_that_nobody_wants_is_empty_and_says_so(asked: SearchBackend) -> None:
    answer = asked.search("war OR peace", wanted=lambda: False)
    assert (len(answer.ids), answer.exact, answer.complete) == (0, False, False)


def test_a_search_within_results_finds_only_those(asked: SearchBackend) -> None:
    assert list(asked.search("war", within=[2, 3]).ids) == [2]
    assert list(asked.search_quotations("war", within=[2, 3]).ids) == [21]


def test_a_document_added_again_replaces_the_old_one(backend: SearchBackend) -> None:
    backend.add([SearchDocument(1, "Peace", "Peace at last", published_key=5)])
    assert list(backend.search("refugees").ids) == []
    assert list(backend.search("peace").ids) == [1]
    assert list(backend.search_quotations("").ids) == [21]
    assert backend.status().articles == 4


def test_the_same_document_twice_in_one_batch_counts_once(backend: SearchBackend) -> None:
    first = SearchDocument(9, "One", "alpha", quotations=(SearchQuotation(91, "alpha"),))
    second = SearchDocument(9, "Two", "beta", quotations=(SearchQuotation(92, "beta"),))
    backend.add([first, second])
    assert list(backend.search("alpha").ids) == []
    assert list(backend.search("beta").ids) == [9]
    assert list(backend.search_quotations("alpha OR beta").ids) == [92]


def test_a_deleted_document_is_not_found_any_more(backend: SearchBackend) -> None:
    assert backend.delete([1, 77]) == 1
    assert list(backend.search("war").ids) == [2]
    assert list(backend.search_quotations("war").ids) == [21]
    assert backend.search("war").total == 1
    assert backend.delete([1]) == 0


def test_best_first_loses_no_hit(asked: SearchBackend) -> None:
    for query in ("war OR harbour", "the", "-war", "", "title:/a/", '"the harbour"'):
        best = asked.search(query, sort=Sort.RELEVANCE)
        assert sorted(best.ids) == sorted(asked.search(query).ids)
        assert best.total == asked.search(query).total
