"""What a user may set for one feed, and where its secrets come from."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from reader.core.text import clean_line
from reader.errors import IntakeError, SettingsError
from reader.ingest.addresses import web_address
from reader.ingest.net.results import FetchRequest
from reader.ingest.net.retry import SHORTEST

_TEXTS: Final = (
    "title", "folder", "user_agent", "user", "password_env", "token_env", "proxy",
)  # fmt: skip
_COMMANDS: Final = ("password_command", "token_command")
_NUMBERS: Final = {"interval": SHORTEST, "keep": 1, "keep_days": 1}
_COMMAND_SECONDS: Final = 10


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """How one feed is fetched and kept."""

    url: str
    title: str | None = None
    folder: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    user_agent: str | None = None
    user: str | None = None
    password_env: str | None = None
    """The environment variable that holds the password; secrets themselves are never in a file."""
    password_command: tuple[str, ...] = ()
    """A program and its arguments, run without a shell, whose first line is the password."""
    token_env: str | None = None
    token_command: tuple[str, ...] = ()
    proxy: str | None = None
    full_text: bool = False
    """Whether the page is fetched where the feed holds a teaser."""
    interval: int = 3_600
    """Seconds between two fetches."""
    keep: int | None = None
    """How many articles are kept, starred ones apart; None for all."""
    keep_days: int | None = None
    """How many days articles are kept, starred ones apart; None for ever."""


def feed_settings(table: Mapping[str, object], where: str) -> FeedSettings:
    """Return the settings in one table of a settings file; `where` names file and table.

    Raises `SettingsError`, which names the key, for a key that is not known or a wrong value.
    """

    def wrong(key: str, wanted: str) -> SettingsError:
        return SettingsError(f"{where}: {key} must be {wanted}")

    known = {"url", "headers", "full_text", *_TEXTS, *_COMMANDS, *_NUMBERS}
    for key in table:
        if key not in known:
            raise SettingsError(f"{where}: {clean_line(key, 60)} is no setting of a feed")
    url = web_address(table.get("url"))
    if url is None:
        raise wrong("url", "an http or https address")
    if "@" in urlsplit(str(table["url"])).netloc:
        raise wrong("url", "without user and password; use user and password_env")
    values: dict[str, object] = {}
    for key in _TEXTS:
        value = table.get(key)
        if value is not None:
            if not isinstance(value, str) or clean_line(value) != value or not value:
                raise wrong(key, "a line of text")
            values[key] = value
    for key in _COMMANDS:
        value = table.get(key)
        if value is not None:
            if (
                not isinstance(value, list)
                or not all(isinstance(v, str) for v in value)
                or not value
            ):
                raise wrong(key, 'a list such as ["secret-tool", "lookup", "feed", "wire"]')
            values[key] = tuple(value)
    for key, least in _NUMBERS.items():
        value = table.get(key)
        if value is not None:
            if not isinstance(value, int) or isinstance(value, bool) or value < least:
                raise wrong(key, f"a whole number, {least} or more")
            values[key] = value
    if not isinstance(full_text := table.get("full_text", False), bool):
        raise wrong("full_text", "true or false")
    return FeedSettings(
        url=url,
        headers=_headers(table.get("headers", {}), wrong("headers", "a table of plain texts")),
        full_text=full_text,
        **values,  # type: ignore[arg-type]
    )


def request_for(
    settings: FeedSettings,
    environ: Mapping[str, str],
    *,
    etag: str | None = None,
    modified: str | None = None,
) -> FetchRequest:
    """Return the request for a feed, with its secrets looked up now.

    Raises `IntakeError` where a variable is not set or a command fails; it never holds the secret.
    """
    password = _secret(settings.password_env, settings.password_command, environ)
    return FetchRequest(
        settings.url,
        etag,
        modified,
        headers=settings.headers,
        user_agent=settings.user_agent,
        user=settings.user if settings.user is not None or password is None else "",
        password=password,
        token=_secret(settings.token_env, settings.token_command, environ),
        proxy=settings.proxy,
    )


def _headers(value: object, error: SettingsError) -> dict[str, str]:
    """The headers in a table; names and values must be such that they cannot forge others."""
    if not isinstance(value, Mapping):
        raise error
    headers: dict[str, str] = {}
    for name, text in value.items():
        is_name = isinstance(name, str) and name.replace("-", "").isalnum() and name.isascii()
        if not is_name or not isinstance(text, str) or not (text.isascii() and text.isprintable()):
            raise error
        headers[name] = text
    return headers


def _secret(
    variable: str | None, command: tuple[str, ...], environ: Mapping[str, str]
) -> str | None:
    """A secret from the environment or from a command; None where neither is set."""
    if variable is not None:
        if not environ.get(variable):
            raise IntakeError(f"needs the environment variable {variable}, which is not set")
        return environ[variable]
    if not command:
        return None
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_COMMAND_SECONDS,
            check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        raise IntakeError(f"cannot run {clean_line(command[0], 60)} for its password") from None
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    if done.returncode != 0 or not lines or not lines[0]:
        raise IntakeError(f"gets no password from {clean_line(command[0], 60)}")
    return lines[0]
