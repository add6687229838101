"""Settings of one feed."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from reader.errors import IntakeError, SettingsError
from reader.ingest.net.settings import feed_settings, request_for

URL = "https://w.example/rss"


def test_all_settings_reach_the_request() -> None:
    settings = feed_settings(
        {
            "url": URL,
            "title": "The Wire",
            "headers": {"X-Plan": "gold"},
            "user_agent": "me",
            "user": "ann",
            "password_env": "WIRE_PASSWORD",
            "token_command": [sys.executable, "-c", "print('tok'); print('more')"],
            "proxy": "http://127.0.0.1:8080",
            "full_text": True,
            "interval": 600,
            "keep": 500,
        },
        "config.toml, feed 1",
    )
    request = request_for(settings, {"WIRE_PASSWORD": "pw"}, etag='"e"')
    assert (request.user, request.password, request.token) == ("ann", "pw", "tok")
    assert (request.url, request.etag, request.user_agent) == (URL, '"e"', "me")
    assert request.headers == {"X-Plan": "gold"}
    assert (settings.full_text, settings.interval, settings.keep) == (True, 600, 500)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({}, "url"),
        ({"url": "file:///x"}, "url"),
        ({"url": "https://ann:pw@w.example/"}, "password_env"),
        ({"url": URL, "pasword_env": "X"}, "pasword_env is no setting"),
        ({"url": URL, "interval": 5}, "interval must be a whole number, 60 or more"),
        ({"url": URL, "interval": True}, "interval"),
        ({"url": URL, "title": "a\nb"}, "title"),
        ({"url": URL, "token_command": "pass show x"}, "token_command must be a list"),
        ({"url": URL, "headers": {"X": "a\r\nY: b"}}, "headers"),
        ({"url": URL, "headers": {"X:": "a"}}, "headers"),
        ({"url": URL, "full_text": "yes"}, "full_text must be true or false"),
    ],
)
def test_a_wrong_setting_is_named(table: dict[str, Any], words: str) -> None:
    with pytest.raises(SettingsError) as caught:
        feed_settings(table, "config.toml, feed 1")
    assert str(caught.value).startswith("config.toml, feed 1: ")
    assert words in str(caught.value)


@pytest.mark.parametrize(
    "table",
    [
        {"password_env": "NOT_SET"},
        {"token_command": ["/no/such/program"]},
        {"token_command": [sys.executable, "-c", "raise SystemExit(3)"]},
        {"token_command": [sys.executable, "-c", "pass"]},
    ],
)
def test_a_secret_that_cannot_be_had_is_said(table: dict[str, Any]) -> None:
    with pytest.raises(IntakeError):
        request_for(feed_settings({"url": URL, **table}, "x"), {})
