"""What the publisher is called whose feed has a title."""

from __future__ import annotations

import pytest

from reader.ingest.feeds.entries import feed_outlet


@pytest.mark.parametrize(
    ("title", "outlet"),
    [
        ("Harbour Wire - World | RSS", "Harbour Wire"),
        ("Harbour Wire RSS feed", "Harbour Wire"),
        ("Latest news from Harbour Wire", "Harbour Wire"),
        ("Atom & Co", "Atom & Co"),
        ("RSS", "RSS"),
        ("", None),
    ],
)
def test_the_words_for_the_feed_itself_are_no_part_of_the_name(
    title: str, outlet: str | None
) -> None:
    assert feed_outlet(title) == outlet
