"""`onrecord feeds`: subscriptions, added, listed, changed, ended, taken in and given out."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from reader.commands.feed_settings import check_settings, settings_given, settings_shape
from reader.commands.fetch import Report, iso, moment, none_yet
from reader.commands.opening import archive_of, library, settings_of
from reader.commands.wording import counted
from reader.core.feeds import FeedRow, FeedSettings, FeedState, SubscriptionList
from reader.errors import ReaderError, UsageError
from reader.library import Library
from reader.terminal import Output, column_width, padded, safe, say, use_utf8


def arguments(parser: argparse.ArgumentParser, command: str) -> None:
    """Declare what the command takes."""
    parser.description = (
        "The feeds that the archive is subscribed to.\n\n"
        "  add URL...     subscribe to feeds, or to sites that name theirs\n"
        "  list           all feeds, how they are doing, how many stories are unread\n"
        "  set FEED...    change name, folder or settings\n"
        "  remove FEED... end subscriptions; their stories stay\n"
        "  import FILE... take in subscription lists: OPML, newsboat's urls, newsraft's feeds\n"
        "  import --found take in those that newsboat and newsraft have on this machine\n"
        "  export         print the subscriptions as OPML\n\n"
        "Passwords are never stored, only where to find them: an environment variable, or a\n"
        "command (as of a keyring) that prints them."
    )
    parser.epilog = (
        "examples:\n"
        "  onrecord feeds add https://example.org/feed.xml --folder news/local\n"
        "  onrecord feeds add https://example.org/paid.rss --user ann \\\n"
        "      --password-command 'secret-tool lookup feed example'\n"
        "  onrecord feeds import ~/.newsboat/urls\n"
        "  onrecord feeds export > feeds.opml"
    )
    parser.add_argument("words", nargs="*", metavar="ACTION", help=f"one of {', '.join(ACTIONS)}")
    parser.add_argument("--name", help="your own name for the feed")
    parser.add_argument("--folder", help="its folder; folders inside folders are parted by /")
    parser.add_argument("--tag", action="append", metavar="TAG", help="a tag (may be repeated)")
    parser.add_argument(
        "--full-text",
        action=argparse.BooleanOptionalAction,
        help="fetch the pages of stories that the feed only begins",
    )
    parser.add_argument(
        "--pause",
        action=argparse.BooleanOptionalAction,
        help="pass the feed over unless it is named",
    )
    parser.add_argument("--interval", type=int, metavar="MINUTES", help="ask no more often; 0: any")
    parser.add_argument(
        "--keep-days", type=int, metavar="DAYS", help="drop read stories older than this; 0: never"
    )
    parser.add_argument(
        "--header", action="append", metavar="'NAME: VALUE'", help="send this; ${VAR} is filled in"
    )
    parser.add_argument("--user-agent", metavar="TEXT", help="what to introduce oneself as")
    parser.add_argument("--proxy", metavar="URL", help="the proxy to go through")
    parser.add_argument("--user", help="the user's name, with a password from one of the next two")
    parser.add_argument("--password-env", metavar="VAR", help="the variable with the password")
    parser.add_argument("--password-command", metavar="CMD", help="a program that prints it")
    parser.add_argument("--token-env", metavar="VAR", help="the variable with a bearer token")
    parser.add_argument("--token-command", metavar="CMD", help="a program that prints it")
    parser.add_argument(
        "--no-auth", action="store_true", help="set: forget user, password and token"
    )
    parser.add_argument("--failing", action="store_true", help="list only feeds in trouble")
    parser.add_argument("--found", action="store_true", help="import the lists of other readers")
    parser.add_argument("--fetch", action="store_true", help="add: fetch the new feeds at once")
    parser.add_argument("--json", action="store_true", help="print lines of JSON")
    parser.add_argument("-o", "--output", metavar="FILE", help="export: write to this file")


def run(args: argparse.Namespace) -> int:
    """Do what the first word says."""
    action = args.words[0] if args.words else "list"
    if action not in ACTIONS:
        raise UsageError(f"{action}: no such action; one of {', '.join(ACTIONS)}")
    args.words = args.words[1:]
    if args.json:
        use_utf8()
    makes = action in ("add", "import")
    if makes and not (args.words or args.found):
        raise UsageError(f"feeds {action} what? see onrecord feeds --help")
    check_settings(args)
    folder = archive_of(args, settings_of(args))
    if action == "list" and not (folder / "archive.db").exists():
        raise ReaderError(none_yet())
    with library(folder, make=makes) as archive:
        return ACTIONS[action](archive, args)


def _add(archive: Library, args: argparse.Namespace) -> int:
    out, code = Output(), 0
    if args.name and len(args.words) > 1:
        raise UsageError("--name is for one feed; give one URL")
    new: list[FeedRow] = []
    for word in args.words:
        try:
            feed, is_new = archive.subscriptions.subscribe(
                word,
                name=args.name,
                folder=args.folder,
                tags=args.tag or (),
                settings=settings_given(args, FeedSettings()),
            )
        except ReaderError as error:
            say(error)
            code = 1
            continue
        new += [feed] if is_new else []
        if args.json:
            out.json(feed_shape(feed))
        else:
            said = "subscribed" if is_new else "subscribed to already"
            out.line(f"{safe(feed.url)}: {said}")
        if "@" in word.partition("://")[2].partition("/")[0]:
            say(f"{feed.url}: user and password were cut off; see --user and --password-command")
    if new and args.fetch:
        return _fetch(archive, new, as_json=args.json) or code
    if new and not args.json:
        out.line("onrecord fetch brings their stories in")
    return code


def _fetch(archive: Library, feeds: list[FeedRow], *, as_json: bool) -> int:
    report = Report(as_json=as_json, named=True)
    try:
        for outcome in archive.subscriptions.refresh(feeds, on_progress=report.progress):
            report.outcome(outcome)
    finally:
        report.end()
    return report.code


def _list(archive: Library, args: argparse.Namespace) -> int:
    out = Output()
    known = archive.subscriptions
    feeds = known.failing() if args.failing else known.all()
    if args.words:
        wanted = {feed.id for feed in known.named(args.words)}
        feeds = [feed for feed in feeds if feed.id in wanted]
    if args.json:
        for feed in feeds:
            out.json(feed_shape(feed))
        return 0 if feeds else 1
    if not feeds:
        say("no feed is in trouble" if args.failing else none_yet())
        return 0 if args.failing else 1
    wide = column_width([safe(feed.title) for feed in feeds], 40)
    folder: str | None = None
    for feed in feeds:
        if feed.folder != folder:
            folder = feed.folder
            out.line(out.style(safe(folder or "(no folder)"), "bold"))
        numbers = f"{feed.unread:,}/{feed.articles:,}"
        line = f"{feed.id:>4}  {padded(safe(feed.title), wide)}  {numbers:>12}  {safe(feed.url)}"
        out.line(line + ("  (paused)" if feed.settings.paused else ""))
        if feed.state in (FeedState.FAILING, FeedState.ENDED):
            times = "" if feed.failures < 2 else f", {feed.failures} times in a row"
            said = f"{moment(feed.failed)}{times}: {safe(feed.reason)}"
            out.line(out.style(f"      ! {said}", "dim"))
    return 0


def _set(archive: Library, args: argparse.Namespace) -> int:
    if not args.words:
        raise UsageError("feeds set what? name a feed")
    feeds = archive.subscriptions.named(args.words)
    if args.name and len(feeds) > 1:
        raise UsageError("--name is for one feed")
    for feed in feeds:
        changed = archive.subscriptions.change(
            feed.id,
            name=args.name,
            folder=args.folder,
            tags=args.tag,
            settings=settings_given(args, feed.settings),
        )
        if args.json:
            Output().json(feed_shape(changed))
    return 0


def _remove(archive: Library, args: argparse.Namespace) -> int:
    if not args.words:
        raise UsageError("feeds remove what? name a feed")
    feeds = archive.subscriptions.named(args.words)
    archive.subscriptions.unsubscribe(feed.id for feed in feeds)
    for feed in feeds:
        if args.json:
            Output().json(feed_shape(feed))
            continue
        Output().line(f"{safe(feed.url)}: no longer subscribed; its stories stay")
    return 0


def _import(archive: Library, args: argparse.Namespace) -> int:
    from reader.feeds.subscriptions import lists_found

    files = [Path(word) for word in args.words]
    if args.found:
        found = lists_found()
        if not found and not files:
            say("no subscriptions of newsboat or newsraft were found")
            return 1
        files += [file for _, file in found]
    code = 0
    for file in files:
        try:
            done = archive.subscriptions.import_list(file)
        except ReaderError as error:
            say(error)
            code = 1
            continue
        _tell(file, done, as_json=args.json)
        code = 1 if done.refused else code
    return code


def _tell(file: Path, done: SubscriptionList, *, as_json: bool) -> None:
    out = Output()
    if as_json:
        for feed in done.added:
            out.json({"kind": "subscription", "title": feed.title, "url": feed.url})
        for line in done.refused:
            out.json({"error": line, "path": str(file)})
        return
    for line in done.refused:
        say(f"{file}: {line}")
    parts = [f"{counted(len(done.added), 'feed')} added"]
    if done.known:
        parts.append(f"{done.known:,} there already")
    if done.searches:
        parts.append(counted(len(done.searches), "saved search").replace("searchs", "searches"))
    if done.refused:
        parts.append(f"{len(done.refused):,} refused")
    out.line(f"{safe(file)}: {', '.join(parts)}")


def _export(archive: Library, args: argparse.Namespace) -> int:
    text = archive.subscriptions.opml()
    if args.output:
        from reader.export.file import write_file

        write_file(Path(args.output), [text])
        return 0
    use_utf8()
    Output().line(text.rstrip("\n"))
    return 0


ACTIONS: dict[str, Callable[[Library, argparse.Namespace], int]] = {
    "add": _add,
    "list": _list,
    "set": _set,
    "remove": _remove,
    "import": _import,
    "export": _export,
}
"""What the command's first word can be."""


def feed_shape(feed: FeedRow) -> dict[str, object]:
    """A subscription as JSON."""
    return {
        "kind": "subscription",
        "id": feed.id,
        "title": feed.title,
        "url": feed.url,
        "folder": feed.folder,
        "tags": list(feed.tags),
        "articles": feed.articles,
        "unread": feed.unread,
        "state": feed.state.value,
        "reason": feed.reason,
        "paused": feed.settings.paused,
        "settings": settings_shape(feed.settings),
        "failures": feed.failures,
        "checked": iso(feed.checked),
        "succeeded": iso(feed.succeeded),
        "failed": iso(feed.failed),
        "next": iso(max(feed.held, feed.due)),
    }
