"""The JSON objects that scripts may rely on: one function a shape, keys always all there.

Unknown values are None; dates are ISO 8601; offsets are half-open ranges of the article's body.
"""

from __future__ import annotations

from typing import Any

from reader.core.article import Article
from reader.core.dates import iso
from reader.core.quotation import Extraction, Quotation
from reader.core.records import GAP, ArchivedArticle, ArchivedSpeaker, QuotationRow
from reader.core.span import Span

SNIPPET_LENGTH = 300
"""How many characters of the article a quotation's snippet has at most."""

Shape = dict[str, Any]


def article_shape(
    article: Article,
    extraction: Extraction | None,
    *,
    number: int | None,
    body: bool = True,
    snippet: str | None = None,
) -> Shape:
    """An article; `number` is its id in the archive, None where it is in none; without a `body`
    the key is left out."""
    byline = article.byline
    shape: Shape = {
        "id": number,
        "title": article.title,
        "byline": list(byline) if len(byline) > 1 else (byline[0] if byline else None),
        "date": iso(article.published),
        "outlet": article.outlet,
        "source": article.outlet,
        "url": article.url,
    }
    if body:
        # Quotations are found in captions too; then these belong to what offsets count in.
        last = max((q.end for q in extraction.quotations), default=0) if extraction else 0
        story = article.story
        shape["body"] = story if last <= len(story) else article.body
    return shape | {
        "path": article.path,
        "section": article.section,
        "subheads": list(article.subheads),
        "quotes": len(extraction.quotations) if extraction else 0,
        "speakers": [speaker.name for speaker in extraction.speakers] if extraction else [],
        "snippet": snippet,
    }


def archived_shape(
    archived: ArchivedArticle, *, body: bool = True, snippet: str | None = None
) -> Shape:
    """An article of the archive."""
    return article_shape(
        archived.article, archived.extraction, number=archived.id, body=body, snippet=snippet
    )


def own_shape(archived: ArchivedArticle) -> Shape:
    """The reader's own tags and notes on an article, nothing without any; `quote` is the number of
    the quotation that a note is about, counted from 1 as `onrecord show --quotes` prints them."""
    if not archived.tags and not archived.notes:
        return {}
    notes = [
        {
            "text": note.text,
            "quotation": note.said,
            "quote": None if note.ordinal is None else note.ordinal + 1,
        }
        for note in archived.notes
    ]
    return {"tags": list(archived.tags), "notes": notes}


def quotation_shape(
    article: Article, extraction: Extraction, quotation: Quotation, *, reference: int | str | None
) -> Shape:
    """A quotation; `reference` is what `onrecord show` takes for its article: the id in the
    archive, or the path of a file."""
    speaker = None if quotation.speaker is None else extraction.speakers[quotation.speaker]
    return {
        "article": reference,
        "title": article.title,
        "outlet": article.outlet,
        "date": iso(article.published),
        "url": article.url,
        "kind": str(quotation.kind),
        "text": GAP.join(span.text(article.body) for span in quotation.content),
        "content": [list(span) for span in quotation.content],
        "cue": _pair(quotation.cue),
        "speaker": _pair(quotation.mention),
        "speaker_name": speaker.name if speaker is not None and speaker.named else None,
        "role": None if speaker is None else speaker.role,
        "confidence": round(quotation.confidence, 3),
        "snippet": around(article.body, quotation),
    }


def row_shape(row: QuotationRow, archived: ArchivedArticle) -> Shape | None:
    """A quotation found in the archive, with its article; None where the article has another text
    since, without that quotation."""
    if row.ordinal >= len(archived.extraction.quotations):
        return None
    quotation = archived.extraction.quotations[row.ordinal]
    return quotation_shape(
        archived.article, archived.extraction, quotation, reference=int(row.article_id)
    )


def speaker_shape(speaker: ArchivedSpeaker) -> Shape:
    """Somebody quoted in the archive."""
    return {
        "name": speaker.name,
        "kind": str(speaker.kind),
        "aliases": list(speaker.aliases),
        "roles": list(speaker.roles),
        "quotes": speaker.quotations,
        "articles": speaker.articles,
        "first": iso(speaker.first),
        "last": iso(speaker.last),
    }


def around(body: str, quotation: Quotation) -> str:
    """The words of the article from the first to the last that belong to the quotation (content,
    cue and mention), on one line, cut to `SNIPPET_LENGTH`."""
    spans = [*quotation.content]
    spans += [span for span in (quotation.cue, quotation.mention) if span is not None]
    start = min(span.start for span in spans)
    end = max(span.end for span in spans)
    # A quotation mark on either side belongs to what is shown.
    start -= 1 if start and not body[start - 1].isspace() else 0
    end += 1 if end < len(body) and not body[end].isspace() else 0
    text = " ".join(body[start:end].split())
    return text if len(text) <= SNIPPET_LENGTH else text[: SNIPPET_LENGTH - 1].rstrip() + "…"


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else list(span)
