"""`onrecord search`: articles, or quotations, that match."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from reader.commands.opening import archive_of, library, make_searchable, settings_of
from reader.commands.versions import stories_shape
from reader.commands.wording import counted, day, dotted, quotation_lines, tag_words
from reader.config import Settings
from reader.core.article import ArticleId
from reader.core.records import ArchivedArticle, ArticleRow, QuotationRow, Sort
from reader.errors import UsageError
from reader.export.shapes import archived_shape, row_shape
from reader.terminal import Output, fitted, safe, say, use_utf8

ON_A_TERMINAL = 50
"""How many results one looks through."""

FACETS = 10
"""How many values of each facet."""

if TYPE_CHECKING:
    from reader.library import Library


def arguments(parser: argparse.ArgumentParser, command: str) -> None:
    """Declare what the command takes."""
    parser.description = "Find articles in the archive, or with --quotes what was said."
    parser.epilog = (
        "examples:\n"
        "  onrecord search harbour tunnel\n"
        "  onrecord search '\"no-fly zone\"' --sort relevance\n"
        "  onrecord search ceasefire --quotes --json | jq -r .speaker_name | sort | uniq -c\n"
        "  onrecord search ceasefire --facets\n"
        "  onrecord search --save truce 'ceasefire OR truce'"
    )
    parser.add_argument("words", nargs="*", metavar="QUERY", help="what to look for")
    parser.add_argument("--quotes", action="store_true", help="find quotations, not articles")
    parser.add_argument(
        "--facets",
        action="store_true",
        help="how what matches (or, without QUERY, everything) is spread over speakers, outlets, "
        "months and tags",
    )
    parser.add_argument(
        "--save", metavar="NAME", help="keep QUERY under a name; see onrecord searches"
    )
    parser.add_argument(
        "--copies", action="store_true", help="every copy of a story, not the first one alone"
    )
    parser.add_argument("--body", action="store_true", help="with --json: the whole text too")
    result_arguments(parser)


def result_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare how many results there are to be, in which order and how printed."""
    parser.add_argument("--sort", choices=[str(s) for s in Sort], help="the order of the results")
    parser.add_argument("--limit", metavar="N", type=limit, help="how many at most; 0 for all")
    parser.add_argument("--json", action="store_true", help="print each as a line of JSON")


def limit(text: str) -> int:
    """The number of an option `--limit`. Raises what argparse expects."""
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise argparse.ArgumentTypeError(f"must be a whole number, not {text!r}")
    return int(text)


def limit_of(args: argparse.Namespace, settings: Settings) -> int | None:
    """How many results there are to be at most, None for all: what the command line says, else the
    settings, else `ON_A_TERMINAL` there and all in a pipe, where nobody sees that some are missing.
    """
    chosen = settings.limit if args.limit is None else args.limit
    if chosen is None:
        chosen = ON_A_TERMINAL if sys.stdout.isatty() and not args.json else 0
    return chosen or None


def query_of(args: argparse.Namespace) -> str:
    """The query that the command's words are; empty where they hold nothing to look for."""
    return safe(" ".join(args.words))


def run(args: argparse.Namespace) -> int:
    """Search; 0 when something was found, 1 when nothing was."""
    query = query_of(args)
    if not query and not (args.facets and args.save is None):
        raise UsageError("search for what? see onrecord search --help")
    settings = settings_of(args)
    if args.json:
        use_utf8()
    sort = Sort(args.sort) if args.sort else settings.sort
    most = limit_of(args, settings)
    with library(archive_of(args, settings)) as archive:
        if args.save is not None:
            from reader.commands.searches import save

            return save(archive, safe(args.save), query, as_json=args.json)
        make_searchable(archive)
        if args.facets:
            return _facets(archive, query, args)
        if args.quotes:
            return print_quotations(archive, query, sort, most, as_json=args.json)
        return _articles(archive, query, sort, most, args)


