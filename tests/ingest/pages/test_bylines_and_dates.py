"""What a page says of itself and what it shows: bylines of many kinds, dates, headlines, lies."""

from __future__ import annotations

import datetime as dt

import pytest

from reader.core.article import Article
from reader.ingest.pages.page import read_page
from tests.ingest.pages.newsrooms import PARAGRAPHS

TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
LIES = """{"@type": "NewsArticle", "headline": "Buy Cheap Watches Today", "author": "Rob Ott",
"datePublished": "2019-01-01", "articleBody": "%s"}"""


def lying(data: str, more: str = "") -> Article:
    """A page whose JSON-LD is what is given."""
    html = (
        f'<title>Pier opens late</title>{more}<script type="application/ld+json">{data}</script>'
        f"<h1>Pier opens late</h1><p>By Ann Reed</p><time datetime=2026-03-03></time>{TEXT}"
    )
    return read_page(html.encode())


def test_linked_data_about_something_else_is_not_believed() -> None:
    article = lying(LIES % ("Watches at half the price, and never again so cheap. " * 100))
    assert article.title == "Pier opens late"
    assert article.byline == ("Ann Reed",)
    assert article.published == dt.date(2026, 3, 3)
    assert article.body == "\n\n".join(PARAGRAPHS)


def test_another_headline_for_the_same_address_is_believed() -> None:
    data = '{"@type": "Article", "headline": "Xyz Abcd", "url": "https://hw.example/pier", ' + (
        '"author": {"name": "Tom Hall"}}'
    )
    article = lying(data, '<link rel=canonical href="https://hw.example/pier">')
    assert article.byline == ("Tom Hall",)


@pytest.mark.parametrize(
    "data",
    [
        '{"@type": 7, "headline": {"a": []}, "author": [[[1]]], "datePublished": {"x": 1}}',
        '{"@type": ["NewsArticle", null], "headline": ["Pier opens late"], "author": 12}',
        '{"@type": "NewsArticle", "author": {"name": {"name": {"name": 3}}}, "publisher": "x"}',
        '{"@graph": [[{"@type": "NewsArticle", "author": {"@id": "#a"}}, {"@id": "#a"}]]}',
        '{"@type": "NewsArticle", "author": {"@id": "#a"}, "@id": "#a"}',
        '{"@type": "NewsArticle", "author": "https://x.example/a", "datePublished": "9999-99-99"}',
        '{"@type": "NewsArticle", "author": null, "headline": 1e999, "dateCreated": 1}',
        '[{"@type": "NewsArticle"',
        "null",
        "\ufeff[]",
    ],
)
def test_linked_data_of_the_wrong_types_says_nothing(data: str) -> None:
    article = lying(data)
    assert (article.title, article.byline) == ("Pier opens late", ("Ann Reed",))
    assert article.published == dt.date(2026, 3, 3)


def test_a_date_in_the_future_gives_way_to_one_that_has_been() -> None:
    article = lying('{"@type": "NewsArticle", "datePublished": "2093-01-01T00:00:00Z"}')
    assert article.published == dt.date(2026, 3, 3)


def test_authors_are_found_however_they_are_nested() -> None:
    for author in (
        '"Ann Reed, Tom Hall"',
        '["Ann Reed", "Tom Hall"]',
        '[{"@type": "Person", "name": "Ann Reed"}, {"name": ["Tom Hall"]}]',
        '{"@list": 1, "name": "By Ann Reed and Tom Hall, Harbour Wire"}',
    ):
        article = lying(f'{{"@type": "NewsArticle", "author": {author}}}')
        assert article.byline == ("Ann Reed", "Tom Hall"), author


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("https://cdn.example/a/", "https://cdn.example/a/board"),
        ("/b/", "https://hw.example/b/board"),
        ("javascript:alert(1)//", "https://hw.example/2026/board"),
        ("file:///etc/", "https://hw.example/2026/board"),
    ],
)
def test_links_are_resolved_against_the_base_if_that_is_a_web_address(
    base: str, expected: str
) -> None:
    html = (
        f'<base href="{base}"><link rel=canonical href="https://hw.example/2026/pier">'
        f"<title>Pier opens late</title><h1>Pier opens late</h1>{TEXT}"
        '<p>More of it was said at the end by <a href="board">the board</a> of the harbour.</p>'
    )
    assert [link.url for link in read_page(html.encode()).links] == [expected]


