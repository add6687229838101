"""Articles of the store as the documents that the index takes."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from reader.core.records import ArchivedArticle

if TYPE_CHECKING:
    from reader.search.backend import SearchDocument


def document(archived: ArchivedArticle, quotation_ids: Collection[int]) -> SearchDocument:
    """An article as the index takes it; `quotation_ids` are the store's, in order."""
    from reader.search.backend import SearchDocument, SearchQuotation
    from reader.storage.reading import joined

    article, extraction = archived.article, archived.extraction
    quotations = []
    for id, quotation in zip(quotation_ids, extraction.quotations, strict=False):
        names: tuple[str, ...] = ()
        role = ""
        if quotation.speaker is not None:
            speaker = extraction.speakers[quotation.speaker]
            names = (speaker.name, *speaker.aliases) if speaker.named else ()
            role = speaker.role or ("" if speaker.named else speaker.name)
        text = joined(quotation.content, article.body)
        quotations.append(SearchQuotation(id, text, quotation.kind.value, names, role))
    return SearchDocument(
        id=archived.id,
        title=article.title,
        body=article.body,
        byline=article.byline,
        outlet=article.outlet or "",
        section=article.section or "",
        url=article.url or "",
        published_key=archived.sort,
        quotations=tuple(quotations),
    )
