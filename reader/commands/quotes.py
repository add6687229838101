"""`onrecord quotes`: who said what, in files, in the archive, or as a filter for programs."""

from __future__ import annotations

import argparse
import io
import sys
from typing import TYPE_CHECKING

from reader.commands.files import articles_in, print_refused
from reader.commands.opening import archive_of, library, make_searchable, settings_of
from reader.commands.search import limit_of, print_quotations, result_arguments
from reader.commands.wording import (
    counted,
    day,
    dotted,
    explained,
    extracted_lines,
)
from reader.core.article import Article
from reader.core.quotation import Extraction
from reader.core.records import Sort
from reader.errors import UsageError
from reader.export.shapes import quotation_shape
from reader.terminal import Output, safe, say, use_utf8

if TYPE_CHECKING:
    from reader.extraction.engine import Engine


def arguments(parser: argparse.ArgumentParser, command: str) -> None:
    """Declare what the command takes."""
    parser.description = (
        "Who said what in those files, without touching the archive; without a PATH, in the\n"
        "archive. With --jsonl a filter: objects {id, text} a line in, who said what a line out;\n"
        "for a line that is no such object, a blank one too, an error in its place."
    )
    parser.epilog = (
        "examples:\n"
        "  onrecord quotes story.txt\n"
        "  onrecord quotes story.txt --explain\n"
        "  onrecord quotes --matching 'harbour tunnel' --sort oldest\n"
        "  onrecord quotes --jsonl --jobs 2 < texts.jsonl > quotations.jsonl"
    )
    parser.add_argument("words", nargs="*", metavar="PATH", help="a file, a folder, or - for stdin")
    parser.add_argument(
        "--matching", metavar="QUERY", help="in the archive: only quotations that match"
    )
    parser.add_argument("--explain", action="store_true", help="say how each was found")
    parser.add_argument("--jsonl", action="store_true", help="read objects {id, text} from stdin")
    parser.add_argument("--jobs", metavar="N", type=_jobs, default=1, help="processes for --jsonl")
    result_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Print quotations; 0 when there are any, 1 when there are none or a file was refused."""
    if args.jsonl:
        return _filter(args)
    if args.json:
        use_utf8()
    if args.words:
        if args.matching or args.sort or args.limit is not None:
            raise UsageError("--matching, --sort and --limit are for the archive, without a PATH")
        return _of_files(args)
    if args.explain:
        raise UsageError("--explain needs a PATH: a file, a folder, or - for stdin")
    settings = settings_of(args)
    sort = Sort(args.sort) if args.sort else settings.sort
    most = limit_of(args, settings)
    with library(archive_of(args, settings)) as archive:
        if args.matching:
            make_searchable(archive)
        return print_quotations(archive, args.matching or "", sort, most, as_json=args.json)


def _filter(args: argparse.Namespace) -> int:
    from reader.extraction import jsonl

    if args.words or args.matching or args.explain:
        raise UsageError("--jsonl reads stdin and takes no PATH; only --jobs goes with it")
    use_utf8()
    # Lines end at a line feed and nowhere else; a byte that is no UTF-8 counts as one character.
    lines = io.TextIOWrapper(
        sys.stdin.buffer, encoding="utf-8", errors="surrogateescape", newline="\n"
    )
    if args.jobs == 1 and isinstance(sys.stdout, io.TextIOWrapper):
        # A program may wait for each answer before it asks again.
        sys.stdout.reconfigure(line_buffering=True)
    return 1 if jsonl.run(lines, sys.stdout, args.jobs) else 0


def _of_files(args: argparse.Namespace) -> int:
    from reader.extraction.engine import default_engine

    out, engine = Output(), default_engine()
    quotations = refused = 0
    for found in articles_in(args.words):
        if isinstance(found, Article):
            quotations += _print_article(out, engine, found, args)
            continue
        refused += 1
        print_refused(out, found, as_json=args.json)
    if not quotations and not refused and not args.json:
        say("nobody is quoted there")
    return 0 if quotations and not refused else 1


def _print_article(out: Output, engine: Engine, article: Article, args: argparse.Namespace) -> int:
    extraction = engine.extract(article.body)
    if args.json:
        for quotation in extraction.quotations:
            out.json(quotation_shape(article, extraction, quotation, reference=article.path))
        return len(extraction.quotations)
    _print_head(out, article, extraction)
    for quotation in extraction.quotations:
        for line in extracted_lines(out, article.body, extraction, quotation):
            out.line(line)
        if args.explain:
            for line in explained(article.body, quotation):
                out.line(out.style(line, "dim"))
        out.line()
    return len(extraction.quotations)


def _print_head(out: Output, article: Article, extraction: Extraction) -> None:
    out.line(out.style(safe(article.title), "bold", "accent"))
    n, people = len(extraction.quotations), len(extraction.speakers)
    count = counted(n, "quotation") + (f" by {people}" if n else "")
    out.line(out.style(dotted(article.outlet, day(article.published), count), "dim"))
    out.line()


def _jobs(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:4]) <= 256 or len(text) > 4:
        raise argparse.ArgumentTypeError(f"must be a whole number from 1 to 256, not {text!r}")
    return int(text)
