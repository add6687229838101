"""The list hangs from an anchor; the cursor is always in sight and nothing is laid out unseen."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Size
from textual.strip import Strip

from reader.ui.widgets.line_list import LineList


class Tall(LineList):
    """Items of given heights, without an application around them."""

    def __init__(self, heights: list[int], rows: int) -> None:
        super().__init__()
        self.heights = heights
        self.rows = rows
        self.asked: set[int] = set()

    @property
    def size(self) -> Size:
        return Size(20, self.rows)

    @property
    def count(self) -> int:
        return len(self.heights)

    def lay_out(self, index: int, width: int) -> list[Strip]:
        self.asked.add(index)
        return [Strip([])] * self.heights[index]

    def refresh(self, *args: Any, **kwargs: Any) -> Any:
        return self

    def post_message(self, message: object) -> bool:
        return True


MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.integers(-9, 9)),
        st.tuples(st.just("to"), st.integers(0, 60)),
        st.tuples(st.just("page"), st.sampled_from([-1, -0.5, 0.5, 1])),
        st.tuples(st.just("wheel"), st.integers(-7, 7)),
        st.tuples(st.just("rows"), st.integers(1, 14)),
    ),
    max_size=20,
)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=50), st.integers(3, 20), MOVES)
def test_whatever_is_pressed_the_screen_is_full_and_the_cursor_is_in_sight(
    heights: list[int], rows: int, moves: list[tuple[str, float]]
) -> None:
    tall = Tall(heights, rows)
    for kind, by in moves:
        before = tall.cursor
        if kind == "move":
            tall.move(int(by))
        elif kind == "to":
            tall.move_to(int(by))
        elif kind == "page":
            tall.move_page(by)
        elif kind == "wheel":
            tall.scroll_by(int(by))
        else:
            tall.rows = int(by)
            tall.on_resize(None)  # type: ignore[arg-type]
        shown = tall._map()
        assert len(shown) <= tall.rows
        assert shown == sorted(shown)
        assert 0 <= tall.cursor < len(heights)
        if kind != "wheel" and (kind == "rows" or tall.cursor != before):
            assert tall.cursor in {index for index, _ in shown}


@given(st.lists(st.integers(1, 4), min_size=1, max_size=40), st.integers(3, 20), st.data())
def test_a_list_shown_anew_leaves_no_empty_rows_while_items_are_above(
    heights: list[int], rows: int, data: st.DataObject
) -> None:
    tall = Tall(heights, rows)
    tall.contents_changed(
        data.draw(st.integers(0, len(heights) - 1)), at_row=data.draw(st.integers(-1, rows))
    )
    shown = tall._map()
    assert len(shown) == min(rows, sum(heights))
    assert tall.cursor in {index for index, _ in shown}


def test_the_end_of_a_hundred_thousand_items_is_reached_by_laying_out_a_screenful() -> None:
    tall = Tall([4] * 100_000, 40)
    tall.move_to(99_999)
    tall.move(-1)
    tall.move_page(-1)
    assert tall.cursor in {index for index, _ in tall._map()}
    assert len(tall.asked) < 100
