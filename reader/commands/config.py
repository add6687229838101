"""`onrecord config`: where the settings are, whether they are sound, what is in force."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from reader import paths
from reader.commands.opening import archive_of, settings_of
from reader.config import KEYS, Settings
from reader.errors import UsageError
from reader.terminal import Output, column_width, padded, safe

ACTIONS = ("path", "check", "keys", "show")


def arguments(parser: argparse.ArgumentParser, command: str) -> None:
    """Declare what the command takes."""
    parser.description = (
        "path    where the settings file and the archive are\n"
        "check   whether the settings are sound; an error names the file and the key\n"
        "keys    the keys of the screen, your own among them\n"
        "show    every setting, its value, and what it is for"
    )
    parser.epilog = (
        'examples:\n  onrecord config check\n  $EDITOR "$(onrecord config path | head -n 1)"'
    )
    parser.add_argument("words", nargs="*", metavar="|".join(ACTIONS), help="what to do")


def run(args: argparse.Namespace) -> int:
    """Print what was asked for; raises SettingsError where the settings are wrong."""
    if len(args.words) != 1 or args.words[0] not in ACTIONS:
        raise UsageError(f"config needs one of {', '.join(ACTIONS)}; see onrecord config --help")
    action, out = args.words[0], Output()
    if action == "path":
        # Not the settings themselves: wrong ones must not hide where they are.
        out.line(safe(paths.settings_file(args.config)))
        return 0
    settings = settings_of(args)
    if action == "check":
        _keymap(settings)
        where = settings.file or paths.settings_file(args.config)
        state = "sound" if settings.file else "not there, so the defaults are in force"
        out.line(f"{safe(where)}: {state}")
        out.line(f"{safe(archive_of(args, settings))}: the archive")
    elif action == "show":
        _show(out, settings)
    else:
        _keys(out, settings)
    return 0


def _show(out: Output, settings: Settings) -> None:
    names = [key.name for key in KEYS]
    wide = column_width(names, 30)
    for key in KEYS:
        value = getattr(settings, key.attribute)
        if isinstance(value, tuple):
            value = " ".join(value)
        if key.attribute == "keys":
            value = f"{len(value)} of your own"
        shown = safe(value) if value not in (None, "") else "-"
        out.line(f"{padded(key.name, wide)}  {padded(shown, 24)}  {out.style(key.help, 'dim')}")


def _keymap(settings: Settings) -> Mapping[str, tuple[str, ...]]:
    """Every command's keys. Raises SettingsError where the user's own are wrong."""
    from reader.ui.keymap import checked_keymap

    own = {command: list(keys) for command, keys in settings.keys.items()}
    return checked_keymap(own, str(settings.file or "settings"))


def _keys(out: Output, settings: Settings) -> None:
    from reader.ui.commands import COMMANDS

    keymap = _keymap(settings)
    wide = column_width([command.id for command in COMMANDS], 32)
    group = ""
    for command in COMMANDS:
        if command.group != group:
            out.line(("\n" if group else "") + out.style(command.group, "bold"))
            group = command.group
        keys = " ".join(keymap[command.id]) or "-"
        mark = "*" if command.id in settings.keys else " "
        out.line(f"{mark} {padded(safe(keys), 16)}  {padded(command.id, wide)}  {command.help}")
