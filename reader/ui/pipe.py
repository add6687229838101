"""Handing an article's text to a program of the user's: no shell, no terminal, bounded."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shlex
import signal
from collections.abc import Sequence
from dataclasses import dataclass

from reader.core.article import Article
from reader.core.text import clean_line

_KEPT = 64 * 1024
"""Bytes of the program's output that are looked at; the rest is read and thrown away."""

_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Piped:
    """How it went, in one line."""

    message: str
    failed: bool = False


def words_of(command: str) -> list[str]:
    """The words of a command line, parted as a shell parts them; nothing else of a shell is done:
    no variables, no patterns, no redirection. Raises ValueError for an unclosed quotation mark."""
    words = shlex.split(command)
    if words and words[0].startswith("~"):
        words[0] = os.path.expanduser(words[0])  # noqa: PTH111 (a word, perhaps no path)
    return words


def text_of(article: Article) -> str:
    """An article as plain text: title, who, where and when, address, body."""
    published = article.published.isoformat() if article.published else None
    about = (", ".join(article.byline), article.outlet, published, article.section)
    head = [article.title, " · ".join(part for part in about if part), article.url]
    return "\n".join([*filter(None, head), "", article.body, ""])


async def pipe(text: str, words: Sequence[str], seconds: float = _SECONDS) -> Piped:
    """Run a program with `text` on its standard input; what it said first, or why it failed.

    It has no terminal (a session of its own), so that it can neither draw over the screen nor take
    its keys; it is ended after `seconds`.
    """
    name = words[0]
    try:
        child = await asyncio.create_subprocess_exec(
            *words,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
    except FileNotFoundError:
        return Piped(f"{name}: there is no such command", failed=True)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        return Piped(f"{name}: {reason}", failed=True)
    assert child.stdin is not None and child.stdout is not None and child.stderr is not None
    try:
        async with asyncio.timeout(seconds):
            _, said, complained = await asyncio.gather(
                _feed(child.stdin, text), _read(child.stdout), _read(child.stderr)
            )
            status = await child.wait()
    except TimeoutError:
        await _end(child)
        return Piped(f"{name}: ended after {seconds:g} seconds", failed=True)
    except asyncio.CancelledError:
        await _end(child)
        raise
    if status:
        how = f"signal {-status}" if status < 0 else f"status {status}"
        return Piped(f"{name}: ended with {how}{_first(complained or said, ': ')}", failed=True)
    return Piped(f"{name}{_first(said, ': ') or ': done'}")


async def _feed(stdin: asyncio.StreamWriter, text: str) -> None:
    """Write the text; a program that does not read all of it is no error."""
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        stdin.write(text.encode("utf-8", "replace"))
        await stdin.drain()
    stdin.close()


async def _read(stream: asyncio.StreamReader) -> bytes:
    """The beginning of a stream, read to its end."""
    kept = b""
    while piece := await stream.read(_KEPT):
        kept += piece[: _KEPT - len(kept)]
    return kept


async def _end(child: asyncio.subprocess.Process) -> None:
    """End a program and what it has started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    await child.wait()


def _first(output: bytes, lead: str) -> str:
    """The first line that says something, and how many more there are."""
    lines = [line for line in output.decode("utf-8", "replace").splitlines() if line.strip()]
    if not lines:
        return ""
    more = f" (and {len(lines) - 1:,} more lines)" if len(lines) > 1 else ""
    return lead + clean_line(lines[0], 300) + more
