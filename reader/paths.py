"""Where settings, archive, state and cache lie. Asking creates nothing.

The places are the platform's own (XDG on Linux, Library on macOS, AppData on Windows), by
`platformdirs`, which is imported in the functions: `onrecord --version` does without it.
"""

from __future__ import annotations

import os
from pathlib import Path

NAME = "onrecord"
"""The folder's name in each of the platform's places."""

ARCHIVE_VARIABLE = "ONRECORD_ARCHIVE"
"""The environment variable that names the archive."""

SETTINGS_VARIABLE = "ONRECORD_CONFIG"
"""The environment variable that names the settings file."""


def from_user(text: str) -> Path:
    """The path a user wrote, with `~` put in full; a home that cannot be found stays as written."""
    path = Path(text)
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def settings_file(named: str | None = None) -> Path:
    """The settings file: `named` (`--config`), else ONRECORD_CONFIG, else the platform's place."""
    chosen = named or os.environ.get(SETTINGS_VARIABLE)
    if chosen:
        return from_user(chosen)
    from platformdirs import user_config_path

    return user_config_path(NAME, appauthor=False) / "config.toml"


def archive_folder(named: str | None = None, in_settings: Path | None = None) -> Path:
    """The archive's folder: `named` (`--archive`), else ONRECORD_ARCHIVE, else `in_settings`, else
    the platform's place for user data."""
    chosen = named or os.environ.get(ARCHIVE_VARIABLE)
    if chosen:
        return from_user(chosen)
    if in_settings is not None:
        return in_settings
    from platformdirs import user_data_path

    return user_data_path(NAME, appauthor=False) / "archive"


def cache_folder() -> Path:
    """Where things lie that can be made again, such as the archive of the bundled sample."""
    from platformdirs import user_cache_path

    return user_cache_path(NAME, appauthor=False)


def state_folder() -> Path:
    """Where logs lie."""
    from platformdirs import user_state_path

    return user_state_path(NAME, appauthor=False)
