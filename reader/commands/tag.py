"""`onrecord tag`: tags put on articles and taken off, in notmuch's manner."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.commands.choosing import chosen
from reader.commands.opening import archive_of, library, settings_of
from reader.commands.wording import counted
from reader.errors import UsageError
from reader.terminal import Output, safe, say, use_utf8

if TYPE_CHECKING:
    from reader.library import Library


def arguments(parser: argparse.ArgumentParser, command: str) -> None:
    """Declare what the command takes."""
    parser.description = (
        "Put tags on articles, +TAG, and take them off, -TAG: on those with these numbers, or on\n"
        "all that match the query. Without a tag: the tags there are, and on how many articles.\n"
        "A query in which a word begins with - goes after --."
    )
    parser.epilog = (
        "examples:\n"
        "  onrecord tag 12 15 +election -draft\n"
        "  onrecord tag harbour tunnel +'public works'\n"
        "  onrecord tag +syria -- idlib -football\n"
        "  onrecord tag\n"
        "  onrecord search tag:syria is:unread"
    )
    parser.add_argument("words", nargs="*", metavar="ID|QUERY", help="the articles")
    parser.add_argument("--add", action="append", metavar="TAG", help="put it on: +TAG")
    parser.add_argument("--remove", action="append", metavar="TAG", help="take it off: -TAG")
    parser.add_argument("--json", action="store_true", help="print each as a line of JSON")


def prepared(words: Sequence[str]) -> list[str]:
    """The words of the command line with `+TAG` and `-TAG` as the options that they stand for."""
    cut = words.index("--") if "--" in words else len(words)
    options = []
    for word in words[:cut]:
        if len(word) > 1 and word[0] == "+":
            options.append(f"--add={word[1:]}")
        elif len(word) > 1 and word[0] == "-" and word[1] != "-" and word != "-h":
            options.append(f"--remove={word[1:]}")
        else:
            options.append(word)
    return [*options, *words[cut:]]


def run(args: argparse.Namespace) -> int:
    """Change tags, or list them; 1 where an article is missing or nothing matches."""
    if args.json:
        use_utf8()
    add, remove = args.add or [], args.remove or []
    if (add or remove) and not args.words:
        raise UsageError("tag what? give numbers or a query; see onrecord tag --help")
    with library(archive_of(args, settings_of(args))) as archive:
        if not (add or remove):
            return _list(archive, args.words, as_json=args.json)
        ids, complete = chosen(archive, args.words)
        change = archive.desk.tag(ids, add, remove)
        if args.json:
            tags = archive.desk.tags_of(ids)
            for number in ids:
                Output().json({"id": number, "tags": list(tags.get(number, ()))})
        elif ids:
            Output().line(f"{counted(change.articles, 'story')} changed of {len(ids):,}")
    return 0 if complete else 1


def _list(archive: Library, words: Sequence[str], *, as_json: bool) -> int:
    """The tags there are, or those of the articles that the words name."""
    found = [(tag.name, tag.articles, tag.unread) for tag in archive.desk.tags()]
    complete = True
    if words:
        ids, complete = chosen(archive, words)
        tags = archive.desk.tags_of(ids)
        read = {int(row.id): row.read for row in archive.rows(list(tags))}
        all_of = Counter(name for names in tags.values() for name in names)
        unread = Counter(
            name for number, names in tags.items() if not read.get(number) for name in names
        )
        found = [(name, all_of[name], unread[name]) for name, _, _ in found if all_of[name]]
    out = Output()
    for name, articles, new in found:
        if as_json:
            out.json({"tag": name, "articles": articles, "unread": new})
        else:
            out.line(f"{articles:>7,}  {safe(name)}" + (f"  ({new:,} unread)" if new else ""))
    if not found and complete:
        say("nothing is tagged; onrecord tag ID +TAG does")
    return 0 if found and complete else 1
