"""The settings: one TOML file, read once, checked key by key, never written.

Every key is declared once, in `KEYS`; the reading, the errors and `onrecord config show` come from
there. An error names the file and the key, says what was found and what would do.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reader import paths
from reader.core.records import Sort
from reader.errors import SettingsError

SIDEBAR_ORDERS = ("appearance", "number")
"""How the people quoted may be ordered beside an article."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is in force. Every field has a default, so that no file is needed."""

    archive: Path | None = None
    """The archive's folder, or None for the platform's place."""

    theme: str | None = None
    """The screen's theme, or None for the program's own choice."""

    measure: int = 72
    """The greatest width of the reader's text, in columns."""

    sidebar: str = "appearance"
    """The order of the people quoted: one of `SIDEBAR_ORDERS`."""

    sort: Sort = Sort.NEWEST
    """The order of search results where the command line does not say."""

    limit: int | None = None
    """How many results a command prints where the command line does not say: 0 for all, None for
    as many as one looks through on a terminal and all in a pipe."""

    watch: tuple[Path, ...] = ()
    """Folders whose new and changed files the screen brings in by itself."""

    browser: tuple[str, ...] = ()
    """The program and its arguments that open an address; empty for the system's own."""

    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The user's own keys: a command's id, and the keys that call it."""

    file: Path | None = None
    """The file these came from, or None where there was none."""


class _WrongValueError(Exception):
    """A value will not do; the message says what would."""


@dataclass(frozen=True, slots=True)
class Key:
    """One setting as written in the file."""

    name: str
    """Where it stands, with dots: `screen.measure`."""

    attribute: str
    """The field of `Settings`."""

    read: Callable[[Any], Any]
    """From TOML's value to the field's; raises `_WrongValueError`."""

    help: str


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _WrongValueError("must be a text in quotation marks")
    return value


def _folder(value: Any) -> Path:
    return paths.from_user(_text(value))


def _number(low: int, high: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if type(value) is not int or not low <= value <= high:  # a bool is an int, but no number
            raise _WrongValueError(f"must be a whole number from {low} to {high}")
        return value

    return read


def _one_of(*choices: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in choices:
            raise _WrongValueError("must be one of " + ", ".join(f'"{c}"' for c in choices))
        return str(value)

    return read


def _texts(value: Any) -> tuple[str, ...]:
    found = (value,) if isinstance(value, str) else value
    if not isinstance(found, list | tuple) or not found or not all(_is_word(v) for v in found):
        raise _WrongValueError(
            'must be a text or a list of texts, such as ["firefox", "--new-tab"]'
        )
    return tuple(found)


def _folders(value: Any) -> tuple[Path, ...]:
    return tuple(paths.from_user(folder) for folder in _texts(value))


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _key_bindings(value: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise _WrongValueError("must be a table of command ids and keys")
    bindings = {}
    for command, given in value.items():
        found = (given,) if isinstance(given, str) else given
        if not isinstance(found, list | tuple) or not all(_is_word(v) for v in found):
            raise _WrongValueError(
                f'"{command}" must be a key or a list of keys, such as ["n", "ctrl+n"]'
            )
        bindings[command] = tuple(found)
    return bindings


KEYS: tuple[Key, ...] = (
    Key("archive", "archive", _folder, "the archive's folder"),
    Key("watch", "watch", _folders, "folders whose new files come in by themselves"),
    Key("screen.theme", "theme", _text, "the screen's theme"),
    Key("screen.measure", "measure", _number(40, 200), "the greatest width of the text"),
    Key("screen.sidebar", "sidebar", _one_of(*SIDEBAR_ORDERS), "the order of the people quoted"),
    Key("search.sort", "sort", lambda v: Sort(_one_of(*Sort)(v)), "the order of results"),
    Key("search.limit", "limit", _number(0, 1_000_000), "how many results; 0 for all"),
    Key("browser.command", "browser", _texts, "the program that opens an address"),
    Key("keys", "keys", _key_bindings, "a table: a command's id, and its key or keys"),
)
"""Every setting there is."""


def load(named: str | None = None) -> Settings:
    """The settings of the file `named` (else of the usual place, where there may be none).

    Raises SettingsError, with the file and the key in its message, for a file that was named and is
    not there, that cannot be read, is no TOML, or holds an unknown key or a value that will not do.
    """
    file = paths.settings_file(named)
    try:
        text = file.read_bytes().decode()
    except FileNotFoundError:
        if named is None and not os.environ.get(paths.SETTINGS_VARIABLE):
            return Settings()
        raise SettingsError(f"{file}: there is no such settings file") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise SettingsError(f"{file}: the settings cannot be read: {reason}") from error
    # Imported for those who have a file only: the others see the first frame 4 ms earlier.
    import tomllib

    try:
        table = tomllib.loads(text.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(f"{file}: no valid TOML: {error}") from error
    return from_table(table, file)


def from_table(table: Mapping[str, Any], file: Path) -> Settings:
    """The settings that a parsed file holds; `file` is for the messages. Raises SettingsError."""
    known = {key.name: key for key in KEYS}
    sections = {key.name.partition(".")[0] for key in KEYS if "." in key.name}
    found: dict[str, Any] = {"file": file}
    for name, value in _flat(table, sections):
        key = known.get(name)
        if key is None:
            raise SettingsError(f"{file}: {name}: there is no such key{_nearest(name, known)}")
        try:
            found[key.attribute] = key.read(value)
        except _WrongValueError as wrong:
            raise SettingsError(f"{file}: {name}: {wrong}, not {value!r}") from None
    return Settings(**found)


def _flat(table: Mapping[str, Any], sections: set[str]) -> list[tuple[str, Any]]:
    pairs: list[tuple[str, Any]] = []
    for name, value in table.items():
        if name in sections and isinstance(value, dict):
            pairs.extend((f"{name}.{inner}", v) for inner, v in value.items())
        else:
            pairs.append((name, value))
    return pairs


def _nearest(name: str, known: Mapping[str, Key]) -> str:
    import difflib

    close = difflib.get_close_matches(name, known, n=1)
    if close:
        return f"; did you mean {close[0]}?"
    return "; the keys are " + ", ".join(known)
