"""The text of web pages: all of the story, nothing else, and safely."""

from __future__ import annotations

import time

import pytest

from reader.core.article import Article, BlockKind
from reader.core.text import clean
from reader.errors import IntakeError
from reader.ingest.pages.page import read_page
from reader.ingest.pages.tree import parse_page
from tests.ingest.pages.newsrooms import PARAGRAPHS, TEXT

HEAD = "<!doctype html><head><title>Pier opens late | Harbour Wire</title>"
TOP = "<body><article><h1>Pier opens late</h1>"


def page(inside: str, head: str = "", bottom: str = "") -> Article:
    html = f"{HEAD}{head}</head>{TOP}{inside}</article>{bottom}</body>"
    return read_page(html.encode())


def blocks(article: Article) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.span.text(article.body)) for block in article.blocks]


def test_blocks_keep_their_kind() -> None:
    first, second, *_ = PARAGRAPHS
    article = page(
        f"<figure><img src=x><figcaption>The pier. Photo: HW</figcaption></figure><p>{first}</p>"
        f"<h2>Ground too soft</h2><p>{second}</p><blockquote><p>It was said here that the ground "
        "was too soft.</p></blockquote><ul><li>First point of three</li><li>Second point</li></ul>"
        f"{TEXT}"
    )
    assert blocks(article)[:6] == [
        (BlockKind.PARAGRAPH, first),
        (BlockKind.SUBHEAD, "Ground too soft"),
        (BlockKind.PARAGRAPH, second),
        (BlockKind.BLOCKQUOTE, "It was said here that the ground was too soft."),
        (BlockKind.LIST_ITEM, "First point of three"),
        (BlockKind.LIST_ITEM, "Second point"),
    ]
    assert article.subheads == ("Ground too soft",)
    assert blocks(article)[-1] == (BlockKind.CAPTION, "The pier.")
    assert article.story == article.body.removesuffix("\n\nThe pier.")


def test_captions_stand_last_without_credits_and_those_of_other_stories_not_at_all() -> None:
    first, *_ = PARAGRAPHS
    article = page(
        "<figure><img src=a><figcaption>The wall in May. © Ann Reed / Harbour Wire</figcaption>"
        f"</figure><p>{first}</p>"
        "<figure><img src=b><figcaption>Photo: Tom Hall/Getty Images</figcaption></figure>"
        "<figure><img src=c><figcaption>Getty Images</figcaption></figure>"
        "<a href=/other><figure><img><figcaption>Ferry strike enters a second week</figcaption>"
        f"</figure></a>{TEXT}"
    )
    assert [text for kind, text in blocks(article) if kind is BlockKind.CAPTION] == [
        "The wall in May."
    ]


def test_links_stand_where_their_words_are() -> None:
    article = page(
        '<p>The <a href="/board">harbour board</a> told the <a href="#top">board</a> of the '
        '<a href="https://other.example/x?a=1">board</a>, and <a href="javascript:x">others</a>, '
        f"that it would wait for spring.</p>{TEXT}",
        '<link rel="canonical" href="https://hw.example/2026/pier">',
    )
    found = [(link.span.text(article.body), link.url) for link in article.links]
    assert found == [
        ("harbour board", "https://hw.example/board"),
        ("board", "https://other.example/x?a=1"),
    ]
    assert article.url == "https://hw.example/2026/pier"


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>SECRET words that nobody on the page can see at all.</p>",
        "<p style='display: none'>SECRET words that nobody on the page can see at all.</p>",
        "<div style='visibility:hidden'><p>SECRET words that nobody can see at all.</p></div>",
        "<p style='position:absolute;left:-9999px'>SECRET words that nobody can see.</p>",
        "<p class='sr-only'>SECRET words that nobody on the page can see at all.</p>",
        "<p class='ghost'>SECRET words that nobody on the page can see at all.</p>",
        "<p id='ghost'>SECRET words that nobody on the page can see at all.</p>",
        "<template><p>SECRET words that nobody on the page can see at all.</p></template>",
        "<script>document.write('SECRET')</script><style>.SECRET{}</style><!-- SECRET -->",
    ],
)
def test_hidden_text_is_no_text(hidden: str) -> None:
    style = "<style>body{margin:0} .ghost, #ghost { color: red; display:none }</style>"
    article = page(TEXT.replace("</p>", f"</p>{hidden}", 1), style)
    assert "SECRET" not in article.body
    assert [text for _, text in blocks(article)] == list(PARAGRAPHS)


def test_what_stands_around_the_story_is_left_out() -> None:
    article = page(
        f"<nav><a href=/>Home</a></nav><div class=share>Share this</div>{TEXT}"
        "<p>Read more: Gale hits coast</p><p>Sign up for our newsletter.</p>",
        bottom="<aside><h2>Most read</h2><p>A gale hit the coast, police said.</p></aside>"
        "<footer>© 2026 Harbour Wire</footer>",
    )
    assert [text for _, text in blocks(article)] == list(PARAGRAPHS)


def test_a_page_that_shows_its_text_by_script_is_read_from_what_it_says_of_itself() -> None:
    text = "\\n\\n".join(PARAGRAPHS).replace('"', '\\"')
    article = page(
        "<div id=app></div><p>Loading the story, please wait for a moment.</p>",
        f'<script type="application/ld+json">{{"@type":"Article","articleBody":"{text}"}}</script>',
    )
    assert article.body == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "mark", ["&#27;[31m", "&#x1b;[2J", "\x1b]0;x\x07", "&#155;2J", "\u202e", "\x00"]
)
def test_control_characters_go_raw_and_as_references(mark: str) -> None:
    html = f"{HEAD}</head>{TOP.replace('late', 'late' + mark)}{TEXT.replace('The', 'The' + mark)}"
    article = read_page(html.encode())
    assert clean(article.title) == article.title
    assert clean(article.body) == article.body
    assert "\x1b" not in article.title + article.body
    assert "[31m" not in article.title + article.body


