"""The promises of the bundled sample archive: how much there is, that all of it comes in, and that
our own engine reads it well."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from reader.core.article import Article
from reader.core.quotation import Extraction, QuotationKind, SpeakerKind
from reader.extraction.engine import default_engine
from reader.ingest import Intake, read_path

SAMPLE = Path(__file__).resolve().parent.parent / "data" / "sample"
EXPECTATIONS = Path(__file__).with_name("sample_expectations.json")

WIRE_STORIES = {
    "Kranendonk wins 340 million-crown contract": (
        "Kranendonk to Dig Deeper Channel",
        "Sabelhaven port hands dredging job",
    ),
    "Survivors tell ferry inquiry of water": ("Water below the knee at ten to five",),
    "Junior partner threatens to quit": ("Dahlke Tells Wendlow Farmers",),
    "Port board suspends dredging contract": ("Lawyers called in as Sabelhaven freezes",),
    "Engineer says he told captain": ("Four Centimeters of Wire",),
    "Nurses walk out across Vesland": ("Nurses begin three-day strike",),
    "Truckers from both sides block": ("Drivers share bread on a bridge",),
    "Vesland coalition collapses": (
        "Government in Karsholm loses its majority",
        "Coalition Breaks, and Brannock Wonders",
    ),
    "Court orders Vesland region to reopen dam": (
        "Gates to Open Friday at Noon",
        "Court orders Arnsted Dam gates opened",
    ),
    "Prosecutors search port offices": ("Boxes Leave the Port Building",),
    "Former Sabelhaven port director charged": ("Aide's charge brings port affair",),
}
"""How the headline of an agency story begins, and those of its copies elsewhere."""


@dataclass(frozen=True, slots=True)
class Story:
    """One article of the sample with what the engine finds in it."""

    file: str
    article: Article
    extraction: Extraction

    @property
    def words(self) -> int:
        """The words of the body."""
        return len(self.article.body.split())


@cache
def intakes() -> tuple[tuple[str, Intake], ...]:
    """What the real importer makes of every file."""
    return tuple((f.relative_to(SAMPLE).as_posix(), i) for f in files() for i in read_path(f))


@cache
def stories() -> tuple[Story, ...]:
    """Every article of the sample, as the real engine reads it."""
    engine = default_engine()
    return tuple(
        Story(name, intake, engine.extract(intake.body))
        for name, intake in intakes()
        if isinstance(intake, Article)
    )


def files() -> list[Path]:
    """Every file of the sample."""
    return sorted(p for p in SAMPLE.rglob("*") if p.is_file())


def test_no_two_files_are_the_same() -> None:
    digests = Counter(hashlib.sha256(p.read_bytes()).hexdigest() for p in files())

    assert max(digests.values()) == 1


def test_all_three_ways_into_the_archive_are_there() -> None:
    kinds = Counter(p.suffix for p in files())

    assert kinds[".txt"] >= 40
    assert kinds[".html"] >= 15
    assert kinds[".xml"] == 1
    assert kinds[".atom"] == 1
    assert set(kinds) == {".txt", ".html", ".xml", ".atom"}


def test_every_scraped_text_ends_with_the_line_that_names_its_outlet() -> None:
    for file in SAMPLE.rglob("*.txt"):
        last = file.read_text(encoding="utf-8").rstrip().splitlines()[-1]
        assert re.fullmatch(r"© 2026 .+\. All rights reserved\.", last), file.name


def test_web_addresses_are_all_in_the_domain_kept_for_examples() -> None:
    standards = {"www.w3.org", "purl.org", "schema.org"}
    for file in files():
        text = file.read_text(encoding="utf-8")
        for host in re.findall(r"https?://([^/\s\"'<>]+)", text):
            assert host.endswith(".example") or host in standards, f"{file.name}: {host}"


def test_every_file_comes_in() -> None:
    assert [(name, i) for name, i in intakes() if not isinstance(i, Article)] == []


def test_there_are_stories_and_outlets_enough_to_browse() -> None:
    outlets = Counter(story.article.outlet for story in stories())

    assert len(stories()) >= 66
    assert len(outlets) >= 11
    assert None not in outlets


def test_every_story_has_a_length_that_news_has() -> None:
    lengths = {story.article.title: story.words for story in stories()}

    assert {title: n for title, n in lengths.items() if not 150 <= n <= 900} == {}
    assert 24_000 <= sum(lengths.values()) <= 30_500
    assert sum(n < 220 for n in lengths.values()) >= 5
    assert sum(n >= 600 for n in lengths.values()) >= 5


def test_every_story_comes_in_with_title_outlet_day_section_and_authors() -> None:
    for story in stories():
        article = story.article
        assert article.title, story.file
        assert article.outlet, story.file
        assert article.section, story.file
        assert article.byline, story.file
        published = article.published
        assert published is not None, story.file
        day = published.date() if isinstance(published, dt.datetime) else published
        assert dt.date(2026, 1, 1) <= day <= dt.date(2026, 9, 30), story.file
        named = re.match(r"\d{4}-\d\d-\d\d", Path(story.file).name)
        assert named is None or named[0] == day.isoformat(), story.file


def test_headlines_are_all_different() -> None:
    assert max(Counter(story.article.title for story in stories()).values()) == 1


@pytest.mark.parametrize(
    "rubbish",
    [
        "All rights reserved",
        "SUBSCRIBE NOW",
        "CLIENT LOGIN",
        "Share this",
        "Read more:",
        "cookies",
        "Sign up",
        "Join the mailing list",
        "supporter with",
        "Most read",
        "Related stories",
        "Skip to main content",
    ],
)
def test_nothing_from_around_a_story_stands_in_its_body(rubbish: str) -> None:
    assert [s.file for s in stories() if rubbish in s.article.body] == []


@pytest.mark.parametrize("original", WIRE_STORIES)
def test_a_wire_story_is_there_again_under_another_headline(original: str) -> None:
    titles = [(s.article.title, s.article.outlet) for s in stories()]
    at_agency = [outlet for title, outlet in titles if title.startswith(original)]
    copies = [
        [outlet for title, outlet in titles if title.startswith(copy)]
        for copy in WIRE_STORIES[original]
    ]

    assert at_agency == ["Harbour Wire"]
    assert [len(outlets) for outlets in copies] == [1] * len(copies)
    assert all("Harbour Wire" not in outlets for outlets in copies)


@pytest.mark.parametrize("word", ["ferry", "dredging", "inquiry", "levy", "bridge", "nurses"])
def test_a_tutorials_search_word_finds_several_stories(word: str) -> None:
    found = [s for s in stories() if word in f"{s.article.title} {s.article.body}".lower()]

    assert len(found) >= 6


def test_forty_named_people_speak_in_two_stories_or_more() -> None:
    heard_in: dict[str, set[str]] = defaultdict(set)
    for story in stories():
        for quotation in story.extraction.quotations:
            if quotation.speaker is None:
                continue
            speaker = story.extraction.speakers[quotation.speaker]
            if speaker.named and speaker.kind is SpeakerKind.PERSON and " " in speaker.name:
                heard_in[speaker.name].add(story.article.title)

    assert sum(len(titles) >= 2 for titles in heard_in.values()) >= 40


def test_all_kinds_of_quotation_are_plentiful() -> None:
    kinds = Counter(q.kind for story in stories() for q in story.extraction.quotations)

    assert kinds[QuotationKind.DIRECT] >= 250
    assert kinds[QuotationKind.MIXED] >= 60
    assert kinds[QuotationKind.INDIRECT] >= 200


def test_the_engine_finds_nine_in_ten_of_the_quotations_we_checked_by_hand() -> None:
    expected = json.loads(EXPECTATIONS.read_text(encoding="utf-8"))
    missed = [
        f"{row['speaker']}: {row['starts']}"
        for row in expected
        if not any(_says(story, row) for story in stories() if story.file == row["file"])
    ]

    assert len(missed) <= len(expected) // 10, missed


def _says(story: Story, row: dict[str, str]) -> bool:
    """Whether the engine found the quotation that begins with `row["words"]`, in the mouth of
    `row["speaker"]`; where `row["also"]` is given, a later piece of it must hold those words."""
    body, extraction = story.article.body, story.extraction
    for quotation in extraction.quotations:
        pieces = [piece.text(body) for piece in quotation.content]
        begins = pieces[0].lstrip("\"'“‘ ").startswith(row["words"])
        if not begins and not (row["kind"] == "mixed" and row["words"] in pieces[0]):
            continue
        if quotation.kind.value == row["kind"] and row.get("also", "") in " ".join(pieces):
            speaker = quotation.speaker
            return speaker is not None and extraction.speakers[speaker].name == row["speaker"]
    return False
