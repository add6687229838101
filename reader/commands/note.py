"""`onrecord note`: notes on articles and on quotations, written, shown and taken away."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from reader.commands.choosing import are_numbers
from reader.commands.opening import archive_of, library, settings_of
from reader.core.article import ArticleId
from reader.errors import UsageError
from reader.terminal import Output, safe, safe_text, say, use_utf8

if TYPE_CHECKING:
    from reader.core.marks import Note
    from reader.library import Library

_LARGEST = 1_000_000


def arguments(parser: argparse.ArgumentParser, command: str) -> None:
    """Declare what the command takes."""
    parser.description = (
        "Write a note on an article, or on one of its quotations (--quote 2 is the second that\n"
        "onrecord show ID --quotes prints). Without a text: print the notes on it; without an ID:\n"
        "all notes. The text - is stdin."
    )
    parser.epilog = (
        "examples:\n"
        "  onrecord note 12 'Call the mayor again.'\n"
        "  onrecord note 12 --quote 2 'Did she say that?'\n"
        "  onrecord note 12 --append - < interview.txt\n"
        "  onrecord note 12 --delete\n"
        "  onrecord search note:mayor"
    )
    parser.add_argument("words", nargs="*", metavar="ID [TEXT|-]", help="the article, the note")
    parser.add_argument("--quote", type=int, metavar="N", help="on its N-th quotation")
    parser.add_argument("--append", action="store_true", help="behind what is there, on a new line")
    parser.add_argument("--delete", action="store_true", help="take the note away")
    parser.add_argument("--json", action="store_true", help="print each as a line of JSON")


def run(args: argparse.Namespace) -> int:
    """Write or print notes; 1 where there are none to print."""
    if args.json:
        use_utf8()
    number, *text = args.words or [""]
    if number and not are_numbers([number]):
        raise UsageError(f"{number}: the number of an article is needed first")
    if not number and (args.delete or args.append or args.quote is not None):
        raise UsageError("a note on what? give the number of an article")
    if args.quote is not None and not 1 <= args.quote <= _LARGEST:
        raise UsageError("--quote: must be a whole number, 1 for the first quotation")
    if args.delete and text:
        raise UsageError("--delete takes no text")
    with library(archive_of(args, settings_of(args))) as archive:
        if number and (text or args.delete):
            _write(archive, int(number), text, args)
            return 0
        found = archive.desk.notes([int(number)] if number else None)
        if number:
            archive.article(ArticleId(int(number)))
        if args.quote is not None:
            found = [note for note in found if note.ordinal == args.quote - 1]
        for note in found:
            _print(note, as_json=args.json)
    if not found:
        say("there is no note; onrecord note ID TEXT writes one")
    return 0 if found else 1


def _write(archive: Library, article: int, words: list[str], args: argparse.Namespace) -> None:
    ordinal = None if args.quote is None else args.quote - 1
    text = sys.stdin.read() if words == ["-"] else " ".join(words)
    if args.append and (before := archive.desk.note(article, ordinal)):
        text = f"{before}\n{text}"
    before = archive.desk.write_note(article, text, ordinal)
    if args.json:
        now = archive.desk.note(article, ordinal)
        Output().json({"article": article, "text": now or None, "before": before or None})
    elif args.delete and not before:
        say("there was no note")


def _print(note: Note, *, as_json: bool) -> None:
    out = Output()
    if as_json:
        out.json(
            {
                "article": int(note.article_id),
                "quotation": note.said,
                "quote": None if note.ordinal is None else note.ordinal + 1,
                "text": note.text,
                "changed": note.changed,
            }
        )
        return
    about = "" if note.said is None else f"  on {safe(note.said)}"
    out.line(out.style(f"{note.article_id:>6}{about}", "dim"))
    for line in safe_text(note.text).splitlines():
        out.line(f"        {line}")
