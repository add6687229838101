"""The commands, one module a group, each imported only when its command is run.

A module of this folder has two functions: `arguments(parser, command)` declares what the command
takes, and `run(args)` does it and returns the exit code; one that takes words such as `-old`, which
are no options, puts them right in `prepared(words)`. All words that are no options land in
`args.words`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """One command of the command line."""

    module: str
    """The module of this folder that has it."""

    summary: str
    """What it does, for the list of commands."""


COMMANDS: dict[str, Command] = {
    "import": Command("import_", "bring articles into the archive from files and folders"),
    "search": Command("search", "find articles or quotations"),
    "searches": Command("searches", "the saved searches, and what is unread in them"),
    "quotes": Command("quotes", "who said what, in files or in the archive"),
    "speakers": Command("speakers", "who is quoted"),
    "show": Command("show", "print one article as text"),
    "export": Command("export", "write articles or quotations out, with citations"),
    "tag": Command("tag", "put tags on articles, and take them off"),
    "note": Command("note", "write notes on articles and quotations"),
    "collect": Command("collect", "gather quotations in collections"),
    "rules": Command("rules", "mute, keep and tag what comes in, by queries"),
    "retention": Command("retention", "how long articles stay"),
    "expire": Command("retention", "remove the articles that may go"),
    "feeds": Command("feeds", "the feeds that are subscribed to"),
    "fetch": Command("fetch", "refresh feeds"),
    "check": Command("archive", "look over the archive"),
    "rebuild": Command("archive", "build the search index again"),
    "backup": Command("archive", "copy the archive into one file"),
    "restore": Command("archive", "bring an archive back from such a file"),
    "stats": Command("archive", "what the archive holds"),
    "config": Command("config", "where the settings are, and what is in force"),
    "completion": Command("completion", "print shell completion, or the manual page"),
}
"""Every command, in the order of the list in `onrecord --help`."""
