"""The same story twice: what is folded, what is not, and what is counted once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reader.core.records import Sort
from reader.library import Library
from tests import wire

Bring = Callable[..., list[int]]


@pytest.fixture
def bring(library: Library, tmp_path: Path) -> Bring:
    """Imports stories; gives their ids."""

    def bring(*stories: dict[str, Any]) -> list[int]:
        outcomes = library.import_paths([wire.write(tmp_path / "news.jsonl", stories)])
        return [outcome.id for outcome in outcomes if outcome.id is not None]

    return bring


def copies_in(library: Library, id: int) -> list[int]:
    return [copy.id for copy in library.stories.copies(id)]


def test_wire_copies_are_one_story_and_the_first_one_stands_for_it(
    library: Library, bring: Bring
) -> None:
    late, first, cut, longer = bring(
        wire.story("The Lantern", 12),
        wire.story("Harbour Wire", 9),
        wire.story("Coast Herald", 11, "\n\n".join(wire.PARAGRAPHS[:4])),
        wire.story("Ledger", 15, f"{wire.OWN}\n\n{wire.BODY}"),
    )
    assert library.count() == 4
    assert list(library.article_ids(fold=True)) == [first]
    for id in (late, first, cut, longer):
        assert copies_in(library, id) == [first, cut, late, longer]
    assert [row.copies for row in library.rows([first, cut])] == [3, 3]
    assert [c.outlet for c in library.stories.copies(first)][:2] == ["Harbour Wire", "Coast Herald"]


@pytest.mark.parametrize(
    ("body", "more"),
    [
        (wire.REWRITTEN, {}),
        (wire.BODY, {"date": "2026-03-08T10:00:00Z"}),
        ("\n\n".join(wire.PARAGRAPHS[:1]), {}),
        (wire.REWRITTEN + "\n\n" + wire.PARAGRAPHS[2], {}),
    ],
    ids=["the event in other words", "days later", "a few lines", "a paragraph in common"],
)
def test_what_is_no_copy_stays_a_story_of_its_own(
    library: Library, bring: Bring, body: str, more: dict[str, Any]
) -> None:
    ids = bring(wire.story("Harbour Wire", 9), wire.story("Ledger", 10, body, **more))
    assert sorted(library.article_ids(fold=True)) == sorted(ids)
    assert copies_in(library, ids[1]) == [ids[1]]


def test_reports_of_the_day_with_other_numbers_are_no_copies(
    library: Library, bring: Bring
) -> None:
    def weather(low: int) -> str:
        return " ".join(
            f"In the {part} of the coast the sky stays mostly clear through the night with a low "
            f"of {low + n}, light winds from the west at {low - n} knots and a chance of rain of "
            f"{low + 3 * n} percent before the morning."
            for n, part in enumerate(("north", "middle", "south", "islands"))
        )

    ids = bring(
        wire.story("Harbour Wire", 6, weather(31), title="Weather"),
        wire.story("Harbour Wire", 18, weather(42), title="Weather", url="https://wire.example/2"),
    )
    assert len(library.article_ids(fold=True)) == len(ids) == 2


def test_reading_one_reads_them_all_and_a_copy_of_what_was_read_is_read(
    library: Library, bring: Bring
) -> None:
    first, second = bring(wire.story("Harbour Wire", 9), wire.story("Ledger", 10))
    assert library.unread_count() == 1
    assert library.set_read([second], True) == [first, second]
    assert library.unread_count() == 0
    [third] = bring(wire.story("The Lantern", 11))
    assert library.rows([third])[0].read
    assert library.set_starred([third], True) == [first, second, third]
    assert library.set_read([first], False) == [first, second, third]


def test_what_was_said_counts_once(library: Library, bring: Bring) -> None:
    extra = wire.BODY + "\n\n“I told them so in the spring,” said Jon Aune."
    first, _, longer = bring(
        wire.story("Harbour Wire", 9), wire.story("Ledger", 10), wire.story("Lantern", 11, extra)
    )
    by_name = {speaker.name: speaker for speaker in library.quoted.speakers()}
    assert (by_name["Mira Solberg"].quotations, by_name["Mira Solberg"].articles) == (1, 1)
    assert (by_name["Jon Aune"].quotations, by_name["Jon Aune"].articles) == (2, 2)
    said = library.quoted.said_by(by_name["Jon Aune"].id)
    assert [row.article_id for row in said] == [longer, first]
    assert library.check() == []
    # In the copies alone, it is theirs.
    [solberg] = library.quoted.speakers("outlet:ledger speaker:solberg", limit=1)
    assert (solberg.name, solberg.quotations) == ("Mira Solberg", 1)
    rows, total = library.quoted.search("said:doors")
    assert ([row.article_id for row in rows], total) == ([first], 1)
    assert library.quoted.search("said:doors outlet:ledger")[1] == 1
    assert len(list(library.quoted.quotations())) == library.quoted.search("")[1]


def test_a_search_shows_a_story_once_and_finds_the_words_of_each_copy(
    library: Library, bring: Bring
) -> None:
    first, copy, longer = bring(
        wire.story("Harbour Wire", 9),
        wire.story("Ledger", 10),
        wire.story("Lantern", 11, f"{wire.BODY}\n\n{wire.OWN}"),
    )
    for sort in Sort:
        found = library.search("shipyard", sort=sort, fold=True)
        assert (list(found.ids), found.total, found.exact) == ([first], 1, True)
    assert list(library.search("shipyard").ids) == [longer, copy, first]
    assert list(library.search("correspondent", fold=True).ids) == [longer]
    assert list(library.search("outlet:ledger OR outlet:lantern", fold=True).ids) == [copy]
    # A first page that is shorter than the story holds the story, and no copy of it.
    as_typed = library.search("shipyard", limit=1, as_you_type=True, fold=True)
    assert list(as_typed.ids) == [first]
    # Where the rest is not read, its first article is asked for all the same.
    [other] = bring(wire.story("Valley Post", 20, wire.REWRITTEN))
    as_typed = library.search("court OR ruling", limit=1, as_you_type=True, fold=True)
    assert (list(as_typed.ids), as_typed.exact) == ([other], False)


def test_where_nobody_can_say_which_was_first_the_one_that_came_in_first_is(
    library: Library, bring: Bring
) -> None:
    undated = bring(*(wire.story(outlet, 9, date=None) for outlet in ("Ledger", "Lantern", "Post")))
    [dated] = bring(wire.story("Harbour Wire", 9))
    [day] = bring(wire.story("Coast Herald", 0, date="2026-03-03"))
    assert copies_in(library, undated[2]) == undated
    assert copies_in(library, day) == [dated, day]


def test_a_story_goes_on_without_its_first_article(library: Library, bring: Bring) -> None:
    first, second, third = bring(
        wire.story("Harbour Wire", 9), wire.story("Ledger", 10), wire.story("Lantern", 11)
    )
    library.remove([first])
    assert copies_in(library, third) == [second, third]
    assert list(library.article_ids(fold=True)) == [second]
    assert {speaker.name: speaker.quotations for speaker in library.quoted.speakers()} == {
        "Mira Solberg": 1,
        "Jon Aune": 1,
    }
    [fourth] = bring(wire.story("Coast Herald", 12))
    assert copies_in(library, fourth) == [second, third, fourth]
    library.remove([second, third])
    assert copies_in(library, fourth) == [fourth]
    assert library.check() == []


def test_a_copy_that_is_rewritten_leaves_the_story(library: Library, bring: Bring) -> None:
    first, second = bring(wire.story("Harbour Wire", 9), wire.story("Ledger", 10))
    bring(wire.story("Ledger", 10, wire.REWRITTEN + "\n\n“It is over,” said Jon Aune."))
    assert copies_in(library, second) == [second]
    assert library.rows([first])[0].copies == 0
    assert library.check() == []
    # And a story keeps its copies when its first article is brought up to date.
    [third] = bring(wire.story("Lantern", 11))
    bring(wire.story("Harbour Wire", 9, f"{wire.OWN}\n\n{wire.BODY}\n\n{wire.OWN}"))
    assert copies_in(library, first) == [first, third]


def test_what_is_wrong_with_stories_is_found_and_mended(library: Library, bring: Bring) -> None:
    first, second, third = bring(
        wire.story("Harbour Wire", 9), wire.story("Ledger", 10), wire.story("Lantern", 11)
    )
    with library._store._database.writing() as connection:
        connection.execute("UPDATE article SET copy_of = 99 WHERE id = ?", (second,))
        connection.execute("UPDATE article SET copies = 7 WHERE id = ?", (first,))
    found = library.check(repair=True)
    assert {finding.kind for finding in found} >= {"orphan", "count"}
    assert all(finding.repaired for finding in found)
    assert library.check() == []
    assert {speaker.quotations for speaker in library.quoted.speakers()} == {2}
    library.index_pending()
    assert copies_in(library, third) == [first, second, third]
    assert {speaker.quotations for speaker in library.quoted.speakers()} == {1}


def test_what_an_outlet_prints_under_all_its_stories_makes_none_of_them_a_copy(
    library: Library, bring: Bring
) -> None:
    footer = f"{wire.OWN} {wire.OWN.swapcase()}"

    def text(n: int) -> str:
        return " ".join(f"Word{n}{part} came first, then word{part}{n}." for part in range(20))

    # More of them than may share a word before it counts for nothing.
    stories = [
        wire.story(
            "Ledger",
            n % 24,
            f"{text(n)}\n\n{footer}",
            title=f"No. {n}",
            url=f"https://l.example/{n}",
        )
        for n in range(45)
    ]
    ids = bring(*stories)
    assert len(library.article_ids(fold=True)) == len(ids) == 45
    [copy] = bring(wire.story("Lantern", 23, f"{text(7)}\n\n{footer}"))
    assert copies_in(library, copy) == [ids[7], copy]


def test_a_story_takes_no_end_of_copies(
    library: Library, bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The newest first, as feeds have them: each becomes the first one.
    days = [f"2026-03-03T{23 - n // 2:02}:{30 - n % 2:02}:00Z" for n in range(40)]
    many = [wire.story(f"Outlet {n}", 0, date=day) for n, day in enumerate(days)]
    everywhere = bring(*many)
    assert copies_in(library, everywhere[0]) == everywhere[::-1]
    library.remove(everywhere)
    monkeypatch.setattr("reader.storage.stories.MOST_COPIES", 3)
    ids = bring(*many[:9])
    shown = library.article_ids(fold=True)
    assert sorted(row.copies for row in library.rows(shown)) == [0, 3, 3]
    assert sorted(copy for id in shown for copy in copies_in(library, id)) == sorted(ids)
    assert library.check() == []


def test_cuts_of_a_report_are_brought_together_by_the_whole_of_it(
    library: Library, bring: Bring
) -> None:
    head, tail = "\n\n".join(wire.PARAGRAPHS[:3]), "\n\n".join(wire.PARAGRAPHS[3:])
    one, other = bring(wire.story("Ledger", 9, head), wire.story("Lantern", 10, tail))
    assert len(library.article_ids(fold=True)) == 2
    [whole] = bring(wire.story("Harbour Wire", 11))
    assert copies_in(library, whole) == [one, other, whole]