DATA = '<meta name="twitter:data1" content="Ann Reed">'


@pytest.mark.parametrize(
    ("markup", "names"),
    [
        ('<p class="author vcard"><b class=fn>Ann Reed</b> Senior Washington Correspondent</p>', 1),
        ("<cite class=byline>By ANN REED and TOM HALL - AP Writers | AP – 1 hr ago</cite>", 2),
        ("<div class=byline><a href=/a>Ann Reed</a><br>Harbour Wire<br>Tue, 3 March</div>", 1),
        ("<div><a href=/authors/ann>Ann Reed</a>, <a href=/authors/tom>Tom Hall</a></div>", 2),
        ("<p>Par ANN REED, TOM HALL Envoyés spéciaux à Toulouse</p>", 2),
        ("<p>Von Ann Reed am 3. März 2026, 11:51 | 0 Meinungen</p>", 1),
        ("<div>3 March 2026 · Ann Reed</div>", 1),
        ('<meta name="twitter:creator" content="Ann Reed">', 1),
        ('<meta name="twitter:creator" content="@annreed">', 0),
        ('<meta property="article:author" content="https://hw.example/authors/ann-reed">', 1),
        ('<meta name="twitter:label1" content="Written by">' + DATA, 1),
        ('<meta name="twitter:label1" content="Reading time">' + DATA, 0),
        ("<div class=x-img__author>Photograph by <b>Tom Hall</b></div><p>By Ann Reed</p>", 1),
        ("<span class=img-author>Tom Hall</span><p>By Ann Reed</p>", 1),
        ("<p class=author>Foto: Tom Hall</p><p>By Ann Reed</p>", 1),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Pier opens '
         'late", "author": "Ann Reed &amp; Tom&#32;Hall"}</script>', 2),
        ("<p>3 March 2026 | 15:49 VON Ann Reed IN <a href=/h>Harbour</a> | 0 comments</p>", 1),
        ('<span itemprop=author>Autor/in: Ann Reed</span>', 1),
        ("<div class=byline>Eine Analyse von <a rel=author href=/a>Ann Reed</a></div>", 1),
        ("<p class=author>Gastbeitrag von Ann Reed und Tom Hall</p>", 2),
        ("<div class=byline>A guest post by Ann Reed</div>", 1),
        ('<meta name=author content="Ann Reed"><ul class=authors><li>Ann Reed</li><li><a '
         'href="https://scholar.google.com/scholar?q=Ann">Google Scholar</a></li></ul>', 1),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Pier opens '
         'late", "author": "Der Hafen"}</script><div class=autoren>Von Ann Reed</div>', 1),
        ("<ol class=comments-list><li class=author>Ann Reed</li></ol>", 0),
        ("<nav><a href=/authors/ann-reed>Ann Reed</a></nav>", 0),
        ("<div class=related><p>By Ann Reed</p></div>", 0),
        ("<ul><li><a href=/nk>North Korea</a> 3 March 2026</li></ul>", 0),
    ],
)  # fmt: skip
def test_the_names_in_many_kinds_of_bylines(markup: str, names: int) -> None:
    html = f"<title>Pier opens late</title><h1>Pier opens late</h1>{markup}{TEXT}"
    assert read_page(html.encode()).byline == ("Ann Reed", "Tom Hall")[:names]


