"""Web addresses from outside."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.addresses import feed_address, site_name, web_address


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("https://h.example/a?b=c#d", "https://h.example/a?b=c#d"),
        (" HTTP://H.Example/A ", "http://h.example/A"),
        ("https://user:hunter2@h.example/", "https://h.example/"),
        ("https://h.example/a b\\c", "https://h.example/a%20b%5Cc"),
        ("https://[::1]:8080/x", "https://[::1]:8080/x"),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("https://h.example/a\nhttps://evil.example/", None),
        ("https://h.example/\x1b[31m", None),
        ("https://h.example/\u202e", None),
        ("https:///nohost", None),
        ("https://h.example:99999999/", None),
        ("--option", None),
        ("//h.example/x", None),
        ("", None),
        ("https://h.example/" + "a" * 5000, None),
        (None, None),
        (7, None),
    ],
)
def test_only_plain_web_addresses_pass(raw: object, expected: str | None) -> None:
    assert web_address(raw) == expected


def test_relative_addresses_are_resolved() -> None:
    assert web_address("../x?y", "https://h.example/a/b/c") == "https://h.example/a/x?y"
    assert web_address("//other.example/x", "https://h.example/") == "https://other.example/x"
    assert web_address("javascript:x", "https://h.example/") is None


@given(st.text(max_size=80))
def test_what_passes_has_the_shape_of_an_address(text: str) -> None:
    for raw in (text, "https://" + text, "http://h.example/" + text):
        address = web_address(raw)
        if address is not None:
            assert re.fullmatch(r"https?://[^\s/@\\]+([/?#][^\s]*)?", address)
            assert web_address(address) == address


def test_a_site_is_called_by_its_host() -> None:
    assert site_name("https://www.h.example/x") == "h.example"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("feed:https://a.example/x", "https://a.example/x"),
        ("feed:http://a.example/x", "http://a.example/x"),
        ("FEED://a.example/x", "https://a.example/x"),
        ("feeds://a.example/x", "https://a.example/x"),
        ("feed:exec:touch x", None),
        ("feed:file:///etc/passwd", None),
        ("mailto:a@a.example", None),
    ],
)
def test_a_feeds_address_may_say_that_it_is_one(raw: str, expected: str | None) -> None:
    assert feed_address(raw) == expected
