"""Which panes fit, and what the list pane says of itself."""

from __future__ import annotations

import datetime as dt

import pytest

from reader.ui.layout import PaneName, Panes, arrange, side_widths
from reader.ui.listing import Listing, View, long_day, short_day
from reader.ui.place import Place

BEFORE = Panes(True, True, False)


@pytest.mark.parametrize("focus", ["list", "reader", "side"])
def test_a_wide_screen_shows_all_three_panes(focus: PaneName) -> None:
    assert arrange(120, focus, BEFORE, zen=False) == Panes(True, True, True)


def test_at_80_columns_the_reader_keeps_the_margin_one_came_from() -> None:
    with_side = arrange(80, "side", BEFORE, zen=False)
    assert with_side == Panes(False, True, True)
    assert arrange(80, "reader", with_side, zen=False) == with_side
    assert arrange(80, "list", with_side, zen=False) == Panes(True, True, False)


@pytest.mark.parametrize("focus", ["list", "reader", "side"])
def test_a_narrow_screen_shows_the_pane_with_the_keys(focus: PaneName) -> None:
    panes = arrange(60, focus, BEFORE, zen=False)
    assert sum(panes) == 1 and panes[("list", "reader", "side").index(focus)]


def test_zen_shows_the_article_alone_at_any_width() -> None:
    assert arrange(200, "reader", BEFORE, zen=True) == Panes(False, True, False)


@pytest.mark.parametrize("width", range(80, 260, 7))
def test_the_reader_is_the_widest_pane(width: int) -> None:
    left, right = side_widths(width)
    rest = width - left - 1 - (right + 1 if width >= 120 else 0)
    assert rest >= left and rest >= right


def test_the_listing_says_how_many_and_in_which_order() -> None:
    assert Listing(View.ALL, [1], total=1).describe() == "1 story · newest first"
    hits = Listing(View.HITS, [1, 2], total=19_000, exact=False, query="x")
    assert hits.describe() == "about 19,000 stories · newest first"
    assert not hits.complete


def test_days_are_written_out_the_same_in_every_locale() -> None:
    assert short_day(dt.date(2020, 2, 28)) == "28 Feb 2020"
    assert long_day(dt.date(2020, 2, 28)) == "28 February 2020"
    assert short_day(None) == "No date"


def test_a_place_is_read_back_as_it_was_written_and_nonsense_is_none() -> None:
    place = Place(7, 120, 3, "reader")
    assert Place.from_json(place.to_json()) == place
    for nonsense in (None, "", "{}", "[1]", '{"article": "x", "offset": 1}', "\x00"):
        assert Place.from_json(nonsense) is None
