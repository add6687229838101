"""Subscription lists: OPML. Commands and addresses that are no web addresses are refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from reader.core.text import clean_line
from reader.errors import IntakeError
from reader.ingest import limits
from reader.ingest.addresses import feed_address, site_name
from reader.ingest.feeds.xml_tree import parse_xml
from reader.ingest.intake import Intake, IntakeFailure, Subscription

_MOST_ATTRIBUTES: Final = 100
_COMMANDS: Final = ("filtercmd", "exec", "cmd", "command")


def read_opml(data: bytes, *, name: str) -> Iterator[Intake]:
    """Yield the subscriptions of an OPML file, with the folders they lie in.

    A line that names a command to run (as newsboat's "exec:", "filter:" and leading bar, or an
    attribute with a filter command) or a local file is refused with a failure that says so; the
    command itself is not repeated in it. Raises `IntakeError` where there is no outline at all.
    """
    root = parse_xml(data)
    if root is None:
        raise IntakeError("is not a subscription list that can be read")
    count = 0
    for outline in root.iter():
        if not isinstance(outline.tag, str) or outline.tag.lower() != "outline":
            continue
        if len(outline.attrib) > _MOST_ATTRIBUTES:
            continue
        attributes = {key.lower(): value for key, value in outline.attrib.items()}
        address = attributes.get("xmlurl")
        if address is None:
            continue
        count += 1
        title = clean_line(attributes.get("title") or attributes.get("text") or "", limits.TITLE)
        problem = command_in(address, attributes)
        url = None if problem else feed_address(address)
        if url is None:
            reason = problem or "has no http or https address"
            yield IntakeFailure(name, f"subscription {title[:60] or count!r} {reason}; left out")
        else:
            yield Subscription(
                title or site_name(url) or url, url, _folder(outline), _tags(attributes)
            )
    if count == 0:
        raise IntakeError("is a subscription list without feeds")


def command_in(address: str, attributes: dict[str, str] | None = None) -> str | None:
    """Return what is wrong with an address that would run a command, None if it would not."""
    start = address.strip()[:20].lower()
    if start.startswith(("exec:", "filter:", "|", "!", "`")) or (
        attributes and any(key in attributes for key in _COMMANDS)
    ):
        return "names a command to run, which onrecord never does"
    return None


def _tags(attributes: dict[str, str]) -> tuple[str, ...]:
    """The categories of an outline; OPML parts them by commas and begins paths with a slash."""
    words = (clean_line(word, 100).strip("/") for word in attributes.get("category", "").split(","))
    return tuple(dict.fromkeys(word for word in words if word))[:50]


def _folder(outline: Any) -> str | None:
    """The names of the outlines around one, outermost first."""
    names: list[str] = []
    for parent in outline.iterancestors():
        if isinstance(parent.tag, str) and parent.tag.lower() == "outline":
            words = parent.get("title") or parent.get("text") or ""
            if name := clean_line(words, 100).replace("/", "-"):
                names.append(name)
    return "/".join(reversed(names[:10])) or None