def print_quotations(
    archive: Library, query: str, sort: Sort, most: int | None, *, as_json: bool
) -> int:
    """Print the quotations that match; 0 when there are any, else 1."""
    out = Output()
    rows, total = archive.quoted.search(query, sort=sort, limit=most)
    if as_json:
        seen: dict[ArticleId, ArchivedArticle] = {}
        for row in rows:
            # The rows of one article mostly follow each other: one read for all of them.
            if row.article_id not in seen:
                seen = {row.article_id: archive.article(row.article_id)}
            shape = row_shape(row, seen[row.article_id])
            if shape is not None:
                out.json(shape)
        return 0 if rows else 1
    for row in rows:
        _print_quotation(out, archive, query, row)
    _closing(out, len(rows), total, "quotation")
    return 0 if rows else 1


def _print_quotation(out: Output, archive: Library, query: str, row: QuotationRow) -> None:
    """Print one quotation with where it stands."""
    where = dotted(fitted(safe(row.article_title), 60), row.outlet, day(row.published))
    lines = quotation_lines(
        out,
        row.text,
        row.kind,
        row.speaker_name,
        row.role,
        below=f"{where} [{row.article_id}]",
        hits=lambda line: archive.find_hits(query, line, "quotation") if query else (),
    )
    for line in lines:
        out.line(line)
    out.line()


def _facets(archive: Library, query: str, args: argparse.Namespace) -> int:
    """Print how what matches is spread; 0 when anything matches, else 1."""
    from reader.commands.searches import print_facets
    from reader.core.facets import Facet

    ids = archive.search(query, limit=None, fold=not args.copies).ids
    top = FACETS if args.limit is None else args.limit or None
    print_facets([(f, archive.facets(f, ids, top=top)) for f in Facet], as_json=args.json)
    if not ids:
        say("no story matches")
    return 0 if ids else 1


def _articles(
    archive: Library, query: str, sort: Sort, most: int | None, args: argparse.Namespace
) -> int:
    out = Output()
    hits = archive.search(query, sort=sort, limit=most, exact=True, fold=not args.copies)
    if args.json:
        # Of what another program takes away meanwhile there is no row.
        for number in (row.id for row in archive.rows(hits.ids)):
            snippet = archive.snippet(query, number, 200)
            found = archive.article(number)
            copies = archive.stories.copies(number) if found.copies else []
            shape = archived_shape(found, body=args.body, snippet=snippet.text)
            out.json(shape | stories_shape(found, copies))
        return 0 if hits.ids else 1
    for row in archive.rows(hits.ids):
        _print_row(out, archive, query, row)
    _closing(out, len(hits.ids), hits.total, "story", exact=hits.exact)
    if not hits.ids and (meant := archive.did_you_mean(query)):
        say(f"did you mean: {meant}")
    return 0 if hits.ids else 1


def _print_row(out: Output, archive: Library, query: str, row: ArticleRow) -> None:
    number = f"{row.id:>6}"
    shown = fitted(safe(row.title), out.width - 8)
    hits = archive.find_hits(query, shown, "title")
    out.line(f"{out.style(number, 'dim')}  {out.lit(shown, hits, 'bold')}")
    quoted = counted(row.quotations, "quotation") if row.quotations else ""
    outlet = f"{row.outlet or ''} + {row.copies}".strip() if row.copies else row.outlet
    out.line(" " * 8 + out.style(dotted(outlet, day(row.published), quoted, tag_words(row)), "dim"))
    snippet = archive.snippet(query, row.id, out.width - 8)
    if snippet.text:
        # The gate leaves clean text as it is, so that the hits' places still hold.
        text = safe(snippet.text)
        lit = out.lit(text, snippet.hits) if text == snippet.text else text
        out.line(" " * 8 + lit)
    out.line()


def _closing(out: Output, shown: int, total: int, thing: str, *, exact: bool = True) -> None:
    """Say on stderr how much there is: it is no data."""
    if not sys.stderr.isatty() and shown:
        return
    about = "" if exact else "about "
    if not total:
        text = f"no {thing} matches"
    elif shown < total:
        text = f"{shown:,} of {about}{counted(total, thing)} (more with --limit N)"
    else:
        text = counted(total, thing)
    out.flush()
    sys.stderr.write(text + "\n")
