"""A saved or fetched web page to an article."""

from __future__ import annotations

import re
from typing import Final

from reader.core.article import Article, BlockKind
from reader.core.text import clean_line
from reader.errors import IntakeError
from reader.ingest import furniture, limits
from reader.ingest.build import Part, build_article
from reader.ingest.bylines import is_office, read_byline, strip_by
from reader.ingest.dating import without_dates
from reader.ingest.encoding import decode
from reader.ingest.outlets import outlet_from_copyright
from reader.ingest.pages.body import read_body
from reader.ingest.pages.hidden import drop_hidden
from reader.ingest.pages.metadata import PageMetadata, base_of, read_metadata
from reader.ingest.pages.tree import parse_page

_SHORT: Final = 600
_ERROR: Final = re.compile(
    r"(?:error )?(?:40[0-9]|41[0-9]|50[0-9])\b|(?:page |article )?(?:not found|no longer available)"
    r"|(?:access|permission) denied|forbidden\Z|just a moment|attention required|are you a robot|"
    r"(?:service|site) (?:temporarily )?unavailable|bad gateway|internal server error|"
    r"too many requests|page not found|enable javascript",
    re.IGNORECASE,
)


def read_page(
    data: bytes,
    *,
    outlet: str | None = None,
    path: str | None = None,
    url: str | None = None,
    declared: str | None = None,
) -> Article:
    """Return the article on an HTML page; nothing is fetched, run or looked up.

    At most the first `limits.PAGE` bytes are read. `outlet` overrides what the page says, `url` is
    where it came from, `declared` the encoding that its server named. Raises `IntakeError` for a
    page without an article.
    """
    text = decode(data[: limits.PAGE], declared)
    tree = parse_page(text)
    about = read_metadata(tree, text, url)
    base = base_of(tree, about.url)
    drop_hidden(tree)
    parts = _without_head_and_foot(read_body(tree, about.title, base), about)
    stated = about.linked.body
    if len(stated) > 300 and _holds(stated, parts):
        # The page shows its text by a script, or a part of it only: it says itself what is in it.
        parts = [Part(piece) for piece in stated.replace("\r", "").split("\n") if piece.strip()]
    length = sum(len(part.text) for part in parts)
    if length < _SHORT and _ERROR.match(about.title):
        raise IntakeError("is an error page, not an article")
    if not any(len(part.text) > 20 for part in parts):
        raise IntakeError("holds no article text")
    return build_article(
        title=about.title,
        parts=parts,
        byline=about.byline,
        published=about.published,
        outlet=outlet or about.outlet,
        section=about.section,
        url=about.url,
        path=path,
    )


def _holds(stated: str, parts: list[Part]) -> bool:
    """Whether a text that the page states for itself is a good deal longer than what it shows, and
    begins like it: what shows one story and states another is not believed."""
    shown = [part.text for part in parts if len(part.text) > 60]
    if len(stated) <= 2 * sum(len(part.text) for part in parts):
        return False
    flat = "".join(stated.split())
    return not shown or any("".join(text.split())[:60] in flat for text in shown[:5])


def _without_head_and_foot(parts: list[Part], about: PageMetadata) -> list[Part]:
    """The blocks without a byline or date at the top and notices at the end."""
    start, end = 0, len(parts)
    for at in range(min(end, 5)):
        if _is_about(parts[at], about):
            start = at + 1
        elif len(parts[at].text) > 40 or parts[at].text.endswith((".", "?", "!", "”", '"')):
            break
    while end > start and parts[end - 1].kind is BlockKind.CAPTION:
        end -= 1
    story = end
    while story > start and _is_notice(parts[story - 1]):
        story -= 1
    return parts[start:story] + parts[end:]


def _is_about(part: Part, about: PageMetadata) -> bool:
    """Whether one of the first blocks repeats title, author or date."""
    text = clean_line(part.text, 300)
    if len(text) > 150 or part.kind is BlockKind.CAPTION:
        return False
    if text.casefold() == about.title.casefold():
        return True
    if len(text.split()) <= 5 and not text.endswith(".") and is_office(text):
        return True
    names = read_byline(text, about.outlet)
    if strip_by(text) is not None and set(names) & set(about.byline):
        return True
    is_label = len(text) < 80 and not text.endswith((".", "?", "!", "”", '"'))
    if is_label and any(name in text for name in about.byline):
        return True
    rest = without_dates(text)
    for name in about.byline:
        rest = rest.replace(name, " ")
    return len(rest.split()) <= 2 and rest.strip() != text


def _is_notice(part: Part) -> bool:
    """Whether one of the last blocks speaks of the page and not of the story."""
    text = part.text
    return (
        furniture.is_notice(text)
        or furniture.is_copyright(text)
        or furniture.opens_related(text)
        or part.kind is BlockKind.SUBHEAD
        or (len(text) < 160 and outlet_from_copyright(text) is not None)
    )
