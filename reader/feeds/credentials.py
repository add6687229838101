"""Secrets of feeds: fetched when needed from where the reader keeps them, never stored."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from typing import Final

from reader.core.feeds import FeedAuth
from reader.errors import ReaderError

_REFERENCE: Final = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_SECONDS: Final = 30
"""How long a keyring's program may take: it may have to ask for a passphrase."""


def secret(auth: FeedAuth, environ: Mapping[str, str] = os.environ) -> tuple[str, str] | str:
    """The user and password, or the token, that `auth` refers to.

    Raises ReaderError, with nothing secret in it, where there is none.
    """
    if auth.variable is not None:
        value = environ.get(auth.variable, "")
        if not value:
            raise ReaderError(f"the environment variable {auth.variable} is not set")
    else:
        value = _printed(auth.command)
    return value if auth.user is None else (auth.user, value)


def expanded(text: str, environ: Mapping[str, str] = os.environ) -> str:
    """`text` with the environment's value for each `${NAME}`. Raises ReaderError for unset ones."""

    def value(found: re.Match[str]) -> str:
        if found[1] not in environ:
            raise ReaderError(f"the environment variable {found[1]} is not set")
        return environ[found[1]]

    return _REFERENCE.sub(value, text)


def _printed(command: tuple[str, ...]) -> str:
    if not command:
        raise ReaderError("no environment variable and no command is set for the password")
    try:
        # An argument list and no shell; the words come from the reader's own settings alone.
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise ReaderError(f"the password's command {command[0]} failed") from error
    value = done.stdout.decode("utf-8", "replace").partition("\n")[0].strip("\r")
    if not value:
        raise ReaderError(f"the password's command {command[0]} printed nothing")
    return value
