"""The way into the archive: what is reported is stored, whatever ends the import."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.archive import importing
from reader.archive.importing import Importer, expected
from reader.core.article import Article
from reader.core.quotation import Extraction
from reader.core.records import ImportProgress
from reader.ingest.intake import Intake, IntakeFailure, Subscription
from reader.storage.store import Store
from tests.storage.making import SAID, story


class Reading:
    """An engine that finds the same in every text, and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def extract(self, text: str) -> Extraction:
        """The same for every text."""
        self.asked += 1
        return SAID


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    opened = Store.open(tmp_path)
    yield opened
    opened.close()


def stories(count: int) -> list[Intake]:
    """So many different articles."""
    return [story(f"Story {n}", path=f"{n}.txt") for n in range(count)]


def test_outcomes_come_in_the_order_of_what_was_read(store: Store) -> None:
    one, two = stories(2)
    failure = IntakeFailure("bad.bin", "holds no text")
    feed = Subscription("Post", "https://post.example/feed")
    outcomes = list(Importer(store, Reading(), 1).run([one, failure, one, feed, two]))
    assert [(o.status, o.id, o.intake) for o in outcomes] == [
        ("new", 1, one),
        ("failed", None, failure),
        ("known", 1, one),
        ("subscription", None, feed),
        ("new", 2, two),
    ]
    assert {(o.quotations, o.speakers) for o in outcomes if o.id} == {
        (3, ("Ana Ruiz", "A city engineer"))
    }


def test_what_is_known_is_not_read_again(store: Store) -> None:
    engine = Reading()
    list(Importer(store, engine, 1).run(stories(3)))
    asked = engine.asked
    [*outcomes] = Importer(store, engine, 1).run(stories(3))
    assert {o.status for o in outcomes} == {"known"}
    assert engine.asked == asked > 0
    assert [o.speakers[0] for o in outcomes] == ["Ana Ruiz"] * 3


@pytest.mark.parametrize("end", [KeyboardInterrupt, SystemExit, RuntimeError])
def test_what_was_read_before_an_interruption_is_stored(
    store: Store, end: type[BaseException]
) -> None:
    def interrupted() -> Iterator[Intake]:
        yield from stories(7)
        raise end

    with pytest.raises(end):
        list(Importer(store, Reading(), 1).run(interrupted()))
    assert store.count() == 7


def test_an_import_that_nobody_follows_any_more_keeps_what_it_has_read(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    run = Importer(store, Reading(), 1).run(stories(9))
    seen = [next(run), next(run), next(run)]
    run.close()
    assert store.count() == 4
    assert [outcome.id for outcome in seen] == [1, 2, 3]


def test_an_outcome_is_given_out_only_when_others_can_see_the_article(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 3)
    other = Store.open(store.path.parent)
    for outcome in Importer(store, Reading(), 1).run(stories(8)):
        assert outcome.id is not None
        assert len(other.rows([outcome.id])) == 1
    other.close()


def test_an_article_that_is_taken_away_meanwhile_comes_in_as_new(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(Importer(store, Reading(), 1).run(stories(1)))
    monkeypatch.setattr(Store, "knows", lambda self, article: True)
    store.remove([1])
    [outcome] = Importer(store, Reading(), 1).run(stories(1))
    assert (outcome.status, outcome.id, outcome.quotations) == ("new", 2, 3)


def test_progress_ends_at_all_that_there_was(store: Store, tmp_path: Path) -> None:
    told: list[ImportProgress] = []
    files = tmp_path / "files"
    files.mkdir()
    for n in range(4):
        (files / f"{n}.txt").touch()
    mixed: list[Intake] = [*stories(3), IntakeFailure("bad", "no"), *stories(1)]
    importer = Importer(
        store, Reading(), 1, total=expected([files]), on_progress=lambda p: told.append(p)
    )
    list(importer.run(mixed))
    last = told[-1]
    assert (last.done, last.new, last.known, last.failed) == (5, 3, 1, 1)
    assert last.path == "0.txt"
    assert last.total == 5
    assert last.per_second > 0


def test_how_many_there_will_be_is_counted_beforehand(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("a.txt", "b.html", "deep/c.txt"):
        (tmp_path / name).touch()
    assert expected([tmp_path])(0, 0) == 3
    assert expected([tmp_path])(10, 1) == 12, "a file with ten articles, and two files to come"
    (tmp_path / "many.jsonl").write_text("{}\n" * 40)
    assert expected([tmp_path])(0, 0) == 43
    assert expected([tmp_path / "many.jsonl"])(0, 0) == 40
    assert expected([tmp_path / "a.txt"])(0, 0) is None
    assert expected(["-", tmp_path])(0, 0) is None
    assert expected([tmp_path / "nowhere", tmp_path / "nothing.jsonl"])(0, 0) == 2


def test_a_changed_article_is_said_to_be_changed(store: Store) -> None:
    url = "https://post.example/1"
    first, later = story(url=url), story("Rewritten", "Another text.", url=url)
    outcomes = list(Importer(store, Reading(), 1).run([first, later]))
    assert [(o.id, o.status) for o in outcomes] == [(1, "new"), (1, "changed")]
    assert isinstance(outcomes[1].intake, Article)
