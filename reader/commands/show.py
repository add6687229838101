"""`onrecord show`: one article as text."""

from __future__ import annotations

import argparse

from reader.commands.files import articles_in, print_refused
from reader.commands.opening import archive_of, library, settings_of
from reader.commands.versions import (
    as_it_stood,
    copy_lines,
    other_texts_wanted,
    print_differences,
    print_versions,
    stories_shape,
    version_arguments,
)
from reader.commands.wording import article_lines, extracted_lines, link_lines, own_lines
from reader.core.article import Article, ArticleId
from reader.core.quotation import Extraction
from reader.errors import ReaderError, UsageError
from reader.export.shapes import archived_shape, article_shape, own_shape
from reader.terminal import Output, say, use_utf8


def arguments(parser: argparse.ArgumentParser, command: str) -> None:
    """Declare what the command takes."""
    parser.description = (
        "Print one article as text: one of the archive by its number, or what a file holds.\n"
        "A file whose name is a number is written ./12."
    )
    parser.epilog = (
        "examples:\n"
        "  onrecord show 12\n"
        "  onrecord show 12 --quotes\n"
        "  onrecord show 12 --links\n"
        "  onrecord show story.html | less"
    )
    parser.add_argument("words", nargs="*", metavar="ID|PATH", help="a number, a file, or -")
    parser.add_argument("--quotes", action="store_true", help="who said what in it, below the text")
    parser.add_argument("--links", action="store_true", help="where its links lead, below the text")
    version_arguments(parser)
    parser.add_argument("--json", action="store_true", help="print it as a line of JSON")


def run(args: argparse.Namespace) -> int:
    """Print the articles asked for; 1 when one was not there."""
    if not args.words:
        raise UsageError("show what? give an article's number or a file; see onrecord show --help")
    if args.json:
        use_utf8()
    if other_texts_wanted(args) and not all(_is_number(word) for word in args.words):
        raise UsageError("--versions, --version, --diff and --against are for numbers of articles")
    out = Output()
    missing = 0
    for i, word in enumerate(args.words):
        if i and not args.json:
            out.line()
        if _is_number(word):
            missing += _archived(out, args, word)
        else:
            missing += _file(out, args, word)
    return 1 if missing else 0


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit()


def _archived(out: Output, args: argparse.Namespace, word: str) -> int:
    if len(word) > 18:
        raise ReaderError(f"there is no article {word[:18]}…")
    with library(archive_of(args, settings_of(args))) as archive:
        try:
            found = archive.article(ArticleId(int(word)))
            if args.versions:
                print_versions(out, found, as_json=args.json)
                return 0
            if args.diff or args.against:
                return print_differences(out, archive, found, args)
        except ReaderError as error:
            say(error)
            return 1
        if args.version:
            found = as_it_stood(archive, found, args.version)
        copies = archive.stories.copies(found.id)
    if args.json:
        more = stories_shape(found, copies) | own_shape(found)
        out.json(archived_shape(found) | more | _links(found.article, args))
        return 0
    _print(out, found.article, found.extraction if args.quotes else None, args.links)
    for line in () if args.version else copy_lines(out, found, copies):
        out.line(line)
    for line in own_lines(out, found):
        out.line(line)
    return 0


def _file(out: Output, args: argparse.Namespace, word: str) -> int:
    missing, first = 0, True
    for found in articles_in([word]):
        if not isinstance(found, Article):
            missing = 1
            print_refused(out, found, as_json=args.json)
            continue
        extraction = _extraction(found) if args.quotes or args.json else None
        if args.json:
            shape = article_shape(found, extraction, number=None)
            out.json(shape | _links(found, args))
            continue
        if not first:
            out.line()
        first = False
        _print(out, found, extraction, args.links)
    return missing


def _links(article: Article, args: argparse.Namespace) -> dict[str, object]:
    """The links as JSON, where they were asked for."""
    if not args.links:
        return {}
    pairs = enumerate(article.linked_words.items(), 1)
    return {"links": [{"number": n, "text": words, "url": url} for n, (url, words) in pairs]}


def _extraction(article: Article) -> Extraction:
    from reader.extraction.engine import default_engine

    return default_engine().extract(article.body)


def _print(out: Output, article: Article, extraction: Extraction | None, links: bool) -> None:
    for line in article_lines(out, article):
        out.line(line)
    if links:
        out.line()
        for line in link_lines(out, article):
            out.line(line)
    if extraction is None:
        return
    for quotation in extraction.quotations:
        out.line()
        for line in extracted_lines(out, article.body, extraction, quotation):
            out.line(line)
