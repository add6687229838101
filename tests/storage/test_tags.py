"""Tags: put on, taken off, given back exactly as they were."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.core.marks import TagCount, distinct, tag_key, tag_name, tags_in
from reader.storage.store import Store
from tests.storage.making import SAID, story

NAMES = ("syria", "Syria", "air power", "draft", "élysée")


def filled(store: Store, articles: int = 4) -> list[int]:
    """The ids of some articles, the newest first."""
    store.put_many([(story(f"Story {n}"), SAID) for n in range(articles)], 1)
    return list(store.article_ids())


def test_tags_are_shown_with_their_articles_and_counted(store: Store) -> None:
    newest, second, *_ = filled(store)
    store.desk.tags.change([newest, second], ["syria", "Air Power"])
    store.set_read([second], True)
    assert store.article(newest).tags == ("Air Power", "syria")
    assert [row.tags for row in store.rows([second, 1])] == [("Air Power", "syria"), ()]
    assert store.desk.tags.all() == [TagCount("Air Power", 2, 1), TagCount("syria", 2, 1)]
    assert store.desk.tags.of([newest, 1]) == {newest: ("Air Power", "syria")}
    assert store.desk.tags.having(["AIR POWER"]) == {newest, second}
    assert store.figures()["tags"] == 2
    assert store.figures()["tagged"] == 2


def test_a_change_tells_only_what_it_really_changed(store: Store) -> None:
    first, second, *_ = filled(store)
    tags = store.desk.tags
    tags.change([first], ["syria"])
    change = tags.change([first, second, 99], ["SYRIA"], ["nowhere"])
    assert change.added == ((second, "syria"),), "one tag is there in one spelling"
    assert change.removed == ()
    assert not tags.change([first], ["syria"])
    assert not tags.change([99], ["lonely"])
    assert tags.names() == ["syria"], "a tag that nothing has is forgotten"


def test_the_tags_of_an_article_go_with_it(store: Store) -> None:
    first, second, *_ = filled(store)
    store.desk.tags.change([first], ["syria"])
    store.desk.tags.change([second], ["draft"])
    store.remove([first])
    assert [tag.name for tag in store.desk.tags.all()] == ["draft"]
    assert store.check() == []


def test_a_tag_of_nothing_is_named_by_the_check_and_mended(store: Store) -> None:
    first, *_ = filled(store)
    store.desk.tags.change([first], ["syria"])
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("INSERT INTO article_tag VALUES (999, 1)")
        other.execute("INSERT INTO article_tag VALUES (1, 77)")
    assert {finding.kind for finding in store.check()} == {"orphan"}
    store.repair()
    assert store.check() == []
    assert store.desk.tags.of() == {first: ("syria",)}


_changes = st.lists(
    st.tuples(
        st.lists(st.integers(1, 4), max_size=4),
        st.lists(st.sampled_from(NAMES), max_size=3),
        st.lists(st.sampled_from(NAMES), max_size=3),
    ),
    max_size=6,
)


@settings(max_examples=30)
@given(changes=_changes)
def test_undoing_changes_in_turn_gives_every_earlier_state_back(
    changes: list[tuple[list[int], list[str], list[str]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = Store.open(tmp_path_factory.mktemp("store"))
    filled(store)
    tags = store.desk.tags
    states = []
    done = []
    for ids, add, remove in changes:
        states.append(keyed(tags.of()))
        done.append(tags.change(ids, distinct(add), distinct(remove)))
        expected = {
            id: (states[-1].get(id, set()) - (set(map(tag_key, remove)) if id in ids else set()))
            | (set(map(tag_key, add)) if id in ids else set())
            for id in range(1, 5)
        }
        assert keyed(tags.of()) == {id: keys for id, keys in expected.items() if keys}
    for state, change in zip(reversed(states), reversed(done), strict=True):
        tags.put_back(change)
        assert keyed(tags.of()) == state
    store.close()


def keyed(tags: dict[int, tuple[str, ...]]) -> dict[int, set[str]]:
    """The tags whatever their spelling."""
    return {id: set(map(tag_key, names)) for id, names in tags.items()}


def test_a_line_names_tags_to_add_and_to_take_off() -> None:
    assert tags_in('syria "air power", budget -draft -"old news" +new') == (
        ("syria", "air power", "budget", "new"),
        ("draft", "old news"),
    )
    assert tags_in("Syria syria") == (("Syria",), ())
    assert tags_in(" - + , ") == ((), ())


@given(st.text())
def test_no_line_makes_a_tag_that_cannot_be_written_again(line: str) -> None:
    for name in (*tags_in(line)[0], *tags_in(line)[1]):
        assert tag_name(name) == name
        assert tags_in(f'"{name}"') == ((name,), ())
