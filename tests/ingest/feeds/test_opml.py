"""Subscription lists as files."""

from __future__ import annotations

import io

import pytest

from reader.ingest import Intake, IntakeFailure, Subscription, read_stream


def read(outlines: str) -> list[Intake]:
    text = f'<?xml version="1.0"?><opml version="2.0"><body>{outlines}</body></opml>'
    return list(read_stream(io.BytesIO(text.encode()), name="subs"))


def test_feeds_come_with_their_folders() -> None:
    found = read(
        '<outline text="News"><outline title="Coast/Sea">'
        '<outline text="Wire" type="rss" xmlUrl="https://u:secret@w.example/rss"/></outline></outline>'
        '<outline xmlUrl="https://www.x.example/"/>'
    )
    assert found == [
        Subscription("Wire", "https://w.example/rss", "News/Coast-Sea"),
        Subscription("x.example", "https://www.x.example/", None),
    ]


@pytest.mark.parametrize(
    "attributes",
    [
        'xmlUrl="exec:touch PWNED"',
        'xmlUrl="|touch PWNED"',
        'xmlUrl="filter:touch PWNED:https://w.example/"',
        'xmlUrl="https://w.example/" filtercmd="touch PWNED"',
        'xmlUrl="file:///etc/passwd"',
        'xmlUrl="https://w.example/&#10;https://evil.example/"',
    ],
)
def test_commands_and_other_schemes_are_refused_and_not_repeated(attributes: str) -> None:
    failure, good = read(
        f'<outline text="Bad" {attributes}/><outline text="Good" xmlUrl="https://g.example/"/>'
    )
    assert isinstance(failure, IntakeFailure)
    assert "Bad" in failure.message
    assert "PWNED" not in failure.message
    assert good == Subscription("Good", "https://g.example/", None)


def test_a_list_without_feeds_says_so() -> None:
    [failure] = read('<outline text="Empty"/>')
    assert isinstance(failure, IntakeFailure)
