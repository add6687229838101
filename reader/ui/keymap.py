"""The user's own keys, checked before Textual sees them.

Textual's `set_keymap` takes unknown ids and nonsense keys without a word, and gives a key that two
commands ask for to one of them silently; so all of that is caught here, with one line each.
"""

from __future__ import annotations

from collections.abc import Mapping

from reader.errors import SettingsError
from reader.ui.commands import BY_ID, COMMANDS

TEXTUAL_NAMES = {
    "]": "right_square_bracket",
    "[": "left_square_bracket",
    "}": "right_curly_bracket",
    "{": "left_curly_bracket",
    ")": "right_parenthesis",
    "(": "left_parenthesis",
    "/": "slash",
    "?": "question_mark",
    ":": "colon",
    ";": "semicolon",
    ".": "full_stop",
    ",": "comma",
    "'": "apostrophe",
    '"': "quotation_mark",
    "!": "exclamation_mark",
    "#": "number_sign",
    "$": "dollar_sign",
    "%": "percent_sign",
    "&": "ampersand",
    "*": "asterisk",
    "+": "plus",
    "-": "minus",
    "<": "less_than_sign",
    "=": "equals_sign",
    ">": "greater_than_sign",
    "@": "at",
    "\\": "backslash",
    "^": "circumflex_accent",
    "_": "underscore",
    "`": "grave_accent",
    "|": "vertical_line",
    "~": "tilde",
}
"""Textual's names for the printable keys that are no letters or digits."""

_NAMED = {
    "down",
    "up",
    "left",
    "right",
    "pagedown",
    "pageup",
    "home",
    "end",
    "enter",
    "escape",
    "space",
    "tab",
    "shift+tab",
    "backspace",
    "delete",
    "insert",
    *(f"f{number}" for number in range(1, 13)),
    *(f"ctrl+{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"),
}

FIXED = {"escape": "escape", "ctrl+q": "quit"}
"""Keys that nobody can take away: a way to close, and a way out."""

Keymap = Mapping[str, tuple[str, ...]]
"""Command id to its keys, as a person writes them."""


def textual_key(key: str) -> str:
    """The name Textual knows `key` by. Raises KeyError for what is no key of any terminal."""
    if key in _NAMED:
        return key
    if len(key) == 1 and (key.isalnum() or key in TEXTUAL_NAMES):
        return TEXTUAL_NAMES.get(key, key)
    raise KeyError(key)


def checked_keymap(own: Mapping[str, str | list[str]], file: str = "settings") -> Keymap:
    """Every command's keys: those of the table, but for the commands named in `own`.

    `own` is the settings file's `[keys]` table: command id to a key or a list of keys. A key given
    there is taken from the command that has it by default. Raises SettingsError, naming `file`, for
    an unknown command, a nonsense key, a key given twice, or one of the two fixed keys taken.
    """
    chosen: dict[str, tuple[str, ...]] = {}
    owner: dict[str, str] = {}
    for command_id, value in own.items():
        if command_id not in BY_ID:
            raise SettingsError(
                f"{file}: keys: there is no command {command_id!r}; "
                "`onrecord config keys` lists them"
            )
        keys = (value,) if isinstance(value, str) else tuple(value)
        for key in keys:
            try:
                textual_key(key)
            except KeyError:
                raise SettingsError(
                    f"{file}: keys.{command_id}: {key!r} is no key "
                    'a terminal sends; write "j", "ctrl+d" or "f5"'
                ) from None
            if FIXED.get(key, command_id) != command_id:
                raise SettingsError(
                    f"{file}: keys.{command_id}: {key!r} always means "
                    f"{FIXED[key]!r} and cannot be taken"
                )
            if owner.setdefault(key, command_id) != command_id:
                raise SettingsError(
                    f"{file}: keys: {key!r} is given to both {owner[key]!r} and {command_id!r}"
                )
        chosen[command_id] = keys
    keymap: dict[str, tuple[str, ...]] = {}
    for command in COMMANDS:
        kept = tuple(key for key in command.keys if key not in owner)
        fixed = tuple(key for key, fixed_id in FIXED.items() if fixed_id == command.id)
        keys = chosen.get(command.id, kept)
        keymap[command.id] = tuple(dict.fromkeys((*keys, *fixed)))
    return keymap
