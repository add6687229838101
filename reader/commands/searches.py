"""`onrecord searches`: the searches that are kept under a name, how much each holds, and facets."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.commands.opening import archive_of, library, make_searchable, settings_of
from reader.core.facets import Facet, FacetCount
from reader.core.folders import SearchFolder
from reader.errors import UsageError
from reader.terminal import Output, column_width, padded, safe, say, use_utf8

if TYPE_CHECKING:
    from reader.library import Library

ACTIONS = ("list", "save", "remove")
"""What can be done with saved searches."""


def arguments(parser: argparse.ArgumentParser, command: str) -> None:
    """Declare what the command takes."""
    parser.description = (
        "The searches that are kept under a name, as folders: the screen lists them at its top.\n\n"
        "  list             all of them: how much is in each, and how much of it unread\n"
        "  save NAME QUERY  keep a query under a name (in the place of the one that had it)\n"
        "  remove NAME...   let go of them; no article goes"
    )
    parser.epilog = (
        "examples:\n"
        "  onrecord searches\n"
        "  onrecord searches save idlib 'idlib OR \"northern syria\"'\n"
        "  onrecord search search:idlib is:unread\n"
        "  onrecord searches --json | jq -r 'select(.unread > 0) | .name'"
    )
    parser.add_argument(
        "words", nargs="*", metavar="ACTION", help=f"one of {', '.join(ACTIONS)}; without: list"
    )
    parser.add_argument("--json", action="store_true", help="print each as a line of JSON")


def run(args: argparse.Namespace) -> int:
    """Do what the action says; 0, or 1 where there is nothing to list or no such search."""
    action, *words = [safe(word) for word in args.words] or ["list"]
    if action not in ACTIONS:
        raise UsageError(f"searches takes one of {', '.join(ACTIONS)}, not {action!r}")
    if action == "list" and words:
        raise UsageError("searches list takes no more words; see onrecord searches --help")
    if (action == "save" and len(words) < 2) or (action == "remove" and not words):
        raise UsageError(f"searches {action} needs a name; see onrecord searches --help")
    if args.json:
        use_utf8()
    with library(archive_of(args, settings_of(args))) as archive:
        if action == "remove":
            missing = [name for name in words if not archive.folders.forget(name)]
            for name in missing:
                say(f"{name}: there is no saved search of that name")
            return 1 if missing else 0
        if action == "save":
            return save(archive, words[0], " ".join(words[1:]), as_json=args.json)
        make_searchable(archive)
        found = archive.folders.counts()
    _print_folders(found, as_json=args.json)
    if not found:
        say("no searches are saved yet: onrecord searches save NAME QUERY")
    return 0 if found else 1


def save(archive: Library, name: str, query: str, *, as_json: bool) -> int:
    """Keep a query under a name and print how much it holds; 0."""
    archive.folders.save(name, query)
    make_searchable(archive)
    found = [folder for folder in archive.folders.counts() if folder.name == name]
    _print_folders(found, as_json=as_json)
    return 0


def _print_folders(folders: Sequence[SearchFolder], *, as_json: bool) -> None:
    """Print saved searches: unread, total, name, query."""
    out = Output()
    unread = max((len(f"{folder.unread:,}") for folder in folders), default=0)
    total = max((len(f"{folder.total:,}") for folder in folders), default=0)
    names = column_width([safe(folder.name) for folder in folders], out.width // 2)
    for folder in folders:
        if as_json:
            out.json(
                {
                    "name": folder.name,
                    "query": folder.query,
                    "total": folder.total,
                    "unread": folder.unread,
                    "error": folder.error,
                }
            )
            continue
        numbers = f"{folder.unread:>{unread},} unread of {folder.total:>{total},}"
        name = padded(safe(folder.name), names)
        name = out.style(name, "bold") if folder.unread else name
        out.line(f"{numbers}  {name}  {out.style(safe(folder.query), 'dim')}")
        if folder.error:
            say(f"{folder.name}: {folder.error}")


def print_facets(found: Sequence[tuple[Facet, Sequence[FacetCount]]], *, as_json: bool) -> None:
    """Print how hits are spread: under the name of each facet its values, with bars."""
    out = Output()
    if as_json:
        for facet, counts in found:
            for one in counts:
                out.json(
                    {
                        "facet": facet.value,
                        "value": one.value,
                        "count": one.count,
                        "narrowing": one.narrowing,
                        "note": one.note or None,
                    }
                )
        return
    for facet, counts in found:
        if not counts:
            continue
        out.line(out.style(f"{facet.value}s", "bold"))
        numbers = max(len(f"{one.count:,}") for one in counts)
        names = column_width([safe(one.value) for one in counts], out.width // 2)
        room = max(4, min(40, out.width - names - numbers - 8))
        most = max(one.count for one in counts)
        for one in counts:
            bar = "━" * max(1, round(one.count / most * room))
            name = padded(safe(one.value), names)
            out.line(f"  {one.count:>{numbers},}  {name}  {out.style(bar, 'accent')}")
        out.line()
