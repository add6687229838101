"""Where the jump keys lead within an article."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.core.quotation import Extraction, Quotation, QuotationKind, Speaker
from reader.core.span import Span
from reader.ui.jumps import entry_point, next_in_article, position


def spoken_by(*speakers: int | None) -> Extraction:
    """An extraction whose quotations, of ten characters each, are these speakers'."""
    names = sorted({speaker for speaker in speakers if speaker is not None})
    quotations = tuple(
        Quotation((Span(place * 20, place * 20 + 10),), QuotationKind.DIRECT, speaker=speaker)
        for place, speaker in enumerate(speakers)
    )
    return Extraction(quotations, tuple(Speaker(f"Speaker {name}") for name in names))


def test_without_a_current_quotation_the_jump_starts_from_what_is_on_screen() -> None:
    extraction = spoken_by(0, 1, 0)
    assert next_in_article(extraction, None, "quotation", 1) == 0
    assert next_in_article(extraction, None, "quotation", 1, at=15) == 1
    assert next_in_article(extraction, None, "quotation", -1, at=15) == 0


def test_the_same_speaker_is_followed_over_the_others() -> None:
    extraction = spoken_by(0, 1, 1, 0)
    assert next_in_article(extraction, 0, "same", 1) == 3
    assert next_in_article(extraction, 3, "same", -1) == 0
    assert next_in_article(extraction, 3, "same", 1) is None


def test_the_next_speaker_is_the_one_who_first_speaks_after_this_one_did() -> None:
    extraction = spoken_by(0, 1, 0, 2, 1)
    assert next_in_article(extraction, 0, "speaker", 1) == 1
    assert next_in_article(extraction, 4, "speaker", 1) == 3
    assert next_in_article(extraction, 2, "speaker", -1) is None
    assert next_in_article(extraction, 3, "speaker", -1) == 1


def test_from_another_article_one_lands_at_the_near_end() -> None:
    extraction = spoken_by(0, 1, 0, 1, 1)
    assert entry_point(extraction, "quotation", 1) == 0
    assert entry_point(extraction, "quotation", -1) == 4
    assert entry_point(extraction, "same", 1, speaker=1) == 1
    assert entry_point(extraction, "same", -1, speaker=0) == 2
    assert entry_point(extraction, "speaker", -1) == 1
    assert entry_point(spoken_by(), "quotation", 1) is None


def test_the_position_counts_this_speakers_quotations() -> None:
    assert position(spoken_by(0, 1, 0, 0), 2) == (2, 3)


SPEAKERS = st.lists(st.one_of(st.none(), st.integers(0, 3)), min_size=1, max_size=12)


@given(SPEAKERS)
def test_going_on_from_the_start_visits_every_quotation_once_in_order(
    speakers: list[int | None],
) -> None:
    extraction = spoken_by(*speakers)
    visited = []
    at = next_in_article(extraction, None, "quotation", 1)
    while at is not None:
        visited.append(at)
        at = next_in_article(extraction, at, "quotation", 1)
    assert visited == list(range(len(speakers)))


@given(SPEAKERS)
def test_next_speaker_visits_every_speaker_once(speakers: list[int | None]) -> None:
    extraction = spoken_by(*speakers)
    visited = []
    at: int | None = 0
    while at is not None:
        visited.append(extraction.quotations[at].speaker)
        at = next_in_article(extraction, at, "speaker", 1)
    assert visited == list(dict.fromkeys(speakers))
