"""Notes and collections: quotations stay what they were, whatever becomes of their articles."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from reader.core.article import ArticleId
from reader.core.marks import Collection
from reader.core.quotation import Extraction
from reader.errors import ArchiveError
from reader.storage.store import Store
from tests.storage.making import BODY, RUIZ, SAID, story


def stored(store: Store) -> int:
    """An article with three quotations."""
    [one] = store.put_many([(story(url="https://x.example/1"), SAID)], 1)
    assert one is not None
    return one.id


def rewritten(store: Store) -> None:
    """The article comes with another text, in which nobody says anything."""
    [one] = store.put_many([(story(body="Nothing.", url="https://x.example/1"), Extraction())], 1)
    assert one is not None and one.status == "changed"


def test_a_note_is_written_shown_and_taken_away(store: Store) -> None:
    article = stored(store)
    notes = store.desk.notes
    assert notes.write(article, "Call the mayor.\nTomorrow.") == ""
    assert notes.write(article, "She never said that.", ordinal=1) == ""
    assert notes.text(article) == "Call the mayor.\nTomorrow."
    assert notes.text(article, 1) == "She never said that."
    assert notes.text(article, 0) == ""
    shown = store.article(article).notes
    assert [(note.text, note.said, note.ordinal) for note in shown] == [
        ("Call the mayor.\nTomorrow.", None, None),
        ("She never said that.", "that the bridge was sound", 1),
    ]
    assert store.rows([article])[0].noted
    assert notes.write(article, "Called.") == "Call the mayor.\nTomorrow."
    assert notes.write(article, "") == "Called."
    assert notes.write(article, "", ordinal=1) == "She never said that."
    assert store.article(article).notes == ()
    assert not store.rows([article])[0].noted


def test_there_is_no_note_on_what_is_not_there(store: Store) -> None:
    article = stored(store)
    with pytest.raises(ArchiveError, match="no article 99"):
        store.desk.notes.write(99, "x")
    with pytest.raises(ArchiveError, match="has no quotation 4"):
        store.desk.notes.write(article, "x", ordinal=3)


def test_a_note_on_a_quotation_outlives_its_text(store: Store) -> None:
    article = stored(store)
    store.desk.notes.write(article, "Ask her.", ordinal=0)
    rewritten(store)
    [note] = store.article(article).notes
    assert (note.text, note.said, note.ordinal) == ("Ask her.", "We open on Monday,", None)


def test_a_collected_quotation_stays_what_it_was(store: Store) -> None:
    article = stored(store)
    collections = store.desk.collections
    assert len(collections.put("The Bridge", [(article, 0), (article, 2)])) == 2
    assert collections.put("the bridge", [(article, 0)]) == [], "it is there once"
    assert collections.all() == [Collection("The Bridge", 2)]
    assert list(collections.articles(["THE BRIDGE"])) == [article]
    assert sorted(store.quoted.quotation_rows(collections.quotations())[0].text) == sorted(
        "We open on Monday,"
    )

    def held() -> None:
        first, second = collections.excerpts("the bridge")
        assert first.text == "We open on Monday,"
        assert first.article.body == BODY
        assert first.quotation == SAID.quotations[0]
        assert first.extraction.speakers == (replace(RUIZ, mentions=()),)
        assert second.text == "it was not"
        assert not second.extraction.speakers[0].named

    held()
    assert [e.ordinal for e in collections.excerpts("the bridge")] == [0, 2]
    # The engine reads again and finds but one of them, in another place.
    fewer = Extraction(SAID.quotations[2:], SAID.speakers)
    store.extract_again([(ArticleId(article), fewer)], 2)
    held()
    assert [e.ordinal for e in collections.excerpts("the bridge")] == [None, 0]
    assert all(e.is_current for e in collections.excerpts("the bridge"))
    rewritten(store)
    held()
    assert [e.ordinal for e in collections.excerpts("the bridge")] == [None, None]
    assert not any(e.is_current for e in collections.excerpts("the bridge"))
    assert list(collections.quotations()) == []
    assert store.check() == []
    store.repair()
    held()


def test_collections_are_listed_by_last_use_renamed_and_forgotten(store: Store) -> None:
    article = stored(store)
    collections = store.desk.collections
    collections.put("one", [(article, 0)])
    collections.put("two", [(article, 1)])
    collections.put("one", [(article, 1)])
    assert [c.name for c in collections.all()] == ["one", "two"]
    assert collections.rename("one", "Uno")
    assert not collections.rename("nothing", "x")
    assert not collections.rename("Uno", "two"), "that name is taken"
    kept = collections.take("uno", [e.id for e in collections.excerpts("uno")[:1]])
    assert [e.ordinal for e in collections.excerpts("uno")] == [1]
    collections.put_back("uno", kept)
    assert [e.ordinal for e in collections.excerpts("uno")] == [0, 1], "in its old place"
    assert collections.remove("UNO")
    assert not collections.remove("uno")
    assert collections.excerpts("uno") == []
    assert [c.name for c in collections.all()] == ["two"]
    with pytest.raises(ArchiveError, match="has no quotation 10"):
        collections.put("two", [(article, 2), (article, 9)])
    assert len(collections.excerpts("two")) == 1, "all or nothing"


def test_what_belongs_nowhere_is_named_and_mended(store: Store) -> None:
    article = stored(store)
    store.desk.collections.put("one", [(article, 0)])
    store.desk.notes.write(article, "x", ordinal=1)
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("INSERT INTO collected VALUES (77, 1, 9, 0)")
        other.execute("INSERT INTO collected VALUES (1, 88, 9, 0)")
        other.execute("INSERT INTO note VALUES (9, 999, NULL, 'x', 0, 0)")
        other.execute("UPDATE excerpt SET article = 999 WHERE id = 2")
    assert {finding.kind for finding in store.check()} == {"orphan"}
    store.repair()
    assert store.check() == []
    assert [e.ordinal for e in store.desk.collections.excerpts("one")] == [0]
    assert store.figures()["quotations collected"] == 1


@pytest.mark.parametrize("content", ["nonsense", "[4,9000]", "[]", "{}", '["a","b"]', "[9,3]"])
def test_damaged_places_of_a_collected_quotation_are_found_again(
    store: Store, content: str
) -> None:
    article = stored(store)
    store.desk.collections.put("one", [(article, 0), (article, 1)])
    rewritten(store)
    before = store.desk.collections.excerpts("one")
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("UPDATE excerpt SET content = ? WHERE id = 1", (content,))
    assert [finding.kind for finding in store.check()] == ["offset"]
    if content in ("nonsense", "{}"):
        with pytest.raises(ArchiveError, match="the collection one is damaged"):
            store.desk.collections.excerpts("one")
    store.repair()
    assert store.check() == []
    assert store.desk.collections.excerpts("one") == before
