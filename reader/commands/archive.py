"""`onrecord check`, `rebuild`, `backup`, `restore`, `stats`: looking after the archive."""

from __future__ import annotations

import argparse
from pathlib import Path

from reader.commands.opening import archive_of, library, make_searchable, settings_of
from reader.commands.wording import counted
from reader.core.records import Finding, ImportProgress
from reader.errors import UsageError
from reader.terminal import Output, ProgressBar, column_width, padded, safe

_ABOUT = {
    "check": (
        "Look over the archive: the database, every offset, and the search index.",
        "examples:\n  onrecord check\n  onrecord check --repair",
    ),
    "rebuild": (
        "Build the search index again from the stored articles; nothing else is touched.",
        "example:\n  onrecord rebuild",
    ),
    "backup": (
        "Copy the archive into one file, also while the screen is open. The search index is left\n"
        "out: it is built again. A file that is there already is not overwritten.",
        "example:\n  onrecord backup ~/onrecord-2026-03-01.db",
    ),
    "restore": (
        "Bring an archive back from a file that `onrecord backup` made. What the archive's folder\n"
        "holds now is kept beside it, as archive.db.before-restore.",
        "example:\n  onrecord restore ~/onrecord-2026-03-01.db --archive ~/news",
    ),
    "stats": (
        "What the archive holds.",
        "examples:\n  onrecord stats\n  onrecord stats --json",
    ),
}


def arguments(parser: argparse.ArgumentParser, command: str) -> None:
    """Declare what each of the commands takes."""
    parser.description, parser.epilog = _ABOUT[command]
    if command == "check":
        parser.add_argument("--repair", action="store_true", help="put right what can be put right")
    if command in ("backup", "restore"):
        parser.add_argument("words", nargs="*", metavar="FILE", help="the file")
    if command in ("check", "stats"):
        parser.add_argument("--json", action="store_true", help="print lines of JSON")


def run(args: argparse.Namespace) -> int:
    """Do what the command says; the exit code is 1 where `check` leaves something wrong."""
    folder = archive_of(args, settings_of(args))
    if args.command == "check":
        return _check(folder, repair=args.repair, as_json=args.json)
    if args.command == "rebuild":
        return _rebuild(folder)
    if args.command == "stats":
        return _stats(folder, as_json=args.json)
    if len(args.words) != 1:
        raise UsageError(f"{args.command} needs one file; see onrecord {args.command} --help")
    file = Path(args.words[0])
    return _backup(folder, file) if args.command == "backup" else _restore(folder, file)


def _check(folder: Path, *, repair: bool, as_json: bool) -> int:
    out = Output()
    saved = _saved(folder) if repair else []
    with library(folder) as archive:
        findings = saved + archive.check(repair=repair)
    for finding in findings:
        if as_json:
            out.json(
                {
                    "kind": finding.kind,
                    "message": finding.message,
                    "article": finding.article_id,
                    "repaired": finding.repaired,
                }
            )
        else:
            out.line(safe(finding.message) + (" (repaired)" if finding.repaired else ""))
    left = sum(not finding.repaired for finding in findings)
    if not as_json:
        if not findings:
            out.line(f"{safe(folder)}: sound")
        elif left and not repair:
            out.line("onrecord check --repair puts right what can be put right")
    return 1 if left else 0


def _saved(folder: Path) -> list[Finding]:
    """What had to be done before the archive could be opened at all; mostly nothing."""
    from reader.library import FILE_NAME, Library

    return Library.salvage(folder) if (folder / FILE_NAME).exists() else []


def _rebuild(folder: Path) -> int:
    bar = ProgressBar("indexing")

    def progress(state: ImportProgress) -> None:
        bar.show(state.done, state.total, note=f"{state.per_second:,.0f} a second")

    with library(folder) as archive:
        try:
            archive.rebuild(progress)
        finally:
            bar.clear()
        Output().line(f"the search index holds {counted(archive.count(), 'story')}")
    return 0


def _stats(folder: Path, *, as_json: bool) -> int:
    out = Output()
    with library(folder) as archive:
        figures = archive.stats()
    if as_json:
        out.json(figures)
        return 0
    wide = column_width(list(figures), 24)
    for name, value in figures.items():
        shown = f"{value:,}" if isinstance(value, int) else str(value)
        out.line(f"{padded(name, wide)}  {safe(shown)}")
    return 0


def _backup(folder: Path, file: Path) -> int:
    with library(folder) as archive:
        archive.backup(file)
    Output().line(f"{safe(file)}: the archive's copy")
    return 0


def _restore(folder: Path, file: Path) -> int:
    from reader.storage.backup import restore

    restore(file, folder / "archive.db")
    with library(folder) as archive:
        make_searchable(archive)
        Output().line(f"{safe(folder)}: {counted(archive.count(), 'story')} restored")
    return 0
