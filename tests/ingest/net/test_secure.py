"""https, and HTTP/2 where it is offered."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.ingest.net import fetch as fetching
from reader.ingest.net.fetch import fetch, new_client
from reader.ingest.net.results import FetchLimits, FetchRequest, FetchResult, Outcome
from tests.ingest.net.loopback import FEED, Answer, serving
from tests.ingest.net.secure import AUTHORITY, speaking

QUICK = FetchLimits(seconds=5)


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The test's authority is trusted, as a house's own is: by a variable that names its file."""
    AUTHORITY.cert_pem.write_to_path(str(tmp_path / "trusted.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trusted.pem"))
    fetching._trust.cache_clear()
    yield
    fetching._trust.cache_clear()


def ask(*urls: str, **more: str) -> list[FetchResult]:
    """Ask these addresses one after the other, as one refresh does."""

    async def run() -> list[FetchResult]:
        async with new_client(QUICK) as client:
            return [await fetch(client, FetchRequest(url, **more), QUICK) for url in urls]  # type: ignore[arg-type]

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("offered", "expected"),
    [(["h2", "http/1.1"], "h2"), (["h2"], "h2"), (["http/1.1"], "http/1.1"), ([], "none")],
)
def test_http_2_is_spoken_where_it_is_offered(
    trusted: None, offered: list[str], expected: str
) -> None:
    with speaking(offered) as (url, spoken):
        [result] = ask(url)
    assert (result.outcome, result.body, spoken) == (Outcome.FRESH, FEED, [expected])


def test_one_connection_serves_several_feeds_of_a_host(trusted: None) -> None:
    with speaking(["h2"]) as (url, spoken):
        results = ask(f"{url}1", f"{url}2", f"{url}3")
    assert [result.outcome for result in results] == [Outcome.FRESH] * 3
    assert spoken == ["h2"]


def test_a_certificate_that_nobody_has_signed_is_refused() -> None:
    fetching._trust.cache_clear()
    with speaking(["h2"]) as (url, _):
        [result] = ask(url)
    assert result.outcome is Outcome.FAILED
    assert "not trusted" in result.message


def test_a_way_from_https_to_http_takes_no_secret_along_and_is_never_for_good(
    trusted: None, tmp_path: Path
) -> None:
    with serving({"/feed": Answer()}) as site:
        location = ((":status", "301"), ("location", site.url("/feed")))
        for offered in (["h2"], ["http/1.1"]):
            with speaking(offered, location) as (url, _):
                [result] = ask(url, token="t0ken")
            assert (result.outcome, result.moved) == (Outcome.FRESH, None)
        assert all("authorization" not in headers for _, headers in site.asked)
