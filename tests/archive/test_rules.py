"""Rules mute, keep and tag what comes in; nothing is deleted, and the reader's own hand wins."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.archive.ruling import judge_waiting
from reader.core.quotation import Extraction
from reader.core.rules import RuleKind, Verdict
from reader.errors import QueryError, UsageError
from reader.library import Library
from reader.storage.store import Store
from tests import newsroom
from tests.storage.making import BODY, SAID, story

MUTE, KEEP, TAG = RuleKind.MUTE, RuleKind.KEEP, RuleKind.TAG


@pytest.fixture
def bring(library: Library, tmp_path: Path) -> Callable[[], None]:
    """Brings in three stories: storm and council from the Harbour Times, ferry from the Ledger."""

    def brought() -> None:
        list(library.import_paths(newsroom.write(tmp_path / "files")))

    return brought


def listed(library: Library, query: str | None = None) -> list[str]:
    """The first words of the titles in the list, or of what is found."""
    ids = library.article_ids() if query is None else library.search(query, limit=None).ids
    return [row.title.split()[0] for row in library.rows(ids)]


def test_what_comes_in_is_muted_kept_and_tagged(
    library: Library, bring: Callable[[], None]
) -> None:
    rules = library.desk.rules
    rules.add(MUTE, 'outlet:"harbour times"')
    rules.add(KEEP, "by:lindqvist")
    rules.add(TAG, "strike OR bridge", "Work")
    bring()
    assert listed(library) == ["Ferry", "Council"]
    assert listed(library, "is:muted") == ["Storm"]
    assert listed(library, "coast") == [], "searches leave it out"
    assert listed(library, "coast is:muted") == ["Storm"]
    assert listed(library, "-is:muted") == ["Ferry", "Council"]
    assert listed(library, "is:kept") == ["Council"]
    assert listed(library, "tag:work") == ["Ferry", "Council"]
    assert library.unread_count() == library.story_count() == 2
    assert [row.title.split()[0] for row in library.rows(library.desk.muted())] == ["Storm"]
    assert {q.speaker_name for q in library.quoted.search("")[0]} >= {"Ana Ruiz"}
    assert library.quoted.search("home")[1] == 0
    assert library.quoted.search("")[1] == len(library.quoted.search("", limit=None)[0])
    assert [row.articles for row in rules.all()] == [1, 1, 2]


def test_rules_apply_to_what_is_there_only_when_asked(
    library: Library, bring: Callable[[], None]
) -> None:
    bring()
    rules = library.desk.rules
    rule = rules.add(MUTE, "storm")
    assert rules.add(MUTE, " storm ") == rule, "the same rule is not made twice"
    assert rules.matches("storm") == 1
    assert listed(library) == ["Storm", "Ferry", "Council"]
    assert rules.apply() == 1
    assert listed(library) == ["Ferry", "Council"]
    assert rules.remove(rule.id)
    assert not rules.remove(rule.id)
    assert listed(library) == ["Storm", "Ferry", "Council"]


def test_what_two_rules_mute_stays_muted_when_one_goes(
    library: Library, bring: Callable[[], None]
) -> None:
    first = library.desk.rules.add(MUTE, "storm")
    library.desk.rules.add(MUTE, "coast")
    bring()
    library.desk.rules.remove(first.id)
    assert listed(library, "is:muted") == ["Storm"]


def test_the_readers_hand_wins_over_the_rules(library: Library, bring: Callable[[], None]) -> None:
    library.desk.rules.add(MUTE, "the")
    library.desk.rules.add(TAG, "ferry", "boats")
    bring()
    assert listed(library) == []
    storm, ferry, council = library.desk.muted()
    assert library.desk.unmute([storm]) == [storm]
    assert library.desk.mute([storm]) == [storm]
    assert library.desk.unmute([storm]) == [storm]
    library.set_starred([ferry], True)
    library.desk.collect("story", [(council, 0)])
    library.desk.tag([ferry], remove=["boats"])
    library.desk.rules.apply()
    assert listed(library) == ["Storm", "Ferry", "Council"]
    assert library.desk.tags_of() == {storm: ("boats",)}, "what was taken off stays off"
    library.desk.undo_tags(library.desk.tag([ferry], ["boats"]))
    library.desk.rules.apply()
    assert library.desk.tags_of([ferry]) == {}, "still refused"
    library.desk.tag([ferry], ["boats"])
    library.desk.tag([council], ["boats"])
    library.desk.mute([council])
    library.desk.rules.apply()
    assert listed(library) == ["Storm", "Ferry"], "muted by hand is muted, whatever is collected"


def test_a_rule_that_cannot_be_understood_is_named(
    library: Library, bring: Callable[[], None]
) -> None:
    rules = library.desk.rules
    with pytest.raises(QueryError, match="never closed"):
        rules.add(MUTE, '"storm')
    with pytest.raises(QueryError, match="matches everything"):
        rules.add(MUTE, "  ")
    with pytest.raises(UsageError, match="no tag"):
        rules.add(TAG, "storm", "+")
    library.folders.save("bad", "storm")
    rule = rules.add(MUTE, "search:bad")
    rules.add(MUTE, "ferry title:strike")
    library.folders.forget("bad")
    bring()
    assert listed(library) == ["Storm", "Council"], "the other rules go on"
    assert rules.all()[0].error == (
        f'rule {rule.id} (mute search:bad): there is no saved search "bad" (at character 8)'
    )
    with pytest.raises(QueryError, match=rf"rule {rule.id} \(mute search:bad\)"):
        rules.apply()
    assert listed(library) == ["Storm", "Council"], "nothing has changed"


def test_a_rule_about_quotations_waits_for_the_engine(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.desk.rules.add(MUTE, "by:ruiz")
    store.desk.rules.add(TAG, "bridge", "works")
    store.desk.rules.add(TAG, "-has:quotes", "quiet")
    [one] = store.put_many([(story(), Extraction())], 0)
    assert one is not None
    assert judge_waiting(store) == 1
    assert store.article(one.id).tags == ("works",), "nobody knows yet who is quoted"
    assert not store.desk.rules.muted()
    store.extract_again([(one.id, SAID)], 1)
    assert judge_waiting(store) == 1
    assert store.desk.rules.muted() == {one.id}
    assert judge_waiting(store) == 0
    store.close()


def test_taking_a_tag_back_is_not_refusing_it(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.put_many([(story(), SAID)], 1)
    rule = store.desk.rules.add(TAG, "bridge", "works")
    tags = store.desk.tags
    tags.put_back(tags.change([1], ["works"]))
    store.desk.rules.judge([Verdict(1, tags=("works",))])
    assert store.article(1).tags == ("works",)
    tags.change([1], [], ["works"])
    store.desk.rules.judge([Verdict(1, tags=("works",))])
    assert store.article(1).tags == ()
    assert store.desk.rules.remove(rule.id)
    store.close()


def test_nothing_waits_where_there_are_no_rules(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.put_many([(story(), SAID)], 1)
    assert not store.desk.rules.is_anything_waiting()
    rule = store.desk.rules.add(MUTE, "bridge")
    assert not store.desk.rules.is_anything_waiting(), "a rule is for what comes in"
    store.put_many([(story("Other", "x"), Extraction())], 1)
    assert store.desk.rules.is_anything_waiting()
    # The program ended before it judged: the next one does.
    store.close()
    store = Store.open(tmp_path)
    assert judge_waiting(store) == 1
    store.remove([1])
    store.desk.rules.remove(rule.id)
    assert store.check() == []
    store.close()


def test_the_first_copy_that_is_not_muted_stands_for_its_story(
    library: Library, tmp_path: Path
) -> None:
    body = " ".join([newsroom.STORIES[0]["body"]] * 4)
    lines = [
        {"title": "Bridge", "body": body, "outlet": outlet, "date": f"2026-03-0{day}T10:00:00Z"}
        for day, outlet in ((1, "First Wire"), (2, "Second Post"), (3, "Third Mail"))
    ]
    file = tmp_path / "copies.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)))
    list(library.import_paths([file]))
    assert [row.outlet for row in library.rows(library.article_ids(fold=True))] == ["First Wire"]
    library.desk.rules.add(MUTE, "outlet:first")
    library.desk.rules.apply()
    assert [row.outlet for row in library.rows(library.article_ids(fold=True))] == ["Second Post"]
    assert library.unread_count() == library.story_count() == 1
    assert [r.outlet for r in library.rows(library.search("bridge", fold=True).ids)] == [
        "Second Post"
    ]


def test_saved_searches_neither_count_nor_list_the_muted(
    library: Library, bring: Callable[[], None]
) -> None:
    bring()
    library.folders.save("harbour", "harbour OR coast")
    library.folders.save("new", "harbour is:unread")
    library.folders.save("hidden", "harbour is:muted")

    def held() -> list[tuple[str, int, int]]:
        return [(one.name, one.total, one.unread) for one in library.folders.counts()]

    assert held() == [("harbour", 3, 3), ("hidden", 0, 0), ("new", 2, 2)]
    storm, ferry, _ = library.article_ids()
    library.desk.mute([storm, ferry])
    assert held() == [("harbour", 1, 1), ("hidden", 1, 0), ("new", 1, 1)]
    assert len(library.folders.ids("harbour")) == len(library.folders.ids("new")) == 1
    library.desk.unmute([storm])
    assert held() == [("harbour", 2, 2), ("hidden", 1, 0), ("new", 1, 1)]


WORDS = ("bridge", "storm", "harbour", "ferry", "strike")
QUERIES = (*WORDS, "title:bridge", "-storm", "bridge OR ferry", "has:quotes", "is:unread", "=storm")


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    texts=st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), max_size=5),
    given_rules=st.lists(
        st.tuples(st.sampled_from([MUTE, KEEP, TAG]), st.sampled_from(QUERIES)), max_size=4
    ),
)
def test_judging_what_comes_in_and_applying_to_what_is_there_agree(
    tmp_path_factory: pytest.TempPathFactory,
    texts: list[list[str]],
    given_rules: list[tuple[RuleKind, str]],
) -> None:
    stories = [
        (
            story(" ".join(words[:2]).title() + f" {n}", f"{' '.join(words)}.\n\n{BODY}"),
            Extraction(),
        )
        for n, words in enumerate(texts)
    ]
    outcomes = []
    for at_arrival in (True, False):
        library = Library.open(tmp_path_factory.mktemp("archive"))
        rules = library.desk.rules
        store = library._store
        if not at_arrival:
            store.put_many(stories, 1)
        for kind, query in given_rules:
            rules.add(kind, query, "t" if kind is TAG else None)
        if at_arrival:
            store.put_many(stories, 1)
        library.index_pending()
        if not at_arrival:
            rules.apply()
        outcomes.append(
            (
                sorted(library.desk.muted()),
                library.desk.tags_of(),
                [row.articles for row in rules.all()],
            )
        )
        library.close()
    assert outcomes[0] == outcomes[1]
