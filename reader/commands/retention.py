"""`onrecord retention` and `onrecord expire`: how long articles stay, and removing those that may
go."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from reader.commands.opening import archive_of, library, settings_of
from reader.commands.wording import counted, day, dotted
from reader.core.article import ArticleId
from reader.errors import UsageError
from reader.terminal import Output, fitted, safe, say, use_utf8

if TYPE_CHECKING:
    from reader.library import Library

ACTIONS = ("list", "set", "unset")
"""The words that `onrecord retention` takes first."""

_SAFE = (
    "What is starred, tagged (by a rule, too), noted, quoted in a collection or kept by a rule\n"
    "never goes, nor what has no date. Nothing goes before there is a rule. What went does not\n"
    "come back with its feed."
)
_ABOUT = {
    "retention": (
        "How long articles stay: for all, or with --feed for those of some feeds.\n\n"
        "  (nothing)    the rules there are\n"
        "  set RULE     'older than 90d', 'read older than 6m' (d, w, m, y), or never\n"
        "  unset        take the rule away\n\n"
        "An article is old when it appeared and came in that long ago. onrecord fetch removes\n"
        f"what may go, and onrecord expire does it at once.\n\n{_SAFE}",
        "examples:\n"
        "  onrecord retention set 'older than 1y'\n"
        "  onrecord retention set 'read older than 30d' --feed https://example.org/feed.xml\n"
        "  onrecord retention set never --feed 'Daily Ledger'\n"
        "  onrecord expire --dry-run",
    ),
    "expire": (
        f"Remove, for good, the articles that the retention rules let go.\n\n{_SAFE}",
        "examples:\n  onrecord expire --dry-run\n  onrecord expire",
    ),
}


def arguments(parser: argparse.ArgumentParser, command: str) -> None:
    """Declare what each of the two takes."""
    parser.description, parser.epilog = _ABOUT[command]
    parser.add_argument("--json", action="store_true", help="print lines of JSON")
    if command == "expire":
        parser.add_argument("--dry-run", action="store_true", help="list them, remove nothing")
        return
    parser.add_argument("words", nargs="*", metavar="ACTION", help=f"one of {', '.join(ACTIONS)}")
    parser.add_argument(
        "--feed", action="append", metavar="FEED", help="for this feed (may be repeated)"
    )


def run(args: argparse.Namespace) -> int:
    """Do what the command says."""
    if args.json:
        use_utf8()
    with library(archive_of(args, settings_of(args))) as archive:
        if args.command == "expire":
            return _expire(archive, args)
        action, *words = args.words or ["list"]
        if action not in ACTIONS:
            raise UsageError(f"{action}: no such action; one of {', '.join(ACTIONS)}")
        if action == "list":
            return _list(archive, args)
        feeds: list[int | None] = [None]
        if args.feed:
            feeds = [feed.id for feed in archive.subscriptions.named(args.feed)]
        for feed in feeds:
            if action == "unset":
                archive.desk.retention.unset(feed)
            else:
                archive.desk.retention.set(" ".join(words), feed)
        if action == "set" and not args.json:
            number = len(archive.desk.retention.expired())
            say(f"{counted(number, 'story')} may go now; onrecord expire --dry-run lists them")
    return 0


def _list(archive: Library, args: argparse.Namespace) -> int:
    out, rows = Output(), archive.desk.retention.all()
    for row in rows:
        if args.json:
            shape = {"rule": str(row.rule), "days": row.rule.days, "read": row.rule.read_only}
            out.json({"feed": row.feed, "title": row.title or None, **shape})
        else:
            out.line(f"{safe(row.rule)}  {safe(row.title) if row.feed else '(all articles)'}")
    if not rows:
        say("there is no rule: every article stays")
    return 0


def _expire(archive: Library, args: argparse.Namespace) -> int:
    out = Output()
    if not args.dry_run:
        number = archive.desk.retention.expire()
        archive.index_pending()
        if args.json:
            out.json({"removed": number})
        else:
            out.line(f"{counted(number, 'story')} removed")
        return 0
    ids = archive.desk.retention.expired()
    for row in archive.rows(ids):
        if args.json:
            article = archive.article(ArticleId(row.id)).article
            out.json({"id": row.id, "title": row.title, "url": article.url})
            continue
        out.line(f"{row.id:>6}  {fitted(safe(row.title), out.width - 8)}")
        out.line(" " * 8 + out.style(dotted(row.outlet, day(row.published)), "dim"))
    if not args.json:
        say(f"{counted(len(ids), 'story')} would go")
    return 0
