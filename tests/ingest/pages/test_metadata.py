"""What pages of many content systems say about their articles."""

from __future__ import annotations

import pytest

from reader.core.dates import iso
from reader.ingest.pages.page import read_page
from tests.ingest.pages.newsrooms import PAGES, PARAGRAPHS, Page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_newsrooms_page_is_read_right(page: Page) -> None:
    article = read_page(page.html.encode())
    assert article.title == page.title
    assert article.byline == page.byline
    assert iso(article.published) == page.date
    assert article.outlet == page.outlet
    assert article.section == page.section
    assert article.body == "\n\n".join(PARAGRAPHS)
