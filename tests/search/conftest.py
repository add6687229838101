"""Articles for the search tests, and the two backends that the same questions are put to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.search.backend import SearchBackend, SearchDocument, SearchQuotation
from reader.search.index import ArchiveIndex
from reader.search.memory import MemoryBackend

TODAY = dt.date(2020, 3, 10)


def day(text: str) -> int:
    """The seconds of a day, as `published_key` has them."""
    return int(dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC).timestamp())


ARTICLES = (
    SearchDocument(
        1,
        "Minister rejects a no-fly zone over Idlib",
        "The defence minister said on Monday that no zone would be declared.\n\n"
        "“We are not running a war,” Fahrettin Altun told reporters. “Refugees come first.”",
        byline=("Ayşe Yılmaz", "Tom Baker"),
        outlet="Harbour Post",
        section="World",
        url="https://harbourpost.example/world/no-fly",
        published_key=day("2020-02-28"),
        quotations=(
            SearchQuotation(
                11,
                "We are not running a war, [...] Refugees come first.",
                "direct",
                ("Fahrettin Altun", "Altun"),
                "communications director",
            ),
            SearchQuotation(
                12, "no zone would be declared", "indirect", (), "the defence minister"
            ),
        ),
    ),
    SearchDocument(
        2,
        "Markets run higher",
        "Shares ran higher on Tuesday. Ministers met in Ankara to talk about the budget.\n\n"
        "“The war is far away,” said Erdoğan's adviser.",
        byline=("Tom Baker",),
        outlet="Daily Ledger",
        section="Business",
        url="https://ledger.example/markets",
        published_key=day("2019-06-03"),
        quotations=(
            SearchQuotation(21, "The war is far away", "direct", ("Selin Ak",), "adviser"),
        ),
    ),
    SearchDocument(
        3,
        "A quiet day in the harbour",
        "Nothing happened. The harbour was quiet, the harbour master said; the harbour slept.",
        outlet="Harbour Post",
        section="Local",
        published_key=day("2020-03-09"),
    ),
    SearchDocument(
        4, "Straße und Café", "Der Bürgermeister sprach. 東京の市長も。", published_key=0
    ),
)


SAVED = {
    "war": "war OR refugees",
    "recent war": "search:war after:2020",
    "loop": "search:loop",
    "wrong": "(",
}


def made(kind: str, folder: Path) -> SearchBackend:
    """One of the two backends, with the articles in it."""
    backend: SearchBackend
    if kind == "index":
        backend = ArchiveIndex.create(folder / "index", saved=SAVED.get, today=lambda: TODAY)
    else:
        backend = MemoryBackend(saved=SAVED.get, today=TODAY)
    backend.add(ARTICLES)
    return backend


@pytest.fixture(params=["index", "memory"])
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchBackend]:
    """Both backends, for tests that change them."""
    backend = made(request.param, tmp_path)
    yield backend
    backend.close()


@pytest.fixture(scope="session", params=["index", "memory"])
def asked(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchBackend]:
    """Both backends, for tests that only ask."""
    backend = made(request.param, tmp_path_factory.mktemp("asked"))
    yield backend
    backend.close()
