"""What other programs get: every format is well formed whatever the texts hold."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reader.core.text import clean_line
from reader.export import bibliography, markdown, page, spreadsheet
from reader.export.citation import cite, cite_article, with_citation
from reader.export.formats import FORMATS
from tests.export.stories import article, items

NASTY = '=HYPERLINK("x") | [a](b) <script>alert(1)</script> & 50% of $5 {x} \\ ~_^# `c` *d* <b>'
fields = st.text().map(clean_line)


def written(name: str, *, quotes: bool, **more: object) -> str:
    return "".join(FORMATS[name](items(quotes=quotes, **more), quotes=quotes))


def test_a_citation_has_author_title_outlet_day_and_address() -> None:
    assert cite_article(article()) == (
        "Ann Reed, “Pier Opens Two Years Late,” Harbour News, 3 March 2026, "
        "https://harbour.example/pier?a=1&b=2."
    )


def test_a_citation_leaves_out_what_is_unknown() -> None:
    bare = article(byline=(), published=None, outlet=None, url=None)
    assert cite_article(bare) == "“Pier Opens Two Years Late”."
    assert cite_article(article(byline=("A", "B"), url=None)).startswith("A and B, “")
    assert cite_article(article(byline=("A", "B", "C", "D"))).startswith("A et al., “")
    assert cite_article(article(title="Late?")).startswith("Ann Reed, “Late?” Harbour")


def test_a_quotation_is_cited_with_its_speaker_and_role() -> None:
    first, second = items(quotes=True)
    assert with_citation(first) == (
        "“We would rather be late than wrong,” — Maria Okafor, the board's chair, quoted in "
        + cite_article(article())
    )
    assert cite(second) == cite_article(article())


@pytest.mark.parametrize("quotes", [False, True])
def test_json_is_an_array_of_the_contracts_objects_with_citations(quotes: bool) -> None:
    found = json.loads(written("json", quotes=quotes))
    assert [one["citation"] for one in found] == [cite(item) for item in items(quotes=quotes)]
    assert found[0]["outlet"] == "Harbour News"
    assert found[0]["article" if quotes else "id"] == 7


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_to_export_is_still_a_document(name: str) -> None:
    text = "".join(FORMATS[name](iter(()), quotes=False))
    if name in ("json", "csl-json"):
        assert json.loads(text) == []
    if name == "csv":
        assert text.startswith("id,title,byline")


def test_csv_reads_back_as_it_was_written() -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv", quotes=True), newline="")))
    assert rows[0]["speaker_name"] == "Maria Okafor"
    assert rows[0]["text"] == '"We would rather be late than wrong,"'
    assert rows[1]["speaker_name"] == ""
    assert rows[1]["kind"] == "indirect"


@given(fields, fields)
def test_no_csv_cell_is_a_formula_whatever_the_title(title: str, name: str) -> None:
    text = written("csv", quotes=False, title=title, byline=(name,))
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(rows) == 2
    assert len(rows[1]) == len(spreadsheet.ARTICLE_COLUMNS)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in rows[1])


def plain(text: str) -> str:
    """The text a Markdown parser finds in a line, with everything it took for markup lost."""
    tokens = MarkdownIt("commonmark").enable("table").enable("strikethrough").parse(text)
    found = []
    for token in tokens:
        assert token.type in ("paragraph_open", "inline", "paragraph_close"), token
        for child in token.children or ():
            assert child.type in ("text", "text_special"), child
            found.append(child.content)
    return "".join(found)


MARKUP = """
* ** _ __ ~~ ` ``` [ ]( ) ![ < > <b> </b> <!-- --> & &amp; &#35; # ## + - --- === | \\ 1. 2) :- !
a word <https://a.example> 12
"""
markup = st.sampled_from([*MARKUP.split(), " ", "    "])


@example("~~a~~")
@example("# a")
@example("`a`")
@example("_a_")
@example("[a](b)")
@example("![a](b)")
@example("a \\( b \\")
@given(st.lists(markup | st.text(max_size=3), max_size=8).map("".join))
def test_markdown_shows_any_text_as_it_is(text: str) -> None:
    line = clean_line(text)
    assert plain(markdown.escape(line)) == " ".join(line.split())


def test_markdown_has_the_quotation_with_its_speaker() -> None:
    text = written("markdown", quotes=True)
    assert "> — **Maria Okafor**, the board's chair (direct)" in text
    assert "<https://harbour.example/pier?a=1&b=2>" in text
    assert text.count("## Pier Opens") == 1


class Checked(HTMLParser):
    """Notes every tag, and fails on anything that could run or fetch."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "img", "iframe", "link", "object", "svg"), tag
        for name, value in attrs:
            assert not name.startswith("on")
            if name in ("href", "src"):
                assert (value or "").startswith(("http://", "https://"))


@pytest.mark.parametrize("quotes", [False, True])
def test_html_holds_no_markup_from_outside(quotes: bool) -> None:
    text = written("html", quotes=quotes, title=NASTY, byline=(NASTY,), outlet=NASTY, url=None)
    Checked().feed(text)
    assert "&lt;script&gt;" in text
    Checked().feed(written("html", quotes=quotes, url='https://a.example/"><script>'))


def test_html_marks_what_was_said_in_the_body() -> None:
    text = written("html", quotes=False)
    assert '<mark class="direct" title="Maria Okafor">&quot;We would rather' in text
    assert "<h3>Next steps</h3>" in text
    assert re.sub(r"<[^>]+>", "", text).count("We would rather") == 1


def test_html_lets_an_address_with_another_scheme_be_text() -> None:
    text = "".join(page.lines(items(quotes=False, url="javascript:alert(1)"), quotes=False))
    assert "href" not in text


def test_bibtex_has_a_key_of_author_year_and_title_that_is_never_used_twice() -> None:
    text = "".join(bibliography.bibtex(items(quotes=False) + items(quotes=False), quotes=False))
    assert "@article{reed2026pier,\n  author = {Reed, Ann},\n" in text
    assert "@article{reed2026pier-2,\n" in text
    assert "  date = {2026-03-03},\n  year = {2026},\n" in text
    assert "  month = mar,\n" in text


@given(fields, fields)
def test_bibtex_braces_balance_whatever_the_texts(title: str, outlet: str) -> None:
    url = "https://a.example/{x}"
    text = written("bibtex", quotes=True, title=title, outlet=outlet, byline=(title,), url=url)
    bare = re.sub(r"\\[{}]", "", text)
    depth = 0
    for character in bare:
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0
    assert text.count("@article{") >= 1


def test_csl_json_is_what_pandoc_and_zotero_read() -> None:
    (reference,) = json.loads(written("csl-json", quotes=True))
    assert reference["type"] == "article-newspaper"
    assert reference["author"] == [{"family": "Reed", "given": "Ann"}]
    assert reference["issued"] == {"date-parts": [[2026, 3, 3]]}
    assert reference["container-title"] == "Harbour News"
    assert "Maria Okafor: “" in reference["note"]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ann Reed", {"family": "Reed", "given": "Ann"}),
        ("Ludwig van Beethoven", {"family": "van Beethoven", "given": "Ludwig"}),
        ("Reuters", {"literal": "Reuters"}),
        ("Desk, Harbour News", {"literal": "Desk, Harbour News"}),
        ("", {"literal": ""}),
    ],
)
def test_a_name_is_split_only_where_that_is_sure(name: str, parts: dict[str, str]) -> None:
    assert bibliography.name_parts(name) == parts


def test_a_datetime_is_cited_by_its_day() -> None:
    when = dt.datetime(2026, 3, 3, 23, 30, tzinfo=dt.UTC)
    assert "3 March 2026" in cite_article(article(published=when))