@pytest.mark.parametrize(
    ("markup", "url", "expected"),
    [
        ("<p>By Ann Reed, 8.5.12</p>", "", dt.date(2012, 5, 8)),
        ("<div>VERÖFFENTLICHT AM 03.03.2026 <ul><li>Hafen</li><li>Stadt</li></ul> und anderes, das "
         "mehr Worte macht als ein Datum</div>", "",
         dt.date(2026, 3, 3)),
        ("<p>Published in the harbour on 4 May 2019 was only a list of names of people here.</p>",
         "", None),
        ("<p>It was on August 14, 1935 that the old pier was opened with a speech.</p>", "", None),
        ("", "/2010/POLITICS/08/13/pier.html", dt.date(2010, 8, 13)),
        ("<time datetime=2026-03-09>Published 3 March 2026</time>", "", dt.date(2026, 3, 3)),
        ("<p>3 March 2026</p><a href=/x><time pubdate datetime=2026-04-01>Ferry</time></a>", "",
         dt.date(2026, 3, 3)),
        ("<p>Published 3 March 2026</p><div class=related><time datetime=2026-04-01></time></div>",
         "", dt.date(2026, 3, 3)),
    ],
)  # fmt: skip
def test_the_date_is_that_of_the_story(markup: str, url: str, expected: dt.date | None) -> None:
    link = f'<link rel=canonical href="https://hw.example{url}">' if url else ""
    html = f"<title>Pier opens late</title>{link}<h1>Pier opens late</h1>{markup}{TEXT}"
    assert read_page(html.encode()).published == expected


@pytest.mark.parametrize(
    ("html", "title", "outlet"),
    [
        ("<title>Pier opens late | Harbour Wire</title><h1>Harbour Wire</h1>"
         "<h1>Pier opens late</h1>", "Pier opens late", "Harbour Wire"),
        ("<title>Pier opens late - HW</title><h1><span>Exclusive</span>Pier opens late</h1>"
         '<meta property="og:title" content="Pier opens late">', "Pier opens late", "HW"),
        ("<title>HARBOUR</title><h1>Pier opens late again</h1><h1>Harbour Newsletter</h1>",
         "Pier opens late again", None),
        ("<title>Song : Ann Reed (live)</title><h1>Song : Ann Reed (live)</h1>",
         "Song : Ann Reed (live)", None),
        ("<title>X</title><h1><b>Harbour</b><span class=visually-hidden>: </span><span>Pier opens "
         "late</span></h1>", "Harbour: Pier opens late", None),
        ("<title>Hafen</title><h1><div>Pier opens late</div>, again</h1>",
         "Pier opens late, again", None),
        ('<meta property="og:title" content="pier-late-2026"><title>Pier opens late | HW</title>'
         "<h1>Pier opens late</h1>", "Pier opens late", "HW"),
        ("<title>Must Haves 2026 [Anzeige] - HW</title><h1>HW</h1><h1>2026 Must Haves</h1>"
         "<h1>Must Haves 2026 [Anzeige]</h1>", "Must Haves 2026 [Anzeige]", "HW"),
        ("<title>Guinée : un braconnier condamné à la peine ‹ Harbour Wire</title>",
         "Guinée : un braconnier condamné à la peine", None),
        ("<title>harbour.example</title><h1></h1><h2>Pier opens late again</h2>",
         "Pier opens late again", None),
    ],
)  # fmt: skip
def test_the_headline_is_what_several_agree_on(html: str, title: str, outlet: str | None) -> None:
    article = read_page(f"{html}{TEXT}".encode())
    assert (article.title, article.outlet) == (title, outlet)


def test_the_date_at_the_end_of_the_browser_title_counts() -> None:
    head = "<title>Pier opens late | HW | 03.03.2026</title><h1>Pier opens late</h1>"
    html = f"{head}{TEXT}<div class=more><span class=date>1 August 2019</span></div>"
    article = read_page(html.encode())
    assert (article.published, article.outlet) == (dt.date(2026, 3, 3), "HW")


def test_a_headline_below_the_sites_own_name_has_its_author_beside_it() -> None:
    head = "<title>Pier opens late - HW</title><h1>HW</h1><h2>Pier opens late</h2>"
    html = f"{head}<div><span>Ann Reed</span> | 03.03.2026 um 14:26</div>{TEXT}"
    article = read_page(html.encode())
    assert (article.byline, article.published) == (("Ann Reed",), dt.date(2026, 3, 3))
