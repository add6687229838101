"""Pages as the content systems of many newsrooms write them, each with what must be read in it.

Every page has the same body; head and heading are each system's own way of naming author and date.
"""

from __future__ import annotations

from dataclasses import dataclass

PARAGRAPHS = (
    "The harbour board said on Tuesday that the new pier would open in the spring, two years later "
    "than first planned, after engineers found soft ground under the old wall.",
    "“We would rather be late than wrong,” said Maria Okafor, the board’s chair, adding that the "
    "cost had risen to 48 million crowns since the first stone was laid.",
    "Shop owners along the front said they had lost a third of their trade since the road closed, "
    "and asked the council for help with their rent until the work is done.",
    "The council, which meets on Thursday, has so far refused. Its leader, Tom Brandt, was not at "
    "his desk on Tuesday and did not answer messages left with his office.",
)
TEXT = "".join(f"<p>{paragraph}</p>\n" for paragraph in PARAGRAPHS)


@dataclass(frozen=True, slots=True)
class Page:
    """A page and what a careful person reads in it."""

    name: str
    head: str
    body: str
    byline: tuple[str, ...]
    date: str | None
    outlet: str | None = "Harbour Wire"
    section: str | None = None
    title: str = "Pier opens two years late"

    @property
    def html(self) -> str:
        """The whole page."""
        return f"<!DOCTYPE html><html><head>{self.head}</head><body>{self.body}</body></html>"


def ld(json: str) -> str:
    """A JSON-LD script."""
    return f'<script type="application/ld+json">{json}</script>'


H1 = "<h1>Pier opens two years late</h1>"
TITLE = "<title>Pier opens two years late - Harbour Wire</title>"
SITE = '<meta property="og:site_name" content="Harbour Wire">'

