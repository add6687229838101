"""HTML read without a tree gives the blocks that it gives with one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.core.text import clean
from reader.ingest.markup import _parts_of_tree, parts_of_markup
from reader.ingest.references import expose_controls
from reader.ingest.simple_markup import simple_parts

BASE = "https://harbour.example/news/"
WORDS = st.sampled_from(
    ["It rained.", " a ", "\n", " ", "\u00a0", "x&amp;y", "&#8217;s", "&nbsp;", "&rsquo;", "é",
     "&#x201c;Yes",      "one\ntwo", "&lt;b&gt;", "&notanentity;", "AT&T", "&copy", "&apos;",
     "1 < 2", "3 > 2", "&#0;", "&shy;-"]
)  # fmt: skip
NAMES = (
    "p div blockquote ul ol li h2 h3 figure figcaption section b em i a span strong sub td P"
).split()
VOID = st.sampled_from(
    ["<br>", "<br/>", "<br />", '<img src="i.jpg" alt="A pier">', "<hr>", "<p/>",
     "<!-- x -->", "</p>"]
)  # fmt: skip
ATTRIBUTES = st.sampled_from(
    ["", "", "", ' href="/x"', ' href="https://a.example/?a=1&amp;b=2"', ' class="lead"',
     " hidden",
     ' class="sr-only"', ' style="display:none"', ' href="mailto:a@b.example"',
     ' id="7"', " title='x'"]
)  # fmt: skip


def _element(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda name, attributes, inner: f"<{name}{attributes}>{''.join(inner)}</{name}>",
        st.sampled_from(NAMES),
        ATTRIBUTES,
        st.lists(inside, max_size=4),
    )


PAGES = st.lists(st.recursive(WORDS | VOID, _element, max_leaves=25), max_size=6).map("".join)


def ready(text: str) -> str:
    """A text as the parser is given it."""
    return clean(expose_controls(text)).strip()


@settings(deadline=None)
@given(PAGES)
def test_what_is_read_without_a_tree_is_what_the_tree_holds(page: str) -> None:
    text = ready(page)
    parts = simple_parts(text, BASE)
    if parts is not None:
        assert parts == _parts_of_tree(text, BASE)


STORY = (
    '<p class="lead">It <b>rained</b> on the <a href="/pier">pier</a> &amp; quay.</p>\n'
    "<h2>Later</h2><p>One<br/>two<br><br>three</p><ul><li>Item <em>one</em></li>\n<li>Two</li></ul>"
    '<blockquote><p>“Said.”</p></blockquote><figure><img src="i.jpg" alt="" />'
    "<figcaption>A photo</figcaption></figure>"
)


def test_the_markup_of_most_feeds_needs_no_tree() -> None:
    parts = simple_parts(ready(STORY), BASE)
    assert parts is not None
    assert parts == _parts_of_tree(ready(STORY), BASE) == parts_of_markup(STORY, BASE)
    assert [part.text for part in parts][-2:] == ["“Said.”", "A photo"]
    assert parts[0].links[0].url == "https://harbour.example/pier"


@pytest.mark.parametrize(
    "page",
    [
        "<p>One<p>Two",
        "<b>One</i></b>",
        "<p><div>x</div></p>",
        '<p class="sr-only">Skip</p>',
        "<p hidden>x</p>",
        "<script>x</script>",
        "<table><tr><td>x</td></tr></table>",
        "<p>1 < 2</p>",
        "<p>&unknown; x</p>",
        "<a href='x'>y</a>",
        "<b>" * 100 + "</b>" * 100,
        "<p/>",
    ],
)
def test_what_parsers_may_read_in_two_ways_is_left_to_the_tree(page: str) -> None:
    assert simple_parts(ready(page), BASE) is None