def test_old_character_references_mean_what_browsers_show() -> None:
    article = page(TEXT.replace("“", "&#147;").replace("”", "&#148;").replace("’", "&#x92;"))
    assert article.body == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16"])
def test_the_encoding_is_told(encoding: str) -> None:
    html = f"{HEAD}<meta charset={encoding}></head>{TOP}{TEXT}"
    assert read_page(html.encode(encoding)).body == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 20_000 + TEXT,
        "<b><i>" * 20_000 + TEXT,
        "<a " * 50_000,
        "<!--" * 50_000,
        "<p " + "a='b' " * 20_000 + ">" + TEXT,
        HEAD + '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + TOP + TEXT,
        "<table><tr><td>" * 5_000 + TEXT,
    ],
    ids=["deep", "unclosed", "tags", "comments", "attributes", "json", "tables"],
)
def test_what_is_made_to_hurt_does_not(html: str) -> None:
    started = time.process_time()
    try:
        article = read_page(html.encode())
        assert article.body
    except IntakeError:
        pass
    assert time.process_time() - started < 5


def test_a_very_short_page_keeps_its_blocks() -> None:
    html = f"{HEAD}</head><h1>Pier opens late</h1><p>It opened on Tuesday.</p><p>Nobody came.</p>"
    assert read_page(html.encode()).body == "It opened on Tuesday.\n\nNobody came."


@pytest.mark.parametrize("around", ["aside", "section class='comments-section'", "form", "dialog"])
def test_a_story_in_an_odd_place_is_found(around: str) -> None:
    html = f"{HEAD}</head><body><{around}><h1>Pier opens late</h1><div>{TEXT}</div></{around}>"
    assert read_page(html.encode()).body == "\n\n".join(PARAGRAPHS)


def test_a_front_page_is_no_article() -> None:
    teasers = "".join(
        f"<p><a href=/{n}>The harbour board said on Tuesday that the pier would open</a></p>"
        for n in range(30)
    )
    with pytest.raises(IntakeError):
        read_page(f"<title>Harbour Wire</title><aside>{teasers}</aside>".encode())


def test_a_short_bold_line_is_a_subhead() -> None:
    label = "<p><strong>What happens next</strong></p>"
    question = "<p><b>Why so late?</b></p>"
    article = page(TEXT.replace("</p>", f"</p>{label}{question}", 1))
    assert article.subheads == ("What happens next",)
    assert "Why so late?" in article.body


def test_an_error_page_is_no_article() -> None:
    for title in ("404 Not Found", "Page not found", "Just a moment...", "Access Denied"):
        with pytest.raises(IntakeError, match="error page"):
            read_page(
                f"<title>{title}</title><h1>{title}</h1><p>The page is not here.</p>".encode()
            )


@pytest.mark.parametrize("html", ["", "<html></html>", "<html><body><nav><a href=/>Home</a></nav>"])
def test_a_page_without_an_article_says_so(html: str) -> None:
    with pytest.raises(IntakeError):
        read_page(html.encode())


@pytest.mark.parametrize(
    "odd",
    [
        "<p " + " ".join(f"a{number}={number}" for number in range(30_000)) + ">Odd</p>",
        "<p>" + '<a href="https://hw.example/x">l</a> ' * 20_000 + "</p>",
        "<p>" + "word <b>bold</b><br>" * 10_000 + "</p>",
    ],
    ids=["attributes", "links", "bold"],
)
def test_thousands_of_anything_in_one_paragraph_cost_little(odd: str) -> None:
    began = time.process_time()
    article = page(f"{TEXT}{odd}")
    assert time.process_time() - began < 6
    assert PARAGRAPHS[0] in article.body


def test_a_picture_within_its_tag_is_no_reason_to_lose_the_others_attributes() -> None:
    tag = f'<a href="https://hw.example/x" title="{"A B " * 3000}" rel=author>Ann Reed</a>'
    [tree] = parse_page(f"<p>{tag}</p>").iter("a")
    assert tree.get("rel") == "author"


@pytest.mark.parametrize(
    "notice",
    [
        "© 2026 Harbour Wire Network",
        "Copyright 2026 by Harbour Wire. All rights reserved.",
        "Our Standards: The Harbour Wire Trust Principles.",
    ],
)
def test_notices_at_the_end_go_also_where_captions_follow(notice: str) -> None:
    figure = "<figure><img src=x><figcaption>The pier in the rain</figcaption></figure>"
    article = page(f"{figure}{TEXT}<p>{notice}</p>")
    assert article.story == "\n\n".join(PARAGRAPHS)
    assert blocks(article)[-1] == (BlockKind.CAPTION, "The pier in the rain")


def test_who_took_a_picture_is_no_paragraph_and_what_is_on_it_a_caption() -> None:
    first, *rest = PARAGRAPHS
    seen = "Header image: Men of the harbour board stand on the old wall in the rain and look " + (
        "at the soft ground below it on the first Tuesday in March."
    )
    below = "".join(f"<p>{paragraph}</p>" for paragraph in rest)
    article = page(f"<p>{first}</p><p>(Credit: Ann Reed / Harbour Wire)</p>{below}<p>{seen}</p>")
    assert article.story == "\n\n".join(PARAGRAPHS)
    assert blocks(article)[-1] == (BlockKind.CAPTION, seen)


def test_a_page_of_mere_text_has_its_paragraphs() -> None:
    text = "\n\n".join(PARAGRAPHS)
    article = read_page(f"<html><head><title>Pier opens late</title></head>{text}</html>".encode())
    assert article.body == text
