"""Hidden text is not article text, however it is hidden; what only waits for a script is."""

from __future__ import annotations

import pytest

from reader.ingest.pages.page import read_page
from tests.ingest.pages.newsrooms import PARAGRAPHS

TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
SECRET = "Nobody who looks at this page can see this sentence, which is as long as others are."


def body_of(inside: str, head: str = "") -> str:
    """The text of a story with something in its middle."""
    first, rest = TEXT[: TEXT.index("</p>") + 4], TEXT[TEXT.index("</p>") + 4 :]
    html = f"<title>Pier opens late</title>{head}<h1>Pier opens late</h1>{first}{inside}{rest}"
    return read_page(html.encode()).body


@pytest.mark.parametrize(
    "inside",
    [
        f"<p hidden>{SECRET}</p>",
        f"<p aria-hidden=true>{SECRET}</p>",
        f"<div style='display: none'><p>{SECRET}</p></div>",
        f"<p style='visibility:hidden'>{SECRET}</p>",
        f"<p style='font-size:0px'>{SECRET}</p>",
        f"<p style='font-size: .0em;'>{SECRET}</p>",
        f"<p style='opacity:0'>{SECRET}</p>",
        f"<p style='position:absolute; left:-9999px'>{SECRET}</p>",
        f"<p style='text-indent:-5000em'>{SECRET}</p>",
        f"<p style='height:0;overflow:hidden'>{SECRET}</p>",
        f"<p style='overflow:hidden; width:1px; height:1px'>{SECRET}</p>",
        f"<p style='clip: rect(0 0 0 0); position:absolute'>{SECRET}</p>",
        f"<p style='clip-path: inset(50%)'>{SECRET}</p>",
        f"<p style='transform: scale(0)'>{SECRET}</p>",
        f"<p style='color:#fff'>{SECRET}</p>",
        f"<p style='color:white;background-color:#FFFFFF'>{SECRET}</p>",
        f"<p style='background:#102030; color: #102030'>{SECRET}</p>",
        f"<p style='color:transparent'>{SECRET}</p>",
        f"<p class=sr-only>{SECRET}</p>",
        f"<p class='a trap'>{SECRET}</p>",
        f"<p id=pit>{SECRET}</p>",
        f"<details><summary>More</summary><p>{SECRET}</p></details>",
        f"<template><p>{SECRET}</p></template>",
        f"<noscript><p>{SECRET}</p></noscript>",
        f"<script type=text/html><p>{SECRET}</p></script>",
        f"<!-- <p>{SECRET}</p> -->",
        f"<svg><text>{SECRET}</text></svg>",
    ],
)
def test_what_nobody_sees_is_no_text(inside: str) -> None:
    sheet = "<style>.trap { font-size: 0 } #pit, .x { left: -9000px; position: absolute }</style>"
    assert SECRET not in body_of(inside, sheet)


@pytest.mark.parametrize(
    "inside",
    [
        f"<p style='font-size:0.9em'>{SECRET}</p>",
        f"<p style='opacity: .8'>{SECRET}</p>",
        f"<p style='margin-left:-10px'>{SECRET}</p>",
        f"<p style='color:#fff;background:#000'>{SECRET}</p>",
        f"<div class=dark><p style='color:white'>{SECRET}</p></div>",
        f"<p style='opacity:0' class=fade-in>{SECRET}</p>",
        f"<p aria-hidden=false>{SECRET}</p>",
        f"<details open><summary>More</summary><p>{SECRET}</p></details>",
        f"<p class='hidden md:block'>{SECRET}</p>",
    ],
)
def test_what_can_be_seen_is_text(inside: str) -> None:
    assert SECRET in body_of(inside)


def test_a_story_that_waits_for_a_script_is_read() -> None:
    html = f"<title>Pier opens late</title><h1>Pier</h1><div style='opacity:0;display:none'>{TEXT}"
    assert read_page(html.encode()).body == "\n\n".join(PARAGRAPHS)


def test_a_heading_that_is_hidden_is_no_headline() -> None:
    html = (
        "<title>Pier opens late - Harbour Wire</title><h1 style='display:none'>Harbour Wire Home"
        f"</h1><h1>Pier opens <em>late</em><span hidden> for members</span></h1>{TEXT}"
    )
    article = read_page(html.encode())
    assert (article.title, article.outlet) == ("Pier opens late", "Harbour Wire")
