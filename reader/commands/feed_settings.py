"""What the command line says of a feed's settings, and how they are shown; secrets are in none."""

from __future__ import annotations

import argparse
import re
import shlex
from dataclasses import replace

from reader.core.feeds import FeedAuth, FeedSettings
from reader.errors import UsageError

_HEADER = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n]*)")
_SECRET_HEADERS = ("authorization", "proxy-authorization", "cookie")


def settings_shape(settings: FeedSettings) -> dict[str, object]:
    """A feed's settings as JSON: only those that are not as they come."""
    auth = settings.auth or FeedAuth()
    shape: dict[str, object] = {
        "full_text": settings.full_text,
        "interval": settings.interval,
        "keep_days": settings.keep_days,
        "headers": [f"{name}: {value}" for name, value in settings.headers],
        "user_agent": settings.user_agent,
        "proxy": settings.proxy,
        "user": auth.user,
        "secret_from": f"${auth.variable}" if auth.variable else shlex.join(auth.command),
    }
    return {name: value for name, value in shape.items() if value}


def settings_given(args: argparse.Namespace, before: FeedSettings) -> FeedSettings:
    """The settings with what the command line says put in its place."""
    changed = before
    if args.header is not None:
        changed = replace(changed, headers=tuple(map(_header, filter(None, args.header))))
    if args.user_agent is not None:
        changed = replace(changed, user_agent=args.user_agent or None)
    if args.proxy is not None:
        changed = replace(changed, proxy=args.proxy or None)
    if args.full_text is not None:
        changed = replace(changed, full_text=args.full_text)
    if args.pause is not None:
        changed = replace(changed, paused=args.pause)
    if args.interval is not None:
        changed = replace(changed, interval=args.interval or None)
    if args.keep_days is not None:
        changed = replace(changed, keep_days=args.keep_days or None)
    if args.no_auth:
        changed = replace(changed, auth=None)
    auth = _auth(args)
    return changed if auth is None else replace(changed, auth=auth)


def _auth(args: argparse.Namespace) -> FeedAuth | None:
    if args.token_env:
        return FeedAuth(variable=args.token_env)
    if args.token_command:
        return FeedAuth(command=tuple(shlex.split(args.token_command)))
    if args.password_env:
        return FeedAuth(args.user, variable=args.password_env)
    if args.password_command:
        return FeedAuth(args.user, command=tuple(shlex.split(args.password_command)))
    return None


def _header(text: str) -> tuple[str, str]:
    found = _HEADER.fullmatch(text)
    if found is None:
        raise UsageError(f"--header {text!r}: must be 'Name: value'")
    if found[1].lower() in _SECRET_HEADERS and "${" not in found[2]:
        raise UsageError(
            f"--header {found[1]}: would store a secret; write '{found[1]}: ${{VARIABLE}}'"
        )
    return found[1], found[2]


def check_settings(args: argparse.Namespace) -> None:
    """Raise UsageError for options that make no sense."""
    for name in ("interval", "keep_days"):
        value = getattr(args, name)
        if value is not None and not 0 <= value <= 1_000_000:
            raise UsageError(f"--{name.replace('_', '-')}: must be a whole number, 0 or more")
    secrets = [args.password_env, args.password_command]
    if args.user and not any(secrets):
        raise UsageError("--user needs --password-env or --password-command")
    if any(secrets) and not args.user:
        raise UsageError("a password needs --user")
    if sum(map(bool, (*secrets, args.token_env, args.token_command, args.no_auth))) > 1:
        raise UsageError("one password or token only")
    for variable in (args.password_env, args.token_env):
        if variable and not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", variable):
            raise UsageError("a variable is given by its name, without $ and without its value")
    if args.proxy and "@" in args.proxy and "${" not in args.proxy:
        raise UsageError("--proxy: would store a password; write http://user:${VARIABLE}@host")
