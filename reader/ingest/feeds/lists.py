"""Subscription lists of other readers: newsboat's `urls`, newsraft's `feeds`, plain lists, OPML.

Nothing in such a file is ever run: a line that names a command is refused, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from reader.core.text import clean_line
from reader.errors import IntakeError
from reader.ingest import limits
from reader.ingest.addresses import feed_address, site_name
from reader.ingest.encoding import decode
from reader.ingest.feeds.newsboat_query import NotExpressibleError, in_our_words
from reader.ingest.feeds.opml import command_in, read_opml
from reader.ingest.intake import IntakeFailure, Subscription
from reader.ingest.sniff import HEAD, Kind, sniff


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A list of articles by what is in them: newsboat's query feeds."""

    name: str
    query: str
    """In onrecord's own language."""


Listed: TypeAlias = Subscription | SavedSearch | IntakeFailure

_TOKEN: Final = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_TIMER: Final = re.compile(r"\s*(?:\[[^\]]{0,20}\]|\{[^}]{0,200}\}|<[^>]{0,200}>)\s*$")
_EVERYTHING: Final = "global"
"""newsraft's section of all feeds: no folder."""


def read_list(data: bytes, *, name: str) -> Iterator[Listed]:
    """Yield what a subscription list of any kind holds, with a failure for each line refused.

    `name` is what the failures call the file. Raises `IntakeError` for what is no such list.
    """
    kind = sniff(data[:HEAD])
    if kind is Kind.OPML:
        for one in read_opml(data, name=name):
            if isinstance(one, Subscription | IntakeFailure):
                yield one
        return
    if kind is Kind.EMPTY:
        raise IntakeError("is empty")
    if kind is not Kind.TEXT:
        raise IntakeError(f"is {kind}, not a subscription list")
    yield from _read_lines(decode(data), name)


def _read_lines(text: str, name: str) -> Iterator[Listed]:
    folder: str | None = None
    names_feeds = name.endswith("feeds") or re.search(r"^\s*(?:@|\$\()", text, re.MULTILINE)
    found = 0
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("@"):
            folder = _section(line)
            continue
        problem, listed = _read_line(line, folder, is_newsraft=bool(names_feeds))
        if listed is None:
            # The line itself is not repeated: it may hold a password.
            yield IntakeFailure(name, f"line {number} {problem}; left out")
            found += problem != _NO_ADDRESS
        else:
            yield listed
            found += 1
    if not found:
        raise IntakeError("is not a subscription list: no line of it is a web address")


_NO_ADDRESS: Final = "has no http or https address"


def _section(line: str) -> str | None:
    while _TIMER.search(line):
        line = _TIMER.sub("", line)
    name = clean_line(line[1:], 100).replace("/", "-")
    return None if not name or name.casefold() == _EVERYTHING else name


def _read_line(line: str, folder: str | None, *, is_newsraft: bool) -> tuple[str, Listed | None]:
    """What one line says, or what is wrong with it."""
    if line.startswith("$("):
        return "names a command to run, which onrecord never does", None
    while _TIMER.search(line):
        line = _TIMER.sub("", line)
    tokens = [
        re.sub(r"\\(.)", r"\1", quoted) if quoted or not bare else bare
        for quoted, bare in _TOKEN.findall(line)
    ]
    first, rest = (tokens[0], tokens[1:]) if tokens else ("", [])
    command = command_in(first)
    if command is not None:
        return command, None
    if first.startswith("query:"):
        return _query(first)
    url = feed_address(first)
    if url is None:
        return _NO_ADDRESS, None
    title = ""
    tags: list[str] = []
    if is_newsraft:
        name = re.match(r'\S+\s+"((?:[^"\\]|\\.)*)"', line)
        title = name[1] if name else ""
        rest = []
    for word in rest:
        if word.startswith("~"):
            title = title or word[1:]
        elif not word.startswith("!") and (tag := clean_line(word, 100)):
            tags.append(tag)
    where = folder or (tags[0].replace("/", "-") if tags else None)
    label = clean_line(title, limits.TITLE) or site_name(url) or url
    return "", Subscription(label, url, where, tuple(dict.fromkeys(tags)))


def _query(word: str) -> tuple[str, SavedSearch | None]:
    name, _, expression = word.removeprefix("query:").partition(":")
    name = clean_line(name, 100)
    if not name or not expression:
        return "is a query feed without a name or a query", None
    try:
        return "", SavedSearch(name, in_our_words(expression))
    except NotExpressibleError as error:
        return f"is the query feed {name!r}, which asks for {error}", None
