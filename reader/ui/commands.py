"""The one table of commands: keys, footer, palette, help and the README's key table come from it.

No Textual here, so that `onrecord config keys` can print the table without opening a screen.
"""

from __future__ import annotations

from collections.abc import Iterator

from reader.ui.command import Command, Group
from reader.ui.desk_commands import DESK
from reader.ui.search_commands import SEARCH

_Q, _, _M, _A, _, _P = Group

COMMANDS: tuple[Command, ...] = (
    Command(
        "quotation.next",
        ("]",),
        "next quotation",
        "To the next quotation, and on into the next article that has one.",
        _Q,
        "onrecord show ID --quotes",
    ),
    Command(
        "quotation.previous",
        ("[",),
        "previous quotation",
        "To the previous quotation, and back into the article before.",
        _Q,
    ),
    Command(
        "quotation.next_same",
        ("}",),
        "next by this speaker",
        "To the next quotation of the same speaker, across articles.",
        _Q,
    ),
    Command(
        "quotation.previous_same",
        ("{",),
        "previous by this speaker",
        "To the previous quotation of the same speaker, across articles.",
        _Q,
    ),
    Command(
        "speaker.next", (")",), "next speaker", "To the first words of the next person quoted.", _Q
    ),
    Command(
        "speaker.previous",
        ("(",),
        "previous speaker",
        "To the first words of the person quoted before.",
        _Q,
    ),
    Command(
        "speaker.archive",
        ("P",),
        "everything they said",
        "Every quotation of this speaker in the archive, newest first. "
        "Enter on a name does the same.",
        _Q,
        'onrecord quotes "speaker:NAME"',
    ),
    Command(
        "quotation.copy",
        ("y",),
        "copy quotation",
        "Copy the quotation with speaker, outlet, date and address, over ssh too; "
        "with a count the address of that link (3y).",
        _Q,
        "onrecord export QUERY --quotes --format markdown",
    ),
    Command(
        "quotation.why",
        ("i",),
        "why this speaker?",
        "Say how the quotation was attributed, and how sure that is.",
        _Q,
        "onrecord quotes --explain FILE",
    ),
    Command(
        "speaker.order",
        ("c",),
        "order of speakers",
        "List the people quoted by appearance or by number of quotations.",
        _Q,
    ),
    *SEARCH,
    Command("move.down", ("j", "down"), "down", "One line or row down.", _M),
    Command("move.up", ("k", "up"), "up", "One line or row up.", _M),
    Command("move.page_down", ("ctrl+f", "pagedown"), "page down", "One page down.", _M),
    Command("move.page_up", ("ctrl+b", "pageup"), "page up", "One page up.", _M),
    Command("move.half_down", ("ctrl+d",), "half a page down", "Half a page down.", _M),
    Command("move.half_up", ("ctrl+u",), "half a page up", "Half a page up.", _M),
    Command("move.first", ("g", "home"), "first", "To the beginning (g twice, or Home).", _M),
    Command("move.last", ("G", "end"), "last", "To the end.", _M),
    Command(
        "move.space",
        ("space",),
        "read on",
        "A page down in the article; at its end, the next unread.",
        _M,
    ),
    Command(
        "move.open",
        ("enter", "l", "right"),
        "open",
        "Open the article, the quotation or the speaker under the cursor.",
        _M,
        "onrecord show ID",
    ),
    Command("move.back", ("h", "left"), "pane to the left", "To the pane on the left.", _M),
    Command("pane.next", ("tab",), "next pane", "To the next pane.", _M),
    Command("pane.previous", ("shift+tab",), "previous pane", "To the previous pane.", _M),
    Command(
        "visited.back",
        ("ctrl+o",),
        "back to where you were",
        "To the article you were in before the last jump.",
        _M,
    ),
    Command(
        "article.star",
        ("s",),
        "star",
        "Star the article, or take the star away.",
        _A,
        "onrecord search is:starred",
    ),
    Command("article.read", ("m",), "read / unread", "Mark the article read or unread.", _A),
    Command(
        "list.read_all",
        ("A",),
        "mark all read",
        "Mark everything in the list read; u brings it back.",
        _A,
    ),
    Command("undo", ("u",), "undo", "Take back the last change of marks.", _A),
    Command(
        "article.browser",
        ("o",),
        "open in browser",
        "Open the article's address in the browser; with a count that link of its text (17o).",
        _A,
        "onrecord show ID --links",
    ),
    Command(
        "article.browser_read",
        ("O",),
        "open in browser, mark read",
        "Open the article's address in the browser, and mark the article read.",
        _A,
    ),
    Command(
        "link.choose",
        ("#",),
        "links",
        "List the links of the article: Enter opens one, Ctrl-Y copies its address.",
        _A,
        "onrecord show ID --links",
    ),
    Command(
        "article.copies",
        ("D",),
        "other outlets",
        "List the outlets that have the same story, the first one first; Enter opens its text.",
        _A,
        "onrecord show ID",
    ),
    Command(
        "article.changes",
        ("d",),
        "what changed",
        "Show what was added and removed when the article changed, or from one outlet's copy to "
        "another's; n and N go through the changes, h and l through the texts.",
        _A,
        "onrecord show ID --diff",
    ),
    Command(
        "article.pipe",
        ("|",),
        "pipe to a command",
        "Give the article's text to a command of your own; no shell is involved.",
        _A,
        "onrecord show ID | COMMAND",
    ),
    Command(
        "article.add",
        ("a",),
        "add news",
        "Bring in files or a folder of them, or subscribe to a feed by its address.",
        _A,
        "onrecord import PATH...",
    ),
    Command(
        "list.export",
        ("w",),
        "write to a file",
        "Write what the list shows, with its quotations, to a file; the ending says how: "
        ".md, .csv or .json.",
        _A,
        "onrecord export QUERY -o FILE",
    ),
    Command(
        "list.choose",
        ("F",),
        "feeds and saved searches",
        "Choose what is listed: a feed, a folder, a saved search.",
        _A,
        "onrecord feeds list",
    ),
    Command(
        "feeds.refresh",
        ("r",),
        "refresh this feed",
        "Refresh the feed that is listed, or that brought this article.",
        _A,
        "onrecord fetch FEED",
    ),
    Command(
        "feeds.refresh_all",
        ("R",),
        "refresh all feeds",
        "Refresh every feed whose time has come, behind the screen.",
        _A,
        "onrecord fetch",
    ),
    Command(
        "feeds.failed",
        ("e",),
        "next failed feed",
        "Say which feed failed, when and why.",
        _A,
        "onrecord feeds list",
    ),
    Command(
        "feeds.edit",
        ("E",),
        "edit subscriptions",
        "Put the subscriptions in order: rename, folder, pause, full text, remove.",
        _A,
        "onrecord feeds set FEED --name NAME --folder FOLDER --pause",
    ),
    *DESK,
    Command("help", ("?", "f1"), "help", "All keys, with a filter.", _P, "onrecord --help"),
    Command("palette", ("ctrl+p", ":"), "command palette", "Find a command by name.", _P),
    Command("view.zen", ("z",), "only the article", "Hide or show the side panes.", _P),
    Command("view.theme", ("ctrl+t",), "theme", "Dark, light or the terminal's own colours.", _P),
    Command(
        "archive.check",
        ("f9",),
        "check the archive",
        "Look the archive over and say what is wrong.",
        _P,
        "onrecord check",
    ),
    Command(
        "archive.rebuild",
        ("f10",),
        "rebuild the index",
        "Build the search index again from the store.",
        _P,
        "onrecord rebuild",
    ),
    Command(
        "sample.remove",
        ("X",),
        "remove the sample",
        "Put the bundled sample away and start with an empty archive.",
        _P,
        "onrecord sample remove",
    ),
    Command("escape", ("escape",), "close", "Close or cancel; ends a search.", _P),
    Command("back", ("q",), "back", "One step back; from the top, quit.", _P),
    Command("quit", ("Q", "ctrl+q"), "quit", "Leave the program at once.", _P),
)
"""Every command, in the order of help and README. Escape, and Ctrl-Q for quit, cannot be taken."""

BY_ID: dict[str, Command] = {command.id: command for command in COMMANDS}


def grouped() -> Iterator[tuple[Group, tuple[Command, ...]]]:
    """The commands under their headings."""
    for group in Group:
        yield group, tuple(command for command in COMMANDS if command.group is group)


_SHOWN = {
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "enter": "Enter",
    "backspace": "Backspace",
    "escape": "Esc",
    "space": "Space",
    "tab": "Tab",
    "shift+tab": "Shift-Tab",
}


def shown_key(key: str) -> str:
    """A key as help and footer print it: "ctrl+p" is "Ctrl-P", "g" stays "g"."""
    if key in _SHOWN:
        return _SHOWN[key]
    if key.startswith("ctrl+"):
        return "Ctrl-" + key[5:].upper()
    if len(key) > 1 and key[0] == "f" and key[1:].isdigit():
        return key.upper()
    return key


def key_table() -> str:
    """The table of keys in Markdown, for the README."""
    lines = []
    for group, commands in grouped():
        lines += [f"| {group.value} | |", "| --- | --- |"]
        for command in commands:
            keys = " ".join(f"`{shown_key(key)}`" for key in command.keys)
            lines.append(f"| {keys} | {command.help} |")
        lines.append("")
    return "\n".join(lines)
