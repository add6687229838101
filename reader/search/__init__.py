"""Full-text search over articles and quotations: derived data, built from the store.

How the store's side uses it:

    from reader.search.index import ArchiveIndex          # imports Whoosh when first opened
    from reader.search.parser import parse                # never imports Whoosh
    from reader.search.hits import find_hits, snippet     # nor these

    # Made when missing; SearchIndexError means: build it again.
    with ArchiveIndex.open(folder / "index") as index:
        index.add(documents)                              # SearchDocuments, best oldest first
        index.delete([17, 18])
        answer = index.search("erdogan syria -truce", limit=50, as_you_type=True)
        answer.ids, answer.total, answer.exact
        index.search_quotations("by:altun said:refugees").ids      # SearchQuotation.id
        find_hits(answer.query, title, field="title")              # the characters to light up

`backend` holds the interface and the documents, `memory` a tiny second implementation of it,
`index` the one on Whoosh. Nothing here knows the store, the files or the screen.
"""
