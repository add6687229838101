"""Saved searches in the database."""

from __future__ import annotations

from reader.storage.store import Store


def test_searches_are_kept_by_name(store: Store) -> None:
    assert store.searches.add("Harbour", "title:harbour")
    assert store.searches.add("Harbour", "title:harbour")
    assert not store.searches.add("Harbour", "title:port")
    assert store.searches.all() == {"Harbour": "title:harbour"}


def test_a_search_is_put_in_the_place_of_the_one_of_its_name_and_forgotten(store: Store) -> None:
    store.searches.put("Harbour", "title:harbour")
    store.searches.put("Harbour", "title:port")
    assert store.searches.all() == {"Harbour": "title:port"}
    assert store.searches.forget("Harbour")
    assert not store.searches.forget("Harbour")
