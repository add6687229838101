"""The same speaker over many articles."""

from __future__ import annotations

import datetime as dt

import pytest

from reader.core.quotation import Extraction, Quotation, QuotationKind, Speaker, SpeakerKind
from reader.core.span import Span
from reader.errors import ArchiveError
from reader.storage.store import Store
from tests.storage.making import by, story


def said(*speakers: Speaker) -> Extraction:
    """One quotation for each speaker."""
    return Extraction(
        tuple(
            Quotation((Span(n, n + 1),), QuotationKind.DIRECT, None, None, n)
            for n in range(len(speakers))
        ),
        speakers,
    )


def test_a_speaker_of_three_articles_is_one_with_all_names_and_roles(store: Store) -> None:
    days = [dt.date(2026, 3, n) for n in (5, 1, 9)]
    forms = [
        Speaker("Ana Ruiz", role="Mayor", aliases=("Ruiz",)),
        Speaker("ana ruiz", role="mayor of Havret", aliases=("Ruiz", "A. Ruiz")),
        Speaker("Ana Ruiz", role="Mayor", aliases=("Ms. Ruiz",)),
    ]
    store.put_many(
        [
            (story(f"Story {n}", published=day), said(form))
            for n, (day, form) in enumerate(zip(days, forms, strict=True))
        ],
        1,
    )
    [ruiz] = store.quoted.speakers()
    assert ruiz.name == "Ana Ruiz"
    assert ruiz.aliases == ("Ruiz", "A. Ruiz", "Ms. Ruiz")
    assert ruiz.roles == ("Mayor", "mayor of Havret")
    assert (ruiz.quotations, ruiz.articles) == (3, 3)
    assert (ruiz.first, ruiz.last) == (days[1], days[2])
    assert store.quoted.speaker(ruiz.id) == ruiz
    assert [row.published for row in store.quoted.quotations_of(ruiz.id)] == sorted(
        days, reverse=True
    )
    assert [row.article_id for row in store.quoted.quotations_of(ruiz.id, limit=1, offset=1)] == [1]
    assert list(store.quoted.articles_of(ruiz.id)) == [3, 1, 2]


def test_a_surname_alone_is_not_taken_for_somebody_with_that_surname(store: Store) -> None:
    store.put_many([(story("One"), by("Fahrettin Altun")), (story("Two"), by("Altun"))], 1)
    assert {s.name for s in store.quoted.speakers()} == {"Fahrettin Altun", "Altun"}


def test_a_person_and_an_organisation_of_one_name_are_two(store: Store) -> None:
    store.put_many(
        [(story("One"), by("Ford")), (story("Two"), by("Ford", kind=SpeakerKind.ORGANISATION))], 1
    )
    assert [s.kind for s in store.quoted.speakers()] == [
        SpeakerKind.PERSON,
        SpeakerKind.ORGANISATION,
    ]


def test_unnamed_speakers_stay_apart_and_are_listed_only_if_asked(store: Store) -> None:
    official = said(Speaker("a senior official", named=False))
    store.put_many([(story("One"), official), (story("Two"), official)], 1)
    assert store.quoted.speakers() == []
    assert [s.articles for s in store.quoted.speakers(include_unnamed=True)] == [1, 1]


def test_speakers_can_be_put_in_three_orders(store: Store) -> None:
    store.put_many(
        [
            (story("One", published=dt.date(2026, 1, 1)), by("Éva Ács", quotations=3)),
            (story("Two", published=dt.date(2026, 1, 3)), by("bo li", quotations=1)),
            (story("Three", published=dt.date(2026, 1, 2)), by("Carl May", quotations=2)),
        ],
        1,
    )

    def names(sort: str, **more: int) -> list[str]:
        return [s.name for s in store.quoted.speakers(sort=sort, **more)]  # type: ignore[arg-type]

    assert names("quotes") == ["Éva Ács", "Carl May", "bo li"]
    assert names("newest") == ["bo li", "Carl May", "Éva Ács"]
    assert names("name") == ["bo li", "Carl May", "Éva Ács"]
    assert names("name", limit=2) == ["bo li", "Carl May"]
    in_two = store.quoted.speakers([1, 3], sort="newest")
    assert [(s.name, s.quotations, s.last) for s in in_two] == [
        ("Carl May", 2, dt.date(2026, 1, 2)),
        ("Éva Ács", 3, dt.date(2026, 1, 1)),
    ]
    assert [s.name for s in store.quoted.speakers([1, 2], sort="name")] == ["bo li", "Éva Ács"]


def test_counts_within_some_articles_are_of_these_alone(store: Store) -> None:
    store.put_many([(story(f"Story {n}"), by("Ana Ruiz", quotations=n + 1)) for n in range(3)], 1)
    [ruiz] = store.quoted.speakers([1, 2])
    assert (ruiz.quotations, ruiz.articles, ruiz.first) == (3, 2, None)
    assert store.quoted.speakers()[0].quotations == 6


def test_speakers_are_found_by_any_of_their_names(store: Store) -> None:
    store.put_many([(story(), said(Speaker("Ana Ruiz", aliases=("Ruiz",))))], 1)
    assert store.quoted.speakers_named("ANA ruiz") == store.quoted.speakers_named("ruiz") == [1]
    assert store.quoted.speakers_named("Rui") == []


def test_a_speaker_who_is_not_there_is_said_so(store: Store) -> None:
    with pytest.raises(ArchiveError, match="no speaker 4"):
        store.quoted.speaker(4)
