"""`onrecord fetch`: refreshes feeds."""

from __future__ import annotations

import argparse

from reader.commands.opening import archive_of, library, settings_of, tell_problems
from reader.commands.wording import counted
from reader.core.feeds import FeedRow, RefreshOutcome, RefreshProgress, RefreshStatus
from reader.errors import ReaderError
from reader.terminal import Output, ProgressBar, safe, say, use_utf8


def arguments(parser: argparse.ArgumentParser, command: str) -> None:
    """Declare what the command takes."""
    parser.description = (
        "Fetch the feeds that the archive is subscribed to, or only those named, and bring in\n"
        "what is new. A FEED is named by its number, its address, its title or a part of it, or,\n"
        "with a slash at the end, its folder. Feeds that failed are tried again after a while;\n"
        "those that asked to be left alone for a time are left alone, named or not."
    )
    parser.epilog = (
        "examples:\n"
        "  onrecord fetch\n"
        "  onrecord fetch 'Harbour Times' news/local/\n"
        "  onrecord fetch --json | jq -r 'select(.status == \"failed\") | .error'"
    )
    parser.add_argument("words", nargs="*", metavar="FEED", help="a feed, or a folder/")
    parser.add_argument("--json", action="store_true", help="print each feed as a line of JSON")


def run(args: argparse.Namespace) -> int:
    """Refresh; 0 when all went well, 1 when a feed failed."""
    folder = archive_of(args, settings_of(args))
    if not (folder / "archive.db").exists():
        raise ReaderError(none_yet())
    with library(folder) as archive:
        feeds = archive.subscriptions.named(args.words) if args.words else None
        if feeds is None and not archive.subscriptions.all():
            raise ReaderError(none_yet())
        report = Report(as_json=args.json, named=bool(args.words))
        try:
            for outcome in archive.subscriptions.refresh(feeds, on_progress=report.progress):
                report.outcome(outcome)
        finally:
            report.end()
        tell_problems(archive)
    return report.code


class Report:
    """What a refresh says: a line a feed, and a line at the end."""

    def __init__(self, *, as_json: bool, named: bool) -> None:
        """`named`: the reader has asked for these feeds by name."""
        self.code = 0
        """The exit code so far."""

        if as_json:
            use_utf8()
        self._out = Output()
        self._bar = ProgressBar("fetching")
        self._json = as_json
        self._named = named
        self._without_page: tuple[tuple[str, int], ...] = ()
        self._counts = dict.fromkeys(RefreshStatus, 0)
        self._new = self._changed = 0

    def progress(self, state: RefreshProgress) -> None:
        """Show how far the refresh has come."""
        self._without_page = state.without_page or self._without_page
        notes = {"completing": "pages", "reading": "who said what", "indexing": "indexing"}
        note = notes.get(state.phase, f"{state.new:,} new")
        self._bar.show(state.done, state.total, note=note)

    def outcome(self, outcome: RefreshOutcome) -> None:
        """Say what became of one feed."""
        self._counts[outcome.status] += 1
        self._new += len(outcome.new)
        self._changed += len(outcome.changed)
        if outcome.status is RefreshStatus.FAILED or (
            self._named and outcome.status in (RefreshStatus.WAITING, RefreshStatus.ENDED)
        ):
            self.code = 1
        if self._json:
            self._out.json(outcome_shape(outcome))
            self._out.flush()
            return
        self._bar.clear()
        feed = outcome.feed
        if outcome.status is RefreshStatus.WAITING:
            if self._named:
                say(f"{feed.title}: not asked before {moment(max(feed.held, feed.due))}")
        elif outcome.status in (RefreshStatus.FAILED, RefreshStatus.ENDED):
            say(f"{_called(feed)}: {outcome.message}")
        else:
            if outcome.new or outcome.changed:
                self._out.line(f"{safe(feed.title)}: {_news(outcome)}")
            if outcome.moved is not None:
                say(f"{feed.title}: has moved for good to {feed.url}")
            if outcome.message is not None:
                say(f"{_called(feed)}: {outcome.message}")

    def end(self) -> None:
        """Say how it went in all."""
        self._bar.clear()
        for why, count in self._without_page:
            stories = "1 story stays" if count == 1 else f"{count:,} stories stay"
            say(f"{stories} as short as in the feed: the page {why}")
        if self._json:
            return
        counts = self._counts
        parts = [f"{counted(sum(counts.values()), 'feed')}: {counted(self._new, 'new story')}"]
        if self._changed:
            parts.append(f"{self._changed:,} with a new text")
        for status, words in (
            (RefreshStatus.UNCHANGED, "with nothing new"),
            (RefreshStatus.WAITING, "not asked yet"),
            (RefreshStatus.ENDED, "ended"),
            (RefreshStatus.FAILED, "failed"),
        ):
            if counts[status]:
                parts.append(f"{counts[status]:,} {words}")
        self._out.line(", ".join(parts))


def none_yet() -> str:
    """That there are no subscriptions, and how to come by some: by those of another reader, where
    there is one on this machine."""
    from reader.feeds.subscriptions import lists_found

    found = lists_found()
    if found:
        names = " and ".join(f"{reader} has some in {file}" for reader, file in found)
        return f"no subscriptions yet, but {names}; take them over: onrecord feeds import --found"
    return "no subscriptions yet; add one with: onrecord feeds add URL"


def outcome_shape(outcome: RefreshOutcome) -> dict[str, object]:
    """One feed's refresh as JSON; failures have the keys of every failure besides."""
    feed = outcome.feed
    shape: dict[str, object] = {
        "kind": "refresh",
        "id": feed.id,
        "title": feed.title,
        "url": feed.url,
        "status": outcome.status.value,
        "new": len(outcome.new),
        "changed": len(outcome.changed),
        "known": outcome.known,
        "articles": [*outcome.new, *outcome.changed],
        "message": outcome.message,
        "next": iso(max(feed.held, feed.due)),
    }
    if outcome.status is RefreshStatus.FAILED:
        shape |= {"error": outcome.message, "path": feed.url}
    return shape


def iso(seconds: int | None) -> str | None:
    """A moment as ISO 8601 in UTC; None for none."""
    import datetime as dt

    if not seconds:
        return None
    return dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat()


def moment(seconds: int | None) -> str:
    """A moment as people write it, in the zone of the machine; "" for none."""
    import datetime as dt

    if not seconds:
        return ""
    return dt.datetime.fromtimestamp(seconds).strftime("%Y-%m-%d %H:%M")


def _called(feed: FeedRow) -> str:
    return feed.url if feed.title == feed.url else f"{feed.title} ({feed.url})"


def _news(outcome: RefreshOutcome) -> str:
    parts = [f"{len(outcome.new):,} new"] if outcome.new else []
    parts += [f"{len(outcome.changed):,} with a new text"] if outcome.changed else []
    return ", ".join(parts)
