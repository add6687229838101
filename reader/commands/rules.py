"""`onrecord rules`: mute, keep and automatic tags, by queries in the language of searches."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from reader.commands.opening import archive_of, library, make_searchable, settings_of
from reader.commands.wording import counted
from reader.core.rules import RuleKind
from reader.errors import UsageError
from reader.terminal import Output, safe, say, use_utf8

if TYPE_CHECKING:
    from reader.core.rules import Rule
    from reader.library import Library


def arguments(parser: argparse.ArgumentParser, command: str) -> None:
    """Declare what the command takes."""
    parser.description = (
        "Rules for what comes in, each with a query as onrecord search takes it.\n\n"
        "  (nothing)           the rules there are, and how many articles each means\n"
        "  add mute QUERY      out of lists, counts and searches; nothing is deleted, and\n"
        "                      onrecord search is:muted shows it\n"
        "  add keep QUERY      never muted by a rule, and never removed by onrecord expire\n"
        "  add tag NAME QUERY  gets a tag\n"
        "  remove N...         forget rules by their numbers; what they muted is shown again\n"
        "  apply               put all rules to what is in the archive already\n\n"
        "A rule is for what comes in after it was made; --apply applies it at once to all that is\n"
        "there. Keep wins over mute, and so do a star, a note and a collection of the reader's."
    )
    parser.epilog = (
        "examples:\n"
        "  onrecord rules add mute 'outlet:\"daily ledger\" horoscope'\n"
        "  onrecord rules add keep by:ruiz\n"
        "  onrecord rules add tag budget 'about:budget OR title:/tax(es)?/' --apply\n"
        "  onrecord rules add mute -- football -title:/world cup/\n"
        "  onrecord rules remove 2"
    )
    parser.add_argument(
        "words", nargs="*", metavar="ACTION", help=f"one of {', '.join(ACTIONS)}, and what it needs"
    )
    parser.add_argument("--apply", action="store_true", help="add: to what is there, too")
    parser.add_argument("--dry-run", action="store_true", help="add: only say how many match")
    parser.add_argument("--json", action="store_true", help="print each as a line of JSON")


def run(args: argparse.Namespace) -> int:
    """Do what the first word says."""
    action, *words = args.words or ["list"]
    if action not in ACTIONS:
        raise UsageError(f"{action}: no such action; one of {', '.join(ACTIONS)}")
    if args.json:
        use_utf8()
    with library(archive_of(args, settings_of(args))) as archive:
        return ACTIONS[action](archive, words, args)


def _list(archive: Library, words: Sequence[str], args: argparse.Namespace) -> int:
    out, rows = Output(), archive.desk.rules.all()
    for row in rows:
        if args.json:
            out.json(_shape(row.rule) | {"articles": row.articles, "error": row.error})
            continue
        rule = row.rule
        what = f"tag {rule.tag}" if rule.tag else rule.kind.value
        out.line(f"{rule.id:>4}  {safe(what)}  {safe(rule.query)}  ({row.articles:,})")
        if row.error:
            out.line(out.style(f"      ! {safe(row.error)}", "dim"))
    if not rows:
        say("there are no rules; onrecord rules --help says how one is made")
    return 1 if not rows or any(row.error for row in rows) else 0


def _add(archive: Library, words: Sequence[str], args: argparse.Namespace) -> int:
    kinds = [kind.value for kind in RuleKind]
    if not words or words[0] not in kinds:
        raise UsageError(f"rules add needs one of {', '.join(kinds)}, and a query")
    kind, rest = RuleKind(words[0]), list(words[1:])
    tag = rest.pop(0) if kind is RuleKind.TAG and rest else None
    query = safe(" ".join(rest))
    if not query:
        raise UsageError(f"rules add {kind.value} needs a query: which articles?")
    if args.dry_run or args.apply:
        make_searchable(archive)
    if args.dry_run:
        number = archive.desk.rules.matches(query)
        if args.json:
            Output().json({"query": query, "articles": number})
        else:
            Output().line(f"{counted(number, 'story')} would match")
        return 0
    rule = archive.desk.rules.add(kind, query, tag)
    if args.apply:
        archive.desk.rules.apply()
    if args.json:
        Output().json(_shape(rule))
    else:
        Output().line(safe(rule))
        if not args.apply:
            say("it is for what comes in from now on; onrecord rules apply is for what is there")
    return 0


def _remove(archive: Library, words: Sequence[str], args: argparse.Namespace) -> int:
    if not words or not all(w.isascii() and w.isdigit() and len(w) < 10 for w in words):
        raise UsageError("rules remove needs the numbers of rules; onrecord rules lists them")
    code = 0
    for word in words:
        if not archive.desk.rules.remove(int(word)):
            say(f"there is no rule {word}")
            code = 1
    return code


def _apply(archive: Library, words: Sequence[str], args: argparse.Namespace) -> int:
    make_searchable(archive)
    number = archive.desk.rules.apply()
    muted = len(archive.desk.muted())
    if args.json:
        Output().json({"matched": number, "muted": muted})
    else:
        Output().line(f"{counted(number, 'story')} matched; {muted:,} muted in all")
    return 0


def _shape(rule: Rule) -> dict[str, object]:
    return {"id": rule.id, "kind": rule.kind.value, "query": rule.query, "tag": rule.tag}


ACTIONS: dict[str, Callable[[Library, Sequence[str], argparse.Namespace], int]] = {
    "list": _list,
    "add": _add,
    "remove": _remove,
    "apply": _apply,
}
"""What can be done, by its word."""
