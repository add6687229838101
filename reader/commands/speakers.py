"""`onrecord speakers`: who is quoted in what matches."""

from __future__ import annotations

import argparse

from reader.commands.opening import archive_of, library, make_searchable, settings_of
from reader.commands.search import limit, limit_of, query_of
from reader.commands.wording import speaker_rows
from reader.export.shapes import speaker_shape
from reader.terminal import Output, say, use_utf8


def arguments(parser: argparse.ArgumentParser, command: str) -> None:
    """Declare what the command takes."""
    parser.description = "Who is quoted, in the whole archive or in what matches a query."
    parser.epilog = (
        "examples:\n"
        "  onrecord speakers\n"
        "  onrecord speakers harbour tunnel --limit 10\n"
        "  onrecord speakers --sort name --json | jq -r .name"
    )
    parser.add_argument("words", nargs="*", metavar="QUERY", help="what they speak about")
    parser.add_argument("--sort", choices=["quotes", "name", "newest"], default="quotes")
    parser.add_argument("--limit", metavar="N", type=limit, help="how many at most; 0 for all")
    parser.add_argument("--unnamed", action="store_true", help="also such as 'a senior official'")
    parser.add_argument("--json", action="store_true", help="print each as a line of JSON")


def run(args: argparse.Namespace) -> int:
    """List the speakers; 0 when there are any, else 1."""
    settings = settings_of(args)
    if args.json:
        use_utf8()
    out = Output()
    most = limit_of(args, settings)
    query = query_of(args) or None
    with library(archive_of(args, settings)) as archive:
        if query:
            make_searchable(archive)
        found = archive.quoted.speakers(
            query, sort=args.sort, limit=most, include_unnamed=args.unnamed
        )
    if args.json:
        for speaker in found:
            out.json(speaker_shape(speaker))
    else:
        for line in speaker_rows(out, found):
            out.line(line)
    if not found:
        say(f"nobody is quoted in what matches {query}" if query else "nobody is quoted yet")
    return 0 if found else 1
