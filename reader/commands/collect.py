"""`onrecord collect`: quotations gathered for a story, kept as they were then."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader.commands.export import NAMES
from reader.commands.opening import archive_of, library, make_searchable, settings_of
from reader.commands.wording import counted, day, dotted, quotation_lines
from reader.errors import UsageError
from reader.export.file import write_file
from reader.export.items import item_of_excerpt
from reader.export.shapes import quotation_shape
from reader.terminal import Output, fitted, safe, say, use_utf8

if TYPE_CHECKING:
    from reader.core.marks import Excerpt
    from reader.library import Library

_QUOTATION = re.compile(r"([0-9]{1,18}):([0-9]{1,6})")


def arguments(parser: argparse.ArgumentParser, command: str) -> None:
    """Declare what the command takes."""
    parser.description = (
        "Gather quotations in collections. A quotation stays what it was when it was put in, also\n"
        "when its article gets another text.\n\n"
        "  (nothing)                the collections there are\n"
        "  add NAME ID:N...         put in the N-th quotation of article ID\n"
        "  add NAME --matching Q    put in all quotations that match a query\n"
        "  show NAME                what a collection holds, each with its number in it\n"
        "  remove NAME N...         take out the quotations with these numbers\n"
        "  export NAME --format F   write it out, with citations\n"
        "  rename NAME NEW, delete NAME"
    )
    parser.epilog = (
        "examples:\n"
        "  onrecord collect add 'harbour story' 12:2 15:1\n"
        "  onrecord collect add ruiz --matching 'by:ruiz said:bridge'\n"
        "  onrecord collect export 'harbour story' --format markdown -o quotes.md\n"
        "  onrecord search --quotes collection:ruiz"
    )
    parser.add_argument(
        "words", nargs="*", metavar="ACTION", help=f"one of {', '.join(ACTIONS)}, and what it needs"
    )
    parser.add_argument("--matching", metavar="QUERY", help="add: all quotations that match")
    parser.add_argument("--format", choices=NAMES, help="export: the format")
    parser.add_argument("-o", "--output", metavar="FILE", help="export: where to, not stdout")
    parser.add_argument("--json", action="store_true", help="print each as a line of JSON")


def run(args: argparse.Namespace) -> int:
    """Do what the first word says."""
    action, *words = args.words or ["list"]
    if action not in ACTIONS:
        raise UsageError(f"{action}: no such action; one of {', '.join(ACTIONS)}")
    if action != "list" and not words:
        raise UsageError(f"collect {action} needs the name of a collection")
    if args.json:
        use_utf8()
    with library(archive_of(args, settings_of(args))) as archive:
        return ACTIONS[action](archive, words, args)


def _list(archive: Library, words: Sequence[str], args: argparse.Namespace) -> int:
    out, found = Output(), archive.desk.collections()
    for one in found:
        if args.json:
            out.json({"collection": one.name, "quotations": one.quotations})
        else:
            out.line(f"{one.quotations:>7,}  {safe(one.name)}")
    if not found:
        say("nothing is collected; onrecord collect add NAME ID:N does")
    return 0 if found else 1


def _add(archive: Library, words: Sequence[str], args: argparse.Namespace) -> int:
    name, *given = words
    chosen = []
    for word in given:
        match = _QUOTATION.fullmatch(word)
        if match is None or match[2] == "0":
            raise UsageError(f"{word}: a quotation is written ID:N, such as 12:2")
        chosen.append((int(match[1]), int(match[2]) - 1))
    if args.matching:
        make_searchable(archive)
        rows, _ = archive.quoted.search(args.matching, limit=None)
        chosen += [(row.article_id, row.ordinal) for row in rows]
    if not chosen:
        if args.matching:
            say("no quotation matches")
            return 1
        raise UsageError("collect add needs quotations, ID:N, or --matching QUERY")
    new = archive.desk.collect(name, chosen)
    if args.json:
        Output().json({"collection": name, "added": len(new), "of": len(chosen)})
    else:
        Output().line(f"{counted(len(new), 'quotation')} added to {safe(name)}")
    return 0


def _show(archive: Library, words: Sequence[str], args: argparse.Namespace) -> int:
    out = Output()
    for number, one in enumerate(archive.desk.collected(words[0]), 1):
        if args.json:
            shape = quotation_shape(
                one.article, one.extraction, one.quotation, reference=one.article_id
            )
            out.json({"number": number, **shape, "current": one.is_current})
            continue
        for line in _lines(out, number, one):
            out.line(line)
        out.line()
    return 0


def _lines(out: Output, number: int, one: Excerpt) -> Iterator[str]:
    speaker = one.extraction.speakers[0] if one.extraction.speakers else None
    changed = "" if one.is_current else "the article has another text now"
    where = dotted(
        fitted(safe(one.article.title), 60), one.article.outlet, day(one.article.published), changed
    )
    return quotation_lines(
        out,
        one.text,
        one.quotation.kind,
        speaker.name if speaker else None,
        speaker.role if speaker else None,
        below=f"{number}. {where} [{one.article_id}]",
    )


def _remove(archive: Library, words: Sequence[str], args: argparse.Namespace) -> int:
    name, *numbers = words
    held = archive.desk.collected(name)
    chosen = [int(word) for word in numbers if word.isascii() and word.isdigit() and len(word) < 9]
    if not numbers or len(chosen) < len(numbers) or not all(0 < n <= len(held) for n in chosen):
        raise UsageError(f"collect remove needs numbers from 1 to {len(held)}; see collect show")
    archive.desk.uncollect(name, [held[n - 1].id for n in chosen])
    return 0


def _export(archive: Library, words: Sequence[str], args: argparse.Namespace) -> int:
    from reader.export.formats import FORMATS

    if args.format is None:
        raise UsageError(f"collect export needs --format, one of {', '.join(NAMES)}")
    held = archive.desk.collected(words[0])
    articles = {one.article_id for one in held}
    tags, notes = archive.desk.tags_of(articles), archive.desk.notes(articles)
    pieces = FORMATS[args.format]([item_of_excerpt(one, tags, notes) for one in held], quotes=True)
    if args.output and args.output != "-":
        write_file(Path(args.output), pieces)
    else:
        use_utf8()
        sys.stdout.writelines(pieces)
    return 0


def _rename(archive: Library, words: Sequence[str], args: argparse.Namespace) -> int:
    if len(words) != 2:
        raise UsageError("collect rename needs the old name and the new one")
    archive.desk.collected(words[0])
    if not archive.desk.rename_collection(words[0], words[1]):
        say(f'there is a collection "{words[1]}" already')
        return 1
    return 0


def _delete(archive: Library, words: Sequence[str], args: argparse.Namespace) -> int:
    archive.desk.collected(words[0])
    archive.desk.remove_collection(words[0])
    return 0


ACTIONS: dict[str, Callable[[Library, Sequence[str], argparse.Namespace], int]] = {
    "list": _list,
    "add": _add,
    "show": _show,
    "remove": _remove,
    "export": _export,
    "rename": _rename,
    "delete": _delete,
}
"""What can be done, by its word."""
