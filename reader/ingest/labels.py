"""Stories that begin with labelled lines: "Title: ...", "Author: ...", "Date: ..."."""

from __future__ import annotations

import re
from typing import Final

_LABELS: Final = {
    "title": "title",
    "headline": "title",
    "author": "author",
    "authors": "author",
    "by": "author",
    "byline": "author",
    "date": "date",
    "published": "date",
    "publication date": "date",
    "source": "outlet",
    "outlet": "outlet",
    "publisher": "outlet",
    "publication": "outlet",
    "url": "url",
    "link": "url",
    "section": "section",
    "category": "section",
}
_LINE = re.compile(r"([A-Za-z][A-Za-z ]{1,18})\s?:\s+(\S.{0,1000})")


def take_labels(chunks: list[str], labels: dict[str, str]) -> None:
    """Move labelled lines from the beginning of `chunks` to `labels`, by what they label.

    Nothing is moved unless there are two of them at least, one of which is the title, the author
    or the date.
    """
    found: dict[str, str] = {}
    count = 0
    for chunk in chunks[:12]:
        line = _LINE.fullmatch(chunk) if len(chunk) < 1_100 else None
        field = _LABELS.get(line[1].strip().lower()) if line else None
        if line is None or field is None:
            break
        found.setdefault(field, line[2].strip())
        count += 1
    if count >= 2 and found.keys() & {"title", "author", "date"}:
        labels.update(found)
        del chunks[:count]
