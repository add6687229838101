"""`onrecord import`: articles into the archive."""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn

from reader.commands.opening import archive_of, library, settings_of, tell_problems
from reader.commands.wording import counted
from reader.core.article import Article
from reader.core.records import ImportOutcome, ImportProgress
from reader.errors import ReaderError, UsageError
from reader.export.shapes import article_shape
from reader.terminal import Output, ProgressBar, say, use_utf8

if TYPE_CHECKING:
    from reader.library import Library


def arguments(parser: argparse.ArgumentParser, command: str) -> None:
    """Declare what the command takes."""
    parser.description = (
        "Bring articles into the archive: plain text as scraped from news sites, saved web pages,\n"
        "feeds saved as files, and folders of these. What is there already is not brought in twice."
    )
    parser.epilog = (
        "examples:\n"
        "  onrecord import ~/Downloads/story.html ~/clippings\n"
        "  curl -s https://example.org/story | onrecord import - --outlet 'Example Post'\n"
        "  onrecord import ~/clippings --json | jq -r .title\n"
        "  onrecord import --watch ~/clippings"
    )
    parser.add_argument("words", nargs="*", metavar="PATH", help="a file, a folder, or - for stdin")
    parser.add_argument("--outlet", metavar="NAME", help="the publisher, where the file names none")
    parser.add_argument("--sample", action="store_true", help="bring in the bundled sample")
    parser.add_argument(
        "--watch", action="store_true", help="go on: bring in what comes into these folders later"
    )
    parser.add_argument("--json", action="store_true", help="print each article as a line of JSON")


def run(args: argparse.Namespace) -> int:
    """Import; 0 when all went in, 1 when something was refused, or cannot be kept."""
    inputs = _inputs(args)
    settings = settings_of(args)
    # An article leaves thousands of small objects: looking for garbage after every 700 takes 3 %.
    gc.set_threshold(20_000, 20, 50)
    if args.json:
        use_utf8()
    counts = dict.fromkeys(("new", "known", "changed", "failed", "subscription"), 0)
    with library(archive_of(args, settings), make=True) as archive:
        if args.watch:
            _watch(archive, [Path(path) for path in inputs], args, counts)
        _bring_in(archive, inputs, args, counts)
        kept = archive.is_kept
    if not args.json:
        Output().line(_summary(counts))
    return 1 if counts["failed"] or not kept else 0


def _bring_in(
    archive: Library,
    inputs: Sequence[Path | str],
    args: argparse.Namespace,
    counts: dict[str, int],
) -> None:
    """Import, showing how far it is, and count what came of it."""
    out, bar = Output(), ProgressBar("importing")

    def progress(state: ImportProgress) -> None:
        bar.what = "importing" if state.phase == "reading" else "indexing"
        bar.show(state.done, state.total, note=f"{state.per_second:,.0f} a second")

    try:
        for outcome in archive.import_paths(inputs, outlet=args.outlet, on_progress=progress):
            counts[outcome.status] += 1
            if args.json:
                out.json(_shape(outcome))
            elif outcome.status == "failed":
                bar.clear()
                say(f"{_path(outcome)}: {_message(outcome)}")
    finally:
        bar.clear()
    tell_problems(archive)


def _watch(
    archive: Library, folders: list[Path], args: argparse.Namespace, counts: dict[str, int]
) -> NoReturn:
    """Bring in what is in the folders and what comes into them, until the program is ended."""
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"{folder}: not a folder; --watch watches folders")
    watch = archive.watch(folders)
    say(f"watching {', '.join(map(str, watch.folders))}; Ctrl-C ends")
    while True:
        ready = watch.look()
        for problem in watch.problems:
            say(problem)
        if ready:
            fresh = dict.fromkeys(counts, 0)
            _bring_in(archive, ready, args, fresh)
            watch.done(ready)
            for status, number in fresh.items():
                counts[status] += number
            if not args.json:
                Output().line(_summary(fresh))
        _wait(watch.pause)


_wait = time.sleep
"""The clock that a test puts its own in the place of."""


def _inputs(args: argparse.Namespace) -> list[Path | Literal["-"]]:
    inputs: list[Path | Literal["-"]] = ["-" if w == "-" else Path(w) for w in args.words]
    if args.sample:
        from reader.sample import sample_files

        stories = sample_files()
        if stories is None:
            raise ReaderError("the bundled sample is missing from this installation")
        inputs.append(stories)
    if not inputs:
        raise UsageError("import what? give files or folders, or - for stdin, or --sample")
    return inputs


def _shape(outcome: ImportOutcome) -> dict[str, object]:
    if isinstance(outcome.intake, Article):
        shape = article_shape(outcome.intake, None, number=outcome.id)
        shape["quotes"] = outcome.quotations
        shape["speakers"] = list(outcome.speakers)
        return shape
    if outcome.status == "subscription":
        title, url = (getattr(outcome.intake, name, None) for name in ("title", "url"))
        return {"kind": "subscription", "title": title, "url": url}
    return {"error": _message(outcome), "path": _path(outcome)}


def _message(outcome: ImportOutcome) -> str:
    return str(getattr(outcome.intake, "message", "it cannot be read"))


def _path(outcome: ImportOutcome) -> str:
    return str(getattr(outcome.intake, "path", "-"))


def _summary(counts: dict[str, int]) -> str:
    parts = [f"{counted(counts['new'], 'story')} imported"]
    if counts["changed"]:
        parts.append(f"{counts['changed']:,} with a new text")
    if counts["known"]:
        parts.append(f"{counts['known']:,} there already")
    if counts["subscription"]:
        aside = counted(counts["subscription"], "subscription")
        parts.append(f"{aside} left aside (onrecord feeds import takes them in)")
    if counts["failed"]:
        parts.append(f"{counts['failed']:,} refused")
    return ", ".join(parts)
