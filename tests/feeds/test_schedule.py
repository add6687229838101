"""When a feed may be asked again."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reader.core.feeds import FeedRow, FeedSettings, FeedState
from reader.feeds.schedule import DAY, due_after_failure, due_after_success, is_over, waits_until

NOW = 1_790_000_000.0
FEED = FeedRow(
    id=1,
    url="https://a.example/",
    origin="https://a.example/",
    title="A",
    name=None,
    folder=None,
    tags=(),
    articles=0,
    unread=0,
    settings=FeedSettings(),
    state=FeedState.WELL,
    checked=None,
    succeeded=None,
    failed=None,
    reason=None,
    failures=0,
    due=0,
    held=0,
)


def test_one_failure_is_no_reason_to_wait_and_more_double_the_wait_up_to_a_day() -> None:
    waits = [due_after_failure(NOW, n, lambda: 1.0) for n in range(1, 30)]
    assert waits[0] == 0
    assert [w - NOW for w in waits[1:5]] == [300, 600, 1200, 2400]
    assert waits[-1] == NOW + DAY


@given(st.integers(2, 1000), st.floats(0, 1))
def test_chance_spreads_a_wait_over_its_second_half(failures: int, chance: float) -> None:
    longest = due_after_failure(NOW, failures, lambda: 1.0) - NOW
    wait = due_after_failure(NOW, failures, lambda: chance) - NOW
    assert longest / 2 - 1 <= wait <= longest <= DAY


def test_an_hourly_feed_is_due_at_the_next_hourly_visit() -> None:
    assert due_after_success(NOW, None) == 0
    assert due_after_success(NOW, 60) <= NOW + 3590


def test_a_named_feed_waits_only_where_its_publisher_asked_for_it() -> None:
    failing = replace(FEED, due=int(NOW) + 500)
    assert waits_until(failing, NOW, named=False) == NOW + 500
    assert waits_until(failing, NOW, named=True) is None
    held = replace(FEED, held=int(NOW) + 500)
    assert waits_until(held, NOW, named=True) == NOW + 500
    assert waits_until(held, NOW + 500, named=True) is None


@given(st.integers(-(10**9), 10**9), st.integers(0, 4 * 10**9), st.integers(0, 4 * 10**9))
def test_whatever_the_clock_does_no_feed_waits_for_more_than_a_day(
    jump: int, due: int, held: int
) -> None:
    now = NOW + jump
    until = waits_until(replace(FEED, due=due, held=held), now, named=False)
    assert until is None or now < until <= now + DAY + 60


def test_a_long_interval_is_kept() -> None:
    weekly = replace(FEED, due=int(NOW) + 6 * DAY, settings=FeedSettings(interval=7 * 1440))
    assert waits_until(weekly, NOW, named=False) == NOW + 6 * DAY


def test_an_ended_feed_is_over_unless_it_is_named() -> None:
    ended = replace(FEED, state=FeedState.ENDED)
    assert is_over(ended, named=False)
    assert not is_over(ended, named=True)