PAGES = (
    Page(
        "graph of a blog plug-in, author by reference",
        TITLE
        + ld(
            '{"@context":"https://schema.org","@graph":[{"@type":"Article","@id":"#a","isPartOf":'
            '{"@id":"#w"},"author":{"name":"","@id":"#p"},"headline":"Pier opens two years late",'
            '"datePublished":"2026-03-03T10:00:00+00:00","dateModified":"2026-03-05T09:00:00+00:00",'
            '"publisher":{"@id":"#o"},"articleSection":["Ports","Local"]},{"@type":"WebPage","@id":'
            '"#w","datePublished":"2026-03-03T10:00:00+00:00"},{"@type":"Organization","@id":"#o",'
            '"name":"Harbour Wire"},{"@type":["Person"],"@id":"#p","name":"Ann Reed"}]}'
        ),
        f"<article>{H1}<div class='entry-meta'>by <a rel='author' href='/a'>Ann Reed</a></div>"
        f"<div class='entry-content'>{TEXT}</div></article>",
        ("Ann Reed",),
        "2026-03-03T10:00:00+00:00",
        section="Ports",
    ),
    Page(
        "list of authors",
        TITLE
        + SITE
        + ld(
            '{"@type":"NewsArticle","headline":"Pier opens two years late","author":[{"@type":'
            '"Person","name":"Ann Reed"},{"@type":"Person","name":"Tom Hall"}],"datePublished":'
            '"2026-03-03T08:15:00-05:00","articleSection":"Ports"}'
        ),
        f"<main>{H1}<p class='byline'>Ann Reed and Tom Hall</p>{TEXT}</main>",
        ("Ann Reed", "Tom Hall"),
        "2026-03-03T08:15:00-05:00",
        section="Ports",
    ),
    Page(
        "author is the organisation, name in the byline",
        TITLE
        + SITE
        + ld(
            '{"@type":"ReportageNewsArticle","headline":"Pier opens two years late","author":[{'
            '"@type":"NewsMediaOrganization","name":"Harbour Wire"}],"datePublished":'
            '"2026-03-03T10:00:00.000Z"}'
        ),
        f"<main><article>{H1}<div data-testid='byline-contributors'><div><span>Ann "
        f"Reed</span></div>"
        f"<span>Transport correspondent</span></div>"
        f"<div>{TEXT}</div></article></main>",
        ("Ann Reed",),
        "2026-03-03T10:00:00+00:00",
    ),
    Page(
        "authors as bare strings, script in a comment",
        TITLE
        + SITE
        + ld(
            '<!-- {"@type":"Article","headline":"Pier opens two years late","author":"Ann Reed, '
            'Tom Hall","datePublished":"2026-03-03"} -->'
        ),
        f"<div id='content'>{H1}{TEXT}</div>",
        ("Ann Reed", "Tom Hall"),
        "2026-03-03",
    ),
    Page(
        "meta elements only",
        TITLE
        + SITE
        + '<meta name="author" content="By Ann Reed"><meta property="article:published_time" '
        'content="2026-03-03T10:00:00Z"><meta property="article:modified_time" '
        'content="2026-03-09T10:00:00Z"><meta property="article:section" content="Ports">'
        '<meta property="article:author" content="https://www.facebook.com/annreed">',
        f"<article>{H1}{TEXT}</article>",
        ("Ann Reed",),
        "2026-03-03T10:00:00+00:00",
        section="Ports",
    ),
    Page(
        "meta author is the outlet, byline in a class",
        TITLE + SITE + '<meta name="author" content="Harbour Wire">',
        f"<article>{H1}<div class='article-byline'>By <span class='byline-name'>Ann Reed</span> "
        f"and "
        f"<span class='byline-name'>Tom Hall</span> <time datetime='2026-03-03T10:00:00+01:00'>"
        f"3 March 2026</time></div>{TEXT}</article>",
        ("Ann Reed", "Tom Hall"),
        "2026-03-03T10:00:00+01:00",
    ),
    Page(
        "microdata",
        TITLE,
        "<article itemscope itemtype='https://schema.org/NewsArticle'>"
        + H1.replace("<h1>", "<h1 itemprop='headline'>")
        + "<span itemprop='author' itemscope><span itemprop='name'>Ann Reed</span></span>"
        "<meta itemprop='datePublished' content='2026-03-03T10:00:00Z'>"
        f"<div itemprop='articleBody'>{TEXT}</div></article>"
        "<footer>© 2026 Harbour Wire. All rights reserved.</footer>",
        ("Ann Reed",),
        "2026-03-03T10:00:00+00:00",
    ),
    Page(
        "text rules only",
        TITLE,
        f"<div id='page'><div class='head'>{H1}<p>By ANN REED, Political Editor</p>"
        f"<p>Published March 3, 2026 at 10:00 a.m. EST | Updated March 4, "
        f"2026</p></div>{TEXT}</div>",
        ("Ann Reed",),
        "2026-03-03T10:00:00-05:00",
    ),
    Page(
        "words by, role and place",
        TITLE + SITE,
        f"<main>{H1}<p class='credits'>Words: Ann Reed in Sabel</p><span class='date'>3 March 2026"
        f"</span>{TEXT}</main>",
        ("Ann Reed",),
        "2026-03-03",
    ),
    Page(
        "paper's own meta names",
        TITLE + SITE + '<meta name="byl" content="By Ann Reed and Tom Hall">'
        '<meta name="pdate" content="20260303">'
        '<meta name="parsely-pub-date" content="2026-03-03T10:00:00Z">'
        '<meta name="parsely-section" content="Ports">',
        f"<article>{H1}{TEXT}</article>",
        ("Ann Reed", "Tom Hall"),
        "2026-03-03T10:00:00+00:00",
        section="Ports",
    ),
    Page(
        "agency byline only",
        TITLE + SITE + '<meta name="author" content="Agence France-Presse">',
        f"<article>{H1}<time pubdate datetime='2026-03-03'>Mar 3</time>{TEXT}</article>",
        ("Agence France-Presse",),
        "2026-03-03",
    ),
    Page(
        "date in the address, other stories' dates around",
        TITLE + SITE + '<link rel="canonical" href="https://hw.example/2026/03/03/pier-opens">',
        f"<article>{H1}<span class='author-name'>Ann Reed</span>{TEXT}</article>"
        "<aside class='related'><div class='byline'>By Una Frost</div>"
        "<time datetime='2026-03-12T10:00:00Z'>12 March</time></aside>",
        ("Ann Reed",),
        "2026-03-03",
    ),
    Page(
        "commenters have names and dates too",
        TITLE + SITE,
        f"<article>{H1}<div class='post-info'>Ann Reed | 3 March 2026 10:00 "
        f"GMT</div>{TEXT}</article>"
        "<section id='comments'><div class='comment-author vcard'>Pat Troll</div>"
        "<time datetime='2026-03-12T10:00:00Z'>12 March</time><p>First!</p></section>",
        ("Ann Reed",),
        "2026-03-03T10:00:00+00:00",
    ),
    Page(
        "several articles in JSON-LD",
        TITLE
        + SITE
        + '<link rel="canonical" href="https://hw.example/pier">'
        + ld(
            '[{"@type":"NewsArticle","headline":"Gale hits coast","author":{"name":"Una Frost"},'
            '"datePublished":"2026-03-09"},{"@type":"NewsArticle","mainEntityOfPage":'
            '{"@id":"https://hw.example/pier"},"headline":"Pier opens two years late","author":'
            '{"@type":"Person","name":["Ann Reed"]},"datePublished":"2026-03-03T10:00:00Z"}]'
        ),
        f"<article>{H1}{TEXT}</article>",
        ("Ann Reed",),
        "2026-03-03T10:00:00+00:00",
    ),
    Page(
        "contributors as a list of links",
        TITLE + SITE + '<meta name="pubdate" content="Tue, 03 Mar 2026 10:00:00 GMT">',
        f"<article>{H1}<ul class='authors'><li><a href='/a'>Ann Reed</a></li><li><a href='/t'>Tom "
        f"Hall</a></li></ul>{TEXT}</article>",
        ("Ann Reed", "Tom Hall"),
        "2026-03-03T10:00:00+00:00",
    ),
    Page(
        "names in elements side by side, clock in between",
        TITLE + SITE + '<meta itemprop="datePublished" content="2026-03-03T10:00:00Z">',
        f"<article>{H1}<div class='contributors'>By <time>3 Mar</time> <span>Ann "
        f"Reed</span><span>Tom "
        f"Hall</span></div>{TEXT}</article>",
        ("Ann Reed", "Tom Hall"),
        "2026-03-03T10:00:00+00:00",
    ),
    Page(
        "German",
        "<title>Mole öffnet zwei Jahre zu spät | Hafenbote</title>"
        '<meta property="og:site_name" content="Hafenbote"><meta name="date" '
        'content="2026-03-03T10:00:00+01:00">',
        "<article><h1>Mole öffnet zwei Jahre zu spät</h1><div class='autor byline'>Von Jörg Müller"
        f"</div>{TEXT}</article>",
        ("Jörg Müller",),
        "2026-03-03T10:00:00+01:00",
        "Hafenbote",
        None,
        "Mole öffnet zwei Jahre zu spät",
    ),
    Page(
        "French, in words",
        "<title>Une jetée en retard - Le Phare</title>"
        '<meta property="og:site_name" content="Le Phare">',
        "<article><h1>Une jetée en retard</h1><p class='meta'>Par Zoé Lambert</p><p class='date'>"
        f"Publié le 3 mars 2026 à 10h00</p>{TEXT}</article>",
        ("Zoé Lambert",),
        "2026-03-03",
        "Le Phare",
        None,
        "Une jetée en retard",
    ),
    Page(
        "breadcrumb and kicker, no author",
        TITLE + SITE + '<meta name="DC.date.issued" content="2026-03-03">',
        f"<div><div class='breadcrumb'><a href='/'>Home</a> › <a "
        f"href='/p'>Ports</a></div>{H1}{TEXT}</div>",
        (),
        "2026-03-03",
        section="Ports",
    ),
)
