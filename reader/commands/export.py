"""`onrecord export`: articles or quotations for other programs, with citations."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from reader.commands.opening import archive_of, library, make_searchable, settings_of
from reader.commands.search import limit, query_of
from reader.core.article import ArticleId
from reader.core.records import ArchivedArticle, Sort
from reader.export.file import write_file
from reader.export.items import Item, item_of, items_of
from reader.terminal import say, use_utf8

if TYPE_CHECKING:
    from reader.library import Library

NAMES = ("json", "csv", "markdown", "html", "bibtex", "csl-json")
"""The formats, as `reader.export.formats` has them (which is imported when one is written)."""


def arguments(parser: argparse.ArgumentParser, command: str) -> None:
    """Declare what the command takes."""
    parser.description = (
        "Write out articles, or with --quotes what was said, each with its citation:\n"
        "the whole archive, or what matches the query."
    )
    parser.epilog = (
        "examples:\n"
        "  onrecord export --format csv --quotes -o quotations.csv\n"
        "  onrecord export harbour tunnel --format markdown | less\n"
        "  onrecord export ferry --format csl-json -o references.json"
    )
    parser.add_argument("words", nargs="*", metavar="QUERY", help="what to look for")
    parser.add_argument("--format", choices=NAMES, required=True, help="the format")
    parser.add_argument("--quotes", action="store_true", help="quotations, not articles")
    parser.add_argument("--sort", choices=[str(s) for s in Sort], default="newest")
    parser.add_argument("--limit", metavar="N", type=limit, default=0, help="how many at most")
    parser.add_argument("-o", "--output", metavar="FILE", help="where to, instead of stdout")


def run(args: argparse.Namespace) -> int:
    """Export; 1 when nothing matched."""
    settings = settings_of(args)
    from reader.export.formats import FORMATS

    count = 0

    def counted(items: Iterator[Item]) -> Iterator[Item]:
        nonlocal count
        for item in items:
            count += 1
            yield item

    with library(archive_of(args, settings)) as archive:
        if args.words:
            make_searchable(archive)
        pieces = FORMATS[args.format](counted(_items(archive, args)), quotes=args.quotes)
        if args.output and args.output != "-":
            write_file(Path(args.output), pieces)
        else:
            use_utf8()
            for piece in pieces:
                sys.stdout.write(piece)
    if not count:
        say("nothing matches")
    return 0 if count else 1


def _items(archive: Library, args: argparse.Namespace) -> Iterator[Item]:
    query = query_of(args)
    sort, most = Sort(args.sort), args.limit or None
    if args.quotes and query:
        together = args.format not in ("json", "csv")
        yield from _matching_quotations(archive, query, sort, most, together=together)
        return
    if query:
        numbers = list(archive.search(query, sort=sort, limit=most).ids)
    else:
        numbers = list(archive.article_ids())
        if sort is Sort.OLDEST:
            numbers.reverse()
    articles = (archive.article(ArticleId(number)) for number in numbers)
    items = (item for found in articles for item in items_of(found, quotes=args.quotes))
    yield from islice(items, most)


def _matching_quotations(
    archive: Library, query: str, sort: Sort, most: int | None, *, together: bool
) -> Iterator[Item]:
    """The quotations that match; with `together` those of one article follow each other."""
    rows, _ = archive.quoted.search(query, sort=sort, limit=most)
    if together:
        first = {row.article_id: i for i, row in reversed(list(enumerate(rows)))}
        rows.sort(key=lambda row: (first[row.article_id], row.ordinal))
    found: ArchivedArticle | None = None
    for row in rows:
        if found is None or found.id != row.article_id:
            found = archive.article(row.article_id)
        if row.ordinal >= len(found.extraction.quotations):
            continue  # the article has another text since the search
        yield item_of(found, row.ordinal)
