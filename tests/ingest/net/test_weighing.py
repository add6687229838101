"""What waits between the network and the disk is bounded by its bytes."""

from __future__ import annotations

import queue
import threading

import pytest

from reader.ingest.net.weighing import LEAST, WeighedQueue


def test_a_queue_is_full_by_weight_and_takes_one_more_on_top() -> None:
    waiting: WeighedQueue[bytes] = WeighedQueue(len, 3 * LEAST)
    waiting.put(b"x" * (2 * LEAST))
    waiting.put(b"x" * (2 * LEAST))
    with pytest.raises(queue.Full):
        waiting.put_nowait(b"")
    assert len(waiting.get()) == 2 * LEAST
    waiting.put_nowait(b"")


def test_light_things_come_out_in_order_and_are_bounded_too() -> None:
    waiting: WeighedQueue[int] = WeighedQueue(lambda _: 0, 3 * LEAST)
    for number in range(3):
        waiting.put_nowait(number)
    assert waiting.full()
    assert [waiting.get_nowait() for _ in range(3)] == [0, 1, 2]
    with pytest.raises(queue.Empty):
        waiting.get_nowait()


def test_whoever_waits_for_room_gets_it() -> None:
    waiting: WeighedQueue[int] = WeighedQueue(lambda _: LEAST, LEAST)
    waiting.put(1)
    late = threading.Thread(target=waiting.put, args=(2,))
    late.start()
    assert [waiting.get(timeout=5), waiting.get(timeout=5)] == [1, 2]
    late.join(5)
    assert not late.is_alive()
